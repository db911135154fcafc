//! 船舶识别号, Ship identification number (IMO).
//!
//! Structure (7): 6 digits serial, 1 check digit; IMO in front is dropped.
//! Check: Σ dᵢ·wᵢ (7 6 5 4 3 2) mod 10.
//! Source: IMO Resolution A.1117(30) (from memory, 2026-11-22).
//! Computed examples: 9074729, 9123453.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 船舶识别号.
pub const FORMAT: Declared = Declared {
    code: "imo",
    name_zh: "船舶识别号",
    name_en: "Ship identification number (IMO)",
    source: "IMO Resolution A.1117(30)",
    example: "9074729",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = numeric::without_prefix(&shape::compact(input, " -"), "IMO");
    if let Some(fault) = numeric::fault(&number, &[7]) {
        return fault;
    }
    let expected = numeric::dot(&number, &[7, 6, 5, 4, 3, 2]) % 10;
    let holds = numeric::last_digit(&number) == Some(expected);
    numeric::proved(number, holds)
}
