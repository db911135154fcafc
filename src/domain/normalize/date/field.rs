//! A date or a date and time as people write it, with the day of writing at hand: what [`super::normalize`] refuses
//! (明天, 上周三, 4 days ago) can then be counted.

use super::super::super::date::{CivilDate, days_in_month};
use super::super::super::record::{AttributeKind, RawAttribute};
use super::{Hints, PIVOT_YEAR_DEFAULT, lexer, numerals, parts, reading, scan};
use parts::Clock;

/// `yyyy-mm-dd`, or `yyyy-mm-dd hh:mm:ss` where a time of day is given. Month before day where nothing else decides.
/// `reference` is the day of writing: relative dates need it. `None` when the text names no whole day that exists.
pub fn parse_field(text: &str, reference: Option<CivilDate>) -> Option<String> {
    let cleaned = super::super::super::text::clean(text).text;
    let (date, clock) = relative(&cleaned, reference).or_else(|| absolute(&cleaned, reference))?;
    Some(match clock {
        None => date.to_string(),
        Some(clock) => {
            let seconds = clock.seconds()?;
            let date =
                if seconds == 86_400 { CivilDate::from_days_since_epoch(date.days_since_epoch() + 1)? } else { date };
            let seconds = seconds % 86_400;
            format!("{date} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        }
    })
}

fn absolute(text: &str, reference: Option<CivilDate>) -> Option<(CivilDate, Option<Clock>)> {
    let raw = RawAttribute::full(AttributeKind::Date, "");
    let mut hints = Hints::of(&raw, None);
    hints.month_first = true;
    hints.pivot = reference.map_or(PIVOT_YEAR_DEFAULT, |date| u64::from(date.year().unsigned_abs() % 100));
    if let Some(lunar) = super::lunar_day(text) {
        return lunar.map(|date| (date, None));
    }
    let (parts, era) = scan(text);
    let reading = reading::read(&parts, era, &hints).ok()?;
    Some((reading.date.full()?, parts.clock))
}

/// A date counted from the day of writing.
fn relative(text: &str, reference: Option<CivilDate>) -> Option<(CivilDate, Option<Clock>)> {
    let today = reference?;
    let lower = text.to_lowercase();
    let (date, rest) = day_offset(&lower, today)
        .or_else(|| chinese_month(&lower, today))
        .or_else(|| chinese_week(&lower, today))
        .or_else(|| counted(&lower, today))?;
    let rest = rest.trim_start_matches(['的', 'の', ',', '，', ' ']);
    if rest.is_empty() {
        return Some((date, None));
    }
    let parts = parts::sort(&lexer::tokens(rest));
    let alone = parts.fields.is_empty() && !parts.unknown;
    parts.clock.filter(|_| alone).map(|clock| (date, Some(clock)))
}

fn shifted(date: CivilDate, days: i64) -> Option<CivilDate> {
    CivilDate::from_days_since_epoch(date.days_since_epoch().checked_add(days)?)
}

/// The same day some months away, or the last day of that month.
fn months_later(date: CivilDate, months: i64) -> Option<CivilDate> {
    let index = i64::from(date.year()) * 12 + i64::from(date.month()) - 1 + months;
    let (year, month) = (i16::try_from(index.div_euclid(12)).ok()?, u8::try_from(index.rem_euclid(12) + 1).ok()?);
    CivilDate::new(year, month, date.day().min(days_in_month(year, month)))
}

/// 今天, 明天下午, the day after tomorrow.
fn day_offset(text: &str, today: CivilDate) -> Option<(CivilDate, &str)> {
    const NAMES: [(&str, i64); 30] = [
        ("大前天", -3),
        ("大后天", 3),
        ("大後天", 3),
        ("前天", -2),
        ("后天", 2),
        ("後天", 2),
        ("昨天", -1),
        ("昨日", -1),
        ("今天", 0),
        ("今日", 0),
        ("明天", 1),
        ("明日", 1),
        ("明後日", 2),
        ("一昨日", -2),
        ("今", 0),
        ("昨", -1),
        ("明", 1),
        ("the day before yesterday", -2),
        ("day before yesterday", -2),
        ("the day after tomorrow", 2),
        ("day after tomorrow", 2),
        ("yesterday", -1),
        ("today", 0),
        ("tomorrow", 1),
        ("tmr", 1),
        ("the next day", 1),
        ("next day", 1),
        ("last day", -1),
        ("the last day", -1),
        ("now", 0),
    ];
    let (name, days) = NAMES.iter().find(|(name, _)| text.starts_with(name))?;
    let rest = text.get(name.len()..)?;
    // 今, 昨 and 明 count only before a part of the day: 今晚8点.
    let short = name.chars().count() == 1 && !name.is_ascii();
    if short && !rest.starts_with(['晚', '早', '夜', '晨']) {
        return None;
    }
    shifted(today, *days).map(|date| (date, rest))
}

/// 去年本月十日, 上个月5号, 今年3月12日.
fn chinese_month(text: &str, today: CivilDate) -> Option<(CivilDate, &str)> {
    const YEARS: [(&str, i64); 8] =
        [("去年", -1), ("今年", 0), ("本年", 0), ("明年", 1), ("前年", -2), ("后年", 2), ("後年", 2), ("来年", 1)];
    const MONTHS: [(&str, i64); 12] = [
        ("本月", 0),
        ("这个月", 0),
        ("这月", 0),
        ("今月", 0),
        ("上个月", -1),
        ("上月", -1),
        ("先月", -1),
        ("下个月", 1),
        ("下月", 1),
        ("来月", 1),
        ("這個月", 0),
        ("上個月", -1),
    ];
    let strip = |text: &'_ str, names: &[(&str, i64)]| -> Option<(i64, usize)> {
        names.iter().find(|(name, _)| text.starts_with(name)).map(|(name, value)| (*value, name.len()))
    };
    let year = strip(text, &YEARS);
    let rest = text.get(year.map_or(0, |(_, length)| length)..)?.trim_start_matches(['的', 'の', ' ']);
    let month = strip(rest, &MONTHS);
    let base_year = i16::try_from(i64::from(today.year()) + year.map_or(0, |(years, _)| years)).ok()?;
    let (anchor, rest) = match (year, month) {
        (_, Some((months, length))) => {
            let first = CivilDate::new(base_year, today.month(), 1)?;
            (months_later(first, months)?, rest.get(length..)?)
        }
        (Some(_), None) => {
            let (number, rest) = rest.split_once('月')?;
            let month = u8::try_from(numerals::parse(number)?.value).ok()?;
            (CivilDate::new(base_year, month, 1)?, rest)
        }
        (None, None) => return None,
    };
    let rest = rest.trim_start_matches(['的', 'の', ' ']);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || numerals::is_han(c))).unwrap_or(rest.len());
    let (number, rest) = rest.split_at_checked(end)?;
    let day = u8::try_from(numerals::parse(number)?.value).ok()?;
    let rest = rest.strip_prefix(['日', '号', '號']).unwrap_or(rest);
    CivilDate::new(anchor.year(), anchor.month(), day).map(|date| (date, rest))
}

/// 上周三, 这星期五, 下礼拜天; next monday, this friday.
fn chinese_week(text: &str, today: CivilDate) -> Option<(CivilDate, &str)> {
    const WEEKS: [(&str, i64); 16] = [
        ("上个", -1),
        ("上", -1),
        ("这个", 0),
        ("这", 0),
        ("本", 0),
        ("下个", 1),
        ("下", 1),
        ("今週の", 0),
        ("先週の", -1),
        ("来週の", 1),
        ("this ", 0),
        ("last ", -1),
        ("next ", 1),
        ("這個", 0),
        ("這", 0),
        ("本个", 0),
    ];
    const DAYS: [(&str, i64); 15] = [
        ("monday", 0),
        ("tuesday", 1),
        ("wednesday", 2),
        ("thursday", 3),
        ("friday", 4),
        ("saturday", 5),
        ("sunday", 6),
        ("一", 0),
        ("二", 1),
        ("三", 2),
        ("四", 3),
        ("五", 4),
        ("六", 5),
        ("日", 6),
        ("天", 6),
    ];
    const JAPANESE: &str = "月火水木金土日";
    let (name, weeks) = WEEKS.iter().find(|(name, _)| text.starts_with(name))?;
    let rest = text.get(name.len()..)?;
    let day = ["星期", "礼拜", "禮拜", "周", "週"].iter().find_map(|week| rest.strip_prefix(week)).unwrap_or(rest);
    let monday = shifted(today, -(today.days_since_epoch() + 3).rem_euclid(7))?;
    let on = |day: i64| shifted(monday, weeks * 7 + day);
    if let Some(at) = day.chars().next().and_then(|c| JAPANESE.chars().position(|name| name == c))
        && let Some(rest) = day.get(3..).and_then(|rest| rest.strip_prefix("曜日"))
    {
        return on(i64::try_from(at).ok()?).map(|date| (date, rest));
    }
    let (name, number) = DAYS.iter().find(|(name, _)| day.starts_with(name))?;
    // 上三 is no day of the week.
    if !name.is_ascii() && day == rest {
        return None;
    }
    on(*number).map(|date| (date, day.get(name.len()..).unwrap_or_default()))
}

/// 4天前, 两周后, 四日前, 3 days ago, two weeks from now, in 5 days.
fn counted(text: &str, today: CivilDate) -> Option<(CivilDate, &str)> {
    let in_future = text.strip_prefix("in ");
    let text = in_future.unwrap_or(text);
    let end = text.find(|c: char| !(c.is_ascii_digit() || numerals::is_han(c))).unwrap_or(0);
    let (count, rest) = if end > 0 {
        (i64::try_from(numerals::parse(text.get(..end)?)?.value).ok()?, text.get(end..)?)
    } else {
        let (word, rest) = text.split_once(' ')?;
        let count = if matches!(word, "a" | "an") { 1 } else { i64::from(numerals::english(word)?) };
        (count, rest)
    };
    const UNITS: [(&str, i64, i64); 19] = [
        ("个星期", 7, 0),
        ("星期", 7, 0),
        ("礼拜", 7, 0),
        ("周", 7, 0),
        ("週間", 7, 0),
        ("天", 1, 0),
        ("日", 1, 0),
        ("个月", 0, 1),
        ("年", 0, 12),
        ("days", 1, 0),
        ("day", 1, 0),
        ("weeks", 7, 0),
        ("week", 7, 0),
        ("months", 0, 1),
        ("month", 0, 1),
        ("years", 0, 12),
        ("year", 0, 12),
        ("個月", 0, 1),
        ("週", 7, 0),
    ];
    let rest = rest.trim_start();
    let (unit, days, months) = UNITS.iter().find(|(unit, _, _)| rest.starts_with(unit))?;
    let rest = rest.get(unit.len()..)?.trim_start_matches([' ', '以', '之']);
    let past = ["前", "ago", "before"].iter().find_map(|end| rest.strip_prefix(end)).map(|rest| (-1, rest));
    let future = ["后", "後", "from now", "from today", "later"].iter().find_map(|end| rest.strip_prefix(end));
    let (sign, rest) =
        past.or(future.map(|rest| (1, rest))).or_else(|| in_future.filter(|_| rest.is_empty()).map(|_| (1, rest)))?;
    let date = shifted(today, sign * count.checked_mul(*days)?)?;
    months_later(date, sign * count.checked_mul(*months)?).map(|date| (date, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_day_of_writing() {
        let reference = CivilDate::new(2017, 3, 22);
        let cases = [
            ("明天", "2017-03-23"),
            ("大后天", "2017-03-25"),
            ("3天前", "2017-03-19"),
            ("两周后", "2017-04-05"),
            ("上周三", "2017-03-15"),
            ("下星期天", "2017-04-02"),
            ("上个月5号", "2017-02-05"),
            ("明年3月12日", "2018-03-12"),
            ("去年的今月的十日", "2016-03-10"),
            ("明天下午5:30", "2017-03-23 17:30:00"),
            ("今晚八点半", "2017-03-22 20:30:00"),
            ("the day after tomorrow", "2017-03-24"),
            ("two weeks ago", "2017-03-08"),
            ("in 5 days", "2017-03-27"),
            ("next friday", "2017-03-31"),
            ("1985年3月12日晚上12点", "1985-03-13 00:00:00"),
            ("1985/3/12 凌晨12:05", "1985-03-12 00:05:00"),
            ("2010.1.29晚上六点", "2010-01-29 18:00:00"),
            ("2010 01 29五点一刻", "2010-01-29 05:15:00"),
            ("march twenty first, nineteen eighty five", "1985-03-21"),
            ("tenth of september nineteen oh one", "1901-09-10"),
            ("2/3/1985", "1985-02-03"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_field(text, reference).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "1月19日", "2019年2月29日", "上三", "今", "张三"] {
            assert_eq!(parse_field(text, reference), None, "{text}");
        }
        assert_eq!(parse_field("明天", None), None);
    }
}
