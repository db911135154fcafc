//! Verhoeff's check digit and the rule of the random Indian numbers that use it.

use crate::domain::finding::Checked;
use crate::domain::formats::shape;

/// Judges digits issued at random: the first is 2–9, they are no palindrome, the check digit fits.
pub(super) fn check_random(number: String) -> Checked {
    let is_palindrome = number.chars().eq(number.chars().rev());
    if number.starts_with(['0', '1']) || is_palindrome {
        return shape::wrong_shape(number);
    }
    if holds(&number) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}

/// Verhoeff (1969): whether the digits, check digit last, multiply to 0 in the dihedral group of order 10.
fn holds(digits: &str) -> bool {
    let step = |product: usize, (place, c): (usize, char)| {
        let digit = usize::try_from(c.to_digit(10)?).ok()?;
        Some(multiply(product, permute(digit, place % 8)))
    };
    digits.chars().rev().enumerate().try_fold(0, step) == Some(0)
}

/// The product of two symmetries of the pentagon: 0–4 turn it, 5–9 reflect it.
fn multiply(left: usize, right: usize) -> usize {
    let turn = right % 5;
    match (left < 5, right < 5) {
        (true, true) => (left + turn) % 5,
        (true, false) => 5 + (left + turn) % 5,
        (false, true) => 5 + (left - turn) % 5,
        (false, false) => (left - turn) % 5,
    }
}

/// The digit after so many rounds of Verhoeff's permutation.
fn permute(digit: usize, rounds: usize) -> usize {
    const PERMUTATION: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    (0..rounds).fold(digit, |digit, _| PERMUTATION.get(digit).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verhoeff_finds_every_wrong_digit_and_swap() {
        assert!(holds("2363") && holds("123451"), "the examples of the literature");
        assert!(!holds("2364") && !holds("123541") && !holds("23x3"));
    }
}
