//! 毛里求斯国民身份号, Mauritian national identity card number.
//!
//! Structure (14): 1 letter of the surname, date DDMMYY (century open), 6 digits serial, 1 check character 0–9 or A–G.
//! Check: −Σ value · (14 … 2) mod 17 as index of 0123456789ABCDEFG, A = 10 ….
//! Standard: National Identity Card Act, Mauritius (from memory, 2026-11-22).
//! Examples: M1503852660438, M1503857915813.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 毛里求斯国民身份号.
pub const FORMAT: Declared = Declared {
    code: "mu.nid",
    name_zh: "毛里求斯国民身份号",
    name_en: "Mauritian national identity card number",
    source: "National Identity Card Act, Mauritius",
    example: "M1503852660438",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if number.chars().count() != 14 {
        return shape::wrong_length(number, "14");
    }
    if !part::has_shape(&number, "@############*") {
        return shape::wrong_shape(number);
    }
    let birth = part::number_at(&number, 1..7).unwrap_or_default();
    if !part::short_date_exists(birth % 100, birth / 100 % 100, birth / 10_000) {
        return part::impossible_date(number);
    }
    let sum = shape::weighted_sum(&number, &[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]).unwrap_or_default();
    if part::ends_with_nth(&number, "0123456789ABCDEFG", (17 - sum % 17) % 17) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
