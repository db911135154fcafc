//! 泰国税号, Thai taxpayer number (TIN).
//!
//! Structure (13): the number of a citizen (th.pin, first digit 1–8) or of a company (th.moa, first digit 0).
//! Check: (11 − Σ dᵢ·(14 − i) mod 11) mod 10.
//! Source: Revenue Department of Thailand (from memory, 2026-11-22).
//! Computed examples: 1100123456786, 0105561123458.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 泰国税号.
pub const FORMAT: Declared = Declared {
    code: "th.tin",
    name_zh: "泰国税号",
    name_en: "Thai taxpayer number (TIN)",
    source: "Revenue Department of Thailand",
    example: "1100123456786",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(fault) = numeric::fault(&number, &[13]) {
        return fault;
    }
    if number.starts_with('9') {
        return shape::wrong_component(number, "首位应为 0–8", "the first digit is 0–8");
    }
    let (holds, is_company) = (super::pin::holds(&number), number.starts_with('0'));
    let mut checked = numeric::proved(number, holds);
    checked.fact("entity_type", if is_company { "company" } else { "person" });
    checked
}
