//! 巴拉圭纳税人登记号, Paraguayan tax number (RUC).
//!
//! Structure (up to 9): up to 8 digits (the identity number of a person; from 80000000 on a legal body), 1 check
//! digit.
//! Check: 11 − Σ dᵢ·wᵢ mod 11, weights 2 3 4 … from the right; 10 and 11 count as 0.
//! Source: DNIT (formerly SET) (from memory, 2026-11-22).
//! Computed examples: 80012345, 4455665.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 巴拉圭纳税人登记号.
pub const FORMAT: Declared = Declared {
    code: "py.ruc",
    name_zh: "巴拉圭纳税人登记号",
    name_en: "Paraguayan tax number (RUC)",
    source: "DNIT (formerly SET)",
    example: "80012345",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(fault) = numeric::fault(&number, &[3, 4, 5, 6, 7, 8, 9]) {
        return fault;
    }
    let body = numeric::part(&number, 0..number.len() - 1);
    let rest = numeric::dot_from_right(body, &[2, 3, 4, 5, 6, 7, 8, 9]) % 11;
    let expected = if rest < 2 { 0 } else { 11 - rest };
    let holds = numeric::last_digit(&number) == Some(expected);
    numeric::proved(number, holds)
}
