//! 国际标准乐谱号, International standard music number (ISMN).
//!
//! Structure (13): 9790, publisher, item, 1 check digit. Old (10): M instead of 9790. The old form is kept as it is.
//! Check: that of EAN over the long form.
//! Source: ISO 10957:2021 (from memory, 2026-11-22).
//! Computed examples: 9790234567844, M234567844.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::ean, general::numeric, shape};

/// 国际标准乐谱号.
pub const FORMAT: Declared = Declared {
    code: "ismn",
    name_zh: "国际标准乐谱号",
    name_en: "International standard music number (ISMN)",
    source: "ISO 10957:2021",
    example: "9790234567844",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::length_fault(&number, &[10, 13]) {
        return fault;
    }
    let digits = if number.len() == 10 { number.strip_prefix('M') } else { number.strip_prefix("9790") };
    let Some(digits) = digits.filter(|digits| shape::is_digits(digits)) else {
        return shape::wrong_shape(number);
    };
    let holds = ean::holds(&format!("9790{digits}"));
    numeric::proved(number, holds)
}
