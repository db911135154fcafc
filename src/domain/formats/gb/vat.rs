//! 英国增值税号, United Kingdom VAT registration number.
//!
//! Structure (after GB or XI): 7 digits serial and 2 check digits, 12 digits with a branch; GD + 000–499 for government
//! departments, HA + 500–999 for health authorities, both also as GD8888 or HA8888, 3 digits, 2 check digits.
//! Check: Σ digit · (8 7 6 5 4 3 2 10 1) ≡ 0 mod 97, from 100… on also ≡ 42 (rule 9755); for departments the 3 digits
//! mod 97.
//! Standard: HM Revenue & Customs, VAT notice 700; XI for Northern Ireland (from memory, 2026-11-22).
//! Examples: 582490030, 005395784.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 英国增值税号.
pub const FORMAT: Declared = Declared {
    code: "gb.vat",
    name_zh: "英国增值税号",
    name_en: "United Kingdom VAT registration number",
    source: "HM Revenue & Customs, VAT notice 700; XI for Northern Ireland",
    example: "582490030",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -."), &["GB", "XI"]);
    match number.chars().count() {
        5 => check_department(number, 2, false),
        11 if number.starts_with("GD8888") || number.starts_with("HA8888") => check_department(number, 6, true),
        9 | 12 => check_trader(number),
        _ => shape::wrong_length(number, "5/9/11/12"),
    }
}

fn check_department(number: String, start: usize, has_check: bool) -> Checked {
    let Some(department) = part::number_at(&number, start..start + 3) else {
        return shape::wrong_shape(number);
    };
    let kind = match number.get(..2) {
        Some("GD") if department < 500 => "government_department",
        Some("HA") if department >= 500 => "health_authority",
        _ => return shape::wrong_component(number, "不是已知的部门号段", "no such range of departments"),
    };
    match part::number_at(&number, start + 3..start + 5) {
        None if has_check => shape::wrong_shape(number),
        Some(stated) if stated != department % 97 => shape::wrong_check_digit(number),
        _ => {
            let mut checked = Checked::valid(number);
            checked.fact("entity_type", kind);
            checked
        }
    }
}

fn check_trader(number: String) -> Checked {
    if !shape::is_digits(&number) {
        return shape::wrong_alphabet(number);
    }
    let sum = shape::weighted_sum(&number, &[8, 7, 6, 5, 4, 3, 2, 10, 1]);
    let is_new = part::number_at(&number, 0..3) >= Some(100);
    match sum.map(|sum| sum % 97) {
        Some(0) => Checked::valid(number),
        Some(42) if is_new => Checked::valid(number),
        _ => shape::wrong_check_digit(number),
    }
}
