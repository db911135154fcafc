//! Chinese addresses in English order: Rm 1201, Blk A, 15 Keyuan Rd, Nanshan, Shenzhen, by the pinyin of the gazetteer.

use super::Reading;
use super::gazetteer::{Level, Place, by_code, is_own_city, level, lies_in, places};
use crate::domain::action::Action;
use crate::domain::finding::Fact;
use crate::domain::text::{latin, pinyin};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Fills province, city and county in Han characters where the end of the address names them in pinyin.
pub fn with_chinese_places(mut reading: Reading, text: &str, country: Option<&str>) -> Reading {
    let segments: Vec<Vec<String>> =
        text.split([',', ';', '\n']).map(latin::words).filter(|words| !words.is_empty()).collect();
    let mut china = country.is_some_and(|country| country.eq_ignore_ascii_case("CN"));
    let mut place: Option<&'static Place> = None;
    let mut matched = 0;
    for words in segments.iter().rev() {
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        china |= without_postal_code(&mut words, &mut reading);
        china |= without_country(&mut words);
        if words.is_empty() {
            continue;
        }
        let kind = without_kind(&mut words);
        let Some(found) = candidates(&words.concat(), kind, place) else {
            china |= place.is_some() && matches!(kind, Some("district" | "dist"));
            break;
        };
        china |= kind.is_some_and(|kind| matches!(kind, "province" | "sheng" | "shi" | "qu" | "xian"));
        matched += usize::from(place != Some(found));
        place = Some(found);
    }
    let Some(place) = place.filter(|_| china || matched > 1) else { return reading };
    let short = |place: &'static Place| place.short.to_owned();
    let address = &mut reading.address;
    address.region = place.province().map(short).unwrap_or_default();
    address.city = place.city().map(short).unwrap_or_default();
    address.district = if level(place.code) == Level::County { short(place) } else { String::new() };
    if address.city.is_empty() && level(place.code) == Level::County {
        address.city = short(place);
    }
    // The names in pinyin give way to those of the gazetteer.
    reading.extracted.clear();
    facts(&mut reading, place, &segments);
    reading.act(Action::Completed);
    reading
}

fn facts(reading: &mut Reading, place: &'static Place, segments: &[Vec<String>]) {
    let name = |place: &'static Place| place.name.to_owned();
    let county = if level(place.code) == Level::County { name(place) } else { String::new() };
    let mut door: [(&'static str, String); 4] =
        [("building", String::new()), ("unit", String::new()), ("floor", String::new()), ("room", String::new())];
    for words in segments {
        let Some((first, rest)) = words.split_first() else { continue };
        let slot = match first.as_str() {
            "building" | "bldg" | "blk" | "block" | "tower" => 0,
            "unit" | "entrance" => 1,
            "floor" | "fl" => 2,
            "room" | "rm" | "flat" | "apt" | "apartment" | "suite" => 3,
            _ => continue,
        };
        if let Some((_, value)) = door.get_mut(slot).filter(|(_, value)| value.is_empty()) {
            *value = rest.concat().to_ascii_uppercase();
        }
    }
    let adcode = if matches!(place.code / 10_000, 71 | 81 | 82) { place.code / 10_000 * 10_000 } else { place.code };
    let around = [
        ("province", place.province().map(name).unwrap_or_default()),
        ("city", place.city().map(name).unwrap_or_default()),
        ("county", county),
        ("road", reading.address.street.clone()),
        ("number", reading.address.number.clone()),
    ];
    let behind = [("adcode", adcode.to_string()), ("postal_code", reading.address.postal_code.clone())];
    let all = around.into_iter().chain(door).chain(behind);
    reading.extracted.extend(all.filter(|(_, value)| !value.is_empty()).map(|(name, value)| Fact::new(name, value)));
}

fn without_country(words: &mut Vec<&str>) -> bool {
    for country in [
        &["people", "s", "republic", "of", "china"][..],
        &["p", "r", "china"],
        &["pr", "china"],
        &["china"],
        &["prc"],
        &["cn"],
    ] {
        if words.ends_with(country) {
            words.truncate(words.len() - country.len());
            return true;
        }
    }
    false
}

fn without_postal_code(words: &mut Vec<&str>, reading: &mut Reading) -> bool {
    let is_code = |word: &str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
    let Some(at) = words.iter().position(|word| is_code(word)) else { return false };
    let code = words.remove(at);
    if reading.address.postal_code.is_empty() {
        code.clone_into(&mut reading.address.postal_code);
    }
    true
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
    let fits = |place: &&&'static Place| match (outer, kind) {
        (Some(outer), _) if lies_in(outer.code, place.code) => true,
        (Some(outer), _) => lies_in(place.code, outer.code) && level(place.code) > level(outer.code),
        (None, Some("district" | "dist" | "qu" | "county" | "xian")) => level(place.code) == Level::County,
        (None, _) => level(place.code) < Level::County,
    };
    let mut fitting: Vec<&'static Place> = named.iter().filter(fits).copied().collect();
    let highest = fitting.iter().map(|place| level(place.code)).min()?;
    fitting.retain(|place| level(place.code) == highest);
    match fitting.as_slice() {
        [only] => Some(outer.filter(|outer| lies_in(outer.code, only.code)).unwrap_or(only)),
        _ => None,
    }
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
