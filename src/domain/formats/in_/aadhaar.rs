//! 印度居民身份号, Indian digital resident identity number (Aadhaar).
//!
//! Structure (12): 11 digits random (the first 2–9), 1 check digit; never a palindrome.
//! Check: Verhoeff.
//! Standard: UIDAI numbering scheme (from memory, 2026-11-22).
//! Examples: 231238759522, 230311315567.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

use super::verhoeff;

/// 印度居民身份号.
pub const FORMAT: Declared = Declared {
    code: "in.aadhaar",
    name_zh: "印度居民身份号",
    name_en: "Indian digital resident identity number (Aadhaar)",
    source: "UIDAI numbering scheme",
    example: "231238759522",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    part::wrong_digits(&number, &[12]).unwrap_or_else(|| verhoeff::check_random(number))
}
