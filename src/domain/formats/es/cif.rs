//! 西班牙法人税号, Spain CIF (Código de Identificación Fiscal).
//!
//! Structure (9): 1 letter kind of organisation, 7 digits, 1 check character, a digit or a letter (JABCDEFGHI for 0–9).
//! Check rule: Luhn over the digits with the check value; sources disagree which kinds use a letter, so both are
//! accepted.
//! Source: Agencia Tributaria, RD 1065/2007, Orden EHA/451/2008 (from memory, 2026-11-22).
//! Examples: A12345674, Q76543214.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, numeric, shape};

/// 西班牙法人税号.
pub const FORMAT: Declared = Declared {
    code: "es.cif",
    name_zh: "西班牙法人税号",
    name_en: "Spain CIF (Código de Identificación Fiscal)",
    source: "Agencia Tributaria, RD 1065/2007, Orden EHA/451/2008",
    example: "A12345674",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    judge(shape::compact(input, " -."))
}

/// Judges a compact number.
pub fn judge(text: String) -> Checked {
    if text.chars().count() != 9 {
        return shape::wrong_length(text, "9");
    }
    if !numeric::fits(&text, "A9999999X") {
        return shape::wrong_shape(text);
    }
    let Some(kind) = kind(numeric::letter(&text, 0)) else { return shape::wrong_shape(text) };
    let last = numeric::letter(&text, 8);
    let value =
        "JABCDEFGHI".chars().zip('0'..='9').find(|(letter, _)| *letter == last).map_or(last, |(_, digit)| digit);
    let holds = check_digit::luhn_holds(&format!("{}{value}", numeric::part(&text, 1..8)));
    let mut checked = numeric::proved(text, holds);
    checked.fact("entity_type", kind);
    checked
}

fn kind(letter: char) -> Option<&'static str> {
    Some(match letter {
        'A' => "share_company",
        'B' => "limited_company",
        'C' | 'D' | 'E' | 'J' => "partnership",
        'F' => "cooperative",
        'G' => "association",
        'H' => "property_owners",
        'N' | 'W' => "foreign_entity",
        'P' => "local_authority",
        'Q' | 'S' => "public_body",
        'R' => "religious_congregation",
        'U' => "joint_venture",
        'V' => "other",
        _ => return None,
    })
}
