//! Damm 校验, Damm algorithm.
//!
//! Structure: any number of digits, the last a check digit.
//! Check: starting from 0, each digit selects the next state from a row of a totally anti-symmetric quasigroup; the
//! last state is 0.
//! Source: H. M. Damm, Total anti-symmetrische Quasigruppen (2004) (from memory, 2026-11-22).
//! Computed examples: 60937, 43881234564.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// Damm 校验.
pub const FORMAT: Declared = Declared {
    code: "damm",
    name_zh: "Damm 校验",
    name_en: "Damm algorithm",
    source: "H. M. Damm, Total anti-symmetrische Quasigruppen (2004)",
    example: "60937",
    check_digit: true,
    check,
};

const ROWS: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

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

/// Whether the digits, check digit last, lead back to 0.
pub fn holds(digits: &str) -> bool {
    let state = digits.bytes().try_fold(0, |state: u8, byte| {
        let row = ROWS.get(usize::from(state))?;
        row.get(usize::from(byte.wrapping_sub(b'0'))).copied()
    });
    state == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_holds() {
        assert!(holds("5724") && !holds("5727") && !holds("7524") && !holds("57a4"));
    }
}
