//! 移动设备识别码 (CDMA), Mobile equipment identifier (MEID).
//!
//! Structure, hexadecimal: 14 digits and optionally 1 check digit. Decimal: 10 digits (the first 8 hexadecimal ones),
//! 8 digits (the other 6) and optionally 1 check digit. Normal form: the 14 hexadecimal digits.
//! Check: Luhn, to base 16 when there is a letter among the 14, else to base 10; to base 10 over the decimal form.
//! Source: 3GPP2 S.R0048 (from memory, 2026-11-22).
//! Computed examples: B1234560ABCDEF2, 2971878752112593756.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 移动设备识别码 (CDMA).
pub const FORMAT: Declared = Declared {
    code: "meid",
    name_zh: "移动设备识别码 (CDMA)",
    name_en: "Mobile equipment identifier (MEID)",
    source: "3GPP2 S.R0048",
    example: "B1234560ABCDEF2",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::length_fault(&number, &[14, 15, 18, 19]) {
        return fault;
    }
    if number.len() < 18 { check_hexadecimal(number) } else { check_decimal(number) }
}

fn check_hexadecimal(number: String) -> Checked {
    if !number.bytes().all(|b| b.is_ascii_hexdigit()) {
        return shape::wrong_alphabet(number);
    }
    let body = numeric::part(&number, 0..14).to_owned();
    let base = if shape::is_digits(&body) { 10 } else { 16 };
    if number.len() == 15 && !holds(&number, base) {
        return shape::wrong_check_digit(number);
    }
    Checked::valid(body)
}

fn check_decimal(number: String) -> Checked {
    if !shape::is_digits(&number) {
        return shape::wrong_alphabet(number);
    }
    let part = |range| numeric::part(&number, range).parse::<u64>().unwrap_or(u64::MAX);
    let (first, second) = (part(0..10), part(10..18));
    if first > 0xFFFF_FFFF || second > 0xFF_FFFF {
        return shape::wrong_component(number, "超出 56 位二进制", "more than 56 bits");
    }
    if number.len() == 19 && !holds(&number, 10) {
        return shape::wrong_check_digit(number);
    }
    Checked::valid(format!("{first:08X}{second:06X}"))
}

/// Luhn to a base.
fn holds(number: &str, base: u32) -> bool {
    let sum = number.chars().rev().enumerate().try_fold(0, |sum, (place, c)| {
        let value = c.to_digit(base)? * if place % 2 == 1 { 2 } else { 1 };
        Some(sum + value / base + value % base)
    });
    sum.is_some_and(|sum| sum % base == 0)
}
