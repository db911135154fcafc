//! 欧盟消费税号, European excise number (SEED).
//!
//! Structure (13): 2 letters member state, 11 characters national number; shorter ones are padded with zeros after
//! the country. National check digits are not looked at here.
//! Source: Council Directive (EU) 2020/262, SEED (from memory, 2026-11-22).
//! Computed examples: DE00001234567, LU00000123ABC.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::country, shape};

/// 欧盟消费税号.
pub const FORMAT: Declared = Declared {
    code: "eu.excise",
    name_zh: "欧盟消费税号",
    name_en: "European excise number (SEED)",
    source: "Council Directive (EU) 2020/262, SEED",
    example: "DE00001234567",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let written = shape::compact(input, " -.");
    if written.bytes().any(|b| !b.is_ascii_digit() && !b.is_ascii_uppercase()) {
        return shape::wrong_alphabet(written);
    }
    if !(4..=13).contains(&written.len()) {
        return shape::wrong_length(written, "13");
    }
    let (place, rest) = written.split_at_checked(2).unwrap_or_default();
    if !country::is_eu_member(place) && !["EL", "XI", "GB"].contains(&place) {
        return shape::wrong_component(written, "不是欧盟成员国", "not a member state");
    }
    let mut checked = Checked::valid(format!("{place}{rest:0>11}"));
    checked.fact("country", if place == "EL" { "GR" } else { place });
    checked
}
