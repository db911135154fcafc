//! Golden profiles: grouping equal values, ranking them by the policy, keeping where each came from.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Candidate, KindPolicy, SurvivorshipPolicy};
use crate::domain::date::Timestamp;
use crate::domain::id::RecordKey;
use crate::domain::record::{Attribute, AttributeKind, PreparedRecord, Value};

/// The slot that values compete for: a kind, and for some kinds a label or document format.
pub type Slot = (AttributeKind, String);

/// One surviving value with its lineage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldenAttribute {
    /// What it is about.
    pub kind: AttributeKind,
    /// The document format, network or label that the slot is about; empty for most kinds.
    pub qualifier: String,
    /// The surviving value and the record that stands for it.
    pub value: Candidate,
    /// The rule that preferred it to the runner-up; `only_value` when there was none.
    pub rule: &'static str,
    /// 0 for the primary value, 1 … for further ones of a multi-valued kind.
    pub rank: usize,
}

/// What is known about one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldenProfile {
    /// Surviving values, by slot and rank.
    pub attributes: Vec<GoldenAttribute>,
    /// The members' keys, ascending.
    pub members: Vec<RecordKey>,
    /// The latest confirmation of any member.
    pub last_observed: Option<Timestamp>,
}

impl GoldenProfile {
    /// The primary value of a kind, for display.
    pub fn primary(&self, kind: AttributeKind) -> Option<&str> {
        let found = self.attributes.iter().find(|attribute| attribute.kind == kind && attribute.rank == 0);
        found.map(|attribute| attribute.value.normal.as_str())
    }
}

/// Builds the golden profile of a cluster. The order of `members` does not matter.
pub fn survive(policy: &SurvivorshipPolicy, members: &[&PreparedRecord]) -> GoldenProfile {
    let mut slots: BTreeMap<Slot, BTreeMap<String, Candidate>> = BTreeMap::new();
    for record in members {
        for attribute in &record.attributes {
            if let Some(slot) = slot_of(attribute) {
                let candidate = candidate(policy, record, attribute);
                let group = slots.entry(slot).or_default();
                match group.get_mut(attribute.normal.as_str()) {
                    Some(known) => absorb(known, candidate),
                    None => {
                        group.insert(attribute.normal.to_string(), candidate);
                    }
                }
            }
        }
    }
    let mut keys: Vec<RecordKey> = members.iter().map(|record| record.key.clone()).collect();
    keys.sort_unstable();
    GoldenProfile {
        attributes: slots.into_iter().flat_map(|(slot, group)| ranked(policy.of(slot.0), slot, group)).collect(),
        members: keys,
        last_observed: members.iter().filter_map(|record| record.observed_time).max(),
    }
}

/// The slot of a value; `None` for values that must not survive (placeholders, masked and unreadable ones).
fn slot_of(attribute: &Attribute) -> Option<Slot> {
    if !attribute.evidence && attribute.validity != crate::domain::finding::Validity::Invalid {
        // Tags, consents and amounts are no evidence of identity but belong to the profile.
        let carried = matches!(attribute.kind, AttributeKind::Tag | AttributeKind::Consent | AttributeKind::Amount);
        if !carried {
            return None;
        }
    }
    if attribute.normal.is_empty() {
        return None;
    }
    let qualifier = match (&attribute.value, attribute.kind) {
        (Value::Identifier(id), AttributeKind::IdDocument | AttributeKind::SocialId) => id.document_format().to_owned(),
        (
            _,
            AttributeKind::Text
            | AttributeKind::Date
            | AttributeKind::Tag
            | AttributeKind::Consent
            | AttributeKind::Amount,
        ) => attribute.label.to_string(),
        // A former name or alias is history beside the name, not a rival of it.
        (_, AttributeKind::PersonName) if matches!(attribute.label.as_str(), "former_name" | "alias") => {
            attribute.label.to_string()
        }
        _ => String::new(),
    };
    Some((attribute.kind, qualifier))
}

fn candidate(policy: &SurvivorshipPolicy, record: &PreparedRecord, attribute: &Attribute) -> Candidate {
    Candidate {
        normal: attribute.normal.to_string(),
        raw: attribute.raw.to_string(),
        label: attribute.label.to_string(),
        validity: attribute.validity,
        record: record.key.clone(),
        observed_time: record.observed_time,
        trust: policy.trust_in(&record.key.source.0),
        record_count: 1,
    }
}

/// Adds another record with the same value; the latest record of the most trusted source stands for it.
fn absorb(known: &mut Candidate, other: Candidate) {
    let record_count = known.record_count + usize::from(known.record != other.record);
    let validity = known.validity.min(other.validity);
    let rank = |c: &Candidate| (c.trust, c.observed_time, std::cmp::Reverse(c.record.clone()));
    let observed_time = known.observed_time.max(other.observed_time);
    if rank(&other) > rank(known) {
        *known = other;
    }
    known.record_count = record_count;
    known.validity = validity;
    known.observed_time = observed_time;
}

fn ranked(policy: &KindPolicy, slot: Slot, group: BTreeMap<String, Candidate>) -> Vec<GoldenAttribute> {
    let mut candidates: Vec<Candidate> = group.into_values().collect();
    // The last tie-break is the value itself, so that no order of arrival can show.
    candidates.sort_by(|a, b| prefer(policy, b, a).0.then_with(|| a.normal.cmp(&b.normal)));
    let rules: Vec<&'static str> = (0..candidates.len())
        .map(|i| candidates.get(i + 1).map_or("only_value", |next| prefer(policy, &candidates[i], next).1))
        .collect();
    let kept = candidates.into_iter().zip(rules).take(policy.values_max).enumerate();
    kept.map(|(rank, (value, rule))| GoldenAttribute { kind: slot.0, qualifier: slot.1.clone(), value, rule, rank })
        .collect()
}

fn prefer(policy: &KindPolicy, a: &Candidate, b: &Candidate) -> (Ordering, &'static str) {
    let decisive = policy.rules.iter().map(|rule| (rule.prefer(a, b), rule.code()));
    decisive.into_iter().find(|(order, _)| *order != Ordering::Equal).unwrap_or((Ordering::Equal, "first_in_order"))
}
