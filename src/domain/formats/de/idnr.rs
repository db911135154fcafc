//! 德国税务识别号, German tax ID (Steuerliche Identifikationsnummer).
//!
//! Structure (11): 10 digits (the first not 0, exactly one of them twice or three times, never three times in a row), 1
//! check digit.
//! Check rule: ISO 7064 MOD 11,10.
//! Source: BZSt, AO § 139b, StIdV (from memory, 2026-11-22).
//! Examples: 11234567890, 98765432911.

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 德国税务识别号.
pub const FORMAT: Declared = Declared {
    code: "de.idnr",
    name_zh: "德国税务识别号",
    name_en: "German tax ID (Steuerliche Identifikationsnummer)",
    source: "BZSt, AO § 139b, StIdV",
    example: "11234567890",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -./,", &[11], |text| {
        let body = numeric::part(&text, 0..10);
        let repeated: Vec<usize> = ('0'..='9').map(|digit| body.matches(digit).count()).filter(|n| *n > 1).collect();
        if text.starts_with('0') || !matches!(repeated.as_slice(), [2 | 3]) {
            return shape::wrong_shape(text);
        }
        let in_a_row = body.as_bytes().windows(3).any(|three| three.iter().all(|byte| three.first() == Some(byte)));
        let holds = numeric::mod_11_10_holds(&text);
        let mut checked = numeric::proved(text, holds);
        if in_a_row {
            let zh = "同一数字连续三次，通常不会发放";
            let finding = Finding::with_detail(Defect::Format, zh, "the same digit three times in a row");
            checked.worsen(Validity::Suspect, finding);
        }
        checked
    })
}
