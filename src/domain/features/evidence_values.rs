//! The values of a record that may serve as evidence, as they were prepared: what features are derived from and packed as.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::{Features, VALUES_PER_KIND_MAX, parse_iso};
use crate::domain::date::PartialDate;
use crate::domain::id::RecordHandle;
use crate::domain::record::{
    Address, AttributeKind, Email, Gender, Identifier, OrgName, PersonName, Phone, PreparedRecord, Value,
};

/// Few records have more than two values of a kind.
pub type Values<T> = SmallVec<[T; 2]>;

/// Each kind's values in the order delivered, each once, at most [`VALUES_PER_KIND_MAX`]. See [`Features`] for what they are.
#[derive(Debug)]
pub struct EvidenceValues<'a> {
    /// Which record.
    pub handle: RecordHandle,
    /// The day for which the values stand, in days since 1970.
    pub observed_day: Option<i64>,
    /// Names of the person.
    pub names: Values<&'a PersonName>,
    /// Names of the organisation that is the customer.
    pub orgs: Values<&'a OrgName>,
    /// Employers.
    pub companies: Values<&'a OrgName>,
    /// Personal telephone numbers.
    pub phones: Values<&'a Phone>,
    /// E-mail addresses.
    pub emails: Values<&'a Email>,
    /// Birth dates.
    pub birth_dates: Values<PartialDate>,
    /// Sex.
    pub gender: Option<Gender>,
    /// Identity documents.
    pub documents: Values<&'a Identifier>,
    /// Addresses.
    pub addresses: Values<&'a Address>,
    /// Social accounts.
    pub social_ids: Values<&'a Identifier>,
    /// Bank cards.
    pub bank_cards: Values<&'a Identifier>,
    /// Postal codes in columns of their own.
    pub postal_codes: Values<&'a str>,
    /// Free attributes: label and text.
    pub texts: Values<(&'a str, Cow<'a, str>)>,
}

impl<'a> EvidenceValues<'a> {
    /// The values of a prepared record.
    pub fn of_record(record: &'a PreparedRecord) -> Self {
        let mut values = Self {
            handle: record.key.handle(),
            observed_day: record.observed_time.and_then(|time| time.date()).map(|date| date.days_since_epoch()),
            names: Values::new(),
            orgs: Values::new(),
            companies: Values::new(),
            phones: Values::new(),
            emails: Values::new(),
            birth_dates: Values::new(),
            gender: None,
            documents: Values::new(),
            addresses: Values::new(),
            social_ids: Values::new(),
            bank_cards: Values::new(),
            postal_codes: Values::new(),
            texts: Values::new(),
        };
        for attribute in record.attributes.iter().filter(|attribute| attribute.evidence) {
            values.add(attribute.kind, &attribute.label, &attribute.value);
        }
        values.complete_from_document(record);
        values
    }

    /// The values from which features were derived.
    pub fn of_features(features: &'a Features) -> Self {
        Self {
            handle: features.handle,
            observed_day: features.observed_day,
            names: features.names.iter().map(|name| &name.name).collect(),
            orgs: features.orgs.iter().map(|org| &org.name).collect(),
            companies: features.companies.iter().map(|org| &org.name).collect(),
            phones: features.phones.iter().map(|phone| &phone.value).collect(),
            emails: features.emails.iter().map(|email| &email.address).collect(),
            birth_dates: features.birth_dates.iter().map(|date| date.value).collect(),
            gender: features.gender,
            documents: features.documents.iter().map(|document| &document.value).collect(),
            addresses: features.addresses.iter().map(|address| &address.address).collect(),
            social_ids: features.social_ids.iter().map(|account| &account.value).collect(),
            bank_cards: features.bank_cards.iter().map(|card| &card.value).collect(),
            postal_codes: features.postal_codes.iter().map(|code| code.value.as_str()).collect(),
            texts: features.texts.iter().map(|text| (text.label.as_str(), Cow::Borrowed(text.text.as_str()))).collect(),
        }
    }

    fn add(&mut self, kind: AttributeKind, label: &'a str, value: &'a Value) {
        match (kind, value) {
            (_, Value::PersonName(name)) => push(&mut self.names, &**name),
            (AttributeKind::OrgName, Value::OrgName(name)) => push(&mut self.orgs, &**name),
            (_, Value::OrgName(name)) => push(&mut self.companies, &**name),
            (_, Value::Phone(phone)) if phone.personal => push(&mut self.phones, phone),
            (_, Value::Email(email)) => push(&mut self.emails, email),
            (AttributeKind::BirthDate, Value::Date(date)) => push(&mut self.birth_dates, *date),
            (_, Value::Gender(gender)) => self.gender = self.gender.or(Some(*gender)),
            (AttributeKind::IdDocument, Value::Identifier(id)) => push(&mut self.documents, id),
            (AttributeKind::SocialId, Value::Identifier(id)) => push(&mut self.social_ids, id),
            (AttributeKind::BankCard, Value::Identifier(id)) => push(&mut self.bank_cards, id),
            (_, Value::Address(address)) => push(&mut self.addresses, &**address),
            (AttributeKind::PostalCode, Value::Text(code)) => push(&mut self.postal_codes, code.as_str()),
            (AttributeKind::Text, Value::Text(text)) => push(&mut self.texts, (label, Cow::Borrowed(text.as_str()))),
            (AttributeKind::Date, Value::Date(date)) => push(&mut self.texts, (label, date.to_string().into())),
            (_, Value::Missing | Value::Phone(_) | Value::Date(_) | Value::Identifier(_) | Value::Text(_)) => {}
        }
    }

    /// A verified document states birth date and sex; they stand in for columns that are missing.
    fn complete_from_document(&mut self, record: &PreparedRecord) {
        let verified = record.evidence(AttributeKind::IdDocument).filter(|attribute| match &attribute.value {
            Value::Identifier(identifier) => identifier.verified,
            _ => false,
        });
        for fact in verified.flat_map(|attribute| &attribute.facts) {
            match fact.name {
                "birth_date" if self.birth_dates.is_empty() => self.birth_dates.extend(parse_iso(&fact.value)),
                "gender" if self.gender.is_none() => {
                    self.gender = if fact.value == "M" { Some(Gender::Male) } else { Some(Gender::Female) };
                }
                _ => {}
            }
        }
    }
}

fn push<T: PartialEq>(values: &mut Values<T>, value: T) {
    if values.len() < VALUES_PER_KIND_MAX && !values.contains(&value) {
        values.push(value);
    }
}
