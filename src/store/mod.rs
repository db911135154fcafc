//! The store behind a narrow trait: ordered spaces of keys and values, consistent snapshots, atomic synced batches.
//!
//! `keys` lists every key layout, `codec` wraps every value, `stored` holds the types on disk. `memory` is the twin for tests
//! and for the contract; `rocks` is the only file that knows RocksDB.

pub mod adjacency;
pub mod codec;
pub mod keys;
pub mod memory;
pub mod posting;
#[cfg(feature = "rocks")]
pub mod rocks;
pub mod stored;
pub mod workspace;

pub use keys::Space;

use crate::error::Result;

/// A key and its value.
pub type KeyValue = (Vec<u8>, Vec<u8>);

/// When a commit is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Before `commit` returns.
    Synced,
    /// At the next `sync`, or the next synced commit; the order of commits is kept.
    Deferred,
}

/// Writes that happen together or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Spaces that are emptied before anything is written.
    pub cleared: Vec<Space>,
    /// Puts (`Some`) and deletes (`None`); the last one for a key counts.
    pub writes: Vec<(Space, Vec<u8>, Option<Vec<u8>>)>,
}

/// A consistent view that later commits do not change.
pub trait Snapshot {
    /// The value under a key.
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>>;
    /// The values under several keys, in their order.
    fn get_many(&self, space: Space, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>>;
    /// At most `limit` entries whose keys start with `prefix` and are greater than `after`, ascending.
    fn scan(&self, space: Space, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>>;
    /// The largest key of a space.
    fn last_key(&self, space: Space) -> Result<Option<Vec<u8>>>;
}

/// Rows of one space on their way into a store that is being loaded.
pub trait SortedRows {
    /// Adds a row; its key is greater than those before.
    fn put(&mut self, key: &[u8], value: &[u8]) -> Result<()>;
    /// The last row was there.
    fn end(self: Box<Self>) -> Result<()>;
}

/// An empty store that takes in many rows at once, faster than by commits and not atomically: until the last batch is committed its rows
/// are no store.
pub trait Loading: Sync {
    /// Begins rows of a space. Several threads may give rows of one space, each those between keys of its own.
    fn rows(&self, space: Space) -> Result<Box<dyn SortedRows + '_>>;
    /// Puts all rows that were given on disk, and after them the batch that makes a store of them.
    fn finish(&self, last: &Batch) -> Result<()>;
}

/// An embedded, ordered, durable key-value store.
pub trait Store: Send + Sync {
    /// A view of everything committed so far.
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>>;
    /// Applies a batch atomically. After an error nothing of it is visible.
    fn commit(&self, batch: &Batch, durability: Durability) -> Result<()>;
    /// Puts every commit so far on disk.
    fn sync(&self) -> Result<()>;
}
