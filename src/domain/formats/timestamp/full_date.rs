//! RFC 3339 日期, full-date: `yyyy-mm-dd` and nothing else.
//!
//! Structure (10): 4 digits year, hyphen, 2 digits month, hyphen, 2 digits day that the Gregorian calendar has.
//! Source: RFC 3339 §5.6 (from memory, 2026-11-22). Examples: 1985-03-12, 2000-02-29.

use super::clock::{self, Cursor};
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, shape};

/// RFC 3339 日期.
pub const FORMAT: Declared = Declared {
    code: "timestamp.full_date",
    name_zh: "RFC 3339 日期",
    name_en: "RFC 3339 full-date",
    source: "RFC 3339 §5.6",
    example: "1985-03-12",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let mut cursor = Cursor::new(input);
    match clock::full_date(&mut cursor).filter(|_| cursor.rest().is_empty()) {
        Some(true) => Checked::valid(input),
        Some(false) => clock::out_of_range(input),
        None => shape::wrong_shape(input.to_owned()),
    }
}
