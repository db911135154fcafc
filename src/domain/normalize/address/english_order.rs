//! Chinese addresses in English order: Rm 1201, Blk A, 15 Keyuan Rd, Nanshan, Shenzhen, by the pinyin of the gazetteer.

use super::Reading;
use super::gazetteer::{Level, Place, by_code, is_own_city, level, lies_in, places};
use super::words;
use crate::domain::action::Action;
use crate::domain::finding::Fact;
use crate::domain::record::Address;
use crate::domain::text::pinyin;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::LazyLock;

/// Whether a character stands between the parts.
fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '\n')
}

/// What the end of an address says of China.
#[derive(Default)]
pub struct Ending {
    /// The smallest place that is named in pinyin, where the address is in China.
    pub place: Option<&'static Place>,
    /// The postal code.
    postal_code: Option<String>,
}

impl Ending {
    /// Reads an address from its end.
    pub fn of(text: &str, country: Option<&str>) -> Self {
        let mut ending = Self::default();
        let mut china = country.is_some_and(|country| country.eq_ignore_ascii_case("CN"));
        let mut matched = 0;
        for segment in text.rsplit(is_separator) {
            let plain = words::latin_words(segment);
            let mut words: Vec<&str> = words::of(&plain).collect();
            if let Some(code) = take_postal_code(&mut words) {
                china = true;
                ending.postal_code.get_or_insert_with(|| code.to_owned());
            }
            china |= without_country(&mut words);
            if words.is_empty() {
                continue;
            }
            let kind = without_kind(&mut words);
            let Some(found) = candidates(&words.concat(), kind, ending.place) else {
                china |= ending.place.is_some() && matches!(kind, Some("district" | "dist"));
                break;
            };
            china |= kind.is_some_and(|kind| matches!(kind, "province" | "sheng" | "shi" | "qu" | "xian"));
            matched += usize::from(ending.place != Some(found));
            ending.place = Some(found);
        }
        ending.place = ending.place.filter(|_| china || matched > 1);
        ending
    }

    /// Adds the postal code where none was found before.
    pub fn fill_code(self, address: &mut Address) {
        if address.postal_code.is_empty() {
            address.postal_code = self.postal_code.unwrap_or_default().into();
        }
    }
}

/// Fills province, city and county in Han characters; the names in pinyin give way to those of the gazetteer.
pub fn name_place(reading: &mut Reading, place: &'static Place, text: &str) {
    let short = |place: &'static Place| SmolStr::new_static(place.short);
    let address = &mut reading.address;
    address.region = place.province().map(short).unwrap_or_default();
    address.city = place.city().map(short).unwrap_or_default();
    address.district = if level(place.code) == Level::County { short(place) } else { SmolStr::default() };
    if address.city.is_empty() && level(place.code) == Level::County {
        address.city = short(place);
    }
    facts(reading, place, text);
    reading.act(Action::Completed);
}

fn facts(reading: &mut Reading, place: &'static Place, text: &str) {
    let mut door = ["building", "unit", "floor", "room"].map(|part| (part, String::new()));
    for segment in text.split(is_separator) {
        let initial = segment.bytes().find(|b| b.is_ascii_alphanumeric() || !b.is_ascii()).unwrap_or_default();
        if initial.is_ascii() && !b"butefras".contains(&initial.to_ascii_lowercase()) {
            continue;
        }
        let plain = words::latin_words(segment);
        let (first, rest) = words::split_first(&plain);
        let slot = match first {
            "building" | "bldg" | "blk" | "block" | "tower" => 0,
            "unit" | "entrance" => 1,
            "floor" | "fl" => 2,
            "room" | "rm" | "flat" | "apt" | "apartment" | "suite" => 3,
            _ => continue,
        };
        if let Some((_, value)) = door.get_mut(slot).filter(|(_, value)| value.is_empty()) {
            *value = words::joined(rest);
            value.make_ascii_uppercase();
        }
    }
    let outside_standard = matches!(place.code / 10_000, 71 | 81 | 82);
    let coded = place.province().filter(|_| outside_standard).unwrap_or(place);
    let Address { street, number, postal_code, .. } = &reading.address;
    let facts = &mut reading.extracted;
    facts.reserve(FACTS_MAX);
    let mut tell = |name: &'static str, value: SmolStr| {
        if !value.is_empty() {
            facts.push(Fact { name, value });
        }
    };
    tell("province", SmolStr::new_static(place.province().map_or("", |province| province.name)));
    tell("city", SmolStr::new_static(place.city().map_or("", |city| city.name)));
    tell("county", if level(place.code) == Level::County { place.name } else { "" }.into());
    tell("road", street.clone());
    tell("number", number.clone());
    for (part, value) in door {
        tell(part, value.into());
    }
    tell("adcode", SmolStr::new_static(coded.adcode));
    tell("postal_code", postal_code.clone());
}

/// Facts that an address may have.
const FACTS_MAX: usize = 11;

fn without_country(words: &mut Vec<&str>) -> bool {
    if !matches!(words.last(), Some(&("china" | "prc" | "cn"))) {
        return false;
    }
    for country in [&["people", "s", "republic", "of", "china"][..], &["p", "r", "china"], &["pr", "china"]] {
        if words.ends_with(country) {
            words.truncate(words.len() - country.len());
            return true;
        }
    }
    words.pop();
    true
}

fn take_postal_code<'a>(words: &mut Vec<&'a str>) -> Option<&'a str> {
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
    words.iter().position(is_code).map(|at| words.remove(at))
}

/// District, City, Sheng … at the end.
fn without_kind<'a>(words: &mut Vec<&'a str>) -> Option<&'a str> {
    const KINDS: [&str; 17] = [
        "province",
        "sheng",
        "city",
        "shi",
        "municipality",
        "prefecture",
        "district",
        "dist",
        "qu",
        "county",
        "xian",
        "autonomous",
        "region",
        "sar",
        "new",
        "area",
        "zizhiqu",
    ];
    let mut kind = None;
    while words.len() > 1 && words.last().is_some_and(|last| KINDS.contains(last)) {
        kind = words.pop();
    }
    kind
}

/// The place that a name in pinyin means, inside `outer` where that is known.
fn candidates(key: &str, kind: Option<&str>, outer: Option<&'static Place>) -> Option<&'static Place> {
    let named = BY_PINYIN.get(key)?;
    let fits = |place: &&'static Place| match (outer, kind) {
        (Some(outer), _) if lies_in(outer.code, place.code) => true,
        (Some(outer), _) => lies_in(place.code, outer.code) && level(place.code) > level(outer.code),
        (None, Some("district" | "dist" | "qu" | "county" | "xian")) => level(place.code) == Level::County,
        (None, _) => level(place.code) < Level::County,
    };
    let fitting = || named.iter().copied().filter(fits);
    let highest = fitting().map(|place| level(place.code)).min()?;
    let mut of_highest = fitting().filter(|place| level(place.code) == highest);
    let only = of_highest.next().filter(|_| of_highest.next().is_none())?;
    Some(outer.filter(|outer| lies_in(outer.code, only.code)).unwrap_or(only))
}

/// Names whose usual spelling is not the pinyin of their characters.
const SPELLINGS: &[(&str, u32)] = &[
    ("innermongolia", 150000),
    ("tibet", 540000),
    ("shaanxi", 610000),
    ("xizang", 540000),
    ("hongkong", 810000),
    ("macau", 820000),
    ("macao", 820000),
    ("taipei", 710100),
    ("kaohsiung", 710600),
    ("harbin", 230100),
    ("hohhot", 150100),
    ("urumqi", 650100),
    ("lhasa", 540100),
    ("chongqing", 500000),
    ("xiamen", 350200),
    ("luan", 341500),
    ("peking", 110000),
    ("canton", 440100),
    ("yueqing", 330382),
    ("lishui", 331100),
    ("suzhou", 320500),
    ("fuzhou", 350100),
    ("taizhou", 331000),
    ("yichun", 360900),
    ("chancheng", 440604),
    ("guangdong", 440000),
    ("guangzhou", 440100),
    ("guangxi", 450000),
    ("foshan", 440600),
    ("chengdu", 510100),
    ("changsha", 430100),
    ("changchun", 220100),
];

static BY_PINYIN: LazyLock<FxHashMap<String, Vec<&'static Place>>> = LazyLock::new(|| {
    let mut table: FxHashMap<String, Vec<&'static Place>> = FxHashMap::default();
    for (spelling, code) in SPELLINGS {
        table.entry((*spelling).to_owned()).or_default().extend(by_code(*code));
    }
    let spelt: Vec<u32> = SPELLINGS.iter().map(|(_, code)| *code).collect();
    for place in places() {
        if place.code / 10_000 == 71 || (spelt.contains(&place.code) && !is_own_city(place.code)) {
            continue;
        }
        let syllables = pinyin::syllables(place.short, 0);
        let key: String = syllables.iter().map(|syllable| pinyin::toneless(syllable)).collect();
        // 苏州 and 宿州, 福州 and 抚州: who writes no province means the larger one.
        let taken = level(place.code) == Level::City && SPELLINGS.iter().any(|(spelling, _)| *spelling == key);
        let listed = table.entry(key).or_default();
        if !taken && !listed.contains(&place) {
            listed.push(place);
        }
    }
    table
});
