//! 瑞典邮政编码, Swedish postal code (postnummer).
//!
//! Structure (5): 2 digits region from 10 on, 3 digits delivery. SE- in front is dropped. No check digit.
//! Source: PostNord (from memory, 2026-11-22).
//! Computed examples: 11120, 98138.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 瑞典邮政编码.
pub const FORMAT: Declared = Declared {
    code: "se.postnummer",
    name_zh: "瑞典邮政编码",
    name_en: "Swedish postal code (postnummer)",
    source: "PostNord",
    example: "11120",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = numeric::without_prefix(&shape::compact(input, " -"), "SE");
    if let Some(fault) = numeric::fault(&number, &[5]) {
        return fault;
    }
    if number.starts_with('0') {
        return shape::wrong_component(number, "首位不能为 0", "the first digit cannot be 0");
    }
    Checked::valid(number)
}
