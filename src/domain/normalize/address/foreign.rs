//! Foreign addresses, and Chinese ones in English order: columns as given, the rest by commas and simple signs.
//!
//! A text is read from its end: country, postal code, state, town; what is left is street, house number and unit. Which
//! country it is decides whether the number stands before or behind the street and what a postal code looks like.

use super::Reading;
use super::foreign_words::{ABBREVIATIONS, STATES, STREET_TYPES};
use crate::domain::finding::Fact;
use crate::domain::record::{Address, Part, RawAttribute};
use crate::domain::text::{self, latin, script};
use foreign_country::{country_of, states_of};
use regex::Regex;
use std::sync::LazyLock;

#[path = "foreign_country.rs"]
mod foreign_country;
#[path = "foreign_text.rs"]
mod foreign_text;

/// Reads the columns; what a full or line text says fills what they leave open.
pub fn parse(raw: &RawAttribute) -> Reading {
    let column = |part: Part| {
        let texts =
            raw.parts.iter().filter(|(p, _)| *p == part).map(|(_, value)| text::clean(&super::truncated(value)).text);
        texts.filter(|value| !text::is_missing(value)).collect::<Vec<_>>().join(", ")
    };
    let (full, line) = (column(Part::Full), column(Part::Line));
    let named = country_of(&folded_plain(&column(Part::Country)));
    let hint = raw.country.as_deref().and_then(|code| country_of(&code.to_lowercase()).or_else(|| known_code(code)));
    let (mut address, told) = foreign_text::read(&full, named.or(hint));
    let country = named.or(told);
    if !line.is_empty() {
        fill_from_line(&line, country.or(hint).unwrap_or_default(), &mut address);
    }
    let set = |field: &mut String, value: String| {
        if !value.is_empty() {
            *field = value;
        }
    };
    set(&mut address.number, folded(&column(Part::StreetNumber)));
    set(&mut address.street, folded(&column(Part::Street)));
    set(&mut address.unit, unit_of(&column(Part::Unit)));
    set(&mut address.city, folded(&column(Part::City)));
    set(&mut address.district, folded(&column(Part::District)));
    set(&mut address.region, region_of(&column(Part::Region), country.or(hint).unwrap_or_default()));
    set(&mut address.postal_code, postal_code_of(&column(Part::PostalCode)));
    let po_box = folded(&column(Part::PoBox));
    if !po_box.is_empty() && address.street.is_empty() {
        address.street = "po box".to_owned();
        address.number = po_box.trim_start_matches("po box").trim().to_owned();
    }
    address.line = line_of(&address, &raw.raw());
    let extracted = facts_of(&address, country.unwrap_or_default());
    Reading { shown: shown(raw), address, extracted, ..Reading::default() }
}

/// For people: number and street joined by a blank, the rest by commas.
fn shown(raw: &RawAttribute) -> String {
    let mut out = String::new();
    let mut after_number = false;
    for (part, value) in &raw.parts {
        let value = text::clean(&super::truncated(value)).text;
        if text::is_missing(&value) {
            continue;
        }
        if !out.is_empty() {
            out.push_str(if after_number { " " } else { ", " });
        }
        out.push_str(&value);
        after_number = *part == Part::StreetNumber;
    }
    out
}

/// Facts: the parts as far as they were told apart. Without a house number, a postal code or a country nothing is sure.
fn facts_of(address: &Address, country: &str) -> Vec<Fact> {
    let Address { region, city, district, street, number, unit, postal_code, .. } = address;
    if number.is_empty() && postal_code.is_empty() && country.is_empty() {
        return Vec::new();
    }
    let (region, postal_code) = (region.to_uppercase(), postal_code.to_uppercase());
    let facts = [
        ("country", country),
        ("region", &*region),
        ("city", city),
        ("district", district),
        ("postal_code", &*postal_code),
        ("street", street),
        ("house_number", number),
        ("unit", unit),
    ];
    let told = facts.into_iter().filter(|(_, value)| !value.is_empty());
    told.map(|(fact, value)| Fact::new(fact, value)).collect()
}

/// A country code that only comes as a code: its names are no keys.
fn known_code(code: &str) -> Option<&'static str> {
    let upper = code.to_ascii_uppercase();
    foreign_country::COUNTRY_NAMES.iter().map(|(known, _)| *known).find(|known| *known == upper)
}

fn starts_with_number(segment: &str) -> bool {
    let text = segment.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let lower = text.to_ascii_lowercase();
    text.starts_with(|c: char| c.is_ascii_digit())
        || lower.starts_with("no.")
        || lower.starts_with("po box")
        || lower.starts_with("p.o.")
}

fn ends_with_street_type(words: &[String]) -> bool {
    words.len() > 1 && words.last().is_some_and(|last| STREET_TYPES.contains(&abbreviated(last)))
}

/// `1450 N City Rd Suite 900`: number, street, unit; what follows a street type is the town.
fn fill_from_line(line: &str, country: &str, address: &mut Address) {
    static UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)(?:#|\b(?:apt|apartment|suite|ste|unit|flat|room|rm|floor)\b\.?)[ #]*([a-z]?\d+(?:-\d+)?[a-z]?\b|[a-z]\b)",
        )
        .ok()
    });
    let mut text = line.to_owned();
    if let Some(found) = UNIT.as_ref().and_then(|regex| regex.captures(line)) {
        address.unit = found.get(1).map(|m| m.as_str().to_lowercase()).unwrap_or_default();
        text = text.replacen(found.get(0).map(|m| m.as_str()).unwrap_or_default(), " ", 1);
    }
    if address.postal_code.is_empty() && address.region.is_empty() {
        text = take_postal_code(&text, address);
        text = take_region(&text, country, address);
    }
    let text = take_unit_before_number(&text, address);
    let text = take_number_with_hyphens(&text, address);
    let mut words: Vec<String> = folded(&text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.first().is_some_and(|first| first == "no") {
        words.remove(0);
    }
    if matches!(words.as_slice(), [p, ..] if p == "po")
        || matches!(words.as_slice(), [p, o, ..] if p == "p" && o == "o")
    {
        address.number = words.last().cloned().unwrap_or_default();
        address.street = "po box".to_owned();
        return;
    }
    let opens = words.first().is_some_and(|first| first.starts_with(|c: char| c.is_ascii_digit())) && words.len() > 1;
    if opens && address.number.is_empty() {
        address.number = words.remove(0);
    } else if address.number.is_empty() && foreign_country::number_follows_street(country) {
        take_number_behind(&mut words, address);
    }
    let end = words.iter().skip(1).position(|word| STREET_TYPES.contains(&word.as_str())).map(|at| at + 2);
    let end = end.filter(|_| !address.number.is_empty()).unwrap_or(words.len());
    // A quarter of the town after the type belongs to the street: Delaware Ave SE.
    let end = end
        + usize::from(
            words.get(end).is_some_and(|w| matches!(w.as_str(), "n" | "s" | "e" | "w" | "ne" | "nw" | "se" | "sw")),
        );
    // Ang Mo Kio Avenue 3
    let numbered = country == "SG" && words.get(end).is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let end = end + usize::from(numbered);
    let (street, town) = words.split_at_checked(end).unwrap_or((&words, &[]));
    address.street = street.join(" ");
    if !town.is_empty() && address.city.is_empty() {
        address.city = town.join(" ");
    }
}

/// A postal code at the end: US, UK, Canada, Australia, China.
fn take_postal_code(text: &str, address: &mut Address) -> String {
    static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let (us, uk, ca) = (r"\d{5}(?:-\d{4})?", r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", r"[A-Z]\d[A-Z] ?\d[A-Z]\d");
        Regex::new(&format!(r"(?i)(?:^|\s)({us}|{uk}|{ca}|\d{{5}}-\d{{3}}|\d{{3}}-\d{{4}}|\d{{6}}|\d{{4}})$")).ok()
    });
    let trimmed = text.trim();
    let Some(found) = CODE.as_ref().and_then(|regex| regex.captures(trimmed)).and_then(|found| found.get(1)) else {
        return trimmed.to_owned();
    };
    address.postal_code = postal_code_of(found.as_str());
    trimmed.get(..found.start()).unwrap_or(trimmed).trim().to_owned()
}

/// A state at the end: its abbreviation in capitals, or its name after other words.
fn take_region(text: &str, country: &str, address: &mut Address) -> String {
    let trimmed = text.trim();
    // 00185 Roma RM, Roma (RM): Italian provinces are two capitals behind the town.
    if country == "IT"
        && let Some((town, province)) = trimmed.rsplit_once(' ')
        && let letters = province.trim_matches(['(', ')'])
        && letters.len() == 2
        && letters.bytes().all(|b| b.is_ascii_uppercase())
    {
        address.region = letters.to_lowercase();
        return town.to_owned();
    }
    let count = trimmed.split_whitespace().count();
    for words in [2usize, 1] {
        let at = trimmed.rmatch_indices(' ').map(|(at, _)| at + 1).nth(words - 1).or((count == words).then_some(0));
        let Some((head, last)) = at.and_then(|at| trimmed.split_at_checked(at)) else { continue };
        let key = folded_plain(last);
        let states = || states_in(country).filter(|(code, _)| !code.is_empty());
        let is_code = states().any(|(code, _)| *code == key)
            && (last.chars().all(|c| !c.is_lowercase()) || !address.postal_code.is_empty());
        let sure = !address.postal_code.is_empty() && (!head.trim().is_empty() || country == "IN");
        let by_name = states().find(|(_, name)| *name == key && sure).map(|(code, _)| *code);
        if let Some(code) = by_name.map(str::to_owned).or(is_code.then_some(key)) {
            address.region = code;
            return head.trim().to_owned();
        }
    }
    trimmed.to_owned()
}

fn region_of(text: &str, country: &str) -> String {
    let key = folded_plain(text);
    states_in(country).find(|(_, name)| *name == key).map_or(key.clone(), |(code, _)| (*code).to_owned())
}

/// The states of a country; those of the USA, Australia and Canada where it has none here or is not known.
fn states_in(country: &str) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let own = states_of(country);
    let without_states = !matches!(country, "" | "US" | "AU" | "CA" | "CN" | "HK");
    own.iter().chain(STATES.iter().filter(move |_| own.is_empty() && !without_states))
}

/// `5/12 Smith St` is unit 5 at number 12 (Australia, New Zealand).
fn take_unit_before_number(text: &str, address: &mut Address) -> String {
    let trimmed = text.trim_start();
    let Some((unit, rest)) = trimmed.split_once('/') else { return text.to_owned() };
    let short = |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let number = rest.split(' ').next().unwrap_or_default();
    let both_numbers = unit.bytes().any(|b| b.is_ascii_digit()) && number.starts_with(|c: char| c.is_ascii_digit());
    if !(both_numbers && short(unit) && short(number) && rest.len() > number.len()) {
        return text.to_owned();
    }
    if address.unit.is_empty() {
        address.unit = unit.to_lowercase();
    }
    rest.to_owned()
}

/// `37-10 Broadway`, `1-2-3 Chiyoda`: a number of several parts in front of the street.
fn take_number_with_hyphens(text: &str, address: &mut Address) -> String {
    let trimmed = text.trim_start();
    let Some((first, rest)) = trimmed.split_once(' ') else { return text.to_owned() };
    let parts = first.split('-').count();
    let digits = first.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if !digits || parts < 2 || first.len() > 12 || !address.number.is_empty() {
        return text.to_owned();
    }
    first.clone_into(&mut address.number);
    rest.to_owned()
}

/// `hauptstr 12 a`: the last number behind the street and the letter after it.
fn take_number_behind(words: &mut Vec<String>, address: &mut Address) {
    let is_number = |word: &String| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 6;
    let Some(at) = words.iter().rposition(is_number).filter(|at| *at > 0) else { return };
    let addition_only = words.get(at + 1..).unwrap_or_default().iter().all(|word| word.len() == 1);
    if !addition_only || words.len() - at > 2 {
        return;
    }
    address.number = words.split_off(at).concat();
    // Calle Mayor nº 5, Rua Augusta, n. 10
    if words.len() > 1 && words.last().is_some_and(|last| matches!(last.as_str(), "n" | "no" | "nº" | "nr" | "num")) {
        words.pop();
    }
}

/// Lower case without blanks; a US ZIP+4 is cut to its five digits.
fn postal_code_of(text: &str) -> String {
    let code: String = latin::fold(text).chars().filter(char::is_ascii_alphanumeric).collect();
    let all_digits = code.bytes().all(|b| b.is_ascii_digit());
    if all_digits && code.len() == 9 { code.chars().take(5).collect() } else { code }
}

fn unit_of(text: &str) -> String {
    let words = latin::words(text);
    let kept: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !matches!(*word, "apt" | "apartment" | "unit" | "suite" | "ste" | "flat" | "room" | "rm" | "no"))
        .collect();
    kept.join(" ")
}

fn folded_plain(text: &str) -> String {
    latin::words(&script::romanize(text)).join(" ")
}

/// Folded words with the common abbreviations of street types and directions.
fn folded(text: &str) -> String {
    let words = latin::words(&script::romanize(text));
    words.iter().map(|word| abbreviated(word)).collect::<Vec<_>>().join(" ")
}

fn abbreviated(word: &str) -> &str {
    // Hauptstraße and Hauptstr., Damstraat and Damstr.
    for (long, kept) in [("strasse", "str"), ("straat", "str")] {
        if let Some(name) = word.strip_suffix(long).filter(|name| name.len() > 1) {
            return word.get(..name.len() + kept.len()).unwrap_or(word);
        }
    }
    ABBREVIATIONS.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short)
}

fn line_of(address: &Address, raw: &str) -> String {
    let Address { region, city, district, street, number, unit, postal_code, .. } = address;
    let line: String =
        [number, street, unit, district, city, region, postal_code].into_iter().map(String::as_str).collect();
    let line: String = line.chars().filter(|c| c.is_alphanumeric()).collect();
    if line.is_empty() { folded(raw).replace(' ', "") } else { line }
}
