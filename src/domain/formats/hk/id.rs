//! 香港身份证号, Hong Kong identity card number.
//!
//! Structure (8 or 9): 1 or 2 letters, 6 digits, 1 check character 0–9 or A in parentheses, which are dropped.
//! Check: Σ xᵢ·wᵢ (9 8 7 6 5 4 3 2 1) mod 11 = 0 with A = 10 … Z = 35, a missing first letter = 36, check character A
//! = 10.
//! Source: Immigration Department of Hong Kong (from memory, 2026-11-22).
//! Computed examples: A123456(3), AB123456(9).

use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 香港身份证号.
pub const FORMAT: Declared = Declared {
    code: "hk.id",
    name_zh: "香港身份证号",
    name_en: "Hong Kong identity card number",
    source: "Immigration Department of Hong Kong",
    example: "A123456(3)",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -()/[].");
    let letters = number.bytes().take_while(u8::is_ascii_uppercase).count();
    let (digits, last) =
        (numeric::part(&number, letters..letters + 6), numeric::part(&number, letters + 6..number.len()));
    if number.chars().any(|c| !c.is_ascii_digit() && !c.is_ascii_uppercase()) {
        return shape::wrong_alphabet(number);
    }
    if let Some(fault) = numeric::length_fault(&number, &[7, 8, 9]) {
        return fault;
    }
    if !(1..=2).contains(&letters) || !shape::is_digits(digits) || last.len() > 1 {
        return shape::wrong_shape(number);
    }
    if last.is_empty() {
        let (zh, en) = ("缺少括号内的校验码", "the check character in parentheses is missing");
        return Checked::suspect(number, Finding::with_detail(Defect::Partial, zh, en));
    }
    if !shape::is_digits(last) && last != "A" {
        return shape::wrong_alphabet(number);
    }
    let blank = if letters == 1 { 36 * 9 } else { 0 };
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, 1];
    let sum = shape::weighted_sum(&number, weights.get(2 - letters..).unwrap_or_default()).unwrap_or(1);
    numeric::proved(number, (sum + blank).is_multiple_of(11))
}
