//! 时刻, time of day: `hh:mm` or `hh:mm:ss`, the seconds with an optional fraction.
//!
//! Normal form: 24-hour clock with two digits each. A 12-hour clock (7:00 AM) and 24:00 can be understood but are not
//! how the standard writes a time of day; the suggestion is.
//! Source: GB/T 7408.1, ISO 8601-1 (from memory, 2026-11-22). Examples: 08:30, 23:59:59.5.

use super::clock::Cursor;
use crate::domain::action::Action;
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, shape};

/// 时刻.
pub const FORMAT: Declared = Declared {
    code: "timestamp.time",
    name_zh: "时刻",
    name_en: "time of day",
    source: "ISO 8601-1, GB/T 7408.1",
    example: "08:30",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let Some(read) = read(input) else { return shape::wrong_shape(input.to_owned()) };
    let leap = read.second == Some(60);
    let midnight = read.hour == 24 && read.minute == 0 && read.second.is_none_or(|second| second == 0);
    let hours = if read.afternoon.is_some() { 1..=12 } else { 0..=23 };
    if !(hours.contains(&read.hour) || midnight) || read.minute > 59 || read.second.is_some_and(|s| s > 60) {
        return shape::wrong_component(input.to_owned(), "时刻不存在", "no such time of day");
    }
    let hour = match read.afternoon {
        Some(afternoon) => read.hour % 12 + if afternoon { 12 } else { 0 },
        None => read.hour,
    };
    let seconds = read.second.map_or_else(String::new, |second| format!(":{second:02}{}", read.fraction));
    let normal = format!("{hour:02}:{:02}{seconds}", read.minute);
    let mut checked = Checked::valid(normal.as_str());
    if normal != input {
        checked.act(Action::SeparatorsNormalized);
    }
    if read.afternoon.is_some() {
        let (zh, en) = ("应使用 24 小时制", "the 24-hour clock should be used");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Format, zh, en).suggest(normal, zh, en));
    } else if midnight || leap {
        let (zh, en) = ("一日之末或闰秒", "the end of a day or a leap second");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Ambiguous, zh, en));
    }
    checked
}

struct Read<'a> {
    hour: u32,
    minute: u32,
    second: Option<u32>,
    fraction: &'a str,
    /// A 12-hour clock, and whether it says PM.
    afternoon: Option<bool>,
}

fn read(input: &str) -> Option<Read<'_>> {
    let mut cursor = Cursor::new(input);
    let hour = cursor.digit_run().filter(|run| run.len() <= 2)?.parse().ok()?;
    cursor.one_of(&[':'])?;
    let minute = cursor.digits(2)?;
    let second = if cursor.one_of(&[':']).is_some() { Some(cursor.digits(2)?) } else { None };
    let before = cursor.rest();
    let mut fraction = "";
    if second.is_some() && cursor.one_of(&['.']).is_some() {
        cursor.digit_run()?;
        fraction = before.get(..before.len() - cursor.rest().len())?;
    }
    let afternoon = match cursor.rest().trim_start_matches(' ').to_ascii_uppercase().as_str() {
        "" if cursor.rest().is_empty() => None,
        "AM" | "A.M." => Some(false),
        "PM" | "P.M." => Some(true),
        _ => return None,
    };
    Some(Read { hour, minute, second, fraction, afternoon })
}
