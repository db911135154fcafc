//! 唯一产品标识符, Unique product identifier (UPI).
//!
//! Structure (12): QZ, 9 characters from digits and consonants without Y, 1 check character.
//! Check: hybrid system MOD 31,30 over 0123456789BCDFGHJKLMNPQRSTVWXZ.
//! Inferred: that the system is MOD 31,30 was confirmed on 2 valid numbers of the conformance data only.
//! Source: ISO 4914:2021 (from memory, 2026-11-22).
//! Computed examples: QZBC12345DFT, QZ12RNSP6P01.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// 唯一产品标识符.
pub const FORMAT: Declared = Declared {
    code: "upi",
    name_zh: "唯一产品标识符",
    name_en: "Unique product identifier (UPI)",
    source: "ISO 4914:2021",
    example: "QZBC12345DFT",
    check_digit: true,
    check,
};

const ALPHABET: &str = "0123456789BCDFGHJKLMNPQRSTVWXZ";

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::length_fault(&number, &[12]) {
        return fault;
    }
    if !number.chars().all(|c| ALPHABET.contains(c)) {
        return shape::wrong_alphabet(number);
    }
    if !number.starts_with("QZ") {
        return shape::wrong_component(number, "应以 QZ 开头", "it starts with QZ");
    }
    let holds = systems::hybrid_holds(&number, ALPHABET);
    numeric::proved(number, holds)
}
