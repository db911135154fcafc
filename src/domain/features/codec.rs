//! Features in few bytes, to be kept beside an index: what cannot be derived again, packed by the bit.
//!
//! Derived again on decoding: folded forms, pinyin, words of company names, sounds, sketches, and the rarities, which
//! belong to the statistics epoch of a model: stored ones would have to be rewritten with every epoch. Not kept, because
//! neither blocking nor comparison reads them: the domain of an e-mail address apart from its match key, and the format of the
//! document that carries another one's number.
//!
//! A text is a list of runs. A run is of one alphabet or repeats what stands in an earlier text of the record: the parts of
//! an address are parts of its line, the words of a name are its family and given name.

mod alphabet;
mod bits;
mod encoder;

use alphabet::Alphabet;
use bits::Reader;
use smol_str::{SmolStr, format_smolstr};

use super::evidence_values::EvidenceValues;
use super::rating::ValueTerms;
use super::sketch::Sketch;
use super::{
    Features, Rater, VALUES_PER_KIND_MAX, address_feature, birth_date, email_feature, name_feature, org_feature,
    text_feature,
};
use crate::domain::compare;
use crate::domain::date::{CivilDate, PartialDate};
use crate::domain::id::RecordHandle;
use crate::domain::record::{Address, Email, Gender, Identifier, OrgName, PersonName, Phone, PreparedRecord};
use crate::domain::score::term_frequency::{Term, TermFrequencies, TermKind};
use crate::domain::text::pinyin;

/// The layout of the bits, the first byte of every encoding.
const VERSION: u8 = 1;

/// Words of a name or characters of a text that are kept; longer ones are no ordinary values.
const ITEMS_MAX: u64 = 4_096;

/// Bits of a day since 1970 and the day that they count from: the years 0 to 9999 are well inside.
const DAY_BITS: u32 = 23;
const DAY_OFFSET: i64 = 1 << 22;

/// Packs features.
pub fn encode(features: &Features) -> Vec<u8> {
    encoder::encode(&EvidenceValues::of_features(features))
}

/// Packs what the features of a prepared record are made of.
pub fn encode_record(record: &PreparedRecord) -> Vec<u8> {
    encoder::encode(&EvidenceValues::of_record(record))
}

/// Unpacks features; `None` for bytes that are no encoding of this version.
pub fn decode(bytes: &[u8], frequencies: &TermFrequencies) -> Option<Features> {
    let mut features = decode_parts(bytes, ALL_PARTS, frequencies)?;
    features.sketch = Sketch::of(&features);
    Some(features)
}

/// Every part of the features.
pub const ALL_PARTS: u16 = u16::MAX;

/// Unpacks what some comparators read, a bit each by position in [`crate::domain::compare::ALL`], and no sketch: most pairs leave one or two
/// comparisons open.
pub fn decode_parts(bytes: &[u8], parts: u16, frequencies: &TermFrequencies) -> Option<Features> {
    rated(bytes, parts, &mut |term| frequencies.adjustment(term))
}

/// Unpacks features without rarities, and the terms that give these.
pub fn decode_unrated(bytes: &[u8]) -> Option<(Features, ValueTerms)> {
    let mut terms = Vec::with_capacity(24);
    let mut features = rated(bytes, ALL_PARTS, &mut |term| {
        terms.push(term);
        terms.len() as i32
    })?;
    let terms = ValueTerms::of(&mut features, &terms);
    features.sketch = Sketch::of(&features);
    Some((features, terms))
}

/// The sketch of packed features, its rarities left out.
pub fn sketch(bytes: &[u8]) -> Option<Sketch> {
    rated(bytes, ALL_PARTS, &mut |_| 0).map(|features| Sketch::of(&features))
}

/// The terms of packed features, for counting; each once.
pub fn terms(bytes: &[u8]) -> Option<Vec<Term>> {
    let mut terms = Vec::with_capacity(24);
    rated(bytes, ALL_PARTS, &mut |term| {
        terms.push(term);
        0
    })?;
    terms.sort_unstable_by_key(|term| (term.table, term.hash));
    terms.dedup();
    Some(terms)
}

/// Everything but the sketch, of some parts.
fn rated(bytes: &[u8], parts: u16, rater: Rater<'_>) -> Option<Features> {
    let wanted = parts & ((1 << compare::COUNT) - 1) & !(1 << Sketch::GENDER);
    let mut input = Decoder { bits: Reader::new(bytes), history: Vec::with_capacity(128), wanted, passing: false };
    if input.bits.take(8)? != u64::from(VERSION) {
        return None;
    }
    let handle = RecordHandle(input.bits.take(32)? << 32 | input.bits.take(32)?);
    let mut features = Features::empty(handle);
    features.gender = match input.bits.take(2)? {
        0 => None,
        1 => Some(Gender::Male),
        2 => Some(Gender::Female),
        _ => return None,
    };
    if input.bits.flag()? {
        features.observed_day = Some(input.bits.take(DAY_BITS)? as i64 - DAY_OFFSET);
    }
    let f = &mut features;
    input.list(Sketch::PERSON_NAME, &mut f.names, Decoder::name, |name| name_feature(&name, rater))?;
    input.list(Sketch::BIRTH_DATE, &mut f.birth_dates, Decoder::date, |date| birth_date(date, rater))?;
    input.list(Sketch::PHONE, &mut f.phones, Decoder::phone, |phone| super::phone_feature(phone, rater))?;
    input.list(Sketch::ID_DOCUMENT, &mut f.documents, Decoder::identifier, |number| {
        super::number(TermKind::Document, number, rater)
    })?;
    input.list(Sketch::EMAIL, &mut f.emails, Decoder::email, |email| email_feature(&email, rater))?;
    input.list(Sketch::ADDRESS, &mut f.addresses, Decoder::address, |address| address_feature(&address, rater))?;
    input.list(Sketch::COMPANY, &mut f.companies, Decoder::org, |name| org_feature(TermKind::Company, &name, rater))?;
    input.list(Sketch::SOCIAL_ID, &mut f.social_ids, Decoder::identifier, |number| {
        super::number(TermKind::SocialId, number, rater)
    })?;
    if input.wanted != 0 && input.bits.flag()? {
        input.list(Sketch::ORG_NAME, &mut f.orgs, Decoder::org, |name| org_feature(TermKind::OrgName, &name, rater))?;
        input.list(Sketch::BANK_CARD, &mut f.bank_cards, Decoder::identifier, |number| {
            super::number(TermKind::BankCard, number, rater)
        })?;
        input.list(Sketch::POSTAL_CODE, &mut f.postal_codes, Decoder::text, |code| super::postal_code(code, rater))?;
        let labelled = |input: &mut Decoder<'_>| Some((input.text()?, input.text()?));
        input.list(Sketch::TEXT, &mut f.texts, labelled, |(label, text)| text_feature(&label, text, rater))?;
    }
    Some(features)
}

/// Formats of numbers by place; others are spelled out. Append only.
const FORMATS: &[&str] = &[
    "",
    "cn.resident_id",
    "wechat_unionid",
    "cn.bank_card",
    "cn.uscc",
    "cn.passport",
    "cn.hk_macau_permit",
    "cn.taiwan_permit",
    "cn.military_id",
    "hk.id",
    "qq",
    "wechat",
    "weibo",
    "alipay",
    "us.ssn",
];

/// Domains of e-mail addresses by place; others are spelled out. Append only.
const DOMAINS: &[&str] = &[
    "qq.com",
    "163.com",
    "126.com",
    "gmail.com",
    "sina.com",
    "sohu.com",
    "139.com",
    "foxmail.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "189.cn",
    "aliyun.com",
    "yeah.net",
    "yahoo.com.cn",
    "sina.cn",
    "live.com",
    "msn.com",
    "21cn.com",
    "vip.qq.com",
    "tom.com",
    "live.cn",
    "qq.cn",
    "gmx.de",
    "web.de",
    "aol.com",
    "protonmail.com",
    "vip.163.com",
    "wo.cn",
];

/// Every class of legal forms by place. Append only.
const LEGAL_FORMS: &[&str] = &[
    "",
    "limited",
    "company",
    "joint_stock",
    "sole_trader",
    "partnership",
    "institution",
    "nonprofit",
    "government",
    "cooperative",
    "corporation",
    "sole_proprietorship",
];

/// Place bits of the three tables above; the greatest place means "spelled out".
const PLACE_BITS: u32 = 5;
const SPELLED_OUT: u64 = (1 << PLACE_BITS) - 1;

/// Characters of all texts of a record; more are no ordinary record.
const HISTORY_MAX: usize = 1 << 17;

/// Bits that hold every number below `count`.
fn bits_for(count: usize) -> u32 {
    usize::BITS - count.leading_zeros()
}

struct Decoder<'a> {
    bits: Reader<'a>,
    history: Vec<char>,
    /// Parts that are asked for and still to come, a bit each.
    wanted: u16,
    /// The texts that come next are only passed: they may be repeated later.
    passing: bool,
}

/// Stands for a text that is passed.
const PASSED: SmolStr = SmolStr::new_inline("·");

impl<'a> Decoder<'a> {
    /// Reads the values of a part, or passes them; nothing is read when nothing more is asked for.
    fn list<R, T>(
        &mut self,
        position: u16,
        values: &mut Vec<T>,
        mut take: impl FnMut(&mut Self) -> Option<R>,
        mut derive: impl FnMut(R) -> T,
    ) -> Option<()> {
        if self.wanted == 0 {
            return Some(());
        }
        let count = self.bits.number().filter(|count| *count <= VALUES_PER_KIND_MAX as u64)?;
        self.passing = self.wanted & 1 << position == 0;
        self.wanted &= !(1 << position);
        if !self.passing {
            values.reserve_exact(count as usize);
        }
        for _ in 0..count {
            let value = take(self)?;
            if !self.passing {
                values.push(derive(value));
            }
        }
        Some(())
    }

    fn texts(&mut self) -> Option<Vec<String>> {
        let count = self.bits.number().filter(|count| *count <= ITEMS_MAX)?;
        (0..count).map(|_| self.text()).collect()
    }

    fn listed(&mut self, table: &[&'static str]) -> Option<std::borrow::Cow<'static, str>> {
        match self.bits.take(PLACE_BITS)? {
            SPELLED_OUT => self.text().map(Into::into),
            place => table.get(place as usize).map(|text| (*text).into()),
        }
    }

    /// The signs of the next text. They become part of the history at once, but a repetition never reaches into its own text.
    fn signs(&mut self) -> Option<&[char]> {
        let start = self.history.len();
        while self.bits.flag()? {
            if self.bits.flag()? {
                let from = self.bits.take(bits_for(start))? as usize;
                let end = from.checked_add(self.bits.number()? as usize).filter(|end| from <= *end && *end <= start)?;
                self.history.extend_from_within(from..end);
            } else {
                let alphabet = *Alphabet::ALL.get(self.bits.take(Alphabet::CODE_BITS)? as usize)?;
                for _ in 0..self.bits.number()? {
                    self.history.push(alphabet.take(&mut self.bits)?);
                }
            }
            if self.history.len() - start > ITEMS_MAX as usize || start > HISTORY_MAX {
                return None;
            }
        }
        self.history.get(start..)
    }

    fn text(&mut self) -> Option<String> {
        let passing = self.passing;
        self.signs().map(|signs| if passing { String::new() } else { signs.iter().collect() })
    }

    /// A text that is mostly short.
    fn short_text(&mut self) -> Option<SmolStr> {
        let passing = self.passing;
        self.signs().map(|signs| match signs {
            [] => SmolStr::default(),
            _ if passing => PASSED,
            signs => signs.iter().copied().collect(),
        })
    }

    fn name(&mut self) -> Option<PersonName> {
        let mut name = PersonName { han: self.short_text()?, ..PersonName::default() };
        if !name.han.is_empty() {
            name.han_surname_len = self.bits.number().filter(|length| *length <= ITEMS_MAX)? as usize;
            name.surname_only = self.bits.flag()?;
            name.syllables = match self.bits.flag()? {
                true if self.passing => Vec::new(),
                true => pinyin::syllables(&name.han, name.han_surname_len),
                false => self.texts()?.into_iter().map(Into::into).collect(),
            };
        }
        if self.bits.flag()? {
            name.words = self.texts()?;
            name.family = self.short_text()?;
            name.given = self.texts()?;
            name.suffix = self.short_text()?;
            if name.han.is_empty() {
                name.surname_only = self.bits.flag()?;
            }
        }
        Some(name)
    }

    fn date(&mut self) -> Option<PartialDate> {
        let year = i16::try_from(self.bits.take(14)?).ok()?;
        match (self.bits.take(4)? as u8, self.bits.take(5)? as u8) {
            (0, 0) => PartialDate::year(year),
            (month, 0) => PartialDate::month(year, month),
            (month, day) => CivilDate::new(year, month, day).map(PartialDate::from),
        }
    }

    fn phone(&mut self) -> Option<Phone> {
        let prefix = if self.bits.flag()? { "+86" } else { "" };
        let e164 = format_smolstr!("{prefix}{}", self.text()?);
        Some(Phone { e164, extension: self.short_text()?, mobile: self.bits.flag()?, personal: self.bits.flag()? })
    }

    fn identifier(&mut self) -> Option<Identifier> {
        let format = self.listed(FORMATS)?;
        Some(Identifier {
            format: format.into(),
            carrier: None,
            match_key: self.short_text()?,
            verified: self.bits.flag()?,
        })
    }

    fn email(&mut self) -> Option<Email> {
        let local = SmolStr::from(self.text()?);
        if self.bits.flag()? {
            let domain = SmolStr::from(self.listed(DOMAINS)?);
            return Some(Email { match_key: format_smolstr!("{local}@{domain}"), local, domain });
        }
        Some(Email { match_key: self.short_text()?, local, domain: SmolStr::default() })
    }

    fn address(&mut self) -> Option<Address> {
        let mut address = Address { line: self.text()?, ..Address::default() };
        let Address { region, city, district, street, number, community, unit, postal_code, line: _ } = &mut address;
        let parts = [region, city, district, street, number, community, unit, postal_code];
        let given = self.bits.take(parts.len() as u32)?;
        for (position, part) in parts.into_iter().enumerate() {
            if given >> position & 1 == 1 {
                *part = self.short_text()?;
            }
        }
        Some(address)
    }

    fn org(&mut self) -> Option<OrgName> {
        let (core, words, place) = (self.short_text()?, self.texts()?, self.short_text()?);
        let legal_form = LEGAL_FORMS.get(self.bits.take(PLACE_BITS)? as usize)?;
        Some(OrgName { core, words, place, legal_form, branch: self.short_text()? })
    }
}
