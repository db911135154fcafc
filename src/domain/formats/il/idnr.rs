//! 以色列身份证号, Israeli identity number (mispar zehut).
//!
//! Structure (9): 8 digits serial, 1 check digit; leading zeros are often left out.
//! Check: Luhn.
//! Standard: Israeli Population and Immigration Authority (from memory, 2026-11-22).
//! Examples: 522077171, 865683759.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

/// 以色列身份证号.
pub const FORMAT: Declared = Declared {
    code: "il.idnr",
    name_zh: "以色列身份证号",
    name_en: "Israeli identity number (mispar zehut)",
    source: "Israeli Population and Immigration Authority",
    example: "522077171",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let typed = shape::compact(input, " -");
    let number = if shape::is_digits(&typed) { format!("{typed:0>9}") } else { typed };
    if let Some(wrong) = part::wrong_digits(&number, &[9]) {
        return wrong;
    }
    if number == "000000000" {
        return shape::wrong_component(number, "没有全零的号码", "zero is never issued");
    }
    if check_digit::luhn_holds(&number) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
