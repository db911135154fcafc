//! Every key layout, in one table. Numbers are big-endian, so that byte order is numeric order.
//!
//! | space | key | value |
//! | --- | --- | --- |
//! | Meta | name | `StoredMeta` |
//! | Records | record handle (8) | `StoredRecord`: the record as delivered |
//! | Blocks | block key (8), record handle (8) | empty |
//! | Edges | record handle (8), other record handle (8); both directions | `StoredEdge` |
//! | RecordProfiles | record handle (8) | profile id (8) |
//! | Members | profile id (8), record handle (8) | empty |
//! | Profiles | profile id (8) | `StoredProfile` |
//! | Redirects | absorbed profile id (8) | profile id (8) |
//! | Absorbed | profile id (8), absorbed profile id (8) | `StoredAbsorbed`: the records that it had |
//! | Judgements | record handle (8), other record handle (8); both directions | `StoredJudgement` |
//! | Tasks | task id (8) | `StoredTask` |
//! | RecordTasks | record handle (8), task id (8) | empty |
//! | Requests | request id | `StoredAnswer` |
//! | Events | sequence number (8) | `StoredEvent` |
//!
//! Records, Judgements and Events are ground state; Tasks hold the claims and verdicts of stewards; all else is derived.

use crate::domain::id::{BlockKey, ProfileId, RecordHandle, ReviewTaskId};

/// A part of the store with a key layout of its own (a column family in RocksDB). Append only: names are on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Space {
    /// Format version, model, sequence number.
    Meta,
    /// Records as delivered.
    Records,
    /// The blocking index.
    Blocks,
    /// Scored pairs.
    Edges,
    /// Record → profile.
    RecordProfiles,
    /// Profile → records.
    Members,
    /// Profiles.
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
}

impl Space {
    /// Every space.
    pub const ALL: &'static [Self] = &[
        Self::Meta,
        Self::Records,
        Self::Blocks,
        Self::Edges,
        Self::RecordProfiles,
        Self::Members,
        Self::Profiles,
        Self::Redirects,
        Self::Absorbed,
        Self::Judgements,
        Self::Tasks,
        Self::RecordTasks,
        Self::Requests,
        Self::Events,
    ];

    /// The name on disk.
    pub fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Records => "records",
            Self::Blocks => "blocks",
            Self::Edges => "edges",
            Self::RecordProfiles => "record_profiles",
            Self::Members => "members",
            Self::Profiles => "profiles",
            Self::Redirects => "redirects",
            Self::Absorbed => "absorbed",
            Self::Judgements => "judgements",
            Self::Tasks => "tasks",
            Self::RecordTasks => "record_tasks",
            Self::Requests => "requests",
            Self::Events => "events",
        }
    }
}

/// Key of [`Space::Records`] and [`Space::RecordProfiles`]; prefix of a record's edges, judgements and tasks.
pub fn record(handle: RecordHandle) -> Vec<u8> {
    handle.0.to_be_bytes().to_vec()
}

/// Prefix of a block.
pub fn block(key: BlockKey) -> Vec<u8> {
    key.0.to_be_bytes().to_vec()
}

/// Key of [`Space::Blocks`].
pub fn block_record(key: BlockKey, handle: RecordHandle) -> Vec<u8> {
    two(key.0, handle.0)
}

/// Key of [`Space::Edges`] and [`Space::Judgements`].
pub fn record_record(from: RecordHandle, to: RecordHandle) -> Vec<u8> {
    two(from.0, to.0)
}

/// Key of [`Space::Profiles`] and [`Space::Redirects`]; prefix of a profile's members.
pub fn profile(id: ProfileId) -> Vec<u8> {
    id.0.to_be_bytes().to_vec()
}

/// Key of [`Space::Members`].
pub fn profile_record(id: ProfileId, handle: RecordHandle) -> Vec<u8> {
    two(id.0, handle.0)
}

/// Key of [`Space::Absorbed`].
pub fn profile_profile(id: ProfileId, absorbed: ProfileId) -> Vec<u8> {
    two(id.0, absorbed.0)
}

/// Key of [`Space::Tasks`].
pub fn task(id: ReviewTaskId) -> Vec<u8> {
    id.0.to_be_bytes().to_vec()
}

/// Key of [`Space::RecordTasks`].
pub fn record_task(handle: RecordHandle, id: ReviewTaskId) -> Vec<u8> {
    two(handle.0, id.0)
}

/// Key of [`Space::Events`].
pub fn event(sequence: u64) -> Vec<u8> {
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
