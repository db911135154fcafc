//! Names of organisations that are customers themselves.

use super::similarity::{bigram_dice, jaro_winkler};
use super::{Agreement, Comparator, Level, Sketched, best, words};
use crate::domain::features::sketch::OrgSketch;
use crate::domain::features::{Features, OrgFeature};

/// Compares the distinctive part of the names; place, legal form and branch tell look-alikes apart.
pub struct OrgNameComparator;

const EXACT: usize = 0;
const SAME_CORE: usize = 1;
const FUZZY: usize = 2;
const ACRONYM: usize = 3;
const CONTAINED: usize = 4;
const DIFFERENT: usize = 5;

const LEVELS: &[Level] = &[
    Level::new("exact", "名称相同", "same name"),
    Level::new("same_core", "字号相同，地名或组织形式不同", "same core, another place or legal form"),
    Level::new("fuzzy", "名称相近", "nearly the same name"),
    Level::new("acronym", "一方为另一方的首字母缩写", "one is the initials of the other"),
    Level::new("contained", "一方包含另一方", "one contains the other"),
    Level::new("different", "名称不同", "different names"),
];

/// Letters from which two typing errors leave a name recognizable.
const LONG_CORE_MIN: usize = 9;

/// Jaro–Winkler thousandths from which two Chinese cores are nearly the same.
const FUZZY_JARO_WINKLER_MIN: u32 = 920;
/// Thousandths of common bigrams from which they are.
const FUZZY_DICE_MIN: u32 = 800;

impl Comparator for OrgNameComparator {
    fn code(&self) -> &'static str {
        "org_name"
    }

    fn name_zh(&self) -> &'static str {
        "机构名称"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let levels = a.orgs.iter().flat_map(|x| b.orgs.iter().map(move |y| rated_level(x, y)));
        out.extend(best(levels));
    }
}

pub(super) fn rated_level(a: &OrgFeature, b: &OrgFeature) -> (usize, i32) {
    match level(a, b) {
        level @ (EXACT | SAME_CORE | FUZZY) => (level, a.rarity.min(b.rarity)),
        level => (level, 0),
    }
}

/// The same by sketches.
#[inline]
pub(super) fn sketched_level(a: &OrgSketch, b: &OrgSketch) -> Sketched {
    let rarity = i32::from(a.rarity.min(b.rarity));
    if a.branch != b.branch {
        return Sketched::Seen(DIFFERENT, 0);
    }
    if a.core == b.core && a.core != 0 {
        let places_agree = a.place == 0 || b.place == 0 || a.place == b.place;
        let same = places_agree && (a.open_form || b.open_form || a.legal_form == b.legal_form);
        return Sketched::Seen(if same { EXACT } else { SAME_CORE }, rarity);
    }
    if !(a.han && b.han) {
        return Sketched::AtBest(FUZZY, rarity.max(0));
    }
    let (shorter, longer) = if a.signs.len <= b.signs.len { (a, b) } else { (b, a) };
    if shorter.signs.len >= 4 && a.signs.may_be_similar(&b.signs, FUZZY_JARO_WINKLER_MIN, FUZZY_DICE_MIN) {
        return Sketched::AtBest(FUZZY, rarity.max(0));
    }
    match shorter.signs.len >= 2 && shorter.signs.may_be_within(&longer.signs) {
        true => Sketched::AtBest(CONTAINED, 0),
        false => Sketched::Seen(DIFFERENT, 0),
    }
}

fn level(a: &OrgFeature, b: &OrgFeature) -> usize {
    // A branch is a party of its own.
    if a.name.branch != b.name.branch {
        return DIFFERENT;
    }
    if a.core == b.core && !a.core.is_empty() {
        let places_agree = a.name.place.is_empty() || b.name.place.is_empty() || a.name.place == b.name.place;
        let forms_agree = is_open(a.name.legal_form) || is_open(b.name.legal_form);
        let same = places_agree && (forms_agree || a.name.legal_form == b.name.legal_form);
        return if same { EXACT } else { SAME_CORE };
    }
    if a.han && b.han { han_level(a, b) } else { words_level(a, b) }
}

fn han_level(a: &OrgFeature, b: &OrgFeature) -> usize {
    if a.core.len().min(b.core.len()) >= 4
        && (jaro_winkler(&a.core, &b.core) >= FUZZY_JARO_WINKLER_MIN || bigram_dice(&a.core, &b.core) >= FUZZY_DICE_MIN)
    {
        return FUZZY;
    }
    let (shorter, longer) = if a.core.len() <= b.core.len() { (&a.core, &b.core) } else { (&b.core, &a.core) };
    let contained = shorter.len() >= 2 && longer.windows(shorter.len()).any(|window| window == shorter.as_slice());
    if contained { CONTAINED } else { DIFFERENT }
}

/// Word by word: one word that tells companies apart and that the other name contradicts makes another company.
fn words_level(a: &OrgFeature, b: &OrgFeature) -> usize {
    if is_acronym(a, b) || is_acronym(b, a) {
        return ACRONYM;
    }
    let aligned = words::align(&a.words().words, &b.words().words, false);
    let numbers_differ = aligned.left_a & a.words().numbers != 0 && aligned.left_b & b.words().numbers != 0;
    let left_a = aligned.left_a & !a.words().fillers;
    let left_b = aligned.left_b & !b.words().fillers;
    let all = |words: usize| (1u16 << words.min(words::WORDS_MAX)) - 1;
    let telling = all(a.words().words.len()) & !aligned.left_a & !a.words().fillers & !a.words().numbers != 0;
    if numbers_differ || !telling {
        return DIFFERENT;
    }
    match (left_a == 0, left_b == 0) {
        (true, true) if aligned.similar == 0 && aligned.alike <= 2 => FUZZY,
        (true, true) if aligned.similar + aligned.alike == 1 && is_long(a, b) => FUZZY,
        (true, false) | (false, true) if aligned.similar == 0 && aligned.alike <= 1 => CONTAINED,
        _ => DIFFERENT,
    }
}

/// Two errors among many letters that tell the company from others.
fn is_long(a: &OrgFeature, b: &OrgFeature) -> bool {
    let letters = |org: &OrgFeature| -> usize {
        let telling = org.words().words.iter().enumerate().filter(|(at, _)| org.words().fillers & (1 << at) == 0);
        telling.map(|(_, word)| word.text.len()).sum()
    };
    letters(a).min(letters(b)) >= LONG_CORE_MIN
}

/// IBM for International Business Machines, GE for General Electric Company.
fn is_acronym(short: &OrgFeature, long: &OrgFeature) -> bool {
    let mut telling = short.words().words.iter().enumerate().filter(|(at, _)| short.words().fillers & (1 << at) == 0);
    let (Some((_, word)), None) = (telling.next(), telling.next()) else { return false };
    (2..=6).contains(&word.text.len()) && (word.text == long.words().initials || word.text == long.words().all_initials)
}

/// Whether a legal form contradicts no other: unknown, or a company that may be of any form.
fn is_open(legal_form: &str) -> bool {
    matches!(legal_form, "" | "company")
}
