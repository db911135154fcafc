//! Values of expressions: texts, numbers, days and truths, and how they compare.

use std::cmp::Ordering;

use crate::domain::date::CivilDate;
use crate::domain::quality::rule::{Field, Number};
use crate::domain::record::{Attribute, Value};

/// A value that an expression handles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A text.
    Text(String),
    /// A number.
    Number(Number),
    /// A day.
    Day(CivilDate),
    /// True or false.
    Truth(bool),
}

impl Operand {
    /// What a field says about an attribute; `None` where it says nothing that can be compared.
    pub fn of(field: &Field, attribute: &Attribute) -> Option<Self> {
        match (&field.fact, &attribute.value) {
            (None, Value::Date(date)) => date.full().map(Self::Day),
            _ => field.text(attribute).map(|text| Self::Text(text.to_owned())),
        }
    }
}

impl std::fmt::Display for Operand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(Number(millionths)) => {
                write!(f, "{}.{:06}", millionths / 1_000_000, millionths.abs() % 1_000_000)
            }
            Self::Day(day) => write!(f, "{day}"),
            Self::Truth(truth) => write!(f, "{truth}"),
        }
    }
}

/// The order of two values; a text is read as what it is compared with. `None`: they cannot be compared.
pub fn compare(left: &Operand, right: &Operand) -> Option<Ordering> {
    match (left, right) {
        (Operand::Text(left), Operand::Text(right)) => Some(left.cmp(right)),
        (Operand::Number(left), Operand::Number(right)) => Some(left.cmp(right)),
        (Operand::Day(left), Operand::Day(right)) => Some(left.cmp(right)),
        (Operand::Truth(left), Operand::Truth(right)) => Some(left.cmp(right)),
        (Operand::Text(text), Operand::Number(right)) => Number::parse(text).map(|left| left.cmp(right)),
        (Operand::Number(left), Operand::Text(text)) => Number::parse(text).map(|right| left.cmp(&right)),
        (Operand::Text(text), Operand::Day(right)) => CivilDate::parse(text).map(|left| left.cmp(right)),
        (Operand::Day(left), Operand::Text(text)) => CivilDate::parse(text).map(|right| left.cmp(&right)),
        _ => None,
    }
}

/// The first day among the values of a field.
pub fn first_day<'a>(field: &Field, values: &mut impl Iterator<Item = (usize, &'a Attribute)>) -> Option<CivilDate> {
    values.find_map(|(_, attribute)| match Operand::of(field, attribute)? {
        Operand::Day(found) => Some(found),
        Operand::Text(text) => CivilDate::parse(&text),
        _ => None,
    })
}
