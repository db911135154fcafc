//! Expressions of record rules: `not valid(email) or email matches "@example\\.cn$"`, `age(birth_date) >= 18`.
//!
//! Grammar, loosest first: `or`, `and`, `not`, one comparison (`== != < <= > >=`, `in [..]`, `matches "pattern"`), and then a
//! literal (`"text"`, `12.5`, `2020-01-31`, `true`, `false`), a field (`phone:mobile`, `id_document.birth_date`), `source`, `owner`, or a
//! function of a field. Logic is three-valued as in SQL: what compares a missing value is unknown, and unknown breaks no rule.

mod parse;
mod value;

use regex::Regex;

use super::rule::Field;
use crate::domain::date::CivilDate;
use crate::domain::finding::Validity;
use crate::domain::record::PreparedRecord;
pub use parse::{EXPRESSION_BYTES_MAX, PATTERN_SIZE_MAX, SyntaxError};
use value::Operand;

/// A parsed expression.
#[derive(Clone, Debug)]
pub struct Expression {
    root: Node,
}

#[derive(Clone, Debug)]
enum Node {
    Literal(Operand),
    Field(Field),
    Source,
    Owner,
    Call(Function, Field),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    In(Box<Node>, Vec<Operand>),
    Matches(Box<Node>, Regex),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A function of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    /// Has a value.
    Present,
    /// Number of values.
    Count,
    /// Every value is valid; unknown without one.
    Valid,
    /// A value is proved wrong; unknown without one.
    Invalid,
    /// The first value as delivered.
    Raw,
    /// Characters of the first value.
    Length,
    /// Whole years from the first value, a date, to the day of judging.
    Age,
    /// Days from the first value, a date, to the day of judging.
    DaysSince,
}

const FUNCTIONS: &[(&str, Function)] = &[
    ("present", Function::Present),
    ("count", Function::Count),
    ("valid", Function::Valid),
    ("invalid", Function::Invalid),
    ("raw", Function::Raw),
    ("length", Function::Length),
    ("age", Function::Age),
    ("days_since", Function::DaysSince),
];

impl Expression {
    /// Reads an expression; the error says where and what was expected.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse::expression(text).map(|root| Self { root })
    }

    /// True, false, or unknown (`None`) for a record, as of a day where one is known.
    pub fn evaluate(&self, record: &PreparedRecord, as_of: Option<CivilDate>) -> Option<bool> {
        truth(&self.root, record, as_of)
    }
}

fn truth(node: &Node, record: &PreparedRecord, as_of: Option<CivilDate>) -> Option<bool> {
    match node {
        Node::Not(inner) => truth(inner, record, as_of).map(|known| !known),
        Node::And(left, right) => match (truth(left, record, as_of), truth(right, record, as_of)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        Node::Or(left, right) => match (truth(left, record, as_of), truth(right, record, as_of)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        Node::Compare(comparison, left, right) => {
            let (left, right) = (operand(left, record, as_of)?, operand(right, record, as_of)?);
            value::compare(&left, &right).map(|order| comparison.holds(order))
        }
        Node::In(left, list) => {
            let left = operand(left, record, as_of)?;
            Some(list.iter().any(|entry| value::compare(&left, entry).is_some_and(|order| order.is_eq())))
        }
        Node::Matches(left, pattern) => operand(left, record, as_of).map(|left| pattern.is_match(&left.to_string())),
        _ => match operand(node, record, as_of) {
            Some(Operand::Truth(known)) => Some(known),
            _ => None,
        },
    }
}

impl Comparison {
    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

fn operand(node: &Node, record: &PreparedRecord, as_of: Option<CivilDate>) -> Option<Operand> {
    match node {
        Node::Literal(operand) => Some(operand.clone()),
        Node::Field(field) => field.of(record).find_map(|(_, attribute)| Operand::of(field, attribute)),
        Node::Source => Some(Operand::Text(record.key.source.0.clone())),
        Node::Owner => record.owner.clone().map(Operand::Text),
        Node::Call(function, field) => call(*function, field, record, as_of),
        _ => truth(node, record, as_of).map(Operand::Truth),
    }
}

fn call(function: Function, field: &Field, record: &PreparedRecord, as_of: Option<CivilDate>) -> Option<Operand> {
    let mut values = field.of(record).filter(|(_, attribute)| field.text(attribute).is_some());
    let whole = |count: usize| Operand::Number(super::rule::Number::whole(i64::try_from(count).unwrap_or(i64::MAX)));
    match function {
        Function::Present => Some(Operand::Truth(values.next().is_some())),
        Function::Count => Some(whole(values.count())),
        Function::Valid => {
            let verdicts: Vec<Validity> = values.map(|(_, attribute)| attribute.validity).collect();
            (!verdicts.is_empty()).then(|| Operand::Truth(verdicts.iter().all(|verdict| *verdict == Validity::Valid)))
        }
        Function::Invalid => {
            let verdicts: Vec<Validity> = values.map(|(_, attribute)| attribute.validity).collect();
            (!verdicts.is_empty()).then(|| Operand::Truth(verdicts.contains(&Validity::Invalid)))
        }
        Function::Raw => values.next().map(|(_, attribute)| Operand::Text(attribute.raw.to_string())),
        Function::Length => values.next().map(|(_, a)| whole(field.text(a).unwrap_or_default().chars().count())),
        Function::Age => {
            let (born, today) = (value::first_day(field, &mut values)?, as_of?);
            let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
            let years = i64::from(today.year()) - i64::from(born.year()) - i64::from(!had_birthday);
            Some(Operand::Number(super::rule::Number::whole(years)))
        }
        Function::DaysSince => {
            let days = as_of?.days_since_epoch() - value::first_day(field, &mut values)?.days_since_epoch();
            Some(Operand::Number(super::rule::Number::whole(days)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RecordKey;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};

    fn record() -> PreparedRecord {
        let labelled = |kind, label: &str, raw| RawAttribute { label: label.into(), ..RawAttribute::full(kind, raw) };
        prepare(&RawRecord {
            key: RecordKey::new("crm", "1"),
            owner: Some("王经理".to_owned()),
            observed_time: None,
            attributes: vec![
                RawAttribute::full(AttributeKind::PersonName, "张伟"),
                labelled(AttributeKind::Phone, "mobile", "13912345679"),
                RawAttribute::full(AttributeKind::Email, "zhang@@example"),
                RawAttribute::full(AttributeKind::BirthDate, "2008-06-15"),
                labelled(AttributeKind::Text, "会员等级", "金卡"),
                labelled(AttributeKind::Amount, "spent", "1,200.50"),
                RawAttribute::full(AttributeKind::Address, "无"),
            ],
        })
    }

    #[test]
    fn three_valued_logic_over_a_record() {
        let record = record();
        let as_of = CivilDate::new(2026, 6, 14);
        for (text, expected) in [
            ("present(phone) and not present(address)", Some(true)),
            ("valid(email)", Some(false)),
            ("invalid(email) and source == \"crm\"", Some(true)),
            ("valid(address)", None),
            ("address == \"x\" or present(phone)", Some(true)),
            ("address == \"x\" and present(phone)", None),
            ("not (address == \"x\")", None),
            ("text:会员等级 in [\"金卡\", \"银卡\"]", Some(true)),
            ("text:会员等级 != '金卡'", Some(false)),
            ("amount:spent > 1000.5", Some(true)),
            ("amount:spent <= 1200.5", Some(true)),
            ("age(birth_date) >= 18", Some(false)),
            ("age(birth_date) == 17", Some(true)),
            ("days_since(birth_date) > 365", Some(true)),
            ("birth_date < 2010-01-01", Some(true)),
            ("length(person_name) == 2", Some(true)),
            ("phone:mobile matches '^\\+86139'", Some(true)),
            ("phone:home matches '^\\+86'", None),
            ("count(phone) == 1 and owner matches '经理$'", Some(true)),
            ("raw(phone) == '13912345679'", Some(true)),
            ("person_name > 3", None),
        ] {
            let expression = Expression::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(expression.evaluate(&record, as_of), expected, "{text}");
        }
    }

    #[test]
    fn errors_say_where_and_what() {
        for (text, part) in [
            ("", "expected"),
            ("present(phone", "\")\""),
            ("telephone == 1", "telephone"),
            ("phone matches 3", "pattern"),
            ("phone matches '('", "pattern"),
            ("phone == 'a", "closed"),
            ("phone in ['a' 'b']", "\"]\""),
            ("present(phone) present(email)", "end"),
            ("phone == 2023-02-30", "2023-02-30"),
            ("sum(phone) > 1", "sum"),
        ] {
            let error = Expression::parse(text).map(|_| ()).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
        assert!(Expression::parse(&"(".repeat(3_000)).is_err(), "deep nesting is refused, not followed");
        assert!(Expression::parse(&"not ".repeat(900)).is_err());
        assert!(Expression::parse(&"a".repeat(EXPRESSION_BYTES_MAX + 1)).is_err());
    }
}
