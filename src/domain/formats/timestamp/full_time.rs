//! RFC 3339 时间, full-time: `hh:mm:ss[.fraction]` with `Z` or `±hh:mm`.
//!
//! Second 60 only where it is 23:59:60 in UTC.
//! Source: RFC 3339 §5.6, §5.7 (from memory, 2026-11-22). Examples: 08:30:06Z, 15:59:60.5-08:00.

use super::clock::{self, Cursor};
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, shape};

/// RFC 3339 时间.
pub const FORMAT: Declared = Declared {
    code: "timestamp.full_time",
    name_zh: "RFC 3339 时间",
    name_en: "RFC 3339 full-time",
    source: "RFC 3339 §5.6",
    example: "08:30:06+08:00",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let mut cursor = Cursor::new(input);
    match clock::full_time(&mut cursor).filter(|_| cursor.rest().is_empty()) {
        Some(time) if time.in_range && !time.misplaced_leap_second => Checked::valid(input),
        Some(_) => clock::out_of_range(input),
        None => shape::wrong_shape(input.to_owned()),
    }
}
