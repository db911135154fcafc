//! Verhoeff 校验, Verhoeff algorithm.
//!
//! Structure: any number of digits, the last a check digit.
//! Check: from the right each digit is permuted by its place and multiplied in the dihedral group D₅; the product is
//! 0.
//! Source: J. Verhoeff, Error Detecting Decimal Codes (1969) (from memory, 2026-11-22).
//! Computed examples: 50810, 847364309541.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// Verhoeff 校验.
pub const FORMAT: Declared = Declared {
    code: "verhoeff",
    name_zh: "Verhoeff 校验",
    name_en: "Verhoeff algorithm",
    source: "J. Verhoeff, Error Detecting Decimal Codes (1969)",
    example: "50810",
    check_digit: true,
    check,
};

/// The permutation of the places, applied once for every place from the right.
const PERMUTATION: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if !number.is_empty() && !shape::is_digits(&number) {
        return shape::wrong_alphabet(number);
    }
    if number.len() < 2 {
        return shape::wrong_length(number, "2+");
    }
    let holds = holds(&number);
    numeric::proved(number, holds)
}

/// Whether the digits, check digit last, multiply to 0.
pub fn holds(digits: &str) -> bool {
    let product = digits.chars().rev().enumerate().try_fold(0, |product, (place, c)| {
        let mut digit = c.to_digit(10)?;
        // The permutation has order 8.
        for _ in 0..place % 8 {
            digit = PERMUTATION.get(digit as usize).copied()?;
        }
        Some(multiply(product, digit))
    });
    digits.len() > 1 && product == Some(0)
}

/// The group of the pentagon: 0–4 turn it, 5–9 turn it over as well.
fn multiply(left: u32, right: u32) -> u32 {
    match (left < 5, right < 5) {
        (true, true) => (left + right) % 5,
        (true, false) => 5 + (left + right) % 5,
        (false, true) => 5 + (left - right) % 5,
        (false, false) => (left + 5 - right) % 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_errors_and_swaps_are_found() {
        assert!(holds("2363") && holds("12340"));
        assert!(!holds("2633") && !holds("2364") && !holds("236x") && !holds(""));
    }
}
