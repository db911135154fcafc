//! 德国证券识别号, German securities number (WKN).
//!
//! Structure (6): digits and capital letters without I and O.
//! Check rule: none.
//! Source: WM Datenservice (from memory, 2026-11-22).
//! Examples: A1B2C3, 123456.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 德国证券识别号.
pub const FORMAT: Declared = Declared {
    code: "de.wkn",
    name_zh: "德国证券识别号",
    name_en: "German securities number (WKN)",
    source: "WM Datenservice",
    example: "A1B2C3",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " ");
    if text.chars().count() != 6 {
        return shape::wrong_length(text, "6");
    }
    if !numeric::fits(&text, "XXXXXX") || text.contains(['I', 'O']) {
        return shape::wrong_alphabet(text);
    }
    Checked::valid(text)
}
