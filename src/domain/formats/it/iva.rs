//! 意大利增值税号, Italian VAT number (partita IVA).
//!
//! Structure (11, often after IT): 7 digits serial, 3 digits office (001–100 provinces; 120, 121, 888, 999), 1 check
//! digit.
//! Check: Luhn.
//! Standard: Agenzia delle Entrate, DPR 633/1972; EU VIES (from memory, 2026-11-22).
//! Examples: 32068380156, 62865570154.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

/// 意大利增值税号.
pub const FORMAT: Declared = Declared {
    code: "it.iva",
    name_zh: "意大利增值税号",
    name_en: "Italian VAT number (partita IVA)",
    source: "Agenzia delle Entrate, DPR 633/1972; EU VIES",
    example: "32068380156",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    check_number(part::without_prefix(shape::compact(input, " -:."), &["IT"]))
}

/// Judges a number without separators and prefix.
pub(super) fn check_number(number: String) -> Checked {
    if let Some(wrong) = part::wrong_digits(&number, &[11]) {
        return wrong;
    }
    if !check_digit::luhn_holds(&number) {
        return shape::wrong_check_digit(number);
    }
    match (part::number_at(&number, 0..7), part::number_at(&number, 7..10)) {
        (Some(0), _) | (_, Some(0)) => shape::wrong_component(number, "序号或机关代码为零", "serial or office is zero"),
        (_, Some(1..=100 | 120 | 121 | 888 | 999)) => Checked::valid(number),
        _ => shape::unknown_component(number, "未知的税务机关代码", "unknown tax office"),
    }
}
