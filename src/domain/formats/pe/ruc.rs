//! 秘鲁纳税人登记号, Peruvian tax number (RUC).
//!
//! Structure (11): 2 digits kind (10 person, 15 and 17 foreigner or other, 16 other, 20 company), 8 digits (DNI of a
//! person), 1 check digit.
//! Check: (11 − Σ dᵢ·wᵢ (5 4 3 2 7 6 5 4 3 2) mod 11) mod 10.
//! Source: SUNAT (from memory, 2026-11-22).
//! Computed examples: 20123456786, 10405060707.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 秘鲁纳税人登记号.
pub const FORMAT: Declared = Declared {
    code: "pe.ruc",
    name_zh: "秘鲁纳税人登记号",
    name_en: "Peruvian tax number (RUC)",
    source: "SUNAT",
    example: "20123456786",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(fault) = numeric::fault(&number, &[11]) {
        return fault;
    }
    let kind = match numeric::part(&number, 0..2) {
        "10" => "person",
        "15" | "16" | "17" => "other",
        "20" => "company",
        _ => return shape::wrong_component(number, "未知的纳税人类别", "an unknown kind of taxpayer"),
    };
    let expected = (11 - numeric::dot(&number, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 10;
    let holds = numeric::last_digit(&number) == Some(expected);
    let mut checked = numeric::proved(number, holds);
    checked.fact("entity_type", kind);
    checked
}
