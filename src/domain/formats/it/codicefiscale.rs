//! 意大利税号, Italian tax code (codice fiscale).
//!
//! Structure (16): 3 letters surname, 3 letters name, 2 year (century open), 1 letter month (ABCDEHLMPRST), 2 day (+ 40
//! for women), 1 letter and 3 digits municipality (Z: country), 1 check letter. Namesakes get letters LMNPQRSTUV for
//! digits (omocodia). Organisations have 11 digits: the partita IVA.
//! Check: Σ odd table (places 1, 3 …) + even table (places 2, 4 …), mod 26, A = 0.
//! Standard: Agenzia delle Entrate; decreto ministeriale 345/1976 (from memory, 2026-11-22).
//! Examples: BNCLRA85C52H501S, BNCLRA85C52H501S.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

use super::iva;

/// 意大利税号.
pub const FORMAT: Declared = Declared {
    code: "it.codicefiscale",
    name_zh: "意大利税号",
    name_en: "Italian tax code (codice fiscale)",
    source: "Agenzia delle Entrate; decreto ministeriale 345/1976",
    example: "BNCLRA85C52H501S",
    check_digit: true,
    check,
};

const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

fn check(input: &str) -> Checked {
    let code = shape::compact(input, " -.");
    match code.chars().count() {
        11 => iva::check_number(code),
        16 => check_person(code),
        _ => shape::wrong_length(code, "11/16"),
    }
}

fn check_person(code: String) -> Checked {
    let Some((digits, month)) = plain_parts(&code) else {
        return shape::wrong_shape(code);
    };
    let (year, day) = (digits / 100_000, digits / 1000 % 100);
    if !part::short_date_exists(year, month, if day > 40 { day - 40 } else { day }) {
        return part::impossible_date(code);
    }
    let letters: Vec<u32> =
        code.bytes().map(|b| u32::from(if b.is_ascii_digit() { b - b'0' } else { b - b'A' })).collect();
    let odd = |index: &u32| ODD.get(*index as usize).copied().unwrap_or_default();
    let sum: u32 = letters.iter().step_by(2).take(8).map(odd).sum::<u32>()
        + letters.iter().skip(1).step_by(2).take(7).sum::<u32>();
    if letters.last() != Some(&(sum % 26)) {
        return shape::wrong_check_digit(code);
    }
    let place = format!("{}{:03}", code.get(11..12).unwrap_or_default(), digits % 1000);
    let mut checked = Checked::valid(code);
    checked.fact("gender", if day > 40 { "F" } else { "M" });
    checked.fact("region_code", place);
    checked
}

/// Year, day and municipality as one number of 7 digits with the letters of omocodia replaced, and the month.
fn plain_parts(code: &str) -> Option<(u32, u32)> {
    let month = "ABCDEHLMPRST".chars().position(|c| code.chars().nth(8) == Some(c))? + 1;
    if !part::has_shape(code, "@@@@@@**@**@***@") {
        return None;
    }
    let digits = [code.get(6..8)?, code.get(9..11)?, code.get(12..15)?].concat();
    let plain = |c: char| c.to_digit(10).or_else(|| u32::try_from("LMNPQRSTUV".chars().position(|o| o == c)?).ok());
    let number = digits.chars().try_fold(0, |number, c| Some(number * 10 + plain(c)?));
    Some((number?, u32::try_from(month).ok()?))
}
