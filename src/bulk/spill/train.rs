//! Training on more records than fit spread out, whose pairs, edges and terms are on disk. The sample that teaches is in memory.

use rayon::prelude::*;

use super::clusters::each_batch;
use super::edges;
use super::rows::{Dealer, RowFile, RowWriter};
use super::tiles::{self, Under};
use super::{Spill, clusters};
use crate::bulk::blocks::Blocks;
use crate::bulk::features::{self, Packed, SPREAD_RECORDS_MAX, Unpacked};
use crate::bulk::pipeline::{Options, Progress};
use crate::bulk::train::{self, sample};
use crate::domain::cluster::components::DisjointSets;
use crate::domain::cluster::judgement::Judgements;
use crate::domain::cluster::{Edge, Partition};
use crate::domain::id::MatchWeight;
use crate::domain::model::MatchModel;
use crate::domain::score::prefilter;
use crate::domain::score::term_frequency::{Term, TermCounter, TermFrequencies, TermKind};
use crate::domain::survive::SurvivorshipPolicy;
use crate::error::Result;

/// Working memory in bytes from which the sample is spread out.
const SPREAD_BYTES_MIN: usize = 1_000_000_000;

/// What [`train::train_unpacked`] gives.
pub fn train(
    spill: &Spill<'_>,
    base: &MatchModel,
    unpacked: &mut Unpacked<'_>,
    blocks: &Blocks,
    policy: &SurvivorshipPolicy,
    judgements: &Judgements,
    progress: &dyn Progress,
) -> Result<MatchModel> {
    let packed = unpacked.packed;
    let model = if packed.len() > SPREAD_RECORDS_MAX {
        let begin = Options::new(base, policy, judgements, progress);
        train::named(base, sampled(spill, &begin, packed, blocks)?)
    } else {
        train::train_unpacked(base, unpacked, blocks, policy, judgements, progress)
    };
    packed.check()?;
    Ok(model)
}

/// What `train::sampled` gives.
fn sampled(spill: &Spill<'_>, begin: &Options<'_>, packed: &Packed, blocks: &Blocks) -> Result<MatchModel> {
    let base = begin.model;
    let customers = likely_customers(spill, begin, packed, blocks)?;
    let (drawn, drawing) = sample::of_customers(&customers, packed);
    drop(customers);
    let mut subset = packed.subset(&drawn);
    subset.limit_views(packed.view_records_max());
    let pairs = sample::pairs(blocks, &drawn);
    drop(drawn);
    let spreads = spill.working >= SPREAD_BYTES_MIN;
    let mut unpacked = if spreads { Unpacked::of(&subset) } else { Unpacked::kept_packed(&subset) };
    let mut model = train::taught(&mut unpacked, begin, pairs, drawing);
    drop(unpacked);
    drop(subset);
    let begin = Options { model: &model, ..*begin };
    let under = Under { packed, frequencies: &model.frequencies, generic: features::no_generic_values() };
    let (edges, _) = edges::edges(spill, &begin, under, blocks)?;
    let frequencies = frequencies(spill, base, &begin, under, &edges)?;
    edges.remove();
    model.frequencies = frequencies.into();
    Ok(model)
}

/// Records whose candidates are looked at together.
const TOGETHER: usize = 512;

/// What [`sample::likely_customers`] gives.
fn likely_customers(
    spill: &Spill<'_>,
    options: &Options<'_>,
    packed: &Packed,
    blocks: &Blocks,
) -> Result<Vec<Vec<u32>>> {
    let (model, weight) = (options.model, options.model.thresholds.link);
    options.progress.stage("sample", blocks.len() as u64);
    let under = Under { packed, frequencies: &model.frequencies, generic: &blocks.generic };
    let mut file = RowWriter::<(u64, MatchWeight)>::create(&spill.path("likely.rows"))?;
    let look = |tile: &tiles::Tile<'_>, pairs: &[u64]| {
        let mut kept = Vec::new();
        prefilter::keep_weighed(model, tile.sketches, pairs, weight, &mut kept);
        let kept = kept.into_iter().filter_map(|(pair, weight)| Some((tile.positions(pair)?, weight)));
        kept.collect::<Vec<(u64, MatchWeight)>>()
    };
    tiles::each(spill, under, blocks, options.progress, TOGETHER, &look, &mut |kept| {
        kept.iter().try_for_each(|likely| file.push(likely))
    })?;
    packed.check()?;
    parted(spill, file.finish()?, packed.len(), weight, model.limits.profile_records_max)
}

/// What `sample::parted` gives of all records. Groups that are too large wait for the next pass over the pairs, one bit of weight above.
fn parted(
    spill: &Spill<'_>,
    mut likely: RowFile<(u64, MatchWeight)>,
    count: usize,
    mut weight: MatchWeight,
    records_max: usize,
) -> Result<Vec<Vec<u32>>> {
    let (mut done, mut names) = (Vec::new(), ["likely.next", "likely.rows"].into_iter().cycle());
    // The group in which each record waits; those that are done wait in none.
    let mut waiting: Vec<u32> = vec![0; count];
    loop {
        let mut sets = DisjointSets::new(count);
        let raised = MatchWeight(weight.0 + 1_000);
        let mut next = RowWriter::create(&spill.path(names.next().unwrap_or_default()))?;
        likely.each(&mut |(pair, weight)| {
            let sides = ((pair >> 32) as usize, (pair & 0xffff_ffff) as usize);
            let group = |position: usize| waiting.get(position).copied().filter(|group| *group != DONE);
            if group(sides.0).is_none() || group(sides.0) != group(sides.1) {
                return Ok(());
            }
            sets.union(sides.0, sides.1);
            if weight >= raised { next.push(&(pair, weight)) } else { Ok(()) }
        })?;
        likely = next.finish()?;
        let groups = clusters::Components::numbered(&mut sets, count);
        let mut is_over = true;
        for number in 0..groups.len() {
            let group = groups.members(number);
            if group.first().is_none_or(|first| waiting.get(*first as usize) == Some(&DONE)) {
                continue;
            }
            let is_large = group.len() > records_max;
            let stays = is_large && raised <= sample::WEIGHT_MAX;
            match (is_large, stays) {
                (false, _) => done.push(group.to_vec()),
                (true, false) => done.extend(group.iter().map(|position| vec![*position])),
                (true, true) => is_over = false,
            }
            for position in group {
                if let Some(waits) = waiting.get_mut(*position as usize) {
                    *waits = if stays { number as u32 } else { DONE };
                }
            }
        }
        if is_over {
            likely.remove();
            let _ = std::fs::remove_file(spill.path(names.next().unwrap_or_default()));
            done.sort_unstable();
            return Ok(done);
        }
        weight = raised;
    }
}

/// Waits in no group.
const DONE: u32 = u32::MAX;

/// Parts into which terms are dealt by their hashes.
const TERM_PARTS: usize = 64;

/// A table of terms: its hash, what its values are, and how many times a customer carries one of them.
type Table = (u64, TermKind, u64);

/// What `train::frequencies` gives of the clusters of these edges.
fn frequencies(
    spill: &Spill<'_>,
    base: &MatchModel,
    options: &Options<'_>,
    under: Under<'_>,
    edges: &RowFile<Edge>,
) -> Result<TermFrequencies> {
    let mut dealer = Dealer::create(&spill.path("terms.rows"), TERM_PARTS, spill.share(8))?;
    let mut tables: Vec<Table> = Vec::new();
    each_batch(spill, options, under, edges, &mut |partitions| {
        for together in partitions.chunks(CUSTOMERS_TOGETHER) {
            let customers: Vec<Vec<Term>> = together
                .par_iter()
                .with_min_len(64)
                .flat_map_iter(|partition: &Partition| partition.clusters.iter())
                .map(|members| {
                    let positions = members.iter().filter_map(|member| under.packed.position(*member));
                    let mut terms: Vec<Term> = positions.flat_map(|at| under.packed.terms(at)).collect();
                    TermCounter::once_each(&mut terms);
                    terms
                })
                .collect();
            for term in customers.iter().flatten() {
                dealer.push(term.hash as usize % TERM_PARTS, (number_of(&mut tables, term), term.hash))?;
            }
        }
        Ok(())
    })?;
    let dealt = dealer.finish()?;
    let mut counter = TermCounter::default();
    tables.iter().for_each(|(table, kind, total)| counter.put_total(*table, *kind, *total));
    for part in 0..TERM_PARTS {
        let rows = dealt.part(part)?;
        for same in rows.chunk_by(|a, b| a == b) {
            if let Some((table, ..)) = same.first().and_then(|(number, _)| tables.get(*number as usize)) {
                same.first().into_iter().for_each(|(_, hash)| counter.put_count(*table, *hash, same.len() as u32));
            }
        }
    }
    dealt.remove();
    under.packed.check()?;
    Ok(train::counted(base, counter))
}

/// Partitions whose customers are counted together.
const CUSTOMERS_TOGETHER: usize = 65_536;

/// The number of a term's table, which counts it.
fn number_of(tables: &mut Vec<Table>, term: &Term) -> u32 {
    let known = tables.iter().position(|(table, ..)| *table == term.table);
    let number = known.unwrap_or_else(|| {
        tables.push((term.table, term.kind, 0));
        tables.len() - 1
    });
    if let Some((.., total)) = tables.get_mut(number) {
        *total += 1;
    }
    number as u32
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::bulk::blocks;
    use crate::bulk::pipeline::{self, Silent};
    use crate::bulk::spill::rows::Row;
    use crate::catalog::{models, rules};
    use crate::domain::generic::BlockLimits;
    use crate::domain::hash::mix;
    use crate::domain::id::RecordKey;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};

    #[test]
    fn a_sample_taught_from_disk_teaches_what_it_teaches_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["赵思涵", "钱梓轩", "孙雨桐", "李浩宇"];
        let raw = |id: usize| {
            let attribute = |kind, text: String| RawAttribute {
                country: Some("CN".into()),
                ..RawAttribute::full(kind, text.as_str())
            };
            let attributes = vec![
                attribute(AttributeKind::PersonName, names[id / 2 % 4].to_owned()),
                attribute(AttributeKind::Phone, format!("139{:08}", 10_000_019 + id / 2 * 48_611)),
            ];
            RawRecord { key: RecordKey::new("crm", id.to_string()), owner: None, observed_time: None, attributes }
        };
        let records = pipeline::prepared(&(0..240).map(raw).collect::<Vec<_>>(), &Silent);
        let (base, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
        let judgements = Judgements::default();
        let begin = Options::new(&base, &policy, &judgements, &Silent);
        let packed = Packed::of(&records);
        let blocks = Blocks::of(&packed.plain_store(), BlockLimits::learnt(base.limits.block_records_max), &Silent);
        let expected = train::sampled(&begin, &mut Unpacked::of(&packed), &blocks);
        for working in [1, 200_000, 1 << 30] {
            let spill = Spill::new(folder.path(), working);
            let seen = sampled(&spill, &begin, &packed, &blocks).unwrap();
            assert_eq!((&seen.comparisons, seen.priors), (&expected.comparisons, expected.priors), "{working}");
            assert_eq!(seen.frequencies, expected.frequencies, "{working}");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
        }
    }

    #[test]
    fn groups_are_parted_as_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let count = 300u32;
        let pair = |number: u64| {
            let (a, b) = ((mix(number) % u64::from(count)) as usize, (mix(number + 77) % u64::from(count)) as u32);
            let weight = MatchWeight((mix(number + 5) % 40_000) as i32);
            (a < b as usize).then(|| (blocks::pair(a, b), weight))
        };
        let mut pairs: Vec<(u64, MatchWeight)> = (0..1_200).filter_map(pair).collect();
        pairs.sort_unstable();
        pairs.dedup_by_key(|(pair, _)| *pair);
        for records_max in [1, 3, 20, 1_000] {
            let expected = sample::parted((0..count).collect(), pairs.clone(), MatchWeight(0), records_max);
            let spill = Spill::new(folder.path(), 1);
            let mut file = RowWriter::create(&spill.path("likely.rows")).unwrap();
            pairs.iter().for_each(|pair| file.push(pair).unwrap());
            let file = file.finish().unwrap();
            let seen = parted(&spill, file, count as usize, MatchWeight(0), records_max).unwrap();
            assert_eq!(seen, expected, "{records_max}");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
        }
        assert_eq!(<(u64, MatchWeight)>::BYTES, 12);
    }
}
