//! 语言标签, Language tag (locale).
//!
//! Structure: language (2–3 letters with up to three extended ones of 3, or 4–8), script (4 letters), region (2 letters
//! or 3 digits), variants (5–8 characters, or 4 with a digit in front), extensions (one character and parts of 2–8),
//! private use (`x` and parts of 1–8); parted by hyphens. `_` before a script or region is the way of POSIX. Whether the
//! subtags are registered is not looked at. Source: BCP 47, RFC 5646 §2.1 (from memory, 2026-11-22).
//! Examples: zh-Hans-CN, en-US.

use std::iter::Peekable;
use std::str::Split;

use crate::domain::action::Action;
use crate::domain::finding::Checked;
use crate::domain::formats::code::listed::title_case;
use crate::domain::formats::{declared::Declared, shape};

/// 语言标签.
pub const FORMAT: Declared = Declared {
    code: "code.language_tag",
    name_zh: "语言标签",
    name_en: "Language tag (locale)",
    source: "BCP 47, RFC 5646",
    example: "zh-Hans-CN",
    check_digit: false,
    check,
};

/// Tags registered before RFC 4646 that its grammar does not cover.
const GRANDFATHERED: &[&str] = &[
    "en-gb-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-be-fr",
    "sgn-be-nl",
    "sgn-ch-de",
];

type Subtags<'a> = Peekable<Split<'a, char>>;

fn check(input: &str) -> Checked {
    let text = input.trim();
    let lower = text.to_ascii_lowercase();
    if GRANDFATHERED.contains(&lower.as_str()) {
        return Checked::valid(lower);
    }
    let (head, rest) = text.split_once('_').map_or((text, None), |(head, rest)| (head, Some(rest)));
    let joined = rest.map(|rest| format!("{head}-{}", rest.replace('_', "-")));
    let mut subtags = joined.as_deref().unwrap_or(text).split('-').peekable();
    match canonical(&mut subtags, rest.is_none()) {
        Some(normal) if subtags.peek().is_none() => {
            let mut checked = Checked::valid(normal);
            if checked.normal != text {
                checked.act(if joined.is_some() { Action::SeparatorsNormalized } else { Action::CaseFolded });
            }
            checked
        }
        _ => shape::wrong_shape(text.to_owned()),
    }
}

/// The tag in the case that RFC 5646 §2.1.1 recommends; `None` when the grammar does not have it.
fn canonical(subtags: &mut Subtags, with_extended: bool) -> Option<String> {
    let is_private = |part: &&str| part.eq_ignore_ascii_case("x");
    let mut parts: Vec<String> = Vec::new();
    if subtags.peek().is_some_and(is_private) {
        return private_use(subtags).map(|parts| parts.join("-"));
    }
    let language = subtags.next().filter(|part| is_letters(part, 2, 8))?;
    parts.push(language.to_ascii_lowercase());
    let mut extended = 0;
    while with_extended && language.len() <= 3 && extended < 3 {
        let Some(part) = subtags.next_if(|part| is_letters(part, 3, 3)) else { break };
        parts.push(part.to_ascii_lowercase());
        extended += 1;
    }
    parts.extend(subtags.next_if(|part| is_letters(part, 4, 4)).map(title_case));
    let is_region = |part: &&str| is_letters(part, 2, 2) || part.len() == 3 && shape::is_digits(part);
    parts.extend(subtags.next_if(is_region).map(str::to_ascii_uppercase));
    while let Some(part) = subtags.next_if(|part| is_variant(part)) {
        parts.push(part.to_ascii_lowercase());
    }
    while let Some(single) = subtags.next_if(|part| is_alphanumeric(part, 1, 1) && !is_private(part)) {
        parts.push(single.to_ascii_lowercase());
        let before = parts.len();
        while let Some(part) = subtags.next_if(|part| is_alphanumeric(part, 2, 8)) {
            parts.push(part.to_ascii_lowercase());
        }
        if parts.len() == before {
            return None;
        }
    }
    if subtags.peek().is_some_and(is_private) {
        parts.extend(private_use(subtags)?);
    }
    Some(parts.join("-"))
}

/// `x` and at least one part after it.
fn private_use(subtags: &mut Subtags) -> Option<Vec<String>> {
    let mut parts: Vec<String> = subtags.next().into_iter().map(str::to_ascii_lowercase).collect();
    while let Some(part) = subtags.next_if(|part| is_alphanumeric(part, 1, 8)) {
        parts.push(part.to_ascii_lowercase());
    }
    (parts.len() > 1).then_some(parts)
}

fn is_letters(part: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
}

fn is_alphanumeric(part: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_variant(part: &str) -> bool {
    is_alphanumeric(part, 5, 8) || is_alphanumeric(part, 4, 4) && part.starts_with(|c: char| c.is_ascii_digit())
}
