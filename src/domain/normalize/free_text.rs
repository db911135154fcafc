//! Free attributes, tags, consents and amounts: folded text, never judged.

use super::{Context, prepared, within_limit};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::record::{Attribute, AttributeKind, RawAttribute, Value};
use crate::domain::text::{self, han};
use unicode_normalization::UnicodeNormalization;

/// Prepares a free text. Only [`AttributeKind::Text`] may serve as evidence.
pub fn normalize(raw: &RawAttribute, _context: &Context) -> Vec<Attribute> {
    let whole = raw.raw_text();
    let short = within_limit(&whole);
    let mut cleaned = text::clean(short);
    let value = Value::Text(folded(&cleaned.text));
    let mut checked = Checked::valid(std::mem::take(&mut cleaned.text));
    if short.len() < whole.len() {
        checked.worsen(Validity::Suspect, Finding::of(Defect::TooLong));
    }
    let mut attribute = prepared(raw, &cleaned, checked, value);
    attribute.evidence &= raw.kind == AttributeKind::Text;
    vec![attribute]
}

/// The form for comparing: NFKC, lower case, simplified, single blanks.
pub fn folded(text: &str) -> String {
    // What is plain has neither compatibility forms nor double blanks nor capitals outside ASCII.
    if text::is_plain(text) {
        if text.is_ascii() {
            return text.to_ascii_lowercase();
        }
        let has_capitals = text.bytes().any(|byte| byte.is_ascii_uppercase());
        return if has_capitals { han::to_simplified(&text.to_ascii_lowercase()) } else { han::to_simplified(text) };
    }
    let compatible: String = text.nfkc().collect();
    let simplified = han::to_simplified(&compatible.to_lowercase());
    simplified.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_and_carries() {
        let prepare = |kind, text: &str| normalize(&RawAttribute::full(kind, text), &Context::default()).remove(0);
        let text = prepare(AttributeKind::Text, " 頭髮 ＡＢＣ  ㎡ ");
        assert_eq!((text.value, text.evidence), (Value::Text("头发 abc m2".into()), true));
        assert!(!prepare(AttributeKind::Tag, "VIP").evidence);
        let long = prepare(AttributeKind::Text, &"张".repeat(5_000));
        assert_eq!(long.findings.first().map(|f| f.defect), Some(Defect::TooLong));
        assert_eq!(long.raw.chars().count(), 5_000);
    }
}
