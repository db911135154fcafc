//! Writing in Latin letters what is written in another alphabet, so that names can be compared across scripts.
//!
//! Cyrillic, Greek, kana and Hangul follow [`script::romanize`]; the other alphabets (Arabic, Hebrew, Armenian, Georgian,
//! Thai, Khmer, the Indic ones …) follow the tables of the crate `any_ascii`. The result is for comparison, not for
//! display: Arabic and Hebrew leave the short vowels out (`mhmd`). Han characters stay; they have readings of their own.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::script::{self, Script};

/// Whether a text has letters of an alphabet that only the wide tables know: neither Latin, Han, kana, Hangul, Cyrillic
/// nor Greek.
pub fn is_other_alphabet(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_other)
}

/// The text in Latin letters, Han characters excepted. Latin letters keep their diacritics.
pub fn to_latin(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let romanized = script::romanize(text);
    if !romanized.chars().any(is_other) {
        return Cow::Owned(romanized);
    }
    let mut out = String::with_capacity(romanized.len());
    for c in romanized.chars() {
        match c {
            // Signs that join or part letters within a word.
            '\u{200C}' | '\u{200D}' | '\u{0640}' => {}
            c if is_other(c) => {
                let letters = any_ascii::any_ascii_char(c).chars();
                out.extend(letters.filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_other(c: char) -> bool {
    match Script::of(c) {
        Some(Script::Arabic | Script::Hebrew | Script::Thai | Script::Tibetan | Script::Other) => true,
        Some(_) => false,
        None => !matches!(c, '\u{0300}'..='\u{036F}') && is_combining_mark(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alphabets_become_latin() {
        let cases = [
            ("José Müller", "José Müller"),
            ("Владимир", "vladimir"),
            ("محمد بن سلمان", "mhmd bn slmn"),
            ("Բարակ Օբամա", "barak obama"),
            ("ბარაკ ობამა", "barak obama"),
            ("नरेन्द्र", "nrendr"),
            ("王伟", "王伟"),
            ("Smith", "Smith"),
        ];
        for (text, latin) in cases {
            assert_eq!(to_latin(text), latin, "{text}");
        }
        assert!(is_other_alphabet("بن") && !is_other_alphabet("Пётр 王 ひ e\u{301}"));
    }
}
