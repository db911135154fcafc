//! What the numbers of persons in Taiwan share: the letter of the place and the check digit.

use crate::domain::finding::Checked;
use crate::domain::formats::shape;

/// The places in the order of their numbers from 10 on, with their letters.
const PLACES: &[(char, &str)] = &[
    ('A', "台北市"),
    ('B', "台中市"),
    ('C', "基隆市"),
    ('D', "台南市"),
    ('E', "高雄市"),
    ('F', "新北市"),
    ('G', "宜兰县"),
    ('H', "桃园市"),
    ('J', "新竹县"),
    ('K', "苗栗县"),
    ('L', "台中县"),
    ('M', "南投县"),
    ('N', "彰化县"),
    ('P', "云林县"),
    ('Q', "嘉义县"),
    ('R', "台南县"),
    ('S', "高雄县"),
    ('T', "屏东县"),
    ('U', "花莲县"),
    ('V', "台东县"),
    ('X', "澎湖县"),
    ('Y', "阳明山"),
    ('W', "金门县"),
    ('Z', "连江县"),
    ('I', "嘉义市"),
    ('O', "新竹市"),
];

/// The verdict on a text that is not a letter, a letter or digit, and eight digits.
pub fn fault(number: &str) -> Option<Checked> {
    if number.chars().count() != 10 {
        return Some(shape::wrong_length(number.to_owned(), "10"));
    }
    if number.bytes().any(|b| !b.is_ascii_digit() && !b.is_ascii_uppercase()) {
        return Some(shape::wrong_alphabet(number.to_owned()));
    }
    let digits = number.get(2..).unwrap_or_default();
    let fits = number.starts_with(|c: char| c.is_ascii_uppercase()) && shape::is_digits(digits);
    (!fits).then(|| shape::wrong_shape(number.to_owned()))
}

/// Whether the check digit fits; a second letter counts as the last digit of its number.
pub fn holds(number: &str) -> bool {
    let mut values = Vec::with_capacity(11);
    for (place, c) in number.chars().enumerate() {
        match (place, code(c)) {
            (0, Some(code)) => values.extend([code / 10, code % 10]),
            (1, Some(code)) => values.push(code % 10),
            _ => values.push(c.to_digit(10).unwrap_or(0)),
        }
    }
    let sum: u32 = values.iter().zip([1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]).map(|(value, weight)| value * weight).sum();
    sum.is_multiple_of(10)
}

/// The place of the first letter, in its name when the letter was given.
pub fn region(number: &str) -> &'static str {
    let letter = number.chars().next();
    PLACES.iter().find(|(known, _)| Some(*known) == letter).map_or("", |(_, name)| name)
}

fn code(letter: char) -> Option<u32> {
    let place = PLACES.iter().position(|(known, _)| *known == letter)?;
    u32::try_from(place + 10).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_hold() {
        for number in ["A123456789", "B221690311", "A800000014", "AC01234567"] {
            assert!(fault(number).is_none() && holds(number), "{number}");
        }
        assert!(!holds("M517086311") && !holds("X231071922"));
        assert_eq!(region("A123456789"), "台北市");
    }
}
