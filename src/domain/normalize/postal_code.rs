//! Postal codes (邮政编码) in a column of their own. Chinese ones are judged by their format; of others, where the country
//! is known, the shape is compared and zeros that a spreadsheet dropped are offered back.

use super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::formats::IdFormat;
use super::super::formats::by_country::postal_code;
use super::super::formats::cn::postcode::Postcode;
use super::super::record::{Attribute, Value};
use super::{Field, prepared};

/// Characters of the longest postal codes in use (US ZIP+4 written with its hyphen).
const LENGTH_MAX: usize = 10;

/// Countries whose codes begin with zero, and how many digits they have.
const WITH_LEADING_ZERO: &[(&str, usize)] = &[
    ("US", 5),
    ("DE", 5),
    ("FR", 5),
    ("IT", 5),
    ("ES", 5),
    ("FI", 5),
    ("MX", 5),
    ("KR", 5),
    ("JP", 7),
    ("BR", 8),
    ("AU", 4),
    ("NZ", 4),
    ("ZA", 4),
    ("NO", 4),
    ("DK", 4),
    ("SG", 6),
];

/// Prepares a postal code.
pub fn normalize(field: &Field<'_>) -> Attribute {
    let Field { raw, text, cleaned, .. } = *field;
    let country = raw.country.as_deref().map(str::to_ascii_uppercase);
    let mut key = text.to_ascii_uppercase();
    key.retain(|c| c.is_ascii_alphanumeric());
    let six_digits = key.len() == 6 && key.bytes().all(|b| b.is_ascii_digit());
    let chinese = match country.as_deref() {
        Some(country) => country == "CN",
        None => six_digits,
    };
    let checked =
        if chinese { Postcode.check(text) } else { judge_foreign(&key, text, country.as_deref().unwrap_or_default()) };
    let value = Value::Text(if chinese { checked.normal.clone() } else { key.into() });
    prepared(raw, cleaned, checked, value)
}

fn judge_foreign(key: &str, written: &str, country: &str) -> Checked {
    if !(3..=LENGTH_MAX).contains(&key.len()) {
        return Checked::suspect(key, Finding::of(Defect::Length));
    }
    if key.bytes().all(|b| b == b'0') || key.bytes().all(|b| b == b'9') {
        return Checked::suspect(key, Finding::of(Defect::Placeholder));
    }
    if let Some(finding) = dropped_zeros(key, country) {
        return Checked::suspect(key, finding);
    }
    // The column's country is often only the record's default: another country's code is no proof of an error.
    let unfit = postal_code::check(country, written).is_some_and(|judged| judged.validity == Validity::Invalid);
    if unfit {
        let (zh, en) = ("与所在国家的邮编形式不符", "not the shape of the country's postal codes");
        return Checked::suspect(key, Finding::with_detail(Defect::Format, zh, en));
    }
    Checked::valid(key)
}

/// One or two digits short where codes begin with zero: the zeros may have been dropped. Only a suggestion.
fn dropped_zeros(key: &str, country: &str) -> Option<Finding> {
    let (_, length) = WITH_LEADING_ZERO.iter().find(|(code, _)| *code == country)?;
    let missing = length.checked_sub(key.len()).filter(|missing| (1..=2).contains(missing))?;
    let restored = format!("{}{key}", "00".get(..missing)?);
    let digits = key.bytes().all(|b| b.is_ascii_digit());
    let fits = postal_code::check(country, &restored).is_some_and(|judged| judged.validity != Validity::Invalid);
    let (zh, en) = ("首位 0 可能已丢失", "leading zeros may have been dropped");
    (digits && fits).then(|| Finding::of(Defect::Length).suggest(restored, zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::normalize::{Context, attribute};
    use crate::domain::record::{AttributeKind, RawAttribute};

    #[test]
    fn zeros_are_offered_back() {
        let mut raw = RawAttribute::full(AttributeKind::PostalCode, "1067");
        raw.country = Some("DE".into());
        let attribute = attribute(&raw, &Context::default()).remove(0);
        let suggestion = attribute.findings.first().and_then(Finding::suggestion);
        assert_eq!(suggestion.map(|s| s.value.as_str()), Some("01067"));
    }

    #[test]
    fn only_chinese_codes_are_judged() {
        let cases = [
            (None, "１０００２０", "100020", Validity::Valid),
            (None, "sw1a 1aa", "SW1A1AA", Validity::Valid),
            (None, "2000", "2000", Validity::Valid),
            (Some("CN"), "10000", "10000", Validity::Invalid),
            (Some("AU"), "200012", "200012", Validity::Suspect),
            (Some("US"), "90210-1234", "902101234", Validity::Valid),
            (Some("US"), "2138", "2138", Validity::Suspect),
            (Some("GB"), "sw1a 1aa", "SW1A1AA", Validity::Valid),
            (Some("??"), "12345", "12345", Validity::Valid),
            (Some("AU"), "0000", "0000", Validity::Suspect),
            (None, "无此", "", Validity::Suspect),
        ];
        for (country, input, normal, validity) in cases {
            let mut raw = RawAttribute::full(AttributeKind::PostalCode, input);
            raw.country = country.map(Into::into);
            for attribute in attribute(&raw, &Context::default()) {
                assert_eq!((attribute.normal.as_str(), attribute.validity), (normal, validity), "{input}");
                assert_eq!(attribute.value, Value::Text(normal.into()));
            }
        }
    }
}
