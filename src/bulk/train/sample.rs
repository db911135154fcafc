//! Which records of a large set teach: whole customers, as far as the base model can tell at a glance.
//!
//! Single records drawn at random would tear customers apart, and with them every pair that shows what one customer's records look
//! like. Records whose sketches leave room for a link under the base model hang together; of what hangs together, all or
//! nothing is drawn, by a hash of its first record, so that neither order nor threads show.

use rayon::prelude::*;

use super::RECORDS_MAX;
use crate::bulk::blocks::Blocks;
use crate::bulk::features::{FeatureStore, Packed};
use crate::bulk::pipeline::{self, Options};
use crate::domain::cluster::components::DisjointSets;
use crate::domain::hash::mix;
use crate::domain::id::MatchWeight;
use crate::domain::model::Priors;
use crate::domain::score::prefilter;

/// Records whose candidates are looked at together.
const TOGETHER: usize = 512;

/// Likely customers of more records than this are no customers but a value that many share; they are not drawn.
const CUSTOMER_RECORDS_MAX: usize = 1_000;

/// Records that hang together under the base model, as positions, each group ascending.
pub fn likely_customers(options: &Options<'_>, packed: &Packed, blocks: &Blocks) -> Vec<Vec<u32>> {
    let store = FeatureStore::Packed(packed, &options.model.frequencies, &blocks.generic);
    options.progress.stage("sample", blocks.len() as u64);
    let sketches = store.sketches();
    let link = options.model.thresholds.link;
    let records: Vec<u32> = (0..blocks.len() as u32).collect();
    let likely: Vec<Vec<u64>> = records
        .par_chunks(TOGETHER)
        .map(|chunk| {
            options.progress.advance(chunk.len() as u64);
            let mut kept = Vec::new();
            prefilter::keep(options.model, &sketches, &pipeline::candidates(blocks, chunk), link, &mut kept);
            kept
        })
        .collect();
    let mut sets = DisjointSets::new(packed.len());
    for pair in likely.iter().flatten() {
        sets.union((pair >> 32) as usize, (pair & 0xffff_ffff) as usize);
    }
    sets.groups().into_iter().map(|group| group.into_iter().map(|position| position as u32).collect()).collect()
}

/// Positions of the records that teach, ascending.
pub fn of_customers(customers: &[Vec<u32>], packed: &Packed) -> Vec<u32> {
    let first = |group: &&Vec<u32>| group.first().map(|position| mix(packed.handle(*position as usize).0));
    let mut ordered: Vec<(u64, &Vec<u32>)> = customers
        .iter()
        .filter(|group| group.len() <= CUSTOMER_RECORDS_MAX)
        .filter_map(|group| Some((first(&group)?, group)))
        .collect();
    ordered.sort_unstable();
    let mut drawn: Vec<u32> = Vec::with_capacity(RECORDS_MAX);
    for (_, group) in ordered {
        if drawn.len() + group.len() > RECORDS_MAX {
            break;
        }
        drawn.extend(group);
    }
    drawn.sort_unstable();
    drawn
}

/// Priors of a sample as those of all records: a record has as many duplicates as before among more strangers.
pub fn scaled(priors: &Priors, sampled: usize, all: usize) -> Priors {
    let share = MatchWeight::from_ratio(sampled as f64, all as f64);
    Priors { matching: priors.matching + share, related: priors.related }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::RecordHandle;

    fn packed(count: u64) -> Packed {
        let mut packed = Packed::default();
        (0..count).for_each(|handle| packed.push(RecordHandle(handle), &[]));
        packed
    }

    #[test]
    fn customers_are_drawn_whole_and_crowds_are_left_out() {
        let count = 3 * RECORDS_MAX as u32;
        let packed = packed(u64::from(count));
        let crowd: Vec<u32> = (0..=CUSTOMER_RECORDS_MAX as u32).collect();
        let mut customers = vec![crowd.clone()];
        customers.extend((crowd.len() as u32..count - 1).step_by(2).map(|position| vec![position, position + 1]));
        let drawn = of_customers(&customers, &packed);
        assert!(drawn.len() <= RECORDS_MAX && drawn.len() > RECORDS_MAX - 2, "{}", drawn.len());
        assert!(drawn.iter().all(|position| !crowd.contains(position)));
        let torn = customers.iter().filter(|group| {
            let inside = group.iter().filter(|position| drawn.binary_search(position).is_ok()).count();
            inside != 0 && inside != group.len()
        });
        assert_eq!(torn.count(), 0);
    }

    #[test]
    fn among_twice_the_records_a_pair_is_half_as_likely_to_match() {
        let priors = Priors { matching: MatchWeight(-10_000), related: [MatchWeight(-9_000); 2] };
        assert_eq!(scaled(&priors, 50, 100).matching, MatchWeight(-11_000));
    }
}
