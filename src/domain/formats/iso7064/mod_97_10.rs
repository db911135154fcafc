//! ISO 7064 MOD 97-10 校验, ISO 7064 MOD 97-10.
//!
//! Structure: any number of digits and capitals (A = 10 … Z = 35), 2 check digits.
//! Check: the whole as a number ≡ 1 mod 97.
//! Source: ISO/IEC 7064:2003 (from memory, 2026-11-22).
//! Computed examples: 4071867, ABC123426.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// ISO 7064 MOD 97-10 校验.
pub const FORMAT: Declared = Declared {
    code: "iso7064.mod_97_10",
    name_zh: "ISO 7064 MOD 97-10 校验",
    name_en: "ISO 7064 MOD 97-10",
    source: "ISO/IEC 7064:2003",
    example: "4071867",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if number.chars().count() < 3 {
        return shape::wrong_length(number, "3+");
    }
    if shape::values(&number).is_none() {
        return shape::wrong_alphabet(number);
    }
    let holds = systems::mod_97_10_holds(&number);
    numeric::proved(number, holds)
}
