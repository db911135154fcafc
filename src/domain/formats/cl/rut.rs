//! 智利税号, Chile RUT/RUN (Rol Único Tributario).
//!
//! Structure (7–9): 6–8 digits, 1 check character 0–9 or K; the country code CL is dropped.
//! Check rule: weights 2–7 repeated from the right, 11 − Σ mod 11; 10 is K, 11 is 0.
//! Source: SII and Registro Civil, DFL 3 of 1969 (from memory, 2026-11-22).
//! Examples: 123456785, 76543216.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 智利税号.
pub const FORMAT: Declared = Declared {
    code: "cl.rut",
    name_zh: "智利税号",
    name_en: "Chile RUT/RUN (Rol Único Tributario)",
    source: "SII and Registro Civil, DFL 3 of 1969",
    example: "123456785",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = numeric::without_prefix(shape::compact(input, " -."), &["CL"]);
    let length = text.chars().count();
    if !(7..=9).contains(&length) {
        return shape::wrong_length(text, "7–9");
    }
    let body = numeric::part(&text, 0..length - 1);
    let last = numeric::letter(&text, length - 1);
    if !shape::is_digits(body) || !(last.is_ascii_digit() || last == 'K') {
        return shape::wrong_alphabet(text);
    }
    let expected = match 11 - numeric::weighted_from_end(body, &[2, 3, 4, 5, 6, 7]) % 11 {
        10 => Some('K'),
        rest => char::from_digit(rest % 11, 10),
    };
    let holds = expected == Some(last);
    numeric::proved(text, holds)
}
