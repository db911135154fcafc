//! 比利时电子身份证号, Belgium eID card number.
//!
//! Structure (12): 10 digits, 2 check digits; written NNN-NNNNNNN-CC.
//! Check rule: the first 10 digits mod 97, 97 for 0.
//! Source: FPS Interior; Royal Decree of 25 March 2003 (from memory, 2026-11-22).
//! Examples: 591123456753, 592000000182.

use super::population;
use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 比利时电子身份证号.
pub const FORMAT: Declared = Declared {
    code: "be.eid",
    name_zh: "比利时电子身份证号",
    name_en: "Belgium eID card number",
    source: "FPS Interior; Royal Decree of 25 March 2003",
    example: "591123456753",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -./", &[12], |text| {
        let holds = population::remainder_holds(&text);
        numeric::proved(text, holds)
    })
}
