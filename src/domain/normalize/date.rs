//! Dates in every notation met in customer files, to ISO 8601 with the precision that is known.
//!
//! The text is folded (`lexer`: width, Chinese numerals, eras, month names) to numeric fields, the fields are put in
//! order (`reading`), and the day found is judged: possible, plausible, a filler. Nothing is ever invented: a month
//! without a day stays a month. Where day and month could be swapped, the column's order decides, then the value, then
//! the country (month first for US, Philippines and Canada, day first elsewhere) and the reading is marked ambiguous.

use super::super::date::{CivilDate, DateOrder, MICROS_PER_DAY, PartialDate, Timestamp};
use super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::record::{Attribute, AttributeKind, RawAttribute, Value};
use super::super::text;
use super::{Context, prepared, truncated};

mod lexer;
mod lunar;
mod reading;

/// Nobody is older.
const AGE_YEARS_MAX: i16 = 130;
/// Two-digit years up to this are 20yy where no reference date says what year it is.
const PIVOT_YEAR_DEFAULT: i16 = 30;

/// What decides between several readings of one text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hints {
    /// A date of birth: never in the future, stored without a time of day.
    birth: bool,
    order: Option<DateOrder>,
    /// Without other evidence the month stands first.
    month_first: bool,
    /// Two-digit years above this are 19yy.
    pivot: i16,
}

/// Prepares a date.
pub fn normalize(raw: &RawAttribute, context: &Context) -> Vec<Attribute> {
    let cleaned = text::clean(&truncated(&raw.raw()));
    if is_zero_date(&cleaned.text) {
        return vec![super::missing(raw, &cleaned)];
    }
    let hints = hints_of(raw, context);
    let folded = lexer::fold(&cleaned.text);
    let attribute = match reading::read(&folded, &hints) {
        Ok(reading) => {
            let mut checked = judge(reading.date, &hints, context);
            if folded.lunar.is_some() {
                checked.fact("calendar", "lunar");
            }
            for (validity, finding) in reading.findings {
                checked.worsen(validity, finding);
            }
            prepared(raw, &cleaned, checked, Value::Date(reading.date))
        }
        Err(finding) => {
            // Unsupported calendars and ages are no proof against the value; impossible days are.
            let unsupported = finding.defect == Defect::Unsupported;
            let validity = if unsupported { Validity::Suspect } else { Validity::Invalid };
            let mut checked = Checked::valid(cleaned.text.as_str());
            checked.worsen(validity, *finding);
            prepared(raw, &cleaned, checked, Value::Text(cleaned.text.clone()))
        }
    };
    vec![attribute]
}

/// `0000-00-00`: what databases write for no date.
fn is_zero_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit);
    digits.clone().count() >= 8 && digits.into_iter().all(|c| c == '0') && text.is_ascii()
}

fn hints_of(raw: &RawAttribute, context: &Context) -> Hints {
    let country = raw.country.as_deref().unwrap_or_default().to_ascii_uppercase();
    let this_year = context.reference_date.map(CivilDate::year);
    Hints {
        birth: raw.kind == AttributeKind::BirthDate,
        order: raw.order,
        month_first: matches!(country.as_str(), "US" | "PH" | "CA"),
        pivot: this_year.map_or(PIVOT_YEAR_DEFAULT, |year| year % 100),
    }
}

fn judge(date: PartialDate, hints: &Hints, context: &Context) -> Checked {
    let mut checked = Checked::valid(date.to_string());
    if date.day.is_none() {
        checked.note(Finding::of(Defect::Partial));
    }
    if !hints.birth {
        return checked;
    }
    if is_placeholder(date) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
        return checked;
    }
    let Some(today) = context.reference_date else { return checked };
    let shown = date.to_string();
    // ISO texts of equal precision compare like the dates.
    let in_future = today.to_string().get(..shown.len()).is_some_and(|now| shown.as_str() > now);
    if in_future {
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
    let micros = midnight + reading::clock_micros(clock)? - offset_minutes * 60_000_000;
    Some(Timestamp { micros })
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

/// The day–month order that a column's values prove; `None` when nothing or the opposite is proved as well.
pub fn vote_order<'a>(values: impl Iterator<Item = &'a str>) -> Option<DateOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for value in values {
        let Some((first, second)) = reading::leading_pair(&lexer::fold(value.trim())) else { continue };
        day_first |= (13..=31).contains(&first) && second <= 12;
        month_first |= (13..=31).contains(&second) && first <= 12;
    }
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::Dmy),
        (false, true) => Some(DateOrder::Mdy),
        (true, true) | (false, false) => None,
    }
}

/// The day of a number of microseconds since the epoch.
fn day_of_micros(micros: i64) -> Option<CivilDate> {
    CivilDate::from_days_since_epoch(micros.div_euclid(MICROS_PER_DAY))
}

#[cfg(test)]
mod tests;
