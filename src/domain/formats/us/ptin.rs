//! 美国税务代理人识别号, US preparer tax identification number (PTIN).
//!
//! Structure (9): P and 8 digits. No check digit.
//! Source: Internal Revenue Service (from memory, 2026-11-22).
//! Computed examples: P01234567, P98765432.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 美国税务代理人识别号.
pub const FORMAT: Declared = Declared {
    code: "us.ptin",
    name_zh: "美国税务代理人识别号",
    name_en: "US preparer tax identification number (PTIN)",
    source: "Internal Revenue Service",
    example: "P01234567",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " ");
    if let Some(fault) = numeric::length_fault(&number, &[9]) {
        return fault;
    }
    let fits = number.strip_prefix('P').is_some_and(shape::is_digits);
    if fits { Checked::valid(number) } else { shape::wrong_shape(number) }
}
