//! The scorecard after cleansing: the records and values that came in, each judged by what its customer's golden profile has in its place.
//!
//! Nothing leaves the count: whatever was judged before is judged after, and a value that the golden profile has nothing for is a fault.
//! - validity, consistency, accuracy: of the values delivered, those in whose slot the golden profile puts a value without a finding of
//!   that dimension first;
//! - completeness: of the records, those whose golden profile has a usable value of the field, whichever source gave it;
//! - freshness and whatever rules say of records: the rules judge the golden profile in the place of each of its records.
//!
//! Golden values of different records may contradict each other as the values of one record may, and are checked for that. Rules about
//! sharing are left out on both sides: they count records, and a golden profile is none.

use std::collections::{BTreeMap, BTreeSet};

use super::{RECORD, Scorecard, SourceCard, Tally, field_name, harmed_dimensions, judged_dimensions};
use crate::domain::date::CivilDate;
use crate::domain::id::{RecordKey, SourceId};
use crate::domain::quality::cross_field;
use crate::domain::quality::dimension::Dimension;
use crate::domain::quality::evaluate::{RuleContext, Violation, evaluate};
use crate::domain::quality::rule::{Check, RuleSet};
use crate::domain::record::{Attribute, AttributeKind, PreparedRecord, Value};
use crate::domain::survive::GoldenProfile;
use crate::domain::survive::golden::{Slot, has_label_slots, slot_of};

/// Counts by source, field and dimension, of the records of the profiles so far.
#[derive(Clone, Debug, Default)]
pub struct CleansedCard {
    card: Scorecard,
    /// By source and column: the records whose profile has a usable value there.
    present: BTreeMap<String, BTreeMap<Slot, u64>>,
}

impl CleansedCard {
    /// Counts the records of one profile.
    pub fn add(
        &mut self,
        members: &[&PreparedRecord],
        golden: &GoldenProfile,
        rules: &RuleSet,
        as_of: Option<CivilDate>,
    ) {
        let mut stand_in = StandIn::of(members, golden);
        let mut by_source: BTreeMap<&str, Vec<&PreparedRecord>> = BTreeMap::new();
        members.iter().for_each(|record| by_source.entry(record.key.source.0.as_str()).or_default().push(record));
        for (source, records) in by_source {
            stand_in.record.key.source = SourceId(source.to_owned());
            let violations = evaluate(&stand_in.record, rules, &RuleContext { as_of, shared: None });
            let attributes = stand_in.record.attributes.iter().enumerate();
            let harmed: Vec<BTreeSet<Dimension>> =
                attributes.map(|(position, attribute)| harmed_dimensions(attribute, position, &violations)).collect();
            let card = self.card.sources.entry(source.to_owned()).or_default();
            for record in &records {
                card.records += 1;
                stand_in.judge_values(card, record, &harmed);
                for dimension in judged_dimensions(record, rules) {
                    let broken = violations.iter().any(|v| v.attribute.is_none() && v.rule.dimension == dimension);
                    card.count(RECORD, dimension, Tally::one(!broken));
                }
            }
            let present = self.present.entry(source.to_owned()).or_default();
            for column in stand_in.columns(&harmed) {
                *present.entry(column).or_default() += records.len() as u64;
            }
        }
    }

    /// Adds the counts of other profiles.
    pub fn merge(&mut self, other: Self) {
        self.card.merge(other.card);
        for (source, columns) in other.present {
            let present = self.present.entry(source).or_default();
            columns.into_iter().for_each(|(column, records)| *present.entry(column).or_default() += records);
        }
    }

    /// The scorecard of all records counted.
    pub fn finish(mut self) -> Scorecard {
        for (source, card) in &mut self.card.sources {
            let present = self.present.remove(source).unwrap_or_default();
            for (field, tallies) in card.fields.iter_mut().filter(|(field, _)| field.as_str() != RECORD) {
                let (kind, label) = field.split_once(':').unwrap_or((field, ""));
                let column = AttributeKind::from_code(kind).map(|kind| column(kind, label));
                let records = column.and_then(|column| present.get(&column).copied());
                tallies.completeness.passed = records.unwrap_or(0);
            }
        }
        self.card
    }
}

/// Where a field stands in golden profiles: labels share a slot unless the kind has one for each.
fn column(kind: AttributeKind, label: &str) -> Slot {
    (kind, if has_label_slots(kind, label) { label.to_owned() } else { String::new() })
}

/// A golden profile as a record, so that rules can judge it.
struct StandIn {
    record: PreparedRecord,
    /// The slots, each with the position of the value that is first there.
    first: Vec<(Slot, usize)>,
}

impl StandIn {
    fn of(members: &[&PreparedRecord], golden: &GoldenProfile) -> Self {
        let (mut attributes, mut first) = (Vec::with_capacity(golden.attributes.len()), Vec::new());
        for value in &golden.attributes {
            let standing = members.iter().find(|record| record.key == value.value.record);
            let is_it = |attribute: &&Attribute| {
                attribute.kind == value.kind
                    && attribute.normal == value.value.normal
                    && attribute.raw == value.value.raw
                    && attribute.label == value.value.label
            };
            let Some(attribute) = standing.and_then(|record| record.attributes.iter().find(is_it)) else { continue };
            if value.rank == 0 {
                first.push(((value.kind, value.qualifier.clone()), attributes.len()));
            }
            attributes.push(attribute.clone());
        }
        cross_field::contradict(&mut attributes);
        let key = RecordKey::new("", "");
        Self { record: PreparedRecord { key, owner: None, observed_time: golden.last_observed, attributes }, first }
    }

    /// The value that stands for one that was delivered: the first in its slot; for one that cannot survive, the first of its kind.
    fn position(&self, attribute: &Attribute) -> Option<usize> {
        let found = match slot_of(attribute) {
            Some(slot) => self.first.iter().find(|(other, _)| *other == slot),
            None => self.first.iter().find(|((kind, _), _)| *kind == attribute.kind),
        };
        found.map(|(_, position)| *position)
    }

    fn judge_values(&self, card: &mut SourceCard, record: &PreparedRecord, harmed: &[BTreeSet<Dimension>]) {
        let mut mentioned = BTreeSet::new();
        for attribute in &record.attributes {
            let field = field_name(attribute);
            if attribute.value != Value::Missing {
                let harmed = self.position(attribute).and_then(|position| harmed.get(position));
                let dimensions = [Dimension::Validity, Dimension::Consistency, Dimension::Accuracy];
                let passed = |dimension| harmed.is_some_and(|harmed| !harmed.contains(&dimension));
                card.count_all(&field, dimensions.into_iter().map(|d| (d, Tally::one(passed(d)))));
            }
            mentioned.insert(field);
        }
        for field in mentioned {
            // How many pass is known after the last profile only.
            card.count(&field, Dimension::Completeness, Tally { checked: 1, passed: 0 });
        }
    }

    /// The columns with a usable value.
    fn columns(&self, harmed: &[BTreeSet<Dimension>]) -> BTreeSet<Slot> {
        let usable = |position: &usize| {
            let attribute = self.record.attributes.get(*position);
            attribute.is_some_and(|attribute| attribute.value != Value::Missing)
                && harmed.get(*position).is_some_and(|harmed| !harmed.contains(&Dimension::Completeness))
        };
        let usable = self.first.iter().filter(|(_, position)| usable(position));
        usable.map(|((kind, qualifier), _)| column(*kind, qualifier)).collect()
    }
}

/// Some rule about sharing harms another dimension than uniqueness, so that the scorecard of what came in holds what this one leaves out.
pub fn sharing_harms_more(rules: &RuleSet) -> bool {
    rules.rules.iter().any(|rule| is_sharing(&rule.check) && rule.dimension != Dimension::Uniqueness)
}

/// The violations without those of rules about sharing.
pub fn without_sharing<'a>(violations: &[Violation<'a>]) -> Vec<Violation<'a>> {
    violations.iter().filter(|violation| !is_sharing(&violation.rule.check)).cloned().collect()
}

fn is_sharing(check: &Check) -> bool {
    matches!(check, Check::SharedAtMost(..))
}
