//! E-mail addresses as a set.

use super::similarity::{jaro_winkler_str, one_edit_apart};
use super::{Agreement, Comparator, Level, Outlined, Sketched, best};
use crate::domain::features::Features;
use crate::domain::features::outline::{Outline, folded, mark, wide_mark};
use crate::domain::features::sketch::{EmailSketch, Sketch, may_reach_jaro_winkler};
use crate::domain::record::Email;
use crate::domain::text::sound::edits_up_to_two;

/// Compares every address of one record with every one of the other.
pub struct EmailComparator;

const EXACT: usize = 0;
const ONE_EDIT: usize = 1;
const SAME_LOCAL: usize = 2;
const FUZZY_LOCAL: usize = 3;
const DIFFERENT: usize = 4;

/// Shorter local parts (`info`, `wang`) repeat across providers.
const LOCAL_CHARS_MIN: usize = 6;

/// Jaro–Winkler thousandths from which two local parts count as one mistyped.
const FUZZY_LOCAL_MIN: u32 = 930;

/// Bytes from which a domain is recognizable with two typing errors; shorter ones (126.com, 163.com) are others.
const LONG_DOMAIN_MIN: usize = 10;

const LEVELS: &[Level] = &[
    Level::new("exact", "邮箱相同", "same address"),
    Level::new("one_edit", "邮箱差一个字符", "one character apart"),
    Level::new("same_local", "用户名相同，域名不同", "same local part at another domain"),
    Level::new("fuzzy_local", "用户名相近", "nearly the same local part"),
    Level::new("different", "邮箱不同", "different addresses"),
];

impl Comparator for EmailComparator {
    fn code(&self) -> &'static str {
        "email"
    }

    fn name_zh(&self) -> &'static str {
        "邮箱"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn several_valued(&self) -> bool {
        true
    }

    #[inline]
    fn sketched(&self, a: &Sketch, b: &Sketch) -> Sketched {
        let (x, y) = (&a.email, &b.email);
        if x.key == y.key {
            return Sketched::Seen(EXACT, i32::from(x.rarity));
        }
        if x.local == y.local {
            return Sketched::AtBest(ONE_EDIT, i32::from(x.local_rarity).max(0));
        }
        if usize::from(x.local_len.min(y.local_len)) < LOCAL_CHARS_MIN {
            return Sketched::Seen(DIFFERENT, 0);
        }
        if x.key_len.abs_diff(y.key_len) <= 1 && (x.letters ^ y.letters).count_ones() <= 2 {
            return Sketched::AtBest(ONE_EDIT, i32::from(x.local_rarity).max(0));
        }
        let (left, right) = ((u32::from(x.local_len), x.letters), (u32::from(y.local_len), y.letters));
        match may_reach_jaro_winkler(left, right, FUZZY_LOCAL_MIN) {
            true => Sketched::AtBest(FUZZY_LOCAL, 0),
            false => Sketched::Seen(DIFFERENT, 0),
        }
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let pairs = a.emails.iter().flat_map(|x| b.emails.iter().map(move |y| (x, y)));
        out.extend(best(pairs.map(|(x, y)| match level(&x.address, &y.address) {
            EXACT => (EXACT, x.rarity),
            SAME_LOCAL => (SAME_LOCAL, x.local_rarity),
            level => (level, 0),
        })));
    }
}

/// What an outline leaves of it.
pub(super) fn outlined(x: &EmailSketch, b: &Outline) -> Outlined {
    let y = &b.email;
    if wide_mark(x.key) == y.key {
        return Outlined::From(EXACT, i32::from(x.rarity.max(x.local_rarity)).max(0));
    }
    if mark(x.local) == y.local {
        return Outlined::From(ONE_EDIT, i32::from(x.local_rarity).max(0));
    }
    if usize::from(x.local_len.min(y.local_len)) < LOCAL_CHARS_MIN {
        return Outlined::Seen(DIFFERENT, 0);
    }
    let letters = folded(x.letters);
    if x.key_len.abs_diff(y.key_len) <= 1 && (letters ^ y.letters).count_ones() <= 2 {
        return Outlined::From(ONE_EDIT, 0);
    }
    let (left, right) = ((u32::from(x.local_len), letters.into()), (u32::from(y.local_len), y.letters.into()));
    match may_reach_jaro_winkler(left, right, FUZZY_LOCAL_MIN) {
        true => Outlined::From(FUZZY_LOCAL, 0),
        false => Outlined::Seen(DIFFERENT, 0),
    }
}

fn level(a: &Email, b: &Email) -> usize {
    if a.match_key == b.match_key {
        return EXACT;
    }
    if domain_mistyped(a, b) {
        return ONE_EDIT;
    }
    let shortest_local = a.local.len().min(b.local.len());
    if shortest_local < LOCAL_CHARS_MIN {
        return DIFFERENT;
    }
    if one_edit_apart(&a.match_key, &b.match_key) {
        return ONE_EDIT;
    }
    if a.local == b.local {
        return SAME_LOCAL;
    }
    if jaro_winkler_str(&a.local, &b.local) >= FUZZY_LOCAL_MIN { FUZZY_LOCAL } else { DIFFERENT }
}

/// The same local part, of whatever length, at a domain that is two typing errors away: aw@thompson.com and aw@thpmoson.com.
fn domain_mistyped(a: &Email, b: &Email) -> bool {
    let long = a.domain.len().min(b.domain.len()) >= LONG_DOMAIN_MIN;
    long && a.local == b.local && edits_up_to_two(&a.domain, &b.domain).is_some()
}
