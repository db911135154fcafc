//! 加拿大商业号码, Canada Business Number (BN).
//!
//! Structure (9 or 15): 8 digits, 1 check digit; for an account of a program also 2 letters (RC RD RE RG RM RP RR RT RZ
//! …) and 4 digits.
//! Check rule: Luhn over the 9 digits.
//! Source: Canada Revenue Agency (from memory, 2026-11-22).
//! Examples: 123456782, 101234565RC0001.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, numeric, shape};

/// 加拿大商业号码.
pub const FORMAT: Declared = Declared {
    code: "ca.bn",
    name_zh: "加拿大商业号码",
    name_en: "Canada Business Number (BN)",
    source: "Canada Revenue Agency",
    example: "123456782",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -.");
    let length = text.chars().count();
    if length != 9 && length != 15 {
        return shape::wrong_length(text, "9/15");
    }
    if !numeric::fits(&text, if length == 9 { "999999999" } else { "999999999AA9999" }) {
        return shape::wrong_shape(text);
    }
    if !check_digit::luhn_holds(numeric::part(&text, 0..9)) {
        return shape::wrong_check_digit(text);
    }
    let program = numeric::part(&text, 9..11).to_owned();
    let mut checked = match program.as_str() {
        "" | "RC" | "RD" | "RE" | "RG" | "RM" | "RN" | "RP" | "RR" | "RT" | "RZ" => Checked::valid(text),
        _ => shape::unknown_component(text, "未知的税务项目", "an unknown program"),
    };
    if !program.is_empty() {
        checked.fact("program", program);
    }
    checked
}
