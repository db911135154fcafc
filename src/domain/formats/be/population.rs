//! Numbers of Belgian people (what the national and the BIS number share) and the remainder of eID, OGM and accounts.

use crate::domain::finding::Checked;
use crate::domain::formats::{numeric, shape};

/// The last year for which a century found by the check digits is believed: later births are still to come.
const BIRTH_YEAR_MAX: u64 = 2050;

/// Judges eleven digits whose month is one that `is_month` allows.
pub fn judge(text: String, is_month: impl Fn(u64) -> bool) -> Checked {
    let Some(century) = century(&text) else { return shape::wrong_check_digit(text) };
    let month = numeric::number(&text, 2..4);
    if !is_month(month) {
        return shape::wrong_component(text, "月份不存在", "no such month");
    }
    let year = century + numeric::number(&text, 0..2);
    if year > BIRTH_YEAR_MAX {
        return shape::wrong_component(text, "出生年份在未来", "a birth year to come");
    }
    let gender = if numeric::digit(&text, 8).is_multiple_of(2) { "F" } else { "M" };
    // A month of 0 and a day that the month does not have stand for what was not known.
    let birth = numeric::date(year, month % 20, numeric::number(&text, 4..6));
    let mut checked = Checked::valid(text);
    if let Some(birth) = birth {
        checked.fact("birth_date", birth.to_string());
    }
    if !(20..40).contains(&month) {
        checked.fact("gender", gender);
    }
    checked
}

/// Whether the last two of twelve digits are the others modulo 97, 97 standing for 0.
pub fn remainder_holds(twelve: &str) -> bool {
    let rest = numeric::number(twelve, 0..10) % 97;
    numeric::number(twelve, 10..12) == if rest == 0 { 97 } else { rest }
}

/// The century whose check digits these are: births from 2000 on are counted with a 2 before the number.
fn century(text: &str) -> Option<u64> {
    let body = numeric::number(text, 0..9);
    let stated = numeric::number(text, 9..11);
    let fits = |century: &u64| 97 - (body + if *century == 2000 { 2_000_000_000 } else { 0 }) % 97 == stated;
    [1900, 2000].into_iter().find(fits)
}
