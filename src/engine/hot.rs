//! Hot records: what matching needs of a record, kept apart from the record as delivered, and cached.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use rustc_hash::FxHashMap;

use super::generation::Generation;
use super::outlines::Outlines;
use super::rows;
use crate::domain::block::{self, WholeKey};
use crate::domain::features::outline::Outline;
use crate::domain::features::{Features, codec};
use crate::domain::generic::GenericMask;
use crate::domain::id::{BlockKey, RecordHandle, RecordKey};
use crate::domain::prepare::prepare;
use crate::domain::record::{PreparedRecord, RawRecord};
use crate::store::stored::StoredRecord;

/// Records kept; the oldest go, one by one: to drop all at once would keep everybody waiting for a tenth of a second.
const CACHED_RECORDS_MAX: usize = 20_000;

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
    keys: OnceLock<BlockingKeys>,
}

/// Every blocking key of a record, ascending, and the keys that stand for whole values.
pub(super) type BlockingKeys = (Vec<BlockKey>, Vec<WholeKey>);

impl HotRecord {
    /// Derives it from the prepared record.
    pub(super) fn of(prepared: &PreparedRecord, active: &Generation, next: Option<&Generation>) -> Self {
        let features = |generation: &Generation| Features::of(prepared, &generation.model.frequencies);
        let (features, next) = (features(active), next.map(features));
        Self {
            key: prepared.key.clone(),
            generic: GenericMask::default(),
            features,
            next,
            whole: None,
            keys: OnceLock::new(),
        }
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

    /// Its blocking keys, those of generic values among them.
    pub(super) fn blocking_keys(&self) -> &BlockingKeys {
        self.keys.get_or_init(|| block::keys_and_wholes(self.whole()))
    }

    /// What rules out most pairs with it.
    pub(super) fn outline(&self) -> Outline {
        Outline::of(&self.features.sketch)
    }

    /// The row that keeps it.
    pub(super) fn encode(&self) -> Vec<u8> {
        self.encode_masked(self.generic)
    }

    fn encode_masked(&self, generic: GenericMask) -> Vec<u8> {
        rows::features(&self.key.source.0, &self.key.record_id, generic, &codec::encode(self.whole()))
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
            keys: OnceLock::new(),
        })
    }

    /// The outline of the record in a row.
    pub(super) fn outline_of(row: &[u8], active: &Generation) -> Option<Outline> {
        let (_, rest) = text(row)?;
        let (_, rest) = text(rest)?;
        match mask(rest)? {
            (generic, packed) if generic.is_empty() => Some(Outline::of(&codec::sketch(packed)?)),
            _ => Some(Self::decode(row, active, None)?.outline()),
        }
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

/// Hot records as last committed. The holder of the writer's lock changes it; others may offer what they have read, which is kept where
/// nothing has changed since. A reader on an older snapshot may see a record newer than its snapshot, which for a search is as good.
#[derive(Default)]
pub struct HotCache {
    inner: Mutex<CacheInner>,
}

#[derive(Default)]
struct CacheInner {
    records: FxHashMap<RecordHandle, Arc<HotRecord>>,
    /// Of many more records.
    outlines: Outlines,
    /// The records in the order in which they came; some may be gone.
    arrivals: VecDeque<RecordHandle>,
    /// Records changed after commit `known_from`, with the last commit that did.
    changed: FxHashMap<RecordHandle, u64>,
    known_from: u64,
    /// Counts how often everything was forgotten.
    epoch: u64,
}

/// What a reader knew before it took its snapshot.
#[derive(Clone, Copy, Debug)]
pub struct ReadFrom {
    committed: u64,
    epoch: u64,
}

impl HotCache {
    /// The record, if it is there.
    pub fn get(&self, handle: RecordHandle) -> Option<Arc<HotRecord>> {
        self.lock().records.get(&handle).cloned()
    }

    /// Those of these records that are not there.
    pub fn missing(&self, handles: impl Iterator<Item = RecordHandle>) -> Vec<RecordHandle> {
        let inner = self.lock();
        handles.filter(|handle| !inner.records.contains_key(handle)).collect()
    }

    /// The outlines of records, as far as they are there.
    pub fn outlines(&self, handles: impl Iterator<Item = RecordHandle>) -> FxHashMap<RecordHandle, Outline> {
        let inner = self.lock();
        handles.filter_map(|handle| Some((handle, inner.outlines.get(handle)?))).collect()
    }

    /// Keeps a record that the holder of the writer's lock has read.
    pub fn put(&self, handle: RecordHandle, record: Arc<HotRecord>) {
        let mut evicted = Evicted::new();
        self.lock().keep(handle, record, &mut evicted);
    }

    /// Keeps what a commit wrote (`None`: deleted).
    pub fn commit(&self, sequence: u64, written: FxHashMap<RecordHandle, Option<Arc<HotRecord>>>) {
        let mut evicted = Evicted::new();
        let mut inner = self.lock();
        if inner.changed.len() >= CACHED_RECORDS_MAX {
            inner.changed.clear();
            inner.known_from = sequence;
        }
        for (handle, record) in written {
            inner.changed.insert(handle, sequence);
            match record {
                Some(record) => inner.keep(handle, record, &mut evicted),
                None => {
                    inner.outlines.remove(handle);
                    evicted.extend(inner.records.remove(&handle));
                }
            }
        }
    }

    /// Counts how often everything was forgotten.
    pub fn epoch(&self) -> u64 {
        self.lock().epoch
    }

    /// To be asked for before a snapshot is taken that shows at least commit `committed`.
    pub fn read_from(&self, committed: u64) -> ReadFrom {
        ReadFrom { committed, epoch: self.lock().epoch }
    }

    /// Keeps records, and outlines of others, that were read from a snapshot, those that nobody has changed since.
    pub fn offer(
        &self,
        from: ReadFrom,
        records: Vec<(RecordHandle, Arc<HotRecord>)>,
        outlines: Vec<(RecordHandle, Outline)>,
    ) {
        let mut evicted = Evicted::new();
        let mut inner = self.lock();
        if from.epoch != inner.epoch || from.committed < inner.known_from {
            return;
        }
        for (handle, record) in records {
            if inner.is_unchanged(handle, from) {
                inner.keep(handle, record, &mut evicted);
            }
        }
        for (handle, outline) in outlines {
            if inner.is_unchanged(handle, from) {
                inner.outlines.put(handle, outline);
            }
        }
    }

    /// Forgets everything.
    pub fn clear(&self) {
        let mut inner = self.lock();
        let forgotten = (std::mem::take(&mut inner.records), std::mem::take(&mut inner.outlines));
        inner.arrivals.clear();
        inner.epoch += 1;
        drop(inner);
        drop(forgotten);
    }

    fn lock(&self) -> MutexGuard<'_, CacheInner> {
        self.inner.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Records that have left the cache. They are dropped once the lock is given back, since that takes longer than everything under it: declared
/// before the lock is taken, it goes after.
type Evicted = Vec<Arc<HotRecord>>;

impl CacheInner {
    fn is_unchanged(&self, handle: RecordHandle, from: ReadFrom) -> bool {
        self.changed.get(&handle).is_none_or(|sequence| *sequence <= from.committed)
    }

    fn keep(&mut self, handle: RecordHandle, record: Arc<HotRecord>, evicted: &mut Evicted) {
        self.outlines.put(handle, record.outline());
        if let Some(earlier) = self.records.insert(handle, record) {
            evicted.push(earlier);
            return;
        }
        self.arrivals.push_back(handle);
        while self.records.len() > CACHED_RECORDS_MAX || self.arrivals.len() > 2 * CACHED_RECORDS_MAX {
            let Some(oldest) = self.arrivals.pop_front() else { break };
            evicted.extend(self.records.remove(&oldest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::models;
    use crate::domain::record::{AttributeKind, RawAttribute};
    use crate::engine::generation::Generations;
    use crate::store::Space;

    fn record(name: &str) -> Arc<HotRecord> {
        let model = Arc::new(models::load(models::DEFAULT).unwrap());
        let attributes = vec![RawAttribute::full(AttributeKind::PersonName, name)];
        let raw = RawRecord { key: RecordKey::new("crm", "1"), owner: None, observed_time: None, attributes };
        Arc::new(HotRecord::of(&prepare(&raw), &Generations::of(model, Space::Edges).active, None))
    }

    #[test]
    fn the_oldest_go_when_there_are_more_than_are_kept() {
        let (cache, record) = (HotCache::default(), record("张伟"));
        for handle in 0..CACHED_RECORDS_MAX as u64 + 3 {
            cache.put(RecordHandle(handle), Arc::clone(&record));
        }
        let kept = |handle: u64| cache.get(RecordHandle(handle)).is_some();
        assert_eq!([0, 2, 3, CACHED_RECORDS_MAX as u64 + 2].map(kept), [false, false, true, true]);
        for turn in 0..3 * CACHED_RECORDS_MAX as u64 {
            cache.commit(turn, FxHashMap::from_iter([(RecordHandle(7), None)]));
            cache.put(RecordHandle(7), Arc::clone(&record));
        }
        assert!(cache.lock().arrivals.len() <= 2 * CACHED_RECORDS_MAX, "those that are gone do not pile up");
    }

    #[test]
    fn what_was_read_is_kept_only_where_nothing_has_changed_since() {
        let (cache, handle, old, new) = (HotCache::default(), RecordHandle(7), record("张伟"), record("李娜"));
        let outline = || cache.outlines(std::iter::once(handle)).get(&handle).copied();
        let is = |expected: &Arc<HotRecord>| {
            let found = cache.get(handle).is_some_and(|found| Arc::ptr_eq(&found, expected));
            found && outline() == Some(expected.outline())
        };
        let is_unknown = || cache.get(handle).is_none() && outline().is_none();
        let offer = |from: ReadFrom, record: &Arc<HotRecord>| {
            cache.offer(from, vec![(handle, Arc::clone(record))], vec![(handle, record.outline())]);
        };
        let before = cache.read_from(4);
        cache.commit(5, FxHashMap::from_iter([(handle, Some(Arc::clone(&new)))]));
        offer(before, &old);
        assert!(is(&new), "a commit came in between");
        cache.commit(6, FxHashMap::from_iter([(handle, None)]));
        offer(cache.read_from(5), &new);
        assert!(is_unknown(), "it was deleted in between");
        offer(cache.read_from(6), &old);
        assert!(is(&old));
        let before = cache.read_from(6);
        cache.clear();
        offer(before, &old);
        assert!(is_unknown(), "another model may be in force");
    }
}
