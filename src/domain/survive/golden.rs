//! Golden profiles: grouping equal values, ranking them by the policy, keeping where each came from.

use std::cmp::{Ordering, Reverse};

use super::{Candidate, KindPolicy, SurvivorshipPolicy};
use crate::domain::date::Timestamp;
use crate::domain::id::RecordKey;
use crate::domain::pin::{PINNED, Pin, pinned};
use crate::domain::record::{Attribute, AttributeKind, PreparedRecord, Value};
use crate::domain::text::order;

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

/// A value of a record that competes for a slot.
struct Seen<'r> {
    slot: (AttributeKind, &'r str),
    record: &'r PreparedRecord,
    attribute: &'r Attribute,
}

impl Seen<'_> {
    fn slot_order(&self, other: &Self) -> Ordering {
        self.slot.0.cmp(&other.slot.0).then_with(|| order(self.slot.1, other.slot.1))
    }
}

/// Builds the golden profile of a cluster. The order of `members` does not matter.
pub fn survive(policy: &SurvivorshipPolicy, members: &[&PreparedRecord]) -> GoldenProfile {
    survive_pinned(policy, members, &[])
}

/// The same where people have pinned values, of these records or of others.
pub fn survive_pinned(policy: &SurvivorshipPolicy, members: &[&PreparedRecord], pins: &[Pin]) -> GoldenProfile {
    let values = members.iter().flat_map(|record| record.attributes.iter().map(|attribute| (*record, attribute)));
    let slotted = values.filter_map(|(record, attribute)| Some(Seen { slot: slot_of(attribute)?, record, attribute }));
    let mut seen: Vec<Seen<'_>> = slotted.collect();
    seen.sort_by(|a, b| a.slot_order(b).then_with(|| a.attribute.normal.cmp(&b.attribute.normal)));
    let mut keys: Vec<RecordKey> = members.iter().map(|record| record.key.clone()).collect();
    keys.sort_unstable();
    GoldenProfile {
        attributes: seen
            .chunk_by(|a, b| a.slot_order(b).is_eq())
            .filter_map(|group| Some((group.first()?.slot, group)))
            .flat_map(|(slot, group)| ranked(policy, slot, group, pinned(pins, members, slot)))
            .collect(),
        members: keys,
        last_observed: members.iter().filter_map(|record| record.observed_time).max(),
    }
}

/// The slot of a value; `None` for values that must not survive (placeholders, masked and unreadable ones).
pub fn slot_of(attribute: &Attribute) -> Option<(AttributeKind, &str)> {
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
        (Value::Identifier(id), AttributeKind::IdDocument | AttributeKind::SocialId) => id.document_format(),
        (_, kind) if has_label_slots(kind, &attribute.label) => attribute.label.as_str(),
        _ => "",
    };
    Some((attribute.kind, qualifier))
}

/// Whether values of a kind with this label have a slot of their own.
pub fn has_label_slots(kind: AttributeKind, label: &str) -> bool {
    match kind {
        AttributeKind::Text
        | AttributeKind::Date
        | AttributeKind::Tag
        | AttributeKind::Consent
        | AttributeKind::Amount => true,
        // A former name or alias is history beside the name, not a rival of it.
        AttributeKind::PersonName => matches!(label, "former_name" | "alias"),
        _ => false,
    }
}

/// One candidate for all records that have a value; the latest record of the most trusted source stands for it.
fn united(policy: &SurvivorshipPolicy, same: &[Seen<'_>]) -> Option<Candidate> {
    let trust = |seen: &Seen<'_>| policy.trust_in(&seen.record.key.source.0);
    let mut records: Vec<&RecordKey> = same.iter().map(|seen| &seen.record.key).collect();
    records.sort_unstable();
    records.dedup();
    let validity = same.iter().map(|seen| seen.attribute.validity).min()?;
    let observed_time = same.iter().map(|seen| seen.record.observed_time).max()?;
    // A record may have the value twice, spelt differently.
    let standing = same.iter().max_by_key(|seen| {
        let Seen { record, attribute, .. } = seen;
        (trust(seen), record.observed_time, Reverse((&record.key, &attribute.raw, &attribute.label)))
    })?;
    Some(Candidate {
        normal: standing.attribute.normal.to_string(),
        raw: standing.attribute.raw.to_string(),
        label: standing.attribute.label.to_string(),
        validity,
        record: standing.record.key.clone(),
        observed_time,
        trust: trust(standing),
        record_count: records.len(),
    })
}

/// The values of one slot, of which equal ones stand side by side.
fn ranked(
    policy: &SurvivorshipPolicy,
    slot: (AttributeKind, &str),
    seen: &[Seen<'_>],
    pinned: Option<&str>,
) -> Vec<GoldenAttribute> {
    let (kind, qualifier) = slot;
    let equal = seen.chunk_by(|a, b| a.attribute.normal == b.attribute.normal);
    let mut candidates: Vec<Candidate> = equal.filter_map(|same| united(policy, same)).collect();
    let policy = policy.of(kind);
    // The last tie-break is the value itself, so that no order of arrival can show.
    candidates.sort_by(|a, b| prefer(policy, b, a).0.then_with(|| a.normal.cmp(&b.normal)));
    let is_pinned = |candidate: &Candidate| Some(candidate.normal.as_str()) == pinned;
    candidates.sort_by_key(|candidate| !is_pinned(candidate));
    let rules: Vec<&'static str> = (0..candidates.len())
        .map(|i| match candidates.get(i + 1) {
            _ if is_pinned(&candidates[i]) => PINNED,
            Some(next) => prefer(policy, &candidates[i], next).1,
            None => "only_value",
        })
        .collect();
    let kept = candidates.into_iter().zip(rules).take(policy.values_max).enumerate();
    kept.map(|(rank, (value, rule))| GoldenAttribute { kind, qualifier: qualifier.to_owned(), value, rule, rank })
        .collect()
}

fn prefer(policy: &KindPolicy, a: &Candidate, b: &Candidate) -> (Ordering, &'static str) {
    let decisive = policy.rules.iter().map(|rule| (rule.prefer(a, b), rule.code()));
    decisive.into_iter().find(|(order, _)| *order != Ordering::Equal).unwrap_or((Ordering::Equal, "first_in_order"))
}
