//! 奥地利公司登记号, Austria Firmenbuchnummer.
//!
//! Structure (2–7): up to 6 digits, 1 lower-case check letter; the prefix FN is dropped.
//! Check rule: the number modulo 17 as an index into `abdfghikmpstvwxyz`.
//! Source: Firmenbuchgesetz (FBG), § 30 (from memory, 2026-11-22).
//! Examples: 123456d, 98765v.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 奥地利公司登记号.
pub const FORMAT: Declared = Declared {
    code: "at.businessid",
    name_zh: "奥地利公司登记号",
    name_en: "Austria Firmenbuchnummer",
    source: "Firmenbuchgesetz (FBG), § 30",
    example: "123456d",
    check_digit: true,
    check,
};

const LETTERS: &str = "abdfghikmpstvwxyz";

fn check(input: &str) -> Checked {
    let text = numeric::without_prefix(shape::compact(input, " -."), &["FN"]).to_ascii_lowercase();
    if !(2..=7).contains(&text.chars().count()) {
        return shape::wrong_length(text, "2–7");
    }
    let Some((digits, letter)) = text.char_indices().next_back().and_then(|(end, c)| Some((text.get(..end)?, c)))
    else {
        return shape::wrong_shape(text);
    };
    if !shape::is_digits(digits) || !letter.is_ascii_lowercase() {
        return shape::wrong_shape(text);
    }
    let holds = LETTERS.chars().nth((numeric::number(digits, 0..digits.len()) % 17) as usize) == Some(letter);
    numeric::proved(text, holds)
}
