//! Foreign addresses, and Chinese ones in English order: columns as given, the rest by commas and simple signs.
//!
//! A text is read from its end: country, postal code, state, town; what is left is street, house number and unit. Which
//! country it is decides whether the number stands before or behind the street and what a postal code looks like.

use super::Reading;
use super::foreign_words::is_street_type;
use super::house::push_letters_and_digits;
use super::words::{self, folded, plain};
use crate::domain::finding::Fact;
use crate::domain::record::{Address, Part, RawAttribute};
use crate::domain::text::{self, latin};
use foreign_country::{country_of, known_code, states_in};
use regex::Regex;
use smol_str::SmolStr;
use std::borrow::Cow;
use std::sync::LazyLock;

#[path = "foreign_country.rs"]
mod foreign_country;
#[path = "foreign_text.rs"]
mod foreign_text;

/// Reads the columns; what a full or line text says fills what they leave open. `cleaned`: the whole text.
///
/// Also the country that was told: the facts are left to the caller, see [`facts_of`].
pub fn parse(raw: &RawAttribute, cleaned: &str) -> (Reading, &'static str) {
    let columns = Columns::of(raw, cleaned);
    let column = |part: Part| columns.joined(part);
    let (full, line) = (column(Part::Full), column(Part::Line));
    let named = country_of(&plain(&column(Part::Country)));
    let hint = raw.country.as_deref().and_then(|code| country_of(&code.to_lowercase()).or_else(|| known_code(code)));
    let (mut address, told) = foreign_text::read(&full, named.or(hint));
    let country = named.or(told);
    if !line.is_empty() {
        fill_from_line(&line, country.or(hint).unwrap_or_default(), &mut address);
    }
    if columns.are_several() {
        fill_from_columns(&columns, country.or(hint).unwrap_or_default(), &mut address);
    }
    address.line = line_of(&address, raw);
    (Reading { shown: columns.shown(), address, ..Reading::default() }, country.unwrap_or_default())
}

/// The street of a post-office box.
const PO_BOX: SmolStr = SmolStr::new_static("po box");

fn fill_from_columns(columns: &Columns<'_>, country: &str, address: &mut Address) {
    let column = |part: Part| columns.joined(part);
    let set = |field: &mut SmolStr, value: String| {
        if !value.is_empty() {
            *field = value.into();
        }
    };
    set(&mut address.number, folded(&column(Part::StreetNumber)));
    set(&mut address.street, folded(&column(Part::Street)));
    set(&mut address.unit, unit_of(&column(Part::Unit)));
    set(&mut address.city, folded(&column(Part::City)));
    set(&mut address.district, folded(&column(Part::District)));
    set(&mut address.region, region_of(&column(Part::Region), country));
    set(&mut address.postal_code, postal_code_of(&column(Part::PostalCode)));
    let po_box = folded(&column(Part::PoBox));
    if !po_box.is_empty() && address.street.is_empty() {
        address.street = PO_BOX;
        address.number = po_box.trim_start_matches("po box").trim().into();
    }
}

/// The columns that say something, cleaned.
struct Columns<'a>(Vec<(Part, Cow<'a, str>)>);

impl<'a> Columns<'a> {
    fn of(raw: &RawAttribute, cleaned: &'a str) -> Self {
        let texts: Vec<(Part, Cow<'a, str>)> = match raw.parts.as_slice() {
            [(part, _)] => vec![(*part, Cow::Borrowed(cleaned))],
            parts => {
                let clean = |text: &str| Cow::Owned(text::clean(super::within_limit(text)).text);
                parts.iter().map(|(part, text)| (*part, clean(text))).collect()
            }
        };
        Self(texts.into_iter().filter(|(_, text)| !text::is_missing(text)).collect())
    }

    /// More than the one column with the whole text.
    fn are_several(&self) -> bool {
        !matches!(self.0.as_slice(), [] | [(Part::Full, _)])
    }

    /// All columns of one part.
    fn joined(&self, part: Part) -> Cow<'_, str> {
        let mut texts = self.0.iter().filter(|(p, _)| *p == part).map(|(_, text)| &**text);
        let Some(first) = texts.next() else { return Cow::Borrowed("") };
        texts.fold(Cow::Borrowed(first), |joined, text| Cow::Owned([&*joined, ", ", text].concat()))
    }

    /// For people: number and street joined by a blank, the rest by commas.
    fn shown(&self) -> String {
        let mut out = String::with_capacity(self.0.iter().map(|(_, text)| text.len() + 2).sum());
        let mut after_number = false;
        for (part, text) in &self.0 {
            if !out.is_empty() {
                out.push_str(if after_number { " " } else { ", " });
            }
            out.push_str(text);
            after_number = *part == Part::StreetNumber;
        }
        out
    }
}

/// Facts: the parts as far as they were told apart. Without a house number, a postal code or a country nothing is sure.
pub fn facts_of(address: &Address, country: &str) -> Vec<Fact> {
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

fn starts_with_number(segment: &str) -> bool {
    let text = segment.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let begins = |prefix: &str| text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    text.starts_with(|c: char| c.is_ascii_digit()) || begins("no.") || begins("po box") || begins("p.o.")
}

/// `1450 N City Rd Suite 900`: number, street, unit; what follows a street type is the town.
fn fill_from_line(line: &str, country: &str, address: &mut Address) {
    static UNIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)(?:#|\b(?:apt|apartment|suite|ste|unit|flat|room|rm|floor)\b\.?)[ #]*([a-z]?\d+(?:-\d+)?[a-z]?\b|[a-z]\b)",
        )
        .ok()
    });
    let mut text = Cow::Borrowed(line);
    if may_have_unit(line)
        && let Some(found) = UNIT.as_ref().and_then(|regex| regex.captures(line))
    {
        address.unit = found.get(1).map(|m| m.as_str().to_lowercase()).unwrap_or_default().into();
        text = text.replacen(found.get(0).map(|m| m.as_str()).unwrap_or_default(), " ", 1).into();
    }
    let mut text = &*text;
    if address.postal_code.is_empty() && address.region.is_empty() {
        text = take_postal_code(text, address);
        text = take_region(text, country, address);
    }
    let text = take_unit_before_number(text, address);
    let text = folded(take_number_with_hyphens(text, address));
    let mut words: Vec<&str> = words::of(&text).collect();
    if words.first().is_some_and(|first| *first == "no") {
        words.remove(0);
    }
    if matches!(words.as_slice(), ["po", ..] | ["p", "o", ..]) {
        address.number = words.last().copied().unwrap_or_default().into();
        address.street = PO_BOX;
        return;
    }
    let opens = words.first().is_some_and(|first| first.starts_with(|c: char| c.is_ascii_digit())) && words.len() > 1;
    if opens && address.number.is_empty() {
        address.number = words.remove(0).into();
    } else if address.number.is_empty() && foreign_country::number_follows_street(country) {
        take_number_behind(&mut words, address);
    }
    let end = words.iter().skip(1).position(|word| is_street_type(word)).map(|at| at + 2);
    let end = end.filter(|_| !address.number.is_empty()).unwrap_or(words.len());
    // A quarter of the town after the type belongs to the street: Delaware Ave SE.
    let end = end
        + usize::from(
            words.get(end).is_some_and(|word| matches!(*word, "n" | "s" | "e" | "w" | "ne" | "nw" | "se" | "sw")),
        );
    // Ang Mo Kio Avenue 3
    let numbered = country == "SG" && words.get(end).is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let end = end + usize::from(numbered);
    let (street, town) = words.split_at_checked(end).unwrap_or((&words, &[]));
    address.street = street.join(" ").into();
    if !town.is_empty() && address.city.is_empty() {
        address.city = town.join(" ").into();
    }
}

/// Whether the sign or a word of a unit stands in a line; for other letters than those of ASCII the expression decides.
fn may_have_unit(line: &str) -> bool {
    const WORDS: [&str; 9] = ["apt", "apartment", "suite", "ste", "unit", "flat", "room", "rm", "floor"];
    let mut before = b' ';
    !line.is_ascii()
        || line.bytes().enumerate().any(|(at, byte)| {
            let starts = !(before.is_ascii_alphanumeric() || before == b'_');
            before = byte;
            let here = || line.get(at..).unwrap_or_default();
            let begins = |word: &&str| here().get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
            let may_begin = starts && matches!(byte.to_ascii_lowercase(), b'a' | b's' | b'u' | b'f' | b'r');
            byte == b'#' || may_begin && WORDS.iter().any(begins)
        })
}

/// Whether a text ends like a postal code: with a digit, or with one before its last two letters.
fn may_end_with_code(text: &str) -> bool {
    let mut back = text.chars().rev();
    let digit = |c: char| c.is_ascii_digit() || !c.is_ascii();
    back.next().is_some_and(|last| digit(last) || last.is_ascii_alphabetic() && back.nth(1).is_some_and(digit))
}

/// A postal code at the end: US, UK, Canada, Australia, China.
fn take_postal_code<'a>(text: &'a str, address: &mut Address) -> &'a str {
    static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let (us, uk, ca) = (r"\d{5}(?:-\d{4})?", r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", r"[A-Z]\d[A-Z] ?\d[A-Z]\d");
        Regex::new(&format!(r"(?i)(?:^|\s)({us}|{uk}|{ca}|\d{{5}}-\d{{3}}|\d{{3}}-\d{{4}}|\d{{6}}|\d{{4}})$")).ok()
    });
    let trimmed = text.trim();
    if !may_end_with_code(trimmed) {
        return trimmed;
    }
    let Some(found) = CODE.as_ref().and_then(|regex| regex.captures(trimmed)).and_then(|found| found.get(1)) else {
        return trimmed;
    };
    address.postal_code = postal_code_of(found.as_str()).into();
    trimmed.get(..found.start()).unwrap_or(trimmed).trim()
}

/// A state at the end: its abbreviation in capitals, or its name after other words.
fn take_region<'a>(text: &'a str, country: &str, address: &mut Address) -> &'a str {
    let trimmed = text.trim();
    // 00185 Roma RM, Roma (RM): Italian provinces are two capitals behind the town.
    if country == "IT"
        && let Some((town, province)) = trimmed.rsplit_once(' ')
        && let letters = province.trim_matches(['(', ')'])
        && letters.len() == 2
        && letters.bytes().all(|b| b.is_ascii_uppercase())
    {
        address.region = letters.to_lowercase().into();
        return town;
    }
    let Some(states) = states_in(country) else { return trimmed };
    // Only behind a code is a name or an abbreviation in small letters a state.
    let (_, last) = words::split_last(trimmed);
    if address.postal_code.is_empty() && last.chars().any(char::is_lowercase) {
        return trimmed;
    }
    let count = trimmed.split_whitespace().count();
    for words in [2usize, 1] {
        let at = trimmed.rmatch_indices(' ').map(|(at, _)| at + 1).nth(words - 1).or((count == words).then_some(0));
        let Some((head, last)) = at.and_then(|at| trimmed.split_at_checked(at)) else { continue };
        if address.postal_code.is_empty() && last.chars().any(char::is_lowercase) {
            continue;
        }
        let key = plain(last);
        let is_code = states.has_code(&key);
        let sure = !address.postal_code.is_empty() && (!head.trim().is_empty() || country == "IN");
        let by_name = states.code_of(&key).filter(|_| sure);
        if let Some(code) = by_name.map(str::to_owned).or(is_code.then_some(key)) {
            address.region = code.into();
            return head.trim();
        }
    }
    trimmed
}

fn region_of(text: &str, country: &str) -> String {
    let key = plain(text);
    states_in(country).and_then(|states| states.code_of(&key)).map_or(key.clone(), str::to_owned)
}

/// `5/12 Smith St` is unit 5 at number 12 (Australia, New Zealand).
fn take_unit_before_number<'a>(text: &'a str, address: &mut Address) -> &'a str {
    let trimmed = text.trim_start();
    let Some((unit, rest)) = trimmed.split_once('/') else { return text };
    let short = |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let number = rest.split(' ').next().unwrap_or_default();
    let both_numbers = unit.bytes().any(|b| b.is_ascii_digit()) && number.starts_with(|c: char| c.is_ascii_digit());
    if !(both_numbers && short(unit) && short(number) && rest.len() > number.len()) {
        return text;
    }
    if address.unit.is_empty() {
        address.unit = unit.to_lowercase().into();
    }
    rest
}

/// `37-10 Broadway`, `1-2-3 Chiyoda`: a number of several parts in front of the street.
fn take_number_with_hyphens<'a>(text: &'a str, address: &mut Address) -> &'a str {
    let trimmed = text.trim_start();
    let Some((first, rest)) = trimmed.split_once(' ') else { return text };
    let parts = first.split('-').count();
    let digits = first.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if !digits || parts < 2 || first.len() > 12 || !address.number.is_empty() {
        return text;
    }
    address.number = SmolStr::new(first);
    rest
}

/// `hauptstr 12 a`: the last number behind the street and the letter after it.
fn take_number_behind(words: &mut Vec<&str>, address: &mut Address) {
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 6;
    let Some(at) = words.iter().rposition(is_number).filter(|at| *at > 0) else { return };
    let addition_only = words.get(at + 1..).unwrap_or_default().iter().all(|word| word.len() == 1);
    if !addition_only || words.len() - at > 2 {
        return;
    }
    address.number = words.split_off(at).concat().into();
    // Calle Mayor nº 5, Rua Augusta, n. 10
    if words.len() > 1 && words.last().is_some_and(|last| matches!(*last, "n" | "no" | "nº" | "nr" | "num")) {
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
    const KINDS: [&str; 9] = ["apt", "apartment", "unit", "suite", "ste", "flat", "room", "rm", "no"];
    let words = latin::words(text);
    let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !KINDS.contains(word)).collect();
    kept.join(" ")
}

fn line_of(address: &Address, raw: &RawAttribute) -> String {
    let Address { region, city, district, street, number, unit, postal_code, .. } = address;
    let parts = [number, street, unit, district, city, region, postal_code];
    let mut line = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    parts.iter().for_each(|part| push_letters_and_digits(part, &mut line));
    if line.is_empty() { folded(&raw.raw()).replace(' ', "") } else { line }
}
