//! Text before meaning: transport dirt, width, Han variants, scripts, pinyin, placeholders.

use std::cmp::Ordering;

pub mod char_set;
pub mod clean;
pub mod han;
pub mod latin;
pub mod name_words;
pub mod pinyin;
pub mod placeholder;
pub mod script;
pub mod sound;
pub mod transliterate;
pub mod width;

pub use clean::{Cleaned, clean, clean_dirty, is_plain};
pub use placeholder::is_missing;

/// Whether two texts that are often empty are equal.
///
/// The C library compares bytes under a mask where the processor has AVX-512. An empty text stands at no address, and processors take a hundred
/// times longer over masked bytes at an address that is none.
#[inline]
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && (a.is_empty() || a == b)
}

/// The order of two texts that are often empty, for the same reason.
#[inline]
pub fn order(a: &str, b: &str) -> Ordering {
    if a.is_empty() || b.is_empty() { a.len().cmp(&b.len()) } else { a.cmp(b) }
}
