//! 危地马拉税号, Guatemalan tax number (NIT).
//!
//! Structure (2–12): digits serial without leading zeros, 1 check character.
//! Check: −Σ digit · (2, 3 … from the right) mod 11, 10 written K.
//! Standard: SAT Guatemala (from memory, 2026-11-22).
//! Examples: 5111943, 5731097.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 危地马拉税号.
pub const FORMAT: Declared = Declared {
    code: "gt.nit",
    name_zh: "危地马拉税号",
    name_en: "Guatemalan tax number (NIT)",
    source: "SAT Guatemala",
    example: "5111943",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -").trim_start_matches('0').to_owned();
    if !(2..=12).contains(&number.chars().count()) {
        return shape::wrong_length(number, "2–12");
    }
    let base: Option<Vec<u32>> = number.chars().rev().skip(1).map(|c| c.to_digit(10)).collect();
    let (Some(base), true) = (base, number.ends_with(|c: char| c.is_ascii_digit() || c == 'K')) else {
        return shape::wrong_shape(number);
    };
    let sum: u32 = base.iter().zip(2..).map(|(digit, weight)| digit * weight).sum();
    if part::ends_with_nth(&number, "0123456789K", (11 - sum % 11) % 11) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
