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

use alphabet::Alphabet;
use bits::{Reader, Writer};
use smol_str::{SmolStr, format_smolstr};

use super::rating::ValueTerms;
use super::sketch::Sketch;
use super::{
    Features, Rater, VALUES_PER_KIND_MAX, address_feature, birth_date, email_feature, name_feature, org_feature,
    text_feature,
};
use crate::domain::compare;
use crate::domain::date::{CivilDate, PartialDate};
use crate::domain::id::RecordHandle;
use crate::domain::record::{Address, Email, Gender, Identifier, OrgName, PersonName, Phone};
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
    let mut out = Encoder { bits: Writer::default(), history: Vec::new() };
    out.bits.put(u64::from(VERSION), 8);
    out.bits.put(features.handle.0 >> 32, 32);
    out.bits.put(features.handle.0 & 0xffff_ffff, 32);
    out.bits.put(features.gender.map_or(0, |gender| if gender == Gender::Male { 1 } else { 2 }), 2);
    out.bits.flag(features.observed_day.is_some());
    if let Some(day) = features.observed_day {
        out.bits.put(day.clamp(-DAY_OFFSET, DAY_OFFSET - 1).wrapping_add(DAY_OFFSET) as u64, DAY_BITS);
    }
    out.list(&features.names, |out, name| out.name(&name.name));
    out.list(&features.birth_dates, |out, date| out.date(date.value));
    out.list(&features.phones, |out, phone| out.phone(phone));
    out.list(&features.documents, |out, document| out.identifier(document));
    out.list(&features.emails, |out, email| out.email(&email.address));
    out.list(&features.addresses, |out, address| out.address(&address.address));
    out.list(&features.companies, |out, org| out.org(&org.name));
    out.list(&features.social_ids, |out, account| out.identifier(account));
    // Few customers have any of these.
    let rest = !(features.orgs.is_empty()
        && features.bank_cards.is_empty()
        && features.postal_codes.is_empty()
        && features.texts.is_empty());
    out.bits.flag(rest);
    if rest {
        out.list(&features.orgs, |out, org| out.org(&org.name));
        out.list(&features.bank_cards, |out, card| out.identifier(card));
        out.list(&features.postal_codes, |out, code| out.text(code));
        out.list(&features.texts, |out, text| {
            out.text(&text.label);
            out.text(&text.text);
        });
    }
    out.bits.finish()
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

/// The shortest repetition that is cheaper than signs written again.
const REPEATED_MIN: usize = 2;

/// A repetition that is always cheaper.
const LONG_REPETITION: usize = 4;

struct Encoder {
    bits: Writer,
    /// All texts so far.
    history: Vec<char>,
}

impl Encoder {
    fn list<T>(&mut self, values: &[T], mut put: impl FnMut(&mut Self, &T)) {
        let kept = values.get(..VALUES_PER_KIND_MAX).unwrap_or(values);
        self.bits.number(kept.len() as u64);
        kept.iter().for_each(|value| put(self, value));
    }

    fn texts(&mut self, texts: &[String]) {
        self.bits.number(texts.len() as u64);
        texts.iter().for_each(|text| self.text(text));
    }

    /// A text that stands in a table, or spelled out.
    fn listed(&mut self, table: &[&str], text: &str) {
        let place = table.iter().position(|known| *known == text).map_or(SPELLED_OUT, |place| place as u64);
        self.bits.put(place.min(SPELLED_OUT), PLACE_BITS);
        if place >= SPELLED_OUT {
            self.text(text);
        }
    }

    fn text(&mut self, text: &str) {
        let signs: Vec<char> = text.chars().collect();
        let mut at = 0;
        while let Some(rest) = signs.get(at..).filter(|rest| !rest.is_empty()) {
            self.bits.flag(true);
            let (from, repeated) = self.longest_repetition(rest);
            let serves_all = repeated >= LONG_REPETITION || repeated == rest.len() && repeated >= REPEATED_MIN;
            let run = (!serves_all).then(|| self.run(rest)).filter(|(_, length)| repeated < REPEATED_MIN.max(*length));
            let Some((alphabet, length)) = run else {
                self.bits.flag(true);
                self.bits.put(from as u64, bits_for(self.history.len()));
                self.bits.number(repeated as u64);
                at += repeated;
                continue;
            };
            self.bits.flag(false);
            self.bits.put(alphabet as u64, Alphabet::CODE_BITS);
            self.bits.number(length as u64);
            rest.iter().take(length).for_each(|sign| alphabet.put(*sign, &mut self.bits));
            at += length;
        }
        self.bits.flag(false);
        self.history.extend(signs);
    }

    /// Where the longest beginning of the text stands in the history, and how long it is.
    fn longest_repetition(&self, rest: &[char]) -> (usize, usize) {
        let common = |from: usize| {
            let earlier = self.history.iter().skip(from);
            earlier.zip(rest).take_while(|(x, y)| x == y).count()
        };
        let starts = (0..self.history.len()).filter(|from| self.history.get(*from) == rest.first());
        starts.map(|from| (from, common(from))).fold((0, 0), |best, found| if found.1 > best.1 { found } else { best })
    }

    /// The alphabet that takes the longest beginning of the text, of equals the one with the fewest bits, up to where a
    /// narrower alphabet or a repetition serves better.
    fn run(&self, rest: &[char]) -> (Alphabet, usize) {
        let length = |alphabet: &Alphabet| rest.iter().take_while(|sign| alphabet.holds(**sign)).count();
        let fitting =
            Alphabet::ALL.iter().map(|alphabet| (*alphabet, length(alphabet))).filter(|(_, length)| *length > 0);
        let (alphabet, length) =
            fitting.reduce(|best, next| if next.1 > best.1 + 2 { next } else { best }).unwrap_or((Alphabet::Any, 1));
        // Signs that a long repetition covers are left to it.
        let start_of_repetition = (1..length).find(|at| {
            let Some(four) = rest.get(*at..*at + LONG_REPETITION) else { return false };
            self.history.windows(LONG_REPETITION).any(|earlier| earlier.first() == four.first() && earlier == four)
        });
        (alphabet, start_of_repetition.unwrap_or(length))
    }

    fn name(&mut self, name: &PersonName) {
        self.text(&name.han);
        if !name.han.is_empty() {
            self.bits.number(name.han_surname_len as u64);
            self.bits.flag(name.surname_only);
            let derived = pinyin::syllables(&name.han, name.han_surname_len) == name.syllables;
            self.bits.flag(derived);
            if !derived {
                let syllables: Vec<String> = name.syllables.iter().map(|syllable| syllable.to_string()).collect();
                self.texts(&syllables);
            }
        }
        let latin =
            !(name.words.is_empty() && name.given.is_empty() && name.family.is_empty() && name.suffix.is_empty());
        let latin = latin || (name.han.is_empty() && (name.surname_only || name.han_surname_len > 0));
        self.bits.flag(latin);
        if latin {
            self.texts(&name.words);
            self.text(&name.family);
            self.texts(&name.given);
            self.text(&name.suffix);
            if name.han.is_empty() {
                self.bits.flag(name.surname_only);
            }
        }
    }

    fn date(&mut self, date: PartialDate) {
        self.bits.put(u64::from(date.year.unsigned_abs()), 14);
        self.bits.put(u64::from(date.month.unwrap_or(0)), 4);
        self.bits.put(u64::from(date.day.unwrap_or(0)), 5);
    }

    fn phone(&mut self, phone: &Phone) {
        let mainland = phone.e164.strip_prefix("+86");
        self.bits.flag(mainland.is_some());
        self.text(mainland.unwrap_or(&phone.e164));
        self.text(&phone.extension);
        self.bits.flag(phone.mobile);
        self.bits.flag(phone.personal);
    }

    fn identifier(&mut self, identifier: &Identifier) {
        self.listed(FORMATS, &identifier.format);
        self.text(&identifier.match_key);
        self.bits.flag(identifier.verified);
    }

    fn email(&mut self, email: &Email) {
        self.text(&email.local);
        let domain = email.match_key.strip_prefix(email.local.as_str()).and_then(|rest| rest.strip_prefix('@'));
        self.bits.flag(domain.is_some());
        match domain {
            Some(domain) => self.listed(DOMAINS, domain),
            None => self.text(&email.match_key),
        }
    }

    fn address(&mut self, address: &Address) {
        self.text(&address.line);
        let parts = parts(address);
        let given = parts.iter().rev().fold(0, |set, part| set << 1 | u64::from(!part.is_empty()));
        self.bits.put(given, parts.len() as u32);
        parts.into_iter().filter(|part| !part.is_empty()).for_each(|part| self.text(part));
    }

    fn org(&mut self, name: &OrgName) {
        self.text(&name.core);
        self.texts(&name.words);
        self.text(&name.place);
        let legal_form = LEGAL_FORMS.iter().position(|known| *known == name.legal_form);
        self.bits.put(legal_form.map_or(SPELLED_OUT, |place| place as u64), PLACE_BITS);
        self.text(&name.branch);
    }
}

fn parts(address: &Address) -> [&str; 8] {
    let Address { region, city, district, street, number, community, unit, postal_code, line: _ } = address;
    [region, city, district, street, number, community, unit, postal_code]
}

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
