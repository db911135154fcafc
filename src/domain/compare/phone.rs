//! Telephone numbers as a set: the best agreement counts; mobiles prove more than landlines.
//!
//! Mobile numbers are issued again: in China 90 days after they were given up, elsewhere after as many. Two records that state one
//! number years apart may therefore tell of two holders. Up to [`HOLDER_DAYS`] between the times for which the records stand, and
//! wherever a time is missing, an equal number counts in full; beyond that it is a level of its own, which proves less.

use super::similarity::one_edit_apart;
use super::{Agreement, Comparator, Level, Outlined, Sketched, best};
use crate::domain::features::Features;
use crate::domain::features::outline::Outline;
use crate::domain::features::sketch::{PhoneSketch, Sketch};
use crate::domain::record::Phone;

/// Compares every personal number of one record with every one of the other.
pub struct PhoneComparator;

/// Two years, for which a mobile number is taken to be in one hand.
const HOLDER_DAYS: u64 = 2 * 365;

const EXACT_MOBILE: usize = 0;
const MOBILE_YEARS_APART: usize = 1;
const EXACT_OTHER: usize = 2;
const ONE_EDIT: usize = 3;
const SAME_TAIL: usize = 4;
const DIFFERENT: usize = 5;

const LEVELS: &[Level] = &[
    Level::new("exact_mobile", "手机号相同", "same mobile number"),
    Level::new(
        "mobile_years_apart",
        "手机号相同，但登记时间相隔两年以上",
        "same mobile number, stated over two years apart",
    ),
    Level::new("exact_other", "电话相同", "same number, not a mobile"),
    Level::new("one_edit", "号码差一位", "one digit or one transposition apart"),
    Level::new("same_tail", "后八位相同", "same last eight digits"),
    Level::new("different", "号码不同", "different numbers"),
];

impl Comparator for PhoneComparator {
    fn code(&self) -> &'static str {
        "phone"
    }

    fn name_zh(&self) -> &'static str {
        "电话"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn several_valued(&self) -> bool {
        true
    }

    #[inline]
    fn sketched(&self, a: &Sketch, b: &Sketch) -> Sketched {
        let (x, y) = (&a.phone, &b.phone);
        if x.digits == y.digits && x.len == y.len {
            let mobile = if years_apart(a.observed_day, b.observed_day) { MOBILE_YEARS_APART } else { EXACT_MOBILE };
            return Sketched::Seen(if x.mobile { mobile } else { EXACT_OTHER }, i32::from(x.rarity));
        }
        Sketched::Seen(apart(x, y), 0)
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let pairs = a.phones.iter().flat_map(|x| b.phones.iter().map(move |y| (x, y)));
        let years_apart = years_apart(a.observed_day, b.observed_day);
        out.extend(best(pairs.map(|(x, y)| match level(x, y) {
            EXACT_MOBILE if years_apart => (MOBILE_YEARS_APART, x.rarity),
            level @ (EXACT_MOBILE | EXACT_OTHER) => (level, x.rarity),
            level => (level, 0),
        })));
    }
}

/// The level of two numbers that are not the same.
#[inline]
fn apart(x: &PhoneSketch, y: &PhoneSketch) -> usize {
    if x.mobile == y.mobile && digits_one_edit_apart((x.digits, x.len), (y.digits, y.len)) {
        return ONE_EDIT;
    }
    if x.digits as u32 == y.digits as u32 { SAME_TAIL } else { DIFFERENT }
}

/// What an outline leaves of it.
#[inline]
pub(super) fn outlined(x: &PhoneSketch, b: &Outline) -> Outlined {
    let y = b.phone();
    if x.digits == y.digits && x.len == y.len {
        let rarity = i32::from(x.rarity);
        return if x.mobile {
            Outlined::From(EXACT_MOBILE, rarity.max(0))
        } else {
            Outlined::Seen(EXACT_OTHER, rarity)
        };
    }
    Outlined::Seen(apart(x, &y), 0)
}

fn level(a: &Phone, b: &Phone) -> usize {
    if a.e164 == b.e164 {
        let same_extension = a.extension == b.extension || a.extension.is_empty() || b.extension.is_empty();
        return match (a.mobile, same_extension) {
            (true, _) => EXACT_MOBILE,
            (false, true) => EXACT_OTHER,
            (false, false) => DIFFERENT,
        };
    }
    if a.mobile == b.mobile && one_edit_apart(&a.e164, &b.e164) {
        return ONE_EDIT;
    }
    if tail(&a.e164).is_some_and(|digits| Some(digits) == tail(&b.e164)) { SAME_TAIL } else { DIFFERENT }
}

fn tail(number: &str) -> Option<&str> {
    number.get(number.len().checked_sub(8)?..)
}

/// Whether two records state a number so long after one another that it may have another holder.
fn years_apart(a: Option<i64>, b: Option<i64>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a.abs_diff(b) > HOLDER_DAYS)
}

/// [`one_edit_apart`] of two different numbers, four bits a digit.
#[inline]
fn digits_one_edit_apart((a, a_len): (u64, u8), (b, b_len): (u64, u8)) -> bool {
    let differing = a ^ b;
    let last = differing.trailing_zeros() / 4 * 4;
    let without = |number: u64, bits: u32| number.checked_shr(bits).unwrap_or(0);
    match (a_len.abs_diff(b_len), if a_len > b_len { (a, b) } else { (b, a) }) {
        (0, _) => {
            let rest = without(differing, last);
            let (x, y) = (without(a, last) & 0xff, without(b, last) & 0xff);
            rest <= 0xf || (rest <= 0xff && x == (y << 4 | y >> 4) & 0xff)
        }
        // Without the digit before the common end the longer number is the shorter one.
        (1, (longer, shorter)) => without(longer, last + 4) == without(shorter, last),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::date::{CivilDate, Timestamp};
    use crate::domain::id::RecordKey;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};
    use crate::domain::score::term_frequency::TermFrequencies;

    fn level_of(number: &str, days: [Option<&str>; 2]) -> &'static str {
        let features = days.map(|day| {
            let phone = RawAttribute { country: Some("CN".into()), ..RawAttribute::full(AttributeKind::Phone, number) };
            let observed_time = day.map(|day| Timestamp::at_midnight(CivilDate::parse(day).unwrap()));
            let key = RecordKey::new("crm", day.unwrap_or("never"));
            let raw = RawRecord { key, owner: None, observed_time, attributes: vec![phone] };
            Features::of(&prepare(&raw), &TermFrequencies::default())
        });
        let mut seen = Vec::new();
        PhoneComparator.compare(&features[0], &features[1], &mut seen);
        LEVELS[usize::from(seen[0].level)].code
    }

    #[test]
    fn a_number_stated_years_apart_may_have_two_holders() {
        let mobile = |from, to| level_of("13912340007", [from, to]);
        assert_eq!(mobile(Some("2024-01-01"), Some("2025-12-31")), "exact_mobile", "730 days");
        assert_eq!(mobile(Some("2026-01-01"), Some("2024-01-01")), "mobile_years_apart", "731 days, either way round");
        assert_eq!(mobile(None, Some("2026-01-01")), "exact_mobile", "nobody knows");
        let landline = level_of("010-65529988", [Some("2010-01-01"), Some("2026-01-01")]);
        assert_eq!(landline, "exact_other", "lines stay where they are");
    }

    #[test]
    fn digits_are_compared_as_texts_are() {
        let packed = |text: &str| (u64::from_str_radix(text, 16).unwrap_or_default(), text.len() as u8);
        let numbers = [
            "8613800138000",
            "8613800138001",
            "861380013800",
            "8613800183000",
            "8613801038000",
            "86138001380000",
            "0613800138000",
            "6813800138000",
            "613800138000",
            "1234567890123456",
            "123456789012345",
            "8613800000000",
        ];
        for a in numbers {
            for b in numbers.iter().filter(|b| **b != a) {
                assert_eq!(digits_one_edit_apart(packed(a), packed(b)), one_edit_apart(a, b), "{a} {b}");
            }
        }
    }
}
