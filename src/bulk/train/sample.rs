//! Which records of a large set teach: whole customers, as far as the base model can tell at a glance.
//!
//! Single records drawn at random would tear customers apart, and with them every pair that shows what one customer's records look
//! like. Records whose sketches leave room for a link under the base model hang together, as far as a profile may grow; of what hangs
//! together, all or nothing is drawn, by a hash of its first record, so that neither order nor threads show. No group is left out: those
//! who share common names hang together most, and without them every name looks rare.

use rayon::prelude::*;

use super::RECORDS_MAX;
use crate::bulk::blocks::{self, Blocks};
use crate::bulk::features::{Packed, Unpacked};
use crate::bulk::pipeline::{self, Options};
use crate::domain::cluster::components::DisjointSets;
use crate::domain::hash::mix;
use crate::domain::id::MatchWeight;
use crate::domain::score::prefilter;

/// Records whose candidates are looked at together.
const TOGETHER: usize = 512;

/// How the records that teach were drawn, so that what they show is counted for all records.
///
/// Customers are drawn whole, each with the same chance. A pair inside a customer is drawn with that chance, a pair of two customers with
/// its square, so each pair stands for as many of all pairs as its chance says.
#[derive(Debug)]
pub struct Drawing {
    /// The likely customer of each record that teaches; empty when all do.
    customer_of: Vec<u32>,
    /// Records that teach.
    drawn: usize,
    /// Records there are.
    records: usize,
}

impl Drawing {
    /// All records teach.
    pub fn of_all(records: usize) -> Self {
        Self { customer_of: Vec::new(), drawn: records, records }
    }

    /// Records there are.
    pub fn records(&self) -> usize {
        self.records
    }

    /// Pairs of all records.
    pub fn all_pairs(&self) -> f64 {
        let records = self.records as f64;
        records * (records - 1.0) / 2.0
    }

    /// Whether a pair of records that teach is of one likely customer (0) or of two (1).
    pub fn side(&self, pair: u64) -> usize {
        let customer = |position: u64| self.customer_of.get(position as usize);
        usize::from(customer(pair >> 32) != customer(pair & 0xffff_ffff))
    }

    /// How many of all pairs these stand for, counted apart as [`Self::side`] says.
    pub fn of_all_pairs(&self, [within, between]: [u64; 2]) -> u64 {
        if self.drawn == self.records {
            return within + between;
        }
        let each = self.records as f64 / self.drawn.max(1) as f64;
        ((within as f64 + between as f64 * each) * each).round() as u64
    }
}

/// Groups of no more records than a profile may have, as positions, each ascending: records hang together from the weight up that their sketches
/// tell or leave room for. Larger groups are parted at rising weights, as components are.
pub fn likely_customers(options: &Options<'_>, unpacked: &mut Unpacked<'_>, blocks: &Blocks) -> Vec<Vec<u32>> {
    let (weight, records_max) = (options.model.thresholds.link, options.model.limits.profile_records_max);
    options.progress.stage("sample", blocks.len() as u64);
    let (_, sketches) = unpacked.without(&options.model.frequencies, &blocks.generic);
    let records: Vec<u32> = (0..blocks.len() as u32).collect();
    let likely: Vec<Vec<(u64, MatchWeight)>> = records
        .par_chunks(TOGETHER)
        .map(|chunk| {
            options.progress.advance(chunk.len() as u64);
            let mut kept = Vec::new();
            let candidates = pipeline::candidates(blocks, chunk);
            prefilter::keep_weighed(options.model, &sketches, &candidates, weight, &mut kept);
            kept
        })
        .collect();
    drop(sketches);
    let likely = likely.concat();
    parted(records, likely, weight, records_max)
}

/// Weight above which nothing is parted any more.
pub const WEIGHT_MAX: MatchWeight = MatchWeight(100_000);

/// Records, ascending, as groups that hang together by pairs of at least a weight, which rises by one bit where groups are too large.
pub fn parted(
    records: Vec<u32>,
    pairs: Vec<(u64, MatchWeight)>,
    weight: MatchWeight,
    records_max: usize,
) -> Vec<Vec<u32>> {
    let mut done = Vec::new();
    let mut pending = vec![(records, pairs, weight)];
    while let Some((records, pairs, weight)) = pending.pop() {
        let mut sets = DisjointSets::new(records.len());
        let place = |position: u64| records.binary_search(&(position as u32)).ok();
        for (pair, _) in &pairs {
            if let (Some(a), Some(b)) = (place(pair >> 32), place(pair & 0xffff_ffff)) {
                sets.union(a, b);
            }
        }
        let groups = sets.groups().into_iter();
        let groups =
            groups.map(|group| group.into_iter().filter_map(|at| records.get(at).copied()).collect::<Vec<u32>>());
        let (small, large): (Vec<Vec<u32>>, Vec<Vec<u32>>) = groups.partition(|group| group.len() <= records_max);
        done.extend(small);
        let raised = MatchWeight(weight.0 + 1_000);
        for group in large {
            if raised > WEIGHT_MAX {
                done.extend(group.into_iter().map(|position| vec![position]));
                continue;
            }
            let inside = |position: u64| group.binary_search(&(position as u32)).is_ok();
            let strong = pairs.iter().filter(|(pair, weight)| *weight >= raised && inside(pair >> 32)).copied();
            let strong: Vec<(u64, MatchWeight)> = strong.collect();
            pending.push((group, strong, raised));
        }
    }
    done.sort_unstable();
    done
}

/// Positions of the records that teach, ascending, and how they were drawn.
pub fn of_customers(customers: &[Vec<u32>], packed: &Packed) -> (Vec<u32>, Drawing) {
    let first = |group: &&Vec<u32>| group.first().map(|position| mix(packed.handle(*position as usize).0));
    let mut ordered: Vec<(u64, &Vec<u32>)> =
        customers.iter().filter_map(|group| Some((first(&group)?, group))).collect();
    ordered.sort_unstable();
    let mut drawn: Vec<(u32, u32)> = Vec::with_capacity(RECORDS_MAX);
    for (number, (_, group)) in ordered.into_iter().enumerate() {
        if drawn.len() + group.len() > RECORDS_MAX {
            break;
        }
        drawn.extend(group.iter().map(|position| (*position, number as u32)));
    }
    drawn.sort_unstable();
    let (drawn, customer_of): (Vec<u32>, Vec<u32>) = drawn.into_iter().unzip();
    let drawing = Drawing { customer_of, drawn: drawn.len(), records: packed.len() };
    (drawn, drawing)
}

/// The candidate pairs among the records that teach, by their places among these, ascending.
pub fn pairs(blocks: &Blocks, drawn: &[u32]) -> Vec<u64> {
    let place = |position: u32| drawn.binary_search(&position).ok();
    let chunks: Vec<Vec<u64>> = drawn
        .par_chunks(TOGETHER)
        .enumerate()
        .map(|(chunk, positions)| {
            let (mut pairs, mut after) = (Vec::new(), Vec::new());
            for (at, position) in positions.iter().enumerate() {
                blocks.after(*position as usize, &mut after);
                let others = after.iter().filter_map(|other| place(*other));
                pairs.extend(others.map(|other| blocks::pair(chunk * TOGETHER + at, other as u32)));
            }
            pairs
        })
        .collect();
    chunks.concat()
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
    fn customers_are_drawn_whole() {
        let count = 3 * RECORDS_MAX as u32;
        let packed = packed(u64::from(count));
        let customers: Vec<Vec<u32>> = (0..count).step_by(2).map(|position| vec![position, position + 1]).collect();
        let (drawn, drawing) = of_customers(&customers, &packed);
        assert!(drawn.len() <= RECORDS_MAX && drawn.len() > RECORDS_MAX - 2, "{}", drawn.len());
        let torn = customers.iter().filter(|group| {
            let inside = group.iter().filter(|position| drawn.binary_search(position).is_ok()).count();
            inside != 0 && inside != group.len()
        });
        assert_eq!(torn.count(), 0);
        assert_eq!((drawing.records(), drawing.drawn), (count as usize, drawn.len()));
    }

    #[test]
    fn a_pair_stands_for_as_many_as_its_chance_says() {
        let drawing = Drawing { customer_of: vec![4, 4, 7], drawn: 50, records: 200 };
        assert_eq!([blocks::pair(0, 1), blocks::pair(0, 2)].map(|pair| drawing.side(pair)), [0, 1]);
        assert_eq!((drawing.of_all_pairs([3, 0]), drawing.of_all_pairs([0, 3])), (12, 48));
        assert_eq!(Drawing::of_all(200).of_all_pairs([3, 4]), 7);
    }

    #[test]
    fn a_group_that_is_too_large_is_parted_at_a_higher_weight() {
        let pair = |a, b, weight| (blocks::pair(a, b), MatchWeight(weight));
        let pairs = vec![pair(0, 1, 9_000), pair(1, 2, 500), pair(2, 3, 9_000), pair(4, 5, 100)];
        let of = |records_max| parted((0..7).collect(), pairs.clone(), MatchWeight(0), records_max);
        assert_eq!(of(4), [vec![0, 1, 2, 3], vec![4, 5], vec![6]]);
        assert_eq!(of(2), [vec![0, 1], vec![2, 3], vec![4, 5], vec![6]]);
        assert_eq!(of(1).len(), 7);
    }
}
