//! Blocks and edges around a record: who shares a key with whom, and what the pairs weigh.
//!
//! A block over the limit makes no candidates. When a record takes a block across the limit, up or down, the pairs that
//! this block alone supported go or come at once, so that the edges never depend on who arrived first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Engine;
use super::commit::Scope;
use super::generation::Generation;
use super::hot::HotRecord;
use crate::domain::block;
use crate::domain::cluster::Edge;
use crate::domain::compare::ComparisonVector;
use crate::domain::features::Features;
use crate::domain::generic::GenericMask;
use crate::domain::id::{BlockKey, MatchWeight, RecordHandle, RecordPair};
use crate::domain::score::{self, Scored};
use crate::error::{Error, Result};
use crate::store::posting::Posting;
use crate::store::stored::{StoredAgreement, StoredEdge, StoredEdgeWeight};
use crate::store::{Space, keys};

/// Records whose edges changed.
pub(super) type Touched = BTreeSet<RecordHandle>;

impl Engine {
    /// What matching needs of a record.
    pub(super) fn hot(&self, scope: &Scope<'_>, handle: RecordHandle) -> Result<Option<Arc<HotRecord>>> {
        if let Some(fresh) = scope.fresh(handle) {
            return Ok(fresh);
        }
        if let Some(cached) = self.cache.get(handle) {
            return Ok(Some(cached));
        }
        let Some(row) = scope.get_bytes(Space::Features, &keys::record(handle))? else { return Ok(None) };
        let damaged =
            || Error::store(format!("the features of record {:016x} are damaged; run `guiyi rebuild`", handle.0));
        let record = HotRecord::decode(&row, &scope.active, scope.next.as_ref()).ok_or_else(damaged)?;
        let record = Arc::new(record);
        if scope.is_latest() {
            self.cache.put(handle, Some(Arc::clone(&record)));
        }
        Ok(Some(record))
    }

    /// The same of a record that an index mentions.
    pub(super) fn hot_indexed(&self, scope: &Scope<'_>, handle: RecordHandle) -> Result<Arc<HotRecord>> {
        let found = self.hot(scope, handle)?;
        found.ok_or_else(|| Error::store(format!("an index mentions the record {:016x}, which is gone", handle.0)))
    }

    /// Moves a record from its old features to its new ones in blocks and edges. The hot record must be in the scope already.
    pub(super) fn reindex(
        &self,
        scope: &Scope<'_>,
        handle: RecordHandle,
        old: Option<&HotRecord>,
        new: Option<&HotRecord>,
    ) -> Result<Touched> {
        let old_keys = old.map(|old| block::keys(old.whole())).unwrap_or_default();
        let (new_keys, wholes) = new.map(|new| block::keys_and_wholes(new.whole())).unwrap_or_default();
        index_phones(scope, handle, old, new);
        let mut touched = Touched::from([handle]);
        touched.extend(self.drop_edges(scope, handle)?);

        let gone: Vec<BlockKey> = difference(&old_keys, &new_keys);
        let come: Vec<BlockKey> = difference(&new_keys, &old_keys);
        let (mut widened, mut narrowed) = (Vec::new(), Vec::new());
        for (key, posting) in self.postings(scope, &gone)? {
            if let Some(members) = leave_block(scope, key, posting, handle)? {
                narrowed.push(members);
            }
        }
        let (mut candidates, mut generic) = (BTreeSet::new(), BTreeSet::new());
        for (key, posting) in self.postings(scope, &new_keys)? {
            let members = match &posting {
                Posting::Listed(members) => members.clone(),
                Posting::Generic(_) => {
                    generic.insert(key);
                    Vec::new()
                }
            };
            if come.binary_search(&key).is_ok() && join_block(scope, key, posting, handle) {
                generic.insert(key);
                widened.push(members);
            } else {
                candidates.extend(members);
            }
        }
        candidates.remove(&handle);
        if let Some(new) = new {
            let mask = GenericMask::of(&wholes, &|key| generic.contains(&key));
            self.put_mask(scope, new, mask)?;
            let record = self.hot_indexed(scope, handle)?;
            for candidate in candidates {
                let other = self.hot_indexed(scope, candidate)?;
                if put_edges(scope, &record, &other) {
                    touched.insert(candidate);
                }
            }
        }
        for members in &widened {
            touched.extend(self.close_block(scope, members)?);
        }
        for members in &narrowed {
            touched.extend(self.open_block(scope, members)?);
        }
        touched.extend(self.weigh_anew(scope, widened.into_iter().chain(narrowed).flatten().collect())?);
        Ok(touched)
    }

    /// Other values of a record may be generic from now on; true when they are.
    fn put_mask(&self, scope: &Scope<'_>, record: &HotRecord, generic: GenericMask) -> Result<bool> {
        if generic == record.generic {
            return Ok(false);
        }
        let handle = record.features.handle;
        let masked = record.masked(generic, &scope.active, scope.next.as_ref());
        let masked = masked.ok_or_else(|| Error::store("features cannot be read back; please report this"))?;
        scope.put_bytes(Space::Features, keys::record(handle), masked.encode());
        scope.put_hot(handle, Some(Arc::new(masked)));
        Ok(true)
    }

    /// Which values of whole features are generic.
    pub(super) fn generic_mask(&self, scope: &Scope<'_>, whole: &Features) -> Result<GenericMask> {
        let (_, wholes) = block::keys_and_wholes(whole);
        let postings = self.postings(scope, &wholes.iter().map(|whole| whole.key).collect::<Vec<_>>())?;
        let is_generic = |key: BlockKey| {
            postings.iter().any(|(other, posting)| *other == key && matches!(posting, Posting::Generic(_)))
        };
        Ok(GenericMask::of(&wholes, &is_generic))
    }

    /// Blocks of these records have become generic or ceased to be: where that takes evidence from a record or gives it back, all its pairs
    /// weigh something else.
    fn weigh_anew(&self, scope: &Scope<'_>, members: BTreeSet<RecordHandle>) -> Result<Touched> {
        let mut changed = Vec::new();
        for member in members {
            let record = self.hot_indexed(scope, member)?;
            let generic = self.generic_mask(scope, record.whole())?;
            if self.put_mask(scope, &record, generic)? {
                changed.push(member);
            }
        }
        let mut touched = Touched::new();
        for handle in changed {
            touched.insert(handle);
            touched.extend(self.drop_edges(scope, handle)?);
            let record = self.hot_indexed(scope, handle)?;
            for candidate in self.candidates(scope, &record)? {
                if put_edges(scope, &record, &*self.hot_indexed(scope, candidate)?) {
                    touched.insert(candidate);
                }
            }
        }
        Ok(touched)
    }

    /// The records that share a key with an indexed one that is not generic.
    pub(super) fn candidates(&self, scope: &Scope<'_>, record: &HotRecord) -> Result<BTreeSet<RecordHandle>> {
        let mut candidates = BTreeSet::new();
        for (_, posting) in self.postings(scope, &block::keys(record.whole()))? {
            if let Posting::Listed(members) = posting {
                candidates.extend(members);
            }
        }
        candidates.remove(&record.features.handle);
        Ok(candidates)
    }

    /// The rows of blocking keys, with their keys.
    pub(super) fn postings(&self, scope: &Scope<'_>, block_keys: &[BlockKey]) -> Result<Vec<(BlockKey, Posting)>> {
        let rows: Vec<Vec<u8>> = block_keys.iter().map(|key| keys::block(*key)).collect();
        let values = scope.get_many(Space::Blocks, &rows)?;
        let decode = |(key, value): (&BlockKey, Option<Vec<u8>>)| Ok((*key, Posting::decode(value.as_deref())?));
        block_keys.iter().zip(values).map(decode).collect()
    }

    /// Another limit holds for a block from now on: it may become generic, or cease to be.
    pub(super) fn limit_block(&self, scope: &Scope<'_>, key: BlockKey, limit: usize) -> Result<Touched> {
        match Posting::decode(scope.get_bytes(Space::Blocks, &keys::block(key))?.as_deref())? {
            Posting::Listed(members) if members.len() > limit => {
                make_generic(scope, key, &members);
                put_posting(scope, key, &Posting::Generic(members.len() as u64));
                let mut touched = self.close_block(scope, &members)?;
                touched.extend(self.weigh_anew(scope, members.into_iter().collect())?);
                Ok(touched)
            }
            Posting::Generic(count) if count <= limit as u64 => {
                let members = make_specific(scope, key)?;
                let mut touched = self.open_block(scope, &members)?;
                touched.extend(self.weigh_anew(scope, members.into_iter().collect())?);
                Ok(touched)
            }
            Posting::Listed(_) | Posting::Generic(_) => Ok(Touched::new()),
        }
    }

    /// A block has just become generic: of these members, pairs that share no other key lose their edge.
    fn close_block(&self, scope: &Scope<'_>, members: &[RecordHandle]) -> Result<Touched> {
        let mut touched = Touched::new();
        let mut specific = BTreeMap::new();
        let mut pairs = BTreeSet::new();
        for &member in members {
            for generation in scope.generations() {
                let edges = self.edges_of(scope, generation, member)?;
                pairs.extend(edges.into_iter().map(|edge| edge.pair));
            }
        }
        let is_member = |handle: RecordHandle| members.binary_search(&handle).is_ok();
        for pair in pairs.into_iter().filter(|pair| is_member(pair.low()) && is_member(pair.high())) {
            let a = block::keys(self.hot_indexed(scope, pair.low())?.whole());
            let b = block::keys(self.hot_indexed(scope, pair.high())?.whole());
            if !self.share_specific_key(scope, &a, &b, &mut specific)? {
                delete_edges(scope, pair);
                touched.extend([pair.low(), pair.high()]);
            }
        }
        Ok(touched)
    }

    /// Whether two records share a key that is not generic; `specific` remembers what was looked up.
    fn share_specific_key(
        &self,
        scope: &Scope<'_>,
        a: &[BlockKey],
        b: &[BlockKey],
        specific: &mut BTreeMap<BlockKey, bool>,
    ) -> Result<bool> {
        for &key in a.iter().filter(|key| b.binary_search(key).is_ok()) {
            let is_specific = match specific.get(&key) {
                Some(known) => *known,
                None => {
                    let posting = Posting::decode(scope.get_bytes(Space::Blocks, &keys::block(key))?.as_deref())?;
                    let found = matches!(posting, Posting::Listed(_));
                    specific.insert(key, found);
                    found
                }
            };
            if is_specific {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A block has just ceased to be generic: the pairs of its members are candidates now.
    fn open_block(&self, scope: &Scope<'_>, handles: &[RecordHandle]) -> Result<Touched> {
        let mut touched = Touched::new();
        let mut members = Vec::new();
        for &handle in handles {
            members.push(self.hot_indexed(scope, handle)?);
        }
        for (i, a) in members.iter().enumerate() {
            for b in &members[i + 1..] {
                if put_edges(scope, a, b) {
                    touched.extend([a.features.handle, b.features.handle]);
                }
            }
        }
        Ok(touched)
    }

    /// The edges of a record in a generation.
    pub(super) fn edges_of(
        &self,
        scope: &Scope<'_>,
        generation: &Generation,
        handle: RecordHandle,
    ) -> Result<Vec<Edge>> {
        let entries = scope.scan(generation.edges, &keys::record(handle), None, usize::MAX)?;
        let mut edges = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let other = keys::second(&key).map(RecordHandle);
            let stored: StoredEdgeWeight = crate::store::codec::decode(&value)?;
            if let Some(pair) = other.and_then(|other| RecordPair::new(handle, other)) {
                edges.push(Edge { pair, weight: MatchWeight(stored.weight), cannot_link: stored.cannot_link });
            }
        }
        Ok(edges)
    }

    /// Removes all edges of a record and returns the records at their other ends.
    fn drop_edges(&self, scope: &Scope<'_>, handle: RecordHandle) -> Result<Touched> {
        let mut others = Touched::new();
        for generation in scope.generations() {
            for edge in self.edges_of(scope, generation, handle)? {
                others.insert(other_end(edge.pair, handle));
                delete_edges(scope, edge.pair);
            }
        }
        Ok(others)
    }
}

/// Adds a record to a block; true when that makes the block generic.
fn join_block(scope: &Scope<'_>, key: BlockKey, posting: Posting, handle: RecordHandle) -> bool {
    let limit = scope.block_limit(key);
    let (next, crossed) = match posting {
        Posting::Listed(mut members) if members.len() < limit => {
            if let Err(position) = members.binary_search(&handle) {
                members.insert(position, handle);
            }
            (Posting::Listed(members), false)
        }
        Posting::Listed(members) => {
            make_generic(scope, key, &members);
            (Posting::Generic(members.len() as u64 + 1), true)
        }
        Posting::Generic(count) => (Posting::Generic(count + 1), false),
    };
    if matches!(next, Posting::Generic(_)) {
        scope.put_bytes(Space::BlockRecords, keys::block_record(key, handle), Vec::new());
    }
    put_posting(scope, key, &next);
    crossed
}

/// Takes a record out of a block; the members that stay when the block was generic and no longer is.
fn leave_block(
    scope: &Scope<'_>,
    key: BlockKey,
    posting: Posting,
    handle: RecordHandle,
) -> Result<Option<Vec<RecordHandle>>> {
    let count = match posting {
        Posting::Listed(mut members) => {
            members.retain(|member| *member != handle);
            put_posting(scope, key, &Posting::Listed(members));
            return Ok(None);
        }
        Posting::Generic(count) => count.saturating_sub(1),
    };
    scope.delete(Space::BlockRecords, keys::block_record(key, handle));
    if count > scope.block_limit(key) as u64 {
        put_posting(scope, key, &Posting::Generic(count));
        return Ok(None);
    }
    make_specific(scope, key).map(Some)
}

/// Gives the records of a block rows of their own.
fn make_generic(scope: &Scope<'_>, key: BlockKey, members: &[RecordHandle]) {
    for &member in members {
        scope.put_bytes(Space::BlockRecords, keys::block_record(key, member), Vec::new());
    }
}

/// Lists the records of a block in its one row again, and returns them.
fn make_specific(scope: &Scope<'_>, key: BlockKey) -> Result<Vec<RecordHandle>> {
    let rows = scope.scan(Space::BlockRecords, &keys::block(key), None, usize::MAX)?;
    let members: Vec<RecordHandle> = rows.iter().filter_map(|(row, _)| keys::second(row)).map(RecordHandle).collect();
    for (row, _) in rows {
        scope.delete(Space::BlockRecords, row);
    }
    put_posting(scope, key, &Posting::Listed(members.clone()));
    Ok(members)
}

/// Scores two records in every generation and writes the edges that are heavy enough; true when that in force has one.
fn put_edges(scope: &Scope<'_>, a: &HotRecord, b: &HotRecord) -> bool {
    let mut heavy = false;
    for generation in scope.generations() {
        let found = put_edge(scope, generation, a, b);
        heavy |= found && std::ptr::eq(generation, &scope.active);
    }
    heavy
}

/// Scores two records in one generation and writes their edge if it is heavy enough.
pub(super) fn put_edge(scope: &Scope<'_>, generation: &Generation, a: &HotRecord, b: &HotRecord) -> bool {
    let (model, threshold) = (&generation.model, generation.model.thresholds.review);
    let Some(scored) = score::reaches(model, generation.features(a), generation.features(b), threshold) else {
        return false;
    };
    let Some(pair) = RecordPair::new(a.features.handle, b.features.handle) else { return false };
    for (key, edge) in edge_rows(pair, &scored) {
        scope.put(generation.edges, key, &edge);
    }
    true
}

/// The two rows of an edge. Only one has the vector, which is read to explain and never to decide.
pub(super) fn edge_rows(pair: RecordPair, scored: &Scored) -> [(Vec<u8>, StoredEdge); 2] {
    let back = StoredEdge { weight: scored.weight.0, cannot_link: scored.cannot_link, vector: Vec::new() };
    let forth = StoredEdge { vector: stored_vector(&scored.vector), ..back.clone() };
    let key = keys::record_record;
    [(key(pair.low(), pair.high()), forth), (key(pair.high(), pair.low()), back)]
}

/// The digits by which half-typed numbers find a record.
pub(super) fn phone_digits(features: &Features) -> impl Iterator<Item = &str> {
    features.phones.iter().filter_map(|phone| phone.e164.strip_prefix('+'))
}

fn index_phones(scope: &Scope<'_>, handle: RecordHandle, old: Option<&HotRecord>, new: Option<&HotRecord>) {
    for digits in old.into_iter().flat_map(|old| phone_digits(old.whole())) {
        scope.delete(Space::Phones, keys::phone_record(digits, handle));
    }
    for digits in new.into_iter().flat_map(|new| phone_digits(new.whole())) {
        scope.put_bytes(Space::Phones, keys::phone_record(digits, handle), Vec::new());
    }
}

/// The keys of `a` that `b` has not; both ascending.
fn difference(a: &[BlockKey], b: &[BlockKey]) -> Vec<BlockKey> {
    a.iter().copied().filter(|key| b.binary_search(key).is_err()).collect()
}

fn put_posting(scope: &Scope<'_>, key: BlockKey, posting: &Posting) {
    match posting.encode() {
        Some(row) => scope.put_bytes(Space::Blocks, keys::block(key), row),
        None => scope.delete(Space::Blocks, keys::block(key)),
    }
}

/// The record of a pair that is not this one.
pub(super) fn other_end(pair: RecordPair, handle: RecordHandle) -> RecordHandle {
    if pair.low() == handle { pair.high() } else { pair.low() }
}

fn delete_edges(scope: &Scope<'_>, pair: RecordPair) {
    for generation in scope.generations() {
        scope.delete(generation.edges, keys::record_record(pair.low(), pair.high()));
        scope.delete(generation.edges, keys::record_record(pair.high(), pair.low()));
    }
}

fn stored_vector(vector: &ComparisonVector) -> Vec<StoredAgreement> {
    let entries = vector.entries.iter().map(|(comparator, level, label)| StoredAgreement {
        comparator: u32::from(*comparator),
        level: u32::from(*level),
        label: label.clone(),
    });
    entries.collect()
}
