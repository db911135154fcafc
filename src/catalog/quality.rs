//! Record rule sets as TOML: `[[rule]]` tables, each with an id, a check and what the check needs.

use std::collections::BTreeSet;
use std::path::Path;

use regex::RegexBuilder;
use serde::Deserialize;

use super::{BuiltIn, find};
use crate::domain::date::CivilDate;
use crate::domain::finding::{Defect, Severity};
use crate::domain::id::ModelVersion;
use crate::domain::quality::dimension::Dimension;
use crate::domain::quality::expression::{Expression, PATTERN_SIZE_MAX};
use crate::domain::quality::rule::{Check, Field, Limit, Number, Rule, RuleSet};
use crate::domain::record::AttributeKind;
use crate::error::{Error, Result, did_you_mean};

/// The rule sets that are built in.
pub const BUILT_IN: &[BuiltIn] = &[BuiltIn { name: "quality@1", text: include_str!("../../rules/quality@1.toml") }];

/// The rule set used when none is named.
pub const DEFAULT: &str = "quality@1";

/// Rules of one set.
const RULES_MAX: usize = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleSetFile {
    name: String,
    version: u32,
    #[serde(default)]
    rule: Vec<RuleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: String,
    check: String,
    field: Option<String>,
    any_of: Option<Vec<String>>,
    values: Option<BTreeSet<String>>,
    pattern: Option<String>,
    min: Option<toml::Value>,
    max: Option<toml::Value>,
    with: Option<String>,
    records_max: Option<u32>,
    days_max: Option<u32>,
    expression: Option<String>,
    dimension: Option<String>,
    severity: Option<String>,
    #[serde(default)]
    sources: BTreeSet<String>,
    when: Option<String>,
    #[serde(default)]
    message_zh: String,
    #[serde(default)]
    message_en: String,
}

/// Loads a built-in rule set (`quality@1`) or, when the name is a path to a `.toml` file, that file.
pub fn load(name: &str) -> Result<RuleSet> {
    if name.ends_with(".toml") {
        let text = std::fs::read_to_string(name).map_err(|error| Error::read(Path::new(name), error))?;
        return parse(name, &text);
    }
    parse(name, find("quality", name, BUILT_IN)?.text)
}

/// Reads a rule set; `origin` names it in errors.
pub fn parse(origin: &str, text: &str) -> Result<RuleSet> {
    let file: RuleSetFile = toml::from_str(text).map_err(|error| Error::config(origin, error.to_string()))?;
    if file.rule.len() > RULES_MAX {
        return Err(Error::config(origin, format!("{} rules, at most {RULES_MAX} are allowed", file.rule.len())));
    }
    let mut ids = BTreeSet::new();
    let mut rules = Vec::with_capacity(file.rule.len());
    for entry in file.rule {
        let id = entry.id.clone();
        if id.is_empty() || !ids.insert(id.clone()) {
            return Err(Error::config(origin, format!("the rule id \"{id}\" is empty or there twice")));
        }
        rules.push(rule(entry).map_err(|message| Error::config(origin, format!("rule \"{id}\": {message}")))?);
    }
    Ok(RuleSet { version: ModelVersion { name: file.name, version: file.version }, rules })
}

fn rule(entry: RuleFile) -> std::result::Result<Rule, String> {
    let check = check(&entry)?;
    refuse_unused(&entry)?;
    let defect = match &check {
        Check::Required(_) => Defect::Required,
        Check::OneOf(..) | Check::Matches(..) => Defect::NotAllowed,
        Check::Length(..) | Check::Range(..) => Defect::OutOfRange,
        Check::Agrees(..) => Defect::Conflict,
        Check::SharedAtMost(..) => Defect::Shared,
        Check::Fresh(_) => Defect::Stale,
        Check::Expression(_) => Defect::Rule,
    };
    let dimension = match &entry.dimension {
        None => Dimension::of(defect),
        Some(code) => Dimension::from_code(code).ok_or_else(|| {
            let known = Dimension::ALL.iter().map(|dimension| dimension.code());
            format!("no dimension is called \"{code}\"{}", did_you_mean(code, known))
        })?,
    };
    let severity = match entry.severity.as_deref() {
        None => defect.severity(),
        Some("info") => Severity::Info,
        Some("warning") => Severity::Warning,
        Some("error") => Severity::Error,
        Some(other) => return Err(format!("severity is info, warning or error, not \"{other}\"")),
    };
    Ok(Rule {
        check,
        dimension,
        severity,
        when: entry.when.as_deref().map(expression).transpose()?,
        id: entry.id,
        sources: entry.sources,
        message_zh: entry.message_zh,
        message_en: entry.message_en,
    })
}

/// The keys that each check takes besides the common ones.
const CHECKS: &[(&str, &[&str])] = &[
    ("required", &["any_of", "field"]),
    ("one_of", &["field", "values"]),
    ("matches", &["field", "pattern"]),
    ("length", &["field", "min", "max"]),
    ("range", &["field", "min", "max"]),
    ("agrees", &["field", "with"]),
    ("shared_at_most", &["field", "records_max"]),
    ("fresh", &["days_max"]),
    ("expression", &["expression"]),
];

fn check(entry: &RuleFile) -> std::result::Result<Check, String> {
    let own_field = || entry.field.as_deref().ok_or("has no field".to_owned()).and_then(field);
    Ok(match entry.check.as_str() {
        "required" => Check::Required(match (&entry.any_of, &entry.field) {
            (Some(names), None) if !names.is_empty() => {
                names.iter().map(|name| field(name)).collect::<std::result::Result<_, _>>()?
            }
            (None, Some(name)) => vec![field(name)?],
            _ => return Err("takes either field or any_of".to_owned()),
        }),
        "one_of" => Check::OneOf(own_field()?, entry.values.clone().ok_or("has no values")?),
        "matches" => {
            let pattern = entry.pattern.as_deref().ok_or("has no pattern")?;
            let compiled = RegexBuilder::new(pattern).size_limit(PATTERN_SIZE_MAX).build();
            Check::Matches(own_field()?, compiled.map_err(|error| format!("the pattern cannot be used: {error}"))?)
        }
        "length" => {
            let limit = |value: &Option<toml::Value>, open: usize| match value {
                None => Ok(open),
                Some(toml::Value::Integer(limit)) => usize::try_from(*limit).map_err(|_| "a length is not negative"),
                Some(_) => Err("min and max of a length are whole numbers"),
            };
            Check::Length(own_field()?, limit(&entry.min, 0)?, limit(&entry.max, usize::MAX)?)
        }
        "range" => {
            let (min, max) = (limit(entry.min.as_ref())?, limit(entry.max.as_ref())?);
            if min == Limit::Open && max == Limit::Open {
                return Err("has neither min nor max".to_owned());
            }
            Check::Range(own_field()?, min, max)
        }
        "agrees" => Check::Agrees(own_field()?, field(entry.with.as_deref().ok_or("has no with")?)?),
        "shared_at_most" => Check::SharedAtMost(own_field()?, entry.records_max.ok_or("has no records_max")?),
        "fresh" => Check::Fresh(entry.days_max.ok_or("has no days_max")?),
        "expression" => Check::Expression(expression(entry.expression.as_deref().ok_or("has no expression")?)?),
        other => {
            let known = CHECKS.iter().map(|(name, _)| *name);
            return Err(format!("no check is called \"{other}\"{}", did_you_mean(other, known)));
        }
    })
}

/// A key that the check does not read would be a rule that does not do what its author thinks.
fn refuse_unused(entry: &RuleFile) -> std::result::Result<(), String> {
    let taken = CHECKS.iter().find(|(name, _)| *name == entry.check).map_or(&[][..], |(_, keys)| *keys);
    let given = [
        ("field", entry.field.is_some()),
        ("any_of", entry.any_of.is_some()),
        ("values", entry.values.is_some()),
        ("pattern", entry.pattern.is_some()),
        ("min", entry.min.is_some()),
        ("max", entry.max.is_some()),
        ("with", entry.with.is_some()),
        ("records_max", entry.records_max.is_some()),
        ("days_max", entry.days_max.is_some()),
        ("expression", entry.expression.is_some()),
    ];
    match given.iter().find(|(key, is_given)| *is_given && !taken.contains(key)) {
        Some((key, _)) => {
            Err(format!("the check {} does not take \"{key}\", it takes {}", entry.check, taken.join(", ")))
        }
        None => Ok(()),
    }
}

fn field(name: &str) -> std::result::Result<Field, String> {
    Field::parse(name).ok_or_else(|| {
        let kind = name.split([':', '.']).next().unwrap_or(name);
        let hint = did_you_mean(kind, AttributeKind::ALL.iter().map(|kind| kind.code()));
        format!("no attribute kind is called \"{kind}\"{hint}")
    })
}

fn expression(text: &str) -> std::result::Result<Expression, String> {
    Expression::parse(text).map_err(|error| format!("the expression \"{text}\" cannot be read {error}"))
}

fn limit(value: Option<&toml::Value>) -> std::result::Result<Limit, String> {
    let refused = || "min and max are a number, a date such as \"2000-01-31\", or \"as_of\"".to_owned();
    Ok(match value {
        None => Limit::Open,
        Some(toml::Value::String(text)) if text == "as_of" => Limit::AsOf,
        Some(toml::Value::String(text)) => match text.parse::<toml::value::Datetime>() {
            Ok(date) => Limit::Day(day(&date).ok_or_else(refused)?),
            Err(_) => Limit::Number(Number::parse(text).ok_or_else(refused)?),
        },
        Some(toml::Value::Datetime(date)) => Limit::Day(day(date).ok_or_else(refused)?),
        Some(toml::Value::Integer(number)) => Limit::Number(Number::whole(*number)),
        Some(toml::Value::Float(number)) => Limit::Number(Number::parse(&number.to_string()).ok_or_else(refused)?),
        Some(_) => return Err(refused()),
    })
}

fn day(date: &toml::value::Datetime) -> Option<CivilDate> {
    let date = date.date.filter(|_| date.time.is_none())?;
    CivilDate::new(i16::try_from(date.year).ok()?, date.month, date.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_set_can_be_read() {
        for file in BUILT_IN {
            let rules = load(file.name).unwrap();
            assert_eq!(rules.version.to_string(), file.name);
            assert!(!rules.rules.is_empty());
        }
    }

    #[test]
    fn mistakes_are_named_with_the_rule() {
        let with = |rule: &str| {
            let text = format!("name = \"own\"\nversion = 1\n[[rule]]\nid = \"r\"\n{rule}");
            parse("own.toml", &text).map(|_| ()).unwrap_err().to_string()
        };
        for (rule, part) in [
            ("check = \"requird\"", "did you mean"),
            ("check = \"required\"", "field or any_of"),
            ("check = \"required\"\nfield = \"phon\"", "phone"),
            ("check = \"one_of\"\nfield = \"gender\"", "has no values"),
            ("check = \"matches\"\nfield = \"text\"\npattern = \"(\"", "pattern"),
            ("check = \"range\"\nfield = \"amount\"", "neither min nor max"),
            ("check = \"range\"\nfield = \"amount\"\nmin = \"soon\"", "2000-01-31"),
            ("check = \"fresh\"\ndays_max = 1\npattern = \"x\"", "does not take \"pattern\""),
            ("check = \"expression\"\nexpression = \"phone ==\"", "at character"),
            ("check = \"fresh\"\ndays_max = 1\nseverity = \"fatal\"", "fatal"),
            ("check = \"fresh\"\ndays_max = 1\ndimension = \"truth\"", "no dimension"),
            ("check = \"fresh\"\ndays_max = 1\nwhen = \"sum(phone)\"", "sum"),
        ] {
            let message = with(rule);
            assert!(message.contains("\"r\"") && message.contains(part), "{rule}: {message}");
        }
    }
}
