//! 摩洛哥企业统一识别号, Moroccan common company identifier (ICE).
//!
//! Structure (15): 9 digits company, 4 digits establishment, 2 check digits.
//! Check: the whole number ≡ 0 mod 97.
//! Standard: OMPIC, décret 2-11-63 (from memory, 2026-11-22).
//! Examples: 009219761702064, 009348553559055.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 摩洛哥企业统一识别号.
pub const FORMAT: Declared = Declared {
    code: "ma.ice",
    name_zh: "摩洛哥企业统一识别号",
    name_en: "Moroccan common company identifier (ICE)",
    source: "OMPIC, décret 2-11-63",
    example: "009219761702064",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[15]) {
        return wrong;
    }
    if part::remainder(&number, 97) == Some(0) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
