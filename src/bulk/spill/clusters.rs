//! Components and clusters of edges on disk: disjoint sets of all records are in memory, the edges and features of a batch of components at a time.

use super::edges::Edges;
use super::rows::{Dealer, Parts, RowFile};
use super::tiles::Under;
use super::{Spill, Within, edges};
use crate::bulk::blocks::Blocks;
use crate::bulk::features::{FeatureStore, GenericValues, Packed};
use crate::bulk::pipeline::{self, Options};
use crate::bulk::probe::Probe;
use crate::domain::cluster::components::{Component, DisjointSets};
use crate::domain::cluster::judgement::Verdict;
use crate::domain::cluster::{self, Edge, Partition};
use crate::domain::features::sketch::Sketch;
use crate::domain::id::{RecordHandle, RecordPair};
use crate::error::Result;

/// What stages 2 to 4 found, without the edges.
pub use crate::bulk::pipeline::Matched;

/// What [`pipeline::matched`] gives, and the edges, which are in a file.
pub fn matched(
    spill: &Spill<'_>,
    options: &Options<'_>,
    packed: &Packed,
    blocks: Blocks,
    probe: Option<&Probe>,
) -> Result<(Matched, Edges)> {
    let frequencies = &options.model.frequencies;
    let under = Under { packed, frequencies, generic: &blocks.generic };
    let (edges, candidate_pairs) = edges::edges(spill, options, under, &blocks)?;
    let generic_blocks = blocks.generic_blocks;
    // The index of blocks is not needed any more.
    let Blocks { generic, watched, .. } = blocks;
    let under = Under { packed, frequencies, generic: &generic };
    let (mut clusters, mut cut_components) = (Vec::new(), 0);
    each_batch(spill, options, under, &edges, &mut |partitions| {
        for partition in partitions {
            cut_components += u64::from(partition.cut_to_limit);
            clusters.extend(partition.clusters);
        }
        Ok(())
    })?;
    let store = FeatureStore::Packed(packed, under.frequencies, under.generic);
    let sketch = |position: usize| store.get(position).map(|features| features.sketch.clone());
    let decoys = probe.map(|probe| probe.offer(options, &store, &sketch, &watched, &clusters));
    packed.check()?;
    let matched = Matched { edges: Vec::new(), candidate_pairs, generic_blocks, cut_components, clusters, decoys };
    Ok((matched, Edges::Filed(edges)))
}

/// Clusters all components, batch by batch in their order; `take` gets what each becomes.
pub(super) fn each_batch(
    spill: &Spill<'_>,
    options: &Options<'_>,
    under: Under<'_>,
    edges: &RowFile<Edge>,
    take: &mut dyn FnMut(Vec<Partition>) -> Result<()>,
) -> Result<()> {
    options.progress.stage("components", edges.len());
    let components = Components::of(options, under.packed, edges)?;
    let batches = components.batches(spill.share(4));
    let dealt = components.dealt(spill, under.packed, edges, &batches)?;
    options.progress.stage("cluster", edges.len());
    let within = Within(options.progress);
    let options = Options { progress: &within, ..*options };
    for (number, batch) in batches.iter().enumerate() {
        let mut rows = dealt.part(number)?.into_iter().peekable();
        let mut made: Vec<Component> = Vec::with_capacity(batch.len());
        let mut several = Vec::new();
        for component in batch.clone() {
            let positions = components.members(component);
            if positions.len() > 1 {
                several.extend_from_slice(positions);
            }
            let members = positions.iter().map(|position| under.packed.handle(*position as usize)).collect();
            let mut edges = Vec::new();
            while let Some((_, edge)) = rows.next_if(|(of, _)| *of as usize == component) {
                edges.push(edge);
            }
            made.push(Component { members, places: positions.to_vec(), edges });
        }
        drop(rows);
        several.sort_unstable();
        for component in made.iter_mut().filter(|component| component.members.len() > 1) {
            for place in &mut component.places {
                *place = several.partition_point(|other| other < place) as u32;
            }
        }
        let (mut packed, mut generic) = (Packed::default(), GenericValues::default());
        under.put(&several, &mut packed, &mut generic);
        let store = FeatureStore::Packed(&packed, under.frequencies, &generic);
        let sketches: Vec<Sketch> = store.sketches();
        take(pipeline::clustered(&options, &store, &sketches, &[], &made))?;
    }
    dealt.remove();
    under.packed.check()
}

/// What a member and an edge take while their component is worked on.
const MEMBER_BYTES: usize = size_of::<Sketch>() + 300;
const EDGE_BYTES: usize = 100;

/// Which records hang together.
pub(super) struct Components {
    /// The number of each record's component, which are numbered by their first records.
    of: Vec<u32>,
    /// The records, component by component, ascending in each.
    members: Vec<u32>,
    /// Where each component begins among the members; one more than components.
    starts: Vec<u32>,
    /// Edges within each component.
    edges: Vec<u32>,
}

impl Components {
    fn of(options: &Options<'_>, packed: &Packed, edges: &RowFile<Edge>) -> Result<Self> {
        let (judgements, link) = (options.judgements, options.model.thresholds.link);
        let mut sets = DisjointSets::new(packed.len());
        let places = |pair: RecordPair| Some((packed.position(pair.low())?, packed.position(pair.high())?));
        edges.each(&mut |edge| {
            if edge.weight >= link
                && cluster::is_link(&edge, judgements)
                && let Some((a, b)) = places(edge.pair)
            {
                sets.union(a, b);
            }
            Ok(())
        })?;
        let judged = judgements.iter().filter(|(_, verdict)| *verdict == Verdict::Positive);
        judged.filter_map(|(pair, _)| places(pair)).for_each(|(a, b)| sets.union(a, b));
        let mut this = Self::numbered(&mut sets, packed.len());
        drop(sets);
        edges.each(&mut |edge| {
            if let Some(count) = this.within(packed, &edge).and_then(|number| this.edges.get_mut(number as usize)) {
                *count += 1;
            }
            Ok(())
        })?;
        Ok(this)
    }

    /// The sets, numbered by their first records.
    pub(super) fn numbered(sets: &mut DisjointSets, count: usize) -> Self {
        let mut numbers = vec![u32::MAX; count];
        let (mut of, mut sizes) = (Vec::with_capacity(count), Vec::<u32>::new());
        for position in 0..count {
            let root = sets.find(position);
            let Some(number) = numbers.get_mut(root) else { continue };
            if *number == u32::MAX {
                *number = sizes.len() as u32;
                sizes.push(0);
            }
            of.push(*number);
            if let Some(size) = sizes.get_mut(*number as usize) {
                *size += 1;
            }
        }
        let mut starts = Vec::with_capacity(sizes.len() + 1);
        let mut start = 0;
        for size in &sizes {
            starts.push(start);
            start += size;
        }
        starts.push(start);
        // What was the number of each root becomes the members; the next place of each component stands in its start.
        let mut members = numbers;
        let mut next = starts.clone();
        for (position, number) in of.iter().enumerate() {
            if let Some(place) = next.get_mut(*number as usize) {
                if let Some(member) = members.get_mut(*place as usize) {
                    *member = position as u32;
                }
                *place += 1;
            }
        }
        let edges = vec![0; sizes.len()];
        Self { of, members, starts, edges }
    }

    /// The component of an edge whose records are both in it.
    fn within(&self, packed: &Packed, edge: &Edge) -> Option<u32> {
        let of = |handle: RecordHandle| self.of.get(packed.position(handle)?).copied();
        of(edge.pair.low()).filter(|number| of(edge.pair.high()) == Some(*number))
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.edges.len()
    }

    /// The records of one, ascending.
    pub(super) fn members(&self, component: usize) -> &[u32] {
        let (Some(start), Some(end)) = (self.starts.get(component), self.starts.get(component + 1)) else { return &[] };
        self.members.get(*start as usize..*end as usize).unwrap_or_default()
    }

    /// Components one after the other that fit into memory together; one that does not fit stands alone.
    fn batches(&self, bytes: usize) -> Vec<std::ops::Range<usize>> {
        let (mut batches, mut first, mut held) = (Vec::new(), 0, 0);
        for (component, edges) in self.edges.iter().enumerate() {
            let needed = self.members(component).len() * MEMBER_BYTES + *edges as usize * EDGE_BYTES;
            if held > 0 && held + needed > bytes {
                batches.push(first..component);
                (first, held) = (component, 0);
            }
            held += needed;
        }
        batches.push(first..self.edges.len());
        batches
    }

    /// The edges within components, dealt by batches.
    fn dealt(
        &self,
        spill: &Spill<'_>,
        packed: &Packed,
        edges: &RowFile<Edge>,
        batches: &[std::ops::Range<usize>],
    ) -> Result<Parts<(u32, Edge)>> {
        let mut dealer = Dealer::create(&spill.path("components.rows"), batches.len(), spill.share(8))?;
        edges.each(&mut |edge| match self.within(packed, &edge) {
            Some(number) => {
                let batch = batches.partition_point(|batch| batch.end <= number as usize);
                dealer.push(batch, (number, edge))
            }
            None => Ok(()),
        })?;
        dealer.finish()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::bulk::pipeline::Silent;
    use crate::bulk::spill::rows::Sorter;
    use crate::catalog::{models, rules};
    use crate::domain::cluster::components;
    use crate::domain::cluster::judgement::Judgements;
    use crate::domain::hash::mix;
    use crate::domain::id::MatchWeight;

    #[test]
    fn components_are_those_of_edges_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let (model, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
        let count = 400;
        let edge = |number: u64| {
            let pair = RecordPair::new(RecordHandle(mix(number) % count), RecordHandle(mix(number + 9_999) % count))?;
            Some(Edge {
                pair,
                weight: MatchWeight(mix(number * 7) as i32 % 20_000),
                cannot_link: number.is_multiple_of(11),
            })
        };
        let mut edges: Vec<Edge> = (0..500).filter_map(edge).collect();
        edges.sort_unstable();
        edges.dedup_by_key(|edge| edge.pair);
        let mut judgements = Judgements::default();
        judgements.insert(RecordPair::new(RecordHandle(3), RecordHandle(399)).unwrap(), Verdict::Positive);
        let options = Options::new(&model, &policy, &judgements, &Silent);
        let mut packed = Packed::default();
        (0..count).for_each(|handle| packed.push(RecordHandle(handle), &[]));
        let handles: Vec<RecordHandle> = (0..count).map(RecordHandle).collect();
        let expected = components::components(&handles, edges.iter(), &judgements, model.thresholds.link);
        let mut sorter = Sorter::create(&folder.path().join("runs"), 1_000).unwrap();
        sorter.extend(edges).unwrap();
        let file = sorter.finish(&folder.path().join("edges")).unwrap();
        let found = Components::of(&options, &packed, &file).unwrap();
        for bytes in [1, 50_000, 1 << 30] {
            let batches = found.batches(bytes);
            let spill = Spill::new(folder.path(), 1);
            let dealt = found.dealt(&spill, &packed, &file, &batches).unwrap();
            let mut seen = Vec::new();
            for (number, batch) in batches.iter().enumerate() {
                let rows = dealt.part(number).unwrap();
                for component in batch.clone() {
                    let members = found.members(component).iter().map(|at| RecordHandle(u64::from(*at))).collect();
                    let edges = rows.iter().filter(|(of, _)| *of as usize == component).map(|(_, edge)| *edge);
                    let places = found.members(component).to_vec();
                    seen.push(Component { members, places, edges: edges.collect() });
                }
            }
            assert_eq!(seen, expected, "{bytes}");
        }
    }
}
