//! 多米尼加税务凭证号, Dominican Republic NCF (Número de Comprobante Fiscal).
//!
//! Structure: B, 2 digits type, 8 digits serial (11); or E, 2 digits type, 10 digits serial (13, electronic); or until
//! 2018 a series letter A–U, 2 digits division, 3 digits point of emission, 3 digits area, 2 digits type, 8 digits
//! serial (19).
//! Check rule: none; the type must exist.
//! Source: DGII, Norma General 06-2018; Ley 32-23 (e-CF) (from memory, 2026-11-22).
//! Examples: B0112345678, E310123456789.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 多米尼加税务凭证号.
pub const FORMAT: Declared = Declared {
    code: "do.ncf",
    name_zh: "多米尼加税务凭证号",
    name_en: "Dominican Republic NCF (Número de Comprobante Fiscal)",
    source: "DGII, Norma General 06-2018; Ley 32-23 (e-CF)",
    example: "B0112345678",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -");
    let (pattern, place, electronic) = match text.chars().count() {
        11 => ("A9999999999", 1, false),
        13 => ("A999999999999", 1, true),
        19 => ("A999999999999999999", 9, false),
        _ => return shape::wrong_length(text, "11/13/19"),
    };
    let series = match text.len() {
        11 => 'B'..='B',
        13 => 'E'..='E',
        _ => 'A'..='U',
    };
    if !numeric::fits(&text, pattern) || !series.contains(&numeric::letter(&text, 0)) {
        return shape::wrong_shape(text);
    }
    let kind = numeric::part(&text, place..place + 2).to_owned();
    let known = match kind.as_str() {
        "01" | "02" | "03" | "04" | "11" | "12" | "13" | "14" | "15" | "16" | "17" => !electronic,
        "31" | "32" | "33" | "34" | "41" | "43" | "44" | "45" | "46" | "47" => electronic,
        _ => false,
    };
    if !known {
        return shape::wrong_component(text, "没有这种凭证类型", "no such type of receipt");
    }
    let mut checked = Checked::valid(text);
    checked.fact("document_type", kind);
    checked
}
