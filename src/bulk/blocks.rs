//! Blocks of records as an inverted index: from a record straight to its candidates, each pair met once, none stored.

mod dealt;

use std::path::Path;

pub(crate) use dealt::{Chunk, Dealt, Keyed};
use dealt::{WHOLE, part_of};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::features::drawn::Drawn;
use super::features::{FeatureStore, GenericValues};
use super::keys;
use super::pipeline::Progress;
use crate::domain::block;
use crate::domain::generic::{BlockLimits, GenericMask};
use crate::domain::id::BlockKey;
use crate::error::Result;

/// Marks the last member of a block; positions stay below it.
const LAST: u32 = 1 << 31;

/// Parts that are kept together.
const PARTS_TOGETHER: usize = 64;

/// Who shares a blocking key with whom. Keys of one record and of too many are left out.
#[derive(Debug, Default)]
pub struct Blocks {
    /// Members of all blocks, block by block, ascending in each; the last one marked.
    members: Vec<u32>,
    /// For each record, where it stands among `members`.
    places: Vec<u32>,
    /// For each record, where its places begin; one more than records.
    starts: Vec<u32>,
    /// Blocks over the limit.
    pub generic_blocks: u64,
    /// Which values are generic.
    pub generic: GenericValues,
    /// The records under keys that somebody asked for.
    pub watched: Watched,
    /// Length and checksum of the file of the keys, where they were kept.
    pub kept: Option<(u64, u32)>,
    /// The sketches of packed records, drawn while they were unpacked for their keys.
    pub drawn: Option<Drawn>,
}

/// The records under some keys.
#[derive(Debug, Default)]
pub struct Watched(FxHashMap<BlockKey, Option<Vec<u32>>>);

impl Watched {
    /// The records under a key where there is room for one more.
    pub fn room(&self, key: BlockKey, limits: BlockLimits<'_>) -> Option<&[u32]> {
        match self.0.get(&key) {
            Some(block) => block.as_deref(),
            None => (limits.of(key) > 0).then_some(&[]),
        }
    }
}

impl Blocks {
    /// The blocks of all records of a store; blocks over their limits make no candidates.
    pub fn of(store: &FeatureStore, limits: BlockLimits<'_>, progress: &dyn Progress) -> Self {
        Self::watching(store, limits, &[], progress)
    }

    /// The same, with the records under some keys, which ascend.
    pub fn watching(
        store: &FeatureStore,
        limits: BlockLimits<'_>,
        watched: &[BlockKey],
        progress: &dyn Progress,
    ) -> Self {
        let (dealt, _, drawn) = Dealt::of(store, progress, &|_, _: &mut ()| ());
        let part = |part| Part::within(part, &dealt.part(part), limits, watched);
        let parts = (0..Dealt::PARTS).into_par_iter().map(part).collect();
        drop(dealt);
        Self { drawn, ..Self::joined(store, parts) }
    }

    /// The same; the keys go into a file too.
    pub fn keeping(
        store: &FeatureStore,
        limits: BlockLimits<'_>,
        watched: &[BlockKey],
        progress: &dyn Progress,
        path: &Path,
    ) -> Result<Self> {
        let (dealt, phones, drawn) = Dealt::of(store, progress, &keys::put_phones);
        let counts = (0..Dealt::PARTS).map(|part| dealt.count(part));
        let mut file = keys::create(path, phones.iter().map(|phones| phones.len() as u64).sum(), counts)?;
        for phones in &phones {
            file.plain(phones)?;
        }
        let mut parts = Vec::with_capacity(Dealt::PARTS);
        for first in (0..Dealt::PARTS).step_by(PARTS_TOGETHER) {
            let make = |part| {
                let keyed = dealt.part(part);
                (Part::within(part, &keyed, limits, watched), keys::pack(&keyed))
            };
            let made: Vec<(Part, Vec<u8>)> =
                (first..(first + PARTS_TOGETHER).min(Dealt::PARTS)).into_par_iter().map(make).collect();
            for (part, bytes) in made {
                file.plain(&bytes)?;
                parts.push(part);
            }
        }
        drop(dealt);
        Ok(Self { kept: Some(file.finish()?), drawn, ..Self::joined(store, parts) })
    }

    fn joined(store: &FeatureStore, parts: Vec<Part>) -> Self {
        let mut members = Vec::with_capacity(parts.iter().map(|part| part.members.len()).sum());
        let mut sides = Sides::default();
        for part in parts {
            members.extend_from_slice(&part.members);
            sides.add(part);
        }
        Self::of_members(store, members, sides)
    }

    /// The blocks whose members these are, with what else the parts gave.
    pub(crate) fn of_members(store: &FeatureStore, members: Vec<u32>, sides: Sides) -> Self {
        let generic = generic_values(store, sides.generic_keys, sides.holders);
        let (places, starts) = places(&members, store.len());
        let Sides { generic_blocks, watched, .. } = sides;
        Self { members, places, starts, generic_blocks, generic, watched, kept: None, drawn: None }
    }

    /// The candidates of a record among those after it, ascending, each once.
    pub fn after(&self, position: usize, out: &mut Vec<u32>) {
        out.clear();
        let (Some(from), Some(to)) = (self.starts.get(position), self.starts.get(position + 1)) else { return };
        for place in self.places.get(*from as usize..*to as usize).unwrap_or_default() {
            let mut rest = self.members.iter().skip(*place as usize);
            let mut member = rest.next().copied().unwrap_or(LAST);
            while member & LAST == 0 {
                member = rest.next().copied().unwrap_or(LAST);
                out.push(member & !LAST);
            }
        }
        out.sort_unstable();
        out.dedup();
    }

    /// All candidates of a record, ascending, each once.
    pub fn around(&self, position: usize, out: &mut Vec<u32>) {
        out.clear();
        let (Some(from), Some(to)) = (self.starts.get(position), self.starts.get(position + 1)) else { return };
        for place in self.places.get(*from as usize..*to as usize).unwrap_or_default() {
            let (before, rest) = self.members.split_at_checked(*place as usize).unwrap_or_default();
            // The member before the first one is the last of another block.
            out.extend(before.iter().rev().take_while(|member| **member & LAST == 0));
            let is_last = |member: &u32| *member & LAST != 0;
            let end = rest.iter().position(is_last).map_or(rest.len(), |last| last + 1);
            out.extend(rest.get(1..end).unwrap_or_default().iter().map(|member| member & !LAST));
        }
        out.sort_unstable();
        out.dedup();
    }

    /// All records in an order in which many of the candidates of a record are near it: by their first block. Blocks stand in the order
    /// of hashes, so that two records have the first one in common as likely as they have keys in common at all.
    pub fn neighbourly(&self) -> Vec<u32> {
        let home = |position: usize| {
            let (from, to) = (self.starts.get(position)?, self.starts.get(position + 1)?);
            self.places.get(*from as usize..*to as usize)?.first().copied()
        };
        let mut order: Vec<(u32, u32)> =
            (0..self.len()).map(|position| (home(position).unwrap_or(u32::MAX), position as u32)).collect();
        order.par_sort_unstable();
        order.into_iter().map(|(_, position)| position).collect()
    }

    /// Records.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// No records.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All pairs: two positions, the smaller in the upper half; ascending, each once.
    pub fn pairs(&self) -> Vec<u64> {
        let chunks: Vec<Vec<u64>> = (0..self.len())
            .into_par_iter()
            .with_min_len(1_024)
            .fold(
                || (Vec::new(), Vec::new()),
                |(mut pairs, mut after), position| {
                    self.after(position, &mut after);
                    pairs.extend(after.iter().map(|other| pair(position, *other)));
                    (pairs, after)
                },
            )
            .map(|(pairs, _)| pairs)
            .collect();
        chunks.concat()
    }
}

/// Two positions as one number.
pub fn pair(a: usize, b: u32) -> u64 {
    ((a as u64) << 32) | u64::from(b)
}

/// What parts give besides the members of their blocks.
#[derive(Debug, Default)]
pub(crate) struct Sides {
    generic_blocks: u64,
    generic_keys: Vec<BlockKey>,
    holders: Vec<u32>,
    watched: Watched,
}

impl Sides {
    /// Adds a part.
    pub(crate) fn add(&mut self, part: Part) {
        self.generic_blocks += part.generic;
        self.generic_keys.extend(part.generic_keys);
        self.holders.extend(part.holders);
        self.watched.0.extend(part.watched);
    }
}

/// The blocks of some keys.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// Members, block by block, the last of each marked.
    pub(crate) members: Vec<u32>,
    /// Blocks over the limit.
    generic: u64,
    /// The keys of those among them that are of whole values.
    generic_keys: Vec<BlockKey>,
    /// The records under these, one as often as it has any.
    holders: Vec<u32>,
    /// The records under keys that somebody asked for; nothing where there is no room for one more.
    watched: Vec<(BlockKey, Option<Vec<u32>>)>,
}

impl Part {
    /// The blocks of a part's sorted keys.
    pub(crate) fn within(part: usize, keyed: &Keyed, limits: BlockLimits<'_>, watched: &[BlockKey]) -> Self {
        let first = watched.partition_point(|key| part_of(*key) < part);
        let end = watched.partition_point(|key| part_of(*key) <= part);
        Self::of(keyed, limits, watched.get(first..end).unwrap_or_default())
    }

    /// The blocks of sorted keys.
    fn of(keyed: &[(BlockKey, u32)], limits: BlockLimits<'_>, mut watched: &[BlockKey]) -> Self {
        let mut part = Self::default();
        for block in keyed.chunk_by(|a, b| a.0 == b.0) {
            let Some((key, _)) = block.first() else { continue };
            while let Some((first, rest)) = watched.split_first().filter(|(first, _)| *first <= key) {
                if first == key {
                    let has_room = block.len() < limits.of(*key);
                    let positions = has_room.then(|| block.iter().map(|(_, member)| member & !WHOLE).collect());
                    part.watched.push((*key, positions));
                }
                watched = rest;
            }
            if block.len() > limits.of(*key) {
                part.generic += 1;
                if let Some((key, _)) = block.first().filter(|(_, member)| member & WHOLE != 0) {
                    part.generic_keys.push(*key);
                    part.holders.extend(block.iter().map(|(_, member)| member & !WHOLE));
                }
            } else if block.len() > 1 {
                part.members.extend(block.iter().map(|(_, member)| member & !WHOLE));
                if let Some(last) = part.members.last_mut() {
                    *last |= LAST;
                }
            }
        }
        part
    }
}

/// The position of a record under a key, and whether the key is that of a whole value.
pub(crate) fn member(marked: u32) -> (u32, bool) {
    (marked & !WHOLE, marked & WHOLE != 0)
}

/// Which values are generic of records that have keys of whole values which are generic.
pub(crate) fn generic_values(store: &FeatureStore, keys: Vec<BlockKey>, mut holders: Vec<u32>) -> GenericValues {
    let generic: FxHashSet<BlockKey> = keys.into_iter().collect();
    holders.par_sort_unstable();
    holders.dedup();
    let mask = |position: u32| {
        let (_, wholes) = block::keys_and_wholes(&*store.get(position as usize)?);
        let mask = GenericMask::of(&wholes, &|key| generic.contains(&key));
        (!mask.is_empty()).then_some((position, mask))
    };
    let masks: Vec<(u32, GenericMask)> = holders.into_par_iter().with_min_len(256).filter_map(mask).collect();
    masks.into_iter().collect()
}

/// Where each record stands among the members, and where its places begin.
fn places(members: &[u32], count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; count + 1];
    for member in members {
        starts[(member & !LAST) as usize + 1] += 1;
    }
    for position in 0..count {
        starts[position + 1] += starts[position];
    }
    let mut next = starts.clone();
    let mut places = vec![0u32; members.len()];
    for (place, member) in members.iter().enumerate() {
        let slot = &mut next[(member & !LAST) as usize];
        places[*slot as usize] = place as u32;
        *slot += 1;
    }
    (places, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(keyed: &[(u64, u32)], count: usize, block_records_max: usize) -> Blocks {
        let keyed: Vec<(BlockKey, u32)> = keyed.iter().map(|(key, position)| (BlockKey(2 * *key), *position)).collect();
        let Part { members, generic: generic_blocks, .. } =
            Part::of(&keyed, BlockLimits::learnt(block_records_max), &[]);
        let (places, starts) = places(&members, count);
        Blocks { members, places, starts, generic_blocks, ..Blocks::default() }
    }

    #[test]
    fn a_pair_under_several_keys_is_met_once_and_a_block_over_the_limit_makes_none() {
        let keyed = [(1, 0), (1, 2), (1, 3), (2, 2), (2, 3), (3, 1), (4, 0), (4, 1), (4, 2), (4, 3)];
        let blocks = blocks(&keyed, 5, 3);
        assert_eq!(blocks.pairs(), [pair(0, 2), pair(0, 3), pair(2, 3)]);
        assert_eq!((blocks.generic_blocks, blocks.len()), (1, 5));
        assert_eq!(blocks.neighbourly(), [0, 2, 3, 1, 4]);
        let mut around = Vec::new();
        for (position, expected) in [(0, &[2, 3][..]), (1, &[]), (2, &[0, 3]), (3, &[0, 2]), (4, &[])] {
            blocks.around(position, &mut around);
            assert_eq!(around, expected, "{position}");
        }
    }

    #[test]
    fn a_block_at_the_limit_makes_candidates() {
        assert_eq!(blocks(&[(1, 0), (1, 1), (1, 2)], 3, 3).pairs().len(), 3);
        assert_eq!(blocks(&[(1, 0), (1, 1), (1, 2)], 3, 2).pairs().len(), 0);
    }
}
