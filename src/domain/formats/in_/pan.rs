//! 印度永久税号, Indian permanent account number (PAN).
//!
//! Structure (10): 3 letters series, 1 letter kind of holder, 1 letter of the name, 4 digits serial from 0001, 1 check
//! letter whose rule is not published.
//! Check: shape, kind of holder and serial.
//! Standard: Income Tax Department of India, rule 114 (from memory, 2026-11-22).
//! Examples: ABCPX1180Z, ABCPX1189Z.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 印度永久税号.
pub const FORMAT: Declared = Declared {
    code: "in.pan",
    name_zh: "印度永久税号",
    name_en: "Indian permanent account number (PAN)",
    source: "Income Tax Department of India, rule 114",
    example: "ABCPX1180Z",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if number.chars().count() != 10 {
        return shape::wrong_length(number, "10");
    }
    check_parts(number)
}

/// Judges the parts of 10 characters.
pub(super) fn check_parts(number: String) -> Checked {
    if !part::has_shape(&number, "@@@@@####@") {
        return shape::wrong_shape(number);
    }
    let Some(holder) = number.chars().nth(3).and_then(holder_kind) else {
        return shape::wrong_component(number, "第 4 位不是持有人类别", "the fourth letter is no kind of holder");
    };
    if number.get(5..9) == Some("0000") {
        return shape::wrong_component(number, "序号从 0001 起", "serial numbers begin with 0001");
    }
    let mut checked = Checked::valid(number);
    checked.fact("entity_type", holder);
    checked
}

fn holder_kind(letter: char) -> Option<&'static str> {
    Some(match letter {
        'A' => "association_of_persons",
        'B' => "body_of_individuals",
        'C' => "company",
        'E' => "limited_liability_partnership",
        'F' => "firm",
        'G' => "government",
        'H' => "hindu_undivided_family",
        'J' => "artificial_juridical_person",
        'K' => "krish_trust",
        'L' => "local_authority",
        'P' => "individual",
        'T' => "trust",
        _ => return None,
    })
}
