//! 克罗地亚个人识别号, Croatian personal identification number (OIB).
//!
//! Structure (11, sometimes after HR): 10 digits random, 1 check digit. For persons and organisations alike.
//! Check: ISO 7064 MOD 11,10.
//! Standard: Porezna uprava, Zakon o osobnom identifikacijskom broju; ISO 7064 (from memory, 2026-11-22).
//! Examples: 38298503018, 86398487787.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 克罗地亚个人识别号.
pub const FORMAT: Declared = Declared {
    code: "hr.oib",
    name_zh: "克罗地亚个人识别号",
    name_en: "Croatian personal identification number (OIB)",
    source: "Porezna uprava, Zakon o osobnom identifikacijskom broju; ISO 7064",
    example: "38298503018",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -"), &["HR"]);
    if let Some(wrong) = part::wrong_digits(&number, &[11]) {
        return wrong;
    }
    if mod11_10_holds(&number) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}

/// ISO 7064 MOD 11,10: whether the digits, check digit last, end in 1.
fn mod11_10_holds(digits: &str) -> bool {
    let step = |product: u32, c: char| {
        let sum = (product + c.to_digit(10)?) % 10;
        Some(if sum == 0 { 10 } else { sum } * 2 % 11)
    };
    let base = digits.get(..digits.len().saturating_sub(1)).and_then(|base| base.chars().try_fold(10, step));
    let last = digits.chars().last().and_then(|c| c.to_digit(10));
    base.zip(last).is_some_and(|(product, digit)| (product + digit) % 10 == 1)
}
