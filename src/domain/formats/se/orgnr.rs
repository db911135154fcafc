//! 瑞典组织号, Swedish organisation number (organisationsnummer).
//!
//! Structure (10): 1 digit kind (2 public body, 5 company, 7 association, 8 non-profit, 9 partnership; a personal
//! number for sole traders), 8 digits, 1 check digit.
//! Check: Luhn.
//! Source: Skatteverket, Bolagsverket (from memory, 2026-11-22).
//! Computed examples: 5561234567, 2021001231.

use crate::domain::finding::Checked;
use crate::domain::formats::{check_digit, declared::Declared, general::numeric, shape};

/// 瑞典组织号.
pub const FORMAT: Declared = Declared {
    code: "se.orgnr",
    name_zh: "瑞典组织号",
    name_en: "Swedish organisation number (organisationsnummer)",
    source: "Skatteverket, Bolagsverket",
    example: "5561234567",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[10]) {
        return fault;
    }
    let holds = check_digit::luhn_holds(&number);
    numeric::proved(number, holds)
}
