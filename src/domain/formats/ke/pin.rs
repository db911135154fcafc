//! 肯尼亚纳税人识别号, Kenyan personal identification number (KRA PIN).
//!
//! Structure (11): A for individuals or P for others, 9 digits serial, 1 check letter whose rule is not published.
//! Check: shape only.
//! Standard: Kenya Revenue Authority (from memory, 2026-11-22).
//! Examples: P301854702M, P784598212M.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 肯尼亚纳税人识别号.
pub const FORMAT: Declared = Declared {
    code: "ke.pin",
    name_zh: "肯尼亚纳税人识别号",
    name_en: "Kenyan personal identification number (KRA PIN)",
    source: "Kenya Revenue Authority",
    example: "P301854702M",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if number.chars().count() != 11 {
        return shape::wrong_length(number, "11");
    }
    let kind = match number.get(..1) {
        Some("A") => "individual",
        Some("P") => "organisation",
        _ => return shape::wrong_shape(number),
    };
    if !part::has_shape(&number, "@#########@") {
        return shape::wrong_shape(number);
    }
    let mut checked = Checked::valid(number);
    checked.fact("entity_type", kind);
    checked
}
