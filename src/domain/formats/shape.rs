//! The shape of numbers: folding before any check, digits and weights, and the verdicts that all formats share.

use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::text::width;
use smol_str::SmolStr;

/// Half-width capitals without blanks and without the characters of `separators`; all dashes count as `-`.
pub fn compact(input: &str, separators: &str) -> String {
    let folded = width::fold_dashes(&width::to_halfwidth(input));
    let kept = folded.chars().filter(|c| !c.is_whitespace() && !separators.contains(*c));
    kept.flat_map(char::to_uppercase).collect()
}

/// Whether the text is not empty and all ASCII digits.
pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The values of digits and capital letters (A = 10); `None` when there is anything else.
pub fn values(text: &str) -> Option<Vec<u32>> {
    let value = |c: char| if c.is_ascii_lowercase() { None } else { c.to_digit(36) };
    text.chars().map(value).collect()
}

/// Σ value · weight over the shorter of the two; `None` when a character is neither digit nor capital letter.
pub fn weighted_sum(text: &str, weights: &[u32]) -> Option<u32> {
    Some(values(text)?.iter().zip(weights).map(|(value, weight)| value * weight).sum())
}

/// The verdict on a wrong number of characters; `expected` for people: "11", "9 or 12".
pub fn wrong_length(normal: impl Into<SmolStr>, expected: &str) -> Checked {
    let normal = normal.into();
    let found = normal.chars().count();
    let zh = format!("应为 {expected} 位，实为 {found} 位");
    let en = format!("{found} characters instead of {expected}");
    Checked::invalid(normal, Finding::with_detail(Defect::Length, zh, en))
}

/// The verdict on a character that the format does not allow.
pub fn wrong_alphabet(normal: impl Into<SmolStr>) -> Checked {
    Checked::invalid(normal, Finding::of(Defect::Alphabet))
}

/// The verdict on a value that has not the shape of its format.
pub fn wrong_shape(normal: impl Into<SmolStr>) -> Checked {
    Checked::invalid(normal, Finding::of(Defect::Format))
}

/// The verdict on a check digit that does not fit.
pub fn wrong_check_digit(normal: impl Into<SmolStr>) -> Checked {
    Checked::invalid(normal, Finding::of(Defect::Checksum))
}

/// The verdict on an impossible part, named in both languages.
pub fn wrong_component(normal: impl Into<SmolStr>, zh: &'static str, en: &'static str) -> Checked {
    Checked::invalid(normal, Finding::with_detail(Defect::Component, zh, en))
}

/// The verdict on a part that no registry known here has.
pub fn unknown_component(normal: impl Into<SmolStr>, zh: &'static str, en: &'static str) -> Checked {
    Checked::suspect(normal, Finding::with_detail(Defect::UnknownComponent, zh, en))
}
