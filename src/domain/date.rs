//! Calendar dates without a clock: whole and partial dates of the proleptic Gregorian calendar, and points in time.

use std::fmt;

/// A day that exists: constructed only through [`CivilDate::new`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    year: i16,
    month: u8,
    day: u8,
}

impl CivilDate {
    /// The day, when the calendar has it (years 1–9999); never rolls 30 February over.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let fits = (1..=9999).contains(&year) && (1..=12).contains(&month);
        (fits && day >= 1 && day <= days_in_month(year, month)).then_some(Self { year, month, day })
    }

    /// Reads `2020-01-31`, exactly so.
    pub fn parse(text: &str) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
        let digit = |byte: &u8| byte.is_ascii_digit().then(|| byte - b'0');
        let two = |tens, ones| Some(digit(tens)? * 10 + digit(ones)?);
        let year = i16::from(two(y1, y2)?) * 100 + i16::from(two(y3, y4)?);
        Self::new(year, two(m1, m2)?, two(d1, d2)?)
    }

    /// Year, 1–9999.
    pub fn year(self) -> i16 {
        self.year
    }

    /// Month, 1–12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1970-01-01 (negative before). Howard Hinnant's `days_from_civil`.
    pub fn days_since_epoch(self) -> i64 {
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The inverse of [`Self::days_since_epoch`]; `None` outside years 1–9999.
    pub fn from_days_since_epoch(days: i64) -> Option<Self> {
        let shifted = days.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Days of a month, leap years of the Gregorian rule.
pub fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A date of which only a part may be known. `day` implies `month`; nothing is ever invented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Year, 1–9999.
    pub year: i16,
    /// Month, 1–12, when known.
    pub month: Option<u8>,
    /// Day, when known.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Only the year is known.
    pub fn year(year: i16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: None, day: None })
    }

    /// Year and month are known.
    pub fn month(year: i16, month: u8) -> Option<Self> {
        CivilDate::new(year, month, 1).map(|date| Self { year: date.year, month: Some(date.month), day: None })
    }

    /// The day, when it is known.
    pub fn full(self) -> Option<CivilDate> {
        CivilDate::new(self.year, self.month?, self.day?)
    }
}

impl From<CivilDate> for PartialDate {
    fn from(date: CivilDate) -> Self {
        Self { year: date.year, month: Some(date.month), day: Some(date.day) }
    }
}

impl fmt::Display for PartialDate {
    /// ISO 8601 with the precision that is known: `1985`, `1985-03`, `1985-03-12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// The order of day and month in a column of numeric dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// Year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

impl DateOrder {
    /// Reads `ymd`, `dmy` or `mdy`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "ymd" => Some(Self::Ymd),
            "dmy" => Some(Self::Dmy),
            "mdy" => Some(Self::Mdy),
            _ => None,
        }
    }
}

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Microseconds since the Unix epoch.
    pub micros: i64,
}

impl Timestamp {
    /// The day it falls on in UTC.
    pub fn date(self) -> Option<CivilDate> {
        CivilDate::from_days_since_epoch(self.micros.div_euclid(MICROS_PER_DAY))
    }

    /// Midnight UTC of a day.
    pub fn at_midnight(date: CivilDate) -> Self {
        Self { micros: date.days_since_epoch() * MICROS_PER_DAY }
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, to the second.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.micros.rem_euclid(MICROS_PER_DAY) / 1_000_000;
        match self.date() {
            Some(date) => write!(f, "{date}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60),
            None => write!(f, "{}us", self.micros),
        }
    }
}

/// Microseconds in a day.
pub const MICROS_PER_DAY: i64 = 86_400_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_days_do_not_exist() {
        assert!(CivilDate::new(2023, 2, 29).is_none());
        assert!(CivilDate::new(1900, 2, 29).is_none());
        assert!(CivilDate::new(2000, 2, 29).is_some());
        assert!(CivilDate::new(2023, 13, 1).is_none());
        assert!(CivilDate::new(0, 1, 1).is_none());
    }

    #[test]
    fn days_count_both_ways() {
        assert_eq!(CivilDate::new(1970, 1, 1).map(CivilDate::days_since_epoch), Some(0));
        assert_eq!(CivilDate::new(2023, 3, 15).map(CivilDate::days_since_epoch), Some(19_431));
        for days in (-700_000..2_900_000).step_by(997) {
            let back = CivilDate::from_days_since_epoch(days).map(CivilDate::days_since_epoch);
            assert_eq!(back, Some(days));
        }
    }

    #[test]
    fn a_partial_date_shows_what_is_known() {
        assert_eq!(PartialDate::month(1985, 3).map(|d| d.to_string()).as_deref(), Some("1985-03"));
        assert_eq!(PartialDate::year(1985).and_then(PartialDate::full), None);
    }
}
