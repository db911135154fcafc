//! The Chinese lunar calendar: 农历1985年正月初一 to a day of the civil calendar, 1850–2100.
//!
//! The table was computed with PyPI `lunar_python` 1.4.8 (6tail, MIT) on 2026-11-22, one number a lunar year: bits 0–12
//! mark the months of 30 days in their order, bits 13–16 hold the number of the leap month (0: none), bits 17 and up the
//! days from 1 January to the lunar New Year. Leap months follow the month whose number they bear.

use super::super::super::date::CivilDate;
use super::super::super::text::width;

/// The first lunar year of [`YEARS`].
const FIRST_YEAR: i32 = 1850;

#[rustfmt::skip]
const YEARS: [u32; 251] = [
    0x540b25, 0x3f1a4b, 0x64094d, 0x4c0aad, 0x38f56a, 0x5e05b4, 0x480ba9, 0x32bd52, 0x580d92, 0x420d25, 0x2c7a4d,
    0x500956, 0x3b12b5, 0x600ad6, 0x4c06d4, 0x34ada9, 0x5a0ec9, 0x460e92, 0x308d26, 0x520527, 0x3d4a57, 0x62095b,
    0x4e0b5a, 0x38d6d4, 0x5e0754, 0x480749, 0x32b693, 0x560a93, 0x40052b, 0x2a6a5b, 0x50096d, 0x3aeb6a, 0x600daa,
    0x4c0ba4, 0x36bb49, 0x5a0d49, 0x440a95, 0x2e952b, 0x54052d, 0x3c0aad, 0x28556a, 0x4e0daa, 0x3adda4, 0x5e0ea4,
    0x480d4a, 0x32aa95, 0x560a97, 0x400556, 0x2a6ab5, 0x500ad5, 0x3d16d2, 0x620752, 0x4c0ea5, 0x38b64a, 0x5c064b,
    0x440a9b, 0x309556, 0x56056a, 0x400b59, 0x2a5752, 0x500752, 0x3adb25, 0x600b25, 0x480a4b, 0x32b4ab, 0x5802ad,
    0x42056b, 0x2c4b69, 0x520da9, 0x3efd92, 0x640e92, 0x4c0d25, 0x36ba4d, 0x5c0a56, 0x4602b6, 0x2e95b5, 0x5606d4,
    0x400ea9, 0x2c5e92, 0x500e92, 0x3acd26, 0x5e052b, 0x480a57, 0x32b2b6, 0x580b5a, 0x4406d4, 0x2e6ec9, 0x520749,
    0x3cf693, 0x620a93, 0x4c052b, 0x34ca5b, 0x5a0aad, 0x46056a, 0x309b55, 0x560ba4, 0x400b49, 0x2a5a93, 0x500a95,
    0x38f52d, 0x5e0536, 0x480aad, 0x34b5aa, 0x5805b2, 0x420da5, 0x2e7d4a, 0x540d4a, 0x3d0a95, 0x600a97, 0x4c0556,
    0x36cab5, 0x5a0ad5, 0x4606d2, 0x308ea5, 0x560ea5, 0x40064a, 0x286c97, 0x4e0a9b, 0x3af55a, 0x5e056a, 0x480b69,
    0x34b752, 0x5a0b52, 0x420b25, 0x2c964b, 0x520a4b, 0x3d14ab, 0x6002ad, 0x4a056d, 0x36cb69, 0x5c0da9, 0x460d92,
    0x309d25, 0x560d25, 0x415a4d, 0x640a56, 0x4e02b6, 0x38c5b5, 0x5e06d5, 0x480ea9, 0x34be92, 0x5a0e92, 0x440d26,
    0x2c6a56, 0x500a57, 0x3d14d6, 0x62035a, 0x4a06d5, 0x36b6c9, 0x5c0749, 0x460693, 0x2e952b, 0x54052b, 0x3e0a5b,
    0x2a555a, 0x4e056a, 0x38fb55, 0x600ba4, 0x4a0b49, 0x32ba93, 0x580a95, 0x42052d, 0x2c8aad, 0x500ab5, 0x3d35aa,
    0x6205d2, 0x4c0da5, 0x36dd4a, 0x5c0d4a, 0x460c95, 0x30952e, 0x540556, 0x3e0ab5, 0x2a55b2, 0x5006d2, 0x38cea5,
    0x5e0725, 0x48064b, 0x32ac97, 0x560cab, 0x42055a, 0x2c6ad6, 0x520b69, 0x3d7752, 0x620b52, 0x4c0b25, 0x36da4b,
    0x5a0a4b, 0x4404ab, 0x2ea55b, 0x5405ad, 0x3e0b6a, 0x2a5b52, 0x500d92, 0x3afd25, 0x5e0d25, 0x480a55, 0x32b4ad,
    0x5804b6, 0x4005b5, 0x2c6daa, 0x520ec9, 0x3f1e92, 0x620e92, 0x4c0d26, 0x36ca56, 0x5a0a57, 0x4404d6, 0x2e86d5,
    0x540755, 0x400749, 0x286e93, 0x4e0693, 0x38f52b, 0x5e052b, 0x460a5b, 0x32b55a, 0x58056a, 0x420b65, 0x2c974a,
    0x520b4a, 0x3d1a95, 0x620a95, 0x4a052d, 0x34caad, 0x5a0ab5, 0x4605aa, 0x2e8ba5, 0x540da5, 0x400d4a, 0x2a7c95,
    0x4e0c96, 0x38f94e, 0x5e0556, 0x480ab5, 0x32b5b2, 0x5806d2, 0x420ea5, 0x2e8e4a, 0x50068b, 0x3b0c97, 0x6004ab,
    0x4a055b, 0x34cad6, 0x5a0b6a, 0x460752, 0x309725, 0x540b45, 0x3e0a8b, 0x28549b, 0x4e04ab,
];

/// A day of the lunar calendar as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LunarDay {
    /// The year in which its New Year falls.
    pub year: i32,
    /// 1–12.
    pub month: u32,
    /// The second month of that number.
    pub leap: bool,
    /// 1–30.
    pub day: u32,
}

impl LunarDay {
    /// The day of the civil calendar; `None` when the year is outside the table or has no such day.
    pub(super) fn civil(self) -> Option<CivilDate> {
        let index = usize::try_from(self.year.checked_sub(FIRST_YEAR)?).ok()?;
        let entry = YEARS.get(index).copied()?;
        let leap_month = entry >> 13 & 0xf;
        if !(1..=12).contains(&self.month) || self.leap && self.month != leap_month {
            return None;
        }
        let after_leap = self.leap || leap_month != 0 && self.month > leap_month;
        let position = self.month - 1 + u32::from(after_leap);
        let length = |position: u32| 29 + (entry >> position & 1);
        if !(1..=length(position)).contains(&self.day) {
            return None;
        }
        let passed: u32 = (0..position).map(length).sum();
        let new_year =
            CivilDate::new(i16::try_from(self.year).ok()?, 1, 1)?.days_since_epoch() + i64::from(entry >> 17);
        CivilDate::from_days_since_epoch(new_year + i64::from(passed + self.day - 1))
    }
}

/// Whether a text names the lunar calendar or one of its months or days.
pub(super) fn is_lunar(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "农历", "農曆", "阴历", "陰曆", "旧历", "舊曆", "夏历", "闰", "閏", "正月", "腊月", "臘月", "冬月", "初", "廿",
        "卅",
    ];
    WORDS.iter().any(|word| text.contains(word))
}

/// Reads year, month and day; `None` when one is missing.
pub(super) fn read(text: &str) -> Option<LunarDay> {
    const NAMES: [&str; 10] = ["农历", "農曆", "阴历", "陰曆", "旧历", "舊曆", "夏历", "(", ")", " "];
    let plain = NAMES.iter().fold(text.trim().to_owned(), |text, name| text.replace(name, ""));
    let fields: Vec<&str> = plain.split(['-', '/', '.']).collect();
    let (year, month, day) = match fields.as_slice() {
        [year, month, day] => (*year, *month, *day),
        _ => {
            let (year, rest) = plain.split_once('年')?;
            let (month, day) = rest.split_once('月')?;
            (year, month, day)
        }
    };
    let (leap, month) = match month.strip_prefix(['闰', '閏']) {
        Some(month) => (true, month),
        None => (false, month),
    };
    let month = match month {
        "正" => 1,
        "冬" => 11,
        "腊" | "臘" => 12,
        other => small_number(other)?,
    };
    let year = width::han_digits(year).parse().ok().filter(|_| year.chars().count() == 4)?;
    Some(LunarDay { year, month, leap, day: day_number(day.trim_end_matches(['日', '号', '號']))? })
}

/// 初一, 十五, 廿九, 三十.
fn day_number(text: &str) -> Option<u32> {
    if let Some(ones) = text.strip_prefix('初') {
        return small_number(ones);
    }
    let (tens, rest) = match text.strip_prefix('廿') {
        Some(rest) => (20, rest),
        None => (30, text.strip_prefix('卅').unwrap_or(text)),
    };
    if rest == text {
        return small_number(text);
    }
    if rest.is_empty() { Some(tens) } else { small_number(rest).map(|ones| tens + ones) }
}

/// 1–99 in Chinese or Arabic digits.
fn small_number(text: &str) -> Option<u32> {
    let Some((tens, ones)) = text.split_once('十') else {
        return width::han_digits(text).parse().ok().filter(|_| text.chars().count() <= 2);
    };
    let digit = |text: &str, empty: u32| {
        if text.is_empty() { Some(empty) } else { width::han_digits(text).parse::<u32>().ok().filter(|n| *n < 10) }
    };
    Some(digit(tens, 1)? * 10 + digit(ones, 0)?)
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
            ("一九八七年三月二十", Some("1987-04-17")),
            ("阴历1969年冬月廿四", Some("1970-01-01")),
            ("农历1996年五月三十", Some("1996-07-15")),
            ("农历1985-01-01", Some("1985-02-20")),
            ("农历2021年腊月三十", None),
            ("农历2021年闰四月初二", None),
        ];
        for (text, expected) in cases {
            let day = read(text).and_then(LunarDay::civil).map(|day| day.to_string());
            assert_eq!(day.as_deref(), expected, "{text}");
        }
        for unread in ["农历正月初一", "农历1985年", "农历", "初", "年月"] {
            assert_eq!(read(unread), None, "{unread}");
        }
    }

    #[test]
    fn years_follow_one_another() {
        let new_year = |year: i32| LunarDay { year, month: 1, leap: false, day: 1 }.civil();
        for year in FIRST_YEAR..2100 {
            let (this, next) = (new_year(year), new_year(year + 1));
            let days = this.zip(next).map(|(this, next)| next.days_since_epoch() - this.days_since_epoch());
            assert!(days.is_some_and(|days| (353..=355).contains(&days) || (383..=385).contains(&days)), "{year}");
        }
    }
}
