//! Names that were compared before: the same two names meet again and again, under many records and many models.
//!
//! What two names are to each other depends on nothing but the names, so the whole program remembers it in one table of fixed size; of three pairs
//! with two places the last ones stay. Whether a pair is remembered changes how long an answer takes and never what it is.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::domain::hash::mix;

/// Pairs that are remembered.
const PLACES: usize = 1 << 20;

/// Each pair's hash without its lowest bits, over what was found. The place says the bits that are left out, all but one; zero is no pair.
static PAIRS: [AtomicU64; PLACES] = [const { AtomicU64::new(0) }; PLACES];

/// Bits of what was found.
const FOUND_BITS: u32 = 16;
const LEVEL_BITS: u32 = 8;
/// Stands in every pair that is remembered.
const KNOWN: u64 = 1 << (FOUND_BITS - 1);

/// Of which part of the names the rarity is that of the agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rarity {
    /// That which the level says.
    OfLevel,
    /// The first one's given name.
    GivenA,
    /// The first one's family name.
    FamilyA,
    /// The second one's given name.
    GivenB,
    /// The second one's family name.
    FamilyB,
}

const RARITIES: [Rarity; 5] = [Rarity::OfLevel, Rarity::GivenA, Rarity::FamilyA, Rarity::GivenB, Rarity::FamilyB];
/// In the place of a rarity: the two say nothing about each other.
const SILENT: u64 = RARITIES.len() as u64;

/// What two names are to each other: a level and whose rarity counts, or nothing.
pub(super) type Found = Option<(usize, Rarity)>;

/// What two names were found to be to each other, given hashes of all that is compared of them.
#[inline]
pub(super) fn recall(a: u64, b: u64) -> Option<Found> {
    let hash = hash(a, b);
    let known = places(hash).map(|place| place.load(Ordering::Relaxed));
    let known = known.into_iter().find(|known| is_of(*known, hash))?;
    let level = (known & ((1 << LEVEL_BITS) - 1)) as usize;
    let rarity = (known & (KNOWN - 1)) >> LEVEL_BITS;
    Some(RARITIES.get(rarity as usize).map(|rarity| (level, *rarity)))
}

/// Remembers it.
pub(super) fn remember(a: u64, b: u64, found: Found) {
    let hash = hash(a, b);
    let (level, rarity) = found.map_or((0, SILENT), |(level, rarity)| (level as u64, rarity as u64));
    let known = hash >> FOUND_BITS << FOUND_BITS | KNOWN | rarity << LEVEL_BITS | level;
    let [first, second] = places(hash);
    let before = first.swap(known, Ordering::Relaxed);
    if before != 0 && !is_of(before, hash) {
        second.store(before, Ordering::Relaxed);
    }
}

/// The two neighbours where a pair may be.
#[inline]
fn places(hash: u64) -> [&'static AtomicU64; 2] {
    let place = hash as usize % PLACES;
    [&PAIRS[place], &PAIRS[place ^ 1]]
}

#[inline]
fn is_of(known: u64, hash: u64) -> bool {
    known & KNOWN != 0 && known >> FOUND_BITS == hash >> FOUND_BITS
}

fn hash(a: u64, b: u64) -> u64 {
    mix(a ^ mix(b))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use crate::domain::compare::{self, Sketched};
    use crate::domain::features::Features;
    use crate::domain::features::sketch::Sketch;
    use crate::domain::id::RecordKey;
    use crate::domain::prepare::prepare;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};
    use crate::domain::score::term_frequency::TermFrequencies;

    #[test]
    fn what_was_found_is_recalled_the_way_round_in_which_it_was_found() {
        let found = [None, Some((0, Rarity::OfLevel)), Some((22, Rarity::GivenB)), Some((17, Rarity::FamilyA))];
        for (pair, found) in found.into_iter().enumerate() {
            let (a, b) = (mix(77 + pair as u64), mix(1_077 + pair as u64));
            remember(a, b, found);
            assert_eq!(recall(a, b), Some(found));
            assert_eq!(recall(b, a), None);
            assert_eq!(recall(a, b ^ 1), None);
        }
    }

    const NAMES: &[&str] = &[
        "张伟",
        "章伟",
        "张伟伟",
        "张先生",
        "欧阳娜娜",
        "小太阳",
        "云淡风轻",
        "张·伟",
        "陈李丽华",
        "李丽华",
        "Zhang Wei",
        "zhangwei",
        "Wei Zhang",
        "Zhang W.",
        "Ouyang Nana",
        "Chan Tai Man",
        "Chen Dawen",
        "陈大文",
        "John Smith",
        "Smith, John",
        "Jon Smyth",
        "J. Smith",
        "John A. Smith",
        "John B. Smith Jr.",
        "Smith",
        "John",
        "Lucky",
        "Momo",
        "Salman bin Muhammad",
        "Muhammad bin Salman",
        "Barack Obama",
        "贝拉克·奥巴马",
        "Mao Tse-tung",
    ];

    /// The features of a name whose rarities are drawn from a seed.
    fn features(name: &str, seed: u64) -> Features {
        let attributes = vec![RawAttribute::full(AttributeKind::PersonName, name)];
        let key = RecordKey::new("crm", name);
        let record = prepare(&RawRecord { key, owner: None, observed_time: None, attributes });
        let mut features = Features::of(&record, &TermFrequencies::default());
        for (place, name) in features.names.iter_mut().enumerate() {
            let drawn = |part: u64| (mix(seed ^ mix(part ^ (place as u64) << 8)) % 9_000) as i32 - 3_000;
            (name.rarity, name.family_rarity, name.given_rarity) = (drawn(1), drawn(2), drawn(3));
        }
        features.sketch = Sketch::of(&features);
        features
    }

    #[test]
    fn a_name_that_was_compared_before_is_what_it_would_be_found_to_be() {
        let position = Sketch::PERSON_NAME as u8;
        let mut told = 0;
        for seed in [1, 2] {
            let records: Vec<Features> =
                NAMES.iter().map(|name| features(name, seed + mix(name.len() as u64))).collect();
            for (a, b) in records.iter().flat_map(|a| records.iter().map(move |b| (a, b))) {
                // Without a sketch nothing is recalled.
                let bare = |features: &Features| Features { sketch: Sketch::default(), ..features.clone() };
                let (bare_a, bare_b) = (bare(a), bare(b));
                let (mut fresh, mut recalled) = (Vec::new(), Vec::new());
                compare::in_full(position, &bare_a, &bare_b, &mut fresh);
                compare::in_full(position, a, b, &mut recalled);
                let names = (&a.names[0].name, &b.names[0].name);
                assert_eq!(recalled, fresh, "{names:?}");
                let seen =
                    fresh.first().map_or(Sketched::Silent, |seen| Sketched::Seen(seen.level.into(), seen.rarity));
                match compare::known(position, &a.sketch, &b.sketch) {
                    Sketched::AtBest(..) => {}
                    known => {
                        assert_eq!(known, seen, "{names:?}");
                        told += 1;
                    }
                }
            }
        }
        assert!(told > NAMES.len() * NAMES.len(), "{told}");
    }
}
