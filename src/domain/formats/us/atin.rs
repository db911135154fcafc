//! 美国领养纳税人识别号, US adoption taxpayer identification number (ATIN).
//!
//! Structure (9): 3, 2 and 4 digits; issued with 9 in front and 93 as group, which is not enforced here. No check
//! digit.
//! Source: Internal Revenue Service (from memory, 2026-11-22).
//! Computed examples: 912-93-1234, 987931234.

use super::groups;
use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;

/// 美国领养纳税人识别号.
pub const FORMAT: Declared = Declared {
    code: "us.atin",
    name_zh: "美国领养纳税人识别号",
    name_en: "US adoption taxpayer identification number (ATIN)",
    source: "Internal Revenue Service",
    example: "912-93-1234",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    groups::digits(input, &[3, 2, 4]).map_or_else(|fault| fault, Checked::valid)
}
