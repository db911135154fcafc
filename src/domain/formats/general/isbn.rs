//! 国际标准书号, International standard book number (ISBN).
//!
//! Structure (13): 978 or 979 (not 9790, which is music), group, publisher, title, 1 check digit. Old (10): without
//! 978, check character 0–9 or X. The old form is kept as it is.
//! Check (13): that of EAN. Check (10): Σ dᵢ·wᵢ (10 9 … 1) mod 11 = 0, X = 10.
//! Source: ISO 2108:2017 (from memory, 2026-11-22).
//! Computed examples: 9787111001232, 7111001230.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::ean, general::numeric, shape};

/// 国际标准书号.
pub const FORMAT: Declared = Declared {
    code: "isbn",
    name_zh: "国际标准书号",
    name_en: "International standard book number (ISBN)",
    source: "ISO 2108:2017",
    example: "9787111001232",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    let number = number.strip_prefix("ISBN").map(|rest| rest.trim_start_matches(':').to_owned()).unwrap_or(number);
    let digits = number.strip_suffix('X').filter(|_| number.len() == 10).unwrap_or(&number);
    if !digits.is_empty() && !shape::is_digits(digits) {
        return shape::wrong_alphabet(number);
    }
    if let Some(fault) = numeric::length_fault(&number, &[10, 13]) {
        return fault;
    }
    if number.len() == 13 {
        if !ean::holds(&number) {
            return shape::wrong_check_digit(number);
        }
        if number.starts_with("978") || (number.starts_with("979") && !number.starts_with("9790")) {
            return Checked::valid(number);
        }
        return shape::wrong_component(number, "书号以 978 或 979 开头", "a book number starts with 978 or 979");
    }
    let last = if number.ends_with('X') { 10 } else { 0 };
    let sum = numeric::dot(digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) + last;
    numeric::proved(number, sum.is_multiple_of(11))
}

/// Registration groups with the ranges of their registrants: first and last, with as many digits as registrants have
/// (International ISBN Agency, from memory, 2026-11-22): groups that are not here are not taken apart.
const RANGES: &[(&str, &str)] = &[
    ("0", "00-19 200-699 7000-8499 85000-89999 900000-949999 9500000-9999999"),
    ("1", "01-06 100-399 4000-5499 55000-86979 869800-998999 9990000-9999999"),
    ("2", "00-19 200-349 35000-39999 400-699 7000-8399 84000-89999 900000-949999 9500000-9999999"),
    ("3", "04-19 200-699 7000-8499 85000-89999 900000-949999"),
    ("4", "00-19 200-699 7000-8499 85000-89999 900000-949999 9500000-9999999"),
    ("7", "00-09 100-499 5000-7999 80000-89999 900000-999999"),
    ("957", "00-02 0300-0499 05-19 2000-2099 21-27 28000-30999 31-43 440-819 8200-9699 97000-99999"),
    ("962", "00-19 200-699 7000-8499 85000-86999 8700-8999 900-999"),
    ("986", "00-11 120-559 5600-7999 80000-99999"),
    ("988", "00-11 12000-19999 200-739 74000-76999 77000-79999 8000-9699 97000-99999"),
];

/// The number with its hyphens; `None` where the ranges of its group are not known here.
pub fn hyphenated(normal: &str) -> Option<String> {
    let (prefix, body) = match normal.len() {
        10 => ("", normal),
        13 if normal.starts_with("978") => normal.split_at_checked(3)?,
        _ => return None,
    };
    let (group, ranges) = RANGES.iter().find(|(group, _)| body.starts_with(group))?;
    let rest = body.get(group.len()..)?;
    let (number, last) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
    let length = ranges.split(' ').find_map(|range| {
        let (from, to) = range.split_once('-')?;
        let registrant = number.get(..from.len())?;
        (from <= registrant && registrant <= to).then_some(from.len())
    })?;
    let (registrant, title) = number.split_at_checked(length).filter(|(_, title)| !title.is_empty())?;
    let separator = if prefix.is_empty() { "" } else { "-" };
    Some(format!("{prefix}{separator}{group}-{registrant}-{title}-{last}"))
}
