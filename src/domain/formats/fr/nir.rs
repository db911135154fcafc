//! 法国社会保险号, French social security number (NIR).
//!
//! Structure (15): 1 sex (1, 3, 7 men; 2, 4, 8 women), 2 year, 2 month, 2 department of birth (2A, 2B: Corsica), 3
//! commune, 3 serial, 2 check digits.
//! Check: 97 − (the first 13 mod 97), 2A read as 19 and 2B as 18.
//! Standard: INSEE, décret 82-103 (from memory, 2026-11-22).
//! Examples: 185032A51553197, 185032A35408538.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 法国社会保险号.
pub const FORMAT: Declared = Declared {
    code: "fr.nir",
    name_zh: "法国社会保险号",
    name_en: "French social security number (NIR)",
    source: "INSEE, décret 82-103",
    example: "185032A51553197",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if number.chars().count() != 15 {
        return shape::wrong_length(number, "15");
    }
    let department = number.get(5..7).unwrap_or_default().to_owned();
    let digits = match (department.as_str(), number.get(..5), number.get(7..)) {
        ("2A", Some(head), Some(tail)) => format!("{head}19{tail}"),
        ("2B", Some(head), Some(tail)) => format!("{head}18{tail}"),
        _ => number.clone(),
    };
    if !shape::is_digits(&digits) {
        return shape::wrong_shape(number);
    }
    let base = digits.get(..13).and_then(|base| part::remainder(base, 97));
    if base.map(|rest| 97 - rest) != part::number_at(&digits, 13..15) {
        return shape::wrong_check_digit(number);
    }
    let sex = part::number_at(&digits, 0..1);
    let mut checked = Checked::valid(number);
    if let Some(sex) = sex.filter(|sex| [1, 2, 3, 4, 7, 8].contains(sex)) {
        checked.fact("gender", part::gender(sex));
    }
    checked.fact("region_code", department);
    checked
}
