//! Dates in every notation met in customer files, to ISO 8601 with the precision that is known.
//!
//! The plain notations are read as they stand (`plain`). Anything else is taken apart (`lexer`, with `words` and
//! `numerals`), sorted into numbers of the date and a time of day (`parts`), put in order (`reading`, `digits`), and the
//! day found is judged: possible, plausible, a filler. Nothing is ever invented: a month without a day stays a month,
//! and what names no day (`refused`) is told why. Where day and month could be swapped, the column's order decides, then
//! the value, then the country (month first for US, Philippines and Canada, day first elsewhere) and the reading is
//! marked ambiguous.

use super::super::action::Action;
use super::super::date::{CivilDate, DateOrder, MICROS_PER_DAY, PartialDate, Timestamp};
use super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::record::{Attribute, AttributeKind, RawAttribute, Value};
use super::super::text::Cleaned;
use super::{Context, Field, prepared};
use era::Era;
use parts::{Clock, Parts};
use reading::Reading;

mod digits;
mod era;
pub mod field;
mod lexer;
pub mod lunar;
pub mod moment;
mod numerals;
mod parts;
mod plain;
mod reading;
mod refused;
mod words;

pub use field::parse_field;
pub use moment::parse_date_time;

/// Nobody is older.
const AGE_YEARS_MAX: i16 = 130;
/// Two-digit years of birth up to this are 20yy where no reference date says what year it is.
const PIVOT_YEAR_DEFAULT: u64 = 30;
/// Other dates lie up to so many years ahead (the end of a contract or a card).
const YEARS_AHEAD_MAX: u64 = 20;
/// A date in words with remarks has no more bytes; longer texts are none.
const TEXT_BYTES_MAX: usize = 200;

/// What decides between several readings of one text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hints {
    /// A date of birth: never in the future, stored without a time of day.
    birth: bool,
    order: Option<DateOrder>,
    /// Without other evidence the month stands first.
    month_first: bool,
    /// Years of the Republic of China are usual.
    taiwan: bool,
    /// Two-digit years above this are 19yy.
    pivot: u64,
}

impl Hints {
    fn of(raw: &RawAttribute, reference: Option<CivilDate>) -> Self {
        let birth = raw.kind == AttributeKind::BirthDate;
        let among = |codes: &[&str]| {
            raw.country.as_deref().is_some_and(|country| codes.iter().any(|code| country.eq_ignore_ascii_case(code)))
        };
        let this_year = reference.map_or(PIVOT_YEAR_DEFAULT, |date| u64::from(date.year().unsigned_abs() % 100));
        Self {
            birth,
            order: raw.order,
            month_first: among(&["US", "PH", "CA"]),
            taiwan: among(&["TW"]),
            pivot: if birth { this_year } else { (this_year + YEARS_AHEAD_MAX).min(99) },
        }
    }
}

/// Prepares a date.
pub fn normalize(field: &Field<'_>, context: &Context) -> Attribute {
    if is_zero_date(field.text) {
        return super::missing(field.raw, field.cleaned, field.text);
    }
    unfolded(field, &Hints::of(field.raw, context.reference_date), context)
}

/// The plain notations, without taking the text apart.
pub fn common(raw: &RawAttribute, context: &Context) -> Option<Attribute> {
    let [(_, text)] = raw.parts.as_slice() else { return None };
    let day = plain::read(text).filter(|plain| !plain.compact || matches!(raw.order, None | Some(DateOrder::Ymd)))?;
    let mut checked = judge(day.date.into(), raw.kind, context);
    if checked.normal != *text {
        checked.act(Action::SeparatorsNormalized);
    }
    Some(prepared(raw, &Cleaned::default(), checked, Value::Date(day.date.into())))
}

fn unfolded(field: &Field<'_>, hints: &Hints, context: &Context) -> Attribute {
    let Field { raw, text, cleaned, .. } = *field;
    let refuse = |finding: Finding, validity: Validity| {
        let mut checked = Checked::valid(text);
        checked.worsen(validity, finding);
        checked
    };
    let refused = if text.len() <= TEXT_BYTES_MAX { refused::reason(text, context.reference_date) } else { None };
    if let Some(refused) = refused {
        let mut checked = refuse(Finding::with_detail(Defect::Unsupported, refused.zh, refused.en), Validity::Suspect);
        checked.facts = refused.facts;
        return prepared(raw, cleaned, checked, Value::Text(text.into()));
    }
    match read(text, hints) {
        Ok((mut reading, actions, lunar)) => {
            keep_out_of_the_future(&mut reading, hints, context);
            let mut checked = judge(reading.date, raw.kind, context);
            let doubted = !reading.findings.is_empty();
            if doubted && reading.date.year < 1000 && checked.validity == Validity::Invalid {
                // 113/01/01: the year is perhaps one of another calendar, and the age proves nothing.
                checked = Checked::valid(checked.normal);
            }
            if lunar {
                checked.fact("calendar", "lunar");
            }
            for (validity, finding) in reading.findings {
                checked.worsen(validity, finding);
            }
            actions.into_iter().for_each(|action| checked.act(action));
            if checked.normal != text && checked.actions.is_empty() {
                checked.act(Action::SeparatorsNormalized);
            }
            prepared(raw, cleaned, checked, Value::Date(reading.date))
        }
        Err(finding) => {
            // Unsupported notions are no proof against the value; impossible days are.
            let unsupported = finding.defect == Defect::Unsupported;
            let validity = if unsupported { Validity::Suspect } else { Validity::Invalid };
            prepared(raw, cleaned, refuse(*finding, validity), Value::Text(text.into()))
        }
    }
}

/// Reads a cleaned text: the date, what was done to it, and whether it was one of the lunar calendar.
fn read(text: &str, hints: &Hints) -> Result<(Reading, Vec<Action>, bool), reading::Refusal> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(reading::refusal(Defect::Format, "不是日期", "not a date"));
    }
    if let Some(lunar) = lunar_day(text) {
        let day = lunar.ok_or_else(reading::impossible)?;
        return reading::sure(day.into()).map(|reading| (reading, vec![Action::CalendarConverted], true));
    }
    if !text.is_ascii() && lunar::read(text).is_some() {
        let (zh, en) = ("农历日期不完整，无法换算", "a lunar date that is not complete cannot be converted");
        return Err(reading::refusal(Defect::Unsupported, zh, en));
    }
    let (parts, era) = scan(text);
    if parts.fields.is_empty() && parts.weekday && !parts.unknown {
        return Err(reading::refusal(Defect::Unsupported, "只有星期", "only a day of the week"));
    }
    let negative = text.starts_with('-') && text.bytes().skip(1).all(|b| b.is_ascii_digit());
    let before_1970 = parts.fields.first().filter(|_| negative).and_then(|units| digits::before_1970(*units, hints));
    let mut reading = before_1970.unwrap_or_else(|| reading::read(&parts, era, hints))?;
    shift_by_time(parts.clock, hints, &mut reading);
    Ok((reading, actions(&parts, era), false))
}

fn actions(parts: &Parts, era: Option<Era>) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut done = |action, is_done: bool| {
        if is_done {
            actions.push(action);
        }
    };
    let lone = matches!(parts.fields.as_slice(), [field] if !matches!(field.digits, 0..=4 | 6..=8 | 14));
    let year_last = matches!(parts.fields.as_slice(), [first, _, _] if first.digits <= 2 && first.role.is_none());
    done(Action::CalendarConverted, era.is_some() || parts.week.is_some());
    done(Action::NumeralsToDigits, parts.words);
    done(Action::NumberRestored, lone);
    done(Action::Reordered, year_last && era.is_none());
    actions
}

/// Takes a text apart: its numbers and its time of day, and the era that it begins with.
fn scan(text: &str) -> (Parts, Option<Era>) {
    let Some((era, rest)) = era::strip(text) else { return (parts::sort(&lexer::tokens(text)), None) };
    let first_year = rest.replacen('元', "1", 1);
    (parts::sort(&lexer::tokens(&first_year)), Some(era))
}

/// The civil day of a whole lunar date; `Some(None)` when that calendar has no such day.
fn lunar_day(text: &str) -> Option<Option<CivilDate>> {
    if text.is_ascii() {
        return None;
    }
    match lunar::read(text)? {
        lunar::Written::Day(day) => Some(day.civil()),
        lunar::Written::Incomplete => None,
    }
}

/// `0000-00-00`: what databases write for no date.
fn is_zero_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit);
    digits.clone().count() >= 8 && digits.into_iter().all(|c| c == '0') && text.is_ascii()
}

/// A two-digit year that would put a birth after the reference date is one of the century before.
fn keep_out_of_the_future(reading: &mut Reading, hints: &Hints, context: &Context) {
    let Some(today) = context.reference_date else { return };
    let earlier = PartialDate { year: reading.date.year - 100, ..reading.date };
    let exists = earlier.day.is_none() || earlier.full().is_some();
    if hints.birth && reading.short_year && is_after(reading.date, today) && exists {
        reading.date = earlier;
    }
}

/// Whether a date lies after a day, as far as it is known.
fn is_after(date: PartialDate, day: CivilDate) -> bool {
    match (date.month, date.day) {
        (Some(month), Some(of_month)) => (date.year, month, of_month) > (day.year(), day.month(), day.day()),
        (Some(month), None) => (date.year, month) > (day.year(), day.month()),
        (None, _) => date.year > day.year(),
    }
}

fn judge(date: PartialDate, kind: AttributeKind, context: &Context) -> Checked {
    let mut checked = Checked::valid(plain::shown(date));
    if date.day.is_none() {
        checked.note(Finding::of(Defect::Partial));
    }
    if kind != AttributeKind::BirthDate {
        return checked;
    }
    if is_placeholder(date) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
        return checked;
    }
    let Some(today) = context.reference_date else { return checked };
    if is_after(date, today) {
        let finding = Finding::with_detail(Defect::Component, "出生日期在未来", "born in the future");
        checked.worsen(Validity::Invalid, finding);
    } else if today.year() - date.year > AGE_YEARS_MAX {
        let finding = Finding::with_detail(Defect::Component, "年龄超过 130 岁", "older than 130 years");
        checked.worsen(Validity::Invalid, finding);
    }
    checked
}

/// Epochs, limits and easy typing that stand for an unknown birth date.
fn is_placeholder(date: PartialDate) -> bool {
    let day = (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1));
    let whole = date.day.is_some();
    let filler = matches!(
        day,
        (1900 | 1970, 1, 1) | (1899, 12, 30 | 31) | (9999 | 2099, 12, 31) | (1111, 11, 11) | (1600 | 1601 | 1753, 1, 1)
    );
    date.year <= 1 || date.year == 9999 || whole && filler
}

fn unclear(zh: &'static str, en: &'static str) -> (Validity, Finding) {
    (Validity::Suspect, Finding::with_detail(Defect::Ambiguous, zh, en))
}

/// 24:00 is the next day's midnight; a birth date's midnight in China may have been shifted on its way through UTC.
fn shift_by_time(clock: Option<Clock>, hints: &Hints, reading: &mut Reading) {
    let (Some(clock), Some(day)) = (clock, reading.date.full()) else { return };
    let Some(seconds) = clock.seconds() else {
        reading.findings.push(unclear("时刻不存在", "no such time of day"));
        return;
    };
    let Some(next_day) = CivilDate::from_days_since_epoch(day.days_since_epoch() + 1) else { return };
    if clock.hour == 24 {
        reading.date = next_day.into();
        return;
    }
    if !hints.birth || clock.micros != 0 {
        return;
    }
    if clock.offset == Some(0) {
        if let Some(local) = chinese_midnight(day, seconds) {
            reading.date = local.into();
            let (zh, en) = ("UTC 时刻即北京时间次日零点", "in UTC, midnight of the next day in China");
            reading.findings.push(unclear(zh, en));
        }
    } else if is_summer_time(next_day) && seconds == SECONDS_PER_DAY - 3_600 {
        let (zh, en) = ("可能是夏令时零点", "perhaps midnight of the next day in summer time");
        let finding = Finding::with_detail(Defect::Ambiguous, zh, en);
        let finding = finding.suggest(next_day.to_string(), "夏令时零点", "midnight in summer time");
        reading.findings.push((Validity::Suspect, finding));
    }
}

const SECONDS_PER_DAY: u32 = 86_400;

/// The day that begins in China at this moment of UTC: at 16:00, in the summers of 1986–1991 at 15:00.
fn chinese_midnight(day: CivilDate, seconds: u32) -> Option<CivilDate> {
    let next_day = CivilDate::from_days_since_epoch(day.days_since_epoch() + 1)?;
    let begins = seconds == 16 * 3_600 || seconds == 15 * 3_600 && is_summer_time(next_day);
    begins.then_some(next_day)
}

/// China's summer time of 1986–1991 (tzdata, Asia/Shanghai): first and last day as month and day.
fn is_summer_time(day: CivilDate) -> bool {
    type DayOfYear = (u8, u8);
    const SUMMERS: [(i16, DayOfYear, DayOfYear); 6] = [
        (1986, (5, 4), (9, 13)),
        (1987, (4, 12), (9, 12)),
        (1988, (4, 17), (9, 10)),
        (1989, (4, 16), (9, 16)),
        (1990, (4, 15), (9, 15)),
        (1991, (4, 14), (9, 14)),
    ];
    let shown = (day.month(), day.day());
    SUMMERS.iter().any(|(year, from, to)| *year == day.year() && (*from..=*to).contains(&shown))
}

/// Reads a point in time: ISO 8601 date or date-time (blank or T, fraction, `Z` or offset; none means UTC), slashes,
/// compact digits.
pub fn parse_timestamp(text: &str) -> Option<Timestamp> {
    // The longest form, with nanoseconds and offset, has 35 characters.
    let text = text.trim();
    if text.len() > 40 || !text.is_ascii() {
        return None;
    }
    let date_len = if text.bytes().take(8).all(|b| b.is_ascii_digit()) && text.len() >= 8 {
        8
    } else {
        text.find(['T', 't', ' ']).unwrap_or(text.len())
    };
    let (date, rest) = text.split_at_checked(date_len)?;
    let midnight = Timestamp::at_midnight(iso_day(date)?).micros;
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    if rest.is_empty() {
        return Some(Timestamp { micros: midnight });
    }
    let (clock, offset_minutes) = split_offset(rest)?;
    let micros = midnight + clock_micros(clock)? - offset_minutes * 60_000_000;
    Some(Timestamp { micros })
}

/// Reads when a record was observed, however its file writes dates: what [`parse_timestamp`] reads, Unix times in seconds, milliseconds or
/// microseconds, a spreadsheet's serial days, and every notation of a day that [`normalize`] is sure of, with a time of day or without.
pub fn moment_observed(text: &str, order: Option<DateOrder>) -> Option<Timestamp> {
    parse_timestamp(text).or_else(|| counted_moment(text.trim())).or_else(|| written_moment(text, order))
}

/// Unix times of ten digits (seconds), thirteen or sixteen, and serial days of five with a fraction.
fn counted_moment(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if ![whole, fraction].iter().all(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let value: i64 = whole.parse().ok()?;
    let micros = match (whole.len(), fraction.is_empty()) {
        (10, _) => value * 1_000_000,
        (13, true) => value * 1_000,
        (16, true) => value,
        (5, _) => {
            let first_day = CivilDate::new(1899, 12, 30)?.days_since_epoch();
            let part: f64 = format!("0.{fraction}0").parse().ok()?;
            // To the second: a spreadsheet's fractions of a day are not exact.
            let seconds = (part * f64::from(SECONDS_PER_DAY)).round() as i64;
            (first_day + value) * MICROS_PER_DAY + seconds * 1_000_000
        }
        _ => return None,
    };
    Some(Timestamp { micros }).filter(|time| time.date().is_some())
}

fn written_moment(text: &str, order: Option<DateOrder>) -> Option<Timestamp> {
    let text = super::super::text::clean(text).text;
    let raw = RawAttribute { order, ..RawAttribute::full(AttributeKind::Date, "") };
    let (reading, _, _) =
        read(&text, &Hints::of(&raw, None)).ok().filter(|(reading, ..)| reading.findings.is_empty())?;
    let midnight = Timestamp::at_midnight(reading.date.full()?).micros;
    let clock = scan(&text).0.clock;
    let seconds = clock.and_then(|clock| clock.seconds()).unwrap_or(0) % SECONDS_PER_DAY;
    let offset_minutes = clock.and_then(|clock| clock.offset).map_or(0, i64::from);
    Some(Timestamp { micros: midnight + i64::from(seconds) * 1_000_000 - offset_minutes * 60_000_000 })
}

fn iso_day(text: &str) -> Option<CivilDate> {
    let fields: Vec<&str> = text.split(['-', '/', '.']).collect();
    let (year, month, day) = match fields.as_slice() {
        [compact] if compact.len() == 8 => (compact.get(..4)?, compact.get(4..6)?, compact.get(6..)?),
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        _ => return None,
    };
    CivilDate::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The clock and the offset east of UTC in minutes.
fn split_offset(text: &str) -> Option<(&str, i64)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock.trim_end(), 0));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, 0)) };
    let (clock, offset) = text.split_at_checked(at)?;
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let hours: i64 = digits.get(..2)?.parse().ok()?;
    let minutes: i64 = digits.get(2..).filter(|rest| !rest.is_empty()).map_or(Some(0), |rest| rest.parse().ok())?;
    let size = (hours <= 15 && minutes < 60).then_some(hours * 60 + minutes)?;
    Some((clock.trim_end(), if offset.starts_with('-') { -size } else { size }))
}

/// Microseconds since midnight of `hh:mm`, `hh:mm:ss`, `hh:mm:ss.fraction` or `hhmmss`; up to 24:00:00 and :60.
fn clock_micros(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let fields: Vec<&str> = whole.split(':').collect();
    let part = |from: usize, to: usize| whole.get(from..to).unwrap_or("0");
    let (hour, minute, second) = match fields.as_slice() {
        [hour, minute] => (*hour, *minute, "0"),
        [hour, minute, second] => (*hour, *minute, *second),
        [compact] if matches!(compact.len(), 4 | 6) => (part(0, 2), part(2, 4), part(4, 6)),
        _ => return None,
    };
    let small =
        |field: &str, limit: i64| (field.len() <= 2).then(|| field.parse().ok())?.filter(|n| (0..=limit).contains(n));
    let seconds = small(hour, 24)? * 3600 + small(minute, 59)? * 60 + small(second, 60)?;
    let digits: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let micros: i64 = digits.parse().ok()?;
    let total = seconds * 1_000_000 + micros;
    (total <= MICROS_PER_DAY + 1_000_000).then_some(total)
}

/// The day–month order that a column's values prove; `None` when nothing or the opposite is proved as well.
pub fn vote_order<'a>(values: impl Iterator<Item = &'a str>) -> Option<DateOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for value in values {
        // Longer texts are no dates that could vote.
        let Some(parts) = (value.len() <= 80).then(|| parts::sort(&lexer::tokens(value.trim()))) else { continue };
        let Some((first, second)) = reading::leading_pair(&parts) else { continue };
        day_first |= (13..=31).contains(&first) && second <= 12;
        month_first |= (13..=31).contains(&second) && first <= 12;
    }
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::Dmy),
        (false, true) => Some(DateOrder::Mdy),
        (true, true) | (false, false) => None,
    }
}

#[cfg(test)]
mod tests;
