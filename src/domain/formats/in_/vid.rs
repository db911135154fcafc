//! 印度虚拟身份号, Indian virtual identity number (VID).
//!
//! Structure (16): 15 digits random (the first 2–9), 1 check digit; never a palindrome. Stands in for an Aadhaar for a
//! time.
//! Check: Verhoeff.
//! Standard: UIDAI, circular of 2018 on virtual identity (from memory, 2026-11-22).
//! Examples: 2347206985994543, 2382832499177409.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

use super::verhoeff;

/// 印度虚拟身份号.
pub const FORMAT: Declared = Declared {
    code: "in.vid",
    name_zh: "印度虚拟身份号",
    name_en: "Indian virtual identity number (VID)",
    source: "UIDAI, circular of 2018 on virtual identity",
    example: "2347206985994543",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    part::wrong_digits(&number, &[16]).unwrap_or_else(|| verhoeff::check_random(number))
}
