//! 立陶宛增值税号, Lithuanian VAT number (PVM mokėtojo kodas).
//!
//! Structure (9 for companies, 12 for persons and temporary ones, often after LT): digits serial, then 1, 1 check
//! digit.
//! Check: Σ digit · (1 … 9 1 2) mod 11; when 10, Σ digit · (3 … 9 1 2 3 4) mod 11 mod 10.
//! Standard: VMI, the Lithuanian tax inspectorate; EU VIES (from memory, 2026-11-22).
//! Examples: 739328819, 778966919.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 立陶宛增值税号.
pub const FORMAT: Declared = Declared {
    code: "lt.pvm",
    name_zh: "立陶宛增值税号",
    name_en: "Lithuanian VAT number (PVM mokėtojo kodas)",
    source: "VMI, the Lithuanian tax inspectorate; EU VIES",
    example: "739328819",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -"), &["LT"]);
    if let Some(wrong) = part::wrong_digits(&number, &[9, 12]) {
        return wrong;
    }
    let base = number.get(..number.len() - 1).unwrap_or_default();
    if !base.ends_with('1') {
        return shape::wrong_component(number, "倒数第二位须为 1", "the last digit but one is 1");
    }
    let rest = |weights: &[u32]| shape::weighted_sum(base, weights).unwrap_or_default() % 11;
    let expected = match rest(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]) {
        10 => rest(&[3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4]) % 10,
        digit => digit,
    };
    if part::ends_with_nth(&number, "0123456789", expected) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
