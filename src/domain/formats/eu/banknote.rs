//! 欧元纸币冠字号, Euro banknote serial number.
//!
//! Structure, first series (12): 1 letter central bank, 10 digits, 1 check digit. Europa series (12): 2 letters
//! (printer and serial), 9 digits, 1 check digit.
//! Check: Σ of the ASCII codes of the letters and of the digits mod 9 = 0.
//! Source: European Central Bank (from memory, 2026-11-22).
//! Computed examples: X12345678902, SA1234567895.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 欧元纸币冠字号.
pub const FORMAT: Declared = Declared {
    code: "eu.banknote",
    name_zh: "欧元纸币冠字号",
    name_en: "Euro banknote serial number",
    source: "European Central Bank",
    example: "X12345678902",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[12]) {
        return fault;
    }
    let letters = number.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = numeric::part(&number, letters..12);
    if !(1..=2).contains(&letters) || !shape::is_digits(digits) {
        return shape::wrong_shape(number);
    }
    let codes: u32 = number.bytes().take(letters).map(u32::from).sum();
    let sum = codes + numeric::dot(digits, &[1; 11]);
    numeric::proved(number, sum.is_multiple_of(9))
}
