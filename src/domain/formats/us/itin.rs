//! 美国个人纳税人识别号, US individual taxpayer identification number (ITIN).
//!
//! Structure (9): 9 and 2 digits area, 2 digits group (50–65, 70–88, 90–92, 94–99), 4 digits serial. No check digit.
//! Source: Internal Revenue Service (from memory, 2026-11-22).
//! Computed examples: 912-70-1234, 950881234.

use super::groups;
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 美国个人纳税人识别号.
pub const FORMAT: Declared = Declared {
    code: "us.itin",
    name_zh: "美国个人纳税人识别号",
    name_en: "US individual taxpayer identification number (ITIN)",
    source: "Internal Revenue Service",
    example: "912-70-1234",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = match groups::digits(input, &[3, 2, 4]) {
        Ok(number) => number,
        Err(fault) => return fault,
    };
    if !number.starts_with('9') {
        return shape::wrong_component(number, "首位应为 9", "the first digit is 9");
    }
    match numeric::number(&number, 3..5) {
        50..=65 | 70..=88 | 90..=92 | 94..=99 => Checked::valid(number),
        _ => shape::wrong_component(number, "组号不可能", "an impossible group"),
    }
}
