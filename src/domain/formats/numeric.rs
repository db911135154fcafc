//! Numbers of national formats: folded and stripped of their prefix, with lengths, patterns, parts and dates judged alike.
//!
//! A part that is missing counts as 0: callers have judged the length before.

use std::ops::Range;

use super::shape;
use crate::domain::date::CivilDate;
use crate::domain::finding::Checked;

/// Judges a number made of digits alone: compacts, drops one `prefix` (a country code), then length and alphabet.
pub fn of_digits(
    input: &str,
    prefix: &str,
    separators: &str,
    lengths: &[usize],
    judge: impl FnOnce(String) -> Checked,
) -> Checked {
    let text = without_prefix(shape::compact(input, separators), &[prefix]);
    if !lengths.contains(&text.chars().count()) {
        let expected: Vec<String> = lengths.iter().map(usize::to_string).collect();
        return shape::wrong_length(text, &expected.join("/"));
    }
    if shape::is_digits(&text) { judge(text) } else { shape::wrong_alphabet(text) }
}

/// The text without the first of the prefixes that it starts with.
pub fn without_prefix(text: String, prefixes: &[&str]) -> String {
    prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)).map(str::to_owned).unwrap_or(text)
}

/// Valid when the check digits hold, otherwise proved wrong by them.
pub fn proved(text: String, holds: bool) -> Checked {
    if holds { Checked::valid(text) } else { shape::wrong_check_digit(text) }
}

/// The verdict on a date that no calendar has.
pub fn wrong_date(text: String) -> Checked {
    shape::wrong_component(text, "日期不存在", "an impossible date")
}

/// Whether the text has the characters of the pattern: `9` a digit, `A` a capital letter, `X` either.
pub fn fits(text: &str, pattern: &str) -> bool {
    let fit = |(c, kind): (char, char)| match kind {
        '9' => c.is_ascii_digit(),
        'A' => c.is_ascii_uppercase(),
        _ => c.is_ascii_digit() || c.is_ascii_uppercase(),
    };
    text.chars().count() == pattern.len() && text.chars().zip(pattern.chars()).all(fit)
}

/// The part of the text between two positions.
pub fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// The number that the digits of a part make, at most 18 of them.
pub fn number(text: &str, range: Range<usize>) -> u64 {
    part(text, range).parse().unwrap_or_default()
}

/// The digit at a position.
pub fn digit(text: &str, position: usize) -> u32 {
    text.chars().nth(position).and_then(|c| c.to_digit(10)).unwrap_or_default()
}

/// The character at a position.
pub fn letter(text: &str, position: usize) -> char {
    text.chars().nth(position).unwrap_or_default()
}

/// Σ digit · weight over the shorter of the two.
pub fn weighted(text: &str, weights: &[u32]) -> u32 {
    text.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap_or_default() * weight).sum()
}

/// Σ digit · weight with the weights counted from the last digit, repeated as often as needed.
pub fn weighted_from_end(text: &str, weights: &[u32]) -> u32 {
    let weights = weights.iter().cycle();
    text.chars().rev().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap_or_default() * weight).sum()
}

/// The day, when the calendar has it.
pub fn date(year: u64, month: u64, day: u64) -> Option<CivilDate> {
    CivilDate::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// The number modulo 97, letters counting as 10–35 (ISO 7064 MOD 97-10: 1 when the check digits hold).
pub fn modulo_97(text: &str) -> Option<u32> {
    let append = |rest: u32, value: u32| (rest * if value < 10 { 10 } else { 100 } + value) % 97;
    Some(shape::values(text)?.into_iter().fold(0, append))
}

/// ISO 7064 MOD 11,10 over digits, check digit last.
pub fn mod_11_10_holds(text: &str) -> bool {
    let Some((body, check)) = text.split_at_checked(text.len().saturating_sub(1)) else { return false };
    let step = |product: u32, c: char| {
        let sum = (product + c.to_digit(10).unwrap_or_default()) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    };
    (body.chars().fold(10, step) + digit(check, 0)) % 10 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_sums_of_the_standards_hold() {
        assert_eq!(modulo_97("3214282912345698765432161182"), Some(1), "GB82WEST12345698765432 rearranged");
        assert_eq!(modulo_97("WEST12345698765432GB82"), Some(1));
        assert!(mod_11_10_holds("07945") && !mod_11_10_holds("07946"), "the example of ISO 7064");
        assert_eq!(weighted_from_end("1234", &[2, 3]), 4 * 2 + 3 * 3 + 2 * 2 + 3);
    }

    #[test]
    fn missing_parts_count_as_nothing() {
        assert_eq!((number("12", 1..5), digit("12", 7), part("é", 0..1)), (0, 0, ""));
        assert!(fits("A1", "A9") && !fits("A1", "A99") && !fits("a1", "A9"));
        assert!(!mod_11_10_holds("") && date(2023, 2, 29).is_none());
    }
}
