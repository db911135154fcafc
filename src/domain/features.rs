//! Features: what blocking and comparison read of a prepared record, derived once so that pairs cost little.

use super::date::PartialDate;
use super::id::RecordHandle;
use super::record::{
    Address, AttributeKind, Email, Gender, Identifier, OrgName, PersonName, Phone, PreparedRecord, Value,
};
use super::text::{han, latin, pinyin};

/// Values of one kind that are compared; the rest of a record that repeats a kind more often is not evidence.
pub const VALUES_PER_KIND_MAX: usize = 8;

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
    pub syllables: Vec<String>,
    /// Latin words in alphabetical order, pinyin words split into syllables; of a Han name its toneless syllables.
    /// Equal for 张伟, Zhang Wei, WEI ZHANG and zhangwei.
    pub sorted_words: Vec<String>,
    /// Every Latin word is made of pinyin syllables, or there is a Han name.
    pub pinyin: bool,
    /// No surname can be told: 小太阳, Lucky. Such a name may stand for anybody, so a difference from it says little.
    pub nickname: bool,
}

/// An organisation's name with the forms that comparators need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgFeature {
    /// The name as prepared.
    pub name: OrgName,
    /// The core's characters.
    pub core: Vec<char>,
}

/// An address with the forms that comparators need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressFeature {
    /// The address as prepared.
    pub address: Address,
    /// The folded line's characters.
    pub line: Vec<char>,
}

/// Everything that stages 2 and 3 read of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Features {
    /// Which record.
    pub handle: RecordHandle,
    /// Names of the person.
    pub names: Vec<NameFeature>,
    /// Names of the organisation that is the customer.
    pub orgs: Vec<OrgFeature>,
    /// Employers.
    pub companies: Vec<OrgFeature>,
    /// Personal telephone numbers.
    pub phones: Vec<Phone>,
    /// E-mail addresses.
    pub emails: Vec<Email>,
    /// Birth dates: stated, or else taken from a verified identity document.
    pub birth_dates: Vec<PartialDate>,
    /// Sex: stated, or else taken from a verified identity document.
    pub gender: Option<Gender>,
    /// Identity documents.
    pub documents: Vec<Identifier>,
    /// Addresses.
    pub addresses: Vec<AddressFeature>,
    /// Social accounts.
    pub social_ids: Vec<Identifier>,
    /// Bank cards.
    pub bank_cards: Vec<Identifier>,
    /// Postal codes in columns of their own.
    pub postal_codes: Vec<String>,
    /// Free attributes: (label, folded text).
    pub texts: Vec<(String, String)>,
}

impl Features {
    /// Derives the features of a prepared record.
    pub fn of(record: &PreparedRecord) -> Self {
        let mut features = Self::empty(record.key.handle());
        for attribute in record.attributes.iter().filter(|attribute| attribute.evidence) {
            features.add(attribute.kind, &attribute.label, &attribute.value);
        }
        features.complete_from_document(record);
        features
    }

    fn empty(handle: RecordHandle) -> Self {
        Self {
            handle,
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

    fn add(&mut self, kind: AttributeKind, label: &str, value: &Value) {
        match (kind, value) {
            (_, Value::PersonName(name)) => push(&mut self.names, name_feature(name)),
            (AttributeKind::OrgName, Value::OrgName(name)) => push(&mut self.orgs, org_feature(name)),
            (_, Value::OrgName(name)) => push(&mut self.companies, org_feature(name)),
            (_, Value::Phone(phone)) if phone.personal => push(&mut self.phones, phone.clone()),
            (_, Value::Email(email)) => push(&mut self.emails, email.clone()),
            (AttributeKind::BirthDate, Value::Date(date)) => push(&mut self.birth_dates, *date),
            (_, Value::Gender(gender)) => self.gender = self.gender.or(Some(*gender)),
            (AttributeKind::IdDocument, Value::Identifier(id)) => push(&mut self.documents, id.clone()),
            (AttributeKind::SocialId, Value::Identifier(id)) => push(&mut self.social_ids, id.clone()),
            (AttributeKind::BankCard, Value::Identifier(id)) => push(&mut self.bank_cards, id.clone()),
            (_, Value::Address(address)) => push(&mut self.addresses, address_feature(address)),
            (AttributeKind::PostalCode, Value::Text(code)) => push(&mut self.postal_codes, code.clone()),
            (AttributeKind::Text, Value::Text(text)) => push(&mut self.texts, (label.to_owned(), text.clone())),
            (AttributeKind::Date, Value::Date(date)) => push(&mut self.texts, (label.to_owned(), date.to_string())),
            (_, Value::Missing | Value::Phone(_) | Value::Date(_) | Value::Identifier(_) | Value::Text(_)) => {}
        }
    }

    /// A verified document states birth date and sex; they stand in for columns that are missing.
    fn complete_from_document(&mut self, record: &PreparedRecord) {
        let verified = record.evidence(AttributeKind::IdDocument).filter(|attribute| match &attribute.value {
            Value::Identifier(identifier) => identifier.verified,
            _ => false,
        });
        let facts = verified.flat_map(|attribute| &attribute.facts);
        for fact in facts {
            match fact.name {
                "birth_date" if self.birth_dates.is_empty() => {
                    self.birth_dates.extend(parse_iso(&fact.value));
                }
                "gender" if self.gender.is_none() => {
                    self.gender = if fact.value == "M" { Some(Gender::Male) } else { Some(Gender::Female) };
                }
                _ => {}
            }
        }
    }
}

fn push<T: PartialEq>(values: &mut Vec<T>, value: T) {
    if values.len() < VALUES_PER_KIND_MAX && !values.contains(&value) {
        values.push(value);
    }
}

fn name_feature(name: &PersonName) -> NameFeature {
    let syllables: Vec<String> = name.syllables.iter().map(|s| pinyin::toneless(s).to_owned()).collect();
    let latin = latin_syllables(&name.words);
    let pinyin = if name.words.is_empty() { !syllables.is_empty() } else { latin.is_some() };
    let mut sorted_words = match latin {
        _ if name.words.is_empty() => syllables.clone(),
        Some(syllables) => syllables,
        None => name.words.clone(),
    };
    sorted_words.sort_unstable();
    let nameless_han = !name.han.is_empty() && name.han_surname_len == 0 && !name.han.contains('·');
    let single_word = name.han.is_empty() && name.words.len() == 1 && sorted_words.len() == 1;
    NameFeature {
        pinyin,
        nickname: single_word || (nameless_han && name.words.is_empty()),
        han: name.han.chars().collect(),
        han_folded: han::fold_variants(&name.han).chars().filter(|c| *c != '·').collect(),
        syllables,
        sorted_words,
        name: name.clone(),
    }
}

/// The syllables of pinyin words; `None` unless every word is pinyin: "Lina Long" may be, "John Long" is not.
fn latin_syllables(words: &[String]) -> Option<Vec<String>> {
    let split: Option<Vec<Vec<String>>> = words.iter().map(|word| pinyin::split_pinyin(word)).collect();
    let syllables = split?.into_iter().flatten();
    Some(syllables.map(|syllable| pinyin::surname_lv_fold(&syllable).to_owned()).collect())
}

fn org_feature(name: &OrgName) -> OrgFeature {
    OrgFeature { core: name.core.chars().collect(), name: name.clone() }
}

fn address_feature(address: &Address) -> AddressFeature {
    AddressFeature { line: latin::fold(&address.line).chars().collect(), address: address.clone() }
}

fn parse_iso(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    super::date::CivilDate::new(year, month, day).map(PartialDate::from)
}
