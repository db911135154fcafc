//! 台湾外侨居留证号, Taiwanese resident certificate number (外來人口統一證號).
//!
//! Structure, new (10): letter of the place, 8 (male) or 9 (female), 7 digits, 1 check digit. Old (10): letter, A or
//! C (male), B or D (female), 7 digits, 1 check digit.
//! Check: the first letter as two digits, an old second letter as the last digit of its number (A = 0 … D = 3), Σ
//! xᵢ·wᵢ (1 9 8 7 6 5 4 3 2 1 1) mod 10 = 0.
//! Source: National Immigration Agency; new form since 2021-01-02 (from memory, 2026-11-22).
//! Computed examples: A800000014, AC01234567.

use super::letters;
use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 台湾外侨居留证号.
pub const FORMAT: Declared = Declared {
    code: "tw.arc",
    name_zh: "台湾外侨居留证号",
    name_en: "Taiwanese resident certificate number (外來人口統一證號)",
    source: "National Immigration Agency; new form since 2021-01-02",
    example: "A800000014",
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
        return shape::wrong_component(number, "第二位应为 8、9 或 A–D", "the second character is 8, 9 or A–D");
    }
    if !letters::holds(&number) {
        return shape::wrong_check_digit(number);
    }
    if "12".contains(second) {
        let (zh, en) = ("是国民身份证号", "a national identity number");
        return Checked::suspect(number, Finding::with_detail(Defect::WrongColumn, zh, en));
    }
    let region = letters::region(&number);
    let mut checked = Checked::valid(number);
    numeric::add_person(&mut checked, None, "8AC".contains(second));
    checked.fact("region", region);
    if second.is_ascii_uppercase() {
        checked.note(Finding::of(Defect::Historic));
    }
    checked
}
