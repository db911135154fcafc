//! 新西兰税号, New Zealand IRD number.
//!
//! Structure (8–9): 7 or 8 digits serial, 1 check digit; from 10000000.
//! Check: −Σ digit · (3 2 7 6 5 4 3 2) mod 11; when 10, −Σ digit · (7 4 3 2 5 2 7 6) mod 11, where 10 is never issued.
//! Standard: Inland Revenue, New Zealand (from memory, 2026-11-22).
//! Examples: 132663637, 145420652.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 新西兰税号.
pub const FORMAT: Declared = Declared {
    code: "nz.ird",
    name_zh: "新西兰税号",
    name_en: "New Zealand IRD number",
    source: "Inland Revenue, New Zealand",
    example: "132663637",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[8, 9]) {
        return wrong;
    }
    let padded = format!("{number:0>9}");
    let value = part::number_at(&padded, 0..9).unwrap_or_default();
    if !(10_000_000..200_000_000).contains(&value) {
        return shape::wrong_component(number, "号码超出已发放范围", "outside the numbers that are issued");
    }
    let digit = |weights: &[u32]| (11 - shape::weighted_sum(&padded, weights).unwrap_or_default() % 11) % 11;
    let expected = match digit(&[3, 2, 7, 6, 5, 4, 3, 2]) {
        10 => digit(&[7, 4, 3, 2, 5, 2, 7, 6]),
        first => first,
    };
    if !part::ends_with_nth(&padded, "0123456789", expected) {
        return shape::wrong_check_digit(number);
    }
    if value >= 150_000_000 {
        return shape::unknown_component(number, "可能尚未发放的号段", "a range that may not be issued yet");
    }
    Checked::valid(number)
}
