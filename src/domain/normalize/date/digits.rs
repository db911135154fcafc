//! Digits without separators: compact dates, a spreadsheet's serial days, Unix times, told apart by their number.

use super::super::super::date::{CivilDate, DateOrder, MICROS_PER_DAY, PartialDate};
use super::super::super::finding::{Defect, Finding, Validity};
use super::parts::Field;
use super::reading::{Outcome, Reading, Refusal, doubted, impossible, partial, refusal, republican, sure, whole_year};
use super::{Hints, chinese_midnight, unclear};

/// Reads one number; `fraction` holds the digits behind a decimal point.
pub(super) fn read(number: Field, fraction: Option<Field>, hints: &Hints) -> Outcome {
    let value = number.value;
    if let Some(fraction) = fraction {
        return match number.digits {
            5 => serial(value),
            9 | 10 | 12 | 13 if fraction.value == 0 => read(number, None, hints),
            // A Unix time in seconds with its milliseconds behind the point.
            9 | 10 => epoch(value, 1_000_000, hints),
            _ => Err(refusal(Defect::Format, "不是日期", "not a date")),
        };
    }
    match number.digits {
        4 if hints.birth && value > 2_200 && value <= 9_998 => serial(value),
        4 => sure(partial(value, 0, 0)?),
        5 => serial(value),
        6 => six(value, hints),
        7 => seven(value, hints),
        8 => eight(value, hints),
        9 => epoch(value, 1_000_000, hints),
        10 => epoch(value, 1_000_000, hints),
        12 => match partial(value / 100_000_000, value / 1_000_000 % 100, value / 10_000 % 100) {
            Ok(date) if (1850..=2200).contains(&date.year) && date.day.is_some() => {
                with_clock(date, value % 10_000 * 100)
            }
            _ => epoch(value, 1_000, hints),
        },
        13 => epoch(value, 1_000, hints),
        14 => {
            let date = value / 1_000_000;
            with_clock(partial(date / 10_000, date / 100 % 100, date % 100)?, value % 1_000_000)
        }
        16 => epoch(value, 1, hints),
        1..=3 => Err(refusal(Defect::Unsupported, "可能是年龄", "perhaps an age")),
        _ => Err(refusal(Defect::Length, "位数不对", "wrong number of digits")),
    }
}

/// A compact date with hhmmss: 24:00 is the next day's midnight.
fn with_clock(date: PartialDate, clock: u64) -> Outcome {
    if clock == 240_000 {
        let next = date.full().and_then(|day| CivilDate::from_days_since_epoch(day.days_since_epoch() + 1));
        return sure(next.map_or(date, PartialDate::from));
    }
    let (minute, second) = (clock / 100 % 100, clock % 100);
    let leap = second == 60 && minute % 30 == 29;
    if clock / 10_000 > 23 || minute > 59 || second > 59 && !leap {
        return doubted(date, "时刻不存在", "no such time of day");
    }
    sure(date)
}

/// The day of a year: 040 is 9 February.
pub(super) fn ordinal(year: u64, day: u64) -> Outcome {
    let first = i16::try_from(year).ok().and_then(|year| CivilDate::new(year, 1, 1)).ok_or_else(impossible)?;
    let days = i64::try_from(day).map_err(|_| impossible())? - 1;
    let date = CivilDate::from_days_since_epoch(first.days_since_epoch() + days);
    let date = date.filter(|date| date.year() == first.year() && day > 0);
    date.map_or_else(|| Err(impossible()), |date| sure(date.into()))
}

/// 198503 is a month, 850312 a day of 1985: a year of this age decides, else the reading as a day.
fn six(value: u64, hints: &Hints) -> Outcome {
    let as_month = partial(value / 100, (value % 100).max(1), 0);
    match as_month {
        Ok(date) if (1900..=2100).contains(&date.year) => sure(date),
        _ => {
            let year = whole_year(Field { value: value / 10_000, digits: 2, role: None }, hints);
            let date = partial(year, value / 100 % 100, value % 100)?;
            let findings = vec![unclear("年份只有两位", "a two-digit year")];
            Ok(Reading { date, findings, short_year: true })
        }
    }
}

/// 1130101 has a year of the Republic of China, 2023040 the day of a year.
fn seven(value: u64, hints: &Hints) -> Outcome {
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    match partial(1911 + year, month, day) {
        Ok(_) if value < 2_000_000 => republican(year, month, day, hints),
        Err(finding) if value < 1_850_000 => Err(finding),
        _ => {
            let mut reading = ordinal(value / 1000, value % 1000)?;
            reading.findings.push(unclear("一年中的第几天", "the day of a year"));
            Ok(reading)
        }
    }
}

/// yyyymmdd, or what the column's order says (09271995).
fn eight(value: u64, hints: &Hints) -> Outcome {
    let year_first = || partial(value / 10_000, value / 100 % 100, value % 100);
    let year_last = |order: DateOrder| {
        let (first, second) = (value / 1_000_000, value / 10_000 % 100);
        let (month, day) = if order == DateOrder::Mdy { (first, second) } else { (second, first) };
        partial(value % 10_000, month, day)
    };
    let plausible = |date: &PartialDate| (1850..=2100).contains(&date.year) && date.day.is_some();
    if let Some(order) = hints.order.filter(|order| *order != DateOrder::Ymd) {
        let date = year_last(order);
        if date.as_ref().is_ok_and(plausible) {
            return sure(date?);
        }
    }
    year_first().map_or_else(|finding| year_behind(finding, year_last, plausible), sure)
}

/// Not a date with its year first: perhaps one with its year last, if exactly one order makes sense.
fn year_behind(
    finding: Refusal,
    year_last: impl Fn(DateOrder) -> Result<PartialDate, Refusal>,
    plausible: impl Fn(&PartialDate) -> bool,
) -> Outcome {
    let mut others = [DateOrder::Mdy, DateOrder::Dmy].map(year_last).into_iter().flatten().filter(plausible);
    match (others.next(), others.next()) {
        (Some(date), None) => doubted(date, "年份在末尾", "the year stands last"),
        _ => Err(finding),
    }
}

/// A spreadsheet's serial day: 1 is 1900-01-01, and the 29 February 1900 that never was makes it 1899-12-30 from day 61
/// on. The other system counts from 1904.
fn serial(value: u64) -> Outcome {
    const DAY_0: i64 = -25_569;
    const SYSTEM_1904: i64 = 1_462;
    let days = i64::try_from(value).map_err(|_| impossible())?;
    let date = |days: i64| CivilDate::from_days_since_epoch(DAY_0 + days);
    let Some(day) = date(days).filter(|_| (61..=60_000).contains(&days)) else {
        return Err(refusal(Defect::Length, "位数不对", "wrong number of digits"));
    };
    let mut finding = Finding::with_detail(Defect::Ambiguous, "电子表格的日期序号", "a spreadsheet's serial day");
    finding = finding.suggest(day.to_string(), "1900 日期系统", "the 1900 date system");
    if let Some(other) = date(days + SYSTEM_1904) {
        finding = finding.suggest(other.to_string(), "1904 日期系统", "the 1904 date system");
    }
    Ok(Reading { date: day.into(), findings: vec![(Validity::Suspect, finding)], short_year: false })
}

fn epoch(units: u64, micros_per_unit: i64, hints: &Hints) -> Outcome {
    let micros = i64::try_from(units).ok().and_then(|units| units.checked_mul(micros_per_unit));
    moment(micros, hints)
}

/// A Unix time in seconds or milliseconds before 1970.
pub(super) fn before_1970(units: Field, hints: &Hints) -> Option<Outcome> {
    let micros_per_unit = match units.digits {
        7..=10 => 1_000_000,
        11..=13 => 1_000,
        _ => return None,
    };
    let micros = i64::try_from(units.value).ok()?.checked_mul(-micros_per_unit);
    Some(moment(micros, hints))
}

fn moment(micros: Option<i64>, hints: &Hints) -> Outcome {
    let micros = micros.ok_or_else(impossible)?;
    let day = CivilDate::from_days_since_epoch(micros.div_euclid(MICROS_PER_DAY)).ok_or_else(impossible)?;
    let seconds = u32::try_from(micros.rem_euclid(MICROS_PER_DAY) / 1_000_000).unwrap_or(0);
    let local = if hints.birth { chinese_midnight(day, seconds) } else { None };
    doubted(local.unwrap_or(day).into(), "Unix 时间戳，时区不明", "Unix time of unknown zone")
}
