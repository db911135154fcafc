//! Days, the Chinese lunar calendar of the birth years, and times of observation, all in whole numbers.
//! A day is counted from 1970-01-01, a time in seconds from its midnight, without time zones.

use super::numerals::push_padded;
use super::random::Random;

/// A civil date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Date {
    /// Year, four digits.
    pub year: i32,
    /// Month, 1–12.
    pub month: u32,
    /// Day of the month, 1–31.
    pub day: u32,
}

/// Seconds of a day.
pub const DAY_SECONDS: i64 = 86_400;

/// The first lunar year of `LUNAR_YEARS`.
const LUNAR_FIRST: i32 = 1934;

/// Lunar years 1934–2011, computed with PyPI `lunar_python` (MIT): bits 0–12 mark the months of 30 days,
/// bits 13–16 hold the leap month, bits 17 and up the days from 1 January to the New Year.
const LUNAR_YEARS: [u32; 78] = [
    0x580b5a, 0x4406d4, 0x2e6ec9, 0x520749, 0x3cf693, 0x620a93, 0x4c052b, 0x34ca5b, 0x5a0aad, 0x46056a, 0x309b55,
    0x560ba4, 0x400b49, 0x2a5a93, 0x500a95, 0x38f52d, 0x5e0536, 0x480aad, 0x34b5aa, 0x5805b2, 0x420da5, 0x2e7d4a,
    0x540d4a, 0x3d0a95, 0x600a97, 0x4c0556, 0x36cab5, 0x5a0ad5, 0x4606d2, 0x308ea5, 0x560ea5, 0x40064a, 0x286c97,
    0x4e0a9b, 0x3af55a, 0x5e056a, 0x480b69, 0x34b752, 0x5a0b52, 0x420b25, 0x2c964b, 0x520a4b, 0x3d14ab, 0x6002ad,
    0x4a056d, 0x36cb69, 0x5c0da9, 0x460d92, 0x309d25, 0x560d25, 0x415a4d, 0x640a56, 0x4e02b6, 0x38c5b5, 0x5e06d5,
    0x480ea9, 0x34be92, 0x5a0e92, 0x440d26, 0x2c6a56, 0x500a57, 0x3d14d6, 0x62035a, 0x4a06d5, 0x36b6c9, 0x5c0749,
    0x460693, 0x2e952b, 0x54052b, 0x3e0a5b, 0x2a555a, 0x4e056a, 0x38fb55, 0x600ba4, 0x4a0b49, 0x32ba93, 0x580a95,
    0x42052d,
];

/// The day number of a civil date (Hinnant's algorithm).
pub fn day_number(date: Date) -> i32 {
    let year = if date.month <= 2 { date.year - 1 } else { date.year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (date.month as i32 + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + date.day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The civil date of a day number.
pub fn civil(day: i32) -> Date {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    Date {
        year: year_of_era + era * 400 + i32::from(month <= 2),
        month: month as u32,
        day: (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32,
    }
}

/// The lunar date of a day: year, month (a leap month keeps its number) and day. The result may name a day
/// which the civil calendar has not, as 30 February; people write it all the same.
pub fn lunar(day: i32) -> Option<Date> {
    let civil_year = civil(day).year;
    [civil_year, civil_year - 1].into_iter().find_map(|year| lunar_in(year, day))
}

fn lunar_in(year: i32, day: i32) -> Option<Date> {
    let code = *LUNAR_YEARS.get(usize::try_from(year - LUNAR_FIRST).ok()?)?;
    let leap_month = (code >> 13) & 15;
    let mut rest = day - day_number(Date { year, month: 1, day: 1 }) - (code >> 17) as i32;
    if rest < 0 {
        return None;
    }
    let months = if leap_month == 0 { 12 } else { 13 };
    for position in 0..months {
        let length = 29 + ((code >> position) & 1) as i32;
        if rest < length {
            let month = if leap_month != 0 && position >= leap_month { position } else { position + 1 };
            return Some(Date { year, month, day: rest as u32 + 1 });
        }
        rest -= length;
    }
    None
}

/// Seconds of a civil date at midnight.
pub const fn midnight(day: i32) -> i64 {
    day as i64 * DAY_SECONDS
}

/// First and last moment of observation: 2015-01-01 and 2026-06-30.
pub fn observation_span() -> (i64, i64) {
    let first = day_number(Date { year: 2015, month: 1, day: 1 });
    let last = day_number(Date { year: 2026, month: 6, day: 30 });
    (midnight(first), midnight(last))
}

/// Some time of the day of `time`, mostly in waking hours.
pub fn waking_time(time: i64, random: &mut Random) -> i64 {
    let hour = if random.chance(9500) { random.between(8, 22) } else { random.between(0, 7) };
    let midnight = time - time.rem_euclid(DAY_SECONDS);
    midnight + i64::from(hour * 3600 + random.below(3600))
}

/// Appends `2021-03-04 15:06:07`.
pub fn push_time(text: &mut String, time: i64) {
    let date = civil((time.div_euclid(DAY_SECONDS)) as i32);
    let second = time.rem_euclid(DAY_SECONDS) as u64;
    push_date(text, date, "-");
    for (mark, part) in [(' ', second / 3600), (':', second / 60 % 60), (':', second % 60)] {
        text.push(mark);
        push_padded(text, part, 2);
    }
}

/// Appends year, month and day with a separator, the last two padded.
pub fn push_date(text: &mut String, date: Date, separator: &str) {
    push_padded(text, date.year.unsigned_abs().into(), 4);
    text.push_str(separator);
    push_padded(text, date.month.into(), 2);
    text.push_str(separator);
    push_padded(text, date.day.into(), 2);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> Date {
        Date { year, month, day }
    }

    #[test]
    fn days_and_dates_agree() {
        assert_eq!(day_number(date(1970, 1, 1)), 0);
        assert_eq!(day_number(date(2000, 3, 1)), 11_017);
        for day in -15_000..21_000 {
            assert_eq!(day_number(civil(day)), day);
        }
    }

    #[test]
    fn lunar_dates_are_right() {
        // Computed with lunar_python; 1984 has a leap tenth, 2006 a leap seventh and 1995 a leap eighth month.
        for (solar, expected) in [
            (date(1985, 3, 12), date(1985, 1, 21)),
            (date(1960, 1, 15), date(1959, 12, 17)),
            (date(1984, 12, 1), date(1984, 10, 9)),
            (date(2006, 9, 20), date(2006, 7, 28)),
            (date(1934, 3, 1), date(1934, 1, 16)),
            (date(1995, 10, 5), date(1995, 8, 11)),
        ] {
            assert_eq!(lunar(day_number(solar)), Some(expected));
        }
        assert_eq!(lunar(day_number(date(1930, 1, 1))), None);
    }

    #[test]
    fn times_are_written_in_full() {
        let mut text = String::new();
        push_time(&mut text, midnight(day_number(date(2021, 3, 4))) + 15 * 3600 + 6 * 60 + 7);
        assert_eq!(text, "2021-03-04 15:06:07");
    }
}
