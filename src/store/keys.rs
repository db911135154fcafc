//! Every key layout, in one table. Numbers are big-endian, so that byte order is numeric order.
//!
//! | space | key | value |
//! | --- | --- | --- |
//! | Meta | name | `StoredMeta` |
//! | Records | record handle (8) | `StoredRecord`: the record as delivered |
//! | Features | record handle (8) | its key and, packed (`features::codec`), what blocking and comparison read of it |
//! | Blocks | block key (8) | `posting`: the records under the key, or how many there are of a generic one |
//! | BlockRecords | generic block key (8), record handle (8) | empty |
//! | Phones | digits of a telephone number in E.164, `/`, record handle (8) | empty |
//! | Edges, EdgesNext | record handle (8) | `adjacency`: the record's scored pairs; the two take turns from model to model |
//! | RecordProfiles | record handle (8) | profile id (8) |
//! | Profiles | profile id (8) | `StoredProfile` with its records |
//! | Redirects | absorbed profile id (8) | profile id (8) |
//! | Absorbed | profile id (8), absorbed profile id (8) | `StoredAbsorbed`: the records that it had |
//! | Judgements | record handle (8), other record handle (8); both directions | `StoredJudgement` |
//! | Tasks | task id (8) | `StoredTask` |
//! | RecordTasks | record handle (8), task id (8) | empty |
//! | Requests | request id | `StoredAnswer` |
//! | Events | sequence number (8) | `StoredEvents`: what one command did |
//! | Models | model name | `StoredModel` |
//! | Pins | record handle (8), hash of kind and qualifier (8) | `StoredPin`: the value of the record that a person pinned |
//! | Overrides | block key (8) | `StoredOverride`: what a person said about a generic value |
//! | Feed | sequence number (8) | `StoredFeed`: what became of profiles through it |
//!
//! Records, Judgements, Overrides, Pins and Events are ground state; Tasks hold the claims and verdicts of stewards; Profiles, Redirects and
//! Absorbed also remember who had which id; all else is derived. Index rows (Features, Blocks, Edges) have no envelope: they can be
//! derived anew, and the store checks its own blocks.

use crate::domain::id::{BlockKey, ProfileId, RecordHandle, ReviewTaskId};

/// A part of the store with a key layout of its own (a column family in RocksDB). Append only: names are on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Space {
    /// Format version, model, sequence number.
    Meta,
    /// Records as delivered.
    Records,
    /// What blocking and comparison read of records.
    Features,
    /// The blocking index.
    Blocks,
    /// The records of generic blocks.
    BlockRecords,
    /// Telephone numbers by their digits, for half-typed ones.
    Phones,
    /// Scored pairs.
    Edges,
    /// Scored pairs under the next model, and under the one after that again in `Edges`.
    EdgesNext,
    /// Record → profile.
    RecordProfiles,
    /// Profiles and their records.
    Profiles,
    /// Absorbed profile → profile.
    Redirects,
    /// Profile → absorbed profiles and the records that they had.
    Absorbed,
    /// What people said about pairs.
    Judgements,
    /// Review tasks.
    Tasks,
    /// Record → review tasks.
    RecordTasks,
    /// Answers by request id.
    Requests,
    /// The event log.
    Events,
    /// Changes of profiles, for those who follow them.
    Feed,
    /// Match models that the store has met.
    Models,
    /// What people said about generic values.
    Overrides,
    /// Values that people pinned.
    Pins,
}

impl Space {
    /// Every space.
    pub const ALL: &'static [Self] = &[
        Self::Meta,
        Self::Records,
        Self::Features,
        Self::Blocks,
        Self::BlockRecords,
        Self::Phones,
        Self::Edges,
        Self::EdgesNext,
        Self::RecordProfiles,
        Self::Profiles,
        Self::Redirects,
        Self::Absorbed,
        Self::Judgements,
        Self::Tasks,
        Self::RecordTasks,
        Self::Requests,
        Self::Events,
        Self::Feed,
        Self::Models,
        Self::Overrides,
        Self::Pins,
    ];

    /// The name on disk.
    pub fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Records => "records",
            Self::Features => "features",
            Self::Blocks => "blocks",
            Self::BlockRecords => "block_records",
            Self::Phones => "phones",
            Self::Edges => "edges",
            Self::EdgesNext => "edges_next",
            Self::RecordProfiles => "record_profiles",
            Self::Profiles => "profiles",
            Self::Redirects => "redirects",
            Self::Absorbed => "absorbed",
            Self::Judgements => "judgements",
            Self::Tasks => "tasks",
            Self::RecordTasks => "record_tasks",
            Self::Requests => "requests",
            Self::Events => "events",
            Self::Feed => "feed",
            Self::Models => "models",
            Self::Overrides => "overrides",
            Self::Pins => "pins",
        }
    }
}

/// Key of [`Space::Records`], [`Space::Features`], [`Space::Edges`] and [`Space::RecordProfiles`]; prefix of a record's judgements and tasks.
pub fn record(handle: RecordHandle) -> Vec<u8> {
    handle.0.to_be_bytes().to_vec()
}

/// Key of [`Space::Blocks`]; prefix of the records of a generic block.
pub fn block(key: BlockKey) -> Vec<u8> {
    key.0.to_be_bytes().to_vec()
}

/// Key of [`Space::BlockRecords`].
pub fn block_record(key: BlockKey, handle: RecordHandle) -> Vec<u8> {
    two(key.0, handle.0)
}

/// Key of [`Space::Phones`].
pub fn phone_record(digits: &str, handle: RecordHandle) -> Vec<u8> {
    [digits.as_bytes(), b"/", &handle.0.to_be_bytes()[..]].concat()
}

/// The record of a key of [`Space::Phones`].
pub fn phone_owner(key: &[u8]) -> Option<RecordHandle> {
    let start = key.len().checked_sub(8)?;
    first(key.get(start..)?).map(RecordHandle)
}

/// Key of [`Space::Judgements`].
pub fn record_record(from: RecordHandle, to: RecordHandle) -> Vec<u8> {
    two(from.0, to.0)
}

/// Key of [`Space::Profiles`] and [`Space::Redirects`]; prefix of the ids that a profile absorbed.
pub fn profile(id: ProfileId) -> Vec<u8> {
    id.0.to_be_bytes().to_vec()
}

/// Key of [`Space::Absorbed`].
pub fn profile_profile(id: ProfileId, absorbed: ProfileId) -> Vec<u8> {
    two(id.0, absorbed.0)
}

/// Key of [`Space::Pins`].
pub fn pin(handle: RecordHandle, slot: u64) -> Vec<u8> {
    two(handle.0, slot)
}

/// Key of [`Space::Tasks`].
pub fn task(id: ReviewTaskId) -> Vec<u8> {
    id.0.to_be_bytes().to_vec()
}

/// Key of [`Space::RecordTasks`].
pub fn record_task(handle: RecordHandle, id: ReviewTaskId) -> Vec<u8> {
    two(handle.0, id.0)
}

/// Key of [`Space::Events`] and [`Space::Feed`].
pub fn sequence(sequence: u64) -> Vec<u8> {
    sequence.to_be_bytes().to_vec()
}

/// Reads the first number of a key.
pub fn first(key: &[u8]) -> Option<u64> {
    key.get(..8)?.try_into().ok().map(u64::from_be_bytes)
}

/// Reads the second number of a key.
pub fn second(key: &[u8]) -> Option<u64> {
    key.get(8..16)?.try_into().ok().map(u64::from_be_bytes)
}

fn two(a: u64, b: u64) -> Vec<u8> {
    let mut key = Vec::with_capacity(16);
    key.extend_from_slice(&a.to_be_bytes());
    key.extend_from_slice(&b.to_be_bytes());
    key
}
