//! 台湾身份证统一编号, Taiwanese national identity number (國民身分證統一編號).
//!
//! Structure (10): 1 letter place of first registration, 1 digit gender (1 male, 2 female), 7 digits serial, 1 check
//! digit.
//! Check: the letter as two digits (A = 10 … I = 34, O = 35, W = 32, X = 30, Y = 31, Z = 33), Σ xᵢ·wᵢ (1 9 8 7 6 5 4
//! 3 2 1 1) mod 10 = 0.
//! Source: Ministry of the Interior (from memory, 2026-11-22).
//! Computed examples: A123456789, B223456782.

use super::letters;
use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 台湾身份证统一编号.
pub const FORMAT: Declared = Declared {
    code: "tw.id",
    name_zh: "台湾身份证统一编号",
    name_en: "Taiwanese national identity number (國民身分證統一編號)",
    source: "Ministry of the Interior",
    example: "A123456789",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = letters::fault(&number) {
        return fault;
    }
    let second = number.chars().nth(1).unwrap_or_default();
    if !"1289ABCD".contains(second) {
        return shape::wrong_component(number, "第二位应为 1 或 2", "the second character is 1 or 2");
    }
    if !letters::holds(&number) {
        return shape::wrong_check_digit(number);
    }
    if !"12".contains(second) {
        let (zh, en) = ("是外侨居留证号", "a number of a resident certificate");
        return Checked::suspect(number, Finding::with_detail(Defect::WrongColumn, zh, en));
    }
    let region = letters::region(&number);
    let mut checked = Checked::valid(number);
    numeric::add_person(&mut checked, None, second == '1');
    checked.fact("region", region);
    checked
}
