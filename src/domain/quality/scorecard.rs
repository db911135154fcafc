//! The scorecard: for every source, field and dimension of quality, how many values were judged and how many passed.
//!
//! - completeness: records with a usable value of the field, of all records of the source;
//! - validity, consistency, accuracy: values without a finding of that dimension, of all values (fillers for "none" left out);
//! - uniqueness: values that no `shared_at_most` rule objects to; for the source, customers per record;
//! - freshness: records that no `fresh` rule objects to, of those with a known confirmation.

pub mod cleansed;

use super::dimension::{Dimension, Dimensions};
use super::evaluate::Violation;
use super::fields::Fields;
use super::rule::{Check, RuleSet};
use crate::domain::finding::Severity;
use crate::domain::record::{Attribute, PreparedRecord, Value};
use crate::domain::text::same;

/// Judged and passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Values or records judged.
    pub checked: u64,
    /// Of these, without fault.
    pub passed: u64,
}

impl Tally {
    /// Passed per thousand judged, rounded down; `None` when nothing was judged.
    pub fn per_mille(self) -> Option<u64> {
        (self.passed * 1000).checked_div(self.checked)
    }

    fn one(passed: bool) -> Self {
        Self { checked: 1, passed: u64::from(passed) }
    }

    fn merge(&mut self, other: Self) {
        self.checked += other.checked;
        self.passed += other.passed;
    }
}

/// One tally for each dimension.
#[derive(Clone, Copy, Debug, Default)]
struct Tallies {
    completeness: Tally,
    validity: Tally,
    consistency: Tally,
    uniqueness: Tally,
    freshness: Tally,
    accuracy: Tally,
}

impl Tallies {
    fn of(&mut self, dimension: Dimension) -> &mut Tally {
        match dimension {
            Dimension::Completeness => &mut self.completeness,
            Dimension::Validity => &mut self.validity,
            Dimension::Consistency => &mut self.consistency,
            Dimension::Uniqueness => &mut self.uniqueness,
            Dimension::Freshness => &mut self.freshness,
            Dimension::Accuracy => &mut self.accuracy,
        }
    }

    fn get(mut self, dimension: Dimension) -> Tally {
        *self.of(dimension)
    }

    fn merge(&mut self, other: Self) {
        Dimension::ALL.iter().for_each(|dimension| self.of(*dimension).merge(other.get(*dimension)));
    }
}

/// The field under which judgements on whole records stand.
pub const RECORD: &str = "record";

/// Counts by source, field (kind, or kind:label) and dimension.
#[derive(Clone, Debug, Default)]
pub struct Scorecard {
    /// By name.
    sources: Vec<(String, SourceCard)>,
}

/// The counts of one source.
#[derive(Clone, Debug, Default)]
struct SourceCard {
    records: u64,
    fields: Fields<Tallies>,
    /// Of records as a whole.
    whole: Tallies,
}

/// One line of the scorecard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The source.
    pub source: &'a str,
    /// The field, or [`RECORD`].
    pub field: &'a str,
    /// The dimension.
    pub dimension: Dimension,
    /// The counts.
    pub tally: Tally,
}

impl Scorecard {
    /// Counts one record and the rules that it breaks.
    pub fn add(&mut self, record: &PreparedRecord, rules: &RuleSet, violations: &[Violation<'_>]) {
        let card = self.source(&record.key.source.0);
        card.records += 1;
        card.add_values(record, rules, violations);
        card.add_record(record, rules, violations);
    }

    /// Counts customers against records of a source.
    pub fn add_uniqueness(&mut self, source: &str, records: u64, profiles: u64) {
        self.source(source).whole.uniqueness.merge(Tally { checked: records, passed: profiles });
    }

    fn source(&mut self, source: &str) -> &mut SourceCard {
        let place = self.sources.binary_search_by(|(name, _)| name.as_str().cmp(source));
        let place = place.unwrap_or_else(|place| {
            self.sources.insert(place, (source.to_owned(), SourceCard::default()));
            place
        });
        &mut self.sources[place].1
    }

    /// Adds the counts of another part of the same run.
    pub fn merge(&mut self, other: Self) {
        for (source, theirs) in other.sources {
            let card = self.source(&source);
            card.records += theirs.records;
            card.whole.merge(theirs.whole);
            card.fields.merge(theirs.fields, Tallies::merge);
        }
    }

    /// Every line, by source, field and dimension.
    pub fn cells(&self) -> Vec<Cell<'_>> {
        let mut lines = Vec::new();
        for (source, card) in &self.sources {
            let fields = card.fields.iter().map(|field| (field.name.as_str(), field.value));
            let mut fields: Vec<(&str, Tallies)> = fields.chain([(RECORD, card.whole)]).collect();
            fields.sort_unstable_by_key(|(field, _)| *field);
            for (field, tallies) in fields {
                for dimension in Dimension::ALL {
                    let mut tally = tallies.get(*dimension);
                    if tally.checked == 0 {
                        continue;
                    }
                    // A field that some records do not even mention is missing there.
                    if *dimension == Dimension::Completeness && field != RECORD {
                        tally.checked = card.records;
                    }
                    lines.push(Cell { source, field, dimension: *dimension, tally });
                }
            }
        }
        lines
    }

    /// The counts of a source in a dimension, over all its fields.
    pub fn of_source(&self, source: &str, dimension: Dimension) -> Tally {
        let mut sum = Tally::default();
        for cell in self.cells().into_iter().filter(|cell| cell.source == source && cell.dimension == dimension) {
            sum.merge(cell.tally);
        }
        sum
    }

    /// The sources, in alphabetical order.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(|(source, _)| source.as_str())
    }

    /// The score of a source per thousand: the mean of the dimensions that were judged.
    pub fn score(&self, source: &str) -> Option<u64> {
        let scores: Vec<u64> =
            Dimension::ALL.iter().filter_map(|dimension| self.of_source(source, *dimension).per_mille()).collect();
        scores.iter().sum::<u64>().checked_div(scores.len() as u64)
    }
}

impl SourceCard {
    fn add_values(&mut self, record: &PreparedRecord, rules: &RuleSet, violations: &[Violation<'_>]) {
        for (position, attribute) in record.attributes.iter().enumerate() {
            let harmed = harmed_dimensions(attribute, position, violations);
            let tallies = self.fields.of(attribute);
            if attribute.value != Value::Missing {
                for dimension in [Dimension::Validity, Dimension::Consistency, Dimension::Accuracy] {
                    tallies.of(dimension).merge(Tally::one(!harmed.contains(dimension)));
                }
                let watched = |check: &Check| matches!(check, Check::SharedAtMost(field, _) if field.covers(attribute));
                if rules.rules.iter().any(|rule| watched(&rule.check)) {
                    tallies.uniqueness.merge(Tally::one(!harmed.contains(Dimension::Uniqueness)));
                }
            }
            // A field that a record has several values of counts once, with the first of them.
            if !has_before(record, position) {
                tallies.completeness.merge(Tally::one(is_present(record, position, violations)));
            }
        }
    }

    fn add_record(&mut self, record: &PreparedRecord, rules: &RuleSet, violations: &[Violation<'_>]) {
        for dimension in judged_dimensions(record, rules).iter() {
            let broken = violations.iter().any(|v| v.attribute.is_none() && v.rule.dimension == dimension);
            self.whole.of(dimension).merge(Tally::one(!broken));
        }
    }
}

/// A value before the one at a position is of the same field.
fn has_before(record: &PreparedRecord, position: usize) -> bool {
    let Some((attribute, before)) = record.attributes.get(..=position).and_then(<[Attribute]>::split_last) else {
        return false;
    };
    before.iter().any(|other| other.kind == attribute.kind && same(&other.label, &attribute.label))
}

/// The value at a position, or another of its field, is usable.
fn is_present(record: &PreparedRecord, position: usize, violations: &[Violation<'_>]) -> bool {
    let Some(of) = record.attributes.get(position) else { return false };
    let mut values = record.attributes.iter().enumerate();
    values.any(|(position, attribute)| {
        attribute.kind == of.kind
            && same(&attribute.label, &of.label)
            && attribute.value != Value::Missing
            && !harmed_dimensions(attribute, position, violations).contains(Dimension::Completeness)
    })
}

/// The dimensions in which rules judge a record as a whole.
fn judged_dimensions(record: &PreparedRecord, rules: &RuleSet) -> Dimensions {
    let rules = rules.rules.iter().filter(|rule| rule.applies_to(&record.key.source.0));
    let known = rules.filter(|rule| !matches!(rule.check, Check::Fresh(_)) || record.observed_time.is_some());
    known.filter(|rule| rule.check.field().is_none()).map(|rule| rule.dimension).collect()
}

fn harmed_dimensions(attribute: &Attribute, position: usize, violations: &[Violation<'_>]) -> Dimensions {
    let serious = attribute.findings.iter().filter(|finding| finding.defect.severity() > Severity::Info);
    let broken = violations.iter().filter(|violation| violation.attribute == Some(position));
    serious
        .map(|finding| Dimension::of(finding.defect))
        .chain(broken.filter(|violation| violation.rule.severity > Severity::Info).map(|v| v.rule.dimension))
        .collect()
}
