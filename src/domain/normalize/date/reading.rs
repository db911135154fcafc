//! Puts a date's numbers in order: year, month, day, as far as they are known.

use super::super::super::date::{CivilDate, DateOrder, PartialDate};
use super::super::super::finding::{Defect, Finding, Validity};
use super::era::{self, Era};
use super::parts::{Field, Parts, Role};
use super::{Hints, digits, unclear};

/// A date, and how sure its reading is.
#[derive(Debug)]
pub(super) struct Reading {
    pub date: PartialDate,
    pub findings: Vec<(Validity, Finding)>,
    /// The year was written with two digits.
    pub short_year: bool,
}

/// Why there is no date; boxed because a finding is large and refusals are rare.
pub(super) type Refusal = Box<Finding>;
pub(super) type Outcome = Result<Reading, Refusal>;

/// Reads the numbers of a date. The error says why there is no date in them.
pub(super) fn read(parts: &Parts, era: Option<Era>, hints: &Hints) -> Outcome {
    if parts.unknown || parts.fields.is_empty() || parts.fields.len() > 3 {
        return Err(not_a_date());
    }
    if let Some(week) = parts.week {
        return of_week(&parts.fields, week);
    }
    let named = parts.fields.iter().any(|field| field.role.is_some());
    let mut reading = match (era, parts.fields.as_slice()) {
        (Some(era), fields) => of_era(era, fields)?,
        (None, fields) if named => of_named(fields, hints)?,
        (None, [single]) => digits::read(*single, parts.fraction, hints)?,
        (None, fields) => of_plain(fields, hints)?,
    };
    let bare_year =
        matches!(parts.fields.as_slice(), [year] if era.is_none() && year.digits == 4 && year.role.is_none());
    if parts.dangling || bare_year && reading.date.month.is_none() {
        reading.findings.push(unclear("日期可能不完整", "perhaps a date cut off"));
    } else if parts.mixed {
        reading.findings.push(unclear("分隔符不一致", "different separators in one date"));
    }
    Ok(reading)
}

/// The first two of three numbers, the last of which is a year: what a column's order is voted with.
pub(super) fn leading_pair(parts: &Parts) -> Option<(u64, u64)> {
    match parts.fields.as_slice() {
        [first, second, year] if first.digits <= 2 && matches!(year.digits, 2 | 4) && !parts.unknown => {
            let plain = [first, second, year].iter().all(|field| field.role.is_none());
            plain.then_some((first.value, second.value))
        }
        _ => None,
    }
}

pub(super) fn sure(date: PartialDate) -> Outcome {
    Ok(Reading { date, findings: Vec::new(), short_year: false })
}

pub(super) fn doubted(date: PartialDate, zh: &'static str, en: &'static str) -> Outcome {
    Ok(Reading { date, findings: vec![unclear(zh, en)], short_year: false })
}

pub(super) fn refusal(defect: Defect, zh: &'static str, en: &'static str) -> Refusal {
    Box::new(Finding::with_detail(defect, zh, en))
}

pub(super) fn impossible() -> Refusal {
    refusal(Defect::Component, "日期不存在", "no such day")
}

fn not_a_date() -> Refusal {
    refusal(Defect::Format, "不是日期", "not a date")
}

/// Year, month and day as numbers; 0 (as in 1985-00-00) means not known.
pub(super) fn partial(year: u64, month: u64, day: u64) -> Result<PartialDate, Refusal> {
    let small = |number: u64| u8::try_from(number).map_err(|_| impossible());
    let year = i16::try_from(year).map_err(|_| impossible())?;
    let date = match (small(month)?, small(day)?) {
        (0, 0) => PartialDate::year(year),
        (month, 0) => PartialDate::month(year, month),
        (month, day) => CivilDate::new(year, month, day).map(PartialDate::from),
    };
    date.ok_or_else(|| nearest_days(year, month, day))
}

/// The days that may have been meant by one that does not exist: day and month swapped, the last of the month.
fn nearest_days(year: i16, month: u64, day: u64) -> Refusal {
    let civil = |month: u64, day: u64| CivilDate::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let mut finding = *impossible();
    if let Some(swapped) = civil(day, month) {
        finding = finding.suggest(swapped.to_string(), "日月颠倒", "day and month swapped");
    }
    if (29..=31).contains(&day)
        && let Some(last) = [30, 29, 28].into_iter().find_map(|day| civil(month, day))
    {
        finding = finding.suggest(last.to_string(), "当月最后一天", "the last day of the month");
    }
    Box::new(finding)
}

/// 85 → 1985; two digits up to the pivot are 20yy.
pub(super) fn whole_year(field: Field, hints: &Hints) -> u64 {
    match field.digits {
        0..=2 if field.value <= hints.pivot => 2000 + field.value,
        0..=2 => 1900 + field.value,
        _ => field.value,
    }
}

fn with_year(year: Field, month: u64, day: u64, hints: &Hints) -> Outcome {
    let date = partial(whole_year(year, hints), month, day)?;
    Ok(Reading { date, findings: Vec::new(), short_year: year.digits <= 2 })
}

/// 令和5年2月9日, R5.2.9, 民国85年, H310430.
fn of_era(era: Era, fields: &[Field]) -> Outcome {
    let value = |index: usize| fields.get(index).map_or(0, |field| field.value);
    let (count, month, day) = match fields {
        [compact] if compact.digits >= 5 => (compact.value / 10_000, compact.value / 100 % 100, compact.value % 100),
        _ => (value(0), value(1), value(2)),
    };
    let year = u32::try_from(count).ok().and_then(|count| era.year(count)).ok_or_else(impossible)?;
    let date = partial(year.into(), month, day)?;
    // 平成31年5月1日 never was: the era had ended the day before.
    if !era.has(date.year, date.month, date.day) {
        return Err(refusal(Defect::Component, "不在该年号期间", "outside the era"));
    }
    sure(date)
}

/// 2023-W06-4, 2023W064, 2023-W06.
fn of_week(fields: &[Field], week: Field) -> Outcome {
    let year = fields.first().copied().filter(|year| year.digits == 4).ok_or_else(not_a_date)?;
    let (week, day) = match week.digits {
        2 => (week.value, fields.get(1).map(|field| field.value)),
        3 => (week.value / 10, Some(week.value % 10)),
        _ => return Err(not_a_date()),
    };
    let january = i16::try_from(year.value).ok().and_then(|year| CivilDate::new(year, 1, 4)).ok_or_else(impossible)?;
    // Week 1 has 4 January; 1970-01-01 was a Thursday.
    let monday = january.days_since_epoch() - (january.days_since_epoch() + 3).rem_euclid(7);
    let Some(day) = day else {
        return Err(refusal(Defect::Unsupported, "只有周，没有日", "a week without its day"));
    };
    let number = |value: u64| i64::try_from(value).map_err(|_| impossible());
    let week_start = monday + 7 * (number(week)? - 1);
    let date = CivilDate::from_days_since_epoch(week_start + number(day)? - 1);
    // The last week has 28 December.
    let last = CivilDate::new(january.year(), 12, 28).map_or(0, CivilDate::days_since_epoch);
    let exists = (1..=7).contains(&day) && (monday..=last).contains(&week_start);
    date.filter(|_| exists).map_or_else(|| Err(impossible()), |date| sure(date.into()))
}

/// Dates in which units, names of months or ordinals say what some of the numbers are.
fn of_named(fields: &[Field], hints: &Hints) -> Outcome {
    let of = |role: Role| fields.iter().copied().find(|field| field.role == Some(role));
    let (year, month, day) = (of(Role::Year), of(Role::Month), of(Role::Day));
    let mut plain = fields.iter().copied().filter(|field| field.role.is_none());
    let rest = (plain.next(), plain.next());
    let roles = [year, month, day].into_iter().flatten().count();
    let plain_count = [rest.0, rest.1].into_iter().flatten().count();
    if roles + plain_count != fields.len() {
        return Err(not_a_date());
    }
    let yearless = || Err(refusal(Defect::Unsupported, "缺少年份", "the year is missing"));
    let is_year = |field: &Field| field.digits > 2 || field.value > 31;
    let value = |field: Option<Field>| field.map_or(0, |field| field.value);
    match (year, month, day, rest) {
        (Some(year), Some(month), day, (None, _)) => with_year(year, month.value, value(day), hints),
        (Some(year), None, None, (None, _)) => with_year(year, 0, 0, hints),
        // 1985年3-12, 3-12-'85
        (Some(year), None, None, (Some(month), day)) => with_year(year, month.value, value(day), hints),
        (Some(year), None, Some(day), (Some(month), None)) => with_year(year, month.value, day.value, hints),
        (Some(year), Some(month), None, (Some(day), None)) => with_year(year, month.value, day.value, hints),
        (None, Some(month), Some(day), (Some(year), None)) => with_year(year, month.value, day.value, hints),
        (None, Some(month), None, (Some(year), None)) if is_year(&year) => with_year(year, month.value, 0, hints),
        // Feb 9, 2023; 9-Feb-23; 2023 Feb 9
        (None, Some(month), None, (Some(first), Some(second))) => {
            let year_first = is_year(&first) || hints.order == Some(DateOrder::Ymd) && !is_year(&second);
            let (year, day) = if year_first { (first, second) } else { (second, first) };
            with_year(year, month.value, day.value, hints)
        }
        (None, _, _, _) if month.is_some() || day.is_some() => yearless(),
        _ => Err(not_a_date()),
    }
}

/// Two or three numbers that only their places tell apart.
fn of_plain(fields: &[Field], hints: &Hints) -> Outcome {
    match fields {
        // 2023-040: the day of the year.
        [year, day] if year.digits == 4 && day.digits == 3 => digits::ordinal(year.value, day.value),
        [year, month] if year.digits == 4 => sure(partial(year.value, month.value, 0)?),
        [month, year] if year.digits == 4 => sure(partial(year.value, month.value, 0)?),
        [first, second] if first.digits <= 2 && second.digits <= 2 => {
            Err(refusal(Defect::Unsupported, "缺少年份", "the year is missing"))
        }
        // 113/01/01 is a year of the Republic of China where they are usual, elsewhere the year 113. As a year of the
        // Republic, 三六七年 would be far in the future.
        [year, month, day] if year.digits == 3 && year.value <= 189 => {
            republican(year.value, month.value, day.value, hints)
        }
        [year, month, day] if year.digits >= 3 => sure(partial(year.value, month.value, day.value)?),
        [first, second, year] => year_last(*first, *second, *year, hints),
        _ => Err(not_a_date()),
    }
}

/// A date whose year is one of the Republic of China by its look: it is one in Taiwan, and offered as one elsewhere.
pub(super) fn republican(year: u64, month: u64, day: u64, hints: &Hints) -> Outcome {
    let converted = partial(1911 + year, month, day);
    if hints.taiwan {
        let date = converted?;
        return match era::REPUBLIC.has(date.year, date.month, date.day) {
            true => sure(date),
            false => doubted(date, "可能是民国年份", "perhaps a year of the ROC"),
        };
    }
    let written = partial(year, month, day);
    let mut finding = Finding::with_detail(Defect::Ambiguous, "可能是民国年份", "perhaps a year of the ROC");
    if let Ok(date) = &converted {
        finding = finding.suggest(date.to_string(), "按民国纪年换算", "as a year of the Republic of China");
    }
    // 0113 has no 29 February where 2024 has one.
    let date = written.or(converted)?;
    Ok(Reading { date, findings: vec![(Validity::Suspect, finding)], short_year: false })
}

/// 02/03/2023 or 23/02/09: the column, the value, the country decide, in this order.
fn year_last(first: Field, second: Field, year: Field, hints: &Hints) -> Outcome {
    let short = year.digits <= 2;
    let as_year_first = || partial(whole_year(Field { digits: 2, ..first }, hints), second.value, year.value);
    if short && (hints.order == Some(DateOrder::Ymd) || first.value > 31 || first.value == 0) {
        let date = as_year_first()?;
        return Ok(Reading { date, findings: Vec::new(), short_year: true });
    }
    let written = whole_year(year, hints);
    let month_first = || partial(written, first.value, second.value);
    let day_first = || partial(written, second.value, first.value);
    let read = |date: PartialDate| Ok(Reading { date, findings: Vec::new(), short_year: short });
    let (by_month, by_day) = match hints.order {
        Some(DateOrder::Mdy) if first.value <= 12 => return read(month_first()?),
        Some(DateOrder::Dmy) if second.value <= 12 => return read(day_first()?),
        _ => (month_first(), day_first()),
    };
    let others = [by_month.as_ref().ok().copied(), by_day.as_ref().ok().copied()].into_iter().flatten();
    if short && hints.order.is_none() && !hints.month_first {
        // 23/02/09 without a column's evidence: the year stands first in Chinese files.
        if let Ok(date) = as_year_first() {
            let finding = Finding::with_detail(Defect::Ambiguous, "年份只有两位", "a two-digit year");
            let finding = readings(finding, [date].into_iter().chain(others));
            return Ok(Reading { date, findings: vec![(Validity::Suspect, finding)], short_year: true });
        }
    }
    match (by_month, by_day) {
        (Ok(date), Ok(other)) if date == other => read(date),
        (Ok(by_month), Ok(by_day)) => {
            let (date, other) = if hints.month_first { (by_month, by_day) } else { (by_day, by_month) };
            let finding = Finding::with_detail(Defect::Ambiguous, "日与月的次序不明", "day and month could be swapped");
            let findings = vec![(Validity::Suspect, readings(finding, [date, other].into_iter()))];
            Ok(Reading { date, findings, short_year: short })
        }
        (Ok(date), Err(_)) | (Err(_), Ok(date)) => read(date),
        (Err(finding), Err(_)) => Err(finding),
    }
}

/// Offers every reading of a text once, the likeliest first.
fn readings(mut finding: Finding, dates: impl Iterator<Item = PartialDate>) -> Finding {
    for (place, date) in dates.enumerate() {
        let shown = date.to_string();
        if finding.suggestions.iter().all(|suggestion| suggestion.value != shown) {
            let (zh, en) = if place == 0 {
                ("最可能的读法", "the likeliest reading")
            } else {
                ("另一种读法", "another reading")
            };
            finding = finding.suggest(shown, zh, en);
        }
    }
    finding
}
