//! 印度选民证号, Indian voter card number (EPIC).
//!
//! Structure (10): 3 letters of the constituency series, 6 digits serial, 1 check digit.
//! Check: Luhn over the 7 digits.
//! Standard: Election Commission of India (from memory, 2026-11-22).
//! Examples: ABC4638755, ABC3791266.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

/// 印度选民证号.
pub const FORMAT: Declared = Declared {
    code: "in.epic",
    name_zh: "印度选民证号",
    name_en: "Indian voter card number (EPIC)",
    source: "Election Commission of India",
    example: "ABC4638755",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if number.chars().count() != 10 {
        return shape::wrong_length(number, "10");
    }
    if !part::has_shape(&number, "@@@#######") {
        return shape::wrong_shape(number);
    }
    if number.get(3..).is_some_and(check_digit::luhn_holds) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
