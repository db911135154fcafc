//! Hot records: what matching needs of a record, kept apart from the record as delivered, and cached.

use std::sync::{Arc, Mutex, MutexGuard};

use rustc_hash::FxHashMap;

use super::generation::Generation;
use crate::domain::features::{Features, codec};
use crate::domain::generic::GenericMask;
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
    /// Which of its values are generic.
    pub generic: GenericMask,
    /// For comparison: without generic values.
    pub features: Features,
    /// The same with the rarities of the model under evaluation.
    pub next: Option<Features>,
    /// With generic values, where there are any.
    whole: Option<Box<Features>>,
}

impl HotRecord {
    /// Derives it from the prepared record.
    pub(super) fn of(prepared: &PreparedRecord, active: &Generation, next: Option<&Generation>) -> Self {
        let features = |generation: &Generation| Features::of(prepared, &generation.model.frequencies);
        let (features, next) = (features(active), next.map(features));
        Self { key: prepared.key.clone(), generic: GenericMask::default(), features, next, whole: None }
    }

    /// The same where other values are generic.
    pub(super) fn masked(&self, generic: GenericMask, active: &Generation, next: Option<&Generation>) -> Option<Self> {
        // What generic values are under the other model is only known from the row.
        Self::decode(&self.encode_masked(generic), active, next)
    }

    /// For blocking: all values, as keys of generic ones are counted, too.
    pub(super) fn whole(&self) -> &Features {
        self.whole.as_deref().unwrap_or(&self.features)
    }

    /// The row that keeps it: the key's two texts, each after its length, which values are generic, then the packed features.
    pub(super) fn encode(&self) -> Vec<u8> {
        self.encode_masked(self.generic)
    }

    fn encode_masked(&self, generic: GenericMask) -> Vec<u8> {
        let mut row = Vec::with_capacity(160);
        for text in [self.key.source.0.as_str(), self.key.record_id.as_str()] {
            // Ids are at most `ID_BYTES_MAX` long.
            row.extend_from_slice(&(text.len() as u16).to_be_bytes());
            row.extend_from_slice(text.as_bytes());
        }
        row.push(u8::from(!generic.is_empty()));
        if !generic.is_empty() {
            row.extend_from_slice(&generic.to_bytes());
        }
        row.extend_from_slice(&codec::encode(self.whole()));
        row
    }

    /// Reads a row; `None` when it is damaged.
    pub(super) fn decode(row: &[u8], active: &Generation, next: Option<&Generation>) -> Option<Self> {
        let (source, row) = text(row)?;
        let (record_id, row) = text(row)?;
        let (generic, row) = mask(row)?;
        let stripped = |mut features: Features, generation: &Generation| {
            generic.strip(&mut features, &generation.model.frequencies);
            features
        };
        let features = |generation: &Generation| codec::decode(row, &generation.model.frequencies);
        let next = match next {
            Some(next) => Some(stripped(features(next)?, next)),
            None => None,
        };
        let features = features(active)?;
        let whole = (!generic.is_empty()).then(|| Box::new(features.clone()));
        Some(Self {
            key: RecordKey::new(source, record_id),
            generic,
            features: stripped(features, active),
            next,
            whole,
        })
    }

    /// Derives it from the record as delivered.
    pub(super) fn of_stored(stored: &StoredRecord, active: &Generation, next: Option<&Generation>) -> Self {
        Self::of(&prepare(&stored.raw()), active, next)
    }
}

/// Which values are generic, and what follows.
fn mask(row: &[u8]) -> Option<(GenericMask, &[u8])> {
    match row.split_first()? {
        (0, rest) => Some((GenericMask::default(), rest)),
        (_, rest) => rest.split_first_chunk().map(|(bytes, rest)| (GenericMask::from_bytes(*bytes), rest)),
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
