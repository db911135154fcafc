//! What formats made of digits share: length and alphabet at once, weighted sums, parts, dates with short years.
//!
//! Everything answers for any text: a character that is no digit counts as 0, a missing part as empty.

use crate::domain::date::CivilDate;
use crate::domain::finding::Checked;
use crate::domain::formats::shape;
use std::ops::Range;

/// Two-digit years after this one belong to the last century for certain; at or below it the century is open.
pub const OPEN_CENTURY_MAX: u32 = 40;

/// The verdict on a text that is not all digits or has none of these lengths; `None` when it is fine.
pub fn fault(number: &str, lengths: &[usize]) -> Option<Checked> {
    if !number.is_empty() && !shape::is_digits(number) {
        return Some(shape::wrong_alphabet(number.to_owned()));
    }
    length_fault(number, lengths)
}

/// The verdict on a text that is not all ASCII digits and capitals or has none of these lengths.
pub fn alphanumeric_fault(text: &str, lengths: &[usize]) -> Option<Checked> {
    if text.bytes().any(|b| !b.is_ascii_digit() && !b.is_ascii_uppercase()) {
        return Some(shape::wrong_alphabet(text.to_owned()));
    }
    length_fault(text, lengths)
}

/// The verdict on a text that has none of these lengths.
pub fn length_fault(text: &str, lengths: &[usize]) -> Option<Checked> {
    let found = text.chars().count();
    if lengths.contains(&found) {
        return None;
    }
    let expected: Vec<String> = lengths.iter().map(usize::to_string).collect();
    Some(shape::wrong_length(text.to_owned(), &expected.join("/")))
}

/// Valid when the check digit holds, otherwise invalid for its sake.
pub fn proved(number: String, holds: bool) -> Checked {
    if holds { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}

/// Σ digit · weight over the shorter of the two.
pub fn dot(digits: &str, weights: &[u32]) -> u32 {
    digits.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight).sum()
}

/// Σ digit · weight, aligned at the last digit, weights from the right.
pub fn dot_from_right(digits: &str, weights: &[u32]) -> u32 {
    digits.chars().rev().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight).sum()
}

/// The digit at a place, 0 when there is none.
pub fn digit(text: &str, place: usize) -> u32 {
    text.chars().nth(place).and_then(|c| c.to_digit(10)).unwrap_or(0)
}

/// The last character as a digit; `None` when it is none.
pub fn last_digit(text: &str) -> Option<u32> {
    text.chars().last()?.to_digit(10)
}

/// The characters of a range, empty when the text is shorter.
pub fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// The number written in a range, 0 when there is none.
pub fn number(text: &str, range: Range<usize>) -> u32 {
    part(text, range).parse().unwrap_or(0)
}

/// Whether every character is 0.
pub fn is_zero(text: &str) -> bool {
    text.bytes().all(|b| b == b'0')
}

/// The text without a prefix, when something is left of it.
pub fn without_prefix(text: &str, prefix: &str) -> String {
    text.strip_prefix(prefix).filter(|rest| !rest.is_empty()).unwrap_or(text).to_owned()
}

/// The day, when the calendar has it.
pub fn date(year: u32, month: u32, day: u32) -> Option<CivilDate> {
    CivilDate::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// A date with a two-digit year: `None` when neither 19yy nor 20yy has it; the day itself only where the century is
/// certain.
pub fn short_date(year: u32, month: u32, day: u32) -> Option<Option<CivilDate>> {
    let last_century = date(1900 + year, month, day);
    if year > OPEN_CENTURY_MAX {
        return last_century.map(Some);
    }
    last_century.or(date(2000 + year, month, day)).map(|_| None)
}

/// The verdict on a date that the calendar does not have.
pub fn wrong_date(normal: String) -> Checked {
    shape::wrong_component(normal, "不存在的日期", "a date that does not exist")
}

/// Adds the facts about a person.
pub fn add_person(checked: &mut Checked, born: Option<CivilDate>, is_male: bool) {
    if let Some(born) = born {
        checked.fact("birth_date", born.to_string());
    }
    checked.fact("gender", if is_male { "M" } else { "F" });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_parts_and_short_dates() {
        assert_eq!(dot("123", &[3, 2, 1]), 10);
        assert_eq!(dot_from_right("123", &[2, 3]), 12);
        assert_eq!((number("20261122", 4..6), part("ab", 1..5), digit("a7", 1)), (11, "", 7));
        assert!(fault("12a", &[3]).is_some() && fault("123", &[3]).is_none() && fault("", &[3]).is_some());
        assert_eq!(short_date(0, 2, 29), Some(None), "2000 has the day, 1900 has not");
        assert_eq!(short_date(85, 2, 29), None);
        assert_eq!(short_date(85, 2, 28).flatten().map(|d| d.to_string()).as_deref(), Some("1985-02-28"));
    }
}
