//! Prepared records as bytes, nothing left out: what a run writes out after stage 1 and reads again when it needs it.
//!
//! The bytes live as long as the run and are read by the same program only, which the run's manifest makes sure of.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Mutex;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::domain::action::{Action, Actions};
use crate::domain::date::{PartialDate, Timestamp};
use crate::domain::finding::{Defect, Fact, Finding, Suggestion, Validity};
use crate::domain::id::RecordKey;
use crate::domain::record::{
    Address, Attribute, AttributeKind, Email, Gender, Identifier, OrgName, PersonName, Phone, PreparedRecord, Value,
};

/// Adds a record to `out`.
pub fn put_record(record: &PreparedRecord, out: &mut Vec<u8>) {
    put_text(&record.key.source.0, out);
    put_text(&record.key.record_id, out);
    put_option(record.owner.as_deref(), out, put_text);
    put_option(record.observed_time, out, |time, out| out.extend_from_slice(&time.micros.to_le_bytes()));
    put_list(&record.attributes, out, put_attribute);
}

/// Reads a record; `None` for bytes that are none.
pub fn take_record(input: &mut &[u8]) -> Option<PreparedRecord> {
    let key = take_key(input)?;
    let owner = take_option(input, take_text)?;
    let observed_time = take_option(input, take_time)?;
    Some(PreparedRecord { key, owner, observed_time, attributes: take_list(input, take_attribute)? })
}

/// Reads only which record it is.
pub fn take_key(input: &mut &[u8]) -> Option<RecordKey> {
    Some(RecordKey::new(take_text::<String>(input)?, take_text::<String>(input)?))
}

fn take_time(input: &mut &[u8]) -> Option<Timestamp> {
    let bytes = take_bytes(input, 8)?;
    Some(Timestamp { micros: i64::from_le_bytes(bytes.try_into().ok()?) })
}

fn put_attribute(attribute: &Attribute, out: &mut Vec<u8>) {
    out.push(place_of(AttributeKind::ALL, attribute.kind));
    put_text(&attribute.label, out);
    put_text(&attribute.raw, out);
    // Most values are normal as they came.
    put_option((attribute.normal != attribute.raw).then_some(attribute.normal.as_str()), out, put_text);
    out.push(place_of(&VALIDITIES, attribute.validity));
    put_flag(attribute.evidence, out);
    put_value(&attribute.value, out);
    put_list(&attribute.findings, out, put_finding);
    put_list(&attribute.facts, out, |fact, out| {
        put_text(fact.name, out);
        put_text(&fact.value, out);
    });
    put_list(&attribute.actions, out, |action, out| out.push(place_of(Action::ALL, *action)));
}

fn take_attribute(input: &mut &[u8]) -> Option<Attribute> {
    let kind = take_placed(AttributeKind::ALL, input)?;
    let label = take_text(input)?;
    let raw: SmolStr = take_text(input)?;
    let normal = take_option(input, take_text)?.unwrap_or_else(|| raw.clone());
    Some(Attribute {
        kind,
        label,
        raw,
        normal,
        validity: take_placed(&VALIDITIES, input)?,
        evidence: take_flag(input)?,
        value: take_value(input)?,
        findings: take_list(input, take_finding)?,
        facts: take_list(input, |input| {
            let name = interned(take_str(input)?);
            Some(Fact { name, value: take_text(input)? })
        })?,
        actions: take_actions(input)?,
    })
}

fn take_actions(input: &mut &[u8]) -> Option<Actions> {
    let mut actions = Actions::default();
    for action in take_list(input, |input| take_placed(Action::ALL, input))? {
        actions.add(action);
    }
    Some(actions)
}

const VALIDITIES: [Validity; 3] = [Validity::Valid, Validity::Suspect, Validity::Invalid];

fn put_finding(finding: &Finding, out: &mut Vec<u8>) {
    out.push(place_of(Defect::ALL, finding.defect));
    put_text(&finding.detail_zh, out);
    put_text(&finding.detail_en, out);
    put_list(&finding.suggestions, out, |suggestion, out| {
        put_text(&suggestion.value, out);
        put_text(&suggestion.reason_zh, out);
        put_text(&suggestion.reason_en, out);
    });
}

fn take_finding(input: &mut &[u8]) -> Option<Finding> {
    Some(Finding {
        defect: take_placed(Defect::ALL, input)?,
        detail_zh: take_cow(input)?,
        detail_en: take_cow(input)?,
        suggestions: take_list(input, |input| {
            Some(Suggestion { value: take_text(input)?, reason_zh: take_cow(input)?, reason_en: take_cow(input)? })
        })?,
    })
}

fn put_value(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Missing => out.push(0),
        Value::PersonName(name) => {
            out.push(1);
            put_person(name, out);
        }
        Value::OrgName(name) => {
            out.push(2);
            put_text(&name.core, out);
            put_texts(&name.words, out);
            put_text(&name.place, out);
            put_text(name.legal_form, out);
            put_text(&name.branch, out);
        }
        Value::Phone(phone) => {
            out.push(3);
            put_text(&phone.e164, out);
            put_text(&phone.extension, out);
            put_flag(phone.mobile, out);
            put_flag(phone.personal, out);
        }
        Value::Email(email) => {
            out.push(4);
            put_text(&email.match_key, out);
            put_text(&email.local, out);
            put_text(&email.domain, out);
        }
        Value::Date(date) => {
            out.push(5);
            put_date(*date, out);
        }
        Value::Gender(gender) => out.push(if *gender == Gender::Male { 6 } else { 7 }),
        Value::Identifier(id) => {
            out.push(8);
            put_text(&id.format, out);
            put_option(id.carrier, out, put_text);
            put_text(&id.match_key, out);
            put_flag(id.verified, out);
        }
        Value::Address(address) => {
            out.push(9);
            address_parts(address).into_iter().for_each(|part| put_text(part, out));
        }
        Value::Text(text) => {
            out.push(10);
            put_text(text, out);
        }
    }
}

fn take_value(input: &mut &[u8]) -> Option<Value> {
    Some(match take_byte(input)? {
        0 => Value::Missing,
        1 => Value::PersonName(Box::new(take_person(input)?)),
        2 => Value::OrgName(Box::new(OrgName {
            core: take_text(input)?,
            words: take_list(input, take_text)?,
            place: take_text(input)?,
            legal_form: interned(take_str(input)?),
            branch: take_text(input)?,
        })),
        3 => Value::Phone(Phone {
            e164: take_text(input)?,
            extension: take_text(input)?,
            mobile: take_flag(input)?,
            personal: take_flag(input)?,
        }),
        4 => Value::Email(Email { match_key: take_text(input)?, local: take_text(input)?, domain: take_text(input)? }),
        5 => Value::Date(take_date(input)?),
        6 => Value::Gender(Gender::Male),
        7 => Value::Gender(Gender::Female),
        8 => Value::Identifier(Identifier {
            format: take_text(input)?,
            carrier: take_option(input, |input| Some(interned(take_str(input)?)))?,
            match_key: take_text(input)?,
            verified: take_flag(input)?,
        }),
        9 => Value::Address(Box::new(take_address(input)?)),
        10 => Value::Text(take_text(input)?),
        _ => return None,
    })
}

fn put_person(name: &PersonName, out: &mut Vec<u8>) {
    put_text(&name.han, out);
    put_number(name.han_surname_len as u64, out);
    put_flag(name.surname_only, out);
    put_list(&name.syllables, out, |syllable, out| put_text(syllable, out));
    put_text(&name.family, out);
    put_texts(&name.given, out);
    put_texts(&name.words, out);
    put_text(&name.suffix, out);
}

fn take_person(input: &mut &[u8]) -> Option<PersonName> {
    Some(PersonName {
        han: take_text(input)?,
        han_surname_len: usize::try_from(take_number(input)?).ok()?,
        surname_only: take_flag(input)?,
        syllables: take_list(input, take_cow)?,
        family: take_text(input)?,
        given: take_list(input, take_text)?,
        words: take_list(input, take_text)?,
        suffix: take_text(input)?,
    })
}

fn put_date(date: PartialDate, out: &mut Vec<u8>) {
    put_number(u64::from(date.year as u16), out);
    out.push(date.month.unwrap_or(0));
    out.push(date.day.unwrap_or(0));
}

fn take_date(input: &mut &[u8]) -> Option<PartialDate> {
    let year = i16::try_from(take_number(input)?).ok()?;
    let known = |part: u8| (part > 0).then_some(part);
    Some(PartialDate { year, month: known(take_byte(input)?), day: known(take_byte(input)?) })
}

fn address_parts(address: &Address) -> [&str; 9] {
    let Address { region, city, district, street, number, community, unit, postal_code, line } = address;
    [region, city, district, street, number, community, unit, postal_code, line]
}

fn take_address(input: &mut &[u8]) -> Option<Address> {
    Some(Address {
        region: take_text(input)?,
        city: take_text(input)?,
        district: take_text(input)?,
        street: take_text(input)?,
        number: take_text(input)?,
        community: take_text(input)?,
        unit: take_text(input)?,
        postal_code: take_text(input)?,
        line: take_text(input)?,
    })
}

/// Adds a text: its length in bytes, then the bytes.
pub fn put_text(text: &str, out: &mut Vec<u8>) {
    put_number(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

/// Reads a text.
pub fn take_text<T: for<'t> From<&'t str>>(input: &mut &[u8]) -> Option<T> {
    take_str(input).map(T::from)
}

/// Reads a text that is seldom there.
fn take_cow(input: &mut &[u8]) -> Option<Cow<'static, str>> {
    take_str(input).map(|text| if text.is_empty() { Cow::Borrowed("") } else { Cow::Owned(text.to_owned()) })
}

/// Reads a text in place.
pub fn take_str<'a>(input: &mut &'a [u8]) -> Option<&'a str> {
    let length = usize::try_from(take_number(input)?).ok()?;
    std::str::from_utf8(take_bytes(input, length)?).ok()
}

fn put_texts(texts: &[String], out: &mut Vec<u8>) {
    put_list(texts, out, |text, out| put_text(text, out));
}

/// Adds a number in groups of seven bits, the lowest first.
pub fn put_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number.
pub fn take_number(input: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = take_byte(input)?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn put_list<T>(values: &[T], out: &mut Vec<u8>, put: impl Fn(&T, &mut Vec<u8>)) {
    put_number(values.len() as u64, out);
    values.iter().for_each(|value| put(value, out));
}

fn take_list<'a, T>(input: &mut &'a [u8], take: impl Fn(&mut &'a [u8]) -> Option<T>) -> Option<Vec<T>> {
    let count = take_number(input)?;
    // Every value takes a byte at least, so bytes that lie about their number do not take memory.
    if count > input.len() as u64 {
        return None;
    }
    let mut values = Vec::with_capacity(count.min(LIST_EXPECTED_MAX) as usize);
    for _ in 0..count {
        values.push(take(input)?);
    }
    Some(values)
}

/// Values for which memory is set aside before they are read.
const LIST_EXPECTED_MAX: u64 = 64;

fn put_option<T>(value: Option<T>, out: &mut Vec<u8>, put: impl Fn(T, &mut Vec<u8>)) {
    put_flag(value.is_some(), out);
    if let Some(value) = value {
        put(value, out);
    }
}

fn take_option<'a, T>(input: &mut &'a [u8], take: impl Fn(&mut &'a [u8]) -> Option<T>) -> Option<Option<T>> {
    if take_flag(input)? { take(input).map(Some) } else { Some(None) }
}

fn put_flag(flag: bool, out: &mut Vec<u8>) {
    out.push(u8::from(flag));
}

fn take_flag(input: &mut &[u8]) -> Option<bool> {
    match take_byte(input)? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

fn take_byte(input: &mut &[u8]) -> Option<u8> {
    let (first, rest) = input.split_first()?;
    *input = rest;
    Some(*first)
}

fn take_bytes<'a>(input: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (bytes, rest) = input.split_at_checked(count)?;
    *input = rest;
    Some(bytes)
}

fn place_of<T: PartialEq>(all: &[T], value: T) -> u8 {
    all.iter().position(|other| *other == value).unwrap_or(usize::from(u8::MAX)) as u8
}

fn take_placed<T: Copy>(all: &[T], input: &mut &[u8]) -> Option<T> {
    all.get(usize::from(take_byte(input)?)).copied()
}

/// Different fixed words at most: the names of facts, formats and legal forms.
const WORDS_MAX: usize = 4_096;

/// The word of a fixed vocabulary with this text, kept for ever: vocabularies are small.
fn interned(text: &str) -> &'static str {
    thread_local! {
        static KNOWN: RefCell<FxHashSet<&'static str>> = RefCell::default();
    }
    if text.is_empty() {
        return "";
    }
    KNOWN.with_borrow_mut(|known| match known.get(text) {
        Some(word) => word,
        None => {
            let word = shared_word(text);
            known.insert(word);
            word
        }
    })
}

/// The word as all threads share it.
fn shared_word(text: &str) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let Ok(mut words) = WORDS.lock() else { return "" };
    if let Some(word) = words.get(text) {
        return word;
    }
    if words.len() >= WORDS_MAX {
        return "";
    }
    let word: &'static str = Box::leak(text.to_owned().into_boxed_str());
    words.insert(word);
    word
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::bulk::pipeline;
    use crate::domain::record::{RawAttribute, RawRecord};

    /// One record with values of every kind, dirt included.
    fn record() -> PreparedRecord {
        let examples = [
            (AttributeKind::PersonName, "欧阳娜娜（女士）"),
            (AttributeKind::PersonName, "Dr. Mary-Ann O'Neil Jr."),
            (AttributeKind::OrgName, "上海归一信息技术有限公司北京分公司"),
            (AttributeKind::Company, "Acme Holdings Ltd"),
            (AttributeKind::Phone, "139 1234 5679 转 8"),
            (AttributeKind::Phone, "400-810-6666"),
            (AttributeKind::Email, "wang@gmial.com"),
            (AttributeKind::BirthDate, "1985年3月"),
            (AttributeKind::Date, "02/03/2023"),
            (AttributeKind::Gender, "女"),
            (AttributeKind::IdDocument, "110105194912310021"),
            (AttributeKind::IdDocument, "11010519491231002X"),
            (AttributeKind::Address, "广东省深圳市南山区科技园南路27号3栋704室 518000"),
            (AttributeKind::SocialId, "oX1abcdefghijklmnopqrstuvwxy"),
            (AttributeKind::BankCard, "6222020200001126"),
            (AttributeKind::PostalCode, "518000"),
            (AttributeKind::Tag, "金卡"),
            (AttributeKind::Text, "N/A"),
            (AttributeKind::Text, "some text"),
        ];
        let attributes = examples.map(|(kind, text)| RawAttribute {
            country: Some("CN".into()),
            label: "label".into(),
            ..RawAttribute::full(kind, text)
        });
        let raw = RawRecord {
            key: RecordKey::new("crm", "1"),
            owner: Some("somebody".to_owned()),
            observed_time: Some(Timestamp { micros: -1 }),
            attributes: attributes.to_vec(),
        };
        pipeline::prepared(&[raw], &pipeline::Silent).remove(0)
    }

    #[test]
    fn a_record_comes_back_as_it_was_whatever_its_values() {
        let record = record();
        let mut bytes = Vec::new();
        put_record(&record, &mut bytes);
        let mut input = bytes.as_slice();
        assert_eq!(take_record(&mut input), Some(record));
        assert!(input.is_empty());
    }

    #[test]
    fn bytes_cut_off_or_changed_are_no_record_or_another_and_never_a_panic() {
        let mut bytes = Vec::new();
        put_record(&record(), &mut bytes);
        for end in 0..bytes.len() {
            assert_eq!(take_record(&mut &bytes[..end]), None, "{end}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0xff;
            let _ = take_record(&mut changed.as_slice());
        }
    }

    #[test]
    fn numbers_of_every_size_come_back() {
        for number in [0, 1, 127, 128, 16_383, 16_384, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            put_number(number, &mut bytes);
            assert_eq!(take_number(&mut bytes.as_slice()), Some(number));
        }
        assert_eq!(take_number(&mut [0x80; 11].as_slice()), None);
    }
}
