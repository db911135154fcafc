//! ISO 7064 MOD 37,36 校验, ISO 7064 MOD 37,36.
//!
//! Structure: any number of digits and capitals, 1 check character 0–9 or A–Z.
//! Check: P = 36; for each character P = ((P + a) mod 36, 0 as 36) · 2 mod 37; P + check character ≡ 1 mod 36.
//! Source: ISO/IEC 7064:2003 (from memory, 2026-11-22).
//! Computed examples: B7QK2X9U, A999123456782.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// ISO 7064 MOD 37,36 校验.
pub const FORMAT: Declared = Declared {
    code: "iso7064.mod_37_36",
    name_zh: "ISO 7064 MOD 37,36 校验",
    name_en: "ISO 7064 MOD 37,36",
    source: "ISO/IEC 7064:2003",
    example: "B7QK2X9U",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if number.chars().count() < 2 {
        return shape::wrong_length(number, "2+");
    }
    if shape::values(&number).is_none() {
        return shape::wrong_alphabet(number);
    }
    let holds = systems::hybrid_holds(&number, systems::ALPHANUMERIC);
    numeric::proved(number, holds)
}
