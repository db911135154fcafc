//! 摩尔多瓦企业识别号, Moldavian company identification number (IDNO).
//!
//! Structure (13): 1 kind, 3 year, 8 registry and serial, 1 check digit.
//! Check: Σ digit · (7 3 1 7 3 1 …) mod 10.
//! Standard: Agenția Servicii Publice, Moldova (from memory, 2026-11-22).
//! Examples: 1002600270714, 1002600965247.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 摩尔多瓦企业识别号.
pub const FORMAT: Declared = Declared {
    code: "md.idno",
    name_zh: "摩尔多瓦企业识别号",
    name_en: "Moldavian company identification number (IDNO)",
    source: "Agenția Servicii Publice, Moldova",
    example: "1002600270714",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[13]) {
        return wrong;
    }
    let sum = shape::weighted_sum(&number, &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]).unwrap_or_default();
    if part::ends_with_nth(&number, "0123456789", sum % 10) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
