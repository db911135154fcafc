//! 结构化债权人参考号, Structured creditor reference (RF).
//!
//! Structure (5–25): RF, 2 check digits, up to 21 characters reference.
//! Check: the first four characters moved to the end, ISO 7064 MOD 97-10.
//! Source: ISO 11649:2009 (from memory, 2026-11-22).
//! Computed examples: RF81260011223344, RF88ABC2026.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// 结构化债权人参考号.
pub const FORMAT: Declared = Declared {
    code: "iso11649",
    name_zh: "结构化债权人参考号",
    name_en: "Structured creditor reference (RF)",
    source: "ISO 11649:2009",
    example: "RF81260011223344",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.,/:");
    if number.bytes().any(|b| !b.is_ascii_digit() && !b.is_ascii_uppercase()) {
        return shape::wrong_alphabet(number);
    }
    if !(5..=25).contains(&number.len()) {
        return shape::wrong_length(number, "5-25");
    }
    let (head, reference) = number.split_at_checked(4).unwrap_or_default();
    if !head.starts_with("RF") || !shape::is_digits(numeric::part(head, 2..4)) {
        return shape::wrong_shape(number);
    }
    let holds = systems::remainder_97(&format!("{reference}{head}")) == Some(1);
    numeric::proved(number, holds)
}
