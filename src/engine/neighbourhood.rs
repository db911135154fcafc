//! Blocks and edges around a record: who shares a key with whom, and what the pairs weigh.
//!
//! A block over the limit makes no candidates. When a record takes a block across the limit, up or down, the pairs that
//! this block alone supported go or come at once, so that the edges never depend on who arrived first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Engine;
use super::ahead::Standing;
use super::commit::Scope;
use super::generation::Generation;
use super::hot::{BlockingKeys, HotRecord};
use super::outlines;
use super::rows::phone_digits;
use crate::domain::block::{KeyKind, WholeKey};
use crate::domain::generic::GenericMask;
use crate::domain::id::{BlockKey, MatchWeight, RecordHandle, RecordPair};
use crate::domain::score::{self, Scored};
use crate::error::{Error, Result};
use crate::store::posting::Posting;
use crate::store::{Space, keys};

/// Records whose links changed. A lighter edge can make a possible match of a record whose links changed, but not change the component of the
/// record at its other end.
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
        let record = self.unpacked(scope, handle, &row)?;
        if scope.is_latest() {
            self.cache.put(handle, Arc::clone(&record));
        }
        Ok(Some(record))
    }

    /// The same of several records that an index mentions, read together and not kept in the cache.
    pub(super) fn hot_many(
        &self,
        scope: &Scope<'_>,
        handles: impl Iterator<Item = RecordHandle>,
    ) -> Result<Vec<Arc<HotRecord>>> {
        let mut found: Vec<(RecordHandle, Option<Arc<HotRecord>>)> =
            handles.map(|handle| (handle, self.cache.get(handle))).collect();
        let missing = found.iter().filter(|(_, record)| record.is_none()).map(|(handle, _)| keys::record(*handle));
        let rows = scope.get_many(Space::Features, &missing.collect::<Vec<_>>())?;
        for ((handle, record), row) in found.iter_mut().filter(|(_, record)| record.is_none()).zip(rows) {
            let row = row.ok_or_else(|| is_gone(*handle))?;
            *record = Some(self.unpacked(scope, *handle, &row)?);
        }
        Ok(found.into_iter().filter_map(|(_, record)| record).collect())
    }

    /// What a row of features says.
    pub(super) fn unpacked(&self, scope: &Scope<'_>, handle: RecordHandle, row: &[u8]) -> Result<Arc<HotRecord>> {
        let damaged =
            || Error::store(format!("the features of record {:016x} are damaged; run `guiyi rebuild`", handle.0));
        HotRecord::decode(row, &scope.active, scope.next.as_ref()).map(Arc::new).ok_or_else(damaged)
    }

    /// The same of a record that an index mentions.
    pub(super) fn hot_indexed(&self, scope: &Scope<'_>, handle: RecordHandle) -> Result<Arc<HotRecord>> {
        let found = self.hot(scope, handle)?;
        found.ok_or_else(|| is_gone(handle))
    }

    /// Moves a record from its old features to its new ones in blocks and edges. The hot record must be in the scope already.
    pub(super) fn reindex(
        &self,
        scope: &Scope<'_>,
        handle: RecordHandle,
        old: Option<&HotRecord>,
        new: Option<&HotRecord>,
        standing: Option<&Standing<'_>>,
    ) -> Result<Touched> {
        let none = BlockingKeys::default();
        let (old_keys, _) = old.map_or(&none, HotRecord::blocking_keys);
        let (new_keys, wholes) = new.map_or(&none, HotRecord::blocking_keys);
        index_phones(scope, handle, old, new);
        let mut touched = Touched::from([handle]);
        touched.extend(self.drop_edges(scope, handle)?);

        let gone: Vec<BlockKey> = difference(old_keys, new_keys);
        let come: Vec<BlockKey> = difference(new_keys, old_keys);
        let (mut widened, mut narrowed) = (Vec::new(), Vec::new());
        for (key, posting) in self.postings(scope, &gone)? {
            if let Some(members) = leave_block(scope, key, posting, handle)? {
                narrowed.push((key, members));
            }
        }
        let (mut candidates, mut generic) = (BTreeSet::new(), BTreeSet::new());
        for (key, posting) in self.postings(scope, new_keys)? {
            let members = match &posting {
                Posting::Listed(members) => members.clone(),
                Posting::Generic(_) => {
                    generic.insert(key);
                    Vec::new()
                }
            };
            if come.binary_search(&key).is_ok() && join_block(scope, key, posting, handle) {
                generic.insert(key);
                widened.push((key, members));
            } else {
                candidates.extend(members);
            }
        }
        candidates.remove(&handle);
        if let Some(new) = new {
            let mask = GenericMask::of(wholes, &|key| generic.contains(&key));
            self.put_mask(scope, new, mask)?;
            touched.extend(self.link(scope, handle, candidates, standing)?);
        }
        for (_, members) in &widened {
            touched.extend(self.close_block(scope, members)?);
        }
        for (_, members) in &narrowed {
            touched.extend(self.open_block(scope, members)?);
        }
        // Under keys of traits nothing stands as a whole, so nobody's evidence changes.
        let crossed = widened.into_iter().chain(narrowed).filter(|(key, _)| KeyKind::of(*key) == KeyKind::Identifier);
        touched.extend(self.weigh_anew(scope, crossed.flat_map(|(_, members)| members).collect())?);
        Ok(touched)
    }

    /// Gives a record its edges to candidates; those that it is linked to.
    fn link(
        &self,
        scope: &Scope<'_>,
        handle: RecordHandle,
        candidates: BTreeSet<RecordHandle>,
        standing: Option<&Standing<'_>>,
    ) -> Result<Touched> {
        let mut linked = Touched::new();
        let record = self.hot_indexed(scope, handle)?;
        let known = |candidate: RecordHandle| standing.and_then(|standing| standing.weighed(record.generic, candidate));
        let (known, unknown): (Vec<_>, Vec<_>) = candidates
            .into_iter()
            .map(|candidate| (candidate, known(candidate)))
            .partition(|(_, known)| known.is_some());
        let mut put = |candidate: RecordHandle, weight: Option<MatchWeight>| {
            if weight.is_some_and(|weight| weight >= scope.active.model.thresholds.link) {
                linked.insert(candidate);
            }
        };
        for (candidate, weighed) in known {
            if let Some(Some(weighed)) = weighed {
                put(candidate, put_weighed(scope, handle, candidate, weighed)?);
            }
        }
        let outlines = self.cache.outlines(unknown.iter().map(|(candidate, _)| *candidate));
        for (candidate, _) in unknown {
            // What the batch has written itself has another outline than the store.
            let outline = outlines.get(&candidate).filter(|_| scope.fresh(candidate).is_none());
            if outline.is_none_or(|outline| outlines::may_be_edge(scope, &record, outline)) {
                put(candidate, put_edges(scope, &record, &*self.hot_indexed(scope, candidate)?)?);
            }
        }
        Ok(linked)
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

    /// Which values are generic, of those that stand under keys as a whole.
    pub(super) fn generic_mask(&self, scope: &Scope<'_>, wholes: &[WholeKey]) -> Result<GenericMask> {
        let postings = self.postings(scope, &wholes.iter().map(|whole| whole.key).collect::<Vec<_>>())?;
        let is_generic = |key: BlockKey| {
            postings.iter().any(|(other, posting)| *other == key && matches!(posting, Posting::Generic(_)))
        };
        Ok(GenericMask::of(wholes, &is_generic))
    }

    /// Blocks of these records have become generic or ceased to be: where that takes evidence from a record or gives it back, all its pairs
    /// weigh something else.
    fn weigh_anew(&self, scope: &Scope<'_>, members: BTreeSet<RecordHandle>) -> Result<Touched> {
        let mut changed = Vec::new();
        for member in members {
            let record = self.hot_indexed(scope, member)?;
            let generic = self.generic_mask(scope, &record.blocking_keys().1)?;
            if self.put_mask(scope, &record, generic)? {
                changed.push(member);
            }
        }
        let mut touched = Touched::new();
        for handle in changed {
            touched.insert(handle);
            touched.extend(self.drop_edges(scope, handle)?);
            let candidates = self.candidates(scope, &*self.hot_indexed(scope, handle)?)?;
            touched.extend(self.link(scope, handle, candidates, None)?);
        }
        Ok(touched)
    }

    /// The records that share a key with an indexed one that is not generic.
    pub(super) fn candidates(&self, scope: &Scope<'_>, record: &HotRecord) -> Result<BTreeSet<RecordHandle>> {
        let mut candidates = BTreeSet::new();
        for (_, posting) in self.postings(scope, &record.blocking_keys().0)? {
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
                let edges = scope.edges_of(generation, member)?;
                pairs.extend(edges.into_iter().map(|edge| edge.pair));
            }
        }
        let is_member = |handle: RecordHandle| members.binary_search(&handle).is_ok();
        for pair in pairs.into_iter().filter(|pair| is_member(pair.low()) && is_member(pair.high())) {
            let (a, b) = (self.hot_indexed(scope, pair.low())?, self.hot_indexed(scope, pair.high())?);
            let (a, b) = (&a.blocking_keys().0, &b.blocking_keys().0);
            if !self.share_specific_key(scope, a, b, &mut specific)? {
                for generation in scope.generations() {
                    scope.delete_edge(generation, pair.low(), pair.high())?;
                }
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
                if put_edges(scope, a, b)?.is_some() {
                    touched.extend([a.features.handle, b.features.handle]);
                }
            }
        }
        Ok(touched)
    }

    /// Removes all edges of a record and returns the records at the other ends of links, in the generation in force.
    fn drop_edges(&self, scope: &Scope<'_>, handle: RecordHandle) -> Result<Touched> {
        let mut linked = Touched::new();
        let link = scope.active.model.thresholds.link;
        for generation in scope.generations() {
            for edge in scope.edges_of(generation, handle)? {
                let other = other_end(edge.pair, handle);
                if edge.weight >= link && generation.edges == scope.active.edges {
                    linked.insert(other);
                }
                scope.delete_edge(generation, handle, other)?;
            }
        }
        Ok(linked)
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

/// What two records weigh in every generation, where that is enough for an edge.
pub(super) struct Weighed {
    active: Option<Scored>,
    next: Option<Scored>,
}

impl Weighed {
    /// Whether there is an edge in any generation.
    pub(super) fn is_edge(&self) -> bool {
        self.active.is_some() || self.next.is_some()
    }
}

/// Scores two records in every generation.
pub(super) fn weigh(scope: &Scope<'_>, a: &HotRecord, b: &HotRecord) -> Weighed {
    let scored = |generation: &Generation| {
        let (model, threshold) = (&generation.model, generation.model.thresholds.review);
        score::reaches(model, generation.features(a), generation.features(b), threshold)
    };
    Weighed { active: scored(&scope.active), next: scope.next.as_ref().and_then(scored) }
}

/// Writes the edges of a pair; the weight of that in force.
fn put_weighed(
    scope: &Scope<'_>,
    a: RecordHandle,
    b: RecordHandle,
    Weighed { active, next }: &Weighed,
) -> Result<Option<MatchWeight>> {
    for (generation, scored) in [(scope.next.as_ref(), next), (Some(&scope.active), active)] {
        if let (Some(generation), Some(scored)) = (generation, scored) {
            scope.put_edge(generation, a, b, scored)?;
        }
    }
    Ok(active.as_ref().map(|scored| scored.weight))
}

/// Scores two records in every generation and writes the edges that are heavy enough; the weight of that in force.
fn put_edges(scope: &Scope<'_>, a: &HotRecord, b: &HotRecord) -> Result<Option<MatchWeight>> {
    put_weighed(scope, a.features.handle, b.features.handle, &weigh(scope, a, b))
}

/// Scores two records in one generation and writes their edge if it is heavy enough; its weight then.
pub(super) fn put_edge(
    scope: &Scope<'_>,
    generation: &Generation,
    a: &HotRecord,
    b: &HotRecord,
) -> Result<Option<MatchWeight>> {
    let (model, threshold) = (&generation.model, generation.model.thresholds.review);
    let Some(scored) = score::reaches(model, generation.features(a), generation.features(b), threshold) else {
        return Ok(None);
    };
    scope.put_edge(generation, a.features.handle, b.features.handle, &scored)?;
    Ok(Some(scored.weight))
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

fn is_gone(handle: RecordHandle) -> Error {
    Error::store(format!("an index mentions the record {:016x}, which is gone", handle.0))
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
