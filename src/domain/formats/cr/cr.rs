//! 哥斯达黎加外国人居留证号, Costa Rica residence permit (DIMEX).
//!
//! Structure (11–12): 1, 3 digits nationality, the rest serial.
//! Check rule: none.
//! Source: Dirección General de Migración y Extranjería (from memory, 2026-11-22).
//! Examples: 112345678901, 15512345678.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 哥斯达黎加外国人居留证号.
pub const FORMAT: Declared = Declared {
    code: "cr.cr",
    name_zh: "哥斯达黎加外国人居留证号",
    name_en: "Costa Rica residence permit (DIMEX)",
    source: "Dirección General de Migración y Extranjería",
    example: "112345678901",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[11, 12], |text| {
        if !text.starts_with('1') {
            return shape::wrong_component(text, "应以 1 开头", "does not begin with 1");
        }
        Checked::valid(text)
    })
}
