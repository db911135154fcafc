//! 通用唯一识别码, Universally unique identifier (UUID, GUID).
//!
//! Structure (36): hexadecimal digits 8-4-4-4-12; the first digit of the third group is the version (1–8), that of the
//! fourth the variant (8–B). All zeros and all ones are the nil and the max UUID. Other variants are those of NCS and of
//! Microsoft, or nobody's: suspect. No check digit. Source: RFC 9562 (from memory, 2026-11-22).
//! Computed examples: 0190a6e8-7b1c-7def-8a3b-0123456789ab, 12345678-90ab-4cde-8f01-23456789abcd.

use super::ip::exact;
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, shape};

/// 通用唯一识别码.
pub const FORMAT: Declared = Declared {
    code: "internet.uuid",
    name_zh: "通用唯一识别码",
    name_en: "Universally unique identifier (UUID)",
    source: "RFC 9562",
    example: "0190a6e8-7b1c-7def-8a3b-0123456789ab",
    check_digit: false,
    check: |input| exact(input, check),
};

/// 通用唯一识别码（任意版本）.
pub const TEXT: Declared = Declared {
    code: "internet.uuid_text",
    name_zh: "通用唯一识别码（任意版本）",
    name_en: "text form of a UUID of any version and variant",
    source: "RFC 4122, RFC 9562",
    example: "12345678-90ab-fcde-0f01-23456789abcd",
    check_digit: false,
    check: |input| exact(input, text_form),
};

/// Lengths of the groups.
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

fn text_form(text: &str) -> Checked {
    let mut groups = text.split('-');
    let fits = |length: &usize| {
        groups.next().is_some_and(|group| group.len() == *length && group.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    if GROUPS.iter().all(fits) && groups.next().is_none() {
        return Checked::valid(text.to_ascii_lowercase());
    }
    let mut checked = shape::wrong_shape(text.to_owned());
    if let (Some(meant), Some(finding)) = (meant(text), checked.findings.first_mut()) {
        *finding = finding.clone().suggest(meant, "按 8-4-4-4-12 书写", "in its groups of 8-4-4-4-12");
    }
    checked
}

/// The UUID in a text without hyphens, in braces or with a prefix.
fn meant(text: &str) -> Option<String> {
    let bare = text.trim_start_matches("urn:uuid:").trim_matches(['{', '}']);
    let digits: String = bare.chars().filter(|c| *c != '-').collect::<String>().to_ascii_lowercase();
    if digits.len() != 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut rest = digits.as_str();
    let mut groups = Vec::with_capacity(GROUPS.len());
    for length in GROUPS {
        let (group, after) = rest.split_at_checked(length)?;
        groups.push(group);
        rest = after;
    }
    Some(groups.join("-"))
}

fn check(text: &str) -> Checked {
    let mut checked = text_form(text);
    if checked.validity == Validity::Invalid {
        return checked;
    }
    let is_all = |digit: u8| text.bytes().all(|b| b == b'-' || b.to_ascii_lowercase() == digit);
    if is_all(b'0') || is_all(b'f') {
        checked.fact("version", if is_all(b'0') { "nil" } else { "max" });
        return checked;
    }
    let nibble = |at: usize| checked.normal.get(at..=at).and_then(|digit| u8::from_str_radix(digit, 16).ok());
    match (nibble(14), nibble(19)) {
        (Some(version @ 1..=8), Some(8..=11)) => checked.fact("version", version.to_string()),
        _ => {
            let finding =
                Finding::with_detail(Defect::UnknownComponent, "版本或变体未定义", "an unknown version or variant");
            checked.worsen(Validity::Suspect, finding);
        }
    }
    checked
}
