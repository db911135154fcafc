//! Stage 5: the members of a cluster become a golden profile, each value chosen by declared rules, with its lineage.
//!
//! A survivorship rule compares two candidate values; a policy lists rules for each attribute kind, and the first rule that
//! prefers one of them decides. To add a rule: write the file, list it in [`ALL`], add `fixtures/survive/<name>.toml`.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::date::Timestamp;
use super::finding::Validity;
use super::id::{ModelVersion, RecordKey};
use super::record::AttributeKind;

pub mod golden;
mod most_complete;
mod most_frequent;
mod most_recent;
mod most_trusted;
mod valid_first;

pub use golden::{GoldenAttribute, GoldenProfile, survive, survive_pinned};

/// One distinct value of an attribute within a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The normal form.
    pub normal: String,
    /// The raw text of the record that stands for it.
    pub raw: String,
    /// Its label in that record.
    pub label: String,
    /// The best verdict that any record gives it.
    pub validity: Validity,
    /// The record that stands for it: the most recent of the most trusted source.
    pub record: RecordKey,
    /// When a source last confirmed it.
    pub observed_time: Option<Timestamp>,
    /// Trust of the best source that has it.
    pub trust: i32,
    /// Records that have it.
    pub record_count: usize,
}

/// One way of preferring a value over another.
pub trait SurvivorshipRule: Sync {
    /// The stable code, used in policies and lineage.
    fn code(&self) -> &'static str;
    /// `Greater` when `a` should survive rather than `b`; `Equal` leaves it to the next rule.
    fn prefer(&self, a: &Candidate, b: &Candidate) -> Ordering;
}

/// Every survivorship rule.
pub const ALL: &[&dyn SurvivorshipRule] = &[
    &valid_first::ValidFirst,
    &most_trusted::MostTrusted,
    &most_recent::MostRecent,
    &most_frequent::MostFrequent,
    &most_complete::MostComplete,
];

/// Finds a rule by its code.
pub fn by_code(code: &str) -> Option<&'static dyn SurvivorshipRule> {
    ALL.iter().copied().find(|rule| rule.code() == code)
}

/// How the values of one attribute kind survive.
#[derive(Clone)]
pub struct KindPolicy {
    /// Rules, most important first.
    pub rules: Vec<&'static dyn SurvivorshipRule>,
    /// Values kept; the first is the primary one.
    pub values_max: usize,
}

/// A released survivorship rule set.
#[derive(Clone)]
pub struct SurvivorshipPolicy {
    /// Which rule set.
    pub version: ModelVersion,
    /// Applies to kinds without an entry of their own.
    pub default: KindPolicy,
    /// Kinds with rules of their own.
    pub kinds: BTreeMap<AttributeKind, KindPolicy>,
    /// Trust by source name; higher is better, unlisted sources have 0.
    pub trust: BTreeMap<String, i32>,
}

impl SurvivorshipPolicy {
    /// The policy of a kind.
    pub fn of(&self, kind: AttributeKind) -> &KindPolicy {
        self.kinds.get(&kind).unwrap_or(&self.default)
    }

    /// The trust in a source.
    pub fn trust_in(&self, source: &str) -> i32 {
        self.trust.get(source).copied().unwrap_or(0)
    }
}
