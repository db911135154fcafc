//! 希腊社会保险号, Greek social security number (AMKA).
//!
//! Structure (11): day, month, year (2 digits each, century open), 4 digits serial whose last is odd for men, 1 check
//! digit.
//! Check: Luhn.
//! Standard: IDIKA, law 3655/2008 (from memory, 2026-11-22).
//! Examples: 15038518039, 15038506265.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

/// 希腊社会保险号.
pub const FORMAT: Declared = Declared {
    code: "gr.amka",
    name_zh: "希腊社会保险号",
    name_en: "Greek social security number (AMKA)",
    source: "IDIKA, law 3655/2008",
    example: "15038518039",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[11]) {
        return wrong;
    }
    let birth = part::number_at(&number, 0..6).unwrap_or_default();
    if !part::short_date_exists(birth % 100, birth / 100 % 100, birth / 10_000) {
        return part::impossible_date(number);
    }
    if !check_digit::luhn_holds(&number) {
        return shape::wrong_check_digit(number);
    }
    let sex = part::number_at(&number, 9..10).unwrap_or_default();
    let mut checked = Checked::valid(number);
    checked.fact("gender", part::gender(sex));
    checked
}
