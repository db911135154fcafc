//! Addresses as one comparison over the division tree and the folded line.

use super::similarity::{bigrams_in_common, jaro_winkler, one_edit_apart};
use super::{Agreement, Comparator, Level, Outlined, Sketched, best};
use crate::domain::features::outline::{Outline, mark};
use crate::domain::features::sketch::{AddressSketch, Sketch};
use crate::domain::features::{AddressFeature, Features};
use crate::domain::record::Address;
use crate::domain::text::han;
use crate::domain::text::sound::edits_up_to_two;

/// Compares every address of one record with every one of the other.
pub struct AddressComparator;

const SAME_ROOM: usize = 0;
const SAME_LINE: usize = 1;
const SAME_NUMBER: usize = 2;
const SIMILAR_LINE: usize = 3;
const SAME_STREET: usize = 4;
const SAME_LOCALITY: usize = 5;
const SAME_POSTAL_CODE: usize = 6;
const NEAR_LOCALITY: usize = 7;
const SAME_DISTRICT: usize = 8;
const SAME_CITY: usize = 9;
const NEAR_POSTAL_CODE: usize = 10;
const DIFFERENT: usize = 11;

const LEVELS: &[Level] = &[
    Level::new("same_room", "同一房间", "same room at the same place"),
    Level::new("same_line", "地址全文相同", "same text"),
    Level::new("same_number", "同一门牌", "same street and house number"),
    Level::new("similar_line", "地址全文相近", "nearly the same text"),
    Level::new("same_street", "同一道路或小区", "same street or estate"),
    Level::new("same_locality", "同一城市且邮编相同", "same city and postal code"),
    Level::new("same_postal_code", "邮编相同", "same postal code"),
    Level::new("near_locality", "同一城市且邮编相近", "same city, neighbouring postal codes"),
    Level::new("same_district", "同一区县", "same district"),
    Level::new("same_city", "同一城市", "same city"),
    Level::new("near_postal_code", "邮编相近", "neighbouring postal codes"),
    Level::new("different", "地址不同", "different addresses"),
];

/// Shorter lines are similar by accident.
const LINE_CHARS_MIN: usize = 8;
/// Letters from which two typing errors leave a city recognizable.
const LONG_CITY_MIN: usize = 9;
/// Thousandths of common bigrams from which two lines are nearly the same.
const LINE_DICE_MIN: u32 = 750;
/// Jaro–Winkler thousandths from which they are.
const LINE_JARO_WINKLER_MIN: u32 = 930;

impl Comparator for AddressComparator {
    fn code(&self) -> &'static str {
        "address"
    }

    fn name_zh(&self) -> &'static str {
        "地址"
    }

    fn levels(&self) -> &'static [Level] {
        LEVELS
    }

    fn several_valued(&self) -> bool {
        true
    }

    #[inline]
    fn sketched(&self, a: &Sketch, b: &Sketch) -> Sketched {
        sketched_level(&a.address, &b.address)
    }

    fn compare<'a>(&self, a: &'a Features, b: &'a Features, out: &mut Vec<Agreement<'a>>) {
        let pairs = a.addresses.iter().flat_map(|x| b.addresses.iter().map(move |y| (x, y)));
        out.extend(best(pairs.map(|(x, y)| {
            let level = level(x, y);
            (level, rarity(level, x, y))
        })));
    }
}

fn level(left: &AddressFeature, right: &AddressFeature) -> usize {
    let (a, b) = (&left.address, &right.address);
    let same_place = agree(&a.street, &b.street) || agree(&a.community, &b.community);
    let numbers_agree = agree(&a.number, &b.number);
    let number_conflict = !numbers_agree && !a.number.is_empty() && !b.number.is_empty();
    let unit_conflict = !a.unit.is_empty() && !b.unit.is_empty() && a.unit != b.unit;
    let elsewhere = elsewhere(a, b);
    if elsewhere && !may_be_misspelt(a, b) {
        return DIFFERENT;
    }
    if same_place && agree(&a.unit, &b.unit) && !number_conflict {
        return SAME_ROOM;
    }
    let detailed = has_detail(a) && has_detail(b);
    if detailed && left.line == right.line && left.line.len() >= 6 {
        return SAME_LINE;
    }
    if same_place && numbers_agree {
        return SAME_NUMBER;
    }
    let street_is_near = same_place || street_misspelt(&a.street, &b.street) || street_elsewhere_in_line(left, right);
    let parts_contradict =
        unit_conflict || number_conflict || (!street_is_near && !a.street.is_empty() && !b.street.is_empty());
    if detailed && !parts_contradict && lines_similar(left, right) || (numbers_agree && street_is_near) {
        return SIMILAR_LINE;
    }
    match (elsewhere, same_place) {
        (true, _) => DIFFERENT,
        (false, true) => SAME_STREET,
        (false, false) => place_level(a, b),
    }
}

/// Streets of one name stand in many cities. A city in Han characters comes from the table of divisions; one in Latin letters may be
/// written in many ways.
fn elsewhere(a: &Address, b: &Address) -> bool {
    conflict(&a.city, &b.city) && (conflict(&a.region, &b.region) || (is_han(&a.city) && is_han(&b.city)))
}

/// City and region may both be misspelt: then it is one door, if street and number agree and the city's letters or the postal area say so.
/// 2000 and 4000 are one digit apart, and two states: both cities have a George Street.
fn may_be_misspelt(a: &Address, b: &Address) -> bool {
    let from_table = is_han(&a.city) && is_han(&b.city);
    !from_table && (city_misspelt(&a.city, &b.city) || same_postal_area(&a.postal_code, &b.postal_code))
}

/// The same by sketches.
#[inline]
fn sketched_level(a: &AddressSketch, b: &AddressSketch) -> Sketched {
    let agree = |x: u64, y: u64| x != 0 && x == y;
    let conflict = |x: u64, y: u64| x != 0 && y != 0 && x != y;
    let rarer = |part: usize| match (a.rarity.get(part), b.rarity.get(part)) {
        (Some(x), Some(y)) => i32::from(*x.min(y)),
        _ => 0,
    };
    let [whole, road, place] = [0, 1, 2].map(rarer);
    let greatest = whole.max(road).max(place).max(i32::from(a.rarity[3])).max(0);
    let long = a.signs.len.min(b.signs.len) >= LINE_CHARS_MIN as u16;
    let similar = || long && a.signs.may_be_similar(&b.signs, LINE_JARO_WINKLER_MIN, LINE_DICE_MIN);
    if conflict(a.city, b.city) && (conflict(a.region, b.region) || (a.han_city && b.han_city)) {
        let misspelt = (a.postal_code != 0 && b.postal_code != 0) || city_may_be_misspelt(a, b);
        if (a.han_city && b.han_city) || !misspelt {
            return Sketched::Seen(DIFFERENT, 0);
        }
        let door = agree(a.street, b.street) || agree(a.community, b.community) || a.line == b.line;
        return match door || agree(a.number, b.number) || similar() {
            true => Sketched::AtBest(if door { SAME_ROOM } else { SIMILAR_LINE }, greatest),
            false => Sketched::Seen(DIFFERENT, 0),
        };
    }
    let same_place = agree(a.street, b.street) || agree(a.community, b.community);
    let numbers_agree = agree(a.number, b.number);
    let number_conflict = conflict(a.number, b.number);
    if same_place && agree(a.unit, b.unit) && !number_conflict {
        return Sketched::Seen(SAME_ROOM, whole);
    }
    let has_detail = |x: &AddressSketch| x.street | x.number | x.community | x.unit != 0;
    let detailed = has_detail(a) && has_detail(b);
    if detailed && a.line == b.line && a.signs.len >= 6 {
        return Sketched::Seen(SAME_LINE, whole);
    }
    if same_place && numbers_agree {
        return Sketched::Seen(SAME_NUMBER, road);
    }
    if !same_place && a.latin_street && b.latin_street {
        return Sketched::AtBest(SIMILAR_LINE, greatest);
    }
    let contradict = conflict(a.unit, b.unit) || number_conflict || (!same_place && a.street != 0 && b.street != 0);
    if detailed && !contradict && similar() {
        return Sketched::AtBest(SIMILAR_LINE, greatest);
    }
    if same_place {
        return Sketched::Seen(SAME_STREET, road);
    }
    let same_city = agree(a.city, b.city);
    if !same_city && city_may_be_misspelt(a, b) {
        return Sketched::AtBest(SAME_LOCALITY, greatest);
    }
    if agree(a.postal_code, b.postal_code) {
        return Sketched::Seen(if same_city { SAME_LOCALITY } else { SAME_POSTAL_CODE }, i32::from(a.rarity[3]));
    }
    if conflict(a.postal_code, b.postal_code) {
        return Sketched::AtBest(NEAR_LOCALITY, place.max(0));
    }
    match (agree(a.district, b.district), same_city) {
        (true, _) => Sketched::Seen(SAME_DISTRICT, place),
        (false, true) => Sketched::Seen(SAME_CITY, place),
        (false, false) => Sketched::Seen(DIFFERENT, 0),
    }
}

/// What an outline leaves of it: which parts differ. Where marks agree, the parts may.
#[inline]
pub(super) fn outlined(a: &AddressSketch, outline: &Outline) -> Outlined {
    let b = &outline.address;
    let may_agree = |x: u64, y: u8| x != 0 && mark(x) == y;
    let conflict = |x: u64, y: u8| x != 0 && y != 0 && mark(x) != y;
    let [_, _, place, postal_code] = a.rarity.map(|rarity| i32::from(rarity).max(0));
    let rarity = a.rarity.into_iter().fold(0, i16::max).into();
    if conflict(a.city, b.city) {
        let certain = a.han_city && outline.has_han_city();
        return if certain { Outlined::Seen(DIFFERENT, 0) } else { Outlined::From(SAME_ROOM, rarity) };
    }
    if may_agree(a.street, b.street) || may_agree(a.community, b.community) {
        return Outlined::From(SAME_ROOM, rarity);
    }
    if mark(a.line) == b.line {
        return Outlined::From(SAME_LINE, rarity);
    }
    let detailed = a.street | a.number | a.community | a.unit != 0 && b.has_detail();
    let contradict = conflict(a.unit, b.unit) || conflict(a.number, b.number) || (a.street != 0 && b.street != 0);
    let may_be_misspelt = a.latin_street && outline.has_latin_street();
    if may_be_misspelt || (detailed && !contradict) {
        return Outlined::From(SIMILAR_LINE, rarity);
    }
    if may_agree(a.postal_code, b.postal_code) {
        return Outlined::From(SAME_LOCALITY, place.max(postal_code));
    }
    if conflict(a.postal_code, b.postal_code) {
        return Outlined::From(NEAR_LOCALITY, place);
    }
    Outlined::From(if may_agree(a.district, b.district) { SAME_DISTRICT } else { SAME_CITY }, place)
}

/// Two typing errors change four letters at most.
fn city_may_be_misspelt(a: &AddressSketch, b: &AddressSketch) -> bool {
    a.city_letters != 0 && b.city_letters != 0 && (a.city_letters ^ b.city_letters).count_ones() <= 4
}

/// The divisions and postal codes alone.
fn place_level(a: &Address, b: &Address) -> usize {
    let same_city = agree(&a.city, &b.city) || city_misspelt(&a.city, &b.city);
    if agree(&a.postal_code, &b.postal_code) {
        return if same_city { SAME_LOCALITY } else { SAME_POSTAL_CODE };
    }
    let near = postal_codes_near(&a.postal_code, &b.postal_code);
    match (near, same_city) {
        (true, true) => NEAR_LOCALITY,
        _ if agree(&a.district, &b.district) => SAME_DISTRICT,
        (false, true) => SAME_CITY,
        (true, false) => NEAR_POSTAL_CODE,
        (false, false) => DIFFERENT,
    }
}

/// Something finer than a city or district.
fn has_detail(address: &Address) -> bool {
    [&address.street, &address.number, &address.community, &address.unit].iter().any(|part| !part.is_empty())
}

/// One edit apart, or of one delivery area: the first half agrees, as in `tw15 2qe` and `tw15 9el`, 90210 and 90245.
fn postal_codes_near(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && (same_postal_area(a, b) || one_edit_apart(a, b))
}

fn same_postal_area(a: &str, b: &str) -> bool {
    let half = a.len().max(b.len()).div_ceil(2);
    half > 0 && matches!((a.get(..half), b.get(..half)), (Some(x), Some(y)) if x == y)
}

/// How rare the part of the address is that agrees.
fn rarity(level: usize, a: &AddressFeature, b: &AddressFeature) -> i32 {
    match level {
        SAME_ROOM | SAME_LINE | SIMILAR_LINE => a.rarity.min(b.rarity),
        SAME_NUMBER | SAME_STREET => a.street_rarity.min(b.street_rarity),
        SAME_LOCALITY | SAME_POSTAL_CODE => a.postal_code_rarity,
        NEAR_LOCALITY | SAME_DISTRICT | SAME_CITY => a.place_rarity.min(b.place_rarity),
        _ => 0,
    }
}

fn agree(a: &str, b: &str) -> bool {
    !a.is_empty() && a == b
}

fn conflict(a: &str, b: &str) -> bool {
    !a.is_empty() && !b.is_empty() && a != b
}

/// One edit in a road of Latin letters is a typing error; 文一路 and 文二路 are two roads.
fn street_misspelt(a: &str, b: &str) -> bool {
    let latin = a.is_ascii() && b.is_ascii();
    latin && a.len() >= 5 && b.len() >= 5 && (one_edit_apart(a, b) || super::similarity::jaro_winkler_str(a, b) >= 920)
}

/// The same of a city of Latin letters: Belfat; of letters alone, since districts are numbered.
fn city_misspelt(a: &str, b: &str) -> bool {
    let latin = |city: &str| city.len() >= 5 && city.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    let long = a.len().min(b.len()) >= LONG_CITY_MIN;
    latin(a) && latin(b) && (one_edit_apart(a, b) || long && edits_up_to_two(a, b).is_some())
}

/// The city comes from the table of divisions, where one city has one name.
fn is_han(city: &str) -> bool {
    city.chars().next().is_some_and(han::is_han)
}

/// The parts of an address stand in each other's columns: each road is written somewhere in the other's line.
fn street_elsewhere_in_line(a: &AddressFeature, b: &AddressFeature) -> bool {
    let latin = |street: &str| street.is_ascii() && street.len() >= 5;
    latin(&a.address.street)
        && latin(&b.address.street)
        && holds(&a.line, &b.address.street)
        && holds(&b.line, &a.address.street)
}

fn holds(line: &[char], text: &str) -> bool {
    line.windows(text.len()).any(|window| window.iter().copied().eq(text.chars()))
}

fn lines_similar(a: &AddressFeature, b: &AddressFeature) -> bool {
    a.line.len().min(b.line.len()) >= LINE_CHARS_MIN
        && (bigrams_in_common(a.bigrams(), b.bigrams()) >= LINE_DICE_MIN
            || jaro_winkler(&a.line, &b.line) >= LINE_JARO_WINKLER_MIN)
}
