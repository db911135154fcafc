//! Rarities apart from the values that bear them: under another model's frequencies only they change, so that the features of a record
//! are unpacked once for all models of a run.

use super::Features;
use crate::domain::score::term_frequency::{Term, TermFrequencies};

/// The terms of a record's values, in the order in which [`Features`] hold their rarities; none where a value has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueTerms(Box<[Option<Term>]>);

impl ValueTerms {
    /// Takes the terms of features in which every rarity is the place of its term, counted from 1, or 0 for none; the rarities
    /// become 0.
    pub(super) fn of(features: &mut Features, terms: &[Term]) -> Self {
        let mut places = Vec::with_capacity(terms.len());
        features.each_rarity(&mut |rarity| {
            let place = usize::try_from(std::mem::take(rarity)).unwrap_or_default();
            places.push(place.checked_sub(1).and_then(|place| terms.get(place)).copied());
        });
        Self(places.into())
    }

    /// The terms for counting; each once.
    pub fn counted(&self) -> Vec<Term> {
        let mut terms: Vec<Term> = self.0.iter().flatten().copied().collect();
        terms.sort_unstable_by_key(|term| (term.table, term.hash));
        terms.dedup();
        terms
    }
}

impl Features {
    /// Rates the values anew; `terms` are those of these features.
    pub fn rate(&mut self, terms: &ValueTerms, frequencies: &TermFrequencies) {
        let mut terms = terms.0.iter();
        self.each_rarity(&mut |rarity| {
            *rarity = terms.next().copied().flatten().map_or(0, |term| frequencies.adjustment(term));
        });
        let mut sketch = std::mem::take(&mut self.sketch);
        sketch.rate(self);
        self.sketch = sketch;
    }

    /// Every rarity, always in the same order.
    fn each_rarity(&mut self, visit: &mut dyn FnMut(&mut i32)) {
        for name in &mut self.names {
            visit(&mut name.rarity);
            visit(&mut name.family_rarity);
            visit(&mut name.given_rarity);
        }
        for org in self.orgs.iter_mut().chain(&mut self.companies) {
            visit(&mut org.rarity);
        }
        for phone in &mut self.phones {
            visit(&mut phone.rarity);
        }
        for email in &mut self.emails {
            visit(&mut email.rarity);
            visit(&mut email.local_rarity);
        }
        for date in &mut self.birth_dates {
            visit(&mut date.rarity);
        }
        for number in self.documents.iter_mut().chain(&mut self.social_ids).chain(&mut self.bank_cards) {
            visit(&mut number.rarity);
        }
        for address in &mut self.addresses {
            visit(&mut address.rarity);
            visit(&mut address.street_rarity);
            visit(&mut address.place_rarity);
            visit(&mut address.postal_code_rarity);
        }
        for code in &mut self.postal_codes {
            visit(&mut code.rarity);
        }
        for text in &mut self.texts {
            visit(&mut text.rarity);
        }
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
