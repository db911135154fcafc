//! The blocking keys of all records on their way into blocks: dealt by their highest bits, so that each part is sorted in the cache.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::bulk::features::FeatureStore;
use crate::bulk::features::drawn::{self, Drawn};
use crate::bulk::pipeline::Progress;
use crate::domain::block;
use crate::domain::features::Features;
use crate::domain::features::rating::ValueTerms;
use crate::domain::id::BlockKey;

/// Marks the members under the key of a whole value.
pub(super) const WHOLE: u32 = 1 << 31;

/// Bits of a key that tell its part.
const PART_BITS: u32 = 10;

/// Records whose keys are made together.
const CHUNK_RECORDS: usize = drawn::TOGETHER;

/// The part of a key.
pub(super) fn part_of(key: BlockKey) -> usize {
    (key.0 >> (64 - PART_BITS)) as usize
}

/// The keys of all records, chunk by chunk.
pub(crate) struct Dealt(Vec<Chunk>);

/// Keys, each with a record's position, which is marked where the key is that of a whole value.
pub(crate) type Keyed = Vec<(BlockKey, u32)>;

/// The keys of some thousand records, part by part.
#[derive(Default)]
pub(crate) struct Chunk {
    keys: Vec<BlockKey>,
    members: Vec<u32>,
    /// Where each part begins, and where the last one ends.
    starts: Vec<u32>,
}

impl Chunk {
    /// Deals keys, whose order within each part stays.
    fn of(keyed: &[(BlockKey, u32)]) -> Self {
        let mut starts = vec![0u32; Dealt::PARTS + 1];
        for (key, _) in keyed {
            starts[part_of(*key) + 1] += 1;
        }
        for part in 0..Dealt::PARTS {
            starts[part + 1] += starts[part];
        }
        let mut next = starts.clone();
        let (mut keys, mut members) = (vec![BlockKey(0); keyed.len()], vec![0; keyed.len()]);
        for (key, member) in keyed {
            let place = &mut next[part_of(*key)];
            keys[*place as usize] = *key;
            members[*place as usize] = *member;
            *place += 1;
        }
        Self { keys, members, starts }
    }

    /// How many keys a part has.
    fn count(&self, part: usize) -> usize {
        (self.starts[part + 1] - self.starts[part]) as usize
    }

    /// The keys of a part.
    pub(crate) fn part(&self, part: usize) -> impl Iterator<Item = (BlockKey, u32)> {
        let range = self.starts[part] as usize..self.starts[part + 1] as usize;
        self.keys[range.clone()].iter().copied().zip(self.members[range].iter().copied())
    }
}

impl Dealt {
    /// Parts, in the order of their keys.
    pub(crate) const PARTS: usize = 1 << PART_BITS;

    /// Makes the keys of all records; `also` makes something else of each record's features, some thousand records at a time. Draws the
    /// sketches of packed records.
    pub(crate) fn of<T: Default + Send>(
        store: &FeatureStore,
        progress: &dyn Progress,
        also: &(dyn Fn(&Features, &mut T) + Sync),
    ) -> (Self, Vec<T>, Option<Drawn>) {
        progress.stage("block", store.len() as u64);
        let mut drawn = store.to_draw();
        let (dealt, made) = match &mut drawn {
            Some(drawn) => {
                let deal = |(chunk, mut part): (usize, drawn::Part<'_>)| {
                    let mut made = T::default();
                    let keys = Self::chunk(store, chunk, progress, &mut |features, terms| {
                        part.add(features, &terms.unwrap_or_default());
                        also(features, &mut made);
                    });
                    (keys, made)
                };
                drawn.parts().enumerate().map(deal).unzip()
            }
            None => {
                let deal = |chunk| {
                    let mut made = T::default();
                    let keys = Self::chunk(store, chunk, progress, &mut |features, _| also(features, &mut made));
                    (keys, made)
                };
                (0..Self::chunks(store)).into_par_iter().map(deal).unzip()
            }
        };
        (Self(dealt), made, drawn)
    }

    /// Chunks of records whose keys are made together.
    pub(crate) fn chunks(store: &FeatureStore) -> usize {
        store.len().div_ceil(CHUNK_RECORDS)
    }

    /// The keys of a chunk of records; `each` hears of every record's features before they are rated.
    pub(crate) fn chunk(
        store: &FeatureStore,
        chunk: usize,
        progress: &dyn Progress,
        each: &mut dyn FnMut(&Features, Option<ValueTerms>),
    ) -> Chunk {
        let range = chunk * CHUNK_RECORDS..((chunk + 1) * CHUNK_RECORDS).min(store.len());
        let mut keyed = Keyed::new();
        progress.advance(range.len() as u64);
        for position in range {
            // Bytes that are no features do not come from this program; their record is like no other.
            let (features, terms) =
                store.unrated(position).unwrap_or_else(|| (Cow::Owned(Features::empty(store.handle(position))), None));
            let (keys, wholes) = block::keys_and_wholes(&features);
            each(&features, terms);
            keyed.extend(keys.into_iter().map(|key| {
                let whole = wholes.iter().any(|whole| whole.key == key);
                (key, position as u32 | if whole { WHOLE } else { 0 })
            }));
        }
        Chunk::of(&keyed)
    }

    /// How many keys a part has.
    pub(crate) fn count(&self, part: usize) -> usize {
        self.0.iter().map(|chunk| chunk.count(part)).sum()
    }

    /// The keys of a part, ascending.
    pub(crate) fn part(&self, part: usize) -> Keyed {
        let mut keyed = Keyed::with_capacity(self.count(part));
        self.0.iter().for_each(|chunk| keyed.extend(chunk.part(part)));
        sorted(keyed)
    }
}

/// Keys of one part in their order. They are hashes: dealt once more by their next bits, few have to be sorted among each other.
fn sorted(keyed: Keyed) -> Keyed {
    let bits = (keyed.len() / SORTED_TOGETHER).checked_ilog2().unwrap_or(0);
    if bits == 0 {
        let mut keyed = keyed;
        keyed.sort_unstable();
        return keyed;
    }
    let place = |key: BlockKey| (key.0 << PART_BITS >> (64 - bits)) as usize;
    let mut starts = vec![0u32; (1 << bits) + 1];
    for (key, _) in &keyed {
        starts[place(*key) + 1] += 1;
    }
    for at in 0..1 << bits {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut dealt = vec![(BlockKey(0), 0); keyed.len()];
    for (key, member) in keyed {
        let to = &mut next[place(key)];
        dealt[*to as usize] = (key, member);
        *to += 1;
    }
    for ends in starts.windows(2) {
        dealt[ends[0] as usize..ends[1] as usize].sort_unstable();
    }
    dealt
}

/// Keys that are sorted among each other, on average.
const SORTED_TOGETHER: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hash::mix;

    #[test]
    fn dealt_keys_are_sorted_keys() {
        // Every seventh key is the same, as that of a shared number is.
        let key = |at: u64| BlockKey(mix(if at.is_multiple_of(7) { 0 } else { at }) >> PART_BITS);
        for count in [0, 1, 5, 100, 30_000] {
            let keyed: Keyed = (0..count).map(|at| (key(at), mix(at) as u32)).collect();
            let mut expected = keyed.clone();
            expected.sort_unstable();
            assert_eq!(sorted(keyed), expected);
        }
    }

    #[test]
    fn a_chunk_gives_back_what_it_was_dealt() {
        let keyed: Keyed = (0..20_000).map(|at| (BlockKey(mix(at)), at as u32)).collect();
        let chunk = Chunk::of(&keyed);
        for part in 0..Dealt::PARTS {
            let expected: Keyed = keyed.iter().copied().filter(|(key, _)| part_of(*key) == part).collect();
            assert_eq!(chunk.part(part).collect::<Keyed>(), expected);
            assert_eq!(chunk.count(part), expected.len());
        }
    }
}
