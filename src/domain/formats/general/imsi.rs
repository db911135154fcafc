//! 国际移动用户识别码, International mobile subscriber identity (IMSI).
//!
//! Structure (14 or 15): 3 digits country (MCC), 2 or 3 digits network (MNC), 9 or 10 digits subscriber. No check
//! digit.
//! Source: ITU-T E.212 (from memory, 2026-11-22).
//! Computed examples: 460001234567890, 310150123456789.

use super::networks;
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 国际移动用户识别码.
pub const FORMAT: Declared = Declared {
    code: "imsi",
    name_zh: "国际移动用户识别码",
    name_en: "International mobile subscriber identity (IMSI)",
    source: "ITU-T E.212",
    example: "460001234567890",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[14, 15]) {
        return fault;
    }
    let Some(place) = networks::country(numeric::part(&number, 0..3)) else {
        return shape::wrong_component(number, "未知的移动国家码", "an unknown mobile country code");
    };
    let mut checked = Checked::valid(number);
    if place != "-" {
        checked.fact("country", place);
    }
    checked
}
