//! 欧盟经济活动分类代码, Classification of economic activities (NACE).
//!
//! Structure: 1 letter section, or 2 digits division, 3 group or 4 class; the point after the division is dropped. No
//! check digit. Classes of both revisions count.
//! Source: Regulation (EC) 1893/2006 (Rev. 2), (EU) 2023/137 (Rev. 2.1) (from memory, 2026-11-22).
//! Computed examples: 62.10, 01.11.

use super::nace_classes;
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 欧盟经济活动分类代码.
pub const FORMAT: Declared = Declared {
    code: "eu.nace",
    name_zh: "欧盟经济活动分类代码",
    name_en: "Classification of economic activities (NACE)",
    source: "Regulation (EC) 1893/2006 (Rev. 2), (EU) 2023/137 (Rev. 2.1)",
    example: "62.10",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " .");
    if number.len() == 1 && number.bytes().all(|b| b.is_ascii_uppercase()) {
        let is_section = number.as_str() <= "V";
        return if is_section { Checked::valid(number) } else { unknown(number) };
    }
    if let Some(fault) = numeric::fault(&number, &[2, 3, 4]) {
        return fault;
    }
    if nace_classes::has(&number) { Checked::valid(number) } else { unknown(number) }
}

fn unknown(number: String) -> Checked {
    shape::wrong_component(number, "分类中没有此代码", "the classification has no such code")
}
