//! Foreign addresses, and Chinese ones in English order: columns as given, the rest by commas and simple signs.

use super::Reading;
use super::foreign_words::{ABBREVIATIONS, COUNTRIES, STATES, STREET_TYPES};
use crate::domain::record::{Address, Part, RawAttribute};
use crate::domain::text::{self, latin, script};
use regex::Regex;
use std::sync::LazyLock;

/// Reads the columns; what a full or line text says fills what they leave open.
pub fn parse(raw: &RawAttribute) -> Reading {
    let column = |part: Part| {
        let texts =
            raw.parts.iter().filter(|(p, _)| *p == part).map(|(_, value)| text::clean(&super::truncated(value)).text);
        texts.filter(|value| !text::is_missing(value)).collect::<Vec<_>>().join(", ")
    };
    let (full, line) = (column(Part::Full), column(Part::Line));
    let mut address = if full.is_empty() { Address::default() } else { from_full(&full) };
    if !line.is_empty() {
        fill_from_line(&line, &mut address);
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
    set(&mut address.region, region_of(&column(Part::Region)));
    set(&mut address.postal_code, postal_code_of(&column(Part::PostalCode)));
    let po_box = folded(&column(Part::PoBox));
    if !po_box.is_empty() && address.street.is_empty() {
        address.street = "po box".to_owned();
        address.number = po_box.trim_start_matches("po box").trim().to_owned();
    }
    address.line = line_of(&address, &raw.raw());
    Reading { shown: shown(raw), address, ..Reading::default() }
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

/// One text: segments by commas, from the country at the end backwards.
fn from_full(text: &str) -> Address {
    let mut address = Address::default();
    let mut segments: Vec<String> =
        text.split(',').map(|segment| segment.trim().to_owned()).filter(|s| !s.is_empty()).collect();
    if segments.len() > 1 && segments.last().is_some_and(|last| COUNTRIES.contains(&folded(last).as_str())) {
        segments.pop();
    }
    if let Some(last) = segments.last_mut() {
        *last = take_postal_code(last, &mut address);
        *last = take_region(last, &mut address);
    }
    segments.retain(|segment| !segment.is_empty());
    let mut street_seen = false;
    let mut rest: Vec<String> = Vec::new();
    for segment in segments {
        let words = latin::words(&script::romanize(&segment));
        let first = words.first().map(String::as_str).unwrap_or_default();
        if words.last().is_some_and(|last| last == "district") && words.len() > 1 {
            address.district = words.split_last().map(|(_, head)| head.join(" ")).unwrap_or_default();
        } else if matches!(
            first,
            "room" | "rm" | "unit" | "building" | "bldg" | "blk" | "block" | "apt" | "flat" | "suite" | "floor"
        ) {
            // Small to large in English order: the room comes first, the building last.
            let token = words.get(1..).unwrap_or_default().concat();
            address.unit = if address.unit.is_empty() { token } else { format!("{token}-{}", address.unit) };
        } else if !street_seen && (starts_with_number(&segment) || ends_with_street_type(&words)) {
            street_seen = true;
            fill_from_line(&segment, &mut address);
        } else {
            rest.push(segment);
        }
    }
    let mut rest = rest.into_iter().rev().map(|segment| folded(&segment));
    if address.city.is_empty() {
        address.city = rest.next().unwrap_or_default();
    }
    if !street_seen {
        address.street = rest.next_back().unwrap_or_default();
    }
    if address.district.is_empty() {
        address.district = rest.next().unwrap_or_default();
    }
    address
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
fn fill_from_line(line: &str, address: &mut Address) {
    static UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)(?:#|\b(?:apt|apartment|suite|ste|unit|flat|room|rm|floor)\b\.?)[ #]*([a-z]?\d+[a-z]?\b|[a-z]\b)",
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
        text = take_region(&text, address);
    }
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
    if words.first().is_some_and(|first| first.starts_with(|c: char| c.is_ascii_digit())) && words.len() > 1 {
        address.number = words.remove(0);
    }
    let end = words.iter().skip(1).position(|word| STREET_TYPES.contains(&word.as_str())).map(|at| at + 2);
    let end = end.filter(|_| !address.number.is_empty()).unwrap_or(words.len());
    // A quarter of the town after the type belongs to the street: Delaware Ave SE.
    let end = end
        + usize::from(
            words.get(end).is_some_and(|w| matches!(w.as_str(), "n" | "s" | "e" | "w" | "ne" | "nw" | "se" | "sw")),
        );
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
        Regex::new(&format!(r"(?i)(?:^|\s)({us}|{uk}|{ca}|\d{{6}}|\d{{4}})$")).ok()
    });
    let trimmed = text.trim();
    let Some(found) = CODE.as_ref().and_then(|regex| regex.captures(trimmed)).and_then(|found| found.get(1)) else {
        return trimmed.to_owned();
    };
    address.postal_code = postal_code_of(found.as_str());
    trimmed.get(..found.start()).unwrap_or(trimmed).trim().to_owned()
}

/// A state at the end: its abbreviation in capitals, or its name after other words.
fn take_region(text: &str, address: &mut Address) -> String {
    let trimmed = text.trim();
    let count = trimmed.split_whitespace().count();
    for words in [2usize, 1] {
        let at = trimmed.rmatch_indices(' ').map(|(at, _)| at + 1).nth(words - 1).or((count == words).then_some(0));
        let Some((head, last)) = at.and_then(|at| trimmed.split_at_checked(at)) else { continue };
        let key = folded_plain(last);
        let is_code = STATES.iter().any(|(code, _)| *code == key)
            && (last.chars().all(|c| !c.is_lowercase()) || !address.postal_code.is_empty());
        let by_name =
            STATES.iter().find(|(_, name)| *name == key && !address.postal_code.is_empty()).map(|(code, _)| *code);
        if let Some(code) = by_name.map(str::to_owned).or(is_code.then_some(key)) {
            address.region = code;
            return head.trim().to_owned();
        }
    }
    trimmed.to_owned()
}

fn region_of(text: &str) -> String {
    let key = folded_plain(text);
    STATES.iter().find(|(_, name)| *name == key).map_or(key, |(code, _)| (*code).to_owned())
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
    ABBREVIATIONS.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short)
}

fn line_of(address: &Address, raw: &str) -> String {
    let Address { region, city, district, street, number, unit, postal_code, .. } = address;
    let line: String =
        [number, street, unit, district, city, region, postal_code].into_iter().map(String::as_str).collect();
    let line: String = line.chars().filter(|c| c.is_alphanumeric()).collect();
    if line.is_empty() { folded(raw).replace(' ', "") } else { line }
}
