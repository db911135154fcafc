//! What records add to the report: what was wrong with the values of each field and source, and what was changed in them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::shown::{Examples, Shown};
use super::{count, merge};
use crate::domain::action::Action;
use crate::domain::finding::{Defect, Severity, Validity};
use crate::domain::hash::stable_hash;
use crate::domain::quality::evaluate::Violation;
use crate::domain::quality::fields::{Fields, OfField};
use crate::domain::quality::rule::RuleSet;
use crate::domain::quality::scorecard::Scorecard;
use crate::domain::quality::scorecard::cleansed;
use crate::domain::record::{Attribute, PreparedRecord, Value};

/// The code of a change that no action names: the value was written in the normal form of its kind.
pub const REWRITTEN: &str = "rewritten";

/// The quality of one field.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FieldReport {
    /// Kind, and label where there is one.
    pub field: String,
    /// Values delivered.
    pub values: u64,
    /// Of these, placeholders that say that there is no value.
    pub missing: u64,
    /// Verdicts on the others.
    pub valid: u64,
    /// Possibly wrong.
    pub suspect: u64,
    /// Proved wrong.
    pub invalid: u64,
    /// Values whose normal form is not what was delivered.
    pub changed: u64,
    /// Findings by code, informative ones left out.
    pub defects: BTreeMap<&'static str, u64>,
    /// Some values with each finding.
    pub examples: BTreeMap<&'static str, Vec<String>>,
    /// Changed values by what was done to them; a value counts for each action.
    pub actions: BTreeMap<&'static str, u64>,
    /// Some values to which each was done.
    pub changes: BTreeMap<&'static str, Vec<ChangeExample>>,
    /// The same counts by source.
    pub sources: BTreeMap<String, SourceField>,
}

/// One field of one source.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SourceField {
    /// Values delivered.
    pub values: u64,
    /// Of these, placeholders.
    pub missing: u64,
    /// Verdicts on the others.
    pub valid: u64,
    /// Possibly wrong.
    pub suspect: u64,
    /// Proved wrong.
    pub invalid: u64,
    /// Values that were changed.
    pub changed: u64,
    /// Findings by code.
    pub defects: BTreeMap<&'static str, u64>,
    /// Changed values by what was done to them.
    pub actions: BTreeMap<&'static str, u64>,
}

/// A value as delivered and its normal form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeExample {
    /// As delivered.
    pub before: String,
    /// The normal form.
    pub after: String,
}

/// What records add to the report.
#[derive(Clone, Debug, Default)]
pub struct RecordCounts {
    pub(super) records: u64,
    pub(super) card: Scorecard,
    /// The scorecard without rules about sharing, where these harm other dimensions than uniqueness.
    pub(super) card_without_sharing: Option<Scorecard>,
    pub(super) broken_rules: BTreeMap<String, u64>,
    sources: BTreeMap<String, OfSource>,
    fields: Fields<Met>,
    shown: Shown,
}

/// A source, and where its counts stand in those of every field.
#[derive(Clone, Copy, Debug)]
struct OfSource {
    place: usize,
    records: u64,
}

/// What was met in one field.
#[derive(Clone, Debug, Default)]
struct Met {
    /// By the place of the source.
    counts: Vec<Counts>,
    examples: BTreeMap<Defect, Examples<String>>,
    changes: BTreeMap<Option<Action>, Examples<ChangeExample>>,
}

/// One field of one source. Numbers only: there is one for every value of every record.
#[derive(Clone, Debug, Default)]
struct Counts {
    values: u64,
    missing: u64,
    valid: u64,
    suspect: u64,
    invalid: u64,
    changed: u64,
    defects: BTreeMap<Defect, u64>,
    actions: BTreeMap<Option<Action>, u64>,
}

impl RecordCounts {
    /// Nothing counted; examples will be shown so.
    pub fn new(shown: Shown) -> Self {
        Self { shown, ..Self::default() }
    }

    /// Counts one record and the rules that it breaks.
    pub fn add(&mut self, record: &PreparedRecord, rules: &RuleSet, violations: &[Violation<'_>]) {
        self.records += 1;
        let source = self.source(&record.key.source.0, 1);
        for attribute in &record.attributes {
            self.fields.of(attribute).add(source, attribute, self.shown);
        }
        self.card.add(record, rules, violations);
        if cleansed::sharing_harms_more(rules) {
            let card = self.card_without_sharing.get_or_insert_default();
            card.add(record, rules, &cleansed::without_sharing(violations));
        }
        let broken: BTreeSet<&str> = violations.iter().map(|violation| violation.rule.id.as_str()).collect();
        broken.into_iter().for_each(|rule| count(&mut self.broken_rules, rule, 1));
    }

    /// The place of a source, which has so many records more.
    fn source(&mut self, name: &str, more: u64) -> usize {
        if let Some(known) = self.sources.get_mut(name) {
            known.records += more;
            return known.place;
        }
        let place = self.sources.len();
        self.sources.insert(name.to_owned(), OfSource { place, records: more });
        place
    }

    /// Adds the counts of other records.
    pub fn merge(&mut self, other: Self) {
        self.records += other.records;
        merge(&mut self.broken_rules, other.broken_rules);
        self.card.merge(other.card);
        if let Some(card) = other.card_without_sharing {
            self.card_without_sharing.get_or_insert_default().merge(card);
        }
        // Where the counts of the other's sources go, by their places there.
        let mut places = vec![0; other.sources.len()];
        for (name, source) in &other.sources {
            let own = self.source(name, source.records);
            places.iter_mut().skip(source.place).take(1).for_each(|place| *place = own);
        }
        self.fields.merge(other.fields, |field, more| field.merge(more, &places));
    }

    /// The sources and their records, by name.
    pub(super) fn by_source(&self) -> impl Iterator<Item = (&str, u64)> {
        self.sources.iter().map(|(name, source)| (name.as_str(), source.records))
    }

    /// Worst first: by the share of values that are not valid, compared as fractions.
    pub(super) fn field_reports(&self) -> Vec<FieldReport> {
        let mut fields: Vec<FieldReport> = self.fields.iter().map(|field| self.field_report(field)).collect();
        let bad = |f: &FieldReport| f.suspect + f.invalid + f.missing;
        fields.sort_by(|a, b| (bad(b) * a.values).cmp(&(bad(a) * b.values)).then_with(|| a.field.cmp(&b.field)));
        fields
    }

    fn field_report(&self, field: &OfField<Met>) -> FieldReport {
        let met = &field.value;
        let sources: BTreeMap<String, SourceField> = self
            .sources
            .iter()
            .filter_map(|(name, source)| Some((name.clone(), met.counts.get(source.place)?.named())))
            .filter(|(_, counts)| counts.values > 0)
            .collect();
        let mut all = Counts::default();
        met.counts.iter().for_each(|counts| all.merge(counts));
        let all = all.named();
        FieldReport {
            field: field.name.clone(),
            values: all.values,
            missing: all.missing,
            valid: all.valid,
            suspect: all.suspect,
            invalid: all.invalid,
            changed: all.changed,
            defects: all.defects,
            examples: met.examples.iter().map(|(defect, kept)| (defect.code(), kept.clone().into_vec())).collect(),
            actions: all.actions,
            changes: met.changes.iter().map(|(action, kept)| (code(*action), kept.clone().into_vec())).collect(),
            sources,
        }
    }
}

fn code(action: Option<Action>) -> &'static str {
    action.map_or(REWRITTEN, Action::code)
}

impl Met {
    fn of_source(&mut self, place: usize) -> Option<&mut Counts> {
        if self.counts.len() <= place {
            self.counts.resize_with(place + 1, Counts::default);
        }
        self.counts.get_mut(place)
    }

    fn add(&mut self, source: usize, attribute: &Attribute, shown: Shown) {
        // Male or female alone tells nobody apart, and masked it would show nothing.
        let shown = if matches!(attribute.value, Value::Gender(_)) { Shown::Plain } else { shown };
        let Some(counts) = self.of_source(source) else { return };
        counts.values += 1;
        match (&attribute.value, attribute.validity) {
            (Value::Missing, _) => counts.missing += 1,
            (_, Validity::Valid) => counts.valid += 1,
            (_, Validity::Suspect) => counts.suspect += 1,
            (_, Validity::Invalid) => counts.invalid += 1,
        }
        let changed = attribute.value != Value::Missing && attribute.normal != attribute.raw;
        if changed {
            counts.changed += 1;
            done(attribute).for_each(|action| *counts.actions.entry(action).or_default() += 1);
        }
        let defects = || attribute.findings.iter().map(|f| f.defect).filter(|d| d.severity() > Severity::Info);
        defects().for_each(|defect| *counts.defects.entry(defect).or_default() += 1);
        // The ranks of values do not depend on which record has them, so that an example is another value each time.
        let mut ranked = None;
        let mut rank = || *ranked.get_or_insert_with(|| stable_hash(&[&attribute.raw, &attribute.normal]));
        for defect in defects() {
            self.examples.entry(defect).or_default().offer(rank(), || shown.value(&attribute.raw));
        }
        if changed {
            for action in done(attribute) {
                let example =
                    || ChangeExample { before: shown.shape(&attribute.raw), after: shown.shape(&attribute.normal) };
                self.changes.entry(action).or_default().offer(rank(), example);
            }
        }
    }

    fn merge(&mut self, other: Self, places: &[usize]) {
        for (counts, place) in other.counts.iter().zip(places) {
            self.of_source(*place).into_iter().for_each(|own| own.merge(counts));
        }
        for (defect, more) in other.examples {
            self.examples.entry(defect).or_default().merge(more);
        }
        for (action, more) in other.changes {
            self.changes.entry(action).or_default().merge(more);
        }
    }
}

/// What was done to a value that was changed.
fn done(attribute: &Attribute) -> impl Iterator<Item = Option<Action>> {
    let unnamed = attribute.actions.is_empty().then_some(None);
    attribute.actions.iter().copied().map(Some).chain(unnamed)
}

impl Counts {
    fn merge(&mut self, other: &Self) {
        self.values += other.values;
        self.missing += other.missing;
        self.valid += other.valid;
        self.suspect += other.suspect;
        self.invalid += other.invalid;
        self.changed += other.changed;
        other.defects.iter().for_each(|(defect, more)| *self.defects.entry(*defect).or_default() += more);
        other.actions.iter().for_each(|(action, more)| *self.actions.entry(*action).or_default() += more);
    }

    fn named(&self) -> SourceField {
        SourceField {
            values: self.values,
            missing: self.missing,
            valid: self.valid,
            suspect: self.suspect,
            invalid: self.invalid,
            changed: self.changed,
            defects: self.defects.iter().map(|(defect, found)| (defect.code(), *found)).collect(),
            actions: self.actions.iter().map(|(action, found)| (code(*action), *found)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::id::RecordKey;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};

    fn record(source: &str, id: usize, phone: &str) -> PreparedRecord {
        prepare(&RawRecord {
            key: RecordKey::new(source, id.to_string()),
            owner: None,
            observed_time: None,
            attributes: vec![RawAttribute {
                country: Some("CN".into()),
                ..RawAttribute::full(AttributeKind::Phone, phone)
            }],
        })
    }

    fn counted(records: &[PreparedRecord], pieces: usize) -> Vec<FieldReport> {
        let rules = crate::catalog::quality::load(crate::catalog::quality::DEFAULT).unwrap();
        let mut all = RecordCounts::default();
        for piece in records.chunks(pieces) {
            let mut counts = RecordCounts::new(Shown::Masked);
            piece.iter().for_each(|record| counts.add(record, &rules, &[]));
            all.merge(counts);
        }
        all.field_reports()
    }

    #[test]
    fn defects_and_changes_are_counted_by_source_whatever_the_order() {
        let phones = ["139-2764-5183", "１３９２７６４５１８３", "+8613927645183", "139", "无", "138 2954 6170"];
        let source = |at: usize| if at.is_multiple_of(2) { "web" } else { "crm" };
        let mut records: Vec<PreparedRecord> =
            phones.iter().enumerate().map(|(at, phone)| record(source(at), at, phone)).collect();
        let found = counted(&records, 2);
        records.reverse();
        assert_eq!(counted(&records, 4), found);
        let [phone] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((phone.values, phone.missing, phone.changed), (6, 1, 3), "{phone:?}");
        let (crm, web) = (&phone.sources["crm"], &phone.sources["web"]);
        assert_eq!((crm.values, web.values, crm.changed, web.changed), (3, 3, 2, 1), "{phone:?}");
        assert_eq!(crm.invalid + crm.suspect, 1, "139 is of the crm: {crm:?}");
        assert!(crm.defects.contains_key("LENGTH") && !web.defects.contains_key("LENGTH"), "{phone:?}");
        for (code, all) in &phone.defects {
            let of = |source: &SourceField| source.defects.get(code).copied().unwrap_or(0);
            assert_eq!(of(crm) + of(web), *all, "{code}");
        }
        assert_eq!(phone.actions["fullwidth_to_halfwidth"], 1);
        let example = &phone.changes["fullwidth_to_halfwidth"][0];
        assert_eq!((example.before.as_str(), example.after.as_str()), ("１＊＊＊＊＊＊＊＊３", "+8********3"));
    }
}
