//! Rarities apart from the values that bear them: under another model's frequencies only they change, so that the features of a record
//! are unpacked once for all models of a run.

use super::Features;
use crate::domain::score::term_frequency::{Term, TermFrequencies};

/// The terms of a record's values, in the order in which [`Features`] hold their rarities; none where a value has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueTerms(Box<[(Place, Option<Term>)]>);

/// Where a sketch has the rarity of a value, if it holds the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nowhere: the rarity only counts for the greatest one of any value.
    Nowhere,
    /// The whole name (0), the family name (1), the given name (2).
    Name(u8),
    /// The employer.
    Company,
    /// The telephone number.
    Phone,
    /// The whole e-mail address (0), its local part (1).
    Email(u8),
    /// The birth date.
    BirthDate,
    /// The identity document.
    Document,
    /// The social account.
    SocialId,
    /// The whole address (0), the road (1), the city with its district (2), the postal code (3).
    Address(u8),
}

impl ValueTerms {
    /// Takes the terms of features in which every rarity is the place of its term, counted from 1, or 0 for none; the rarities
    /// become 0.
    pub(super) fn of(features: &mut Features, terms: &[Term]) -> Self {
        let mut found = Vec::with_capacity(terms.len());
        features.each_rarity(&mut |place, rarity| {
            let number = usize::try_from(std::mem::take(rarity)).unwrap_or_default();
            found.push((place, number.checked_sub(1).and_then(|number| terms.get(number)).copied()));
        });
        Self(found.into())
    }

    /// The terms, each with where a sketch has its rarity.
    pub fn placed(&self) -> impl Iterator<Item = (Place, Term)> {
        self.0.iter().filter_map(|(place, term)| Some((*place, (*term)?)))
    }

    /// The terms for counting; each once.
    pub fn counted(&self) -> Vec<Term> {
        let mut terms: Vec<Term> = self.placed().map(|(_, term)| term).collect();
        terms.sort_unstable_by_key(|term| (term.table, term.hash));
        terms.dedup();
        terms
    }
}

impl Features {
    /// Rates the values anew; `terms` are those of these features.
    pub fn rate(&mut self, terms: &ValueTerms, frequencies: &TermFrequencies) {
        let mut rated = terms.0.iter().map(|(_, term)| term.map_or(0, |term| frequencies.adjustment(term)));
        let mut places = Vec::with_capacity(terms.0.len());
        self.each_rarity(&mut |place, rarity| {
            *rarity = rated.next().unwrap_or_default();
            places.push((place, *rarity));
        });
        self.sketch.rate(places.into_iter());
    }

    /// Every rarity, always in the same order.
    fn each_rarity(&mut self, visit: &mut dyn FnMut(Place, &mut i32)) {
        for name in &mut self.names {
            visit(Place::Name(0), &mut name.rarity);
            visit(Place::Name(1), &mut name.family_rarity);
            visit(Place::Name(2), &mut name.given_rarity);
        }
        self.orgs.iter_mut().for_each(|org| visit(Place::Nowhere, &mut org.rarity));
        self.companies.iter_mut().for_each(|org| visit(Place::Company, &mut org.rarity));
        self.phones.iter_mut().for_each(|phone| visit(Place::Phone, &mut phone.rarity));
        for email in &mut self.emails {
            visit(Place::Email(0), &mut email.rarity);
            visit(Place::Email(1), &mut email.local_rarity);
        }
        self.birth_dates.iter_mut().for_each(|date| visit(Place::BirthDate, &mut date.rarity));
        self.documents.iter_mut().for_each(|number| visit(Place::Document, &mut number.rarity));
        self.social_ids.iter_mut().for_each(|number| visit(Place::SocialId, &mut number.rarity));
        self.bank_cards.iter_mut().for_each(|number| visit(Place::Nowhere, &mut number.rarity));
        for address in &mut self.addresses {
            visit(Place::Address(0), &mut address.rarity);
            visit(Place::Address(1), &mut address.street_rarity);
            visit(Place::Address(2), &mut address.place_rarity);
            visit(Place::Address(3), &mut address.postal_code_rarity);
        }
        self.postal_codes.iter_mut().for_each(|code| visit(Place::Nowhere, &mut code.rarity));
        self.texts.iter_mut().for_each(|text| visit(Place::Nowhere, &mut text.rarity));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::features::codec;
    use crate::domain::id::RecordKey;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};
    use crate::domain::score::term_frequency::TermCounter;

    fn packed(id: usize, values: &[(AttributeKind, &str)]) -> Vec<u8> {
        let attribute = |(kind, text): &(AttributeKind, &str)| RawAttribute {
            country: Some("CN".into()),
            ..RawAttribute::full(*kind, *text)
        };
        let attributes = values.iter().map(attribute).collect();
        let raw =
            RawRecord { key: RecordKey::new("crm", id.to_string()), owner: None, observed_time: None, attributes };
        codec::encode(&Features::of(&prepare(&raw), &TermFrequencies::default()))
    }

    #[test]
    fn features_rated_anew_are_those_unpacked_under_the_frequencies() {
        use AttributeKind::{Address, BirthDate, Company, Email, Gender, IdDocument, OrgName, PersonName, Phone, Text};
        let records = [
            packed(
                1,
                &[
                    (PersonName, "欧阳若曦"),
                    (Phone, "13912340007"),
                    (Email, "ouyang.ruoxi@example.com"),
                    (BirthDate, "1988-02-29"),
                    (Address, "上海市黄浦区南京东路100号5幢301室"),
                    (Company, "上海明珠贸易有限公司"),
                    (IdDocument, "11010519491231002X"),
                ],
            ),
            packed(2, &[(PersonName, "王芳"), (PersonName, "Wang Fang"), (Phone, "13912340007"), (Gender, "女")]),
            packed(3, &[(OrgName, "上海明珠贸易有限公司"), (Phone, "02163219876"), (Text, "甲"), (Text, "乙")]),
        ];
        let mut counter = TermCounter::default();
        for record in &records {
            counter.add(&mut codec::terms(record).unwrap());
        }
        let frequencies = counter.finish(&|_| 0.001, 120);
        for record in &records {
            let (mut features, terms) = codec::decode_unrated(record).unwrap();
            for frequencies in [&frequencies, &TermFrequencies::default()] {
                features.rate(&terms, frequencies);
                assert_eq!(features, codec::decode(record, frequencies).unwrap());
            }
            assert_eq!(terms.counted(), codec::terms(record).unwrap());
        }
    }
}
