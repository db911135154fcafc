//! 捷克出生编号, Czech birth number (Rodné číslo).
//!
//! Structure (10; 9 for births before 1954): 6 digits birth date YYMMDD (month + 50: women; + 20 more when the day's
//! serials ran out, since 2004), 3 digits serial, 1 check digit (none in 9 digits).
//! Check rule: first 9 digits mod 11; until 1985 the remainder 10 was written as 0.
//! Source: Ministry of the Interior, Act 133/2000 (from memory, 2026-11-22).
//! Examples: 8001011238, 0451011231.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 捷克出生编号.
pub const FORMAT: Declared = Declared {
    code: "cz.rc",
    name_zh: "捷克出生编号",
    name_en: "Czech birth number (Rodné číslo)",
    source: "Ministry of the Interior, Act 133/2000",
    example: "8001011238",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " /.-", &[9, 10], judge)
}

/// Judges nine or ten digits.
pub fn judge(text: String) -> Checked {
    let year = match (text.len(), numeric::number(&text, 0..2)) {
        (9, year @ 80..) => 1800 + year,
        (9, year @ 0..=53) => 1900 + year,
        (9, _) => return shape::wrong_length(text, "10"),
        (_, year @ 0..=53) => 2000 + year,
        (_, year) => 1900 + year,
    };
    let month = numeric::number(&text, 2..4);
    let gender = if month > 50 { "F" } else { "M" };
    let Some(birth) = numeric::date(year, month % 50 % 20, numeric::number(&text, 4..6)) else {
        return numeric::wrong_date(text);
    };
    let holds = text.len() == 9 || check_holds(&text, year);
    let mut checked = numeric::proved(text, holds);
    checked.fact("birth_date", birth.to_string());
    checked.fact("gender", gender);
    checked
}

fn check_holds(text: &str, year: u64) -> bool {
    let rest = numeric::number(text, 0..9) % 11;
    let expected = if rest == 10 && year <= 1985 { 0 } else { rest };
    expected == u64::from(numeric::digit(text, 9))
}
