//! Applying a rule set to prepared records. A rule that breaks gives a finding; nothing else about the record changes.

use rustc_hash::FxHashMap;

use super::rule::{Check, Field, Limit, Number, Rule, RuleSet};
use crate::domain::date::CivilDate;
use crate::domain::finding::{Defect, Finding, Validity};
use crate::domain::hash::stable_hash;
use crate::domain::record::{Attribute, PreparedRecord, Value};

/// What rules may know besides the record.
#[derive(Clone, Copy, Debug, Default)]
pub struct RuleContext<'a> {
    /// The day as of which freshness and ages are judged; `None`: they are not judged.
    pub as_of: Option<CivilDate>,
    /// How many records of the run or request carry each value; `None`: sharing is not judged.
    pub shared: Option<&'a SharedValues>,
}

/// A rule that a record breaks.
#[derive(Clone, Debug)]
pub struct Violation<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Position of the attribute; `None`: the record as a whole.
    pub attribute: Option<usize>,
    /// What is wrong.
    pub finding: Finding,
}

/// Every violation of one record, in the order of the rules, then of the attributes.
pub fn evaluate<'a>(record: &PreparedRecord, rules: &'a RuleSet, context: &RuleContext<'_>) -> Vec<Violation<'a>> {
    let mut violations = Vec::new();
    for rule in rules.rules.iter().filter(|rule| rule.applies_to(&record.key.source.0)) {
        let applies = rule.when.as_ref().is_none_or(|when| when.evaluate(record, context.as_of) == Some(true));
        if applies {
            apply(rule, record, context, &mut violations);
        }
    }
    violations
}

fn apply<'a>(rule: &'a Rule, record: &PreparedRecord, context: &RuleContext<'_>, violations: &mut Vec<Violation<'a>>) {
    let mut violation = |attribute: Option<usize>, finding: Finding| {
        violations.push(Violation { rule, attribute, finding: in_the_words_of(rule, finding) });
    };
    let (Some(field), false) = (rule.check.field(), matches!(rule.check, Check::Agrees(..))) else {
        if let Some((attribute, finding)) = of_record(&rule.check, record, context) {
            violation(attribute, finding);
        }
        return;
    };
    for (position, attribute) in field.of(record) {
        let broken = field.text(attribute).and_then(|text| of_value(&rule.check, field, attribute, text, context));
        if let Some(finding) = broken {
            violation(Some(position), finding);
        }
    }
}

/// The user's own message, where the rule has one.
fn in_the_words_of(rule: &Rule, mut finding: Finding) -> Finding {
    if !rule.message_zh.is_empty() {
        finding.detail_zh = rule.message_zh.clone().into();
    }
    if !rule.message_en.is_empty() {
        finding.detail_en = rule.message_en.clone().into();
    }
    finding
}

fn of_record(check: &Check, record: &PreparedRecord, context: &RuleContext<'_>) -> Option<(Option<usize>, Finding)> {
    match check {
        Check::Required(fields) => {
            let usable = |field: &Field| field.of(record).any(|(_, attribute)| is_usable(field, attribute));
            if fields.iter().any(usable) {
                return None;
            }
            let names: Vec<String> = fields.iter().map(Field::to_string).collect();
            let names = names.join(", ");
            Some((None, Finding::with_detail(Defect::Required, names.clone(), names)))
        }
        Check::Fresh(days_max) => {
            let age = context.as_of?.days_since_epoch() - record.observed_time?.date()?.days_since_epoch();
            (age > i64::from(*days_max)).then(|| {
                let (zh, en) = (format!("{age} 天未确认"), format!("last confirmed {age} days ago"));
                (None, Finding::with_detail(Defect::Stale, zh, en))
            })
        }
        Check::Agrees(field, other) => disagreement(record, field, other),
        Check::Expression(expression) => {
            let broken = expression.evaluate(record, context.as_of) == Some(false);
            broken.then(|| (None, Finding::of(Defect::Rule)))
        }
        _ => None,
    }
}

fn is_usable(field: &Field, attribute: &Attribute) -> bool {
    let placeholder = attribute.findings.iter().any(|finding| finding.defect == Defect::Placeholder);
    attribute.validity != Validity::Invalid
        && !placeholder
        && field.text(attribute).is_some_and(|text| !text.is_empty())
}

/// The first value of `field` against every value of `other`: it must agree with one of them, where there is one.
/// A shorter text agrees with a longer one that it begins: 1985 with 1985-03-12, 广东 with 广东省.
fn disagreement(record: &PreparedRecord, field: &Field, other: &Field) -> Option<(Option<usize>, Finding)> {
    let (position, attribute) = field.of(record).find(|(_, attribute)| is_usable(field, attribute))?;
    let stated = field.text(attribute)?;
    let others: Vec<&str> = other
        .of(record)
        .filter(|(at, attribute)| (*at != position || field.fact != other.fact) && is_usable(other, attribute))
        .filter_map(|(_, attribute)| other.text(attribute))
        .collect();
    let agrees = |text: &&str| text.starts_with(stated) || stated.starts_with(*text);
    if others.is_empty() || others.iter().any(agrees) {
        return None;
    }
    let said = others.join(", ");
    let finding = Finding::with_detail(Defect::Conflict, format!("{other} 为 {said}"), format!("{other} says {said}"));
    Some((Some(position), finding))
}

fn of_value(
    check: &Check,
    field: &Field,
    attribute: &Attribute,
    text: &str,
    context: &RuleContext<'_>,
) -> Option<Finding> {
    match check {
        Check::OneOf(_, allowed) => {
            let listed: Vec<&str> = allowed.iter().map(String::as_str).take(8).collect();
            let listed = listed.join(", ");
            (!allowed.contains(text)).then(|| {
                Finding::with_detail(Defect::NotAllowed, format!("允许：{listed}"), format!("allowed: {listed}"))
            })
        }
        Check::Matches(_, pattern) => (!pattern.is_match(text)).then(|| {
            let (zh, en) = (format!("应符合 {pattern}"), format!("should match {pattern}"));
            Finding::with_detail(Defect::NotAllowed, zh, en)
        }),
        Check::Length(_, min, max) => {
            let length = text.chars().count();
            (!(*min..=*max).contains(&length)).then(|| {
                let (zh, en) = (format!("{length} 个字符"), format!("{length} characters"));
                Finding::with_detail(Defect::OutOfRange, zh, en)
            })
        }
        Check::Range(_, min, max) => {
            let below = is_beyond(field, attribute, text, *min, context).is_some_and(std::cmp::Ordering::is_lt);
            let above = is_beyond(field, attribute, text, *max, context).is_some_and(std::cmp::Ordering::is_gt);
            (below || above).then(|| Finding::with_detail(Defect::OutOfRange, text.to_owned(), text.to_owned()))
        }
        Check::SharedAtMost(_, records_max) => {
            let records = context.shared?.records(attribute);
            (records > *records_max).then(|| {
                let (zh, en) = (format!("{records} 条记录"), format!("{records} records"));
                Finding::with_detail(Defect::Shared, zh, en)
            })
        }
        _ => None,
    }
}

/// How a value stands to a limit; `None` when there is no limit or the value is not of its kind.
/// A date of which only the year or month is known is beyond a limit only when all its days are.
fn is_beyond(
    field: &Field,
    attribute: &Attribute,
    text: &str,
    limit: Limit,
    context: &RuleContext<'_>,
) -> Option<std::cmp::Ordering> {
    let day = match limit {
        Limit::Open => return None,
        Limit::Number(number) => return Number::parse(text).map(|value| value.cmp(&number)),
        Limit::Day(day) => day,
        Limit::AsOf => context.as_of?,
    };
    let limit = day.to_string();
    let date = match (&field.fact, &attribute.value) {
        (None, Value::Date(date)) => date.to_string(),
        _ => text.to_owned(),
    };
    Some(date.as_str().cmp(limit.get(..date.len()).unwrap_or(&limit)))
}

/// How many records carry each value of the fields that `shared_at_most` rules watch.
#[derive(Clone, Debug, Default)]
pub struct SharedValues {
    /// By a hash of kind and normal form: the label does not tell two people's phones apart.
    records: FxHashMap<u64, u32>,
}

impl SharedValues {
    /// Counts the watched values of one record, each once.
    pub fn add(&mut self, record: &PreparedRecord, rules: &RuleSet) {
        let mut keys: Vec<u64> = Vec::new();
        for rule in &rules.rules {
            if let Check::SharedAtMost(field, _) = &rule.check {
                keys.extend(field.of(record).map(|(_, attribute)| Self::key(attribute)));
            }
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let count = self.records.entry(key).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Adds the counts of other records.
    pub fn merge(&mut self, other: Self) {
        for (key, count) in other.records {
            let sum = self.records.entry(key).or_default();
            *sum = sum.saturating_add(count);
        }
    }

    /// Records with this value.
    pub fn records(&self, attribute: &Attribute) -> u32 {
        self.records.get(&Self::key(attribute)).copied().unwrap_or(0)
    }

    fn key(attribute: &Attribute) -> u64 {
        stable_hash(&[attribute.kind.code(), &attribute.normal])
    }
}
