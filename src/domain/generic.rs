//! Which keys are generic: those of more records than the limit, unless a person said otherwise. Which values are, therefore.
//!
//! The front desk's number may stand in twenty records only, and yet belong to nobody: a person declares it generic. A school's address
//! may stand in three hundred, and its pupils' mothers are to be found by it: a person declares it specific.

use std::collections::BTreeMap;

use super::block::{self, KeyKind, ValueKind, WholeKey};
use super::features::sketch::Sketch;
use super::features::{self, AddressFeature, Features, Rated};
use super::id::BlockKey;
use super::record::Identifier;
use super::score::term_frequency::{Term, TermFrequencies, TermKind};

/// Records under a key that was declared specific; with more it is generic all the same, since every two of them are compared.
pub const SPECIFIC_RECORDS_MAX: usize = 2_000;

/// What a person said about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GenericOverride {
    /// It says nothing about who is who, however few have it.
    Generic,
    /// It does, up to [`SPECIFIC_RECORDS_MAX`] records.
    Specific,
}

/// A value that a person declared generic or specific, named as ListGenericValues names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredValue {
    /// The blocking rule.
    pub rule: String,
    /// The value, part by part as the rule reads it.
    pub parts: Vec<String>,
    /// What was said.
    pub said: GenericOverride,
}

/// What people said about keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GenericOverrides(BTreeMap<BlockKey, GenericOverride>);

/// Nobody said anything.
pub static NOTHING_SAID: GenericOverrides = GenericOverrides(BTreeMap::new());

/// Records that may stand under each key before it is generic.
#[derive(Clone, Copy, Debug)]
pub struct BlockLimits<'a> {
    /// The model's limit.
    pub learnt: usize,
    /// What people said.
    pub overrides: &'a GenericOverrides,
}

impl BlockLimits<'static> {
    /// The model's limit for all keys.
    pub fn learnt(learnt: usize) -> Self {
        Self { learnt, overrides: &NOTHING_SAID }
    }
}

impl BlockLimits<'_> {
    /// The limit of a key.
    pub fn of(&self, key: BlockKey) -> usize {
        self.overrides.limit(key, self.learnt)
    }
}

impl GenericOverrides {
    /// What was declared of values, by their keys.
    pub fn of(declared: &BTreeMap<BlockKey, DeclaredValue>) -> Self {
        Self(declared.iter().map(|(key, declared)| (*key, declared.said)).collect())
    }

    /// Records that may stand under a key before it is generic, where `learnt` is the model's limit.
    pub fn limit(&self, key: BlockKey, learnt: usize) -> usize {
        match self.0.get(&key) {
            None => KeyKind::of(key).records_max(learnt),
            Some(GenericOverride::Generic) => 0,
            Some(GenericOverride::Specific) => learnt.max(SPECIFIC_RECORDS_MAX),
        }
    }

    /// What was said about a key.
    pub fn get(&self, key: BlockKey) -> Option<GenericOverride> {
        self.0.get(&key).copied()
    }

    /// Says something about a key, or withdraws it.
    pub fn set(&mut self, key: BlockKey, said: Option<GenericOverride>) {
        match said {
            Some(said) => self.0.insert(key, said),
            None => self.0.remove(&key),
        };
    }
}

/// Which of a record's values are generic: a bit for each value of each kind.
///
/// A generic value is no evidence, wherever two records meet: that both have the front desk's number says nothing about them, and that
/// one of them has another number says nothing either. Where the match model knows how common the value is, that says it better, and
/// the value stays: its agreement weighs little.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GenericMask([u8; KINDS]);

/// Customers that carried a value when the model was fitted from which on it was known to be common.
const KNOWN_CUSTOMERS_MIN: u32 = 10;

/// The same of a road: where an address is written in many ways, the road says that it is common.
const KNOWN_ROAD_CUSTOMERS_MIN: u32 = 60;

/// Kinds of values that can be generic.
const KINDS: usize = 6;

impl GenericMask {
    /// The values of which every key is generic: an address with a street of 500 customers and a room of two is not.
    pub fn of(wholes: &[WholeKey], is_generic: &dyn Fn(BlockKey) -> bool) -> Self {
        let (mut generic, mut specific) = (Self::default(), Self::default());
        for WholeKey { kind, place, key } in wholes {
            let side = if is_generic(*key) { &mut generic } else { &mut specific };
            if let Some(bits) = side.0.get_mut(*kind as usize) {
                *bits |= 1u8.checked_shl(*place as u32).unwrap_or(0);
            }
        }
        generic.0.iter_mut().zip(specific.0).for_each(|(generic, specific)| *generic &= !specific);
        generic
    }

    /// Nothing is generic.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Takes out of features, which must be those of the whole record, those generic values that the model does not know to be common.
    pub fn strip(self, features: &mut Features, frequencies: &TermFrequencies) {
        if self.is_empty() {
            return;
        }
        let unknown = |term: Term| frequencies.customers(term) < KNOWN_CUSTOMERS_MIN;
        let road_unknown =
            |address: &AddressFeature| frequencies.customers(features::road_term(address)) < KNOWN_ROAD_CUSTOMERS_MIN;
        let number = |kind| move |number: &Rated<Identifier>| unknown(features::number_term(kind, number));
        self.take(ValueKind::Document, &mut features.documents, number(TermKind::Document));
        self.take(ValueKind::SocialId, &mut features.social_ids, number(TermKind::SocialId));
        self.take(ValueKind::BankCard, &mut features.bank_cards, number(TermKind::BankCard));
        self.take(ValueKind::Phone, &mut features.phones, |phone| unknown(features::phone_term(phone)));
        self.take(ValueKind::Email, &mut features.emails, |email| unknown(features::email_term(&email.address)));
        self.take(ValueKind::Address, &mut features.addresses, |address| {
            unknown(features::address_term(address)) && road_unknown(address)
        });
        features.sketch = Sketch::of(features);
    }

    fn take<T>(self, kind: ValueKind, values: &mut Vec<T>, unknown: impl Fn(&T) -> bool) {
        let mut bits = self.0.get(kind as usize).copied().unwrap_or(0);
        values.retain(|value| {
            let generic = bits & 1 == 1;
            bits >>= 1;
            !(generic && unknown(value))
        });
    }

    /// As bytes.
    pub fn to_bytes(self) -> [u8; KINDS] {
        self.0
    }

    /// From bytes.
    pub fn from_bytes(bytes: [u8; KINDS]) -> Self {
        Self(bytes)
    }
}

/// The key of a value as the rule reads it; `None` when there is no such rule or a part is empty.
pub fn key_of(rule: &str, parts: &[String]) -> Option<BlockKey> {
    let known = block::ALL.iter().find(|known| known.code() == rule)?;
    if parts.is_empty() || parts.iter().any(String::is_empty) {
        return None;
    }
    let texts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Some(known.kind().key(rule, &texts))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]

    use super::*;
    use crate::domain::id::RecordKey;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};
    use crate::domain::score::term_frequency::TermCounter;

    #[test]
    fn people_outrank_the_limit() {
        let key = key_of("phone", &["+8613800138000".to_owned()]).unwrap();
        let mut said = GenericOverrides::default();
        assert_eq!(said.limit(key, 120), 120);
        said.set(key, Some(GenericOverride::Generic));
        assert_eq!(said.limit(key, 120), 0);
        said.set(key, Some(GenericOverride::Specific));
        assert_eq!((said.limit(key, 120), said.limit(key, 5_000)), (SPECIFIC_RECORDS_MAX, 5_000));
        said.set(key, None);
        assert_eq!(said, GenericOverrides::default());
    }

    #[test]
    fn a_value_is_generic_when_all_its_keys_are() {
        let whole = |kind, place, key| WholeKey { kind, place, key: BlockKey(key) };
        let wholes = [
            whole(ValueKind::Phone, 0, 1),
            whole(ValueKind::Phone, 1, 2),
            // A street of many, a room of few.
            whole(ValueKind::Address, 0, 3),
            whole(ValueKind::Address, 0, 4),
        ];
        let generic = |keys: &'static [u64]| GenericMask::of(&wholes, &|key| keys.contains(&key.0)).to_bytes();
        assert_eq!(generic(&[2, 3]), [0, 0b10, 0, 0, 0, 0]);
        assert_eq!(generic(&[1, 3, 4]), [0, 1, 0, 0, 0, 1]);
        assert!(GenericMask::of(&wholes, &|_| false).is_empty());
        let mask = GenericMask::from_bytes(generic(&[1, 3, 4]));
        assert_eq!(GenericMask::from_bytes(mask.to_bytes()), mask);
    }

    #[test]
    fn what_the_model_knows_to_be_common_stays() {
        let phones = ["13926180743", "13905714462"].map(|text| RawAttribute::full(AttributeKind::Phone, text));
        let key = RecordKey::new("crm", "1");
        let raw = RawRecord { key, owner: None, observed_time: None, attributes: phones.to_vec() };
        let plain = TermFrequencies::default();
        let features = Features::of(&prepare(&raw), &plain);
        let mask = GenericMask([0, 0b11, 0, 0, 0, 0]);
        let mut counter = TermCounter::default();
        for _ in 0..KNOWN_CUSTOMERS_MIN {
            counter.add(&mut vec![features::phone_term(&features.phones[0])]);
        }
        let left = |frequencies: &TermFrequencies| {
            let mut features = features.clone();
            mask.strip(&mut features, frequencies);
            features.phones.iter().map(|phone| phone.e164.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(left(&plain), [""; 0]);
        assert_eq!(left(&counter.finish(&|_| 1e-6, 120)), ["+8613926180743"]);
    }

    #[test]
    fn a_value_is_named_as_a_rule_reads_it() {
        let parts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(key_of("phone", &parts(&["1"])), Some(KeyKind::Identifier.key("phone", &["1"])));
        assert_eq!(key_of("fone", &parts(&["1"])), None);
        assert_eq!(key_of("phone", &parts(&[""])), None);
        assert_eq!(key_of("phone", &[]), None);
    }
}
