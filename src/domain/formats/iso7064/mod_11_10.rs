//! ISO 7064 MOD 11,10 校验, ISO 7064 MOD 11,10.
//!
//! Structure: any number of digits, 1 check digit.
//! Check: P = 10; for each digit P = ((P + d) mod 10, 0 as 10) · 2 mod 11; P + check digit ≡ 1 mod 10.
//! Source: ISO/IEC 7064:2003 (from memory, 2026-11-22).
//! Computed examples: 407186, 12345672.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// ISO 7064 MOD 11,10 校验.
pub const FORMAT: Declared = Declared {
    code: "iso7064.mod_11_10",
    name_zh: "ISO 7064 MOD 11,10 校验",
    name_en: "ISO 7064 MOD 11,10",
    source: "ISO/IEC 7064:2003",
    example: "407186",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if number.len() < 2 {
        return shape::wrong_length(number, "2+");
    }
    if !shape::is_digits(&number) {
        return shape::wrong_alphabet(number);
    }
    let holds = systems::hybrid_holds(&number, systems::DIGITS);
    numeric::proved(number, holds)
}
