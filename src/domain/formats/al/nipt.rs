//! 阿尔巴尼亚税号, Albania NIPT (Numri i Identifikimit për Personin e Tatueshëm).
//!
//! Structure (10): 1 letter decade (A 1900s … J 1990s, K 2000s, L 2010s, M 2020s), 8 digits (the first: the year in the
//! decade), 1 letter. The country code AL before it is dropped.
//! Check rule: the last letter depends on the digits, but numbers in use break every published rule: not judged.
//! Source: Albanian tax administration (DPT) and business centre (QKB) (from memory, 2026-11-22).
//! Examples: L01234567A, K12345678B.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 阿尔巴尼亚税号.
pub const FORMAT: Declared = Declared {
    code: "al.nipt",
    name_zh: "阿尔巴尼亚税号",
    name_en: "Albania NIPT (Numri i Identifikimit për Personin e Tatueshëm)",
    source: "Albanian tax administration (DPT) and business centre (QKB)",
    example: "L01234567A",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let text = numeric::without_prefix(shape::compact(input, " -./()"), &["AL"]);
    if text.chars().count() != 10 {
        return shape::wrong_length(text, "10");
    }
    if !numeric::fits(&text, "A99999999A") {
        return shape::wrong_shape(text);
    }
    if !('A'..='M').contains(&numeric::letter(&text, 0)) {
        return shape::wrong_component(text, "首字母不是年代代码", "the first letter is no decade");
    }
    Checked::valid(text)
}
