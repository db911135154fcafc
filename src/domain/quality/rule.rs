//! Record rules as a rule set holds them: what is checked, where, how much it matters, and what it says.

use std::collections::BTreeSet;

use regex::Regex;

use super::dimension::Dimension;
use super::expression::Expression;
use crate::domain::date::CivilDate;
use crate::domain::finding::Severity;
use crate::domain::id::ModelVersion;
use crate::domain::record::{Attribute, AttributeKind, PreparedRecord, Value};

/// A versioned set of record rules.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// Its name and version.
    pub version: ModelVersion,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
}

impl RuleSet {
    /// A set that asks for nothing.
    pub fn empty() -> Self {
        Self { version: ModelVersion { name: "none".to_owned(), version: 0 }, rules: Vec::new() }
    }
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name within the set (`member-level`).
    pub id: String,
    /// What it checks.
    pub check: Check,
    /// The dimension of quality that a violation harms.
    pub dimension: Dimension,
    /// How much a violation matters.
    pub severity: Severity,
    /// Sources it applies to; empty: all.
    pub sources: BTreeSet<String>,
    /// Applies only where this is true.
    pub when: Option<Expression>,
    /// What a violation says in simplified Chinese; empty: the check's own words.
    pub message_zh: String,
    /// The same in English.
    pub message_en: String,
}

impl Rule {
    /// Whether records of a source are checked.
    pub fn applies_to(&self, source: &str) -> bool {
        self.sources.is_empty() || self.sources.contains(source)
    }
}

/// What a rule checks.
#[derive(Clone, Debug)]
pub enum Check {
    /// At least one of the fields has a value that is usable: neither missing nor invalid.
    Required(Vec<Field>),
    /// The normal form is one of these.
    OneOf(Field, BTreeSet<String>),
    /// The normal form matches the pattern.
    Matches(Field, Regex),
    /// Characters of the normal form, both limits included.
    Length(Field, usize, usize),
    /// Number or date between two limits, both included.
    Range(Field, Limit, Limit),
    /// The first field equals the second, or the fact derived from it.
    Agrees(Field, Field),
    /// At most this many records of the run have the same value.
    SharedAtMost(Field, u32),
    /// The source confirmed the record at most this many days ago.
    Fresh(u32),
    /// The expression is not false.
    Expression(Expression),
}

impl Check {
    /// The field that a violation is about; `None`: the record.
    pub fn field(&self) -> Option<&Field> {
        match self {
            Self::OneOf(field, _)
            | Self::Matches(field, _)
            | Self::Length(field, ..)
            | Self::Range(field, ..)
            | Self::Agrees(field, _)
            | Self::SharedAtMost(field, _) => Some(field),
            Self::Required(_) | Self::Fresh(_) | Self::Expression(_) => None,
        }
    }
}

/// One limit of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// There is none.
    Open,
    /// A number.
    Number(Number),
    /// A day.
    Day(CivilDate),
    /// The day as of which the rules are judged.
    AsOf,
}

/// A decimal number in millionths: exact, so that limits mean what they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub i128);

impl Number {
    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self(i128::from(value) * 1_000_000)
    }

    /// Reads `-12`, `3.50` or `1,200.5`; at most six decimals, at most 24 digits.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.trim().chars().filter(|c| *c != ',').collect();
        let (negative, digits) = plain.strip_prefix('-').map_or((false, plain.as_str()), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 24 || fraction.len() > 6 || !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let millionths: i128 = format!("{whole}{fraction:0<6}").parse().ok()?;
        Some(Self(if negative { -millionths } else { millionths }))
    }
}

/// The attributes that a rule looks at: all of a kind, or those with a label; or a fact derived from them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field {
    /// Their kind.
    pub kind: AttributeKind,
    /// Their label; `None`: any.
    pub label: Option<String>,
    /// The name of a derived fact; `None`: the value itself.
    pub fact: Option<String>,
}

impl Field {
    /// Reads `phone`, `phone:mobile`, `id_document.birth_date` or `text:会员等级`.
    pub fn parse(text: &str) -> Option<Self> {
        let (place, fact) = match text.rsplit_once('.') {
            Some((place, fact)) => (place, Some(fact.to_owned()).filter(|fact| !fact.is_empty())),
            None => (text, None),
        };
        let (kind, label) = match place.split_once(':') {
            Some((kind, label)) => (kind, Some(label.to_owned())),
            None => (place, None),
        };
        Some(Self { kind: AttributeKind::from_code(kind)?, label, fact })
    }

    /// Whether an attribute is one of them.
    pub fn covers(&self, attribute: &Attribute) -> bool {
        attribute.kind == self.kind && self.label.as_ref().is_none_or(|label| *label == attribute.label)
    }

    /// The attributes of a record that have a value, with their positions.
    pub fn of<'r>(&self, record: &'r PreparedRecord) -> impl Iterator<Item = (usize, &'r Attribute)> {
        let attributes = record.attributes.iter().enumerate();
        attributes.filter(move |(_, attribute)| self.covers(attribute) && attribute.value != Value::Missing)
    }

    /// What the field says about an attribute: its normal form, or the fact.
    pub fn text<'a>(&self, attribute: &'a Attribute) -> Option<&'a str> {
        match &self.fact {
            None => Some(attribute.normal.as_str()),
            Some(name) => attribute.facts.iter().find(|fact| fact.name == name).map(|fact| &*fact.value),
        }
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind.code())?;
        if let Some(label) = &self.label {
            write!(f, ":{label}")?;
        }
        if let Some(fact) = &self.fact {
            write!(f, ".{fact}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact() {
        for (text, millionths) in [
            ("1", Some(1_000_000)),
            ("-0.1", Some(-100_000)),
            ("1,200.5", Some(1_200_500_000)),
            ("3.", Some(3_000_000)),
        ] {
            assert_eq!(Number::parse(text).map(|number| number.0), millionths, "{text}");
        }
        for text in ["", "-", ".5", "1e3", "0x10", "1.2345678", "１"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn fields_read_back() {
        for text in ["phone", "phone:mobile", "id_document.birth_date", "text:会员等级", "phone:mobile.carrier"] {
            assert_eq!(Field::parse(text).map(|field| field.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Field::parse("telephone"), None);
    }
}
