//! 英国纳税人唯一号, United Kingdom unique taxpayer reference (UTR).
//!
//! Structure (10, sometimes with a K before or after): 1 check digit, 9 digits serial.
//! Check: Σ digit · (6 7 8 9 10 5 4 3 2) of the last 9 mod 11 as index of 21987654321.
//! Standard: HM Revenue & Customs (from memory, 2026-11-22).
//! Examples: 2897570095, 8110407429.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 英国纳税人唯一号.
pub const FORMAT: Declared = Declared {
    code: "gb.utr",
    name_zh: "英国纳税人唯一号",
    name_en: "United Kingdom unique taxpayer reference (UTR)",
    source: "HM Revenue & Customs",
    example: "2897570095",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -").trim_matches('K').to_owned();
    if let Some(wrong) = part::wrong_digits(&number, &[10]) {
        return wrong;
    }
    let sum = number.get(1..).and_then(|rest| shape::weighted_sum(rest, &[6, 7, 8, 9, 10, 5, 4, 3, 2]));
    let expected = sum.and_then(|sum| "21987654321".chars().nth((sum % 11) as usize));
    if expected == number.chars().next() { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
