//! Postal codes (邮政编码) in a column of their own. Chinese ones are judged; of others only that there is something.

use super::super::finding::{Checked, Defect, Finding};
use super::super::formats::IdFormat;
use super::super::formats::cn::postcode::Postcode;
use super::super::record::{Attribute, RawAttribute, Value};
use super::super::text;
use super::{Context, prepared, truncated};

/// Characters of the longest postal codes in use (US ZIP+4 written with its hyphen).
const LENGTH_MAX: usize = 10;

/// Prepares a postal code.
pub fn normalize(raw: &RawAttribute, _context: &Context) -> Vec<Attribute> {
    let cleaned = text::clean(&truncated(&raw.raw()));
    let key: String =
        cleaned.text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let six_digits = key.len() == 6 && key.bytes().all(|b| b.is_ascii_digit());
    let country = raw.country.as_deref().map(str::to_ascii_uppercase);
    let chinese = match country.as_deref() {
        Some(country) => country == "CN",
        None => six_digits,
    };
    let checked = if chinese { Postcode.check(&cleaned.text) } else { judge_foreign(&key) };
    let value = Value::Text(if chinese { checked.normal.clone() } else { key });
    vec![prepared(raw, &cleaned, checked, value)]
}

fn judge_foreign(key: &str) -> Checked {
    if !(3..=LENGTH_MAX).contains(&key.len()) {
        return Checked::suspect(key, Finding::of(Defect::Length));
    }
    if key.bytes().all(|b| b == b'0') || key.bytes().all(|b| b == b'9') {
        return Checked::suspect(key, Finding::of(Defect::Placeholder));
    }
    Checked::valid(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Validity;
    use crate::domain::record::AttributeKind;

    #[test]
    fn only_chinese_codes_are_judged() {
        let cases = [
            (None, "１０００２０", "100020", Validity::Valid),
            (None, "sw1a 1aa", "SW1A1AA", Validity::Valid),
            (None, "2000", "2000", Validity::Valid),
            (Some("CN"), "10000", "10000", Validity::Invalid),
            (Some("AU"), "200012", "200012", Validity::Valid),
            (Some("AU"), "0000", "0000", Validity::Suspect),
            (None, "无此", "", Validity::Suspect),
        ];
        for (country, input, normal, validity) in cases {
            let mut raw = RawAttribute::full(AttributeKind::PostalCode, input);
            raw.country = country.map(str::to_owned);
            for attribute in normalize(&raw, &Context::default()) {
                assert_eq!((attribute.normal.as_str(), attribute.validity), (normal, validity), "{input}");
                assert_eq!(attribute.value, Value::Text(normal.to_owned()));
            }
        }
    }
}
