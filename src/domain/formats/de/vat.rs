//! 德国增值税号, German VAT number (USt-IdNr.).
//!
//! Structure (9): 8 digits (the first not 0), 1 check digit; the country code DE is dropped.
//! Check rule: ISO 7064 MOD 11,10.
//! Source: BZSt, UStG § 27a; VIES (from memory, 2026-11-22).
//! Examples: 123456788, 987654328.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 德国增值税号.
pub const FORMAT: Declared = Declared {
    code: "de.vat",
    name_zh: "德国增值税号",
    name_en: "German VAT number (USt-IdNr.)",
    source: "BZSt, UStG § 27a; VIES",
    example: "123456788",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "DE", " -./,", &[9], |text| {
        if text.starts_with('0') {
            return shape::wrong_shape(text);
        }
        let holds = numeric::mod_11_10_holds(&text);
        numeric::proved(text, holds)
    })
}
