//! The store in memory: the twin that tests compare RocksDB with.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, RwLock};

use super::{Batch, Durability, KeyValue, Loading, Snapshot, SortedRows, Space, Store};
use crate::error::{Error, Result};

type Map = BTreeMap<(Space, Vec<u8>), Vec<u8>>;

/// Keeps everything in an ordered map; a snapshot is a shared copy.
#[derive(Default)]
pub struct MemoryStore {
    map: RwLock<Arc<Map>>,
}

struct MemorySnapshot(Arc<Map>);

impl Store for MemoryStore {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>> {
        let map = self.map.read().map_err(|_| Error::store("a writer panicked"))?;
        Ok(Box::new(MemorySnapshot(Arc::clone(&map))))
    }

    fn commit(&self, batch: &Batch, _durability: Durability) -> Result<()> {
        let mut map = self.map.write().map_err(|_| Error::store("a writer panicked"))?;
        let map = Arc::make_mut(&mut map);
        map.retain(|(space, _), _| !batch.cleared.contains(space));
        for (space, key, value) in &batch.writes {
            match value {
                Some(value) => map.insert((*space, key.clone()), value.clone()),
                None => map.remove(&(*space, key.clone())),
            };
        }
        Ok(())
    }

    fn sync(&self) -> Result<()> {
        Ok(())
    }
}

/// Rows of a space that is being loaded.
struct MemoryRows<'s> {
    store: &'s MemoryStore,
    space: Space,
    rows: Vec<KeyValue>,
}

impl Loading for MemoryStore {
    fn rows(&self, space: Space) -> Result<Box<dyn SortedRows + '_>> {
        Ok(Box::new(MemoryRows { store: self, space, rows: Vec::new() }))
    }

    fn finish(&self, last: &Batch) -> Result<()> {
        self.commit(last, Durability::Synced)
    }
}

impl SortedRows for MemoryRows<'_> {
    fn put(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        if self.rows.last().is_some_and(|(last, _)| last.as_slice() >= key) {
            return Err(Error::store(format!("rows of {} are not in order", self.space.name())));
        }
        self.rows.push((key.to_vec(), value.to_vec()));
        Ok(())
    }

    fn end(self: Box<Self>) -> Result<()> {
        let writes = self.rows.into_iter().map(|(key, value)| (self.space, key, Some(value)));
        self.store.commit(&Batch { cleared: Vec::new(), writes: writes.collect() }, Durability::Deferred)
    }
}

impl Snapshot for MemorySnapshot {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.0.get(&(space, key.to_vec())).cloned())
    }

    fn get_many(&self, space: Space, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>> {
        keys.iter().map(|key| self.get(space, key)).collect()
    }

    fn last_key(&self, space: Space) -> Result<Option<Vec<u8>>> {
        let upper = Space::ALL.iter().position(|s| *s == space).and_then(|p| Space::ALL.get(p + 1));
        let end = upper.map_or(Bound::Unbounded, |next| Bound::Excluded((*next, Vec::new())));
        let mut entries = self.0.range((Bound::Included((space, Vec::new())), end));
        Ok(entries.next_back().map(|((_, key), _)| key.clone()))
    }

    fn scan(&self, space: Space, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>> {
        let start = match after {
            Some(after) if after >= prefix => Bound::Excluded((space, after.to_vec())),
            _ => Bound::Included((space, prefix.to_vec())),
        };
        let entries = self.0.range((start, Bound::Unbounded));
        let matching = entries.take_while(|((s, key), _)| *s == space && key.starts_with(prefix));
        Ok(matching.take(limit).map(|((_, key), value)| (key.clone(), value.clone())).collect())
    }
}
