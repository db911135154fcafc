//! Stage 2: blocking keys, so that only records with something in common are compared. One rule a file.
//!
//! A rule turns features into composite texts, which are hashed to 64 bits. Two records become candidates when they share
//! a key under which at most `block_records_max` records stand, or a quarter of these where the key is of traits that strangers share by
//! chance; a larger block is generic and makes no candidates.
//!
//! To add a rule: write the file, list it in [`ALL`], add `fixtures/block/<name>.toml`.

use super::features::Features;
use super::hash::stable_hash_of;
use super::id::BlockKey;

mod address;
mod bank_card;
mod birth_date;
mod birth_name;
mod birth_place;
mod company_name;
mod document;
mod document_parts;
mod email;
mod email_pieces;
mod full_name;
mod name_address;
mod name_pieces;
mod name_sound;
mod org_name;
mod phone;
mod phone_parts;
mod phone_tail;
mod postal_code;
mod social_id;
mod text_name;

/// Keys of one rule for one record; further ones are dropped in the order of the record's values.
pub const KEYS_PER_RULE_MAX: usize = 32;

/// Kinds of values that a record has as wholes under keys of their own: what too many records share there is generic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Identity documents.
    Document,
    /// Telephone numbers.
    Phone,
    /// E-mail addresses.
    Email,
    /// Social accounts.
    SocialId,
    /// Bank cards.
    BankCard,
    /// Postal addresses.
    Address,
}

/// A key under which a value stands as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeKey {
    /// The kind of the value.
    pub kind: ValueKind,
    /// Which of the record's values of that kind it is.
    pub place: usize,
    /// The key.
    pub key: BlockKey,
}

/// What the keys of a rule are made of. It is the last bit of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Something that is given to one customer or household: a number, an account, a door.
    Identifier,
    /// What strangers share by chance – names, birth dates, places: the more records there are, the more of them. Beyond a few dozen
    /// records hardly a pair under such a key is of one customer, and those that are meet under other keys.
    Trait,
}

/// The part of the limit on blocks that holds for keys of traits.
const TRAIT_SHARE: usize = 4;

impl KeyKind {
    /// The key of these texts under a rule.
    pub fn key(self, rule: &str, parts: &[&str]) -> BlockKey {
        let hash = stable_hash_of(std::iter::once(rule).chain(parts.iter().copied()));
        BlockKey(hash & !1 | u64::from(self == Self::Trait))
    }

    /// The kind of a key.
    pub fn of(key: BlockKey) -> Self {
        if key.0 & 1 == 1 { Self::Trait } else { Self::Identifier }
    }

    /// Records that may stand under a key of this kind, where a model allows `block_records_max`.
    pub fn records_max(self, block_records_max: usize) -> usize {
        match self {
            Self::Identifier => block_records_max,
            Self::Trait => block_records_max.div_ceil(TRAIT_SHARE),
        }
    }
}

/// One way in which two records of a customer are likely to agree.
pub trait BlockingRule: Sync {
    /// The stable code; it is part of the hash.
    fn code(&self) -> &'static str;
    /// What its keys are made of.
    fn kind(&self) -> KeyKind {
        KeyKind::Trait
    }
    /// Adds the rule's keys as lists of texts.
    fn keys(&self, features: &Features, out: &mut KeySink<'_>);
}

/// Every blocking rule.
pub const ALL: &[&dyn BlockingRule] = &[
    &document::DocumentRule,
    &document_parts::DocumentPartsRule,
    &phone::PhoneRule,
    &phone_parts::PhonePartsRule,
    &email::EmailRule,
    &social_id::SocialIdRule,
    &bank_card::BankCardRule,
    &full_name::FullNameRule,
    &birth_name::BirthNameRule,
    &birth_place::BirthPlaceRule,
    &phone_tail::PhoneTailRule,
    &address::AddressRule,
    &name_address::NameAddressRule,
    &company_name::CompanyNameRule,
    &org_name::OrgNameRule,
    &text_name::TextNameRule,
    &birth_date::BirthDateRule,
    &name_sound::NameSoundRule,
    &name_pieces::NamePiecesRule,
    &email_pieces::EmailPiecesRule,
    &postal_code::PostalCodeRule,
];

/// Collects the keys of one rule.
pub struct KeySink<'a> {
    rule: &'static str,
    kind: KeyKind,
    count: usize,
    keys: &'a mut Vec<BlockKey>,
    /// Where keys of whole values go besides, when somebody asks for them.
    wholes: Option<&'a mut Vec<WholeKey>>,
    /// Where the texts of the keys go, when somebody asks for them.
    texts: Option<&'a mut Vec<Vec<String>>>,
}

impl KeySink<'_> {
    /// Adds one key made of `parts`; nothing when any part is empty.
    pub fn add(&mut self, parts: &[&str]) {
        if self.count >= KEYS_PER_RULE_MAX || parts.iter().any(|part| part.is_empty()) {
            return;
        }
        self.count += 1;
        self.keys.push(self.kind.key(self.rule, parts));
        if let Some(kept) = &mut self.texts {
            kept.push(parts.iter().map(|part| (*part).to_owned()).collect());
        }
    }

    /// Adds a key under which a value stands as a whole: the one at `place` among the record's values of its kind. The rule is one of identifiers.
    pub fn add_whole(&mut self, kind: ValueKind, place: usize, parts: &[&str]) {
        let before = self.count;
        self.add(parts);
        if let (Some(wholes), Some(key)) = (&mut self.wholes, self.keys.last().filter(|_| self.count > before)) {
            wholes.push(WholeKey { kind, place, key: *key });
        }
    }
}

/// All keys of a record, ascending and without repetition.
pub fn keys(features: &Features) -> Vec<BlockKey> {
    let mut keys = Vec::new();
    for rule in ALL {
        rule.keys(
            features,
            &mut KeySink { rule: rule.code(), kind: rule.kind(), count: 0, keys: &mut keys, wholes: None, texts: None },
        );
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The same, with those among them under which a value stands as a whole, in the order of the rules and values.
pub fn keys_and_wholes(features: &Features) -> (Vec<BlockKey>, Vec<WholeKey>) {
    let (mut keys, mut wholes) = (Vec::new(), Vec::new());
    for rule in ALL {
        let (keys, wholes) = (&mut keys, Some(&mut wholes));
        rule.keys(features, &mut KeySink { rule: rule.code(), kind: rule.kind(), count: 0, keys, wholes, texts: None });
    }
    keys.sort_unstable();
    keys.dedup();
    (keys, wholes)
}

/// The keys of a record, each with its rule's position in [`ALL`]; of each rule ascending and without repetition.
pub fn keys_by_rule(features: &Features) -> Vec<(usize, BlockKey)> {
    let mut all = Vec::new();
    let mut keys = Vec::new();
    for (position, rule) in ALL.iter().enumerate() {
        rule.keys(
            features,
            &mut KeySink { rule: rule.code(), kind: rule.kind(), count: 0, keys: &mut keys, wholes: None, texts: None },
        );
        keys.sort_unstable();
        keys.dedup();
        all.extend(keys.drain(..).map(|key| (position, key)));
    }
    all
}

/// The rule and the texts behind one of a record's keys.
pub fn describe(features: &Features, wanted: BlockKey) -> Option<(&'static str, Vec<String>)> {
    ALL.iter().find_map(|rule| {
        let (mut keys, mut texts) = (Vec::new(), Vec::new());
        rule.keys(
            features,
            &mut KeySink {
                rule: rule.code(),
                kind: rule.kind(),
                count: 0,
                keys: &mut keys,
                wholes: None,
                texts: Some(&mut texts),
            },
        );
        let position = keys.iter().position(|key| *key == wanted)?;
        texts.into_iter().nth(position).map(|parts| (rule.code(), parts))
    })
}

/// The keys that two records share, each with its rule's code, in the order of the rules.
pub fn shared_keys(a: &Features, b: &Features) -> Vec<(&'static str, BlockKey)> {
    let others = keys_by_rule(b);
    let shared = keys_by_rule(a).into_iter().filter(|key| others.contains(key));
    shared.filter_map(|(position, key)| ALL.get(position).map(|rule| (rule.code(), key))).collect()
}

/// Codes of the rules under which two records share a key.
pub fn shared_rules(a: &Features, b: &Features) -> Vec<&'static str> {
    let mut rules: Vec<&'static str> = shared_keys(a, b).into_iter().map(|(rule, _)| rule).collect();
    rules.dedup();
    rules
}
