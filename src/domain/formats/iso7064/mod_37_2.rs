//! ISO 7064 MOD 37-2 校验, ISO 7064 MOD 37-2.
//!
//! Structure: any number of digits and capitals, 1 check character 0–9, A–Z or * (= 36).
//! Check: Σ aᵢ·2^(i−1) from the right ≡ 1 mod 37.
//! Source: ISO/IEC 7064:2003 (from memory, 2026-11-22).
//! Computed examples: B7QK2X99, A999123456783.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// ISO 7064 MOD 37-2 校验.
pub const FORMAT: Declared = Declared {
    code: "iso7064.mod_37_2",
    name_zh: "ISO 7064 MOD 37-2 校验",
    name_en: "ISO 7064 MOD 37-2",
    source: "ISO/IEC 7064:2003",
    example: "B7QK2X99",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if number.chars().count() < 2 {
        return shape::wrong_length(number, "2+");
    }
    let body = number.strip_suffix('*').unwrap_or(&number);
    if shape::values(body).is_none() {
        return shape::wrong_alphabet(number);
    }
    let holds = systems::pure_holds(&number, systems::ALPHANUMERIC_STAR, 2);
    numeric::proved(number, holds)
}
