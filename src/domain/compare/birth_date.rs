//! Birth dates of whatever precision.

use super::{Agreement, Comparator, Level, Outlined, Sketched, best};
use crate::domain::date::{CivilDate, PartialDate};
use crate::domain::features::Features;
use crate::domain::features::outline::Outline;
use crate::domain::features::sketch::Sketch;
use crate::domain::score::term_frequency::ADJUSTMENT_MAX;

/// Compares birth dates; where only a part is known on either side, only that part is compared.
pub struct BirthDateComparator;

const EXACT: usize = 0;
const SWAPPED: usize = 1;
const ONE_DIGIT: usize = 2;
const SAME_MONTH: usize = 3;
const PART_AGREES: usize = 4;
const YEAR_AGREES: usize = 5;
const SAME_DAY_NEAR_YEAR: usize = 6;
const NEAR: usize = 7;
const DIFFERENT: usize = 8;

const LEVELS: &[Level] = &[
    Level::new("exact", "出生日期相同", "same birth date").same(),
    Level::new("swapped", "日月颠倒", "day and month swapped").same(),
    Level::new("one_digit", "差一位数字", "one digit or one transposition apart").same(),
    Level::new("same_month", "年月相同", "same year and month"),
    Level::new("part_agrees", "已知的年月相同", "the known year and month agree"),
    Level::new("year_agrees", "已知的年份相同", "the known year agrees"),
    Level::new("same_day_near_year", "月日相同，年份相近", "same day and month, years at most two apart"),
    Level::new("near", "同年或相差不超过一年", "same year or at most a year apart"),
    Level::new("different", "出生日期不同", "different birth dates").other(),
];

impl Comparator for BirthDateComparator {
    fn code(&self) -> &'static str {
        "birth_date"
    }

    fn name_zh(&self) -> &'static str {
        "出生日期"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    #[inline]
    fn sketched(&self, a: &Sketch, b: &Sketch) -> Sketched {
        let (Some((x, rarity)), Some((y, _))) = (a.birth_date, b.birth_date) else { return Sketched::Silent };
        match level(x, y) {
            EXACT => Sketched::Seen(EXACT, i32::from(rarity)),
            level => Sketched::Seen(level, 0),
        }
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let pairs = a.birth_dates.iter().flat_map(|x| b.birth_dates.iter().map(move |y| (x, y)));
        out.extend(best(pairs.map(|(x, y)| match level(x.value, y.value) {
            EXACT => (EXACT, x.rarity),
            level => (level, 0),
        })));
    }
}

/// What an outline leaves of it: everything.
#[inline]
pub(super) fn outlined(a: Option<(PartialDate, i16)>, b: &Outline) -> Outlined {
    let (Some((x, rarity)), Some(y)) = (a, b.birth_date()) else { return Outlined::AtBest(EXACT, ADJUSTMENT_MAX) };
    match level(x, y) {
        EXACT => Outlined::Seen(EXACT, i32::from(rarity)),
        level => Outlined::Seen(level, 0),
    }
}

#[inline]
fn level(a: PartialDate, b: PartialDate) -> usize {
    match (a.full(), b.full()) {
        (Some(x), Some(y)) => full_level(x, y),
        _ => part_level(a, b),
    }
}

#[inline]
fn full_level(a: CivilDate, b: CivilDate) -> usize {
    if a == b {
        return EXACT;
    }
    if a.year() == b.year() && a.month() == b.day() && a.day() == b.month() {
        return SWAPPED;
    }
    if one_digit_or_transposition(digits(a), digits(b)) {
        return ONE_DIGIT;
    }
    if (a.year(), a.month()) == (b.year(), b.month()) {
        return SAME_MONTH;
    }
    let years_apart = a.year().abs_diff(b.year());
    if (a.month(), a.day()) == (b.month(), b.day()) && years_apart <= 2 {
        return SAME_DAY_NEAR_YEAR;
    }
    let days_apart = a.days_since_epoch().abs_diff(b.days_since_epoch());
    if years_apart == 0 || days_apart <= 366 { NEAR } else { DIFFERENT }
}

fn part_level(a: PartialDate, b: PartialDate) -> usize {
    if a.year != b.year {
        return if a.year.abs_diff(b.year) <= 1 { NEAR } else { DIFFERENT };
    }
    match (a.month, b.month) {
        (Some(x), Some(y)) if x == y => PART_AGREES,
        (Some(_), Some(_)) => NEAR,
        _ => YEAR_AGREES,
    }
}

#[inline]
fn digits(date: CivilDate) -> [u8; 8] {
    let number = u32::from(date.year().unsigned_abs()) * 10_000 + u32::from(date.month()) * 100 + u32::from(date.day());
    let mut digits = [0; 8];
    let mut rest = number;
    for digit in digits.iter_mut().rev() {
        *digit = (rest % 10) as u8;
        rest /= 10;
    }
    digits
}

#[inline]
fn one_digit_or_transposition(a: [u8; 8], b: [u8; 8]) -> bool {
    let mut differing = a.iter().zip(&b).enumerate().filter(|(_, (x, y))| x != y);
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, None) => true,
        (Some((i, (x, y))), Some((j, (v, w))), None) => j - i == 1 && x == w && v == y,
        _ => false,
    }
}
