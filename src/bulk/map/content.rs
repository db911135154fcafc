//! What a value looks like, judged by the checkers that records go through; what a column holds, by a sample of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::names;
use crate::domain::check::{self, Judge};
use crate::domain::finding::Validity;
use crate::domain::normalize::date::parse_timestamp;
use crate::domain::text::clean::clean;
use crate::domain::text::han::is_han;
use crate::domain::text::placeholder::is_missing;

/// What a value looks like; each value is of one type, the first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContentType {
    /// E-mail address.
    Email,
    /// Web address.
    Url,
    /// Chinese resident identity number whose check digit holds.
    ResidentId,
    /// Unified social credit code whose check character holds.
    Uscc,
    /// Day with a time.
    Timestamp,
    /// Day.
    Date,
    /// Bank card number whose check digit holds.
    BankCard,
    /// Telephone number.
    Phone,
    /// Chinese postal code.
    PostalCode,
    /// Sex or gender.
    Gender,
    /// Postal address.
    Address,
    /// Name of an organisation.
    Organisation,
    /// Name of a Chinese province, city or county.
    Place,
    /// Name of a person in Han characters.
    PersonName,
    /// Any other number.
    Number,
    /// Any other text.
    Text,
}

impl ContentType {
    /// The name used in reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Url => "url",
            Self::ResidentId => "cn.resident_id",
            Self::Uscc => "cn.uscc",
            Self::Timestamp => "timestamp",
            Self::Date => "date",
            Self::BankCard => "bank_card",
            Self::Phone => "phone",
            Self::PostalCode => "postal_code",
            Self::Gender => "gender",
            Self::Address => "address",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::PersonName => "person_name",
            Self::Number => "number",
            Self::Text => "text",
        }
    }

    /// The type of one value that is neither empty nor a placeholder.
    pub fn of(text: &str) -> Self {
        Self::of_country(text, CHINA)
    }

    /// The same where telephone numbers and days are those of a country.
    fn of_country(text: &str, country: &str) -> Self {
        let text = text.trim();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let only_digits = digits == text.len();
        let is = |judge: &Option<Judge>| is_valid(judge.as_ref(), text);
        if text.contains('@') && is(&JUDGES.email) {
            Self::Email
        } else if text.contains("://") || text.starts_with("www.") {
            Self::Url
        } else if (15..=24).contains(&text.len()) && digits >= 14 && is(&JUDGES.resident_id) {
            Self::ResidentId
        } else if text.len() == 18 && is(&JUDGES.uscc) {
            Self::Uscc
        } else if let Some(date) = date_type(text, digits, country) {
            date
        } else if (15..=23).contains(&text.len()) && digits >= 15 && is(&JUDGES.bank_card) {
            Self::BankCard
        } else if digits >= 7 && text.len() <= 24 && is_phone(text, only_digits, country) {
            Self::Phone
        } else if only_digits && digits == 6 && country == CHINA && is(&JUDGES.postcode) {
            Self::PostalCode
        } else if is_gender(text) {
            Self::Gender
        } else if is_organisation(text) {
            Self::Organisation
        } else if is_address(text) {
            Self::Address
        } else if names::is_place(text) {
            Self::Place
        } else if names::is_name(text) {
            Self::PersonName
        } else if text.parse::<f64>().is_ok() {
            Self::Number
        } else {
            Self::Text
        }
    }
}

struct Judges {
    email: Option<Judge>,
    resident_id: Option<Judge>,
    uscc: Option<Judge>,
    bank_card: Option<Judge>,
    phone: Option<Judge>,
    postcode: Option<Judge>,
    date: Option<Judge>,
}

static JUDGES: LazyLock<Judges> = LazyLock::new(|| Judges {
    email: check::resolve("email"),
    resident_id: check::resolve("cn.resident_id"),
    uscc: check::resolve("cn.uscc"),
    bank_card: check::resolve("cn.bank_card"),
    phone: check::resolve("phone"),
    postcode: check::resolve("cn.postcode"),
    date: check::resolve("date"),
});

/// The country where nothing says another.
const CHINA: &str = "CN";

fn is_valid(judge: Option<&Judge>, text: &str) -> bool {
    is_valid_in(judge, text, CHINA)
}

fn is_valid_in(judge: Option<&Judge>, text: &str, country: &str) -> bool {
    judge.is_some_and(|judge| judge.check(Some(country), text).validity == Some(Validity::Valid))
}

fn date_type(text: &str, digits: usize, country: &str) -> Option<ContentType> {
    let has_clock = text.contains(':');
    let separated = text.chars().filter(|c| matches!(c, '-' | '/' | '.' | '年' | '月' | '日')).count() >= 2;
    let looks =
        (has_clock && digits >= 10) || (separated && (5..=8).contains(&digits)) || (digits == 8 && text.len() == 8);
    let year = text.get(..4).and_then(|year| year.parse::<u16>().ok());
    let plausible = separated || year.is_some_and(|year| (1850..=2100).contains(&year));
    if !looks || !plausible || text.len() > 40 {
        return None;
    }
    // A day whose order of day and month is open is suspect and a day all the same.
    let validity = || JUDGES.date.as_ref().and_then(|judge| judge.check(Some(country), text).validity);
    let day = parse_timestamp(text).is_some()
        || matches!(validity(), Some(Validity::Valid))
        || separated && matches!(validity(), Some(Validity::Suspect));
    day.then_some(if has_clock { ContentType::Timestamp } else { ContentType::Date })
}

fn is_phone(text: &str, only_digits: bool, country: &str) -> bool {
    if text.chars().any(|c| c.is_alphabetic()) {
        return false;
    }
    let foreign = || !only_digits && is_valid_in(JUDGES.phone.as_ref(), text, "US");
    is_valid_in(JUDGES.phone.as_ref(), text, country) || foreign()
}

fn is_gender(text: &str) -> bool {
    const WORDS: &str = "男 女 男性 女性 先生 女士 male female m f männlich weiblich homme femme hombre mujer 남 여 남자 여자 남성 여성";
    let lower = text.to_lowercase();
    WORDS.split(' ').any(|word| word == lower)
}

fn is_organisation(text: &str) -> bool {
    const ENDS: [&str; 12] =
        ["公司", "集团", "厂", "商行", "经营部", "事务所", "合作社", "工作室", "研究院", "医院", "大学", "商店"];
    const WORDS: [&str; 9] = ["inc", "ltd", "llc", "corp", "gmbh", "co", "plc", "limited", "corporation"];
    let last = text.rsplit([' ', ',']).next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let words = text.split_whitespace().count();
    text.chars().count() >= 4 && ENDS.iter().any(|end| text.ends_with(end))
        || words >= 2 && WORDS.contains(&last.as_str())
}

fn is_address(text: &str) -> bool {
    // 都道府県 are among the places; a Korean address is told by the ends of its words.
    const MARKS: [char; 28] = [
        '省', '市', '区', '县', '镇', '乡', '村', '路', '街', '道', '号', '弄', '巷', '栋', '幢', '室', '楼', '區',
        '縣', '鎮', '鄉', '號', '樓', '県', '都', '府', '町', '丁',
    ];
    const KOREAN_ENDS: [char; 9] = ['시', '도', '구', '군', '로', '길', '동', '읍', '면'];
    let characters = text.chars().count();
    let marks = MARKS.iter().filter(|mark| text.contains(**mark)).count();
    let words = text.split_whitespace().count();
    let numbered = text.starts_with(|c: char| c.is_ascii_digit()) && words >= 3 && !text.contains(':');
    let korean = text.split_whitespace().filter(|word| word.ends_with(KOREAN_ENDS)).count();
    characters >= 5 && (marks >= 2 || korean >= 2)
        || numbered && text.chars().filter(|c| c.is_ascii_alphabetic()).count() >= 5
}

/// Mr, Frau, 先生: what stands before or behind a name.
fn is_courtesy(text: &str) -> bool {
    const WORDS: &str = "mr mrs ms miss mx dr prof sir madam herr frau m mme mlle monsieur madame sr sra srta don doña sig \
                         先生 女士 小姐 太太 夫人 様 さん 님 dr_med prof_dr";
    let plain = text.trim().trim_end_matches('.').to_lowercase().replace(". ", "_");
    WORDS.split_whitespace().any(|word| word == plain)
}

/// Of fewer values nobody can say that they repeat.
const VOCABULARY_VALUES_MIN: u64 = 8;

/// What a column holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Rows.
    pub rows: u64,
    /// Rows with a value that is neither empty nor a placeholder.
    pub filled: u64,
    /// Of these, how many were judged.
    pub judged: u64,
    /// Values judged, by type.
    pub types: BTreeMap<ContentType, u64>,
    /// A value of the most frequent type.
    pub example: Option<String>,
    /// Values with Han characters, of those judged.
    pub han: u64,
    /// Different values among those judged.
    pub distinct: u64,
    /// Names of persons judged whose surname and given name are of common characters.
    pub common_names: u64,
    /// Values judged that are a form of address: Mr, 先生.
    pub courtesies: u64,
}

impl Content {
    /// Judges a sample of the values, of at most `judged_max`, spread evenly.
    pub fn of<'a>(values: impl Iterator<Item = &'a str>, judged_max: usize) -> Self {
        Self::of_country(values, judged_max, CHINA)
    }

    /// The same where telephone numbers and days are those of a country.
    pub fn of_country<'a>(values: impl Iterator<Item = &'a str>, judged_max: usize, country: &str) -> Self {
        let mut content = Self::default();
        let mut filled = Vec::new();
        for value in values {
            content.rows += 1;
            if !is_empty(value) {
                filled.push(value);
            }
        }
        content.filled = filled.len() as u64;
        let step = filled.len().div_ceil(judged_max.max(1)).max(1);
        let mut examples: BTreeMap<ContentType, &str> = BTreeMap::new();
        let mut distinct = BTreeSet::new();
        for value in filled.into_iter().step_by(step) {
            let found = ContentType::of_country(value, country);
            content.judged += 1;
            distinct.insert(value.trim());
            content.common_names += u64::from(found == ContentType::PersonName && names::is_common(value.trim()));
            content.courtesies += u64::from(is_courtesy(value));
            content.han += u64::from(value.chars().any(is_han));
            *content.types.entry(found).or_default() += 1;
            examples.entry(found).or_insert(value);
        }
        content.distinct = distinct.len() as u64;
        let most = content.most();
        content.example = most.and_then(|(found, _)| examples.get(&found)).map(|value| (*value).to_owned());
        content
    }

    /// The most frequent type, and how many of a hundred values are of it.
    pub fn most(&self) -> Option<(ContentType, u64)> {
        let (found, _) = self.types.iter().rev().max_by_key(|(_, count)| **count)?;
        Some((*found, self.percent(*found)))
    }

    /// Whether a few values make up the column, as no column does that tells customers apart: a level, a shop, its staff.
    pub fn is_vocabulary(&self) -> bool {
        self.judged >= VOCABULARY_VALUES_MIN && self.distinct * 4 <= self.judged
    }

    /// How many of a hundred values judged are of a type.
    pub fn percent(&self, of: ContentType) -> u64 {
        (self.types.get(&of).copied().unwrap_or(0) * 100).checked_div(self.judged).unwrap_or(0)
    }
}

/// Nothing, or a placeholder for nothing.
pub fn is_empty(value: &str) -> bool {
    value.trim().is_empty() || is_missing(&clean(value).text)
}

/// A value as it may be shown: `138****5678`, `张*`, `w***@example.com`.
pub fn masked(value: &str) -> String {
    let value = value.trim();
    if let Some((local, domain)) = value.split_once('@') {
        return format!("{}***@{domain}", local.chars().take(1).collect::<String>());
    }
    let characters: Vec<char> = value.chars().take(64).collect();
    let start = |count: usize| characters.iter().take(count).collect::<String>();
    let end = |count: usize| characters.iter().skip(characters.len().saturating_sub(count)).collect::<String>();
    match characters.len() {
        0 => String::new(),
        1 => "*".to_owned(),
        length @ 2..=3 => format!("{}{}", start(1), "*".repeat(length - 1)),
        4..=7 => format!("{}***", start(1)),
        _ if value.is_ascii() => format!("{}****{}", start(3), end(if characters.len() >= 11 { 4 } else { 1 })),
        _ => format!("{}****", start(3)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart() {
        for (value, wanted) in [
            ("13800138000", ContentType::Phone),
            ("+86 138-0013-8000", ContentType::Phone),
            ("702-919-1300", ContentType::Phone),
            ("11010519491231002X", ContentType::ResidentId),
            ("a.b@example.com", ContentType::Email),
            ("1990-05-17", ContentType::Date),
            ("19900517", ContentType::Date),
            ("12/11/1978", ContentType::Date),
            ("2026-01-02 10:11:12", ContentType::Timestamp),
            ("男", ContentType::Gender),
            ("上海市浦东新区世纪大道100号", ContentType::Address),
            ("123 Main Street Las Vegas", ContentType::Address),
            ("光盛商务咨询有限公司", ContentType::Organisation),
            ("Apple Inc.", ContentType::Organisation),
            ("张伟", ContentType::PersonName),
            ("欧阳修文", ContentType::PersonName),
            ("杭州市", ContentType::Place),
            ("温州", ContentType::Place),
            ("南京路店", ContentType::Text),
            ("金卡", ContentType::Text),
            ("经理", ContentType::Text),
            ("서울특별시 강남구 테헤란로 123", ContentType::Address),
            ("東京都渋谷区神南1-2-3", ContentType::Address),
            ("42.5", ContentType::Number),
            ("hello", ContentType::Text),
        ] {
            assert_eq!(ContentType::of(value), wanted, "{value}");
        }
    }

    #[test]
    fn examples_are_masked() {
        for (value, wanted) in [
            ("13812345678", "138****5678"),
            ("张伟", "张*"),
            ("欧阳修", "欧**"),
            ("wang@example.com", "w***@example.com"),
            ("上海市浦东新区世纪大道100号", "上海市****"),
            ("男", "*"),
            ("1990-05-17", "199****7"),
            ("", ""),
        ] {
            assert_eq!(masked(value), wanted);
        }
    }

    #[test]
    fn placeholders_do_not_count_as_filled() {
        let content = Content::of(["13800138000", "", "无", "N/A", "13900139000"].into_iter(), 10);
        assert_eq!((content.rows, content.filled, content.most()), (5, 2, Some((ContentType::Phone, 100))));
    }
}
