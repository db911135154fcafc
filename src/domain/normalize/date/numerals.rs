//! Numbers in words: Chinese numerals, positional (二〇二三) and with units (两千零二十三), and English ones.

use super::super::super::text::width;

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value.
    pub value: u64,
    /// The digits it is written with, leading zeros too; for a number with units, the digits of its value.
    pub digits: usize,
}

/// Whether a character is part of a Chinese number.
pub(super) fn is_han(c: char) -> bool {
    width::han_digit(c).is_some() || unit(c).is_some() || matches!(c, '廿' | '卅')
}

fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// Reads a number in Arabic or Chinese digits; `None` for anything else.
pub(super) fn parse(text: &str) -> Option<Number> {
    let digit = |c: char| c.to_digit(10).or_else(|| width::han_digit(c));
    let length = text.chars().count();
    if length == 0 || length > 18 {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) {
        let value = text.chars().filter_map(digit).fold(0, |value: u64, d| value * 10 + u64::from(d));
        return Some(Number { value, digits: length });
    }
    let (mut value, mut pending, mut last_unit) = (0, None, u64::MAX);
    for c in text.chars() {
        if let Some(digit) = digit(c) {
            // 一二十 is no number; 零 only fills.
            if pending.is_some_and(|p| p != 0) {
                return None;
            }
            pending = Some(u64::from(digit));
        } else if let Some(tens) = [('廿', 20), ('卅', 30)].iter().find(|(name, _)| *name == c) {
            value += tens.1;
            last_unit = 10;
        } else {
            let unit = unit(c).filter(|unit| *unit < last_unit)?;
            value += pending.take().unwrap_or(1) * unit;
            last_unit = unit;
        }
    }
    value += pending.unwrap_or(0);
    Some(Number { value, digits: usize::try_from(value.checked_ilog10().unwrap_or(0)).unwrap_or(0) + 1 })
}

/// 2023 → 二〇二三.
pub(super) fn in_han_digits(number: u32) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    number.to_string().chars().filter_map(|c| c.to_digit(10).and_then(|d| DIGITS.get(d as usize))).collect()
}

/// The value of an English number word, cardinal or ordinal: `twenty`, `third`, `oh`.
pub(super) fn english(word: &str) -> Option<u32> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const IRREGULAR: [(&str, u32); 8] = [
        ("first", 1),
        ("second", 2),
        ("third", 3),
        ("fifth", 5),
        ("eighth", 8),
        ("ninth", 9),
        ("twelfth", 12),
        ("oh", 0),
    ];
    let plain = word.strip_suffix("th").unwrap_or(word);
    let position = |names: &[&str], word: &str| names.iter().position(|name| *name == word);
    let tens = |word: &str| position(&TENS, word).map(|i| i * 10 + 20);
    let ordinal_tens = word.strip_suffix("ieth").map(|stem| format!("{stem}y"));
    IRREGULAR.iter().find(|(name, _)| *name == word).map(|(_, value)| *value).or_else(|| {
        let value = position(&SMALL, word)
            .or_else(|| position(&SMALL, plain))
            .or_else(|| tens(word))
            .or_else(|| tens(ordinal_tens.as_deref()?))?;
        u32::try_from(value).ok()
    })
}

/// The value of a run of English number words: `twenty two` 22, `two thousand and eighteen` 2018, `nineteen oh one`
/// 1901, `twenty eighteen` 2018.
pub(super) fn english_run(words: &[&str]) -> Option<u32> {
    let mut values = Vec::new();
    for word in words.iter().filter(|word| **word != "and") {
        values.push(match *word {
            "hundred" => 100,
            "thousand" => 1000,
            word => english(word)?,
        });
    }
    if let Some(at) = values.iter().position(|value| *value == 1000) {
        let (before, after) = (values.get(..at)?, values.get(at + 1..)?);
        return Some(below_thousand(before).filter(|n| *n > 0)? * 1000 + below_thousand(after)?);
    }
    if values.contains(&100) {
        return below_thousand(&values);
    }
    below_hundred(&values).or_else(|| {
        // Years are spoken in two halves.
        (1..values.len()).find_map(|at| {
            let (first, second) = (values.get(..at)?, values.get(at..)?);
            let second = match second {
                [0, ones] => *ones,
                other => below_hundred(other).filter(|n| *n >= 10)?,
            };
            below_hundred(first).filter(|n| *n >= 10).map(|first| first * 100 + second)
        })
    })
}

fn below_thousand(values: &[u32]) -> Option<u32> {
    match values {
        [hundreds, 100, rest @ ..] if *hundreds < 100 => Some(hundreds * 100 + below_hundred(rest)?),
        rest => below_hundred(rest),
    }
}

fn below_hundred(values: &[u32]) -> Option<u32> {
    match values {
        [] => Some(0),
        [single] if *single < 100 => Some(*single),
        [tens, ones] if *tens >= 20 && *tens < 100 && tens % 10 == 0 && (1..10).contains(ones) => Some(tens + ones),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        let cases = [
            ("二〇二三", Some((2023, 4))),
            ("二十九", Some((29, 2))),
            ("十", Some((10, 2))),
            ("两千零四", Some((2004, 4))),
            ("两千", Some((2000, 4))),
            ("一千九百八十五", Some((1985, 4))),
            ("廿三", Some((23, 2))),
            ("09", Some((9, 2))),
            ("三六七", Some((367, 3))),
            ("", None),
            ("十百", None),
            ("x", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).map(|number| (number.value, number.digits)), expected, "{text}");
        }
        let spoken = [
            ("twenty two", Some(22)),
            ("two thousand and eighteen", Some(2018)),
            ("two thousand", Some(2000)),
            ("nineteen oh one", Some(1901)),
            ("twenty eighteen", Some(2018)),
            ("nineteen eighty five", Some(1985)),
            ("nineteen hundred", Some(1900)),
            ("twenty first", Some(21)),
            ("thirtieth", Some(30)),
            ("two two", None),
        ];
        for (text, expected) in spoken {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(english_run(&words), expected, "{text}");
        }
    }
}
