//! Points in time as programs of the English-speaking world print them, month before day: `Thu Sep 25 10:36:28 2003`,
//! `10h36m28.5s`, `3rd of May 2001`, `950404 122212`. What is missing comes from a default day; time zones are dropped.
//!
//! For data of other systems whose missing parts are known by contract; [`super::normalize`] never fills anything in.

use super::super::super::date::{CivilDate, days_in_month};

/// The ISO 8601 date-time (`2003-09-25T10:36:28`, with `.ffffff` where there is a fraction) of an English text.
/// `default` gives the year, month and day that the text leaves out; a day that the month lacks becomes its last.
/// `None` when the text is no date-time or names an impossible one.
pub fn parse_date_time(text: &str, default: CivilDate) -> Option<String> {
    // The longest forms written by programs have some 60 characters.
    if text.len() > 120 || !text.is_ascii() {
        return None;
    }
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0, fields: Vec::new(), time: Time::default(), weekday: None };
    while reader.at < tokens.len() {
        reader.step()?;
    }
    reader.finish(default)
}

/// Splits into words, numbers (with their decimal fraction) and single other characters.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |class: fn(&u8) -> bool| rest.bytes().take_while(class).count();
        let mut length = match first {
            c if c.is_ascii_alphabetic() => run(u8::is_ascii_alphabetic),
            c if c.is_ascii_digit() => run(u8::is_ascii_digit),
            _ => 1,
        };
        if first.is_ascii_digit() {
            length += fraction_length(rest.get(length..).unwrap_or_default(), length, tokens.last().copied());
        }
        let (token, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        tokens.push(token);
        rest = tail;
    }
    tokens
}

/// The length of `.5` or `,502` behind a number: one point only, and digits up to the end of the number.
fn fraction_length(rest: &str, digits: usize, before: Option<&str>) -> usize {
    let comma = rest.starts_with(',') && digits >= 2;
    if !comma && !rest.starts_with('.') || before == Some(".") {
        return 0;
    }
    let fraction = rest.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let next = rest.as_bytes().get(fraction + 1);
    if fraction == 0 || next == Some(&b'.') || next == Some(&b',') { 0 } else { fraction + 1 }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Month,
}

/// One number of the date, and what it is where the text says so.
#[derive(Clone, Copy)]
struct Field {
    value: u32,
    part: Option<Part>,
    /// More than two digits: a year as it stands.
    whole_year: bool,
}

#[derive(Default)]
struct Time {
    hour: Option<u32>,
    minute: Option<u32>,
    second: Option<u32>,
    micros: u32,
    zone: bool,
}

struct Reader<'a> {
    tokens: &'a [&'a str],
    at: usize,
    fields: Vec<Field>,
    time: Time,
    /// Days after Monday.
    weekday: Option<i64>,
}

impl<'a> Reader<'a> {
    fn token(&self, ahead: usize) -> &'a str {
        self.tokens.get(self.at + ahead).copied().unwrap_or_default()
    }

    /// Reads what stands at the cursor and moves it on; `None` when nothing makes sense there.
    fn step(&mut self) -> Option<()> {
        let token = self.token(0);
        if token.starts_with(|c: char| c.is_ascii_digit()) {
            return self.number(token);
        }
        let lower = token.to_ascii_lowercase();
        if let Some(day) = weekday(&lower) {
            self.weekday = Some(day);
        } else if let Some(month) = month(&lower) {
            return self.month(month);
        } else if let Some(afternoon) = half_of_day(&lower) {
            self.half(afternoon)?;
        } else if self.is_zone_name(token) {
            self.time.zone = true;
        } else if self.time.hour.is_some() && matches!(token, "+" | "-") && is_number(self.token(1)) {
            return self.offset();
        } else if !is_filler(&lower) {
            return None;
        }
        self.at += 1;
        Some(())
    }

    fn is_zone_name(&self, token: &str) -> bool {
        let capitals = token.len() <= 5 && token.len() >= 3 && token.bytes().all(|b| b.is_ascii_uppercase());
        self.time.hour.is_some() && !self.time.zone && (capitals || matches!(token, "Z" | "z"))
    }

    /// -0300, -03:00, -3.
    fn offset(&mut self) -> Option<()> {
        self.time.zone = true;
        let length = self.token(1).len();
        self.at += match length {
            1 | 2 if self.token(2) == ":" && is_number(self.token(3)) => 4,
            1 | 2 | 4 => 2,
            _ => return None,
        };
        Some(())
    }

    fn half(&mut self, afternoon: bool) -> Option<()> {
        let hour = self.time.hour.filter(|hour| *hour <= 12)?;
        self.time.hour = Some(hour % 12 + if afternoon { 12 } else { 0 });
        Some(())
    }

    fn push(&mut self, token: &str, part: Option<Part>) -> Option<()> {
        let value: u32 = token.parse().ok()?;
        let whole_year = token.len() > 2;
        if whole_year && part.is_some_and(|part| part != Part::Year) || self.fields.len() >= 3 {
            return None;
        }
        self.fields.push(Field { value, part: if whole_year { Some(Part::Year) } else { part }, whole_year });
        Some(())
    }

    fn push_month(&mut self, month: u32) -> Option<()> {
        let fits = self.fields.len() < 3 && self.fields.iter().all(|field| field.part != Some(Part::Month));
        self.fields.push(Field { value: month, part: Some(Part::Month), whole_year: false });
        fits.then_some(())
    }

    /// A number or the name of a month.
    fn push_any(&mut self, token: &str) -> Option<()> {
        match month(&token.to_ascii_lowercase()) {
            Some(month) => self.push_month(month),
            None => self.push(token, None),
        }
    }

    fn month(&mut self, month: u32) -> Option<()> {
        self.push_month(month)?;
        self.at += 1;
        let separator = self.token(0);
        if matches!(separator, "-" | "/") && is_number(self.token(1)) {
            self.push(self.token(1), None)?;
            self.at += 2;
            if self.token(0) == separator && is_number(self.token(1)) {
                self.push(self.token(1), None)?;
                self.at += 2;
            }
        } else if (self.token(0), self.token(1), self.token(2)) == (" ", "of", " ") && is_number(self.token(3)) {
            // Sep of 03: what follows is a year.
            self.push(self.token(3), Some(Part::Year))?;
            self.at += 4;
        }
        Some(())
    }

    fn number(&mut self, token: &'a str) -> Option<()> {
        let whole = token.find(['.', ',']).unwrap_or(token.len());
        let fraction = token.get(whole + 1..).unwrap_or_default();
        let (whole, length) = (token.get(..whole)?, whole);
        let next = self.token(1);
        let clock_only = self.fields.len() == 3 && self.time.hour.is_none();
        if clock_only && matches!(token.len(), 2 | 4) && next != ":" && unit(next).is_none() {
            return self.compact_clock(whole, fraction);
        }
        match length {
            6 if self.fields.is_empty() && fraction.is_empty() => return self.compact_date(whole, 2),
            6 => return self.compact_clock(whole, fraction),
            8 | 12 | 14 if fraction.is_empty() => return self.compact_date(whole, 4),
            _ => {}
        }
        if let Some((unit, moved)) = self.unit_of() {
            self.at += moved;
            return self.clock_part(unit, whole, fraction);
        }
        if next == ":" && is_number(self.token(2)) {
            return self.clock(whole);
        }
        if matches!(next, "-" | "/" | ".") {
            return self.separated(token);
        }
        let blank = matches!(next, "" | " " | "," | ";" | "'");
        let filler = blank || is_filler(&next.to_ascii_lowercase());
        let half = half_of_day(&if filler { self.token(2) } else { next }.to_ascii_lowercase());
        if let Some(afternoon) = half.filter(|_| self.time.hour.is_none() && fraction.is_empty() && length <= 2) {
            self.time.hour = whole.parse().ok();
            self.at += if filler { 3 } else { 2 };
            return self.half(afternoon);
        }
        if filler || (1..=31).contains(&whole.parse::<u32>().ok()?) {
            self.at += 1;
            return self.push(token, None);
        }
        None
    }

    /// The unit that a number belongs to, with the tokens up to and including it: 10h, 10 h; in 01h02 and 36 m 5 the
    /// number takes the unit after the one before it.
    fn unit_of(&self) -> Option<(usize, usize)> {
        let back = |steps: usize| self.at.checked_sub(steps).and_then(|i| self.tokens.get(i)).copied();
        if let Some(unit) = unit(self.token(1)) {
            return Some((unit, 2));
        }
        if let Some(unit) = unit(self.token(2)).filter(|_| self.token(1) == " ") {
            return Some((unit, 3));
        }
        let last = self.at + 1 == self.tokens.len();
        let before = back(1).and_then(unit).or_else(|| back(2).and_then(unit).filter(|_| last && back(1) == Some(" ")));
        before.map(|unit| (unit + 1, 1))
    }

    fn clock_part(&mut self, unit: usize, whole: &str, fraction: &str) -> Option<()> {
        let value = whole.parse().ok();
        let sixtieths = || (!fraction.is_empty()).then(|| micros(fraction) * 60 / 1_000_000);
        match unit {
            0 => {
                self.time.hour = value;
                self.time.minute = sixtieths().or(self.time.minute);
            }
            1 => {
                self.time.minute = value;
                self.time.second = sixtieths().or(self.time.second);
            }
            2 => {
                self.time.second = value;
                self.time.micros = micros(fraction);
            }
            _ => return None,
        }
        value.map(|_| ())
    }

    /// hh:mm, hh:mm:ss.
    fn clock(&mut self, hour: &str) -> Option<()> {
        self.time.hour = hour.parse().ok();
        let parts = |token: &'a str| token.split_once(['.', ',']).unwrap_or((token, ""));
        let (minute, fraction) = parts(self.token(2));
        self.clock_part(1, minute, fraction)?;
        self.at += 3;
        if self.token(0) == ":" && is_number(self.token(1)) {
            let (second, fraction) = parts(self.token(1));
            self.clock_part(2, second, fraction)?;
            self.at += 2;
        }
        Some(())
    }

    /// hh, hhmm, hhmmss.
    fn compact_clock(&mut self, digits: &str, fraction: &str) -> Option<()> {
        self.time.hour = digits.get(..2)?.parse().ok();
        self.time.minute = digits.get(2..4).and_then(|part| part.parse().ok());
        self.time.second = digits.get(4..6).and_then(|part| part.parse().ok());
        self.time.micros = micros(fraction);
        self.at += 1;
        Some(())
    }

    /// yymmdd, yyyymmdd, the latter with hhmm or hhmmss.
    fn compact_date(&mut self, digits: &str, year: usize) -> Option<()> {
        self.push(digits.get(..year)?, None)?;
        self.push(digits.get(year..year + 2)?, None)?;
        self.push(digits.get(year + 2..year + 4)?, None)?;
        match digits.get(year + 4..) {
            None | Some("") => self.at += 1,
            Some(clock) => self.compact_clock(clock, "")?,
        }
        Some(())
    }

    /// 2003-09-25, 25.Sep.2003.
    fn separated(&mut self, token: &str) -> Option<()> {
        let separator = self.token(1);
        self.push(token, None)?;
        self.at += 2;
        let is_part = |token: &str| is_number(token) || month(&token.to_ascii_lowercase()).is_some();
        if is_part(self.token(0)) {
            self.push_any(self.token(0))?;
            self.at += 1;
            if self.token(0) == separator && is_part(self.token(1)) {
                self.push_any(self.token(1))?;
                self.at += 2;
            }
        }
        Some(())
    }

    fn finish(&self, default: CivilDate) -> Option<String> {
        let time = &self.time;
        let said = time.hour.or(time.minute).or(time.second).is_some() || self.weekday.is_some();
        if self.fields.is_empty() && !said {
            return None;
        }
        let (year, month, day) = self.date()?;
        let year = year.map_or(Some(default.year()), |field| whole_year(field, default))?;
        let month = month.map_or(Some(default.month()), |month| u8::try_from(month).ok())?;
        let last = days_in_month(year, month);
        let mut date = match day {
            Some(day) => CivilDate::new(year, month, u8::try_from(day).ok()?)?,
            None => CivilDate::new(year, month, default.day().min(last))?,
        };
        if let Some(weekday) = self.weekday.filter(|_| day.is_none()) {
            let days = date.days_since_epoch();
            // 1970-01-01 was a Thursday.
            date = CivilDate::from_days_since_epoch(days + (weekday - (days + 3)).rem_euclid(7))?;
        }
        let (hour, minute, second) = (time.hour.unwrap_or(0), time.minute.unwrap_or(0), time.second.unwrap_or(0));
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let fraction = if time.micros == 0 { String::new() } else { format!(".{:06}", time.micros) };
        Some(format!("{date}T{hour:02}:{minute:02}:{second:02}{fraction}"))
    }

    /// Year, month and day, put in order: what is named, then what only fits in one place, then month before day.
    fn date(&self) -> Option<(Option<Field>, Option<u32>, Option<u32>)> {
        let named = |part: Part| self.fields.iter().position(|field| field.part == Some(part));
        let value = |index: usize| self.fields.get(index).map_or(0, |field| field.value);
        let field = |index: usize| self.fields.get(index).copied();
        let big = |index: usize| value(index) > 31 || field(index).is_some_and(|field| field.whole_year);
        let of = |year: usize, month: usize, day: usize| (field(year), Some(value(month)), Some(value(day)));
        let (year, month) = (named(Part::Year), named(Part::Month));
        Some(match (self.fields.len(), year, month) {
            (0, _, _) => (None, None, None),
            (1, _, Some(month)) => (None, Some(value(month)), None),
            (1, _, None) if big(0) => (field(0), None, None),
            (1, _, None) => (None, None, Some(value(0))),
            (2, _, Some(month)) if big(1 - month) || year.is_some() => (field(1 - month), Some(value(month)), None),
            (2, _, Some(month)) => (None, Some(value(month)), Some(value(1 - month))),
            (2, _, None) if big(0) => (field(0), Some(value(1)), None),
            (2, _, None) if big(1) => (field(1), Some(value(0)), None),
            (2, _, None) => (None, Some(value(0)), Some(value(1))),
            (3, Some(year), Some(month)) => of(year, month, 3 - year - month),
            (3, _, Some(0)) => {
                if big(1) {
                    of(1, 0, 2)
                } else {
                    of(2, 0, 1)
                }
            }
            (3, _, Some(1)) => {
                if big(0) {
                    of(0, 1, 2)
                } else {
                    of(2, 1, 0)
                }
            }
            (3, _, Some(2)) => {
                if big(1) {
                    of(1, 2, 0)
                } else {
                    of(0, 2, 1)
                }
            }
            (3, _, None) if big(0) => of(0, 1, 2),
            (3, Some(1), None) => of(1, 0, 2),
            (3, _, None) if value(0) > 12 => of(2, 1, 0),
            (3, _, None) => of(2, 0, 1),
            _ => return None,
        })
    }
}

/// A year of two digits is the one nearest to the default's.
fn whole_year(field: Field, default: CivilDate) -> Option<i16> {
    let year = i16::try_from(field.value).ok()?;
    if field.whole_year || year >= 100 {
        return Some(year);
    }
    let year = default.year() / 100 * 100 + year;
    Some(match year - default.year() {
        50.. => year - 100,
        ..-50 => year + 100,
        _ => year,
    })
}

fn is_number(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit())
}

/// The first six digits of a decimal fraction as microseconds.
fn micros(fraction: &str) -> u32 {
    fraction
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(6)
        .fold(0, |n, b| n * 10 + u32::from(b.wrapping_sub(b'0') % 10))
}

/// 0 hours, 1 minutes, 2 seconds.
fn unit(token: &str) -> Option<usize> {
    const UNITS: [&[&str]; 3] = [&["h", "hour", "hours"], &["m", "minute", "minutes"], &["s", "second", "seconds"]];
    UNITS.iter().position(|names| names.iter().any(|name| token.eq_ignore_ascii_case(name)))
}

fn half_of_day(lower: &str) -> Option<bool> {
    match lower {
        "am" | "a" => Some(false),
        "pm" | "p" => Some(true),
        _ => None,
    }
}

fn month(lower: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let named = |name: &&str| lower == *name || lower.len() == 3 && name.starts_with(lower);
    let position = NAMES.iter().position(named).or((lower == "sept").then_some(8))?;
    u32::try_from(position + 1).ok()
}

fn weekday(lower: &str) -> Option<i64> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let named = |name: &&str| lower == *name || (3..=5).contains(&lower.len()) && name.starts_with(lower);
    NAMES.iter().position(named).and_then(|position| i64::try_from(position).ok())
}

fn is_filler(lower: &str) -> bool {
    matches!(
        lower,
        " " | "\t"
            | "."
            | ","
            | ";"
            | "-"
            | "/"
            | "'"
            | "at"
            | "on"
            | "and"
            | "ad"
            | "m"
            | "t"
            | "of"
            | "st"
            | "nd"
            | "rd"
            | "th"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_texts_become_points_in_time() {
        let default = CivilDate::new(2003, 9, 25).unwrap_or_else(|| unreachable!());
        let cases = [
            ("Tue Mar 12 08:05:09 1985", "1985-03-12T08:05:09"),
            ("Tue Mar 12 08:05:09 CST 1985", "1985-03-12T08:05:09"),
            ("1985-03-12T08:05:09.25-03:00", "1985-03-12T08:05:09.250000"),
            ("12 03 Mar", "2012-03-03T00:00:00"),
            ("03 25 Sep", "2003-09-25T00:00:00"),
            ("Wed, July 10, '96", "1996-07-10T00:00:00"),
            ("04.04.95 00:22", "1995-04-04T00:22:00"),
            ("7-4-76", "1976-07-04T00:00:00"),
            ("090107", "2007-09-01T00:00:00"),
            ("19970902090807", "1997-09-02T09:08:07"),
            ("Jan 1 1999 11:23:34.578", "1999-01-01T11:23:34.578000"),
            ("3rd of May 2001", "2001-05-03T00:00:00"),
            ("10 h 36.5", "2003-09-25T10:36:30"),
            ("01h02s", "2003-09-25T01:00:02"),
            ("01m02h", "2003-09-25T02:01:00"),
            ("2004 10 Apr 11h30m", "2004-04-10T11:30:00"),
            ("Wed", "2003-10-01T00:00:00"),
            ("October", "2003-10-25T00:00:00"),
            ("Sep of 03", "2003-09-25T00:00:00"),
            ("Apr 2009", "2009-04-25T00:00:00"),
            ("20030925T10", "2003-09-25T10:00:00"),
            ("0003-03-04", "0003-03-04T00:00:00"),
            ("Thu Sep 25 10:36:28 BRST 2003", "2003-09-25T10:36:28"),
            ("2003 10:36:28 BRST 25 Sep Thu", "2003-09-25T10:36:28"),
            ("02:17NOV2017", "2017-11-25T02:17:00"),
            ("1996.July.10 AD 12:08 PM", "1996-07-10T12:08:00"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_date_time(text, default).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "x", "1: test", "2023-02-30", "13:44 AM", "25:00", "a b c", "1 2 3 4", "年"] {
            assert_eq!(parse_date_time(text, default), None, "{text}");
        }
    }
}
