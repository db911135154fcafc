//! 波兰税号, Polish tax number (NIP).
//!
//! Structure (10): 3 digits tax office, 6 digits serial, 1 check digit; a VAT number has PL in front, which is
//! dropped.
//! Check: Σ dᵢ·wᵢ (6 5 7 2 3 4 5 6 7) mod 11; numbers with remainder 10 are not issued.
//! Source: Ministry of Finance of Poland (from memory, 2026-11-22).
//! Computed examples: 1234567854, 5251234502.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 波兰税号.
pub const FORMAT: Declared = Declared {
    code: "pl.nip",
    name_zh: "波兰税号",
    name_en: "Polish tax number (NIP)",
    source: "Ministry of Finance of Poland",
    example: "1234567854",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = numeric::without_prefix(&shape::compact(input, " -"), "PL");
    if let Some(fault) = numeric::fault(&number, &[10]) {
        return fault;
    }
    let expected = numeric::dot(&number, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
    let holds = numeric::last_digit(&number) == Some(expected);
    numeric::proved(number, holds)
}
