//! Puts a folded date's numbers in order: year, month, day, as far as they are known.

use super::super::super::date::{CivilDate, DateOrder, PartialDate};
use super::super::super::finding::{Defect, Finding, Validity};
use super::lexer::{Era, Folded};
use super::{Hints, day_of_micros};

/// A date, and how sure its reading is.
#[derive(Debug)]
pub(super) struct Reading {
    pub date: PartialDate,
    pub findings: Vec<(Validity, Finding)>,
}

/// Why there is no date; boxed because a finding is large and refusals are rare.
type Refusal = Box<Finding>;
type Outcome = Result<Reading, Refusal>;

/// Microseconds in an hour.
const MICROS_PER_HOUR: i64 = 3_600_000_000;

/// Reads a folded text. The error says why there is no date in it.
pub(super) fn read(folded: &Folded, hints: &Hints) -> Outcome {
    if let Some(why) = folded.unsupported {
        return Err(refusal(Defect::Unsupported, why, why));
    }
    if let Some(lunar) = folded.lunar {
        return lunar.civil().map_or_else(|| Err(impossible()), |day| sure(day.into()));
    }
    if folded.date.contains('?') || folded.date.is_empty() || folded.date.len() > 30 {
        return Err(refusal(Defect::Format, "不是日期", "not a date"));
    }
    let fields: Vec<&str> = folded.date.split(['-', ' ']).filter(|field| !field.is_empty()).collect();
    let mut reading = match (folded.era, fields.as_slice()) {
        (Some(era), fields) => of_era(era, fields)?,
        (None, [single]) if !folded.year_first => single_number(single, hints)?,
        (None, [whole, fraction]) if whole.len() >= 5 && !folded.date.contains('m') => decimal(whole, fraction, hints)?,
        (None, fields) => of_fields(fields, folded.year_first, hints)?,
    };
    shift_by_time(&folded.time, hints, &mut reading);
    let bare_year =
        folded.era.is_none() && !folded.year_first && folded.date.len() == 4 && reading.date.month.is_none();
    if folded.dangling || bare_year {
        reading.findings.push(unclear("日期可能不完整", "perhaps a date cut off"));
    }
    Ok(reading)
}

/// The first two of three numbers, the last of which is a year: what a column's order is voted with.
pub(super) fn leading_pair(folded: &Folded) -> Option<(u32, u32)> {
    let fields: Vec<&str> = folded.date.split('-').collect();
    let usable = folded.era.is_none() && !folded.year_first && folded.unsupported.is_none();
    match fields.as_slice() {
        [first, second, year] if usable && first.len() <= 2 && matches!(year.len(), 2 | 4) => {
            Some((first.parse().ok()?, second.parse().ok()?))
        }
        _ => None,
    }
}

fn sure(date: PartialDate) -> Outcome {
    Ok(Reading { date, findings: Vec::new() })
}

fn refusal(defect: Defect, zh: &str, en: &str) -> Refusal {
    Box::new(Finding::with_detail(defect, zh, en))
}

fn impossible() -> Refusal {
    refusal(Defect::Component, "日期不存在", "no such day")
}

fn unclear(zh: &str, en: &str) -> (Validity, Finding) {
    (Validity::Suspect, Finding::with_detail(Defect::Ambiguous, zh, en))
}

/// Year, month and day as numbers; 0 (as in 1985-00-00) means not known.
fn partial(year: i32, month: u32, day: u32) -> Result<PartialDate, Refusal> {
    let year = i16::try_from(year).map_err(|_| impossible())?;
    let (month, day) = (u8::try_from(month).map_err(|_| impossible())?, u8::try_from(day).map_err(|_| impossible())?);
    let date = match (month, day) {
        (0, 0) => PartialDate::year(year),
        (_, 0) => PartialDate::month(year, month),
        _ => CivilDate::new(year, month, day).map(PartialDate::from),
    };
    date.ok_or_else(impossible)
}

fn number(field: &str) -> Result<u32, Refusal> {
    field.parse().map_err(|_| refusal(Defect::Format, "不是日期", "not a date"))
}

/// 85 → 1985 or 2085 → never: two digits above the pivot are 19yy.
fn whole_year(field: &str, hints: &Hints) -> Result<i32, Refusal> {
    let year = i32::try_from(number(field)?).map_err(|_| impossible())?;
    if field.len() > 2 {
        return Ok(year);
    }
    Ok(if year <= i32::from(hints.pivot) { 2000 + year } else { 1900 + year })
}

fn of_era(era: Era, fields: &[&str]) -> Outcome {
    let at = |index: usize| fields.get(index).map_or(Ok(0), |field| number(field));
    let year_of_era = i32::try_from(at(0)?).ok().filter(|year| (1..=1_000).contains(year)).ok_or_else(impossible)?;
    let date = partial(era.first_year + year_of_era - 1, at(1)?, at(2)?)?;
    // 平成31年5月1日 never was: the era had ended the day before. Unknown parts get the benefit of the doubt.
    let shown = |month: u8, day: u8| i32::from(date.year) * 10_000 + i32::from(month) * 100 + i32::from(day);
    let earliest = shown(date.month.unwrap_or(1), date.day.unwrap_or(1));
    let latest = shown(date.month.unwrap_or(12), date.day.unwrap_or(31));
    if fields.len() > 3 || latest < era.from || earliest > era.to {
        return Err(impossible());
    }
    sure(date)
}

/// Digits without separators, told apart by their number.
fn single_number(digits: &str, hints: &Hints) -> Outcome {
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    match digits.len() {
        4 => sure(partial(whole_year(digits, hints)?, 0, 0)?),
        5 => serial(digits),
        6 => six_digits(digits, hints),
        7 => {
            // 1130101: a year of the Republic of China before month and day.
            let date = partial(1911 + whole_year(part(0, 3), hints)?, number(part(3, 5))?, number(part(5, 7))?)?;
            Ok(Reading { date, findings: vec![unclear("可能是民国年份", "perhaps a year of the ROC")] })
        }
        8 => eight_digits(digits, hints),
        12 | 14 => sure(partial(whole_year(part(0, 4), hints)?, number(part(4, 6))?, number(part(6, 8))?)?),
        10 => epoch(digits, 1_000_000),
        13 => epoch(digits, 1_000),
        1..=3 => Err(refusal(Defect::Unsupported, "可能是年龄", "perhaps an age")),
        _ => Err(refusal(Defect::Length, "位数不对", "wrong number of digits")),
    }
}

/// 198503 is a month, 850312 a day of 1985: a year of this age decides, else the reading as a day.
fn six_digits(digits: &str, hints: &Hints) -> Outcome {
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let year = number(part(0, 4))?;
    let as_month = partial(whole_year(part(0, 4), hints)?, number(part(4, 6))?.max(1), 0);
    match as_month {
        Ok(date) if (1900..=2100).contains(&year) => sure(date),
        _ => {
            let date = partial(whole_year(part(0, 2), hints)?, number(part(2, 4))?, number(part(4, 6))?)?;
            Ok(Reading { date, findings: vec![unclear("年份只有两位", "a two-digit year")] })
        }
    }
}

/// yyyymmdd, or what the column's order says (09271995).
fn eight_digits(digits: &str, hints: &Hints) -> Outcome {
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let year_first = || partial(whole_year(part(0, 4), hints)?, number(part(4, 6))?, number(part(6, 8))?);
    let year_last = |order: DateOrder| {
        let (first, second) = (number(part(0, 2))?, number(part(2, 4))?);
        let (month, day) = if order == DateOrder::Mdy { (first, second) } else { (second, first) };
        partial(whole_year(part(4, 8), hints)?, month, day)
    };
    let plausible = |date: &PartialDate| (1850..=2100).contains(&date.year) && date.day.is_some();
    if let Some(order) = hints.order.filter(|order| *order != DateOrder::Ymd) {
        let date = year_last(order);
        if date.as_ref().is_ok_and(plausible) {
            return sure(date?);
        }
    }
    match year_first() {
        Ok(date) => sure(date),
        Err(finding) => {
            // Not a date with its year first: perhaps one with its year last, if exactly one order makes sense.
            let mut others = [DateOrder::Mdy, DateOrder::Dmy].map(year_last).into_iter().flatten().filter(plausible);
            match (others.next(), others.next()) {
                (Some(date), None) => {
                    Ok(Reading { date, findings: vec![unclear("年份在末尾", "the year stands last")] })
                }
                _ => Err(finding),
            }
        }
    }
}

/// Excel's serial day: 1 is 1900-01-01, and the day 60 that never was makes it 1899-12-30 from there on.
fn serial(digits: &str) -> Outcome {
    const EXCEL_DAY_0: i64 = -25_569;
    let days = i64::from(number(digits)?);
    let date = CivilDate::from_days_since_epoch(EXCEL_DAY_0 + days).filter(|_| (10_000..=60_000).contains(&days));
    let date = date.ok_or_else(|| refusal(Defect::Length, "位数不对", "wrong number of digits"))?;
    let findings = vec![unclear("电子表格的日期序号", "a spreadsheet's serial day")];
    Ok(Reading { date: date.into(), findings })
}

fn epoch(digits: &str, micros_per_unit: i64) -> Outcome {
    let units: i64 = digits.parse().map_err(|_| impossible())?;
    let date = units.checked_mul(micros_per_unit).and_then(day_of_micros).ok_or_else(impossible)?;
    let findings = vec![unclear("Unix 时间戳，时区不明", "Unix time of unknown zone")];
    Ok(Reading { date: date.into(), findings })
}

/// 44986.5 and 1675900800.0.
fn decimal(whole: &str, fraction: &str, hints: &Hints) -> Outcome {
    match whole.len() {
        5 => serial(whole),
        10 | 13 if fraction.bytes().all(|b| b == b'0') => single_number(whole, hints),
        _ => Err(refusal(Defect::Format, "不是日期", "not a date")),
    }
}

fn of_fields(fields: &[&str], year_first: bool, hints: &Hints) -> Outcome {
    let is_name = |field: &&str| field.starts_with('m');
    if let Some(position) = fields.iter().position(is_name) {
        return with_month_name(fields, position, hints);
    }
    match fields {
        [year] => sure(partial(whole_year(year, hints)?, 0, 0)?),
        [year, month] if year.len() == 4 || year_first => sure(partial(whole_year(year, hints)?, number(month)?, 0)?),
        [month, year] if year.len() == 4 => sure(partial(whole_year(year, hints)?, number(month)?, 0)?),
        [year, month, day] if year_first || year.len() >= 3 => {
            // 三六七年 would be far in the future as a year of the Republic of China.
            if year.len() == 3 && number(year)? <= 189 {
                // 113/01/01 is a year of the Republic of China where it is written so; elsewhere a slip.
                let date = partial(1911 + whole_year(year, hints)?, number(month)?, number(day)?)?;
                return Ok(Reading {
                    date, findings: vec![unclear("可能是民国年份", "perhaps a year of the ROC")]
                });
            }
            sure(partial(whole_year(year, hints)?, number(month)?, number(day)?)?)
        }
        [first, second, year] => year_last(number(first)?, number(second)?, year, hints),
        _ => Err(refusal(Defect::Format, "不是日期", "not a date")),
    }
}

/// Feb 9, 2023; 9-Feb-23; 2023 Feb 9; Feb 2023.
fn with_month_name(fields: &[&str], position: usize, hints: &Hints) -> Outcome {
    let month = fields.get(position).and_then(|field| field.strip_prefix('m')).map_or(Ok(0), number)?;
    let others: Vec<&str> =
        fields.iter().enumerate().filter(|(i, _)| *i != position).map(|(_, field)| *field).collect();
    match others.as_slice() {
        [year] if year.len() == 4 => sure(partial(whole_year(year, hints)?, month, 0)?),
        [year, day] if year.len() == 4 => sure(partial(whole_year(year, hints)?, month, number(day)?)?),
        [day, year] => sure(partial(whole_year(year, hints)?, month, number(day)?)?),
        _ => Err(refusal(Defect::Format, "不是日期", "not a date")),
    }
}

/// 02/03/2023 or 23/02/09: the column, the value, the country decide, in this order.
fn year_last(first: u32, second: u32, year: &str, hints: &Hints) -> Outcome {
    let third = number(year)?;
    let short = year.len() <= 2;
    if short && (hints.order == Some(DateOrder::Ymd) || first > 31 || first == 0) {
        let written = format!("{first:02}");
        return sure(partial(whole_year(&written, hints)?, second, third)?);
    }
    let year = whole_year(year, hints)?;
    let (month_first, day_first) = (|| partial(year, first, second), || partial(year, second, first));
    let (month_first, day_first) = match hints.order {
        Some(DateOrder::Mdy) if first <= 12 => return sure(month_first()?),
        Some(DateOrder::Dmy) if second <= 12 => return sure(day_first()?),
        _ => (month_first(), day_first()),
    };
    let chinese_short = short && hints.order.is_none() && !hints.month_first;
    if chinese_short {
        // 23/02/09 without a column's evidence: the year stands first in Chinese files.
        let written = format!("{first:02}");
        if let Ok(date) = whole_year(&written, hints).and_then(|year| partial(year, second, third)) {
            return Ok(Reading { date, findings: vec![unclear("年份只有两位", "a two-digit year")] });
        }
    }
    match (month_first, day_first) {
        (Ok(date), Ok(other)) if date == other => sure(date),
        (Ok(month_first), Ok(day_first)) => {
            let (date, other) = if hints.month_first { (month_first, day_first) } else { (day_first, month_first) };
            let (zh, en) = ("日与月的次序不明", "day and month could be swapped");
            let finding = Finding::with_detail(Defect::Ambiguous, zh, en).suggest(
                other.to_string(),
                "另一种读法",
                "the other reading",
            );
            Ok(Reading { date, findings: vec![(Validity::Suspect, finding)] })
        }
        (Ok(date), Err(_)) | (Err(_), Ok(date)) => sure(date),
        (Err(finding), Err(_)) => Err(finding),
    }
}

/// 2023-02-08T16:00:00Z is midnight of the next day in China; 24:00 is the next day's midnight everywhere.
fn shift_by_time(time: &str, hints: &Hints, reading: &mut Reading) {
    if time.is_empty() {
        return;
    }
    let (clock, utc) = match time.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, true),
        None => (time.split(['+']).next().unwrap_or(time), time.ends_with("+00:00")),
    };
    let micros = clock_micros(clock.trim());
    let next_day = reading.date.full().and_then(|day| CivilDate::from_days_since_epoch(day.days_since_epoch() + 1));
    let Some(next_day) = next_day else { return };
    if micros == Some(24 * MICROS_PER_HOUR) {
        reading.date = next_day.into();
    } else if hints.birth && utc && micros == Some(16 * MICROS_PER_HOUR) {
        reading.date = next_day.into();
        reading
            .findings
            .push(unclear("UTC 16:00 即北京时间次日零点", "16:00 UTC is midnight of the next day in China"));
    } else if hints.birth && is_summer_time(next_day) && utc && micros == Some(15 * MICROS_PER_HOUR) {
        reading.date = next_day.into();
        let (zh, en) = ("夏令时期间，UTC 15:00 即次日零点", "15:00 UTC was midnight in China's summer time");
        reading.findings.push(unclear(zh, en));
    } else if hints.birth && is_summer_time(next_day) && !utc && micros == Some(23 * MICROS_PER_HOUR) {
        let (zh, en) = ("可能是夏令时零点", "perhaps midnight of the next day in summer time");
        let finding = Finding::with_detail(Defect::Ambiguous, zh, en);
        let finding = finding.suggest(next_day.to_string(), "夏令时零点", "midnight in summer time");
        reading.findings.push((Validity::Suspect, finding));
    }
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

/// Microseconds since midnight of `hh:mm`, `hh:mm:ss`, `hh:mm:ss.fraction` or `hhmmss`; up to 24:00:00 and :60.
pub(super) fn clock_micros(text: &str) -> Option<i64> {
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
    (total <= 24 * MICROS_PER_HOUR + 1_000_000).then_some(total)
}
