//! 埃及税号, Egypt tax number (الرقم الضريبي).
//!
//! Structure (9): digits, Arabic or ASCII; written NNN-NNN-NNN.
//! Check rule: not published.
//! Source: Egyptian Tax Authority (from memory, 2026-11-22).
//! Examples: 100123456, 200123456.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;
use crate::domain::text::width;

/// 埃及税号.
pub const FORMAT: Declared = Declared {
    code: "eg.tn",
    name_zh: "埃及税号",
    name_en: "Egypt tax number (الرقم الضريبي)",
    source: "Egyptian Tax Authority",
    example: "100123456",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(&width::fold_digits(input), "", " -/.", &[9], Checked::valid)
}
