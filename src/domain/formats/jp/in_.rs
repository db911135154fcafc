//! 日本个人番号, Japanese individual number (My Number, Kojin Bangō).
//!
//! Structure (12): 11 digits derived from the resident record code, 1 check digit.
//! Check: 11 − (Σ digit · (6 5 4 3 2 7 6 5 4 3 2) mod 11), 0 when that remainder is 0 or 1.
//! Standard: 総務省令第85号 (2014) 第5条 (from memory, 2026-11-22).
//! Examples: 490245615288, 232483026860.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 日本个人番号.
pub const FORMAT: Declared = Declared {
    code: "jp.in",
    name_zh: "日本个人番号",
    name_en: "Japanese individual number (My Number, Kojin Bangō)",
    source: "総務省令第85号 (2014) 第5条",
    example: "490245615288",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[12]) {
        return wrong;
    }
    let sum = shape::weighted_sum(&number, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]).unwrap_or_default();
    let expected = if sum % 11 <= 1 { 0 } else { 11 - sum % 11 };
    if part::number_at(&number, 11..12) == Some(expected) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
