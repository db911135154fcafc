//! 爱尔兰个人公共服务号, Irish personal public service number (PPS No).
//!
//! Structure (8–9): 7 digits serial, 1 check letter, since 2013 a second letter A–I; older W, T or X there have no
//! value.
//! Check: Σ digit · (8 … 2) + 9 · second letter (A = 1), mod 23 as index of WABCDEFGHIJKLMNOPQRSTUV.
//! Standard: Department of Social Protection, Ireland (from memory, 2026-11-22).
//! Examples: 1165677FA, 1416720WA.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 爱尔兰个人公共服务号.
pub const FORMAT: Declared = Declared {
    code: "ie.pps",
    name_zh: "爱尔兰个人公共服务号",
    name_en: "Irish personal public service number (PPS No)",
    source: "Department of Social Protection, Ireland",
    example: "1165677FA",
    check_digit: true,
    check,
};

const CHECKS: &str = "WABCDEFGHIJKLMNOPQRSTUV";

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if ![8, 9].contains(&number.chars().count()) {
        return shape::wrong_length(number, "8/9");
    }
    if !part::has_shape(&number, "#######@") && !part::has_shape(&number, "#######@@") {
        return shape::wrong_shape(number);
    }
    let second = match number.chars().nth(8) {
        None | Some('W' | 'T' | 'X') => 0,
        Some(letter @ 'A'..='I') => u32::from(letter) - u32::from('A') + 1,
        Some(_) => return shape::wrong_alphabet(number),
    };
    let sum = shape::weighted_sum(&number, &[8, 7, 6, 5, 4, 3, 2]).unwrap_or_default() + 9 * second;
    if CHECKS.chars().nth((sum % 23) as usize) == number.chars().nth(7) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
