//! 西班牙能源供应点编号, Spain CUPS (Código Unificado de Punto de Suministro).
//!
//! Structure (20 or 22): ES, 4 digits distributor, 12 digits supply point, 2 check letters, then optionally 1 digit and
//! 1 letter of F P R C X Y Z (kind of metering point).
//! Check rule: the 16 digits mod 529, quotient and remainder by 23 as letters of TRWAGMYFPDXBNJZSQVHLCKE.
//! Source: CNMC, RD 1435/2002 (from memory, 2026-11-22).
//! Examples: ES0021000000123456XN, ES0031000012345678YA1F.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 西班牙能源供应点编号.
pub const FORMAT: Declared = Declared {
    code: "es.cups",
    name_zh: "西班牙能源供应点编号",
    name_en: "Spain CUPS (Código Unificado de Punto de Suministro)",
    source: "CNMC, RD 1435/2002",
    example: "ES0021000000123456XN",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -.");
    let length = text.chars().count();
    if length != 20 && length != 22 {
        return shape::wrong_length(text, "20/22");
    }
    let pattern = if length == 20 { "AA9999999999999999AA" } else { "AA9999999999999999AA9A" };
    let border = length == 20 || text.ends_with(['F', 'P', 'R', 'C', 'X', 'Y', 'Z']);
    if !text.starts_with("ES") || !numeric::fits(&text, pattern) || !border {
        return shape::wrong_shape(text);
    }
    let rest = numeric::number(&text, 2..18) % 529;
    let expected = [super::letter_of(rest / 23), super::letter_of(rest)];
    let holds = expected == [Some(numeric::letter(&text, 18)), Some(numeric::letter(&text, 19))];
    numeric::proved(text, holds)
}
