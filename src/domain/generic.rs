//! Which keys are generic: those of more records than the limit, unless a person said otherwise.
//!
//! The front desk's number may stand in twenty records only, and yet belong to nobody: a person declares it generic. A school's address
//! may stand in three hundred, and its pupils' mothers are to be found by it: a person declares it specific.

use std::collections::BTreeMap;

use super::block;
use super::hash::stable_hash;
use super::id::BlockKey;

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

/// What people said about keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GenericOverrides(BTreeMap<BlockKey, GenericOverride>);

impl GenericOverrides {
    /// Records that may stand under a key before it is generic, where `learnt` is the model's limit.
    pub fn limit(&self, key: BlockKey, learnt: usize) -> usize {
        match self.0.get(&key) {
            None => learnt,
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

/// The key of a value as the rule reads it; `None` when there is no such rule or a part is empty.
pub fn key_of(rule: &str, parts: &[String]) -> Option<BlockKey> {
    let known = block::ALL.iter().any(|known| known.code() == rule);
    if !known || parts.is_empty() || parts.iter().any(String::is_empty) {
        return None;
    }
    let texts: Vec<&str> = std::iter::once(rule).chain(parts.iter().map(String::as_str)).collect();
    Some(BlockKey(stable_hash(&texts)))
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_value_is_named_as_a_rule_reads_it() {
        let parts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(key_of("phone", &parts(&["1"])), Some(BlockKey(stable_hash(&["phone", "1"]))));
        assert_eq!(key_of("fone", &parts(&["1"])), None);
        assert_eq!(key_of("phone", &parts(&[""])), None);
        assert_eq!(key_of("phone", &[]), None);
    }
}
