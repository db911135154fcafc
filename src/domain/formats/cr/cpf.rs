//! 哥斯达黎加自然人身份证号, Costa Rica physical person ID (Cédula de Persona Física).
//!
//! Structure (10): 0, 1 digit province (1–7, 8 naturalised, 9 special cases), 4 digits volume, 4 digits entry. Written
//! P-VVVV-EEEE; missing zeros are put back.
//! Check rule: none.
//! Source: Tribunal Supremo de Elecciones (from memory, 2026-11-22).
//! Examples: 0101234567, 0206130584.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 哥斯达黎加自然人身份证号.
pub const FORMAT: Declared = Declared {
    code: "cr.cpf",
    name_zh: "哥斯达黎加自然人身份证号",
    name_en: "Costa Rica physical person ID (Cédula de Persona Física)",
    source: "Tribunal Supremo de Elecciones",
    example: "0101234567",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let text = padded(&shape::compact(input, " ."));
    if text.chars().count() != 10 {
        return shape::wrong_length(text, "10");
    }
    if !shape::is_digits(&text) {
        return shape::wrong_alphabet(text);
    }
    if !text.starts_with('0') {
        return shape::wrong_component(text, "应以 0 开头", "does not begin with 0");
    }
    let region = match numeric::digit(&text, 1) {
        1 => "San José",
        2 => "Alajuela",
        3 => "Cartago",
        4 => "Heredia",
        5 => "Guanacaste",
        6 => "Puntarenas",
        7 => "Limón",
        8 => "naturalised",
        9 => "special",
        _ => return shape::unknown_component(text, "未知的省份", "an unknown province"),
    };
    let mut checked = Checked::valid(text);
    checked.fact("region", region);
    checked
}

/// With the zeros that are left out in writing.
fn padded(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    let joined = match parts.as_slice() {
        [province, volume, entry] => format!("{province:0>2}{volume:0>4}{entry:0>4}"),
        _ => text.replace('-', ""),
    };
    if joined.chars().count() == 9 { format!("0{joined}") } else { joined }
}
