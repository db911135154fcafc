//! A workspace: a snapshot with writes on top, read as if they had happened, committed as one batch.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Bound;

use prost::Message;
use rustc_hash::FxHashMap;

use super::{Batch, KeyValue, Snapshot, Space, codec};
use crate::error::Result;

/// A put (`Some`) or delete (`None`) for each key written, space by space.
type Writes = BTreeMap<Space, BTreeMap<Vec<u8>, Option<Vec<u8>>>>;

/// What stands in the snapshot under keys of one number.
type Known = FxHashMap<(Space, u64), Option<Vec<u8>>>;

/// Reads see the snapshot and the workspace's own writes.
pub struct Workspace<'s> {
    snapshot: Box<dyn Snapshot + 's>,
    writes: RefCell<Writes>,
    /// Known without reading.
    known: RefCell<Known>,
    cleared: RefCell<Vec<Space>>,
    write_count: Cell<usize>,
}

impl<'s> Workspace<'s> {
    /// Starts without writes.
    pub fn new(snapshot: Box<dyn Snapshot + 's>) -> Self {
        Self {
            snapshot,
            writes: RefCell::default(),
            known: RefCell::default(),
            cleared: RefCell::default(),
            write_count: Cell::new(0),
        }
    }

    /// What was written under a key here, if anything was.
    fn written(&self, space: Space, key: &[u8]) -> Option<Option<Vec<u8>>> {
        self.writes.borrow().get(&space)?.get(key).cloned()
    }

    /// Takes over what stands in the snapshot under a key of one number, so that nobody has to read it. The caller knows that it does.
    pub fn know(&self, space: Space, key: u64, value: Option<Vec<u8>>) {
        self.known.borrow_mut().insert((space, key), value);
    }

    fn known(&self, space: Space, key: &[u8]) -> Option<Option<Vec<u8>>> {
        let number = u64::from_be_bytes(key.try_into().ok()?);
        self.known.borrow().get(&(space, number)).cloned()
    }

    /// The bytes under a key.
    pub fn get_bytes(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>> {
        match self.written(space, key).or_else(|| self.known(space, key)) {
            Some(value) => Ok(value),
            None => self.snapshot.get(space, key),
        }
    }

    /// The bytes under several keys, in their order.
    pub fn get_many(&self, space: Space, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>> {
        let at_hand = |key: &Vec<u8>| self.written(space, key).or_else(|| self.known(space, key));
        let mut found: Vec<_> = keys.iter().map(at_hand).collect();
        let missing = keys.iter().zip(&found).filter(|(_, value)| value.is_none()).map(|(key, _)| key.clone());
        let missing: Vec<Vec<u8>> = missing.collect();
        if !missing.is_empty() {
            let mut read = self.snapshot.get_many(space, &missing)?.into_iter();
            found.iter_mut().filter(|value| value.is_none()).for_each(|value| *value = read.next());
        }
        Ok(found.into_iter().map(Option::flatten).collect())
    }

    /// The message under a key.
    pub fn get<M: Message + Default>(&self, space: Space, key: &[u8]) -> Result<Option<M>> {
        self.get_bytes(space, key)?.map(|value| codec::decode(&value)).transpose()
    }

    /// At most `limit` entries under a prefix after a key, ascending.
    pub fn scan(&self, space: Space, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>> {
        let writes = self.writes.borrow();
        let start = match after {
            Some(after) if after >= prefix => Bound::Excluded(after),
            _ => Bound::Included(prefix),
        };
        let written: Vec<(&Vec<u8>, &Option<Vec<u8>>)> = match writes.get(&space) {
            Some(written) => {
                let range = written.range::<[u8], _>((start, Bound::Unbounded));
                range.take_while(|(key, _)| key.starts_with(prefix)).collect()
            }
            None => Vec::new(),
        };
        if written.is_empty() {
            return self.snapshot.scan(space, prefix, after, limit);
        }
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

    /// The largest key of a space in the snapshot.
    pub fn last_key(&self, space: Space) -> Result<Option<Vec<u8>>> {
        self.snapshot.last_key(space)
    }

    /// Writes a message.
    pub fn put(&self, space: Space, key: Vec<u8>, message: &impl Message) {
        self.put_bytes(space, key, codec::encode(message));
    }

    /// Writes bytes.
    pub fn put_bytes(&self, space: Space, key: Vec<u8>, value: Vec<u8>) {
        self.write(space, key, Some(value));
    }

    /// Deletes.
    pub fn delete(&self, space: Space, key: Vec<u8>) {
        self.write(space, key, None);
    }

    fn write(&self, space: Space, key: Vec<u8>, value: Option<Vec<u8>>) {
        self.writes.borrow_mut().entry(space).or_default().insert(key, value);
        self.write_count.set(self.write_count.get() + 1);
    }

    /// How often something was written or deleted here, the same key counted again.
    pub fn write_count(&self) -> usize {
        self.write_count.get()
    }

    /// Empties a space when the batch is committed, before anything is written into it; reads still see what was there.
    pub fn clear(&self, space: Space) {
        self.cleared.borrow_mut().push(space);
    }

    /// Everything written, as one batch in key order.
    pub fn into_batch(self) -> Batch {
        let mut batch = Batch { cleared: self.cleared.into_inner(), writes: Vec::new() };
        for (space, written) in self.writes.into_inner() {
            batch.writes.extend(written.into_iter().map(|(key, value)| (space, key, value)));
        }
        batch
    }
}
