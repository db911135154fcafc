//! 德国电子发票路由号, German Leitweg-ID.
//!
//! Structure: coarse address of 2–12 digits (the first two: state 01–16, or 99 federal), `-` and fine address of up to
//! 30 letters and digits (may be left out), `-` and 2 check digits; at most 46 characters.
//! Check rule: ISO 7064 MOD 97-10 without the hyphens.
//! Source: KoSIT, Formatspezifikation Leitweg-ID (from memory, 2026-11-22).
//! Examples: 05370032-TEST12-08, 991-01234-38.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 德国电子发票路由号.
pub const FORMAT: Declared = Declared {
    code: "de.leitweg",
    name_zh: "德国电子发票路由号",
    name_en: "German Leitweg-ID",
    source: "KoSIT, Formatspezifikation Leitweg-ID",
    example: "05370032-TEST12-08",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, "");
    if text.chars().count() > 46 {
        return shape::wrong_length(text, "5–46");
    }
    let Some(coarse) = split(&text) else { return shape::wrong_shape(text) };
    let state = numeric::number(coarse, 0..2);
    if !matches!(state, 1..=16 | 99) {
        return shape::wrong_component(text, "前两位不是联邦州", "the first two digits are no state");
    }
    let holds = numeric::modulo_97(&text.replace('-', "")) == Some(1);
    numeric::proved(text, holds)
}

/// The coarse address, when the whole has the shape.
fn split(text: &str) -> Option<&str> {
    let (rest, check) = text.rsplit_once('-')?;
    let (coarse, fine) = rest.split_once('-').unwrap_or((rest, ""));
    let fits = shape::is_digits(coarse) && (2..=12).contains(&coarse.len()) && numeric::fits(check, "99");
    (fits && fine.len() <= 30 && fine.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(coarse)
}
