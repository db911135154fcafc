//! 冰岛个人识别号, Icelandic identity code (kennitala).
//!
//! Structure (10): day (+ 40 for organisations), month, year (2 digits each), 2 random, 1 check digit, 1 century (8, 9
//! or 0). System numbers of people without a residence begin with 8 or 9 and hold no date.
//! Check: Σ digit · (3 2 7 6 5 4 3 2 1) of the first 9 ≡ 0 mod 11.
//! Standard: Þjóðskrá, Registers Iceland (from memory, 2026-11-22).
//! Examples: 1201806229, 1201806579.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 冰岛个人识别号.
pub const FORMAT: Declared = Declared {
    code: "is.kennitala",
    name_zh: "冰岛个人识别号",
    name_en: "Icelandic identity code (kennitala)",
    source: "Þjóðskrá, Registers Iceland",
    example: "1201806229",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[10]) {
        return wrong;
    }
    if number.starts_with(['8', '9']) {
        return shape::unknown_component(
            number,
            "可能是系统识别号，无法校验",
            "perhaps a system number, which cannot be checked",
        );
    }
    let century = match number.chars().last() {
        Some('8') => 1800,
        Some('9') => 1900,
        Some('0') => 2000,
        _ => return shape::wrong_component(number, "世纪位须为 8、9 或 0", "the century is 8, 9 or 0"),
    };
    let first = part::number_at(&number, 0..6).unwrap_or_default();
    let (day, month, year) = (first / 10_000, first / 100 % 100, century + first % 100);
    let is_organisation = day > 40;
    let Some(date) = part::date(year, month, if is_organisation { day - 40 } else { day }) else {
        return shape::wrong_component(number, "日期不存在", "the date does not exist");
    };
    let sum = shape::weighted_sum(&number, &[3, 2, 7, 6, 5, 4, 3, 2, 1]);
    if sum.is_none_or(|sum| sum % 11 != 0) {
        return shape::wrong_check_digit(number);
    }
    let mut checked = Checked::valid(number);
    checked.fact("entity_type", if is_organisation { "organisation" } else { "person" });
    checked.fact(if is_organisation { "registration_date" } else { "birth_date" }, date.to_string());
    checked
}
