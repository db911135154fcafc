//! What the notations share: a cursor over digits, days that exist, offsets, leap seconds.

use crate::domain::date::CivilDate;
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::shape;

/// Reads a text from left to right; every step says whether it fitted.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// At the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// The text not read yet.
    pub fn rest(self) -> &'a str {
        self.rest
    }

    /// Exactly so many ASCII digits.
    pub fn digits(&mut self, count: usize) -> Option<u32> {
        let (head, tail) = self.rest.split_at_checked(count)?;
        let number = shape::is_digits(head).then(|| head.parse().ok())??;
        self.rest = tail;
        Some(number)
    }

    /// As many ASCII digits as there are, at least one.
    pub fn digit_run(&mut self) -> Option<&'a str> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (head, tail) = self.rest.split_at_checked(end)?;
        self.rest = tail;
        (!head.is_empty()).then_some(head)
    }

    /// One of these characters.
    pub fn one_of(&mut self, wanted: &[char]) -> Option<char> {
        let found = self.rest.chars().next().filter(|c| wanted.contains(c))?;
        self.rest = self.rest.get(found.len_utf8()..)?;
        Some(found)
    }
}

/// Year, month and day of `yyyy-mm-dd`, and whether the calendar has the day. `None`: another shape.
pub fn full_date(cursor: &mut Cursor) -> Option<bool> {
    let year = cursor.digits(4)?;
    cursor.one_of(&['-'])?;
    let month = cursor.digits(2)?;
    cursor.one_of(&['-'])?;
    let day = cursor.digits(2)?;
    // The year 0 exists here, and as a leap year; CivilDate begins a year later.
    let year = if year == 0 { 400 } else { year };
    Some(exists(year, month, day))
}

/// Whether the calendar has a day.
pub fn exists(year: u32, month: u32, day: u32) -> bool {
    let date = || CivilDate::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    date().is_some()
}

/// A time of day with its offset, as RFC 3339 writes it.
#[derive(Clone, Copy, Debug)]
pub struct FullTime {
    /// Hour, minute, second and offset are in their ranges (23:59:60, ±23:59).
    pub in_range: bool,
    /// Names a second 60 that is not the last of a day in UTC.
    pub misplaced_leap_second: bool,
}

/// `hh:mm:ss`, an optional fraction, then `Z` or `±hh:mm`. `None`: another shape.
pub fn full_time(cursor: &mut Cursor) -> Option<FullTime> {
    let hour = cursor.digits(2)?;
    cursor.one_of(&[':'])?;
    let minute = cursor.digits(2)?;
    cursor.one_of(&[':'])?;
    let second = cursor.digits(2)?;
    if cursor.one_of(&['.']).is_some() {
        cursor.digit_run()?;
    }
    let sign = cursor.one_of(&['Z', 'z', '+', '-'])?;
    let (offset_hour, offset_minute) = match sign {
        'Z' | 'z' => (0, 0),
        _ => {
            let hour = cursor.digits(2)?;
            cursor.one_of(&[':'])?;
            (hour, cursor.digits(2)?)
        }
    };
    let (local, offset) = (i64::from(hour * 60 + minute), i64::from(offset_hour * 60 + offset_minute));
    let utc = if sign == '-' { local + offset } else { local - offset };
    Some(FullTime {
        in_range: hour < 24 && minute < 60 && second <= 60 && offset_hour < 24 && offset_minute < 60,
        misplaced_leap_second: second == 60 && utc.rem_euclid(1440) != 1439,
    })
}

/// The verdict on a text of the right shape whose numbers are out of range.
pub fn out_of_range(text: &str) -> Checked {
    shape::wrong_component(text.to_owned(), "日期或时间不存在", "no such day or time of day")
}

/// Marks a leap second that cannot have been one: UTC inserts it before midnight only.
pub fn doubt_leap_second(checked: &mut Checked) {
    let (zh, en) = ("闰秒只在 UTC 23:59:60", "leap seconds come at 23:59:60 UTC only");
    checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Component, zh, en));
}
