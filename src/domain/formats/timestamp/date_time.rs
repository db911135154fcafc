//! RFC 3339 日期时间, date-time: `yyyy-mm-ddThh:mm:ss[.fraction]` with `Z` or `±hh:mm`, strictly.
//!
//! The separator is T or t; second 60 only where it is 23:59:60 in UTC.
//! Source: RFC 3339 §5.6, §5.7 (from memory, 2026-11-22). Examples: 1985-03-12T08:30:06Z, 1998-12-31T15:59:60-08:00.

use super::clock::{self, Cursor};
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, shape};

/// RFC 3339 日期时间.
pub const FORMAT: Declared = Declared {
    code: "timestamp.date_time",
    name_zh: "RFC 3339 日期时间（严格）",
    name_en: "RFC 3339 date-time, strict",
    source: "RFC 3339 §5.6",
    example: "1985-03-12T08:30:06+08:00",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    match read(input) {
        Some(true) => Checked::valid(input),
        Some(false) => clock::out_of_range(input),
        None => shape::wrong_shape(input.to_owned()),
    }
}

fn read(input: &str) -> Option<bool> {
    let mut cursor = Cursor::new(input);
    let exists = clock::full_date(&mut cursor)?;
    cursor.one_of(&['T', 't'])?;
    let time = clock::full_time(&mut cursor)?;
    cursor.rest().is_empty().then_some(exists && time.in_range && !time.misplaced_leap_second)
}
