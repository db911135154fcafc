//! 法人识别编码, Legal entity identifier (LEI).
//!
//! Structure (20): 4 characters issuing organisation, 14 characters entity, 2 check digits.
//! Check: ISO 7064 MOD 97-10.
//! Source: ISO 17442-1:2020 (from memory, 2026-11-22).
//! Computed examples: 300300ABCDEFGH123464, 5493001234567890AB21.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// 法人识别编码.
pub const FORMAT: Declared = Declared {
    code: "lei",
    name_zh: "法人识别编码",
    name_en: "Legal entity identifier (LEI)",
    source: "ISO 17442-1:2020",
    example: "300300ABCDEFGH123464",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[20]) {
        return fault;
    }
    if !shape::is_digits(numeric::part(&number, 18..20)) {
        return shape::wrong_shape(number);
    }
    let holds = systems::mod_97_10_holds(&number);
    numeric::proved(number, holds)
}
