//! Rules and scorecard over small records.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use super::dimension::Dimension;
use super::evaluate::{RuleContext, SharedValues, evaluate};
use super::expression::Expression;
use super::rule::{Check, Field, Limit, Number, Rule, RuleSet};
use super::scorecard::cleansed::CleansedCard;
use super::scorecard::{self, RECORD, Scorecard, Tally};
use crate::domain::date::{CivilDate, Timestamp};
use crate::domain::finding::{Defect, Severity};
use crate::domain::id::{ModelVersion, RecordKey};
use crate::domain::prepare::prepare;
use crate::domain::record::{AttributeKind, PreparedRecord, RawAttribute, RawRecord, Value};
use crate::domain::survive::golden::slot_of;
use crate::domain::survive::{self, KindPolicy, SurvivorshipPolicy};

fn record(id: &str, confirmed: Option<CivilDate>, fields: &[(&str, &str)]) -> PreparedRecord {
    let attribute = |(field, raw): &(&str, &str)| {
        let field = Field::parse(field).unwrap();
        RawAttribute { label: field.label.unwrap_or_default().into(), ..RawAttribute::full(field.kind, *raw) }
    };
    prepare(&RawRecord {
        key: RecordKey::new("crm", id),
        owner: None,
        observed_time: confirmed.map(Timestamp::at_midnight),
        attributes: fields.iter().map(attribute).collect(),
    })
}

fn rules(checks: Vec<Check>) -> RuleSet {
    let rule = |(position, check): (usize, Check)| Rule {
        id: format!("r{position}"),
        check,
        dimension: Dimension::Validity,
        severity: Severity::Error,
        sources: BTreeSet::new(),
        when: None,
        message_zh: String::new(),
        message_en: String::new(),
    };
    RuleSet {
        version: ModelVersion { name: "own".to_owned(), version: 1 },
        rules: checks.into_iter().enumerate().map(rule).collect(),
    }
}

fn field(text: &str) -> Field {
    Field::parse(text).unwrap()
}

fn set(values: &[&str]) -> BTreeSet<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn day(year: i16, month: u8, day: u8) -> CivilDate {
    CivilDate::new(year, month, day).unwrap()
}

/// Defects by attribute position of one check.
fn broken(check: Check, record: &PreparedRecord, context: &RuleContext<'_>) -> Vec<(Option<usize>, Defect)> {
    let rules = rules(vec![check]);
    evaluate(record, &rules, context).into_iter().map(|v| (v.attribute, v.finding.defect)).collect()
}

#[test]
fn each_check_finds_what_it_is_for() {
    let record = record(
        "1",
        Some(day(2024, 1, 1)),
        &[
            ("person_name", "张伟"),
            ("phone:mobile", "13912345679"),
            ("phone:home", "无"),
            ("gender", "女"),
            ("birth_date", "1949-12"),
            ("id_document", "11010519491231002X"),
            ("text:level", "铜卡"),
            ("amount:spent", "-5"),
        ],
    );
    let context = RuleContext { as_of: Some(day(2026, 1, 1)), shared: None };
    let range = |name, min, max| Check::Range(field(name), min, max);
    let number = |value| Limit::Number(Number::whole(value));
    let cases = [
        (Check::Required(vec![field("phone:home")]), vec![(None, Defect::Required)]),
        (Check::Required(vec![field("phone:home"), field("phone")]), vec![]),
        (Check::Required(vec![field("email")]), vec![(None, Defect::Required)]),
        (Check::OneOf(field("text:level"), set(&["金卡", "银卡"])), vec![(Some(6), Defect::NotAllowed)]),
        (Check::OneOf(field("gender"), set(&["F", "M"])), vec![]),
        (Check::Matches(field("phone"), regex::Regex::new("^\\+86").unwrap()), vec![]),
        (Check::Matches(field("text"), regex::Regex::new("^.金").unwrap()), vec![(Some(6), Defect::NotAllowed)]),
        (Check::Length(field("person_name"), 3, 20), vec![(Some(0), Defect::OutOfRange)]),
        (range("amount", number(0), Limit::Open), vec![(Some(7), Defect::OutOfRange)]),
        (range("amount", number(-5), number(-5)), vec![]),
        (range("birth_date", Limit::Day(day(1949, 12, 31)), Limit::AsOf), vec![]),
        (range("birth_date", Limit::Day(day(1950, 1, 1)), Limit::Open), vec![(Some(4), Defect::OutOfRange)]),
        (Check::Agrees(field("birth_date"), field("id_document.birth_date")), vec![]),
        (Check::Agrees(field("gender"), field("id_document.gender")), vec![]),
        (Check::Agrees(field("text:level"), field("id_document.gender")), vec![(Some(6), Defect::Conflict)]),
        (Check::Agrees(field("email"), field("id_document.gender")), vec![]),
        (Check::Fresh(730), vec![(None, Defect::Stale)]),
        (Check::Fresh(731), vec![]),
        (Check::Expression(Expression::parse("age(birth_date) >= 18").unwrap()), vec![]),
        (Check::Expression(Expression::parse("gender == 'M'").unwrap()), vec![(None, Defect::Rule)]),
    ];
    for (check, expected) in cases {
        assert_eq!(broken(check.clone(), &record, &context), expected, "{check:?}");
    }
    let no_clock = RuleContext::default();
    assert_eq!(broken(Check::Fresh(1), &record, &no_clock), [], "without a day nothing is stale");
}

#[test]
fn sharing_counts_records_not_values() {
    let records: Vec<PreparedRecord> = (0..4)
        .map(|n| record(&n.to_string(), None, &[("phone:a", "13912345679"), ("phone:b", "139-1234-5679")]))
        .collect();
    let rules = rules(vec![Check::SharedAtMost(field("phone"), 3)]);
    for (seen, expected) in [(3, 0), (4, 2)] {
        let mut shared = SharedValues::default();
        records.iter().take(seen).for_each(|record| shared.add(record, &rules));
        let context = RuleContext { as_of: None, shared: Some(&shared) };
        assert_eq!(evaluate(&records[0], &rules, &context).len(), expected, "{seen} records");
    }
}

#[test]
fn conditions_and_sources_limit_a_rule() {
    let record = record("1", None, &[("person_name", "张伟")]);
    let mut rules = rules(vec![Check::Required(vec![field("phone")])]);
    let broken = |rules: &RuleSet| evaluate(&record, rules, &RuleContext::default()).len();
    assert_eq!(broken(&rules), 1);
    rules.rules[0].when = Some(Expression::parse("present(email)").unwrap());
    assert_eq!(broken(&rules), 0);
    rules.rules[0].when = Some(Expression::parse("valid(email)").unwrap());
    assert_eq!(broken(&rules), 0, "an unknown condition is none");
    rules.rules[0].when = None;
    rules.rules[0].sources = set(&["web"]);
    assert_eq!(broken(&rules), 0);
    rules.rules[0].sources = set(&["web", "crm"]);
    rules.rules[0].message_en = "call them first".to_owned();
    let violations = evaluate(&record, &rules, &RuleContext::default());
    assert_eq!(violations[0].finding.message_en(), "a required value is missing: call them first");
}

#[test]
fn the_scorecard_counts_each_dimension() {
    let mut rules =
        rules(vec![Check::Fresh(30), Check::SharedAtMost(field("phone"), 1), Check::Required(vec![field("email")])]);
    rules.rules[0].dimension = Dimension::Freshness;
    rules.rules[1].dimension = Dimension::Uniqueness;
    rules.rules[2].dimension = Dimension::Completeness;
    let records = [
        record("1", Some(day(2026, 1, 1)), &[("phone", "13912345679"), ("birth_date", "1949-12-31")]),
        record(
            "2",
            None,
            &[("phone", "13912345679"), ("id_document", "11010519491231002X"), ("birth_date", "1950-01-01")],
        ),
        record("3", Some(day(2025, 1, 1)), &[("phone", "1391234567"), ("birth_date", "无")]),
        record("4", None, &[("phone", "13800138000")]),
    ];
    let mut shared = SharedValues::default();
    records.iter().for_each(|record| shared.add(record, &rules));
    let context = RuleContext { as_of: Some(day(2026, 1, 2)), shared: Some(&shared) };
    let mut card = Scorecard::default();
    for record in &records {
        card.add(record, &rules, &evaluate(record, &rules, &context));
    }
    card.add_uniqueness("crm", 4, 3);
    let tally = |name: &str, dimension| {
        card.cells().into_iter().find(|cell| cell.field == name && cell.dimension == dimension).map(|cell| cell.tally)
    };
    let cases = [
        ("phone", Dimension::Completeness, 4, 4),
        ("phone", Dimension::Validity, 4, 3),
        ("phone", Dimension::Accuracy, 4, 3),
        ("phone", Dimension::Uniqueness, 4, 2),
        ("birth_date", Dimension::Completeness, 4, 2),
        ("birth_date", Dimension::Validity, 2, 2),
        ("birth_date", Dimension::Consistency, 2, 1),
        (RECORD, Dimension::Freshness, 2, 1),
        (RECORD, Dimension::Completeness, 4, 0),
        (RECORD, Dimension::Uniqueness, 4, 3),
    ];
    for (name, dimension, checked, passed) in cases {
        assert_eq!(tally(name, dimension), Some(Tally { checked, passed }), "{name} {dimension:?}");
    }
    assert_eq!(card.of_source("crm", Dimension::Freshness).per_mille(), Some(500));
    assert_eq!(card.sources().collect::<Vec<_>>(), ["crm"]);
    assert!(card.score("crm").is_some_and(|score| (500..900).contains(&score)));
    assert_eq!(card.score("web"), None);
    assert!(AttributeKind::ALL.iter().all(|kind| Field::parse(kind.code()).is_some()));
}

/// Counts one customer of these records.
fn cleansed(records: &[PreparedRecord], rules: &RuleSet) -> Scorecard {
    let best = KindPolicy { rules: vec![survive::by_code("valid_first").unwrap()], values_max: 1 };
    let version = ModelVersion { name: "own".to_owned(), version: 1 };
    let policy = SurvivorshipPolicy { version, default: best, kinds: BTreeMap::new(), trust: BTreeMap::new() };
    let members: Vec<&PreparedRecord> = records.iter().collect();
    let golden = survive::survive(&policy, &members);
    let mut card = CleansedCard::default();
    card.add(&members, &golden, rules, Some(day(2026, 1, 2)));
    let mut both = CleansedCard::default();
    both.merge(card);
    both.finish()
}

fn tally_of(card: &Scorecard, source: &str, name: &str, dimension: Dimension) -> Option<Tally> {
    let is_it = |cell: &scorecard::Cell<'_>| (cell.source, cell.field, cell.dimension) == (source, name, dimension);
    card.cells().into_iter().find(is_it).map(|cell| cell.tally)
}

#[test]
fn cleansing_improves_by_what_stands_for_a_value_and_checks_what_came_together() {
    let mut fresh = rules(vec![Check::Fresh(30)]);
    fresh.rules[0].dimension = Dimension::Freshness;
    let mut records = [
        record("1", Some(day(2020, 1, 1)), &[("phone:mobile", "1391234567"), ("gender", "男"), ("email", "无")]),
        record("2", Some(day(2026, 1, 1)), &[("phone", "13912345679"), ("id_document", "11010519491231002X")]),
        record("3", Some(day(2026, 1, 1)), &[("email", "wang.wei@sina.cn")]),
    ];
    records[1].key = RecordKey::new("web", "2");
    records[2].key = RecordKey::new("web", "3");
    let card = cleansed(&records, &fresh);
    for (source, name, dimension, checked, passed) in [
        // The number of the other source stands for the one that is too short.
        ("crm", "phone:mobile", Dimension::Validity, 1, 1),
        ("crm", "email", Dimension::Completeness, 1, 1),
        ("web", "phone", Dimension::Completeness, 2, 2),
        ("web", "id_document", Dimension::Completeness, 2, 2),
        // The document of one record says that the sex in another is wrong: no record says so by itself.
        ("crm", "gender", Dimension::Consistency, 1, 0),
        ("crm", RECORD, Dimension::Freshness, 1, 1),
        ("web", RECORD, Dimension::Freshness, 2, 2),
    ] {
        let found = tally_of(&card, source, name, dimension);
        assert_eq!(found, Some(Tally { checked, passed }), "{source} {name} {dimension:?}");
    }
    assert_eq!(tally_of(&card, "crm", "id_document", Dimension::Completeness), None, "crm has no such column");
}

#[test]
fn a_value_that_is_dropped_counts_as_a_fault() {
    let service_number = record("1", None, &[("phone", "10086"), ("person_name", "张伟")]);
    let attribute = &service_number.attributes[0];
    assert!(slot_of(attribute).is_none() && attribute.value != Value::Missing, "{attribute:?}");
    let card = cleansed(&[service_number], &rules(Vec::new()));
    for dimension in [Dimension::Validity, Dimension::Completeness] {
        assert_eq!(tally_of(&card, "crm", "phone", dimension), Some(Tally { checked: 1, passed: 0 }));
        assert_eq!(tally_of(&card, "crm", "person_name", dimension), Some(Tally { checked: 1, passed: 1 }));
    }
}

#[test]
fn what_comes_in_is_what_is_judged_after() {
    let records = [
        record("1", Some(day(2025, 1, 1)), &[("phone", "1391234567"), ("phone", "10086"), ("birth_date", "无")]),
        record("2", None, &[("phone", "13912345679"), ("text:会员等级", "金卡"), ("email", "a@b")]),
    ];
    let mut rules = rules(vec![Check::Fresh(30), Check::Required(vec![field("email")])]);
    rules.rules[0].dimension = Dimension::Freshness;
    let context = RuleContext { as_of: Some(day(2026, 1, 2)), shared: None };
    let mut before = Scorecard::default();
    records.iter().for_each(|record| before.add(record, &rules, &evaluate(record, &rules, &context)));
    let after = cleansed(&records, &rules);
    let judged = |card: &Scorecard| -> Vec<(String, Dimension, u64)> {
        card.cells().into_iter().map(|c| (c.field.to_owned(), c.dimension, c.tally.checked)).collect()
    };
    assert_eq!(judged(&before), judged(&after));
}
