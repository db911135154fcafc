//! Person names: Han against Han, Latin against Latin, and pinyin against Han, as one comparison of the whole name.

use smol_str::SmolStr;

use super::diminutive;
use super::known_names::{self, Found, Rarity};
use super::similarity::{jaro_winkler_str, one_edit_apart};
use super::{Agreement, Comparator, Level, Outlined, Sketched, best, words};
use crate::domain::features::outline::Outline;
use crate::domain::features::sketch::{HAN_MAX, NameSketch, Sketch};
use crate::domain::features::{Features, NameFeature};
use crate::domain::normalize::person_name::romanisation;
use crate::domain::score::term_frequency::ADJUSTMENT_MAX;
use crate::domain::text::pinyin;
use crate::domain::text::sound::SoundedWord;

/// Compares every name of one record with every name of the other; the best level counts.
pub struct PersonNameComparator;

const EXACT: usize = 0;
const VARIANT: usize = 1;
const REORDERED: usize = 2;
const HOMOPHONE: usize = 3;
const SAME_PINYIN: usize = 4;
const ROMANISED: usize = 5;
const DIMINUTIVE: usize = 6;
const GIVEN_FUZZY: usize = 7;
const FAMILY_FUZZY: usize = 8;
const FUZZY: usize = 9;
const ONE_CHARACTER: usize = 10;
const INITIALS: usize = 11;
const SIMILAR: usize = 12;
const SAME_NICKNAME: usize = 13;
const MIDDLE_DIFFERS: usize = 14;
const RESEMBLING: usize = 15;
const SURNAME_ONLY: usize = 16;
const PART_ONLY: usize = 17;
const PART_FUZZY: usize = 18;
const GIVEN_ONLY: usize = 19;
const NICKNAME: usize = 20;
const SAME_FAMILY: usize = 21;
const DIFFERENT: usize = 22;

const LEVELS: &[Level] = &[
    Level::new("exact", "姓名相同", "same name").same(),
    Level::new("variant", "异体字或繁简折叠后相同", "same after folding character variants").same(),
    Level::new("reordered", "词序不同或缺中间名", "same words in another order, or a middle name missing").same(),
    Level::new("homophone", "拼音及声调相同", "same pinyin with tones").same(),
    Level::new("same_pinyin", "拼音相同", "same pinyin without tones").same(),
    Level::new("romanised", "一方为另一方的拼音", "one is the pinyin of the other").same(),
    Level::new("diminutive", "姓相同，名为昵称形式", "same family name, one given name is short for the other").same(),
    Level::new("given_fuzzy", "姓相同，名拼写相近", "same family name, nearly the same given name").near(),
    Level::new("family_fuzzy", "名相同，姓拼写相近", "same given name, nearly the same family name").same(),
    Level::new("fuzzy", "姓与名拼写均相近", "both names nearly the same").same(),
    Level::new("one_character", "同姓，名差一字", "same surname, one character of the given name differs").other(),
    Level::new("initials", "姓相同，名为首字母", "same family name, given name is an initial"),
    Level::new("similar", "拼写有两处差异", "two typing errors apart"),
    Level::new("same_nickname", "昵称相同", "same nickname"),
    Level::new("middle_differs", "姓名相同，中间名不同", "same first and last name, another middle name").other(),
    Level::new("resembling", "一部分相同，另一部分仅开头相近", "one part the same, the other begins alike").near(),
    Level::new("surname_only", "只知姓，姓相同", "only the surname is known, and it agrees"),
    Level::new("part_only", "只知姓或名，且相同", "only one part of the name is known, and it agrees"),
    Level::new("part_fuzzy", "只知姓或名，且相近", "only one part of the name is known, and it nearly agrees"),
    Level::new("given_only", "名相同，姓不同", "same given name, another family name"),
    Level::new("nickname", "一方为昵称，无从比较", "one is a nickname that says nothing about the other"),
    Level::new("same_family", "同姓，名不同", "same family name, another given name").other(),
    Level::new("different", "姓名不同", "different names").other(),
];

/// Jaro–Winkler thousandths from which two Latin words count as the same word mistyped.
const WORD_FUZZY_MIN: u32 = 920;
/// Jaro–Winkler thousandths from which two Latin words resemble each other: Castro and Castillo.
const WORD_RESEMBLING_MIN: u32 = 880;
/// Letters from which one typing error leaves a single word recognizable.
const LONG_WORD_MIN: usize = 7;

impl Comparator for PersonNameComparator {
    fn code(&self) -> &'static str {
        "person_name"
    }

    fn name_zh(&self) -> &'static str {
        "姓名"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    #[inline]
    fn sketched(&self, a: &Sketch, b: &Sketch) -> Sketched {
        let rarest = i32::from(a.rarity_max.max(b.rarity_max));
        let (x, y) = (&a.name, &b.name);
        match (x.han_len > 0, y.han_len > 0) {
            (true, true) => sketched_han(x, y),
            (true, false) => sketched_mixed(x, y, rarest),
            (false, true) => sketched_mixed(y, x, rarest),
            (false, false) => Sketched::AtBest(0, rarest),
        }
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let pairs = a.names.iter().flat_map(|x| b.names.iter().map(move |y| (x, y)));
        let identities = identities(&a.sketch, &b.sketch);
        let found = pairs.filter_map(|(x, y)| {
            let found = match identities {
                Some((a, b)) => known_names::recall(a, b).unwrap_or_else(|| {
                    let found = found(x, y);
                    known_names::remember(a, b, found);
                    found
                }),
                None => found(x, y),
            };
            let (level, rarity) = found?;
            let rarities = [x, y].map(|name| [name.rarity, name.family_rarity, name.given_rarity]);
            Some((level, rarity_of(level, rarity, rarities)))
        });
        out.extend(best(found));
    }
}

/// Hashes of the names of two records that have one each.
#[inline]
fn identities(a: &Sketch, b: &Sketch) -> Option<(u64, u64)> {
    let plain = a.plain & b.plain & 1 << Sketch::PERSON_NAME != 0;
    plain.then_some((a.name.identity, b.name.identity))
}

/// What two records' names were found to be to each other when they were compared before.
#[inline]
pub(super) fn known(a: &Sketch, b: &Sketch) -> Sketched {
    let found = identities(a, b).and_then(|(a, b)| known_names::recall(a, b));
    match found {
        Some(Some((level, rarity))) => {
            Sketched::Seen(level, rarity_of(level, rarity, [a, b].map(|sketch| sketch.name.rarity.map(i32::from))))
        }
        Some(None) => Sketched::Silent,
        None => Sketched::AtBest(0, i32::from(a.rarity_max.max(b.rarity_max))),
    }
}

fn found(a: &NameFeature, b: &NameFeature) -> Found {
    let level = level(a, b)?;
    Some((level, if level == PART_ONLY { part_rarity(a, b) } else { Rarity::OfLevel }))
}

/// How rare the part of the name is that agrees, given the rarities of whole, family and given name of both; of two spellings the more common one
/// counts.
#[inline]
fn rarity_of(level: usize, rarity: Rarity, [a, b]: [[i32; 3]; 2]) -> i32 {
    let ([whole_a, family_a, given_a], [whole_b, family_b, given_b]) = (a, b);
    match (rarity, agreeing_part(level)) {
        (Rarity::GivenA, _) => given_a,
        (Rarity::FamilyA, _) => family_a,
        (Rarity::GivenB, _) => given_b,
        (Rarity::FamilyB, _) => family_b,
        (Rarity::OfLevel, Some(AgreeingPart::Whole)) => whole_a.min(whole_b),
        (Rarity::OfLevel, Some(AgreeingPart::Family)) => family_a.min(family_b),
        (Rarity::OfLevel, Some(AgreeingPart::Given)) => given_a.min(given_b),
        (Rarity::OfLevel, None) => 0,
    }
}

/// The same by sketches, of levels that they tell.
fn seen(level: usize, a: &NameSketch, b: &NameSketch) -> Sketched {
    Sketched::Seen(level, rarity_of(level, Rarity::OfLevel, [a, b].map(|name| name.rarity.map(i32::from))))
}

enum AgreeingPart {
    Whole,
    Family,
    Given,
}

fn agreeing_part(level: usize) -> Option<AgreeingPart> {
    match level {
        EXACT | VARIANT | REORDERED | HOMOPHONE | SAME_PINYIN | ROMANISED | FUZZY | SIMILAR => {
            Some(AgreeingPart::Whole)
        }
        // A rare name has as many neighbours of its surname as a common one.
        DIMINUTIVE | GIVEN_FUZZY | ONE_CHARACTER | INITIALS | MIDDLE_DIFFERS | RESEMBLING | SURNAME_ONLY
        | SAME_FAMILY => Some(AgreeingPart::Family),
        FAMILY_FUZZY | GIVEN_ONLY => Some(AgreeingPart::Given),
        _ => None,
    }
}

/// [`level`] of two Han names.
#[inline]
fn sketched_han(a: &NameSketch, b: &NameSketch) -> Sketched {
    let (a_len, b_len) = (usize::from(a.han_len), usize::from(b.han_len));
    let same_length = a_len == b_len;
    let differing = a.han.iter().zip(&b.han).filter(|(x, y)| x != y).count();
    // Places behind the end hold zeros on both sides.
    let mistyped = same_length && a_len >= 3 && differing == 1;
    let variant = same_length && a.folded == b.folded;
    if a.nickname || b.nickname {
        return match (variant, a.nickname && b.nickname) {
            (true, true) => seen(SAME_NICKNAME, a, b),
            (true, false) => seen(VARIANT, a, b),
            (false, _) => seen(if mistyped { ONE_CHARACTER } else { NICKNAME }, a, b),
        };
    }
    let (surname_a, surname_b) = (usize::from(a.surname_len.max(1)), usize::from(b.surname_len.max(1)));
    let begin_alike = |length| a.folded.iter().zip(&b.folded).take(length).all(|(x, y)| x == y);
    let same_surname = surname_a == surname_b && surname_a <= a_len.min(b_len) && begin_alike(surname_a);
    if a.surname_only || b.surname_only {
        return seen(if same_surname { SURNAME_ONLY } else { or_nickname(DIFFERENT, a.loose || b.loose) }, a, b);
    }
    if same_length && differing == 0 {
        return seen(or_nickname(EXACT, a.loose), a, b);
    }
    if variant {
        return seen(or_nickname(VARIANT, a.loose || b.loose), a, b);
    }
    if same_length && a.toneless == b.toneless {
        return Sketched::AtBest(HOMOPHONE, i32::from(a.rarity[0].min(b.rarity[0]).max(0)));
    }
    let married = |longer: &NameSketch, shorter: &NameSketch| {
        let tail = longer.folded.iter().skip(1).zip(&shorter.folded);
        longer.han_len == 4
            && shorter.han_len == 3
            && longer.surname_len == 1
            && shorter.surname_len == 1
            && tail.take(3).all(|(x, y)| x == y)
    };
    if married(a, b) || married(b, a) {
        return seen(FUZZY, a, b);
    }
    let (longer, shorter) = if a_len >= b_len { (a, b) } else { (b, a) };
    let given_differs_by_one = match a_len.abs_diff(b_len) {
        0 => mistyped || transposed(&longer.han, &shorter.han),
        1 => shorter.han_len >= 2 && one_left_out(&longer.han, &shorter.han),
        _ => false,
    };
    match same_surname {
        true if given_differs_by_one => seen(ONE_CHARACTER, a, b),
        true => seen(SAME_FAMILY, a, b),
        false if mistyped => seen(ONE_CHARACTER, a, b),
        false => seen(or_nickname(DIFFERENT, a.loose || b.loose), a, b),
    }
}

/// What an outline leaves of it. A rarity is only sure where both names have the same of what it is the rarity of.
#[inline]
pub(super) fn outlined(a: &NameSketch, b: &Outline) -> Outlined {
    let rarest = a.rarity.into_iter().fold(0, i16::max).into();
    let mixed = match (a.han_len > 0, b.has_han_name()) {
        (true, true) => return outlined_han(a, &NameSketch { rarity: a.rarity, ..b.name() }),
        (true, false) => sketched_mixed(a, &b.name(), rarest),
        (false, true) => sketched_mixed(&b.spelt_name(), a, rarest),
        (false, false) => return Outlined::AtBest(0, ADJUSTMENT_MAX),
    };
    match mixed {
        Sketched::Silent => Outlined::Silent,
        Sketched::Seen(level, _) => Outlined::Seen(level, 0),
        Sketched::AtBest(level, rarity) => Outlined::AtBest(level, rarity),
    }
}

/// The same of two Han names, of which the second one borrows the rarities of the first.
#[inline]
fn outlined_han(a: &NameSketch, b: &NameSketch) -> Outlined {
    let surname = usize::from(a.surname_len.max(1));
    let same_surname = a.surname_len == b.surname_len && a.folded.get(..surname) == b.folded.get(..surname);
    match sketched_han(a, b) {
        Sketched::Silent => Outlined::Silent,
        Sketched::Seen(level, _) if agreeing_part(level).is_none() => Outlined::Seen(level, 0),
        // How rare a name is that nobody has counted depends on which part of it is the surname.
        Sketched::Seen(level @ (EXACT | ONE_CHARACTER | SURNAME_ONLY | SAME_FAMILY), rarity) if same_surname => {
            Outlined::Seen(level, rarity)
        }
        Sketched::Seen(level, rarity) | Sketched::AtBest(level, rarity) => Outlined::From(level, rarity.max(0)),
    }
}

/// Whether the longer name, of one character more, is the shorter one with a character somewhere; zeros follow both.
fn one_left_out(longer: &[u16; HAN_MAX], shorter: &[u16; HAN_MAX]) -> bool {
    let mut rest = longer.iter();
    shorter.iter().filter(|c| **c != 0).all(|c| rest.any(|d| c == d))
}

/// [`level`] of a Han name and a Latin one.
#[inline]
fn sketched_mixed(han: &NameSketch, latin: &NameSketch, rarest: i32) -> Sketched {
    // A nickname in another script says nothing.
    if han.nickname || latin.nickname {
        return Sketched::Seen(NICKNAME, 0);
    }
    let Some(marks) = han.surname_marks else { return Sketched::AtBest(ROMANISED, rarest) };
    let read = han.spellings.first();
    let spellings = latin.spellings.iter().take(usize::from(latin.spellings_len));
    let surname_may_agree =
        spellings.into_iter().any(|mark| Some(mark) == read || romanisation::may_hold(marks, *mark));
    let letters_may_agree = han.letters_len.abs_diff(latin.letters_len) <= 1
        && (han.letters ^ latin.letters).count_ones() <= 2
        || han.sorted == latin.sorted;
    match (surname_may_agree, letters_may_agree) {
        (false, false) => Sketched::Seen(or_nickname(DIFFERENT, han.loose || latin.loose), 0),
        (true, _) if han.surname_only => Sketched::AtBest(SURNAME_ONLY, rarest),
        (false, true) if han.surname_only => Sketched::Seen(or_nickname(DIFFERENT, han.loose || latin.loose), 0),
        _ => Sketched::AtBest(ROMANISED, rarest),
    }
}

/// Of the name that is known in part only, the rarity of that part.
fn part_rarity(a: &NameFeature, b: &NameFeature) -> Rarity {
    match a.name.words.len() == 1 || (b.name.words.len() > 1 && a.name.family.is_empty()) {
        true if a.name.family.is_empty() => Rarity::GivenA,
        true => Rarity::FamilyA,
        false if b.name.family.is_empty() => Rarity::GivenB,
        false => Rarity::FamilyB,
    }
}

fn level(a: &NameFeature, b: &NameFeature) -> Option<usize> {
    if a.nickname || b.nickname {
        return nickname_level(a, b);
    }
    let both_latin = !a.name.words.is_empty() && !b.name.words.is_empty();
    match (a.han.is_empty(), b.han.is_empty()) {
        (false, false) => Some(or_nickname(han_level(a, b), a.loose || b.loose)),
        (true, true) if both_latin => Some(latin_level(a, b)),
        (false, true) if both_latin => Some(latin_level(a, b).min(mixed_level(a, b))),
        (true, false) if both_latin => Some(latin_level(a, b).min(mixed_level(b, a))),
        (false, true) if !b.name.words.is_empty() => Some(or_nickname(mixed_level(a, b), a.loose || b.loose)),
        (true, false) if !a.name.words.is_empty() => Some(or_nickname(mixed_level(b, a), a.loose || b.loose)),
        _ => None,
    }
}

/// A name that may be a nickname says nothing where it differs, and where it agrees no more than a nickname.
#[inline]
fn or_nickname(level: usize, loose: bool) -> usize {
    match level {
        DIFFERENT if loose => NICKNAME,
        EXACT | VARIANT if loose => SAME_NICKNAME,
        _ => level,
    }
}

fn nickname_level(a: &NameFeature, b: &NameFeature) -> Option<usize> {
    if !a.han.is_empty() && !b.han.is_empty() {
        // A Uyghur name with or without its dots.
        if a.han_folded == b.han_folded {
            return Some(if a.nickname && b.nickname { SAME_NICKNAME } else { VARIANT });
        }
        // A mistyped surname (阵安章 for 陈安章) looks like a nickname too.
        let mistyped = a.han.len() == b.han.len() && a.han.len() >= 3 && differing(&a.han, &b.han) == 1;
        return Some(if mistyped { ONE_CHARACTER } else { NICKNAME });
    }
    Some(part_level(a, b))
}

/// One of the names is a single word: a family name, a given name or a nickname, with luck said so by its column.
fn part_level(a: &NameFeature, b: &NameFeature) -> usize {
    let (part, whole) = if a.name.words.len() == 1 { (a, b) } else { (b, a) };
    let Some(word) = part.name.words.first() else { return NICKNAME };
    match whole.name.words.as_slice() {
        [other] if is_undivided(part) && is_undivided(whole) => {
            if word == other {
                return SAME_NICKNAME;
            }
            if word.len().min(other.len()) >= LONG_WORD_MIN && one_edit_apart(word, other) {
                return SIMILAR;
            }
        }
        // "johnsmith" has no blank.
        words if words.len() >= 2 && is_joined(word, words) => return REORDERED,
        _ => {}
    }
    if whole.name.words.contains(word) {
        return PART_ONLY;
    }
    if whole.name.words.iter().any(|other| resemble(word, other)) {
        return PART_FUZZY;
    }
    let comparable = match (part.name.given.first(), part.name.family.is_empty()) {
        (Some(given), true) => whole.name.given.iter().any(|other| !is_initial_of(given, other)),
        (None, false) => !whole.name.family.is_empty(),
        _ => false,
    };
    if comparable { DIFFERENT } else { NICKNAME }
}

/// Nothing says whether the name is a family or a given name, or neither.
fn is_undivided(name: &NameFeature) -> bool {
    name.name.family.is_empty() && name.name.given.is_empty()
}

fn is_joined(word: &str, parts: &[String]) -> bool {
    let mut rest = Some(word);
    for part in parts {
        rest = rest.and_then(|rest| rest.strip_prefix(part.as_str()));
    }
    rest == Some("")
}

fn han_level(a: &NameFeature, b: &NameFeature) -> usize {
    let same_surname = same_han_surname(a, b);
    if a.name.surname_only || b.name.surname_only {
        return if same_surname { SURNAME_ONLY } else { DIFFERENT };
    }
    if a.han == b.han {
        return EXACT;
    }
    if a.han_folded == b.han_folded {
        return VARIANT;
    }
    if a.han.len() == b.han.len() {
        if a.name.syllables == b.name.syllables {
            return HOMOPHONE;
        }
        if a.syllables == b.syllables {
            return SAME_PINYIN;
        }
    }
    // 陈李丽华 is 李丽华 with her husband's surname before her own.
    if married(a, b) || married(b, a) {
        return FUZZY;
    }
    match same_surname {
        true if given_differs_by_one(a, b) => ONE_CHARACTER,
        true => SAME_FAMILY,
        // The surname itself may be the mistyped character: 王小明 against 汪小明.
        false if a.han.len() == b.han.len() && a.han.len() >= 3 && differing(&a.han, &b.han) == 1 => ONE_CHARACTER,
        false => DIFFERENT,
    }
}

fn same_han_surname(a: &NameFeature, b: &NameFeature) -> bool {
    let length = a.name.han_surname_len.max(1);
    length == b.name.han_surname_len.max(1)
        && match (a.han_folded.get(..length), b.han_folded.get(..length)) {
            (Some(x), Some(y)) => x == y,
            _ => false,
        }
}

/// One character of the given name differs or is missing, and another one agrees: 张小明 against 张晓明 or 张明.
fn given_differs_by_one(a: &NameFeature, b: &NameFeature) -> bool {
    let (longer, shorter) = if a.han.len() >= b.han.len() { (&a.han, &b.han) } else { (&b.han, &a.han) };
    match longer.len() - shorter.len() {
        0 => longer.len() >= 3 && (differing(longer, shorter) == 1 || transposed(longer, shorter)),
        1 => shorter.len() >= 2 && is_subsequence(shorter, longer),
        _ => false,
    }
}

/// Two neighbouring characters changed places: 高博宸 and 高宸博. The first one, the surname, stays.
fn transposed<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let mut places = a.iter().zip(b).enumerate().filter(|(_, (x, y))| x != y);
    match (places.next(), places.next(), places.next()) {
        (Some((i, (x, v))), Some((j, (y, w))), None) => i >= 1 && j == i + 1 && x == w && y == v,
        _ => false,
    }
}

/// Whether the longer name is the shorter one with another surname before it.
fn married(longer: &NameFeature, shorter: &NameFeature) -> bool {
    let tail = longer.han_folded.get(1..);
    longer.han.len() == 4
        && longer.name.han_surname_len == 1
        && shorter.name.han_surname_len == 1
        && tail.is_some_and(|tail| tail == shorter.han_folded)
}

fn differing(a: &[char], b: &[char]) -> usize {
    a.iter().zip(b).filter(|(x, y)| x != y).count()
}

fn is_subsequence(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|c| rest.any(|d| c == d))
}

/// A Han name against a name in Latin letters.
fn mixed_level(han: &NameFeature, latin: &NameFeature) -> usize {
    let letters_agree = || {
        let written = latin.name.words.iter().flat_map(|word| pinyin::surname_lv_fold(word).bytes());
        han.syllables.iter().flat_map(|syllable| syllable.bytes()).eq(written)
    };
    if !han.name.surname_only && (same_syllables(han, &latin.sorted_words) || letters_agree()) {
        return ROMANISED;
    }
    let surname: String = han.syllables.iter().take(han.name.han_surname_len.max(1)).map(SmolStr::as_str).collect();
    let surname_agrees =
        latin.name.words.iter().any(|word| pinyin_equal(word, &surname)) || is_romanised_surname(han, latin);
    if han.name.surname_only {
        return if surname_agrees { SURNAME_ONLY } else { DIFFERENT };
    }
    let joined: String = han.syllables.concat();
    let written: String = latin.name.words.iter().map(|word| pinyin::surname_lv_fold(word)).collect();
    if romanisation::spells(&han.han, han.name.han_surname_len, &latin.name.words) {
        return ROMANISED;
    }
    if one_edit_apart(&joined, &written) || transcribes(han, latin) {
        return FUZZY;
    }
    // Judged only where the surname agrees: telling English from Chinese words costs more than the answer is worth.
    let given_is_chinese = surname_agrees
        && latin.name.words.iter().all(|w| pinyin::split_pinyin(w).is_some() || romanisation::is_syllabic(w));
    match (surname_agrees, given_is_chinese) {
        (true, true) => SAME_FAMILY,
        // An English given name beside a Chinese surname says nothing about the Han given name.
        (true, false) => SURNAME_ONLY,
        (false, _) => DIFFERENT,
    }
}

/// Whether the syllables of a Han name, in alphabetical order, are these.
fn same_syllables(han: &NameFeature, sorted: &[SmolStr]) -> bool {
    if han.name.words.is_empty() {
        return han.sorted_words == sorted;
    }
    let mut syllables: Vec<&SmolStr> = han.syllables.iter().collect();
    syllables.sort_unstable();
    syllables.into_iter().eq(sorted)
}

/// 贝拉克·奥巴马 transcribes Barack Obama: every part has a word of its consonants, and Chinese writes r as l.
fn transcribes(han: &NameFeature, latin: &NameFeature) -> bool {
    let one_sound = |x: char, y: char| x == y || matches!((x, y), ('l', 'r') | ('r', 'l'));
    let is_partner = |part: &SoundedWord, word: &SoundedWord| {
        part.skeleton.len() >= 2
            && part.skeleton.len() == word.skeleton.len()
            && part.skeleton.chars().zip(word.skeleton.chars()).all(|(x, y)| one_sound(x, y))
    };
    han.name.words.is_empty()
        && han.compared.len() >= 2
        && han.compared.iter().all(|part| latin.compared.iter().any(|word| is_partner(part, word)))
}

/// The family name, or the first or last word where that is not known, spells the surname: 陈 as Chan, Tan, Tran.
fn is_romanised_surname(han: &NameFeature, latin: &NameFeature) -> bool {
    let Some(surname) = han.han.get(..han.name.han_surname_len.max(1)) else { return false };
    let words = &latin.name.words;
    match latin.name.family.is_empty() {
        true => [words.first(), words.last()]
            .into_iter()
            .flatten()
            .any(|word| romanisation::is_surname_spelling(surname, word)),
        false => romanisation::is_surname_spelling(surname, &latin.name.family.replace(' ', "")),
    }
}

/// 吕 is written Lü, Lv, Lyu, Lue, and without the dots Lu.
fn pinyin_equal(word: &str, surname: &str) -> bool {
    pinyin::surname_lv_fold(word) == surname || (surname == "lv" && word == "lu")
}

fn latin_level(a: &NameFeature, b: &NameFeature) -> usize {
    let suffixes_conflict = !a.name.suffix.is_empty() && !b.name.suffix.is_empty() && a.name.suffix != b.name.suffix;
    if suffixes_conflict {
        return SAME_FAMILY;
    }
    if a.name.words == b.name.words {
        return if a.name.words.len() == 1 { PART_ONLY } else { EXACT };
    }
    if a.sorted_words == b.sorted_words {
        return if is_son_of(&a.name.words, &b.name.words) { SAME_FAMILY } else { REORDERED };
    }
    if same_letters(&a.name.words, &b.name.words) {
        return REORDERED;
    }
    let by_words = if a.pinyin && b.pinyin { pinyin_words_level(a, b) } else { words_level(a, b) };
    let (Some(x), Some(y)) = (family_and_given(a), family_and_given(b)) else {
        return by_words.min(given_names_level(a, b));
    };
    let named = named_level(x, y);
    let named = if named <= INITIALS && middle_differs(a, b) { MIDDLE_DIFFERS } else { named };
    let level = named.min(by_words);
    // Chan Tai Man and Chen Dawen, Mao Tse-tung and Mao Zedong: one Chinese name in two systems.
    let two_systems = level > FUZZY
        && (x.0 != y.0 || !(a.pinyin && b.pinyin))
        && romanisation::share_surname(x.0, y.0)
        && romanisation::share_given(&a.name.given, &b.name.given);
    if two_systems { FUZZY } else { level }
}

/// One record knows the given names alone: Cassandra M. and Cassandra Selph; a middle initial contradicts no family name.
fn given_names_level(a: &NameFeature, b: &NameFeature) -> usize {
    let [lacks_a, lacks_b] = [a, b].map(|name| name.name.family.is_empty());
    let (Some(x), Some(y)) = (a.name.given.first(), b.name.given.first()) else { return DIFFERENT };
    match (lacks_a != lacks_b && !middle_differs(a, b), x == y) {
        (false, _) => DIFFERENT,
        (true, true) if x.len() >= 2 => PART_ONLY,
        (true, false) if words_close(x, y) || diminutive::related(x, y) => PART_FUZZY,
        (true, _) => DIFFERENT,
    }
}

/// The same letters in the same order, with blanks in other places.
fn same_letters(a: &[String], b: &[String]) -> bool {
    let length = |words: &[String]| words.iter().map(String::len).sum::<usize>();
    length(a) == length(b) && a.iter().flat_map(|word| word.bytes()).eq(b.iter().flat_map(|word| word.bytes()))
}

/// Salman bin Muhammad is not Muhammad bin Salman.
fn is_son_of(a: &[String], b: &[String]) -> bool {
    let filiation = |words: &[String]| {
        words.windows(3).find_map(|window| match window {
            [son, link, father] if matches!(link.as_str(), "bin" | "ibn" | "ben" | "binti" | "bint") => {
                Some((son.clone(), father.clone()))
            }
            _ => None,
        })
    };
    matches!((filiation(a), filiation(b)), (Some((son, father)), Some((other_son, other_father)))
        if son == other_father && father == other_son)
}

/// Both have middle names or initials, and each has one that the other contradicts.
fn middle_differs(a: &NameFeature, b: &NameFeature) -> bool {
    let (Some((_, middle_a)), Some((_, middle_b))) = (a.name.given.split_first(), b.name.given.split_first()) else {
        return false;
    };
    // The first name may stand among the other's middle names, but no letter stands for it there.
    let lacks = |word: &String, middle: &[String], given: &[String]| {
        !middle.iter().any(|other| is_initial_of(word, other)) && !given.iter().any(|other| words_close(word, other))
    };
    middle_a.iter().any(|word| lacks(word, middle_b, &b.name.given))
        && middle_b.iter().any(|word| lacks(word, middle_a, &a.name.given))
}

/// Family name and first given name, where the text told them apart.
fn family_and_given(name: &NameFeature) -> Option<(&str, &str)> {
    let given = name.name.given.first()?;
    (!name.name.family.is_empty()).then_some((name.name.family.as_str(), given.as_str()))
}

fn named_level((family_a, given_a): (&str, &str), (family_b, given_b): (&str, &str)) -> usize {
    let family_equal = family_a == family_b;
    let given_equal = given_a == given_b;
    let family_close = family_equal || words_close(family_a, family_b);
    let given_close = given_equal || words_close(given_a, given_b);
    if family_equal && given_equal {
        return REORDERED;
    }
    if family_equal && diminutive::related(given_a, given_b) {
        return DIMINUTIVE;
    }
    match (family_equal, given_equal) {
        (true, _) if given_close => return GIVEN_FUZZY,
        (_, true) if family_close => return FAMILY_FUZZY,
        _ if family_close && given_close => return FUZZY,
        _ => {}
    }
    if family_close && is_initial_of(given_a, given_b) {
        return INITIALS;
    }
    // Given and family name in each other's column.
    if words_close(family_a, given_b) && words_close(given_a, family_b) {
        return FUZZY;
    }
    if (family_close && resemble(given_a, given_b)) || (given_close && resemble(family_a, family_b)) {
        return RESEMBLING;
    }
    match (family_close, given_close) {
        (true, _) => SAME_FAMILY,
        (_, true) => GIVEN_ONLY,
        _ => DIFFERENT,
    }
}

/// Without knowing which word is the family name: what the words of the shorter name find in the longer one.
fn words_level(a: &NameFeature, b: &NameFeature) -> usize {
    let aligned = words::align(&a.compared, &b.compared, true);
    let certain = aligned.equal + aligned.alike;
    if aligned.contradicts() || certain == 0 {
        // A letter, or a word two errors away, is no word in common.
        return if certain > 0 { SAME_FAMILY } else { DIFFERENT };
    }
    if a.compared.len().min(b.compared.len()) < 2 {
        return PART_ONLY;
    }
    match (aligned.initials, aligned.similar, aligned.alike) {
        (1.., 0, _) => INITIALS,
        (0, 0, 0) => REORDERED,
        (0, 0, _) => FUZZY,
        (0, 1, 0) => SIMILAR,
        _ => SAME_FAMILY,
    }
}

/// The same of pinyin, where a letter more is another syllable: how many words of the shorter name find a partner.
fn pinyin_words_level(a: &NameFeature, b: &NameFeature) -> usize {
    let (shorter, longer) = if a.name.words.len() <= b.name.words.len() { (a, b) } else { (b, a) };
    let equal = shorter.name.words.iter().filter(|word| longer.name.words.contains(word)).count();
    let close = shorter.name.words.iter().filter(|w| longer.name.words.iter().any(|v| words_close(w, v))).count();
    let total = shorter.name.words.len();
    if total >= 2 && equal == total {
        return REORDERED;
    }
    if total >= 2 && close == total {
        return FUZZY;
    }
    let initials = shorter.name.words.iter().all(|w| longer.name.words.iter().any(|v| w == v || is_initial_of(w, v)));
    match (total, close) {
        (2.., 1..) if initials => INITIALS,
        (1, 1) => PART_ONLY,
        (_, 1..) => SAME_FAMILY,
        _ => DIFFERENT,
    }
}

fn words_close(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let long_enough = a.len().min(b.len()) >= 3;
    long_enough && (one_edit_apart(a, b) || jaro_winkler_str(a, b) >= WORD_FUZZY_MIN)
}

fn resemble(a: &str, b: &str) -> bool {
    words_close(a, b) || (a.len().min(b.len()) >= 3 && jaro_winkler_str(a, b) >= WORD_RESEMBLING_MIN)
}

fn is_initial_of(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() == 1 && long.starts_with(short)
}
