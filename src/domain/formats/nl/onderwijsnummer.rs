//! 荷兰教育号, Dutch education number (onderwijsnummer).
//!
//! Structure (9): 10, 6 digits serial, 1 check digit.
//! Check: Σ digit · (9 8 7 6 5 4 3 2 −1) ≡ 5 mod 11.
//! Standard: DUO, for pupils without a BSN (from memory, 2026-11-22).
//! Examples: 100999822, 106145764.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

use super::bsn;

/// 荷兰教育号.
pub const FORMAT: Declared = Declared {
    code: "nl.onderwijsnummer",
    name_zh: "荷兰教育号",
    name_en: "Dutch education number (onderwijsnummer)",
    source: "DUO, for pupils without a BSN",
    example: "100999822",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[9]) {
        return wrong;
    }
    if !number.starts_with("10") {
        return shape::wrong_component(number, "教育号以 10 开头", "education numbers begin with 10");
    }
    if bsn::rest(&number) == Some(5) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
