//! 波兰企业登记号, Polish register number of economic units (REGON).
//!
//! Structure (9 or 14): 2 digits region, 6 digits serial, 1 check digit; a local unit adds 4 digits serial and 1
//! check digit.
//! Check: Σ dᵢ·wᵢ mod 11 mod 10, weights 8 9 2 3 4 5 6 7, and over 13 digits 2 4 8 5 0 9 7 3 6 1 2 4 8; a number of
//! 14 must satisfy both.
//! Source: Statistics Poland (GUS) (from memory, 2026-11-22).
//! Computed examples: 123456785, 12345678500010.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 波兰企业登记号.
pub const FORMAT: Declared = Declared {
    code: "pl.regon",
    name_zh: "波兰企业登记号",
    name_en: "Polish register number of economic units (REGON)",
    source: "Statistics Poland (GUS)",
    example: "123456785",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[9, 14]) {
        return fault;
    }
    let unit_holds = numeric::dot(&number, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == numeric::digit(&number, 8);
    let local = numeric::dot(&number, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10;
    let is_local = number.len() == 14;
    let holds = unit_holds && (!is_local || local == numeric::digit(&number, 13));
    let mut checked = numeric::proved(number, holds);
    checked.fact("entity_type", if is_local { "local_unit" } else { "unit" });
    checked
}
