//! Bank card numbers (银行卡号): one format, compared digit by digit.

use super::super::finding::Defect;
use super::super::formats::IdFormat;
use super::super::formats::cn::bank_card::BankCard;
use super::super::record::{Attribute, Identifier, Value};
use super::{Field, prepared};
use smol_str::SmolStr;

/// Prepares a bank card number.
pub fn normalize(field: &Field<'_>) -> Attribute {
    let checked = BankCard.check(field.text);
    let proved = checked.findings.is_empty();
    let identifier = Identifier {
        format: SmolStr::new_static(BankCard.code()),
        carrier: None,
        match_key: checked.normal.clone(),
        verified: proved,
    };
    let mut attribute = prepared(field.raw, field.cleaned, checked, Value::Identifier(identifier));
    // A card number that lost its last digits is shared by hundreds of cards.
    attribute.evidence &= !attribute.findings.iter().any(|finding| finding.defect == Defect::ExcelTruncated);
    attribute
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::normalize::{Context, attribute};
    use crate::domain::record::{AttributeKind, RawAttribute};

    #[test]
    fn a_card_is_an_identifier_whatever_its_verdict() {
        let cases = [
            ("6283 8750 7098 5593", "6283875070985593", true, true),
            ("6283875070985594", "6283875070985594", false, false),
            ("6283********5593", "6283********5593", false, false),
        ];
        for (input, key, verified, evidence) in cases {
            let raw = RawAttribute::full(AttributeKind::BankCard, input);
            let attributes = attribute(&raw, &Context::default());
            let expected = Identifier { format: "cn.bank_card".into(), carrier: None, match_key: key.into(), verified };
            assert_eq!(attributes.len(), 1);
            for attribute in attributes {
                assert_eq!((attribute.value, attribute.evidence), (Value::Identifier(expected.clone()), evidence));
            }
        }
    }
}
