//! 泰国法人登记号, Thai memorandum of association number (MOA).
//!
//! Structure (13): 0, 2 digits registry, 1 digit kind, 3 digits year (Buddhist era without its first digit), 5 digits
//! serial, 1 check digit.
//! Check: as th.pin: (11 − Σ dᵢ·(14 − i) mod 11) mod 10.
//! Source: Department of Business Development (from memory, 2026-11-22).
//! Computed examples: 0105561123458, 0994000123451.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 泰国法人登记号.
pub const FORMAT: Declared = Declared {
    code: "th.moa",
    name_zh: "泰国法人登记号",
    name_en: "Thai memorandum of association number (MOA)",
    source: "Department of Business Development",
    example: "0105561123458",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(fault) = numeric::fault(&number, &[13]) {
        return fault;
    }
    if !number.starts_with('0') {
        return shape::wrong_component(number, "首位应为 0", "the first digit is 0");
    }
    let holds = super::pin::holds(&number);
    numeric::proved(number, holds)
}
