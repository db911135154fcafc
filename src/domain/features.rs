//! Features: what blocking and comparison read of a prepared record, derived once so that pairs cost little.

use smol_str::SmolStr;

use super::compare::similarity;
use super::date::PartialDate;
use super::id::RecordHandle;
use super::record::{Address, Email, Gender, Identifier, OrgName, PersonName, Phone, PreparedRecord};
use super::score::term_frequency::{Term, TermFrequencies, TermKind, han_name_rarity, han_surname_rarity, is_surname};
use super::text::name_words::{self, OrgWords};
use super::text::sound::SoundedWord;
use super::text::{han, latin, pinyin};

pub mod codec;
pub mod derived;
pub mod evidence_values;
pub mod outline;
pub mod rating;
pub mod sketch;

use derived::Derived;
use evidence_values::{EvidenceValues, Values};
use sketch::Sketch;

/// Values of one kind that are compared; the rest of a record that repeats a kind more often is not evidence.
pub const VALUES_PER_KIND_MAX: usize = 8;

/// A value with its rarity: how much more, in milli-bits, an agreement on it proves than one on a value of mean frequency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated<T> {
    /// The value as prepared.
    pub value: T,
    /// Its rarity.
    pub rarity: i32,
}

impl<T> std::ops::Deref for Rated<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// Tells the rarity of a term.
type Rater<'r> = &'r mut dyn FnMut(Term) -> i32;

/// A name with the forms that comparators need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameFeature {
    /// The name as prepared.
    pub name: PersonName,
    /// The Han name's characters.
    pub han: Vec<char>,
    /// The Han name's characters after variant folding, without middle dots.
    pub han_folded: Vec<char>,
    /// Toneless syllables of the Han name.
    pub syllables: Vec<SmolStr>,
    /// Latin words in alphabetical order, pinyin words split into syllables; of a Han name its toneless syllables.
    /// Equal for 张伟, Zhang Wei, WEI ZHANG and zhangwei.
    pub sorted_words: Vec<SmolStr>,
    /// The words in Latin letters without particles, each once, prepared for comparison.
    pub compared: Vec<SoundedWord>,
    /// Every Latin word is made of pinyin syllables, or there is a Han name.
    pub pinyin: bool,
    /// No surname can be told: 小太阳, Lucky. Such a name may stand for anybody, so a difference from it says little.
    pub nickname: bool,
    /// May be a nickname that begins like a name: 云淡风轻, 豆豆爸, Momo. Where it agrees it is a name; a difference from it says little.
    pub loose: bool,
    /// Rarity of the whole name.
    pub rarity: i32,
    /// Rarity of the family name.
    pub family_rarity: i32,
    /// Rarity of the given name.
    pub given_rarity: i32,
}

/// An organisation's name with the forms that comparators need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgFeature {
    /// The name as prepared.
    pub name: OrgName,
    /// The core's characters.
    pub core: Vec<char>,
    /// The core is written in Han characters.
    pub han: bool,
    words: Derived<OrgWords>,
    /// Rarity of the name.
    pub rarity: i32,
}

impl OrgFeature {
    /// The words of the core in Latin letters, as far as they are compared across scripts.
    pub fn words(&self) -> &OrgWords {
        self.words.get(|| {
            // A Chinese name has no words; of a kana name with a Chinese form only the core is left.
            let unparted = if self.han || self.name.words.is_empty() { self.name.core.as_str() } else { "" };
            name_words::of_organisation(&self.name.words, unparted)
        })
    }
}

/// An address with the forms that comparators need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressFeature {
    /// The address as prepared.
    pub address: Address,
    /// The folded line's characters.
    pub line: Vec<char>,
    bigrams: Derived<Box<[u64]>>,
    /// Rarity of the whole address.
    pub rarity: i32,
    /// Rarity of the road or estate.
    pub street_rarity: i32,
    /// Rarity of city and district.
    pub place_rarity: i32,
    /// Rarity of the postal code.
    pub postal_code_rarity: i32,
}

impl AddressFeature {
    /// The line's pairs of neighbours in order, see [`similarity::bigrams`].
    pub fn bigrams(&self) -> &[u64] {
        self.bigrams.get(|| similarity::bigrams(&self.line).into())
    }
}

/// An e-mail address with its rarities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailFeature {
    /// The address as prepared.
    pub address: Email,
    /// Rarity of the whole address.
    pub rarity: i32,
    /// Rarity of the local part.
    pub local_rarity: i32,
}

/// A free attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFeature {
    /// What it is.
    pub label: String,
    /// The folded text.
    pub text: String,
    /// Rarity under its label.
    pub rarity: i32,
}

/// Everything that stages 2 and 3 read of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Features {
    /// Which record.
    pub handle: RecordHandle,
    /// What decides most comparisons.
    pub sketch: Sketch,
    /// The day for which the record's values stand, in days since 1970, where it is known.
    pub observed_day: Option<i64>,
    /// Names of the person.
    pub names: Vec<NameFeature>,
    /// Names of the organisation that is the customer.
    pub orgs: Vec<OrgFeature>,
    /// Employers.
    pub companies: Vec<OrgFeature>,
    /// Personal telephone numbers.
    pub phones: Vec<Rated<Phone>>,
    /// E-mail addresses.
    pub emails: Vec<EmailFeature>,
    /// Birth dates: stated, or else taken from a verified identity document.
    pub birth_dates: Vec<Rated<PartialDate>>,
    /// Sex: stated, or else taken from a verified identity document.
    pub gender: Option<Gender>,
    /// Identity documents.
    pub documents: Vec<Rated<Identifier>>,
    /// Addresses.
    pub addresses: Vec<AddressFeature>,
    /// Social accounts.
    pub social_ids: Vec<Rated<Identifier>>,
    /// Bank cards.
    pub bank_cards: Vec<Rated<Identifier>>,
    /// Postal codes in columns of their own.
    pub postal_codes: Vec<Rated<String>>,
    /// Free attributes.
    pub texts: Vec<TextFeature>,
}

impl Features {
    /// Derives the features of a prepared record; `frequencies` say how rare its values are.
    pub fn of(record: &PreparedRecord, frequencies: &TermFrequencies) -> Self {
        let mut features = Self::rated(record, &mut |term| frequencies.adjustment(term));
        features.sketch = Sketch::of(&features);
        features
    }

    /// The features of a prepared record without rarities and sketch.
    pub fn unrated(record: &PreparedRecord) -> Self {
        Self::rated(record, &mut |_| 0)
    }

    /// The terms of a prepared record, for counting; each once.
    pub fn terms(record: &PreparedRecord) -> Vec<Term> {
        let mut terms = Vec::new();
        Self::rated(record, &mut |term| {
            terms.push(term);
            0
        });
        terms.sort_unstable_by_key(|term| (term.table, term.hash));
        terms.dedup();
        terms
    }

    fn rated(record: &PreparedRecord, rater: Rater<'_>) -> Self {
        let values = EvidenceValues::of_record(record);
        let identifiers = |kind, numbers: &Values<&Identifier>, rater: Rater<'_>| {
            numbers.iter().map(|id| number(kind, Identifier::clone(id), rater)).collect()
        };
        Self {
            handle: values.handle,
            sketch: Sketch::default(),
            observed_day: values.observed_day,
            names: values.names.iter().map(|name| name_feature(name, rater)).collect(),
            orgs: values.orgs.iter().map(|name| org_feature(TermKind::OrgName, name, rater)).collect(),
            companies: values.companies.iter().map(|name| org_feature(TermKind::Company, name, rater)).collect(),
            phones: values.phones.iter().map(|phone| phone_feature(Phone::clone(phone), rater)).collect(),
            emails: values.emails.iter().map(|email| email_feature(email, rater)).collect(),
            birth_dates: values.birth_dates.iter().map(|date| birth_date(*date, rater)).collect(),
            gender: values.gender,
            documents: identifiers(TermKind::Document, &values.documents, rater),
            addresses: values.addresses.iter().map(|address| address_feature(address, rater)).collect(),
            social_ids: identifiers(TermKind::SocialId, &values.social_ids, rater),
            bank_cards: identifiers(TermKind::BankCard, &values.bank_cards, rater),
            postal_codes: values.postal_codes.iter().map(|code| postal_code((*code).to_owned(), rater)).collect(),
            texts: values
                .texts
                .into_iter()
                .map(|(label, text)| text_feature(label, text.into_owned(), rater))
                .collect(),
        }
    }

    /// The features of a record without values.
    pub fn empty(handle: RecordHandle) -> Self {
        Self {
            handle,
            sketch: Sketch::default(),
            observed_day: None,
            names: Vec::new(),
            orgs: Vec::new(),
            companies: Vec::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            birth_dates: Vec::new(),
            gender: None,
            documents: Vec::new(),
            addresses: Vec::new(),
            social_ids: Vec::new(),
            bank_cards: Vec::new(),
            postal_codes: Vec::new(),
            texts: Vec::new(),
        }
    }
}

fn name_feature(name: &PersonName, rater: Rater<'_>) -> NameFeature {
    let syllables: Vec<SmolStr> = name.syllables.iter().map(|s| pinyin::toneless(s).into()).collect();
    let latin = latin_syllables(&name.words);
    let pinyin = if name.words.is_empty() { !syllables.is_empty() } else { latin.is_some() };
    let mut sorted_words = match latin {
        _ if name.words.is_empty() => syllables.clone(),
        Some(syllables) => syllables,
        None => name.words.iter().map(SmolStr::from).collect(),
    };
    sorted_words.sort_unstable();
    let nameless_han = !name.han.is_empty() && name.han_surname_len == 0 && !name.han.contains('·');
    let single_word = name.han.is_empty() && name.words.len() == 1 && sorted_words.len() == 1;
    let nickname = single_word || (nameless_han && name.words.is_empty());
    let loose = match name.han.is_empty() {
        true => name.words.len() == 1,
        false => is_loose_han(&name.han, name.han_surname_len),
    };
    let is_name = name.han.is_empty() || !(nickname || loose);
    let (rarity, family_rarity, given_rarity) = name_rarities(name, &sorted_words, is_name, rater);
    NameFeature {
        rarity,
        family_rarity,
        given_rarity,
        pinyin,
        loose,
        nickname,
        han: name.han.chars().collect(),
        han_folded: han::fold_variants(&name.han).chars().filter(|c| *c != '·').collect(),
        compared: name_words::of_person(name, &syllables),
        syllables,
        sorted_words,
        name: name.clone(),
    }
}

/// A phrase that begins with a surname, or a parent named after the child: no given name has three characters of which the first is
/// no surname (the father's, then the mother's), or ends with a word for father or mother.
fn is_loose_han(han: &str, surname_len: usize) -> bool {
    if han.ends_with(['爸', '妈']) {
        return true;
    }
    let mut signs = han.chars();
    let second = signs.nth(1);
    let phrase = second.is_some_and(|second| !is_surname(second)) || han.contains(['的', '是', '在', '了']);
    surname_len == 1 && signs.count() == 2 && !han.contains('·') && phrase
}

/// The syllables of pinyin words; `None` unless every word is pinyin: "Lina Long" may be, "John Long" is not.
fn latin_syllables(words: &[String]) -> Option<Vec<SmolStr>> {
    let split: Option<Vec<Vec<String>>> = words.iter().map(|word| pinyin::split_pinyin(word)).collect();
    let syllables = split?.into_iter().flatten();
    Some(syllables.map(|syllable| pinyin::surname_lv_fold(&syllable).into()).collect())
}

/// Rarity of the whole name, the family name and the given name. A Han name is counted under its characters; phrases that many people
/// go by are no names and would make all names look common.
fn name_rarities(name: &PersonName, sorted_words: &[SmolStr], is_name: bool, rater: Rater<'_>) -> (i32, i32, i32) {
    if name.han.is_empty() {
        let mut rate = |kind, text: &str| if text.is_empty() { 0 } else { rater(Term::of(kind, &[text])) };
        let whole = if name.words.len() >= 2 { rate(TermKind::FullName, &sorted_words.join(" ")) } else { 0 };
        let family = sorted_words.last().map(SmolStr::as_str).filter(|_| name.family.is_empty());
        let given = name.given.first().map(String::as_str).or(sorted_words.first().map(SmolStr::as_str));
        return (
            whole,
            rate(TermKind::FamilyName, family.unwrap_or(&name.family)),
            rate(TermKind::GivenName, given.unwrap_or_default()),
        );
    }
    let folded = han::fold_variants(&name.han);
    let surname_bytes: usize = folded.chars().take(name.han_surname_len).map(char::len_utf8).sum();
    let (surname, given) = folded.split_at_checked(surname_bytes).unwrap_or(("", &folded));
    let mut rate = |kind, text: &str, expected| match text.is_empty() {
        true => 0,
        false => rater(Term { expected, ..Term::of(kind, &[text]) }),
    };
    let whole = if name.surname_only || !is_name { "" } else { folded.as_str() };
    (
        rate(TermKind::FullName, whole, han_name_rarity(surname, given)),
        rate(TermKind::FamilyName, surname, han_surname_rarity(surname)),
        rate(TermKind::GivenName, if name.surname_only { "" } else { given }, 0),
    )
}

fn org_feature(kind: TermKind, name: &OrgName, rater: Rater<'_>) -> OrgFeature {
    let rarity = if name.core.is_empty() { 0 } else { rater(Term::of(kind, &[&name.core])) };
    let han = name.core.chars().any(han::is_han);
    OrgFeature { core: name.core.chars().collect(), han, words: Derived::default(), rarity, name: name.clone() }
}

fn address_feature(address: &Address, rater: Rater<'_>) -> AddressFeature {
    let mut rate = |kind, parts: &[&str]| match parts.iter().all(|part| part.is_empty()) {
        true => 0,
        false => rater(Term::of(kind, parts)),
    };
    let line = latin::fold(&address.line);
    let signs: Vec<char> = line.chars().collect();
    let road = road(address);
    AddressFeature {
        rarity: rate(TermKind::AddressLine, &[&line]),
        street_rarity: if road.is_empty() { 0 } else { rate(TermKind::Street, &[&address.city, road]) },
        place_rarity: rate(TermKind::Place, &[&address.city, &address.district]),
        postal_code_rarity: rate(TermKind::PostalCode, &[&address.postal_code]),
        bigrams: Derived::default(),
        line: signs,
        address: address.clone(),
    }
}

/// The term of a whole address.
pub(super) fn address_term(address: &AddressFeature) -> Term {
    Term::of(TermKind::AddressLine, &[&address.line.iter().collect::<String>()])
}

/// The term of an address's road or estate.
pub(super) fn road_term(address: &AddressFeature) -> Term {
    Term::of(TermKind::Street, &[&address.address.city, road(&address.address)])
}

fn road(address: &Address) -> &str {
    if address.street.is_empty() { &address.community } else { &address.street }
}

fn phone_feature(phone: Phone, rater: Rater<'_>) -> Rated<Phone> {
    Rated { rarity: rater(phone_term(&phone)), value: phone }
}

/// The term of a telephone number.
pub(super) fn phone_term(phone: &Phone) -> Term {
    Term::of(TermKind::Phone, &[&phone.e164])
}

fn number(kind: TermKind, number: Identifier, rater: Rater<'_>) -> Rated<Identifier> {
    Rated { rarity: rater(number_term(kind, &number)), value: number }
}

/// The term of a document, account or card.
pub(super) fn number_term(kind: TermKind, number: &Identifier) -> Term {
    Term::of(kind, &[&number.format, &number.match_key])
}

fn postal_code(code: String, rater: Rater<'_>) -> Rated<String> {
    Rated { rarity: rater(Term::of(TermKind::PostalCode, &[&code])), value: code }
}

fn email_feature(email: &Email, rater: Rater<'_>) -> EmailFeature {
    EmailFeature {
        rarity: rater(email_term(email)),
        local_rarity: rater(Term::of(TermKind::EmailLocal, &[&email.local])),
        address: email.clone(),
    }
}

/// The term of an e-mail address.
pub(super) fn email_term(email: &Email) -> Term {
    Term::of(TermKind::Email, &[&email.match_key])
}

fn birth_date(date: PartialDate, rater: Rater<'_>) -> Rated<PartialDate> {
    let rarity = match date.full() {
        Some(day) => rater(Term::of(TermKind::BirthDate, &[&day.to_string()])),
        None => 0,
    };
    Rated { value: date, rarity }
}

fn text_feature(label: &str, text: String, rater: Rater<'_>) -> TextFeature {
    TextFeature { rarity: rater(Term::labelled(TermKind::Text, label, &[&text])), label: label.to_owned(), text }
}

fn parse_iso(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    super::date::CivilDate::new(year, month, day).map(PartialDate::from)
}
