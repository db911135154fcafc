//! Parts of a number: digits at a place, days that exist, prefixes, simple patterns.

use std::ops::Range;

use super::shape;
use crate::domain::date::CivilDate;
use crate::domain::finding::Checked;

/// The number that stands at these places; `None` when there is anything but digits or nothing.
pub fn number_at(text: &str, range: Range<usize>) -> Option<u32> {
    let part = text.get(range)?;
    shape::is_digits(part).then(|| part.parse().ok())?
}

/// The day, when it exists.
pub fn date(year: u32, month: u32, day: u32) -> Option<CivilDate> {
    CivilDate::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// Whether a day with a year of two digits exists in the 20th or the 21st century.
pub fn short_date_exists(year: u32, month: u32, day: u32) -> bool {
    date(1900 + year, month, day).or_else(|| date(2000 + year, month, day)).is_some()
}

/// The sex that an odd or even number stands for in most countries: odd for men.
pub fn gender(number: u32) -> &'static str {
    if number % 2 == 1 { "M" } else { "F" }
}

/// The text without the first of these prefixes that it has.
pub fn without_prefix(text: String, prefixes: &[&str]) -> String {
    let rest = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)).map(str::to_owned);
    rest.unwrap_or(text)
}

/// Whether every character fits: `#` a digit, `@` a capital letter, `*` either; others stand for themselves.
pub fn has_shape(text: &str, pattern: &str) -> bool {
    let fits = |(c, p): (char, char)| match p {
        '#' => c.is_ascii_digit(),
        '@' => c.is_ascii_uppercase(),
        '*' => c.is_ascii_digit() || c.is_ascii_uppercase(),
        literal => c == literal,
    };
    text.chars().count() == pattern.chars().count() && text.chars().zip(pattern.chars()).all(fits)
}

/// The verdict on text that is not all digits or of none of these lengths; `None` when it is.
pub fn wrong_digits(text: &str, lengths: &[usize]) -> Option<Checked> {
    if !lengths.contains(&text.chars().count()) {
        let expected: Vec<String> = lengths.iter().map(usize::to_string).collect();
        return Some(shape::wrong_length(text.to_owned(), &expected.join("/")));
    }
    (!shape::is_digits(text)).then(|| shape::wrong_alphabet(text.to_owned()))
}

/// Whether the last character is the one that the alphabet has at this index.
pub fn ends_with_nth(text: &str, alphabet: &str, index: u32) -> bool {
    let expected = alphabet.chars().nth(index as usize);
    expected.is_some() && expected == text.chars().last()
}

/// The remainder of a decimal number of any length; `None` when there is anything but digits.
pub fn remainder(digits: &str, modulus: u32) -> Option<u32> {
    let modulus = u64::from(modulus).max(1);
    let step = |rest: u64, c: char| Some((rest * 10 + u64::from(c.to_digit(10)?)) % modulus);
    digits.chars().try_fold(0u64, step).and_then(|rest| u32::try_from(rest).ok())
}

/// The remainder of ISO 7064 MOD 97-10 with letters as 10 to 35; 1 when the check digits fit.
pub fn mod97(text: &str) -> Option<u32> {
    let step = |rest: u32, value: u32| (rest * if value < 10 { 10 } else { 100 } + value) % 97;
    Some(shape::values(text)?.into_iter().fold(0, step))
}

/// The verdict on a date of birth that no calendar has.
pub fn impossible_date(normal: String) -> Checked {
    shape::wrong_component(normal, "出生日期不存在", "the date of birth does not exist")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_without_guessing() {
        assert_eq!(number_at("12a4", 0..2), Some(12));
        assert_eq!(number_at("12a4", 1..3), None);
        assert_eq!(number_at("12", 1..3), None);
        assert_eq!(number_at("é1", 1..2), None, "inside a character");
        assert!(short_date_exists(0, 2, 29) && !short_date_exists(1, 2, 29));
        assert!(has_shape("A1-Z", "@#-*") && !has_shape("A1-", "@#-*"));
        assert_eq!(remainder("00123456789", 97), Some(39));
        assert_eq!((mod97("a"), mod97("")), (None, Some(0)));
        assert_eq!(mod97("NWBK60161331926819GB29"), Some(1));
        assert!(ends_with_nth("12X", "0X", 1) && !ends_with_nth("12X", "0X", 7));
    }
}
