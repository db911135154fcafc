//! 爱尔兰增值税号, Irish VAT number.
//!
//! Structure (8–9, often after IE): 7 digits, 1 check letter, since 2013 a second letter A–I (W: spouse); before, 1
//! digit, 1 letter, + or *, 5 digits, 1 check letter.
//! Check: Σ digit · (8 … 2) + 9 · second letter (W = 0, A = 1), mod 23 as index of WABCDEFGHIJKLMNOPQRSTUV; old numbers
//! as 0, the 5 digits, the first digit.
//! Standard: Irish Revenue Commissioners; EU VIES (from memory, 2026-11-22).
//! Examples: 6423183V, 0690173L.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 爱尔兰增值税号.
pub const FORMAT: Declared = Declared {
    code: "ie.vat",
    name_zh: "爱尔兰增值税号",
    name_en: "Irish VAT number",
    source: "Irish Revenue Commissioners; EU VIES",
    example: "6423183V",
    check_digit: true,
    check,
};

const CHECKS: &str = "WABCDEFGHIJKLMNOPQRSTUV";

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -"), &["IE"]);
    if ![8, 9].contains(&number.chars().count()) {
        return shape::wrong_length(number, "8/9");
    }
    let Some((digits, letter, second)) = split(&number) else {
        return shape::wrong_shape(number);
    };
    let sum = shape::weighted_sum(&digits, &[8, 7, 6, 5, 4, 3, 2]).unwrap_or_default() + 9 * second;
    if CHECKS.chars().nth((sum % 23) as usize) == Some(letter) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}

/// The 7 digits that count, the check letter and the value of the second letter.
fn split(number: &str) -> Option<(String, char, u32)> {
    let letter = number.chars().nth(7).filter(char::is_ascii_uppercase)?;
    let second = match number.chars().nth(8) {
        None => 0,
        Some(second) => u32::try_from(CHECKS.chars().position(|c| c == second)?).ok()?,
    };
    let digits = number.get(..7)?;
    if shape::is_digits(digits) {
        return Some((digits.to_owned(), letter, second));
    }
    let is_old = digits.get(1..2)?.starts_with(|c: char| c.is_ascii_uppercase() || c == '+' || c == '*');
    let digits = format!("0{}{}", digits.get(2..7)?, digits.get(..1)?);
    (is_old && number.len() == 8 && shape::is_digits(&digits)).then_some((digits, letter, 0))
}
