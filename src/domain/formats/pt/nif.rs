//! 葡萄牙税号, Portuguese tax number (NIF).
//!
//! Structure (9): first digit kind (1–3 person, 45 non-resident, 5 company, 6 public body, 7–9 other), 8 digits, the
//! last a check digit; PT of a VAT number is dropped.
//! Check: (11 − Σ dᵢ·wᵢ (9 8 7 6 5 4 3 2) mod 11) mod 11 mod 10.
//! Source: Autoridade Tributária e Aduaneira (from memory, 2026-11-22).
//! Computed examples: 123456789, 501234560.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 葡萄牙税号.
pub const FORMAT: Declared = Declared {
    code: "pt.nif",
    name_zh: "葡萄牙税号",
    name_en: "Portuguese tax number (NIF)",
    source: "Autoridade Tributária e Aduaneira",
    example: "123456789",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = numeric::without_prefix(&shape::compact(input, " -."), "PT");
    if let Some(fault) = numeric::fault(&number, &[9]) {
        return fault;
    }
    if number.starts_with('0') {
        return shape::wrong_component(number, "首位不能为 0", "the first digit cannot be 0");
    }
    let expected = (11 - numeric::dot(&number, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10;
    let holds = numeric::last_digit(&number) == Some(expected);
    numeric::proved(number, holds)
}
