//! What a person types into a search box – "王小明 138 0013", "zhang.wei@example.com", "上海市徐汇区虹漕路461号" – as attributes to search by.

use super::normalize::{self, Context};
use super::record::{Attribute, AttributeKind, RawAttribute, Value};
use super::text::{clean, han};
use smol_str::SmolStr;

/// Characters of a query that are read.
pub const QUERY_CHARS_MAX: usize = 1_024;
/// Digits from which a word is a number and not a part of a name.
const NUMBER_DIGITS_MIN: usize = 5;
/// Digits of a bank card at least.
const CARD_DIGITS_MIN: usize = 13;
/// Digits of a resident's number at least.
const DOCUMENT_DIGITS_MIN: usize = 15;
/// What ends a part of a Chinese address.
const PLACE_ENDS: [char; 14] = ['省', '市', '区', '县', '镇', '乡', '村', '路', '街', '道', '号', '栋', '弄', '室'];
/// What a Chinese organisation's name ends with.
const ORGANISATION_ENDS: [&str; 10] = ["公司", "集团", "银行", "学校", "医院", "中心", "合作社", "大学", "厂", "店"];

/// A run of words of one sort.
#[derive(Clone, Debug)]
enum Words {
    Name(String),
    Digits(String),
}

/// The attributes that a query names, in its order; none where there is nothing to search by. `country` is the region of numbers
/// without a calling code.
pub fn attributes(query: &str, country: Option<&str>) -> Vec<RawAttribute> {
    let text: String = clean(query).text.chars().take(QUERY_CHARS_MAX).collect();
    let mut found = Vec::new();
    for phrase in
        text.split([',', '，', ';', '；', '、', '\n', '\t']).map(str::trim).filter(|phrase| !phrase.is_empty())
    {
        if is_address(phrase) {
            found.push(attribute(AttributeKind::Address, phrase, country));
            continue;
        }
        let mut words = Vec::new();
        for word in phrase.split_whitespace() {
            if word.contains('@') {
                flush(&mut words, country, &mut found);
                found.push(attribute(AttributeKind::Email, word, country));
            } else if is_date(word) {
                flush(&mut words, country, &mut found);
                found.push(attribute(AttributeKind::BirthDate, word, country));
            } else {
                add(&mut words, word);
            }
        }
        flush(&mut words, country, &mut found);
    }
    found
}

/// Words of digits belong together, as 138 1234 5678 do, and so do words of a name.
fn add(words: &mut Vec<Words>, word: &str) {
    let numeric = word.chars().all(|c| c.is_ascii_digit() || "+-()".contains(c))
        || word.chars().filter(char::is_ascii_digit).count() >= NUMBER_DIGITS_MIN;
    match (words.last_mut(), numeric) {
        (Some(Words::Digits(digits)), true) => digits.push_str(word),
        (_, true) => words.push(Words::Digits(word.to_owned())),
        (Some(Words::Name(name)), false) => {
            name.push(' ');
            name.push_str(word);
        }
        (_, false) => words.push(Words::Name(word.to_owned())),
    }
}

fn flush(words: &mut Vec<Words>, country: Option<&str>, found: &mut Vec<RawAttribute>) {
    for words in words.drain(..) {
        found.extend(match words {
            Words::Name(name) => Some(attribute(name_kind(&name), &name, country)),
            Words::Digits(digits) => number(&digits, country),
        });
    }
}

fn name_kind(name: &str) -> AttributeKind {
    let organisation = ORGANISATION_ENDS.iter().any(|end| name.ends_with(end) && name.chars().count() > 3);
    if organisation { AttributeKind::OrgName } else { AttributeKind::PersonName }
}

/// A document or card where a check digit says so, else a telephone number or its beginning.
fn number(text: &str, country: Option<&str>) -> Option<RawAttribute> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let kind = if digits < NUMBER_DIGITS_MIN {
        return None;
    } else if text.chars().any(|c| c.is_ascii_alphabetic())
        || digits >= DOCUMENT_DIGITS_MIN && is_verified(AttributeKind::IdDocument, text)
    {
        AttributeKind::IdDocument
    } else if digits >= CARD_DIGITS_MIN && is_verified(AttributeKind::BankCard, text) {
        AttributeKind::BankCard
    } else {
        AttributeKind::Phone
    };
    Some(attribute(kind, text, country))
}

fn is_verified(kind: AttributeKind, text: &str) -> bool {
    let verified = |attribute: &Attribute| matches!(&attribute.value, Value::Identifier(number) if number.verified);
    prepared(&RawAttribute::full(kind, text)).iter().any(verified)
}

/// Written with separators, or eight digits that make a day.
fn is_date(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let plausible =
        (word.contains(['年', '-', '/', '.']) && (5..=8).contains(&digits)) || (digits == 8 && word.len() == 8);
    let is_day = |attribute: &Attribute| matches!(attribute.value, Value::Date(date) if date.month.is_some() && (1_880..=2_100).contains(&date.year));
    plausible && prepared(&RawAttribute::full(AttributeKind::BirthDate, word)).iter().any(is_day)
}

/// A Chinese address names two divisions or roads at least: 徐汇区虹漕路.
fn is_address(phrase: &str) -> bool {
    let ends = phrase.chars().filter(|c| PLACE_ENDS.contains(c)).count();
    ends >= 2 && phrase.chars().filter(|c| han::is_han(*c)).count() >= 5 && name_kind(phrase) != AttributeKind::OrgName
}

fn prepared(raw: &RawAttribute) -> Vec<Attribute> {
    let mut out = Vec::new();
    normalize::append(raw, &Context { reference_date: None }, &mut out);
    out
}

fn attribute(kind: AttributeKind, text: &str, country: Option<&str>) -> RawAttribute {
    RawAttribute { country: country.map(SmolStr::new), ..RawAttribute::full(kind, text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read() {
        use AttributeKind::{Address, BankCard, BirthDate, Email, IdDocument, OrgName, PersonName, Phone};
        let cases: &[(&str, &[(AttributeKind, &str)])] = &[
            ("王小明 13812345678", &[(PersonName, "王小明"), (Phone, "13812345678")]),
            ("王小明，１３８ 1234", &[(PersonName, "王小明"), (Phone, "1381234")]),
            ("138 1234 5678", &[(Phone, "13812345678")]),
            ("Zhang Wei zhang.wei@example.com", &[(PersonName, "Zhang Wei"), (Email, "zhang.wei@example.com")]),
            ("11010519491231002X", &[(IdDocument, "11010519491231002X")]),
            ("6222021234567890128", &[(BankCard, "6222021234567890128")]),
            ("欧阳思远 1990-02-03", &[(PersonName, "欧阳思远"), (BirthDate, "1990-02-03")]),
            ("19900203", &[(BirthDate, "19900203")]),
            ("上海市徐汇区虹漕路461号", &[(Address, "上海市徐汇区虹漕路461号")]),
            ("归一数据科技有限公司", &[(OrgName, "归一数据科技有限公司")]),
            ("路遥", &[(PersonName, "路遥")]),
            ("138", &[]),
            (" ，、 ", &[]),
        ];
        for (query, expected) in cases {
            let read = attributes(query, Some("CN"));
            let read: Vec<(AttributeKind, String)> = read.iter().map(|raw| (raw.kind, raw.raw().to_string())).collect();
            let expected: Vec<(AttributeKind, String)> =
                expected.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
            assert_eq!(read, expected, "{query}");
        }
    }
}
