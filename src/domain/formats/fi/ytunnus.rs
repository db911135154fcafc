//! 芬兰企业识别号, Finnish business identity code (Y-tunnus).
//!
//! Structure (8): 7 digits serial (older numbers of 6 digits get a 0 in front), a dash, 1 check digit.
//! Check: Σ digit · (7 9 10 5 8 4 2 1) ≡ 0 mod 11.
//! Standard: Finnish Business Information System, act 244/2001 (from memory, 2026-11-22).
//! Examples: 30480340, 75835432.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 芬兰企业识别号.
pub const FORMAT: Declared = Declared {
    code: "fi.ytunnus",
    name_zh: "芬兰企业识别号",
    name_en: "Finnish business identity code (Y-tunnus)",
    source: "Finnish Business Information System, act 244/2001",
    example: "30480340",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let typed = shape::compact(input, " ");
    let is_old = part::has_shape(&typed, "######-#");
    let digits = typed.replace('-', "");
    let number = if is_old { format!("0{digits}") } else { digits };
    if let Some(wrong) = part::wrong_digits(&number, &[8]) {
        return wrong;
    }
    if holds(&number) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}

/// Whether the check digit of a business identity code of 8 digits fits.
pub(super) fn holds(number: &str) -> bool {
    shape::weighted_sum(number, &[7, 9, 10, 5, 8, 4, 2, 1]).is_some_and(|sum| sum % 11 == 0)
}
