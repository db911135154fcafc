//! Gender columns: words, titles and the codes of GB/T 2261.1 (0 unknown, 1 male, 2 female, 9 not stated).

use super::{Field, prepared};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::record::{Attribute, Gender, RawAttribute, Value};
use crate::domain::text::{Cleaned, han, latin};
use smol_str::SmolStr;

/// Prepares one of the usual words as it stands.
pub fn common(raw: &RawAttribute) -> Option<Attribute> {
    let gender = read(&raw.raw_text())?;
    Some(prepared(raw, &Cleaned::default(), Checked::valid(SmolStr::new_static(gender.code())), Value::Gender(gender)))
}

/// Prepares a gender.
pub fn normalize(field: &Field<'_>) -> Attribute {
    let Field { raw, text, cleaned, .. } = *field;
    if let Some(gender) = read(text) {
        return prepared(raw, cleaned, Checked::valid(SmolStr::new_static(gender.code())), Value::Gender(gender));
    }
    let folded = latin::fold(&han::simplified(text));
    let key = folded.trim_matches(|c: char| c.is_ascii_punctuation() || c.is_whitespace());
    let missing = matches!(key, "0" | "9" | "u" | "x" | "未说明" | "未知性别" | "other" | "其他" | "not stated");
    if missing {
        return super::missing(raw, cleaned, text);
    }
    if let Some(gender) = read(key) {
        return prepared(raw, cleaned, Checked::valid(SmolStr::new_static(gender.code())), Value::Gender(gender));
    }
    let finding =
        Finding::with_detail(Defect::UnknownComponent, "不认识的性别写法", "not a known way to write a gender");
    let mut attribute = prepared(raw, cleaned, Checked::suspect(text, finding), Value::Text(folded.into()));
    attribute.validity = Validity::Suspect;
    attribute.evidence = false;
    attribute
}

/// Reads one folded value.
fn read(key: &str) -> Option<Gender> {
    match key {
        "男" | "男性" | "男士" | "男生" | "男的" | "先生" | "公" | "m" | "M" | "male" | "man" | "mr" | "boy" | "1"
        | "01" | "♂" => Some(Gender::Male),
        "女" | "女性" | "女士" | "女生" | "女的" | "小姐" | "太太" | "夫人" | "f" | "F" | "female" | "woman"
        | "mrs" | "ms" | "miss" | "girl" | "2" | "02" | "♀" => Some(Gender::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::normalize::{Context, attribute};
    use crate::domain::record::AttributeKind;

    #[test]
    fn reads_every_habit() {
        let prepare = |text| attribute(&RawAttribute::full(AttributeKind::Gender, text), &Context::default()).remove(0);
        for text in ["男", "M", "Male", "先生", "1", "Mr.", "男性", "Ｍ"] {
            assert_eq!(prepare(text).value, Value::Gender(Gender::Male), "{text}");
        }
        for text in ["女", "f", "FEMALE", "女士", "2", "Mrs"] {
            assert_eq!(prepare(text).value, Value::Gender(Gender::Female), "{text}");
        }
        assert_eq!(prepare("0").value, Value::Missing);
        let odd = prepare("不男");
        assert_eq!((odd.validity, odd.evidence), (Validity::Suspect, false));
    }
}
