//! 列支敦士登个人识别号, Liechtenstein person identification number (PEID).
//!
//! Structure (4–12): serial digits; leading zeros do not count. No check digit.
//! Check: length and alphabet only.
//! Standard: Zentrale Personenverwaltung, Liechtenstein (from memory, 2026-11-22).
//! Examples: 7784477, 4753427.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::shape;

/// 列支敦士登个人识别号.
pub const FORMAT: Declared = Declared {
    code: "li.peid",
    name_zh: "列支敦士登个人识别号",
    name_en: "Liechtenstein person identification number (PEID)",
    source: "Zentrale Personenverwaltung, Liechtenstein",
    example: "7784477",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.").trim_start_matches('0').to_owned();
    let length = number.chars().count();
    if !(4..=12).contains(&length) {
        return shape::wrong_length(number, "4–12");
    }
    if shape::is_digits(&number) { Checked::valid(number) } else { shape::wrong_alphabet(number) }
}
