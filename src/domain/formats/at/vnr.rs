//! 奥地利社会保险号, Austria Versicherungsnummer.
//!
//! Structure (10): 3 digits serial number (not beginning with 0), 1 check digit, 6 digits birth date DDMMYY (months
//! 13–15 when the serials of a day run out, so the date is not judged).
//! Check rule: weights 3 7 9 – 5 8 4 2 1 6, Σ mod 11; 10 is never issued.
//! Source: Dachverband der Sozialversicherungsträger, ASVG § 31 (from memory, 2026-11-22).
//! Examples: 1237010180, 4568311299.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 奥地利社会保险号.
pub const FORMAT: Declared = Declared {
    code: "at.vnr",
    name_zh: "奥地利社会保险号",
    name_en: "Austria Versicherungsnummer",
    source: "Dachverband der Sozialversicherungsträger, ASVG § 31",
    example: "1237010180",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -./", &[10], |text| {
        if text.starts_with('0') {
            return shape::wrong_component(text, "不以 0 开头", "never begins with 0");
        }
        let holds = numeric::weighted(&text, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == numeric::digit(&text, 3);
        numeric::proved(text, holds)
    })
}
