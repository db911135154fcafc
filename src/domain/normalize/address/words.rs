//! Folded words of foreign addresses in one text: `15 Keyuan Rd.` is `15 keyuan rd`.

use super::foreign_words::ABBREVIATIONS;
use crate::domain::text::{latin, script};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The folded words of a text, in Latin letters, with one blank between them.
pub fn plain(text: &str) -> String {
    if text.is_ascii() { latin_words(text) } else { latin_words(&script::romanize(text)) }
}

/// The folded words of a text, in whatever letters they are written.
pub fn latin_words(text: &str) -> String {
    if !text.is_ascii() {
        return latin::words(text).join(" ");
    }
    // Most are words and single blanks already.
    let text = text.trim_ascii();
    let mut before = b' ';
    let tidy = text.bytes().all(|byte| {
        let fits = byte.is_ascii_alphanumeric() || byte == b' ' && before != b' ';
        before = byte;
        fits
    });
    if tidy {
        return text.to_ascii_lowercase();
    }
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut parted = false;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            if parted && !out.is_empty() {
                out.push(b' ');
            }
            parted = false;
            out.push(byte.to_ascii_lowercase());
        } else {
            // O'Brien is one word.
            parted |= !matches!(byte, b'\'' | b'`');
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Folded words with the common abbreviations of street types and directions.
pub fn folded(text: &str) -> String {
    shortened(&plain(text))
}

/// The same of words that are folded already.
pub fn shortened(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for word in of(plain) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(abbreviated(word));
    }
    out
}

/// The words of a folded text.
pub fn of(plain: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    plain.split_ascii_whitespace()
}

/// The first word and the rest; the first is empty where there is none.
pub fn split_first(plain: &str) -> (&str, &str) {
    // Words are short: no search routine is set up for them.
    let blank = plain.bytes().position(|byte| byte == b' ');
    blank.and_then(|at| Some((plain.get(..at)?, plain.get(at + 1..)?))).unwrap_or((plain, ""))
}

/// What stands before the last word, and the last word.
pub fn split_last(plain: &str) -> (&str, &str) {
    let blank = plain.bytes().rposition(|byte| byte == b' ');
    blank.and_then(|at| Some((plain.get(..at)?, plain.get(at + 1..)?))).unwrap_or(("", plain))
}

/// The words without the blanks between them.
pub fn joined(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    out.extend(of(plain));
    out
}

/// The short form of a word.
pub fn abbreviated(word: &str) -> &str {
    // Hauptstraße and Hauptstr., Damstraat and Damstr.
    for (long, kept) in [("strasse", "str"), ("straat", "str")] {
        if let Some(name) = word.strip_suffix(long).filter(|name| name.len() > 1) {
            return word.get(..name.len() + kept.len()).unwrap_or(word);
        }
    }
    SHORT_FORMS.get(word).copied().unwrap_or(word)
}

static SHORT_FORMS: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| ABBREVIATIONS.iter().copied().collect());
