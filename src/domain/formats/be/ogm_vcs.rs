//! 比利时结构化付款附言, Belgium structured communication (OGM-VCS).
//!
//! Structure (12): 10 digits, 2 check digits; written +++NNN/NNNN/NNNCC+++ or with asterisks.
//! Check rule: the first 10 digits mod 97, 97 for 0.
//! Source: Febelfin (from memory, 2026-11-22).
//! Examples: 010123456732, 000000009797.

use super::population;
use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 比利时结构化付款附言.
pub const FORMAT: Declared = Declared {
    code: "be.ogm_vcs",
    name_zh: "比利时结构化付款附言",
    name_en: "Belgium structured communication (OGM-VCS)",
    source: "Febelfin",
    example: "010123456732",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " +*/-.", &[12], |text| {
        let holds = population::remainder_holds(&text);
        numeric::proved(text, holds)
    })
}
