//! 斯洛文尼亚个人统一号, Slovenian personal number (EMŠO).
//!
//! Structure (13): ddmmyyy birth date, 2 digits region of the former Yugoslavia (50 Slovenia), 3 digits serial (below
//! 500 male), 1 check digit.
//! Check: (11 − Σ dᵢ·wᵢ (7 6 5 4 3 2 7 6 5 4 3 2) mod 11) mod 11; numbers with 10 are not issued.
//! Source: Ministry of the Interior of Slovenia; JMBG rules of 1976 (from memory, 2026-11-22).
//! Computed examples: 1203985500128, 1502003506125.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 斯洛文尼亚个人统一号.
pub const FORMAT: Declared = Declared {
    code: "si.emso",
    name_zh: "斯洛文尼亚个人统一号",
    name_en: "Slovenian personal number (EMŠO)",
    source: "Ministry of the Interior of Slovenia; JMBG rules of 1976",
    example: "1203985500128",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[13]) {
        return fault;
    }
    let year = numeric::number(&number, 4..7);
    let year = if year < 800 { 2000 + year } else { 1000 + year };
    let Some(born) = numeric::date(year, numeric::number(&number, 2..4), numeric::number(&number, 0..2)) else {
        return numeric::wrong_date(number);
    };
    let expected = (11 - numeric::dot(&number, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    let holds = numeric::last_digit(&number) == Some(expected);
    let (is_male, region) = (numeric::number(&number, 9..12) < 500, numeric::part(&number, 7..9).to_owned());
    let mut checked = numeric::proved(number, holds);
    numeric::add_person(&mut checked, Some(born), is_male);
    checked.fact("region_code", region);
    checked
}
