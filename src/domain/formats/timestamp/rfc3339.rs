//! RFC 3339 时间戳, timestamp as software writes it: a date-time whose separator may be a blank.
//!
//! Normal form: T and Z as capitals. A second 60 that is not 23:59:60 in UTC fits the grammar but names no second.
//! Source: RFC 3339 §5.6 with its note on the separator (from memory, 2026-11-22).
//! Examples: 1985-03-12 08:30:06Z, 1985-03-12T08:30:06.25+08:00.

use super::clock::{self, Cursor};
use crate::domain::action::Action;
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, shape};

/// RFC 3339 时间戳.
pub const FORMAT: Declared = Declared {
    code: "timestamp.rfc3339",
    name_zh: "RFC 3339 时间戳",
    name_en: "RFC 3339 timestamp",
    source: "RFC 3339 §5.6",
    example: "1985-03-12T08:30:06+08:00",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let mut cursor = Cursor::new(input);
    let mut read = || {
        let exists = clock::full_date(&mut cursor)?;
        cursor.one_of(&['T', 't', ' '])?;
        let time = clock::full_time(&mut cursor)?;
        cursor.rest().is_empty().then_some((exists, time))
    };
    let Some((exists, time)) = read() else { return shape::wrong_shape(input.to_owned()) };
    if !exists || !time.in_range {
        return clock::out_of_range(input);
    }
    let normal = input.replace([' ', 't'], "T").replace('z', "Z");
    let mut checked = Checked::valid(normal.as_str());
    if normal != input {
        checked.act(Action::SeparatorsNormalized);
    }
    if time.misplaced_leap_second {
        clock::doubt_leap_second(&mut checked);
    }
    checked
}
