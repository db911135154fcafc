//! Text before meaning: transport dirt, width, Han variants, scripts, pinyin, placeholders.

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
