//! A format declared by its texts and one check function: most national numbers need no more.

use super::IdFormat;
use crate::domain::finding::Checked;

/// A format whose value is its own match key.
pub struct Declared {
    /// The stable code, `country.name`.
    pub code: &'static str,
    /// Its name in simplified Chinese.
    pub name_zh: &'static str,
    /// Its name in English, with the national name where that is better known.
    pub name_en: &'static str,
    /// The standard, law or registry that it follows.
    pub source: &'static str,
    /// A computed, fictitious example that is valid.
    pub example: &'static str,
    /// Whether a check digit proves a valid value.
    pub check_digit: bool,
    /// Judges a value.
    pub check: fn(&str) -> Checked,
}

impl IdFormat for Declared {
    fn code(&self) -> &'static str {
        self.code
    }

    fn name_zh(&self) -> &'static str {
        self.name_zh
    }

    fn name_en(&self) -> &'static str {
        self.name_en
    }

    fn source(&self) -> &'static str {
        self.source
    }

    fn example(&self) -> &'static str {
        self.example
    }

    fn check(&self, input: &str) -> Checked {
        (self.check)(input)
    }

    fn has_check_digit(&self) -> bool {
        self.check_digit
    }
}
