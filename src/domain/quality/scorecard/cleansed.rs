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

use std::collections::BTreeMap;

use super::{Scorecard, SourceCard, Tally, harmed_dimensions, has_before, judged_dimensions};
use crate::domain::date::CivilDate;
use crate::domain::id::{RecordKey, SourceId};
use crate::domain::quality::cross_field;
use crate::domain::quality::dimension::{Dimension, Dimensions};
use crate::domain::quality::evaluate::{RuleContext, Violation, evaluate};
use crate::domain::quality::fields::Fields;
use crate::domain::quality::rule::{Check, RuleSet};
use crate::domain::record::{Attribute, AttributeKind, PreparedRecord, Value};
use crate::domain::survive::GoldenProfile;
use crate::domain::survive::golden::{has_label_slots, slot_of};
use crate::domain::text::{order, same};

/// Counts by source, field and dimension, of the records of the profiles so far.
#[derive(Clone, Debug, Default)]
pub struct CleansedCard {
    card: Scorecard,
    /// By source and column: the records whose profile has a usable value there.
    present: BTreeMap<String, Fields<u64>>,
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
            let harmed: Vec<Dimensions> =
                attributes.map(|(position, attribute)| harmed_dimensions(attribute, position, &violations)).collect();
            let card = self.card.source(source);
            for record in &records {
                card.records += 1;
                stand_in.judge_values(card, record, &harmed);
                for dimension in judged_dimensions(record, rules).iter() {
                    let broken = violations.iter().any(|v| v.attribute.is_none() && v.rule.dimension == dimension);
                    card.whole.of(dimension).merge(Tally::one(!broken));
                }
            }
            if !self.present.contains_key(source) {
                self.present.insert(source.to_owned(), Fields::default());
            }
            if let Some(present) = self.present.get_mut(source) {
                stand_in
                    .usable_columns(&harmed, &mut |kind, label| *present.entry(kind, label) += records.len() as u64);
            }
        }
    }

    /// Adds the counts of other profiles.
    pub fn merge(&mut self, other: Self) {
        self.card.merge(other.card);
        for (source, columns) in other.present {
            self.present.entry(source).or_default().merge(columns, |sum, records| *sum += records);
        }
    }

    /// The scorecard of all records counted.
    pub fn finish(mut self) -> Scorecard {
        for (source, card) in &mut self.card.sources {
            let mut present = self.present.remove(source.as_str()).unwrap_or_default();
            for field in card.fields.iter_mut() {
                field.value.completeness.passed = *present.entry(field.kind, column(field.kind, &field.label));
            }
        }
        self.card
    }
}

/// The label under which a field stands in golden profiles: labels share a slot unless the kind has one for each.
fn column(kind: AttributeKind, label: &str) -> &str {
    if has_label_slots(kind, label) { label } else { "" }
}

/// A golden profile as a record, so that rules can judge it.
struct StandIn<'g> {
    record: PreparedRecord,
    /// The slots, each with the position of the value that is first there.
    first: Vec<(AttributeKind, &'g str, usize)>,
}

impl<'g> StandIn<'g> {
    fn of(members: &[&PreparedRecord], golden: &'g GoldenProfile) -> Self {
        let (mut attributes, mut first) = (Vec::with_capacity(golden.attributes.len()), Vec::new());
        for value in &golden.attributes {
            let standing = members.iter().find(|record| record.key == value.value.record);
            let is_it = |attribute: &&Attribute| {
                attribute.kind == value.kind
                    && attribute.normal == value.value.normal
                    && attribute.raw == value.value.raw
                    && same(&attribute.label, &value.value.label)
            };
            let Some(attribute) = standing.and_then(|record| record.attributes.iter().find(is_it)) else { continue };
            if value.rank == 0 {
                first.push((value.kind, value.qualifier.as_str(), attributes.len()));
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
            Some((kind, qualifier)) => self.first.iter().find(|slot| slot.0 == kind && same(slot.1, qualifier)),
            None => self.first.iter().find(|slot| slot.0 == attribute.kind),
        };
        found.map(|(.., position)| *position)
    }

    fn judge_values(&self, card: &mut SourceCard, record: &PreparedRecord, harmed: &[Dimensions]) {
        for (position, attribute) in record.attributes.iter().enumerate() {
            let tallies = card.fields.of(attribute);
            if attribute.value != Value::Missing {
                let harmed = self.position(attribute).and_then(|position| harmed.get(position));
                for dimension in [Dimension::Validity, Dimension::Consistency, Dimension::Accuracy] {
                    let passed = harmed.is_some_and(|harmed| !harmed.contains(dimension));
                    tallies.of(dimension).merge(Tally::one(passed));
                }
            }
            if !has_before(record, position) {
                // How many pass is known after the last profile only.
                tallies.completeness.checked += 1;
            }
        }
    }

    /// Tells each column with a usable value, once.
    fn usable_columns(&self, harmed: &[Dimensions], tell: &mut dyn FnMut(AttributeKind, &str)) {
        let is_usable = |position: usize| {
            let attribute = self.record.attributes.get(position);
            attribute.is_some_and(|attribute| attribute.value != Value::Missing)
                && harmed.get(position).is_some_and(|harmed| !harmed.contains(Dimension::Completeness))
        };
        let usable = self.first.iter().filter(|(.., position)| is_usable(*position));
        let mut columns: Vec<(AttributeKind, &str)> =
            usable.map(|(kind, qualifier, _)| (*kind, column(*kind, qualifier))).collect();
        columns.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| order(a.1, b.1)));
        columns.dedup_by(|a, b| a.0 == b.0 && same(a.1, b.1));
        columns.into_iter().for_each(|(kind, label)| tell(kind, label));
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
