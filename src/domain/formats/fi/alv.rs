//! 芬兰增值税号, Finnish VAT number (ALV nro).
//!
//! Structure (8, often after FI): the business identity code without its dash: 7 digits serial, 1 check digit.
//! Check: Σ digit · (7 9 10 5 8 4 2 1) ≡ 0 mod 11.
//! Standard: Finnish Tax Administration; EU VIES (from memory, 2026-11-22).
//! Examples: 91804310, 89073328.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

use super::ytunnus;

/// 芬兰增值税号.
pub const FORMAT: Declared = Declared {
    code: "fi.alv",
    name_zh: "芬兰增值税号",
    name_en: "Finnish VAT number (ALV nro)",
    source: "Finnish Tax Administration; EU VIES",
    example: "91804310",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -"), &["FI"]);
    if let Some(wrong) = part::wrong_digits(&number, &[8]) {
        return wrong;
    }
    if ytunnus::holds(&number) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
