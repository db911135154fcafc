//! Foreign addresses in one text: which part says what.

use super::super::foreign_words::{STREET_ENDINGS, is_street_type, is_street_word_in_front, is_unit_word};
use super::super::words::{self, abbreviated, plain};
use super::foreign_country::{country_at_end, country_of, country_of_code, fits, number_follows_street};
use super::{fill_from_line, postal_code_of, starts_with_number};
use super::{take_postal_code, take_region};
use crate::domain::record::Address;
use smol_str::{SmolStr, format_smolstr};
use std::borrow::Cow;

/// Reads a whole address; `hint` is the country it is probably in. Also the country that the text itself shows.
pub fn read(text: &str, hint: Option<&'static str>) -> (Address, Option<&'static str>) {
    let mut address = Address::default();
    let mut segments = segments_of(text);
    let mut country = take_country(&mut segments);
    let assumed = country.or(hint).unwrap_or_default();
    if let Some(last) = segments.last_mut() {
        *last = take_postal_code(last, &mut address);
    }
    if address.postal_code.is_empty() {
        let shown = take_code_before_town(&mut segments, assumed, &mut address);
        country = country.or(shown);
    }
    country = country.or_else(|| country_shown_by(text, &address));
    let assumed = country.or(hint).unwrap_or_default();
    segments.retain(|segment| !segment.is_empty());
    if let Some(last) = segments.last_mut() {
        *last = take_region(last, assumed, &mut address);
    }
    if country.is_none() && !address.region.is_empty() {
        country = country_of_state(&address);
    }
    segments.retain(|segment| !segment.is_empty());
    sort_segments(&segments, country.unwrap_or(assumed), &mut address);
    (address, country)
}

/// Parts by commas and by dashes between blanks.
fn segments_of(text: &str) -> Vec<&str> {
    let mut segments = Vec::with_capacity(8);
    for part in text.split([',', ';']) {
        if part.contains('-') {
            segments.extend(part.split(" - "));
        } else {
            segments.push(part);
        }
    }
    segments.iter_mut().for_each(|segment| *segment = segment.trim());
    segments.retain(|segment| !segment.is_empty());
    segments
}

/// Takes the country off the end: a segment of its own, or the last words of one.
fn take_country(segments: &mut Vec<&str>) -> Option<&'static str> {
    let several = segments.len() > 1;
    let last = segments.last_mut()?;
    // Singapore 238823 is country, city and code.
    let words = plain(last);
    if let Some(country) = country_of(&words).filter(|_| several) {
        if country == "SG" {
            return Some("SG");
        }
        segments.pop();
        return Some(country);
    }
    if words.strip_prefix("singapore ").is_some_and(|code| !code.contains(' ') && fits("SG", code)) {
        return Some("SG");
    }
    let country = country_at_end(&words).filter(|_| several)?;
    // As many written words as folded ones name the country; dots make more: U.K.
    let (kept, _) = last.rmatch_indices(' ').find(|(at, _)| {
        let tail = last.get(at + 1..).unwrap_or_default();
        country_of(&plain(tail)) == Some(country)
    })?;
    *last = last.get(..kept).unwrap_or_default();
    Some(country)
}

/// `10115 Berlin`, `D-10115 Berlin`, `1012 AB Amsterdam`: the code in front of the town, or in a segment of its own.
/// Also the country that the letters before the code stand for.
fn take_code_before_town(segments: &mut [&str], country: &str, address: &mut Address) -> Option<&'static str> {
    let count = segments.len();
    for (at, segment) in segments.iter_mut().enumerate().rev().take(3) {
        let (first, behind) = words::split_first(segment.trim_start_matches('〒').trim_start());
        let (second, behind_both) = words::split_first(behind);
        if !first.contains(is_digit) && !second.contains(is_digit) {
            continue;
        }
        let upper = first.to_uppercase();
        // D-10115, CH-8001, SE-111 22: the country's letters stand before the code.
        let bare = upper
            .split_once('-')
            .filter(|(letters, _)| (1..=2).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase()));
        let lettered = bare.and_then(|(letters, _)| country_of_letters(letters));
        let bare = bare.map_or(upper.as_str(), |(_, digits)| digits);
        let country = if country.is_empty() { lettered.unwrap_or_default() } else { country };
        let is_code = |code: &str| {
            if country.is_empty() { country_of_code(code).is_some() } else { fits(country, code) }
        };
        let two = if second.is_empty() { String::new() } else { [bare, " ", &second.to_uppercase()].concat() };
        let (code, rest) = match (is_code(&two), is_code(bare)) {
            (true, _) => (two.as_str(), behind_both),
            (false, true) => (bare, behind),
            (false, false) => continue,
        };
        // A house number in front of a street looks like a short code.
        let is_street = || at == 0 && count > 1 || is_street(&plain(rest), country);
        if if rest.is_empty() { at == 0 } else { is_street() } {
            continue;
        }
        address.postal_code = postal_code_of(code).into();
        *segment = rest;
        return lettered;
    }
    None
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// The letters of a country on its vehicles, which Europeans used to write before postal codes.
fn country_of_letters(letters: &str) -> Option<&'static str> {
    const LETTERS: [(&str, &str); 18] = [
        ("D", "DE"),
        ("DE", "DE"),
        ("A", "AT"),
        ("AT", "AT"),
        ("CH", "CH"),
        ("F", "FR"),
        ("FR", "FR"),
        ("I", "IT"),
        ("IT", "IT"),
        ("E", "ES"),
        ("ES", "ES"),
        ("NL", "NL"),
        ("B", "BE"),
        ("L", "LU"),
        ("SE", "SE"),
        ("DK", "DK"),
        ("PL", "PL"),
        ("CZ", "CZ"),
    ];
    LETTERS.iter().find(|(known, _)| *known == letters).map(|(_, country)| *country)
}

/// The country that a postal code shows by its shape alone.
fn country_shown_by(text: &str, address: &Address) -> Option<&'static str> {
    if address.postal_code.is_empty() {
        return None;
    }
    let code = address.postal_code.to_uppercase();
    if code.bytes().any(|b| b.is_ascii_alphabetic()) {
        return ["CA", "GB"].into_iter().find(|country| fits(country, &code));
    }
    // Only the hyphen tells 01310-100 and 100-0001 from other digits.
    let hyphened = text.split([' ', ',']).find(|word| word.contains('-') && word.replace('-', "") == code)?;
    country_of_code(hyphened)
}

fn country_of_state(address: &Address) -> Option<&'static str> {
    let digits = address.postal_code.bytes().filter(u8::is_ascii_digit).count();
    let australian = matches!(address.region.as_str(), "nsw" | "vic" | "qld" | "tas" | "act");
    let both = matches!(address.region.as_str(), "sa" | "wa" | "nt");
    match digits {
        4 if australian || both => Some("AU"),
        5 if !australian && address.region.len() == 2 => Some("US"),
        _ => None,
    }
}

/// Whether folded words are those of a street.
fn is_street(plain: &str, country: &str) -> bool {
    let (head, last) = words::split_last(plain);
    if head.is_empty() {
        return number_follows_street(country) && ends_like_a_street(plain);
    }
    let (first, _) = words::split_first(head);
    let last = abbreviated(last);
    is_street_type(abbreviated(last))
        || is_street_word_in_front(abbreviated(first))
        || number_follows_street(country) && (last.starts_with(is_digit) || words::of(plain).any(ends_like_a_street))
}

/// Bahnhofstrasse, Damrak 5: the type of the street in one word with its name.
fn ends_like_a_street(word: &str) -> bool {
    let word = abbreviated(word);
    STREET_ENDINGS.iter().any(|end| word.len() > end.len() && word.ends_with(end))
}

/// Sorts what is left, small to large: units, street with its number, districts, town.
fn sort_segments(segments: &[&str], country: &str, address: &mut Address) {
    let mut street_seen = false;
    let mut rest: Vec<Cow<'_, str>> = Vec::with_capacity(segments.len());
    for segment in segments {
        let words = plain(segment);
        let (first, behind) = words::split_first(&words);
        let (head, last) = words::split_last(&words);
        if last == "district" && !head.is_empty() {
            address.district = SmolStr::new(head);
        } else if street_seen && address.number.is_empty() && is_house_number(segment) {
            // Av. Paulista, 1578
            let announced = matches!(first, "d" | "dom" | "nr" | "no" | "n") && first == head;
            address.number = if announced { SmolStr::new(last) } else { words::joined(&words).into() };
        } else if matches!(first, "blk" | "block") && !street_seen && words::of(&words).nth(3).is_some() {
            street_seen = true;
            fill_from_line(segment.split_once(' ').map_or(segment, |(_, rest)| rest), country, address);
        } else if is_unit(segment, first, behind) {
            add_unit(segment, &words, behind, address);
        } else if !street_seen && (starts_with_number(segment) || is_street(&words, country)) {
            street_seen = true;
            let unit = std::mem::take(&mut address.unit);
            fill_from_line(segment, country, address);
            if !unit.is_empty() {
                address.unit = if address.unit.is_empty() { unit } else { format_smolstr!("{}-{unit}", address.unit) };
            }
        } else {
            rest.push(words.into());
        }
    }
    let mut rest = rest.into_iter().rev().map(|words| SmolStr::from(words::shortened(&words)));
    if address.city.is_empty() {
        address.city = rest.next().unwrap_or_default();
    }
    if country == "GB" && address.region.is_empty() && is_county(&address.city) {
        address.region = std::mem::take(&mut address.city);
        address.city = rest.next().unwrap_or_default();
    }
    if !street_seen {
        address.street = rest.next_back().unwrap_or_default();
    }
    if address.district.is_empty() {
        address.district = rest.next().unwrap_or_default();
    }
}

fn is_house_number(segment: &str) -> bool {
    let bare = segment.trim_start_matches(|c: char| !c.is_ascii_digit());
    segment.len() <= 8 && bare.starts_with(|c: char| c.is_ascii_digit()) && bare.len() + 4 >= segment.len()
}

/// Room 1201, Flat 3, 12th Floor, 2º B, #05-01: a place inside the building. `first`, `behind`: its folded words.
fn is_unit(segment: &str, first: &str, behind: &str) -> bool {
    let numbered = segment.starts_with(is_digit);
    let floor = numbered && behind == "floor";
    let storey = numbered && segment.contains(['º', 'ª', '°']);
    let (second, more) = words::split_first(behind);
    let two_or_three = !second.is_empty() && !more.contains(' ');
    let short = || second.len() <= 5 || !more.is_empty() && more.len() <= 5;
    floor || storey || two_or_three && short() && is_unit_word(first) || segment.starts_with('#') && !more.contains(' ')
}

/// Small to large in English order: the room comes first, the building last.
fn add_unit(segment: &str, words: &str, behind: &str, address: &mut Address) {
    let token = if segment.starts_with('#') {
        words.replace(' ', "-")
    } else if segment.starts_with(is_digit) {
        // 34th Floor, 2º B
        words::of(words).filter(|word| *word != "floor").map(ordinal_number).collect()
    } else {
        words::joined(behind)
    };
    address.unit = if address.unit.is_empty() { token.into() } else { [&*token, "-", &*address.unit].concat().into() };
}

/// `34th` and `2o` without the letters of the ordinal.
fn ordinal_number(word: &str) -> &str {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, 'º' | 'ª'));
    if digits.is_empty() { word } else { digits }
}

/// Counties of the United Kingdom as they stand behind the town.
fn is_county(folded: &str) -> bool {
    const OTHERS: [&str; 16] = [
        "kent",
        "essex",
        "surrey",
        "sussex",
        "e sussex",
        "w sussex",
        "norfolk",
        "suffolk",
        "devon",
        "cornwall",
        "dorset",
        "somerset",
        "cumbria",
        "durham",
        "middlesex",
        "merseyside",
    ];
    folded.ends_with("shire") || OTHERS.contains(&folded)
}
