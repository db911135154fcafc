//! Blocks and edges around a record: who shares a key with whom, and what the pairs weigh.
//!
//! A block over the limit makes no candidates. When a record takes a block across the limit, up or down, the pairs that
//! this block alone supported go or come at once, so that the edges never depend on who arrived first.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Engine;
use super::cache::LoadedRecord;
use crate::domain::block;
use crate::domain::cluster::Edge;
use crate::domain::compare::ComparisonVector;
use crate::domain::features::Features;
use crate::domain::id::{BlockKey, MatchWeight, RecordHandle, RecordPair};
use crate::domain::score;
use crate::error::{Error, Result};
use crate::store::stored::{StoredAgreement, StoredEdge};
use crate::store::workspace::Workspace;
use crate::store::{Space, keys};

/// Records whose edges changed.
pub(super) type Touched = BTreeSet<RecordHandle>;

impl Engine {
    /// Loads a record.
    pub(super) fn load(&self, workspace: &Workspace<'_>, handle: RecordHandle) -> Result<Option<Arc<LoadedRecord>>> {
        let bytes = workspace.get_bytes(Space::Records, &keys::record(handle))?;
        bytes.map(|bytes| self.cache.load(handle, &bytes, &self.model.frequencies)).transpose()
    }

    /// Loads a record that an index mentions.
    pub(super) fn load_indexed(&self, workspace: &Workspace<'_>, handle: RecordHandle) -> Result<Arc<LoadedRecord>> {
        let loaded = self.load(workspace, handle)?;
        loaded.ok_or_else(|| Error::store(format!("an index mentions the record {:016x}, which is gone", handle.0)))
    }

    /// Moves a record from its old features to its new ones in blocks and edges. The record itself must be stored
    /// already (or deleted already, when `new` is `None`).
    pub(super) fn reindex(
        &self,
        workspace: &Workspace<'_>,
        handle: RecordHandle,
        old: Option<&Features>,
        new: Option<&Features>,
    ) -> Result<Touched> {
        let old_keys = old.map(block::keys).unwrap_or_default();
        let new_keys = new.map(block::keys).unwrap_or_default();
        let mut touched = Touched::from([handle]);
        touched.extend(self.drop_edges(workspace, handle)?);

        let limit = self.model.limits.block_records_max;
        let (mut widened, mut narrowed) = (Vec::new(), Vec::new());
        for &key in old_keys.iter().filter(|key| new_keys.binary_search(key).is_err()) {
            workspace.delete(Space::Blocks, keys::block_record(key, handle));
            if self.block(workspace, key)?.len() == limit {
                narrowed.push(key);
            }
        }
        for &key in new_keys.iter().filter(|key| old_keys.binary_search(key).is_err()) {
            if self.block(workspace, key)?.len() == limit {
                widened.push(key);
            }
            workspace.put_bytes(Space::Blocks, keys::block_record(key, handle), Vec::new());
        }
        if let Some(features) = new {
            let candidates = self.candidates(workspace, &new_keys, handle)?;
            for candidate in candidates {
                let other = self.load_indexed(workspace, candidate)?;
                if self.put_edge_if_heavy(workspace, features, &other.features) {
                    touched.insert(candidate);
                }
            }
        }
        for key in widened {
            touched.extend(self.close_block(workspace, key, handle)?);
        }
        for key in narrowed {
            touched.extend(self.open_block(workspace, key)?);
        }
        Ok(touched)
    }

    /// The records under a key; one more than the limit stands for "too many".
    pub(super) fn block(&self, workspace: &Workspace<'_>, key: BlockKey) -> Result<Vec<RecordHandle>> {
        let limit = self.model.limits.block_records_max;
        let entries = workspace.scan(Space::Blocks, &keys::block(key), None, limit + 1)?;
        Ok(entries.iter().filter_map(|(key, _)| keys::second(key)).map(RecordHandle).collect())
    }

    /// The records that share a key which is not generic with these keys, ascending.
    pub(super) fn candidates(
        &self,
        workspace: &Workspace<'_>,
        block_keys: &[BlockKey],
        except: RecordHandle,
    ) -> Result<BTreeSet<RecordHandle>> {
        let mut candidates = BTreeSet::new();
        for &key in block_keys {
            let block = self.block(workspace, key)?;
            if block.len() <= self.model.limits.block_records_max {
                candidates.extend(block);
            }
        }
        candidates.remove(&except);
        Ok(candidates)
    }

    /// A block has just become generic through `newcomer`: pairs that shared no other key lose their edge.
    fn close_block(&self, workspace: &Workspace<'_>, key: BlockKey, newcomer: RecordHandle) -> Result<Touched> {
        let mut touched = Touched::new();
        let mut members = self.block(workspace, key)?;
        members.retain(|member| *member != newcomer);
        let mut keyed = Vec::with_capacity(members.len());
        for &member in &members {
            keyed.push((member, block::keys(&self.load_indexed(workspace, member)?.features)));
        }
        for (i, (a, a_keys)) in keyed.iter().enumerate() {
            for (b, b_keys) in &keyed[i + 1..] {
                let linked = workspace.get_bytes(Space::Edges, &keys::record_record(*a, *b))?.is_some();
                if linked && !self.share_specific_key(workspace, a_keys, b_keys)? {
                    delete_edge(workspace, *a, *b);
                    touched.extend([*a, *b]);
                }
            }
        }
        Ok(touched)
    }

    fn share_specific_key(&self, workspace: &Workspace<'_>, a: &[BlockKey], b: &[BlockKey]) -> Result<bool> {
        for &key in a.iter().filter(|key| b.binary_search(key).is_ok()) {
            if self.block(workspace, key)?.len() <= self.model.limits.block_records_max {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A block has just ceased to be generic: its pairs are candidates now.
    fn open_block(&self, workspace: &Workspace<'_>, key: BlockKey) -> Result<Touched> {
        let mut touched = Touched::new();
        let mut members = Vec::new();
        for handle in self.block(workspace, key)? {
            members.push(self.load_indexed(workspace, handle)?);
        }
        for (i, a) in members.iter().enumerate() {
            for b in &members[i + 1..] {
                let (x, y) = (a.features.handle, b.features.handle);
                let known = workspace.get_bytes(Space::Edges, &keys::record_record(x, y))?.is_some();
                if !known && self.put_edge_if_heavy(workspace, &a.features, &b.features) {
                    touched.extend([x, y]);
                }
            }
        }
        Ok(touched)
    }

    fn put_edge_if_heavy(&self, workspace: &Workspace<'_>, a: &Features, b: &Features) -> bool {
        let Some(scored) = score::reaches(&self.model, a, b, self.model.thresholds.review) else { return false };
        let edge = StoredEdge {
            weight: scored.weight.0,
            cannot_link: scored.cannot_link,
            vector: stored_vector(&scored.vector),
        };
        for (from, to) in [(a.handle, b.handle), (b.handle, a.handle)] {
            workspace.put(Space::Edges, keys::record_record(from, to), &edge);
        }
        true
    }

    /// The edges of a record.
    pub(super) fn edges_of(&self, workspace: &Workspace<'_>, handle: RecordHandle) -> Result<Vec<Edge>> {
        let entries = workspace.scan(Space::Edges, &keys::record(handle), None, usize::MAX)?;
        let mut edges = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let other = keys::second(&key).map(RecordHandle);
            let stored: StoredEdge = crate::store::codec::decode(&value)?;
            if let Some(pair) = other.and_then(|other| RecordPair::new(handle, other)) {
                edges.push(Edge { pair, weight: MatchWeight(stored.weight), cannot_link: stored.cannot_link });
            }
        }
        Ok(edges)
    }

    /// Removes all edges of a record and returns the records at their other ends.
    fn drop_edges(&self, workspace: &Workspace<'_>, handle: RecordHandle) -> Result<Touched> {
        let others: Touched =
            self.edges_of(workspace, handle)?.iter().map(|edge| other_end(edge.pair, handle)).collect();
        for &other in &others {
            delete_edge(workspace, handle, other);
        }
        Ok(others)
    }
}

/// The record of a pair that is not this one.
pub(super) fn other_end(pair: RecordPair, handle: RecordHandle) -> RecordHandle {
    if pair.low() == handle { pair.high() } else { pair.low() }
}

fn delete_edge(workspace: &Workspace<'_>, a: RecordHandle, b: RecordHandle) {
    workspace.delete(Space::Edges, keys::record_record(a, b));
    workspace.delete(Space::Edges, keys::record_record(b, a));
}

fn stored_vector(vector: &ComparisonVector) -> Vec<StoredAgreement> {
    let entries = vector.entries.iter().map(|(comparator, level, label)| StoredAgreement {
        comparator: u32::from(*comparator),
        level: u32::from(*level),
        label: label.clone(),
    });
    entries.collect()
}
