//! A workspace: a snapshot with writes on top, read as if they had happened, committed as one batch.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Bound;

use prost::Message;

use super::{Batch, KeyValue, Snapshot, Space, codec};
use crate::error::Result;

/// A put (`Some`) or delete (`None`) for each key written.
type Writes = BTreeMap<(Space, Vec<u8>), Option<Vec<u8>>>;

/// Reads see the snapshot and the workspace's own writes.
pub struct Workspace<'s> {
    snapshot: Box<dyn Snapshot + 's>,
    writes: RefCell<Writes>,
}

impl<'s> Workspace<'s> {
    /// Starts without writes.
    pub fn new(snapshot: Box<dyn Snapshot + 's>) -> Self {
        Self { snapshot, writes: RefCell::default() }
    }

    /// The bytes under a key.
    pub fn get_bytes(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>> {
        if let Some(written) = self.writes.borrow().get(&(space, key.to_vec())) {
            return Ok(written.clone());
        }
        self.snapshot.get(space, key)
    }

    /// The message under a key.
    pub fn get<M: Message + Default>(&self, space: Space, key: &[u8]) -> Result<Option<M>> {
        self.get_bytes(space, key)?.map(|value| codec::decode(&value)).transpose()
    }

    /// At most `limit` entries under a prefix after a key, ascending.
    pub fn scan(&self, space: Space, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>> {
        let writes = self.writes.borrow();
        let start = match after {
            Some(after) if after >= prefix => Bound::Excluded((space, after.to_vec())),
            _ => Bound::Included((space, prefix.to_vec())),
        };
        let written: Vec<(&Vec<u8>, &Option<Vec<u8>>)> = writes
            .range((start, Bound::Unbounded))
            .take_while(|((s, key), _)| *s == space && key.starts_with(prefix))
            .map(|((_, key), value)| (key, value))
            .collect();
        // Deleted entries make room for as many more of the snapshot.
        let deleted = written.iter().filter(|(_, value)| value.is_none()).count();
        let stored = self.snapshot.scan(space, prefix, after, limit.saturating_add(deleted))?;
        let mut merged: BTreeMap<Vec<u8>, Vec<u8>> = stored.into_iter().collect();
        for (key, value) in written {
            match value {
                Some(value) => merged.insert(key.clone(), value.clone()),
                None => merged.remove(key),
            };
        }
        Ok(merged.into_iter().take(limit).collect())
    }

    /// Writes a message.
    pub fn put(&self, space: Space, key: Vec<u8>, message: &impl Message) {
        self.put_bytes(space, key, codec::encode(message));
    }

    /// Writes bytes.
    pub fn put_bytes(&self, space: Space, key: Vec<u8>, value: Vec<u8>) {
        self.writes.borrow_mut().insert((space, key), Some(value));
    }

    /// Deletes.
    pub fn delete(&self, space: Space, key: Vec<u8>) {
        self.writes.borrow_mut().insert((space, key), None);
    }

    /// Everything written, as one batch in key order.
    pub fn into_batch(self) -> Batch {
        let writes = self.writes.into_inner().into_iter();
        Batch { writes: writes.map(|((space, key), value)| (space, key, value)).collect() }
    }
}
