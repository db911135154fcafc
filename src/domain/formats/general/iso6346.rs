//! 集装箱箱号, Shipping container number (BIC code).
//!
//! Structure (11): 3 letters owner, 1 letter category (U freight, J equipment, Z trailer, R formerly refrigerated), 6
//! digits serial, 1 check digit.
//! Check: Σ vᵢ·2ⁱ mod 11 mod 10; letters A = 10, B = 12 … skipping the multiples of 11.
//! Source: ISO 6346:2022 (from memory, 2026-11-22).
//! Computed examples: ABCU1234560, XYZU0000017.

use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 集装箱箱号.
pub const FORMAT: Declared = Declared {
    code: "iso6346",
    name_zh: "集装箱箱号",
    name_en: "Shipping container number (BIC code)",
    source: "ISO 6346:2022",
    example: "ABCU1234560",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -./");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[10, 11]) {
        return fault;
    }
    let (owner, digits) = number.split_at_checked(4).unwrap_or_default();
    if !owner.bytes().all(|b| b.is_ascii_uppercase()) || !shape::is_digits(digits) {
        return shape::wrong_shape(number);
    }
    if !owner.ends_with(['U', 'J', 'Z', 'R']) {
        return shape::wrong_component(number, "第四位应为 U、J、Z", "the fourth letter is U, J or Z");
    }
    let values = shape::values(&number).unwrap_or_default();
    let sum: u32 = values.iter().take(10).enumerate().map(|(place, value)| without_elevens(*value) << place).sum();
    let expected = sum % 11 % 10;
    if number.len() == 11 {
        let holds = numeric::last_digit(&number) == Some(expected);
        return numeric::proved(number, holds);
    }
    if !owner.ends_with(['J', 'Z']) {
        return shape::wrong_length(number, "11");
    }
    // Trailers and detachable equipment are often marked without the check digit.
    let whole = format!("{number}{expected}");
    let finding = Finding::with_detail(Defect::Partial, "缺校验位", "the check digit is missing");
    Checked::suspect(number, finding.suggest(whole, "补上校验位", "with its check digit"))
}

/// 10, 12, 13 … 21, 23 … 32, 34 … 38 for A–Z.
fn without_elevens(value: u32) -> u32 {
    match value {
        0..=10 => value,
        11..=20 => value + 1,
        21..=30 => value + 2,
        _ => value + 3,
    }
}
