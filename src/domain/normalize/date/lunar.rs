//! The Chinese lunar calendar (农历): lunar years 0–9999, both directions.
//!
//! Days before 15 October 1582 are written in the Julian calendar by historians and by the sources of the table; the
//! functions that take or give texts of days follow that, [`LunarDay::civil`] gives the proleptic Gregorian day.

use std::sync::LazyLock;

use super::super::super::date::CivilDate;
use super::numerals;

/// The months of every lunar year.
const TABLE: &str = include_str!("lunar_years.dat");
/// Julian day number of the first day of lunar year 0.
const FIRST_NEW_YEAR: i64 = 1_721_112;
/// Julian day number of 1970-01-01.
const EPOCH_JULIAN_DAY: i64 = 2_440_588;
/// Julian day number of 1582-10-15, the first day of the Gregorian calendar.
const GREGORIAN_START: i64 = 2_299_161;
/// Months of neither 29 nor 30 days, from the calendar reforms of the years 8 and 237: year, month, days.
const ODD_MONTHS: [(i32, u32, i64); 3] = [(8, 12, 0), (236, 12, 28), (237, 3, 0)];

const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
const BRANCHES: [char; 12] = ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'];
const ANIMALS: [char; 12] = ['鼠', '牛', '虎', '兔', '龙', '蛇', '马', '羊', '猴', '鸡', '狗', '猪'];
const MONTHS: [&str; 12] = ["正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊"];

/// One lunar year: the Julian day number of its New Year, and its months as in the table.
#[derive(Clone, Copy)]
struct LunarYear {
    new_year: i64,
    months: u32,
}

static YEARS: LazyLock<Vec<LunarYear>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let entries = lines
        .flat_map(|line| line.as_bytes().chunks(5))
        .filter_map(|entry| std::str::from_utf8(entry).ok().and_then(|entry| u32::from_str_radix(entry, 16).ok()));
    let mut new_year = FIRST_NEW_YEAR;
    let mut years = Vec::with_capacity(10_000);
    for (year, months) in (0..).zip(entries) {
        years.push(LunarYear { new_year, months });
        new_year += months_of(year, months).map(|month| month.days).sum::<i64>();
    }
    years
});

struct LunarMonth {
    number: u32,
    leap: bool,
    days: i64,
}

fn months_of(year: i32, months: u32) -> impl Iterator<Item = LunarMonth> {
    let doubled = months >> 13;
    (0..12 + u32::from(doubled != 0)).map(move |position| {
        let leap = doubled != 0 && position == doubled;
        let number = if doubled != 0 && position >= doubled { position } else { position + 1 };
        let odd = ODD_MONTHS.iter().find(|(y, m, _)| *y == year && *m == number && !leap);
        LunarMonth { number, leap, days: odd.map_or(29 + i64::from(months >> position & 1), |(_, _, days)| *days) }
    })
}

fn year_entry(year: i32) -> Option<LunarYear> {
    YEARS.get(usize::try_from(year).ok()?).copied()
}

/// A day of the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LunarDay {
    /// The year in which its New Year falls, 0–9999.
    pub year: i32,
    /// 1–12.
    pub month: u32,
    /// The second month of that number.
    pub leap: bool,
    /// 1–30.
    pub day: u32,
}

impl LunarDay {
    /// The day of the civil (proleptic Gregorian) calendar; `None` when the lunar calendar has no such day.
    pub fn civil(self) -> Option<CivilDate> {
        CivilDate::from_days_since_epoch(self.julian_day()? - EPOCH_JULIAN_DAY)
    }

    /// The lunar day of a civil (proleptic Gregorian) one.
    pub fn from_civil(date: CivilDate) -> Option<Self> {
        Self::from_julian_day(date.days_since_epoch() + EPOCH_JULIAN_DAY)
    }

    fn julian_day(self) -> Option<i64> {
        let entry = year_entry(self.year)?;
        let mut first = entry.new_year;
        for month in months_of(self.year, entry.months) {
            if month.number == self.month && month.leap == self.leap {
                let day = i64::from(self.day);
                return (1..=month.days).contains(&day).then_some(first + day - 1);
            }
            first += month.days;
        }
        None
    }

    fn from_julian_day(julian_day: i64) -> Option<Self> {
        let index = YEARS.partition_point(|year| year.new_year <= julian_day).checked_sub(1)?;
        let year = i32::try_from(index).ok()?;
        let entry = year_entry(year)?;
        let mut rest = julian_day - entry.new_year;
        for month in months_of(year, entry.months) {
            if rest < month.days {
                let day = u32::try_from(rest + 1).ok()?;
                return Some(Self { year, month: month.number, leap: month.leap, day });
            }
            rest -= month.days;
        }
        None
    }

    /// Month and day: `闰四月初二`, `腊月二十`.
    pub fn month_and_day(self) -> String {
        const TENS: [&str; 4] = ["初", "十", "廿", "三"];
        const ONES: [&str; 10] = ["十", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        let at = |names: &[&'static str], index: u32| names.get(index as usize).copied().unwrap_or_default();
        let day = match self.day {
            20 => "二十".to_owned(),
            day if day % 10 == 0 && day > 10 => format!("{}十", at(&TENS, day / 10)),
            day => format!("{}{}", at(&TENS, (day - u32::from(day == 10)) / 10), at(&ONES, day % 10)),
        };
        let leap = if self.leap { "闰" } else { "" };
        format!("{leap}{}月{day}", at(&MONTHS, self.month.wrapping_sub(1)))
    }

    /// With the year in Chinese digits: `二〇二〇年闰四月初二`.
    pub fn in_digits(self) -> String {
        format!("{}年{}", numerals::in_han_digits(self.year.unsigned_abs()), self.month_and_day())
    }

    /// With the sexagenary year and its animal: `己亥猪年 腊月二十`.
    pub fn in_cycle(self) -> String {
        let offset = usize::try_from((self.year - 4).rem_euclid(60)).unwrap_or_default();
        let at = |names: &[char], length: usize| names.get(offset % length).copied().unwrap_or_default();
        let (stem, branch, animal) = (at(&STEMS, 10), at(&BRANCHES, 12), at(&ANIMALS, 12));
        format!("{stem}{branch}{animal}年 {}", self.month_and_day())
    }
}

/// The number of the month that a lunar year has twice; `None` when it has twelve months.
pub fn leap_month(year: i32) -> Option<u32> {
    year_entry(year).map(|entry| entry.months >> 13).filter(|month| *month != 0)
}

/// The lunar day of a day `yyyy-mm-dd` (Julian before 15 October 1582).
pub fn day_from_solar(date: &str) -> Option<LunarDay> {
    let mut fields = date.trim().splitn(3, '-').map(|field| field.parse::<i64>().ok());
    let (year, month, day) = (fields.next()??, fields.next()??, fields.next()??);
    let gregorian = (year, month, day) >= (1582, 10, 15);
    if !gregorian && (year, month, day) > (1582, 10, 4) || !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let length = if month == 2 && year % 4 == 0 && !gregorian {
        29
    } else {
        i64::from(super::super::super::date::days_in_month(i16::try_from(year).ok()?, u8::try_from(month).ok()?))
    };
    let length = if month == 2 && year % 4 != 0 && !gregorian { 28 } else { length };
    (1..=length).contains(&day).then(|| LunarDay::from_julian_day(julian_day_of(year, month, day, gregorian)))?
}

/// The lunar day of a day `yyyy-mm-dd` as text: `二〇二〇年闰四月初二`.
pub fn from_solar(date: &str) -> Option<String> {
    day_from_solar(date).map(LunarDay::in_digits)
}

/// The lunar day of a day `yyyy-mm-dd` with its sexagenary year: `庚子鼠年 闰四月初二`.
pub fn from_solar_in_cycle(date: &str) -> Option<String> {
    day_from_solar(date).map(LunarDay::in_cycle)
}

/// The day `yyyy-mm-dd` (Julian before 15 October 1582) of a lunar day. `leap: None` means the doubled month's second
/// half when the year doubles that month, as programs do that have no such argument.
pub fn to_solar(year: i32, month: u32, leap: Option<bool>, day: u32) -> Option<String> {
    let leap = leap.unwrap_or_else(|| leap_month(year) == Some(month));
    let julian_day = LunarDay { year, month, leap, day }.julian_day()?;
    if julian_day >= GREGORIAN_START {
        return CivilDate::from_days_since_epoch(julian_day - EPOCH_JULIAN_DAY).map(|date| date.to_string());
    }
    // Richards' algorithm for the Julian calendar.
    let e = 4 * (julian_day + 1401) + 3;
    let h = 5 * (e.rem_euclid(1461) / 4) + 2;
    let (day, month) = (h % 153 / 5 + 1, (h / 153 + 2) % 12 + 1);
    let year = e.div_euclid(1461) - 4716 + (14 - month) / 12;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn julian_day_of(year: i64, month: i64, day: i64, gregorian: bool) -> i64 {
    let shift = (14 - month) / 12;
    let (y, m) = (year + 4800 - shift, month + 12 * shift - 3);
    let days = day + (153 * m + 2) / 5 + 365 * y + y / 4;
    if gregorian { days - y / 100 + y / 400 - 32_045 } else { days - 32_083 }
}

/// The years 1864 to `last` of a sexagenary name such as 甲午; `None` when the text does not begin with one.
pub(super) fn cycle_years(text: &str, last: i32) -> Option<Vec<i32>> {
    let mut chars = text.chars();
    let stem = chars.next().and_then(|c| STEMS.iter().position(|stem| *stem == c))?;
    let branch = chars.next().and_then(|c| BRANCHES.iter().position(|branch| *branch == c))?;
    let animal = chars.next().filter(|c| *c == '年' || ANIMALS.contains(c));
    animal?;
    let named = |year: &i32| {
        let offset = usize::try_from((year - 4).rem_euclid(60)).unwrap_or_default();
        offset % 10 == stem && offset % 12 == branch
    };
    Some((1864..=last).filter(named).collect())
}

/// What a text says about the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A whole day.
    Day(LunarDay),
    /// The calendar is named but year, month or day is missing.
    Incomplete,
}

const NAMES: [&str; 11] = ["农历", "農曆", "农曆", "阴历", "陰曆", "旧历", "舊曆", "夏历", "夏曆", "古历", "古曆"];

/// Reads a text that names the lunar calendar, one of its months (正月, 闰四月, 冬月, 腊月) or days (初一, 廿九);
/// `None` when it does not.
pub(super) fn read(text: &str) -> Option<Written> {
    let numbered_after = |mark: char| text.split_once(mark).is_some_and(|(_, rest)| rest.starts_with(numerals::is_han));
    let names_calendar = NAMES.iter().any(|name| text.contains(name));
    let names_part =
        ["闰", "閏", "正月", "腊月", "臘月", "冬月", "廿", "卅", "除夕"].iter().any(|word| text.contains(word));
    if !names_calendar && !names_part && !numbered_after('初') {
        return None;
    }
    let plain = NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
    let plain: String = plain.chars().filter(|c| !matches!(c, '(' | ')' | '[' | ']' | ' ' | ':')).collect();
    Some(day_of(&plain).map_or(Written::Incomplete, Written::Day))
}

fn day_of(text: &str) -> Option<LunarDay> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
        let year = i32::try_from(part(0, 4)?).ok()?;
        return Some(LunarDay { year, month: part(4, 6)?, leap: false, day: part(6, 8)? });
    }
    let fields: Vec<&str> = text.split(['-', '/', '.']).collect();
    let (year, month, day) = match fields.as_slice() {
        [year, month, day] => (*year, *month, *day),
        _ => {
            let (year, rest) = text.split_once('年')?;
            let (month, day) = rest.split_once('月').or_else(|| (rest == "除夕").then_some(("腊", "除夕")))?;
            (year, month, day)
        }
    };
    // 1985乙丑年: the sexagenary name says nothing more.
    let year = year.trim_end_matches(|c| STEMS.contains(&c) || BRANCHES.contains(&c) || ANIMALS.contains(&c));
    let year = numerals::parse(year).filter(|year| year.digits == 4).and_then(|year| i32::try_from(year.value).ok())?;
    let unleapt = month.strip_prefix(['闰', '閏']);
    let leap = unleapt.is_some();
    let month = match unleapt.unwrap_or(month) {
        "正" => 1,
        "冬" => 11,
        "腊" | "臘" => 12,
        other => u32::try_from(numerals::parse(other)?.value).ok()?,
    };
    if day == "除夕" {
        let last = [30, 29].into_iter().map(|day| LunarDay { year, month, leap, day });
        return last.into_iter().find(|day| day.civil().is_some());
    }
    Some(LunarDay { year, month, leap, day: day_number(day.trim_end_matches(['日', '号', '號', '生']))? })
}

/// 初一, 十五, 廿九, 三十.
fn day_number(text: &str) -> Option<u32> {
    let small = |text: &str| {
        let number = numerals::parse(text)?;
        u32::try_from(number.value).ok().filter(|n| *n <= 99)
    };
    if let Some(ones) = text.strip_prefix('初') {
        return small(ones);
    }
    let tens =
        text.strip_prefix('廿').map(|rest| (20, rest)).or_else(|| text.strip_prefix('卅').map(|rest| (30, rest)));
    match tens {
        Some((tens, "")) => Some(tens),
        Some((tens, ones)) => small(ones).map(|ones| tens + ones),
        None => small(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lunar_days_become_civil_ones() {
        let cases = [
            ("农历1985年正月初一", Some("1985-02-20")),
            ("二〇一七年腊月二十八", Some("2018-02-13")),
            ("农历2020年闰四月初二", Some("2020-05-24")),
            ("阴历1969年冬月廿四", Some("1970-01-01")),
            ("农历1996年五月三十", Some("1996-07-15")),
            ("农历1985-01-01", Some("1985-02-20")),
            ("1985年1月1日(农历)", Some("1985-02-20")),
            ("农历19850101", Some("1985-02-20")),
            ("农历1985乙丑年正月初一", Some("1985-02-20")),
            ("2021年除夕", Some("2022-01-31")),
            ("农历2021年腊月三十", None),
            ("农历2021年闰四月初二", None),
            ("农历2020年四月卅一", None),
        ];
        for (text, expected) in cases {
            let Some(Written::Day(day)) = read(text) else { panic!("{text}") };
            assert_eq!(day.civil().map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
        for text in ["农历正月初一", "农历1985年", "农历", "闰四月初八", "腊月三十"] {
            assert_eq!(read(text), Some(Written::Incomplete), "{text}");
        }
        for text in ["初", "年月", "2023年初", "1985-03-12", "一九八五年三月二十"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn texts_go_both_ways() {
        let cases = [
            ("2020-05-24", "二〇二〇年闰四月初二", "庚子鼠年 闰四月初二"),
            ("1996-07-15", "一九九六年五月三十", "丙子鼠年 五月三十"),
            ("2020-01-14", "二〇一九年腊月二十", "己亥猪年 腊月二十"),
            ("1500-12-31", "一五〇〇年腊月十一", "庚申猴年 腊月十一"),
            ("0026-04-13", "二六年三月初八", "丙戌狗年 三月初八"),
            ("1985-03-01", "一九八五年正月初十", "乙丑牛年 正月初十"),
        ];
        for (solar, digits, cycle) in cases {
            assert_eq!(from_solar(solar).as_deref(), Some(digits), "{solar}");
            assert_eq!(from_solar_in_cycle(solar).as_deref(), Some(cycle), "{solar}");
            let day = day_from_solar(solar).unwrap_or_else(|| panic!("{solar}"));
            assert_eq!(to_solar(day.year, day.month, Some(day.leap), day.day).as_deref(), Some(solar));
        }
        assert_eq!(to_solar(1582, 9, Some(false), 19).as_deref(), Some("1582-10-15"));
        assert_eq!(to_solar(2020, 4, None, 2).as_deref(), Some("2020-05-24"));
        for impossible in ["1582-10-10", "2023-02-29", "1700-02-29", "x", "2023", "0000-01-01"] {
            assert_eq!(from_solar(impossible), None, "{impossible}");
        }
        assert!(from_solar("1500-02-29").is_some(), "a leap year of the Julian calendar");
    }

    #[test]
    fn every_day_has_one_lunar_name() {
        for days in (-719_000..2_900_000).step_by(211) {
            let date = CivilDate::from_days_since_epoch(days);
            let back = date.and_then(LunarDay::from_civil).and_then(LunarDay::civil);
            assert_eq!(back, date);
        }
    }
}
