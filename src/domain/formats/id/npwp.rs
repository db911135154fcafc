//! 印度尼西亚税号, Indonesian tax number (NPWP).
//!
//! Structure (15): 2 kind, 6 serial, 1 check digit, 3 tax office, 3 branch; since 2024 16 digits: a 0 in front of
//! these, or the person's NIK.
//! Check: Luhn over the first 9; the NIK by its own parts.
//! Standard: Direktorat Jenderal Pajak, PMK 112/2022 (from memory, 2026-11-22).
//! Examples: 014189021014033, 010287621735548.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

use super::nik;

/// 印度尼西亚税号.
pub const FORMAT: Declared = Declared {
    code: "id.npwp",
    name_zh: "印度尼西亚税号",
    name_en: "Indonesian tax number (NPWP)",
    source: "Direktorat Jenderal Pajak, PMK 112/2022",
    example: "014189021014033",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[15, 16]) {
        return wrong;
    }
    if number.len() == 16 && !number.starts_with('0') {
        return nik::check_parts(number);
    }
    let start = number.len() - 15;
    if number.get(start..start + 9).is_some_and(check_digit::luhn_holds) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
