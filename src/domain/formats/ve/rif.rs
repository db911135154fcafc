//! 委内瑞拉税务登记号, Venezuelan tax number (RIF).
//!
//! Structure (10): 1 letter kind (V citizen, E foreigner, J company, P passport, G government, C communal body), 8
//! digits, 1 check digit.
//! Check: Σ with V = 4, E = 8, J = 12, P = 16, G = 20 and weights 3 2 7 6 5 4 3 2; Σ mod 11 selects from 0 0 9 8 7 6
//! 5 4 3 2 1. The value of C is not known here.
//! Source: SENIAT (from memory, 2026-11-22).
//! Computed examples: J123456784, V102030407.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 委内瑞拉税务登记号.
pub const FORMAT: Declared = Declared {
    code: "ve.rif",
    name_zh: "委内瑞拉税务登记号",
    name_en: "Venezuelan tax number (RIF)",
    source: "SENIAT",
    example: "J123456784",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(fault) = numeric::length_fault(&number, &[10]) {
        return fault;
    }
    let digits = numeric::part(&number, 1..10);
    if !shape::is_digits(digits) {
        return shape::wrong_alphabet(number);
    }
    let (start, kind) = match number.chars().next() {
        Some('V') => (4, "citizen"),
        Some('E') => (8, "foreigner"),
        Some('J') => (12, "company"),
        Some('P') => (16, "passport"),
        Some('G') => (20, "government"),
        Some('C') => {
            return shape::unknown_component(number, "公社机构，校验规则未知", "a communal body, rule unknown");
        }
        _ => return shape::wrong_component(number, "未知的类别字母", "an unknown kind"),
    };
    let sum = start + numeric::dot(digits, &[3, 2, 7, 6, 5, 4, 3, 2]);
    let expected = if sum % 11 < 2 { 0 } else { 11 - sum % 11 };
    let holds = numeric::last_digit(digits) == Some(expected);
    let mut checked = numeric::proved(number, holds);
    checked.fact("entity_type", kind);
    checked
}
