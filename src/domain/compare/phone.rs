//! Telephone numbers as a set: the best agreement counts; mobiles prove more than landlines.

use super::similarity::one_edit_apart;
use super::{Agreement, Comparator, Level, best};
use crate::domain::features::Features;
use crate::domain::record::Phone;

/// Compares every personal number of one record with every one of the other.
pub struct PhoneComparator;

const EXACT_MOBILE: usize = 0;
const EXACT_OTHER: usize = 1;
const ONE_EDIT: usize = 2;
const SAME_TAIL: usize = 3;
const DIFFERENT: usize = 4;

const LEVELS: &[Level] = &[
    Level::new("exact_mobile", "手机号相同", "same mobile number"),
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

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let pairs = a.phones.iter().flat_map(|x| b.phones.iter().map(move |y| (x, y)));
        out.extend(best(pairs.map(|(x, y)| match level(x, y) {
            level @ (EXACT_MOBILE | EXACT_OTHER) => (level, x.rarity),
            level => (level, 0),
        })));
    }
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
