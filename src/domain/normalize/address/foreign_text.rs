//! Foreign addresses in one text: which part says what.

use super::super::foreign_words::{STREET_ENDINGS, STREET_WORDS_IN_FRONT, UNIT_WORDS};
use super::foreign_country::{country_at_end, country_of, country_of_code, fits, number_follows_street};
use super::{ends_with_street_type, fill_from_line, folded, folded_plain, postal_code_of, starts_with_number};
use super::{take_postal_code, take_region};
use crate::domain::record::Address;
use crate::domain::text::{latin, script};

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
    sort_segments(segments, country.unwrap_or(assumed), &mut address);
    (address, country)
}

/// Parts by commas and by dashes between blanks.
fn segments_of(text: &str) -> Vec<String> {
    let parts = text.split([',', ';']).flat_map(|part| part.split(" - "));
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Takes the country off the end: a segment of its own, or the last words of one.
fn take_country(segments: &mut Vec<String>) -> Option<&'static str> {
    let several = segments.len() > 1;
    let last = segments.last_mut()?;
    // Singapore 238823 is country, city and code.
    let words = latin::words(&script::romanize(last));
    if let Some(country) = country_of(&words.join(" ")).filter(|_| several) {
        if country == "SG" {
            return Some("SG");
        }
        segments.pop();
        return Some(country);
    }
    if let [first, code] = words.as_slice()
        && first == "singapore"
        && fits("SG", code)
    {
        return Some("SG");
    }
    let (country, _) = country_at_end(&words).filter(|_| several)?;
    let written = last.split_whitespace().collect::<Vec<_>>();
    // As many written words as folded ones name the country; dots make more: U.K.
    let kept = (1..written.len()).rev().find(|kept| {
        let tail = written.get(*kept..).unwrap_or_default().join(" ");
        country_of(&folded_plain(&tail)) == Some(country)
    })?;
    *last = written.get(..kept).unwrap_or_default().join(" ");
    Some(country)
}

/// `10115 Berlin`, `D-10115 Berlin`, `1012 AB Amsterdam`: the code in front of the town, or in a segment of its own.
/// Also the country that the letters before the code stand for.
fn take_code_before_town(segments: &mut [String], country: &str, address: &mut Address) -> Option<&'static str> {
    let count = segments.len();
    for (at, segment) in segments.iter_mut().enumerate().rev().take(3) {
        let words: Vec<&str> = segment.trim_start_matches('〒').split_whitespace().collect();
        let Some(first) = words.first() else { continue };
        let upper = first.to_uppercase();
        // D-10115, CH-8001, SE-111 22: the country's letters stand before the code.
        let bare = upper
            .split_once('-')
            .filter(|(letters, _)| (1..=2).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase()));
        let lettered = bare.and_then(|(letters, _)| country_of_letters(letters));
        let bare = bare.map_or(upper.as_str(), |(_, digits)| digits);
        let country = if country.is_empty() { lettered.unwrap_or_default() } else { country };
        let two = words.get(1).map(|second| format!("{bare} {}", second.to_uppercase())).unwrap_or_default();
        let is_code = |code: &str| {
            if country.is_empty() { country_of_code(code).is_some() } else { fits(country, code) }
        };
        let taken = if is_code(&two) { 2 } else { usize::from(is_code(bare)) };
        // A house number in front of a street looks like a short code.
        let rest = words.get(taken..).unwrap_or_default().join(" ");
        let is_street = at == 0 && count > 1 || is_street(&rest, country);
        if taken == 0 || (is_street && !rest.is_empty()) || (rest.is_empty() && at == 0) {
            continue;
        }
        address.postal_code = postal_code_of(if taken == 2 { &two } else { bare });
        *segment = rest;
        return lettered;
    }
    None
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

fn is_street(text: &str, country: &str) -> bool {
    let words: Vec<String> = folded(text).split(' ').map(str::to_owned).collect();
    let in_front = words.len() > 1 && words.first().is_some_and(|w| STREET_WORDS_IN_FRONT.contains(&w.as_str()));
    let ending =
        words.iter().any(|word| STREET_ENDINGS.iter().any(|end| word.len() > end.len() && word.ends_with(end)));
    let numbered = words.len() > 1 && words.last().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()));
    ends_with_street_type(&words) || in_front || (number_follows_street(country) && (ending || numbered))
}

/// Sorts what is left, small to large: units, street with its number, districts, town.
fn sort_segments(segments: Vec<String>, country: &str, address: &mut Address) {
    let mut street_seen = false;
    let mut rest: Vec<String> = Vec::new();
    for segment in segments {
        let words = latin::words(&script::romanize(&segment));
        let first = words.first().map(String::as_str).unwrap_or_default();
        let number_alone = street_seen && address.number.is_empty() && is_house_number(&segment);
        let announced =
            matches!(words.as_slice(), [word, _] if matches!(word.as_str(), "d" | "dom" | "nr" | "no" | "n"));
        let block_and_street = matches!(first, "blk" | "block") && words.len() > 3;
        if words.last().is_some_and(|last| last == "district") && words.len() > 1 {
            address.district = words.split_last().map(|(_, head)| head.join(" ")).unwrap_or_default();
        } else if number_alone {
            // Av. Paulista, 1578
            address.number = if announced { words.last().cloned().unwrap_or_default() } else { words.concat() };
        } else if block_and_street && !street_seen {
            street_seen = true;
            fill_from_line(segment.split_once(' ').map_or(&*segment, |(_, rest)| rest), country, address);
        } else if is_unit(&segment, first, &words) {
            add_unit(&segment, &words, address);
        } else if !street_seen && (starts_with_number(&segment) || is_street(&segment, country)) {
            street_seen = true;
            let unit = std::mem::take(&mut address.unit);
            fill_from_line(&segment, country, address);
            if !unit.is_empty() {
                address.unit = if address.unit.is_empty() { unit } else { format!("{}-{unit}", address.unit) };
            }
        } else {
            rest.push(segment);
        }
    }
    let mut rest = rest.into_iter().rev().map(|segment| folded(&segment));
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

/// Room 1201, Flat 3, 12th Floor, 2º B, #05-01: a place inside the building.
fn is_unit(segment: &str, first: &str, words: &[String]) -> bool {
    let numbered = segment.starts_with(|c: char| c.is_ascii_digit());
    let floor = numbered && matches!(words, [_, floor] if floor == "floor");
    let storey = numbered && segment.contains(['º', 'ª', '°']);
    let known = UNIT_WORDS.contains(&first) && (2..=3).contains(&words.len());
    let short = words.iter().skip(1).any(|word| word.len() <= 5);
    floor || storey || (known && short) || (segment.starts_with('#') && words.len() <= 3)
}

/// Small to large in English order: the room comes first, the building last.
fn add_unit(segment: &str, words: &[String], address: &mut Address) {
    let opens_with_number = segment.starts_with(['#', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let token = if segment.starts_with('#') {
        words.join("-")
    } else if opens_with_number {
        // 34th Floor, 2º B
        let kept = words.iter().filter(|word| *word != "floor").map(|word| ordinal_number(word));
        kept.collect()
    } else {
        words.get(1..).unwrap_or_default().concat()
    };
    address.unit = if address.unit.is_empty() { token } else { format!("{token}-{}", address.unit) };
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
