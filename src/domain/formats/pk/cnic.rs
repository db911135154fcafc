//! 巴基斯坦身份证号, Pakistani computerized national identity card number (CNIC).
//!
//! Structure (13): 5 digits place (province, division, district, tehsil, union council), 7 digits family number, 1
//! digit gender (odd male, even female). No check digit.
//! Provinces: 1 Khyber Pakhtunkhwa, 2 former tribal areas, 3 Punjab, 4 Sindh, 5 Balochistan, 6 Islamabad, 7
//! Gilgit-Baltistan, 8 Azad Kashmir.
//! Source: NADRA (from memory, 2026-11-22).
//! Computed examples: 35202-1234567-1, 6110112345672.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 巴基斯坦身份证号.
pub const FORMAT: Declared = Declared {
    code: "pk.cnic",
    name_zh: "巴基斯坦身份证号",
    name_en: "Pakistani computerized national identity card number (CNIC)",
    source: "NADRA",
    example: "35202-1234567-1",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[13]) {
        return fault;
    }
    let gender = numeric::digit(&number, 12);
    if gender == 0 {
        return shape::wrong_component(number, "性别位不能为 0", "the gender digit cannot be 0");
    }
    let region = match numeric::digit(&number, 0) {
        1 => "Khyber Pakhtunkhwa",
        2 => "Federally Administered Tribal Areas",
        3 => "Punjab",
        4 => "Sindh",
        5 => "Balochistan",
        6 => "Islamabad",
        7 => "Gilgit-Baltistan",
        8 => "Azad Kashmir",
        _ => return shape::wrong_component(number, "未知的省份", "an unknown province"),
    };
    let mut checked = Checked::valid(number);
    numeric::add_person(&mut checked, None, gender % 2 == 1);
    checked.fact("region", region);
    checked
}
