//! 丹麦个人号, Denmark CPR number (personnummer).
//!
//! Structure (10): 6 digits birth date DDMMYY, 4 digits serial (the first with the year gives the century, the last is
//! odd for men, even for women). Substitute numbers of hospitals have 60 added to the day.
//! Check rule: since 2007 numbers without the former MOD 11 are issued: not judged.
//! Source: CPR-kontoret, CPR-loven (from memory, 2026-11-22).
//! Examples: 0101801235, 2902124334.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 丹麦个人号.
pub const FORMAT: Declared = Declared {
    code: "dk.cpr",
    name_zh: "丹麦个人号",
    name_en: "Denmark CPR number (personnummer)",
    source: "CPR-kontoret, CPR-loven",
    example: "0101801235",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -", &[10], |text| {
        let day = numeric::number(&text, 0..2);
        let substitute = day > 60;
        let Some(birth) = numeric::date(year(&text), numeric::number(&text, 2..4), day % 60) else {
            return numeric::wrong_date(text);
        };
        let gender = if numeric::digit(&text, 9).is_multiple_of(2) { "F" } else { "M" };
        let mut checked = if substitute {
            shape::unknown_component(text, "医院临时代用号（日加 60）", "a substitute number, 60 added to the day")
        } else {
            Checked::valid(text)
        };
        checked.fact("birth_date", birth.to_string());
        checked.fact("gender", gender);
        checked
    })
}

fn year(text: &str) -> u64 {
    let year = numeric::number(text, 4..6);
    year + match numeric::digit(text, 6) {
        0..=3 => 1900,
        4 | 9 if year >= 37 => 1900,
        4 | 9 => 2000,
        _ if year >= 58 => 1800,
        _ => 2000,
    }
}
