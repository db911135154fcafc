//! 阿根廷国民身份证号, Argentina DNI (Documento Nacional de Identidad).
//!
//! Structure (7–8): digits; usually written with points.
//! Check rule: none.
//! Source: RENAPER, Ley 17.671 (from memory, 2026-11-22).
//! Examples: 12345678, 1234567.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 阿根廷国民身份证号.
pub const FORMAT: Declared = Declared {
    code: "ar.dni",
    name_zh: "阿根廷国民身份证号",
    name_en: "Argentina DNI (Documento Nacional de Identidad)",
    source: "RENAPER, Ley 17.671",
    example: "12345678",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[7, 8], Checked::valid)
}
