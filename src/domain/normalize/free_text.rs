//! Free attributes, tags, consents and amounts: folded text, never judged.

use super::{Field, prepared};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::record::{Attribute, AttributeKind, Value};
use crate::domain::text::{self, han};
use unicode_normalization::UnicodeNormalization;

/// Prepares a free text. Only [`AttributeKind::Text`] may serve as evidence.
pub fn normalize(field: &Field<'_>, cut_off: bool) -> Attribute {
    let Field { raw, text, plain, cleaned } = *field;
    let value = Value::Text(if plain { folded_plain(text) } else { folded(text) }.into());
    let mut checked = Checked::valid(text);
    if cut_off {
        checked.worsen(Validity::Suspect, Finding::of(Defect::TooLong));
    }
    let mut attribute = prepared(raw, cleaned, checked, value);
    attribute.evidence &= raw.kind == AttributeKind::Text;
    attribute
}

/// The form for comparing: NFKC, lower case, simplified, single blanks.
pub fn folded(text: &str) -> String {
    if text::is_plain(text) {
        return folded_plain(text);
    }
    let compatible: String = text.nfkc().collect();
    let simplified = han::to_simplified(&compatible.to_lowercase());
    simplified.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is plain has neither compatibility forms nor double blanks nor capitals outside ASCII.
fn folded_plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let has_capitals = text.bytes().any(|byte| byte.is_ascii_uppercase());
    if has_capitals { han::to_simplified(&text.to_ascii_lowercase()) } else { han::to_simplified(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::normalize::{Context, attribute};
    use crate::domain::record::RawAttribute;

    #[test]
    fn folds_and_carries() {
        let prepare = |kind, text: &str| attribute(&RawAttribute::full(kind, text), &Context::default()).remove(0);
        let text = prepare(AttributeKind::Text, " 頭髮 ＡＢＣ  ㎡ ");
        assert_eq!((text.value, text.evidence), (Value::Text("头发 abc m2".into()), true));
        assert!(!prepare(AttributeKind::Tag, "VIP").evidence);
        let long = prepare(AttributeKind::Text, &"张".repeat(5_000));
        assert_eq!(long.findings.first().map(|f| f.defect), Some(Defect::TooLong));
        assert_eq!(long.raw.chars().count(), 5_000);
    }
}
