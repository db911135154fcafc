//! 拉脱维亚增值税号, Latvian VAT number (PVN).
//!
//! Structure (11, often after LV): companies: first digit 4–9, 9 digits, 1 check digit; persons: date DDMMYY, 1 century
//! (0: 1800s, 1: 1900s, 2: 2000s), 3 serial, 1 check digit; personal codes since July 2017 begin with 32–39 and hold no
//! date.
//! Check: companies Σ digit · (9 1 4 8 3 10 2 5 7 6 1) ≡ 3 mod 11; persons (1 + Σ digit · (10 5 8 4 2 1 6 3 7 9)) mod
//! 11 mod 10.
//! Standard: VID, the Latvian revenue service; EU VIES (from memory, 2026-11-22).
//! Examples: 45421424896, 43060678049.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 拉脱维亚增值税号.
pub const FORMAT: Declared = Declared {
    code: "lv.pvn",
    name_zh: "拉脱维亚增值税号",
    name_en: "Latvian VAT number (PVN)",
    source: "VID, the Latvian revenue service; EU VIES",
    example: "45421424896",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -"), &["LV"]);
    if let Some(wrong) = part::wrong_digits(&number, &[11]) {
        return wrong;
    }
    if number.starts_with(['4', '5', '6', '7', '8', '9']) { check_company(number) } else { check_person(number) }
}

fn check_company(number: String) -> Checked {
    let sum = shape::weighted_sum(&number, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]);
    if sum.is_none_or(|sum| sum % 11 != 3) {
        return shape::wrong_check_digit(number);
    }
    let mut checked = Checked::valid(number);
    checked.fact("entity_type", "organisation");
    checked
}

fn check_person(number: String) -> Checked {
    let first = part::number_at(&number, 0..6).unwrap_or_default();
    let century = 1800 + 100 * part::number_at(&number, 6..7).unwrap_or_default();
    let birth = part::date(century + first % 100, first / 100 % 100, first / 10_000);
    let is_dateless = (32..=39).contains(&(first / 10_000));
    if !is_dateless && (birth.is_none() || century > 2000) {
        return part::impossible_date(number);
    }
    let sum = 1 + shape::weighted_sum(&number, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]).unwrap_or_default();
    if !part::ends_with_nth(&number, "0123456789", sum % 11 % 10) {
        return shape::wrong_check_digit(number);
    }
    let mut checked = Checked::valid(number);
    checked.fact("entity_type", "person");
    if let Some(birth) = birth {
        checked.fact("birth_date", birth.to_string());
    }
    checked
}
