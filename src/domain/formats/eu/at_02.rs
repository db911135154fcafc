//! SEPA 债权人标识符, SEPA creditor identifier (AT-02).
//!
//! Structure (8–35): 2 letters country, 2 check digits, 3 characters business code (ZZZ none), up to 28 characters
//! national identifier. Everything but letters and digits is dropped.
//! Check: national identifier, country and check digits (the business code left out), ISO 7064 MOD 97-10.
//! Source: European Payments Council, EPC262-08 (from memory, 2026-11-22).
//! Computed examples: DE79ZZZ01234567890, ES53001A12345678.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::country, general::numeric, iso7064::systems, shape};

/// SEPA 债权人标识符.
pub const FORMAT: Declared = Declared {
    code: "eu.at_02",
    name_zh: "SEPA 债权人标识符",
    name_en: "SEPA creditor identifier (AT-02)",
    source: "European Payments Council, EPC262-08",
    example: "DE79ZZZ01234567890",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let written = shape::compact(input, "");
    let number: String = written.chars().filter(char::is_ascii_alphanumeric).collect();
    if !(8..=35).contains(&number.len()) {
        return shape::wrong_length(number, "8-35");
    }
    let (place, digits) = (numeric::part(&number, 0..2), numeric::part(&number, 2..4));
    if !place.bytes().all(|b| b.is_ascii_uppercase()) || !shape::is_digits(digits) {
        return shape::wrong_shape(number);
    }
    let national = numeric::part(&number, 7..number.len());
    if systems::remainder_97(&format!("{national}{place}{digits}")) != Some(1) {
        return shape::wrong_check_digit(number);
    }
    let place = place.to_owned();
    let mut checked = if country::is_known(&place) {
        Checked::valid(number)
    } else {
        shape::unknown_component(number, "未知的国家代码", "an unknown country")
    };
    checked.fact("country", place);
    checked
}
