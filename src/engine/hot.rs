//! Hot records: what matching needs of a record, kept apart from the record as delivered, and cached.

use std::sync::{Arc, Mutex, MutexGuard};

use rustc_hash::FxHashMap;

use super::generation::Generation;
use crate::domain::features::{Features, codec};
use crate::domain::id::{RecordHandle, RecordKey};
use crate::domain::prepare::prepare;
use crate::domain::record::{PreparedRecord, RawRecord};
use crate::store::stored::StoredRecord;

/// Records kept; all are dropped when there are more, which costs little and keeps memory bounded.
const CACHED_RECORDS_MAX: usize = 50_000;

/// What matching needs of a record.
#[derive(Debug)]
pub struct HotRecord {
    /// Its key.
    pub key: RecordKey,
    /// For blocking and comparison.
    pub features: Features,
    /// The same with the rarities of the model under evaluation.
    pub next: Option<Features>,
}

impl HotRecord {
    /// Derives it from the prepared record.
    pub(super) fn of(prepared: &PreparedRecord, active: &Generation, next: Option<&Generation>) -> Self {
        let features = |generation: &Generation| Features::of(prepared, &generation.model.frequencies);
        Self { key: prepared.key.clone(), features: features(active), next: next.map(features) }
    }

    /// The row that keeps it: the key's two texts, each after its length, then the packed features.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut row = Vec::with_capacity(160);
        for text in [self.key.source.0.as_str(), self.key.record_id.as_str()] {
            // Ids are at most `ID_BYTES_MAX` long.
            row.extend_from_slice(&(text.len() as u16).to_be_bytes());
            row.extend_from_slice(text.as_bytes());
        }
        row.extend_from_slice(&codec::encode(&self.features));
        row
    }

    /// Reads a row; `None` when it is damaged.
    pub(super) fn decode(row: &[u8], active: &Generation, next: Option<&Generation>) -> Option<Self> {
        let (source, row) = text(row)?;
        let (record_id, row) = text(row)?;
        let features = |generation: &Generation| codec::decode(row, &generation.model.frequencies);
        let next = match next {
            Some(next) => Some(features(next)?),
            None => None,
        };
        Some(Self { key: RecordKey::new(source, record_id), features: features(active)?, next })
    }

    /// Derives it from the record as delivered.
    pub(super) fn of_stored(stored: &StoredRecord, active: &Generation, next: Option<&Generation>) -> Self {
        Self::of(&prepare(&stored.raw()), active, next)
    }
}

/// A text after its length, and what follows.
fn text(row: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = row.split_first_chunk::<2>()?;
    let (text, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

/// A stored record with everything derived from it.
#[derive(Debug)]
pub struct LoadedRecord {
    /// Revision and times.
    pub stored: StoredRecord,
    /// Validated and normalized.
    pub prepared: PreparedRecord,
}

impl LoadedRecord {
    /// Prepares a record.
    pub fn of(stored: StoredRecord) -> Self {
        Self { prepared: prepare(&stored.raw()), stored }
    }

    /// The record as delivered.
    pub fn raw(&self) -> RawRecord {
        self.stored.raw()
    }
}

/// Hot records as last committed. Only the holder of the writer's lock changes it; a reader on an older snapshot may see a record
/// newer than its snapshot, which for a search is as good.
#[derive(Default)]
pub struct HotCache {
    entries: Mutex<FxHashMap<RecordHandle, Arc<HotRecord>>>,
}

impl HotCache {
    /// The record, if it is there.
    pub fn get(&self, handle: RecordHandle) -> Option<Arc<HotRecord>> {
        self.lock().get(&handle).cloned()
    }

    /// Keeps a record, or forgets it.
    pub fn put(&self, handle: RecordHandle, record: Option<Arc<HotRecord>>) {
        let mut entries = self.lock();
        match record {
            Some(record) => {
                if entries.len() >= CACHED_RECORDS_MAX {
                    entries.clear();
                }
                entries.insert(handle, record);
            }
            None => {
                entries.remove(&handle);
            }
        }
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<RecordHandle, Arc<HotRecord>>> {
        self.entries.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
