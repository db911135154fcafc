//! 日本法人番号, Japanese corporate number (Hōjin Bangō).
//!
//! Structure (13): 1 check digit (1–9), 12 digits: the registry number of the company, or 7000… for others.
//! Check: 9 − (Σ digit · weight mod 9), weights 1, 2, 1, 2 … from the right.
//! Standard: 国税庁, 法人番号の指定等に関する省令 (2014) (from memory, 2026-11-22).
//! Examples: 9968625484927, 3929191696459.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 日本法人番号.
pub const FORMAT: Declared = Declared {
    code: "jp.cn",
    name_zh: "日本法人番号",
    name_en: "Japanese corporate number (Hōjin Bangō)",
    source: "国税庁, 法人番号の指定等に関する省令 (2014)",
    example: "9968625484927",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[13]) {
        return wrong;
    }
    let sum = number.get(1..).and_then(|base| shape::weighted_sum(base, &[2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]));
    if sum.map(|sum| 9 - sum % 9) == part::number_at(&number, 0..1) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
