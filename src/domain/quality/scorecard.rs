//! The scorecard: for every source, field and dimension of quality, how many values were judged and how many passed.
//!
//! - completeness: records with a usable value of the field, of all records of the source;
//! - validity, consistency, accuracy: values without a finding of that dimension, of all values (fillers for "none" left out);
//! - uniqueness: values that no `shared_at_most` rule objects to; for the source, customers per record;
//! - freshness: records that no `fresh` rule objects to, of those with a known confirmation.

pub mod cleansed;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::dimension::Dimension;
use super::evaluate::Violation;
use super::rule::{Check, RuleSet};
use crate::domain::finding::Severity;
use crate::domain::record::{Attribute, PreparedRecord, Value};

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
}

/// The field under which judgements on whole records stand.
pub const RECORD: &str = "record";

/// Counts by source, field (kind, or kind:label) and dimension.
#[derive(Clone, Debug, Default)]
pub struct Scorecard {
    sources: BTreeMap<String, SourceCard>,
}

/// The counts of one source.
#[derive(Clone, Debug, Default)]
struct SourceCard {
    records: u64,
    /// By field.
    fields: BTreeMap<String, Tallies>,
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

/// The name of an attribute's field: `phone`, `phone:mobile`.
pub fn field_name(attribute: &Attribute) -> Cow<'static, str> {
    let kind = attribute.kind.code();
    if attribute.label.is_empty() { Cow::Borrowed(kind) } else { Cow::Owned(format!("{kind}:{}", attribute.label)) }
}

impl Scorecard {
    /// Counts one record and the rules that it breaks.
    pub fn add(&mut self, record: &PreparedRecord, rules: &RuleSet, violations: &[Violation<'_>]) {
        let card = self.sources.entry(record.key.source.0.clone()).or_default();
        card.records += 1;
        card.add_values(record, rules, violations);
        card.add_record(record, rules, violations);
    }

    /// Counts customers against records of a source.
    pub fn add_uniqueness(&mut self, source: &str, records: u64, profiles: u64) {
        let card = self.sources.entry(source.to_owned()).or_default();
        card.count(RECORD, Dimension::Uniqueness, Tally { checked: records, passed: profiles });
    }

    /// Adds the counts of another part of the same run.
    pub fn merge(&mut self, other: Self) {
        for (source, theirs) in other.sources {
            let card = self.sources.entry(source).or_default();
            card.records += theirs.records;
            for (field, tallies) in theirs.fields {
                for dimension in Dimension::ALL {
                    card.count(&field, *dimension, tallies.get(*dimension));
                }
            }
        }
    }

    /// Every line, by source, field and dimension.
    pub fn cells(&self) -> Vec<Cell<'_>> {
        let mut lines = Vec::new();
        for (source, card) in &self.sources {
            for (field, tallies) in &card.fields {
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
        self.sources.keys().map(String::as_str)
    }

    /// The score of a source per thousand: the mean of the dimensions that were judged.
    pub fn score(&self, source: &str) -> Option<u64> {
        let scores: Vec<u64> =
            Dimension::ALL.iter().filter_map(|dimension| self.of_source(source, *dimension).per_mille()).collect();
        scores.iter().sum::<u64>().checked_div(scores.len() as u64)
    }
}

impl SourceCard {
    fn count(&mut self, field: &str, dimension: Dimension, tally: Tally) {
        self.count_all(field, std::iter::once((dimension, tally)));
    }

    fn count_all(&mut self, field: &str, counts: impl Iterator<Item = (Dimension, Tally)>) {
        if !self.fields.contains_key(field) {
            self.fields.insert(field.to_owned(), Tallies::default());
        }
        if let Some(tallies) = self.fields.get_mut(field) {
            counts.for_each(|(dimension, tally)| tallies.of(dimension).merge(tally));
        }
    }

    fn add_values(&mut self, record: &PreparedRecord, rules: &RuleSet, violations: &[Violation<'_>]) {
        let mut complete: BTreeMap<Cow<'static, str>, bool> = BTreeMap::new();
        for (position, attribute) in record.attributes.iter().enumerate() {
            let field = field_name(attribute);
            let harmed = harmed_dimensions(attribute, position, violations);
            let present = attribute.value != Value::Missing && !harmed.contains(&Dimension::Completeness);
            *complete.entry(field.clone()).or_default() |= present;
            if attribute.value == Value::Missing {
                continue;
            }
            for dimension in [Dimension::Validity, Dimension::Consistency, Dimension::Accuracy] {
                self.count(&field, dimension, Tally::one(!harmed.contains(&dimension)));
            }
            let watched = |check: &Check| matches!(check, Check::SharedAtMost(field, _) if field.covers(attribute));
            if rules.rules.iter().any(|rule| watched(&rule.check)) {
                self.count(&field, Dimension::Uniqueness, Tally::one(!harmed.contains(&Dimension::Uniqueness)));
            }
        }
        for (field, present) in complete {
            self.count(&field, Dimension::Completeness, Tally::one(present));
        }
    }

    fn add_record(&mut self, record: &PreparedRecord, rules: &RuleSet, violations: &[Violation<'_>]) {
        for dimension in judged_dimensions(record, rules) {
            let broken = violations.iter().any(|v| v.attribute.is_none() && v.rule.dimension == dimension);
            self.count(RECORD, dimension, Tally::one(!broken));
        }
    }
}

/// The dimensions in which rules judge a record as a whole.
fn judged_dimensions(record: &PreparedRecord, rules: &RuleSet) -> BTreeSet<Dimension> {
    let mut judged: BTreeSet<Dimension> = BTreeSet::new();
    for rule in rules.rules.iter().filter(|rule| rule.applies_to(&record.key.source.0)) {
        let known = !matches!(rule.check, Check::Fresh(_)) || record.observed_time.is_some();
        if rule.check.field().is_none() && known {
            judged.insert(rule.dimension);
        }
    }
    judged
}

fn harmed_dimensions(attribute: &Attribute, position: usize, violations: &[Violation<'_>]) -> BTreeSet<Dimension> {
    let serious = attribute.findings.iter().filter(|finding| finding.defect.severity() > Severity::Info);
    let broken = violations.iter().filter(|violation| violation.attribute == Some(position));
    serious
        .map(|finding| Dimension::of(finding.defect))
        .chain(broken.filter(|violation| violation.rule.severity > Severity::Info).map(|v| v.rule.dimension))
        .collect()
}
