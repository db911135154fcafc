//! 金融工具分类码, Classification of financial instruments (CFI).
//!
//! Structure (6): 1 letter category, 1 letter group, 4 letters attributes that depend on the group; X stands for an
//! attribute that does not apply. No check digit.
//! Source: ISO 10962:2021 (from memory, 2026-11-22).
//! Computed examples: ESVUFR, DBFTFB.

use super::cfi_groups;
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 金融工具分类码.
pub const FORMAT: Declared = Declared {
    code: "cfi",
    name_zh: "金融工具分类码",
    name_en: "Classification of financial instruments (CFI)",
    source: "ISO 10962:2021",
    example: "ESVUFR",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::length_fault(&number, &[6]) {
        return fault;
    }
    if !number.bytes().all(|b| b.is_ascii_uppercase()) {
        return shape::wrong_alphabet(number);
    }
    let (kind, attributes) = number.split_at_checked(2).unwrap_or_default();
    let Some(allowed) = cfi_groups::attributes(kind) else {
        return shape::wrong_component(number, "未知的类别或组", "an unknown category or group");
    };
    let fits = |(c, letters): (char, &str)| c == 'X' || letters.contains(c);
    if attributes.chars().zip(allowed.split(' ')).all(fits) {
        let entity = cfi_groups::category(kind);
        let mut checked = Checked::valid(number);
        checked.fact("category", entity);
        return checked;
    }
    // The later categories are less settled: their attributes grow with each edition.
    if number.starts_with(['S', 'H', 'J', 'L', 'T', 'M']) {
        return shape::unknown_component(number, "未知的属性", "an unknown attribute");
    }
    shape::wrong_component(number, "未知的属性", "an unknown attribute")
}
