//! Sorts a date's tokens into the numbers of the date and the time of day.

use super::lexer::{Token, Unit};
use super::words::PartOfDay;

/// What a number of the date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Year,
    Month,
    Day,
}

/// One number of the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub value: u64,
    /// The digits it is written with.
    pub digits: usize,
    /// What it is, where the text says so.
    pub role: Option<Role>,
}

/// The time of day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    /// Microseconds within the second.
    pub micros: u32,
    /// Minutes east of UTC, where the text says so.
    pub offset: Option<i32>,
}

impl Clock {
    /// Seconds since midnight; `None` when there is no such time of day. 24:00 is the end of the day.
    pub(super) fn seconds(self) -> Option<u32> {
        let (hour, minute, second) = (self.hour, self.minute, self.second);
        let midnight = hour == 24 && minute == 0 && second == 0;
        // Leap seconds end an hour in every time zone but a few that are half an hour off.
        let leap = second == 60 && minute % 30 == 29;
        let fits = (hour < 24 || midnight) && minute < 60 && (second < 60 || leap);
        fits.then_some(hour * 3600 + minute * 60 + second)
    }
}

/// A date's text, sorted.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub fields: Vec<Field>,
    pub clock: Option<Clock>,
    /// The week of an ISO week date.
    pub week: Option<Field>,
    /// The digits behind the decimal point of a lone number.
    pub fraction: Option<Field>,
    /// A separator stands before the first or behind the last number.
    pub dangling: bool,
    /// More than one kind of `-`, `/`, `.` separates the numbers.
    pub mixed: bool,
    /// Numbers in words.
    pub words: bool,
    /// A day of the week is named.
    pub weekday: bool,
    /// Something in it stands in no date.
    pub unknown: bool,
}

/// Sorts the tokens.
pub(super) fn sort(tokens: &[Token]) -> Parts {
    let mut sorter = Sorter { tokens, at: 0, parts: Parts::default(), part_of_day: None, separator: None };
    while sorter.at < tokens.len() {
        sorter.step();
    }
    let mut parts = sorter.parts;
    let mut content = tokens.iter().filter(|token| !matches!(token, Token::Blank | Token::Weekday));
    let ends = [content.next(), content.next_back()];
    // 1985. 3. 12. ends so in Korean and Hungarian.
    let dotted = parts.fields.len() == 3 && ends.last() == Some(&Some(&Token::Separator('.')));
    let is_separator = |token: &Option<&Token>| matches!(token, Some(Token::Separator(c @ ('-' | '/' | '.'))) if !(dotted && *c == '.'));
    parts.dangling = ends.iter().any(is_separator);
    parts
}

struct Sorter<'a> {
    tokens: &'a [Token],
    at: usize,
    parts: Parts,
    part_of_day: Option<PartOfDay>,
    /// The separator between the numbers so far.
    separator: Option<char>,
}

impl Sorter<'_> {
    fn token(&self, ahead: usize) -> Token {
        self.tokens.get(self.at + ahead).copied().unwrap_or(Token::Blank)
    }

    fn number(&self, ahead: usize) -> Option<Field> {
        match self.tokens.get(self.at + ahead) {
            Some(Token::Number(number, _)) => Some(Field { value: number.value, digits: number.digits, role: None }),
            _ => None,
        }
    }

    fn step(&mut self) {
        match self.token(0) {
            Token::Number(_, words) => {
                self.parts.words |= words;
                if let Some(field) = self.number(0) {
                    self.field(field);
                }
                return;
            }
            Token::Month(month) => {
                self.parts.fields.push(Field { value: month.into(), digits: 2, role: Some(Role::Month) });
            }
            Token::PartOfDay(part) => self.part(part),
            Token::Zone(offset) => match &mut self.parts.clock {
                Some(clock) => clock.offset = offset,
                None => self.parts.unknown = true,
            },
            Token::Separator(sign @ ('+' | '-')) if self.parts.clock.is_some() && self.number(1).is_some() => {
                return self.offset(if sign == '-' { -1 } else { 1 });
            }
            Token::Separator(c) => self.separate(c),
            Token::Weekday => self.parts.weekday = true,
            Token::Week => return self.week(),
            // DOB: 1985-03-12
            Token::Colon if self.parts.fields.is_empty() => {}
            Token::Unit(_) | Token::Minutes(_) | Token::Ordinal | Token::Colon | Token::Unknown => {
                self.parts.unknown = true;
            }
            Token::Stamp | Token::Apostrophe | Token::Blank => {}
        }
        self.at += 1;
    }

    fn separate(&mut self, c: char) {
        if matches!(c, '-' | '/' | '.') && self.parts.clock.is_none() && !self.parts.fields.is_empty() {
            let named = self.parts.fields.iter().any(|field| field.role == Some(Role::Month));
            let other = self.separator.is_some_and(|separator| separator != c);
            self.parts.mixed |= other && !named && self.number(1).is_some();
            self.separator = Some(c);
        }
    }

    /// A number: of the clock, or of the date.
    fn field(&mut self, mut field: Field) {
        // 1985 年 3 月: a blank before the unit.
        let gap = usize::from(self.token(1) == Token::Blank && matches!(self.token(2), Token::Unit(_)));
        let next = self.token(1 + gap);
        let after_stamp = self.at > 0 && self.tokens.get(self.at - 1) == Some(&Token::Stamp);
        let spare = self.part_of_day.is_some() && self.parts.clock.is_none() && field.digits <= 2;
        let complete = self.parts.fields.len() >= 3 || self.parts.fields.iter().any(|f| f.role == Some(Role::Day));
        let half_ahead = [next, self.token(2)].into_iter().find(|token| *token != Token::Blank);
        let before_half = field.digits <= 2 && matches!(half_ahead, Some(Token::PartOfDay(_))) && complete;
        if next == Token::Colon || next == Token::Unit(Unit::Hour) {
            self.at += gap;
            return self.clock(field);
        }
        if after_stamp || self.is_compact_clock(field) {
            return self.compact_clock(field);
        }
        if spare && complete || before_half {
            self.parts.clock = Some(Clock { hour: small(field), ..Clock::default() });
            self.at += 1;
            return self.apply_half();
        }
        let apostrophe = self.at > 0 && self.tokens.get(self.at - 1) == Some(&Token::Apostrophe);
        field.role = match next {
            Token::Unit(Unit::Year) => Some(Role::Year),
            Token::Unit(Unit::Month) => Some(Role::Month),
            Token::Unit(Unit::Day) | Token::Ordinal => Some(Role::Day),
            _ if apostrophe && field.digits == 2 => Some(Role::Year),
            _ => None,
        };
        self.at += if field.role.is_some() && !apostrophe { 2 + gap } else { 1 };
        let lone = self.parts.fields.is_empty() && field.role.is_none() && field.digits >= 5;
        self.parts.fields.push(field);
        // 44986.5: a lone number with a fraction.
        if lone
            && self.token(0) == Token::Separator('.')
            && self.tokens.len() == self.at + 2
            && let Some(fraction) = self.number(1)
        {
            self.parts.fraction = Some(fraction);
            self.at += 2;
        }
    }

    /// 950404 122212: a compact time behind a compact date.
    fn is_compact_clock(&self, field: Field) -> bool {
        let compact_date =
            matches!(self.parts.fields.as_slice(), [date] if matches!(date.digits, 6 | 8) && date.role.is_none());
        compact_date && self.parts.clock.is_none() && matches!(field.digits, 4 | 6)
    }

    /// hh:mm[:ss[.f]], h时[m分[s秒]], h点半.
    fn clock(&mut self, hour: Field) {
        let mut clock = Clock { hour: small(hour), ..Clock::default() };
        self.at += 2;
        if let Token::Minutes(minutes) = self.token(0) {
            clock.minute = minutes;
            self.at += 1;
        } else if let Some(minute) = self.number(0).filter(|minute| minute.digits <= 2) {
            clock.minute = small(minute);
            self.at += 1;
            let separated = matches!(self.token(0), Token::Colon | Token::Unit(Unit::Minute));
            self.at += usize::from(separated);
            if let Some(second) = self.number(0).filter(|second| separated && second.digits <= 2) {
                clock.second = small(second);
                self.at += 1;
                if let (Token::Separator('.' | ','), Some(fraction)) = (self.token(0), self.number(1)) {
                    clock.micros = micros(fraction);
                    self.at += 2;
                }
                self.at += usize::from(self.token(0) == Token::Unit(Unit::Second));
            }
        }
        // A second clock in one text is no date.
        self.parts.unknown |= self.parts.clock.is_some();
        self.parts.clock = Some(clock);
        self.apply_half();
    }

    /// hh, hhmm, hhmmss.
    fn compact_clock(&mut self, field: Field) {
        let (hour, minute, second) = match field.digits {
            1 | 2 => (field.value, 0, 0),
            4 => (field.value / 100, field.value % 100, 0),
            6 => (field.value / 10_000, field.value / 100 % 100, field.value % 100),
            _ => (99, 0, 0),
        };
        let part = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        let mut clock = Clock { hour: part(hour), minute: part(minute), second: part(second), ..Clock::default() };
        self.at += 1;
        if let (Token::Separator('.' | ','), Some(fraction)) = (self.token(0), self.number(1)) {
            clock.micros = micros(fraction);
            self.at += 2;
        }
        self.parts.clock = Some(clock);
    }

    fn part(&mut self, part: PartOfDay) {
        self.part_of_day = Some(part);
        if self.parts.clock.is_some() {
            self.apply_half();
        }
    }

    /// Moves a 12-hour clock to where the part of the day says.
    fn apply_half(&mut self) {
        let (Some(clock), Some(part)) = (&mut self.parts.clock, self.part_of_day) else { return };
        clock.hour = match (part, clock.hour) {
            (PartOfDay::SmallHours, 12) => 0,
            (PartOfDay::SmallHours | PartOfDay::Morning, hour) => hour,
            (PartOfDay::Noon, hour @ 1..=3) => hour + 12,
            (PartOfDay::Noon, hour) => hour,
            (PartOfDay::Afternoon | PartOfDay::Evening, hour @ 1..=11) => hour + 12,
            (PartOfDay::Evening, 12) => 24,
            (PartOfDay::Afternoon | PartOfDay::Evening, hour) => hour,
        };
        // 24:30 in the evening is the next day's 0:30: nobody means more than its being about midnight.
        if clock.hour == 24 {
            clock.minute = 0;
        }
        self.part_of_day = None;
    }

    /// +08:00, -0300, +8.
    fn offset(&mut self, sign: i32) {
        let Some(number) = self.number(1) else { return };
        let part = |value: u64| i32::try_from(value).unwrap_or(i32::MAX / 100);
        let (hours, mut minutes) = match number.digits {
            1 | 2 => (part(number.value), 0),
            _ => (part(number.value / 100), part(number.value % 100)),
        };
        self.at += 2;
        if let (Token::Colon, Some(rest)) = (self.token(0), self.number(1)) {
            minutes = part(rest.value);
            self.at += 2;
        }
        self.parts.unknown |= hours > 15 || minutes > 59;
        if let Some(clock) = &mut self.parts.clock {
            clock.offset = Some(sign * (hours.min(24) * 60 + minutes.min(59)));
        }
    }

    /// W06-4, W064.
    fn week(&mut self) {
        self.parts.week = self.number(1);
        self.parts.unknown |= self.parts.week.is_none() || self.parts.fields.len() != 1;
        self.at += 2;
    }
}

fn small(field: Field) -> u32 {
    u32::try_from(field.value).unwrap_or(u32::MAX).min(99)
}

/// The first six digits of a decimal fraction.
fn micros(fraction: Field) -> u32 {
    let digits = u32::try_from(fraction.digits).unwrap_or(u32::MAX);
    let scaled = if digits <= 6 {
        fraction.value.checked_mul(10_u64.pow(6 - digits))
    } else {
        10_u64.checked_pow(digits - 6).map(|power| fraction.value / power)
    };
    scaled.and_then(|micros| u32::try_from(micros).ok()).unwrap_or(0)
}
