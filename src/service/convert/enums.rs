//! Enums, each with an exhaustive match in the outgoing direction.

use crate::domain::check;
use crate::domain::cluster::judgement::Verdict;
use crate::domain::finding::{Severity, Validity};
use crate::domain::record::{AttributeKind, Value};
use crate::engine::Outcome;
use crate::error::{Error, Result};
use crate::service::proto;

/// The kind of an attribute.
pub fn kind_out(kind: AttributeKind) -> proto::AttributeKind {
    match kind {
        AttributeKind::PersonName => proto::AttributeKind::PersonName,
        AttributeKind::OrgName => proto::AttributeKind::OrgName,
        AttributeKind::Phone => proto::AttributeKind::Phone,
        AttributeKind::Email => proto::AttributeKind::Email,
        AttributeKind::BirthDate => proto::AttributeKind::BirthDate,
        AttributeKind::Date => proto::AttributeKind::Date,
        AttributeKind::Gender => proto::AttributeKind::Gender,
        AttributeKind::IdDocument => proto::AttributeKind::IdDocument,
        AttributeKind::Address => proto::AttributeKind::Address,
        AttributeKind::SocialId => proto::AttributeKind::SocialId,
        AttributeKind::BankCard => proto::AttributeKind::BankCard,
        AttributeKind::PostalCode => proto::AttributeKind::PostalCode,
        AttributeKind::Company => proto::AttributeKind::Company,
        AttributeKind::Tag => proto::AttributeKind::Tag,
        AttributeKind::Consent => proto::AttributeKind::Consent,
        AttributeKind::Amount => proto::AttributeKind::Amount,
        AttributeKind::Text => proto::AttributeKind::Text,
    }
}

/// Reads the kind of an attribute; `path` is the attribute's, empty for a request's own field.
pub fn kind_in(path: &str, number: i32) -> Result<AttributeKind> {
    let found = AttributeKind::ALL.iter().copied().find(|kind| i32::from(kind_out(*kind)) == number);
    found.ok_or_else(|| {
        let field = if path.is_empty() { "kind".to_owned() } else { format!("{path}.kind") };
        let problem = match number {
            0 => {
                "is unspecified; say what the attribute is about, ATTRIBUTE_KIND_TEXT when nothing else fits".to_owned()
            }
            other => format!("has the unknown number {other}; take one of AttributeKind"),
        };
        Error::invalid(field, problem)
    })
}

/// The verdict on a prepared value.
pub fn validity_out(validity: Validity, value: &Value) -> proto::Validity {
    if *value == Value::Missing { proto::Validity::Missing } else { plain_validity_out(validity) }
}

/// The verdict on a value that is there.
pub fn plain_validity_out(validity: Validity) -> proto::Validity {
    match validity {
        Validity::Valid => proto::Validity::Valid,
        Validity::Suspect => proto::Validity::Suspect,
        Validity::Invalid => proto::Validity::Invalid,
    }
}

/// The verdict of a single check; nothing could judge the value when there is none.
pub fn checked_validity_out(verdict: &check::Verdict) -> proto::Validity {
    verdict.validity.map_or(proto::Validity::Unsupported, plain_validity_out)
}

/// How much a finding matters.
pub fn severity_out(severity: Severity) -> proto::Severity {
    match severity {
        Severity::Info => proto::Severity::Info,
        Severity::Warning => proto::Severity::Warning,
        Severity::Error => proto::Severity::Error,
    }
}

/// How a record was resolved.
pub fn outcome_out(outcome: Outcome) -> proto::resolution::Outcome {
    match outcome {
        Outcome::NewProfile => proto::resolution::Outcome::NewProfile,
        Outcome::Matched => proto::resolution::Outcome::Matched,
        Outcome::PossibleMatch => proto::resolution::Outcome::PossibleMatch,
    }
}

/// What a steward decided.
pub fn verdict_out(verdict: Verdict) -> proto::Verdict {
    match verdict {
        Verdict::Positive => proto::Verdict::Positive,
        Verdict::Negative => proto::Verdict::Negative,
        Verdict::Unsure => proto::Verdict::Unsure,
    }
}

/// Reads what a steward decided.
pub fn verdict_in(field: &str, number: i32) -> Result<Verdict> {
    let all = [Verdict::Positive, Verdict::Negative, Verdict::Unsure];
    let found = all.into_iter().find(|verdict| i32::from(verdict_out(*verdict)) == number);
    found.ok_or_else(|| Error::invalid(field, "must be VERDICT_POSITIVE, VERDICT_NEGATIVE or VERDICT_UNSURE"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_goes_out_and_comes_back() {
        for (position, kind) in AttributeKind::ALL.iter().enumerate() {
            let wire = kind_out(*kind);
            assert_eq!(kind_in("record.attributes[0]", i32::from(wire)).unwrap(), *kind);
            assert_eq!(i32::from(wire), position as i32 + 1);
            assert_eq!(wire.as_str_name(), format!("ATTRIBUTE_KIND_{}", kind.code().to_uppercase()));
        }
    }

    #[test]
    fn unknown_numbers_name_their_field() {
        for number in [0, -1, 18, i32::MAX] {
            let message = kind_in("record.attributes[2]", number).unwrap_err().to_string();
            assert!(message.starts_with("record.attributes[2].kind: "), "{message}");
        }
        assert!(verdict_in("verdict", 0).is_err());
        assert!(verdict_in("verdict", 4).is_err());
    }
}
