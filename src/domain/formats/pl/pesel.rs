//! 波兰个人身份号, Polish personal number (PESEL).
//!
//! Structure (11): yymmdd birth date (month + 80 for 18yy, + 0 for 19yy, + 20 for 20yy, + 40 for 21yy, + 60 for
//! 22yy), 4 digits serial (last: odd male, even female), 1 check digit.
//! Check: (10 − Σ dᵢ·wᵢ (1 3 7 9 1 3 7 9 1 3) mod 10) mod 10.
//! Source: PESEL register (from memory, 2026-11-22).
//! Computed examples: 85031212343, 03221500010.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 波兰个人身份号.
pub const FORMAT: Declared = Declared {
    code: "pl.pesel",
    name_zh: "波兰个人身份号",
    name_en: "Polish personal number (PESEL)",
    source: "PESEL register",
    example: "85031212343",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[11]) {
        return fault;
    }
    let month = numeric::number(&number, 2..4);
    let century = [1900, 2000, 2100, 2200, 1800].get((month / 20) as usize).copied().unwrap_or(1900);
    let year = century + numeric::number(&number, 0..2);
    let Some(born) = numeric::date(year, month % 20, numeric::number(&number, 4..6)) else {
        return numeric::wrong_date(number);
    };
    let expected = (10 - numeric::dot(&number, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10;
    let (holds, is_male) = (numeric::last_digit(&number) == Some(expected), numeric::digit(&number, 9) % 2 == 1);
    let mut checked = numeric::proved(number, holds);
    numeric::add_person(&mut checked, Some(born), is_male);
    checked
}
