//! 图书馆等机构国际标准标识, International standard identifier for libraries (ISIL).
//!
//! Structure (up to 16): prefix (ISO 3166-1 country of 2 letters, or a non-national one of 1, 3 or 4 letters such as
//! OCLC, ZDB), hyphen, up to 11 characters from letters, digits, : / -. No check digit. Upper and lower case of the
//! unit matter.
//! Source: ISO 15511:2019 (from memory, 2026-11-22).
//! Computed examples: CN-100001, DE-Xyz12.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::country, shape};
use crate::domain::text::width;

/// 图书馆等机构国际标准标识.
pub const FORMAT: Declared = Declared {
    code: "isil",
    name_zh: "图书馆等机构国际标准标识",
    name_en: "International standard identifier for libraries (ISIL)",
    source: "ISO 15511:2019",
    example: "CN-100001",
    check_digit: false,
    check,
};

const OTHER_PREFIXES: [&str; 7] = ["EUR", "GTB", "O", "OCLC", "ZDB", "OCL", "LC"];

fn check(input: &str) -> Checked {
    let folded = width::fold_dashes(&width::to_halfwidth(input));
    let written: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let Some((prefix, unit)) = written.split_once('-') else {
        return shape::wrong_shape(written);
    };
    let prefix = prefix.to_uppercase();
    if !written.chars().all(|c| c.is_ascii_alphanumeric() || "-:/".contains(c)) {
        return shape::wrong_alphabet(written);
    }
    if !(1..=11).contains(&unit.len()) {
        return shape::wrong_length(written, "1-11 (unit)");
    }
    let number = format!("{prefix}-{unit}");
    if !(1..=4).contains(&prefix.len()) || !prefix.bytes().all(|b| b.is_ascii_uppercase()) {
        return shape::wrong_shape(number);
    }
    if country::is_known(&prefix) {
        let mut checked = Checked::valid(number);
        checked.fact("country", prefix);
        checked
    } else if OTHER_PREFIXES.contains(&prefix.as_str()) {
        Checked::valid(number)
    } else if prefix.len() == 2 {
        shape::wrong_component(number, "未知的国家代码", "an unknown country")
    } else {
        shape::unknown_component(number, "未知的前缀", "an unknown prefix")
    }
}
