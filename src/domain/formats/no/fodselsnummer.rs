//! 挪威出生号, Norwegian birth number (fødselsnummer, D-number, help number).
//!
//! Structure (11): day (+ 40: D-number), month (+ 40: help number, + 65 or + 80: synthetic), year, 3 serial that gives
//! the century and is odd at its end for men, 2 check digits. A first digit 8 or 9 is an FH-number of the health
//! service, without a date.
//! Check: Σ digit · (3 7 6 1 8 9 4 5 2 1) ≡ 0 and Σ digit · (5 4 3 2 7 6 5 4 3 2 1) ≡ 0 mod 11.
//! Standard: Skatteetaten, folkeregisterforskriften (from memory, 2026-11-22).
//! Examples: 15038525473, 15038501264.

use crate::domain::date::CivilDate;
use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 挪威出生号.
pub const FORMAT: Declared = Declared {
    code: "no.fodselsnummer",
    name_zh: "挪威出生号",
    name_en: "Norwegian birth number (fødselsnummer, D-number, help number)",
    source: "Skatteetaten, folkeregisterforskriften",
    example: "15038525473",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[11]) {
        return wrong;
    }
    let multiple = |weights: &[u32]| shape::weighted_sum(&number, weights).is_some_and(|sum| sum % 11 == 0);
    if !multiple(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) || !multiple(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) {
        return shape::wrong_check_digit(number);
    }
    let Some(birth) = birth_date(&number) else {
        let has_no_date = number.starts_with(['8', '9']);
        return if has_no_date { Checked::valid(number) } else { part::impossible_date(number) };
    };
    let sex = part::number_at(&number, 8..9).unwrap_or_default();
    let mut checked = Checked::valid(number);
    checked.fact("birth_date", birth.to_string());
    checked.fact("gender", part::gender(sex));
    checked
}

fn birth_date(number: &str) -> Option<CivilDate> {
    let (first, serial) = (part::number_at(number, 0..6)?, part::number_at(number, 6..9)?);
    let (day, month, year) = (first / 10_000, first / 100 % 100, first % 100);
    let century = match (serial, year) {
        (0..=499, _) | (900..=999, 40..) => 1900,
        (500..=749, 54..) => 1800,
        (500..=999, 0..=39) => 2000,
        _ => return None,
    };
    let month = match month {
        41..=52 => month - 40,
        66..=77 => month - 65,
        81..=92 => month - 80,
        _ => month,
    };
    part::date(century + year, month, if day > 40 { day - 40 } else { day })
}
