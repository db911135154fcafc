//! 国际标准录音制品编码, International standard recording code (ISRC).
//!
//! Structure (12): 2 letters prefix (a country or an agency's block such as QM), 3 characters registrant, 2 digits
//! year, 5 digits designation. No check digit.
//! Source: ISO 3901:2019 (from memory, 2026-11-22).
//! Computed examples: CNA232600001, USABC2612345.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 国际标准录音制品编码.
pub const FORMAT: Declared = Declared {
    code: "isrc",
    name_zh: "国际标准录音制品编码",
    name_en: "International standard recording code (ISRC)",
    source: "ISO 3901:2019",
    example: "CNA232600001",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    let number = numeric::without_prefix(&number, "ISRC");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[12]) {
        return fault;
    }
    let letters = numeric::part(&number, 0..2).bytes().all(|b| b.is_ascii_uppercase());
    let fits = letters && shape::is_digits(numeric::part(&number, 5..12));
    if fits { Checked::valid(number) } else { shape::wrong_shape(number) }
}
