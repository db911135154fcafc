//! 瑞典增值税号, Swedish VAT number (momsregistreringsnummer).
//!
//! Structure (12): organisation or personal number of 10 digits with its check digit, 01 (in theory 01–94); SE is
//! dropped.
//! Check: Luhn over the first ten digits.
//! Source: Skatteverket, VIES (from memory, 2026-11-22).
//! Computed examples: 556123456701, 202100123101.

use crate::domain::finding::Checked;
use crate::domain::formats::{check_digit, declared::Declared, general::numeric, shape};

/// 瑞典增值税号.
pub const FORMAT: Declared = Declared {
    code: "se.vat",
    name_zh: "瑞典增值税号",
    name_en: "Swedish VAT number (momsregistreringsnummer)",
    source: "Skatteverket, VIES",
    example: "556123456701",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = numeric::without_prefix(&shape::compact(input, " -"), "SE");
    if let Some(fault) = numeric::fault(&number, &[12]) {
        return fault;
    }
    let suffix = numeric::number(&number, 10..12);
    if !(1..=94).contains(&suffix) {
        return shape::wrong_component(number, "末两位应为 01", "the last two digits should be 01");
    }
    if !check_digit::luhn_holds(numeric::part(&number, 0..10)) {
        return shape::wrong_check_digit(number);
    }
    if suffix != 1 {
        return shape::unknown_component(number, "末两位通常为 01", "the last two digits are usually 01");
    }
    Checked::valid(number)
}
