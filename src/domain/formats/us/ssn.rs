//! 美国社会安全号, US social security number (SSN).
//!
//! Structure (9): 3 digits area (not 000, 666, 900–999), 2 digits group (not 00), 4 digits serial (not 0000). Hyphens
//! only after the area and the group. No check digit.
//! Two numbers that were printed as samples and voided never count: 078-05-1120 and 219-09-9999.
//! Source: Social Security Administration (from memory, 2026-11-22).
//! Computed examples: 541-20-1234, 123456780.

use super::groups;
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 美国社会安全号.
pub const FORMAT: Declared = Declared {
    code: "us.ssn",
    name_zh: "美国社会安全号",
    name_en: "US social security number (SSN)",
    source: "Social Security Administration",
    example: "541-20-1234",
    check_digit: false,
    check,
};

const VOIDED: [&str; 2] = ["078051120", "219099999"];

fn check(input: &str) -> Checked {
    let number = match groups::digits(input, &[3, 2, 4]) {
        Ok(number) => number,
        Err(fault) => return fault,
    };
    let area = numeric::number(&number, 0..3);
    if area == 0 || area == 666 || area >= 900 {
        return shape::wrong_component(number, "地区号不可能", "an impossible area number");
    }
    if numeric::is_zero(numeric::part(&number, 3..5)) || numeric::is_zero(numeric::part(&number, 5..9)) {
        return shape::wrong_component(number, "组号或序号不能全为 0", "group and serial cannot be all 0");
    }
    if VOIDED.contains(&number.as_str()) {
        return shape::wrong_component(number, "作样例印刷而作废的号码", "a number printed as a sample and voided");
    }
    Checked::valid(number)
}
