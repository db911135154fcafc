//! ISO 8601 日期时间, date or date and time in the notations of ISO 8601.
//!
//! Dates: year, year and month (extended only), calendar, week and ordinal dates, basic or extended; years of more than
//! four digits with a sign. Times: hours, minutes, seconds, the last with a decimal fraction, basic or extended, 24:00,
//! with Z or an offset. Calendar and clock may differ in being basic or extended, as software writes them.
//! A blank instead of T is common but not of the standard.
//! Source: ISO 8601-1:2019, GB/T 7408.1 (from memory, 2026-11-22).
//! Examples: 1985-03-12T08:30:06+08:00, 1985W112, 1985-071.

use super::clock::{self, Cursor};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, shape};

/// ISO 8601 日期时间.
pub const FORMAT: Declared = Declared {
    code: "timestamp.iso8601",
    name_zh: "ISO 8601 日期时间",
    name_en: "ISO 8601 date or date-time",
    source: "ISO 8601-1, GB/T 7408.1",
    example: "1985-03-12T08:30:06+08:00",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let Some(read) = read(input) else { return shape::wrong_shape(input.to_owned()) };
    if !read.exists {
        return clock::out_of_range(input);
    }
    let mut checked = Checked::valid(input);
    if read.blank {
        let (zh, en) = ("日期与时间之间应为 T", "T should stand between date and time");
        let finding = Finding::with_detail(Defect::Format, zh, en).suggest(input.replacen(' ', "T", 1), zh, en);
        checked.worsen(Validity::Suspect, finding);
    }
    checked
}

struct Read {
    exists: bool,
    blank: bool,
}

fn read(input: &str) -> Option<Read> {
    let mut cursor = Cursor::new(input);
    let year = year(&mut cursor)?;
    let mut exists = day(&mut cursor, year)?;
    let mut blank = false;
    if !cursor.rest().is_empty() {
        blank = cursor.one_of(&['T', ' '])? == ' ';
        exists &= time(&mut cursor)?;
    }
    cursor.rest().is_empty().then_some(Read { exists, blank })
}

fn year(cursor: &mut Cursor) -> Option<u32> {
    if cursor.one_of(&['+', '-']).is_some() {
        let digits = cursor.digit_run().filter(|run| matches!(run.len(), 4..=6))?;
        return digits.parse().ok();
    }
    cursor.digits(4)
}

/// What follows the year up to the time; whether the calendar has it.
fn day(cursor: &mut Cursor, year: u32) -> Option<bool> {
    // Beyond the calendar type: the same kind of year within it.
    let year = if (1..=9999).contains(&year) { year } else { year % 400 + 400 };
    let extended = cursor.one_of(&['-']).is_some();
    if cursor.one_of(&['W']).is_some() {
        let week = cursor.digits(2)?;
        let day = if extended && cursor.one_of(&['-']).is_some() { Some(cursor.digits(1)?) } else { cursor.digits(1) };
        return Some((1..=weeks(year)).contains(&week) && day.is_none_or(|day| (1..=7).contains(&day)));
    }
    let ahead = cursor.rest().bytes().take_while(u8::is_ascii_digit).count();
    match (extended, ahead) {
        (false, 0) => Some(true),
        (_, 3) => {
            let length = if clock::exists(year, 2, 29) { 366 } else { 365 };
            Some((1..=length).contains(&cursor.digits(3)?))
        }
        (false, 4) => {
            let (month, day) = (cursor.digits(2)?, cursor.digits(2)?);
            Some(clock::exists(year, month, day))
        }
        (true, 2) => {
            let month = cursor.digits(2)?;
            let day = if cursor.one_of(&['-']).is_some() { cursor.digits(2)? } else { 1 };
            Some(clock::exists(year, month, day))
        }
        _ => None,
    }
}

/// The number of ISO weeks: 53 when 1 January or 31 December is a Thursday.
fn weeks(year: u32) -> u32 {
    let dominical = |year: u32| (year + year / 4 - year / 100 + year / 400) % 7;
    if dominical(year) == 4 || dominical(year.wrapping_sub(1)) == 3 { 53 } else { 52 }
}

/// Hours, minutes and seconds with a fraction on the last, and the offset; whether all are in range.
fn time(cursor: &mut Cursor) -> Option<bool> {
    let mut parts = [cursor.digits(2)?, 0, 0];
    let mut extended = None;
    let mut fraction = "";
    for part in parts.iter_mut().skip(1) {
        if cursor.one_of(&['.', ',']).is_some() {
            fraction = cursor.digit_run()?;
            break;
        }
        let colon = cursor.one_of(&[':']).is_some();
        if !colon && !cursor.rest().starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        if extended.is_some_and(|extended| extended != colon) {
            return None;
        }
        extended = Some(colon);
        *part = cursor.digits(2)?;
    }
    if fraction.is_empty() && cursor.one_of(&['.', ',']).is_some() {
        fraction = cursor.digit_run()?;
    }
    let [hour, minute, second] = parts;
    let midnight = hour == 24 && minute == 0 && second == 0 && fraction.bytes().all(|b| b == b'0');
    let in_range = (hour < 24 || midnight) && minute < 60 && second <= 60;
    Some(in_range && offset(cursor)?)
}

fn offset(cursor: &mut Cursor) -> Option<bool> {
    if cursor.rest().is_empty() || cursor.one_of(&['Z', 'z']).is_some() {
        return Some(true);
    }
    cursor.one_of(&['+', '-'])?;
    let hour = cursor.digits(2)?;
    let colon = cursor.one_of(&[':']).is_some();
    let minute = if colon || !cursor.rest().is_empty() { cursor.digits(2)? } else { 0 };
    Some(hour < 24 && minute < 60)
}
