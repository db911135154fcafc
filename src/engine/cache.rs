//! Prepared records by content, so that a candidate is prepared once and not once a command.

use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::domain::features::Features;
use crate::domain::id::RecordHandle;
use crate::domain::prepare::prepare;
use crate::domain::record::{PreparedRecord, RawRecord};
use crate::domain::score::term_frequency::TermFrequencies;
use crate::error::Result;
use crate::store::codec;
use crate::store::stored::StoredRecord;

/// Records kept; all are dropped when there are more, which costs little and keeps memory bounded.
const CACHED_RECORDS_MAX: usize = 100_000;

/// A stored record with everything derived from it.
#[derive(Debug)]
pub struct LoadedRecord {
    /// Revision and times.
    pub stored: StoredRecord,
    /// Validated and normalized.
    pub prepared: PreparedRecord,
    /// For blocking and comparison.
    pub features: Features,
}

impl LoadedRecord {
    /// Prepares a record.
    pub fn of(stored: StoredRecord, frequencies: &TermFrequencies) -> Self {
        let prepared = prepare(&stored.raw());
        Self { features: Features::of(&prepared, frequencies), prepared, stored }
    }

    /// The record as delivered.
    pub fn raw(&self) -> RawRecord {
        self.stored.raw()
    }
}

/// The cache. An entry counts only for the content that it was made from.
#[derive(Default)]
pub struct RecordCache {
    entries: Mutex<FxHashMap<(RecordHandle, u32), Arc<LoadedRecord>>>,
}

impl RecordCache {
    /// The record behind stored bytes.
    pub fn load(&self, handle: RecordHandle, bytes: &[u8], frequencies: &TermFrequencies) -> Result<Arc<LoadedRecord>> {
        let key = (handle, codec::checksum(bytes));
        if let Some(found) = self.lock().get(&key) {
            return Ok(Arc::clone(found));
        }
        let loaded = Arc::new(LoadedRecord::of(codec::decode(bytes)?, frequencies));
        let mut entries = self.lock();
        if entries.len() >= CACHED_RECORDS_MAX {
            entries.clear();
        }
        entries.insert(key, Arc::clone(&loaded));
        Ok(loaded)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, FxHashMap<(RecordHandle, u32), Arc<LoadedRecord>>> {
        self.entries.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
