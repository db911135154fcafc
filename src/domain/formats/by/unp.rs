//! 白俄罗斯纳税人号, Belarus UNP (УНП, Учетный номер плательщика).
//!
//! Structure (9): 1 character region (1–7, for persons A B C E H K M), 1 digit or for persons a letter of ABCEHKMOPT, 6
//! digits, 1 check digit. Cyrillic letters become the Latin ones they look like; УНП or UNP before it is dropped.
//! Check rule: weights 29 23 19 17 13 7 5 3 over the values (region letter A = 10, second letter its place in
//! ABCEHKMOPT), Σ mod 11; 10 is not issued.
//! Source: Ministry of Taxes and Duties of Belarus (from memory, 2026-11-22).
//! Examples: 190123455, MA1234569.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 白俄罗斯纳税人号.
pub const FORMAT: Declared = Declared {
    code: "by.unp",
    name_zh: "白俄罗斯纳税人号",
    name_en: "Belarus UNP (УНП, Учетный номер плательщика)",
    source: "Ministry of Taxes and Duties of Belarus",
    example: "190123455",
    check_digit: true,
    check,
};

const SECOND_LETTERS: &str = "ABCEHKMOPT";

fn check(input: &str) -> Checked {
    let compacted = numeric::without_prefix(shape::compact(input, " -."), &["УНП", "UNP"]);
    let text: String = compacted.chars().map(latin_lookalike).collect();
    if text.chars().count() != 9 {
        return shape::wrong_length(text, "9");
    }
    let person = numeric::letter(&text, 0).is_ascii_uppercase();
    if !numeric::fits(&text, if person { "AA9999999" } else { "999999999" }) {
        return shape::wrong_shape(text);
    }
    if !"1234567ABCEHKM".contains(numeric::letter(&text, 0)) {
        return shape::wrong_component(text, "首位不是地区", "the first character is no region");
    }
    let Some(values) = values(&text) else {
        return shape::wrong_component(text, "第二位字母不允许", "the second letter is not allowed");
    };
    let sum: u32 = values.iter().zip([29, 23, 19, 17, 13, 7, 5, 3]).map(|(value, weight)| value * weight).sum();
    let holds = sum % 11 == numeric::digit(&text, 8);
    let mut checked = numeric::proved(text, holds);
    checked.fact("entity_type", if person { "person" } else { "company" });
    checked
}

fn values(text: &str) -> Option<Vec<u32>> {
    let value = |(position, c): (usize, char)| match c {
        c if position == 1 && c.is_ascii_uppercase() => {
            SECOND_LETTERS.chars().zip(0..).find(|(l, _)| *l == c).map(|(_, v)| v)
        }
        c => c.to_digit(36),
    };
    text.chars().enumerate().map(value).collect()
}

fn latin_lookalike(c: char) -> char {
    match c {
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'К' => 'K',
        other => other,
    }
}
