//! Stages 2 to 4 of a run: who is one customer, with the ids, the pairs for review and what the report says about weights.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::work::Work;
use crate::bulk::blocks::Blocks;
use crate::bulk::features::{FeatureStore, Packed, Unpacked};
use crate::bulk::pipeline::{self, Matched, Options, Progress};
use crate::bulk::probe::Probe;
use crate::bulk::spill::rows::{Row, RowFile, RowWriter};
use crate::bulk::spill::{self, Edges, Spill};
use crate::bulk::spool::{SpoolWriter, codec};
use crate::domain::cluster::Edge;
use crate::domain::cluster::identity::Assignment;
use crate::domain::generic::BlockLimits;
use crate::domain::id::{ProfileId, RecordHandle};
use crate::domain::measure::decoy::DecoyCounts;
use crate::domain::review::queue::Possible;
use crate::error::{Error, Result};

/// The stage.
pub const STAGE: &str = "match";
const PROFILES: &str = "profiles.bin";
/// The pairs from the review threshold up, for a store.
const EDGES: &str = "edges.bin";
/// The blocking keys, for a store (`bulk/keys.rs`).
pub const KEYS: &str = "keys.bin";

/// Clusters of each kind that the report shows.
const SHOWN_CLUSTERS: usize = 10;

/// What matching found.
pub struct Found {
    /// The clusters with their ids, ascending by id.
    pub assignments: Vec<Assignment>,
    /// Pairs for clerical review, heaviest first.
    pub review: Vec<Edge>,
    /// The pairs from the review threshold up, ascending, where they are for a store.
    pub edges: Edges,
    /// The counts.
    pub facts: Facts,
}

/// Counts of matching.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Pairs that shared a blocking key.
    pub candidate_pairs: u64,
    /// Blocks over the limit, which made no candidates.
    pub generic_blocks: u64,
    /// Components over the limit that were cut at rising thresholds.
    pub cut_components: u64,
    /// Pairs from the review threshold up, by whole bits of weight.
    pub weights: BTreeMap<i32, u64>,
    /// The profiles whose weakest record hangs on the least weight: the profile and that weight in milli-bits.
    pub doubtful: Vec<(u64, i32)>,
    /// What became of decoys, where there are records enough for any.
    pub decoys: Option<Decoys>,
}

/// What became of decoys; see [`DecoyCounts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoys {
    records: u64,
    found_pairs: u64,
    decoys: u64,
    decoys_joined: u64,
    decoy_pairs: u64,
    partners_expected_thousandths: u64,
}

impl From<DecoyCounts> for Decoys {
    fn from(counts: DecoyCounts) -> Self {
        let DecoyCounts { records, found_pairs, decoys, decoys_joined, decoy_pairs, partners_expected_thousandths } =
            counts;
        Self { records, found_pairs, decoys, decoys_joined, decoy_pairs, partners_expected_thousandths }
    }
}

impl From<Decoys> for DecoyCounts {
    fn from(counts: Decoys) -> Self {
        let Decoys { records, found_pairs, decoys, decoys_joined, decoy_pairs, partners_expected_thousandths } = counts;
        Self { records, found_pairs, decoys, decoys_joined, decoy_pairs, partners_expected_thousandths }
    }
}

/// Whether the run that stopped has found all that is asked for.
pub fn is_over(work: &Work, for_store: bool) -> bool {
    work.is_marked(STAGE) && (!for_store || [EDGES, KEYS].iter().all(|name| work.path(name).is_file()))
}

/// The blocks of all records, watching the keys of decoys.
pub fn blocks(
    work: &Work,
    store: &FeatureStore<'_>,
    limits: BlockLimits<'_>,
    probe: Option<&Probe>,
    progress: &dyn Progress,
    for_store: bool,
    spill: Option<Spill<'_>>,
) -> Result<Blocks> {
    let watched = probe.map(|probe| probe.keys.as_slice()).unwrap_or_default();
    if let Some(spill) = spill {
        let keep = for_store.then(|| work.path(KEYS));
        return spill::blocks(&spill, store, limits, watched, progress, keep.as_deref());
    }
    match for_store {
        true => Blocks::keeping(store, limits, watched, progress, &work.path(KEYS)),
        false => Ok(Blocks::watching(store, limits, watched, progress)),
    }
}

/// Matches, or takes what the run that stopped had found; `blocks` are those of a training that came before and have watched the keys of the
/// decoys.
pub fn find(
    work: &Work,
    mut unpacked: Unpacked<'_>,
    blocks: Option<Blocks>,
    probe: Option<&Probe>,
    options: &Options<'_>,
    for_store: bool,
    spill: Option<Spill<'_>>,
) -> Result<Found> {
    if is_over(work, for_store)
        && let Some(facts) = work.marked::<Facts>(STAGE)?
    {
        return load(work, facts, for_store, spill.is_some());
    }
    // What a run left that stopped in this stage is not of this one.
    let _ = std::fs::remove_file(work.path(EDGES));
    let blocks = match blocks {
        Some(blocks) => blocks,
        None => {
            let mut blocks =
                self::blocks(work, &unpacked.plain(), options.limits(), probe, options.progress, for_store, spill)?;
            unpacked.keep(blocks.drawn.take());
            blocks
        }
    };
    let kept = blocks.kept;
    let packed = unpacked.packed;
    let (mut matched, edges) = match spill {
        Some(spill) => spill::matched(&spill, options, packed, blocks, probe)?,
        None => {
            let mut matched = pipeline::matched(options, unpacked, &blocks, probe);
            drop(blocks);
            let edges = Edges::Held(std::mem::take(&mut matched.edges));
            (matched, edges)
        }
    };
    let clusters = std::mem::take(&mut matched.clusters);
    options.progress.stage("identify", clusters.len() as u64);
    let assignments = pipeline::assignments(options, &clusters);
    drop(clusters);
    let (facts, review) = facts_and_review(options, packed, &matched, &edges, &assignments)?;
    let (edges, file) = if for_store { stored(work, edges)? } else { (without(edges), None) };
    let found = Found { assignments, review, edges, facts };
    let mut profiles = SpoolWriter::create(&work.path(PROFILES))?;
    profiles.plain(&pack(&found))?;
    let mut files = vec![(PROFILES, profiles.finish()?)];
    files.extend(file.map(|check| (EDGES, check)));
    files.extend(kept.map(|kept| (KEYS, kept)));
    work.mark(STAGE, &files, &found.facts)?;
    Ok(found)
}

/// Puts the edges into the file for a store; its length and checksum.
fn stored(work: &Work, edges: Edges) -> Result<(Edges, Option<(u64, u32)>)> {
    let path = work.path(EDGES);
    match edges {
        Edges::Held(edges) => {
            let mut file = RowWriter::create(&path)?;
            edges.iter().try_for_each(|edge| file.push(edge))?;
            Ok((Edges::Held(edges), Some(file.finish()?.check)))
        }
        Edges::Filed(file) => {
            let file = file.rename(&path)?;
            let check = file.check;
            Ok((Edges::Filed(file), Some(check)))
        }
    }
}

/// No edges, where nobody needs them any more.
fn without(edges: Edges) -> Edges {
    if let Edges::Filed(file) = edges {
        file.remove();
    }
    Edges::Held(Vec::new())
}

fn load(work: &Work, facts: Facts, for_store: bool, spills: bool) -> Result<Found> {
    let read = |name: &str| {
        let path = work.path(name);
        std::fs::read(&path).map_err(|error| Error::read(&path, error))
    };
    let damaged =
        |name: &str| Error::input(&work.path(name), "the intermediate results are damaged; run again without --resume");
    let mut found = unpack(&mut read(PROFILES)?.as_slice(), facts).ok_or_else(|| damaged(PROFILES))?;
    if for_store {
        let edges = Edges::Filed(RowFile::open(&work.path(EDGES))?);
        found.edges = if spills { edges } else { Edges::Held(edges.all()?.into_owned()) };
    }
    Ok(found)
}

/// The facts and the pairs for clerical review, of one pass over the edges.
fn facts_and_review(
    options: &Options<'_>,
    packed: &Packed,
    matched: &Matched,
    edges: &Edges,
    assignments: &[Assignment],
) -> Result<(Facts, Vec<Edge>)> {
    let mut weights: BTreeMap<i32, u64> = BTreeMap::new();
    let profile_of = pipeline::profile_by_record(assignments, packed);
    let cluster_of = |handle: RecordHandle| profile_of.get(packed.position(handle)?).map(|profile| profile.0);
    let mut possible = Possible::new(options.model, options.judgements, &cluster_of);
    // The weight by which each record hangs on its profile: that of its best pair inside.
    let mut held: Vec<i32> = vec![i32::MIN; packed.len()];
    let mut low = 0;
    edges.each(&mut |edge| {
        *weights.entry(edge.weight.0.div_euclid(1_000)).or_default() += 1;
        // Edges ascend: many in a row have one record in common.
        if packed.handle(low) != edge.pair.low() {
            low = packed.position(edge.pair.low()).unwrap_or_default();
        }
        let (a, Some(b)) = (low, packed.position(edge.pair.high())) else { return };
        if let (Some(a), Some(b)) = (profile_of.get(a), profile_of.get(b)) {
            possible.add_between(edge, a.0, b.0);
        }
        if profile_of.get(a) == profile_of.get(b) {
            for side in [a, b] {
                if let Some(held) = held.get_mut(side) {
                    *held = edge.weight.0.max(*held);
                }
            }
        }
    })?;
    let weakest = |assignment: &Assignment| {
        let held = assignment.members.iter().filter_map(|member| held.get(packed.position(*member)?).copied());
        // Records that only a person's word or a chain through a limit joined have no pair.
        held.filter(|weight| *weight > i32::MIN).min().map(|weight| (assignment.profile.0, weight))
    };
    let several = assignments.iter().filter(|assignment| assignment.members.len() > 1);
    let mut doubtful: Vec<(u64, i32)> = several.filter_map(weakest).collect();
    doubtful.sort_unstable_by_key(|(profile, weight)| (*weight, *profile));
    doubtful.truncate(SHOWN_CLUSTERS);
    let facts = Facts {
        candidate_pairs: matched.candidate_pairs,
        generic_blocks: matched.generic_blocks,
        cut_components: matched.cut_components,
        weights,
        doubtful,
        decoys: matched.decoys.map(Decoys::from),
    };
    Ok((facts, possible.pairs()))
}

impl Found {
    /// The profiles of most records, the largest first; customers of one record are none.
    pub fn largest(&self) -> Vec<&Assignment> {
        let mut largest: Vec<&Assignment> = self.assignments.iter().filter(|a| a.members.len() > 1).collect();
        largest.sort_unstable_by_key(|assignment| (Reverse(assignment.members.len()), assignment.profile));
        largest.truncate(SHOWN_CLUSTERS);
        largest
    }
}

impl Found {
    /// The profiles whose weakest record hangs on the least weight.
    pub fn doubtful(&self) -> Vec<&Assignment> {
        let of = |profile: u64| self.assignments.binary_search_by_key(&profile, |assignment| assignment.profile.0).ok();
        self.facts.doubtful.iter().filter_map(|(profile, _)| self.assignments.get(of(*profile)?)).collect()
    }
}

fn pack(found: &Found) -> Vec<u8> {
    let mut bytes = Vec::new();
    codec::put_number(found.assignments.len() as u64, &mut bytes);
    for assignment in &found.assignments {
        bytes.extend_from_slice(&assignment.profile.0.to_le_bytes());
        bytes.push(u8::from(assignment.founded));
        codec::put_number(assignment.members.len() as u64, &mut bytes);
        assignment.members.iter().for_each(|member| bytes.extend_from_slice(&member.0.to_le_bytes()));
    }
    codec::put_number(found.review.len() as u64, &mut bytes);
    found.review.iter().for_each(|edge| edge.put(&mut bytes));
    bytes
}

fn unpack(input: &mut &[u8], facts: Facts) -> Option<Found> {
    let assignments = (0..codec::take_number(input)?).map(|_| take_assignment(input)).collect::<Option<_>>()?;
    let review = (0..codec::take_number(input)?).map(|_| take_edge(input)).collect::<Option<_>>()?;
    Some(Found { assignments, review, edges: Edges::Held(Vec::new()), facts })
}

fn take<const N: usize>(input: &mut &[u8]) -> Option<[u8; N]> {
    let (bytes, rest) = input.split_first_chunk::<N>()?;
    *input = rest;
    Some(*bytes)
}

fn take_assignment(input: &mut &[u8]) -> Option<Assignment> {
    let profile = ProfileId(u64::from_le_bytes(take(input)?));
    let [founded] = take(input)?;
    let count = codec::take_number(input)?;
    let members = (0..count).map(|_| Some(RecordHandle(u64::from_le_bytes(take(input)?)))).collect::<Option<_>>()?;
    Some(Assignment { profile, members, founded: founded == 1 })
}

fn take_edge(input: &mut &[u8]) -> Option<Edge> {
    Edge::take(&take::<{ Edge::BYTES }>(input)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::id::{MatchWeight, RecordPair};

    #[test]
    fn what_was_found_comes_back_and_cut_off_bytes_are_refused() {
        let handle = RecordHandle;
        let found = Found {
            assignments: vec![
                Assignment { profile: ProfileId(3), members: vec![handle(1), handle(9)], founded: true },
                Assignment { profile: ProfileId(7), members: vec![handle(5)], founded: false },
            ],
            review: vec![Edge {
                pair: RecordPair::new(handle(1), handle(5)).unwrap(),
                weight: MatchWeight(-250),
                cannot_link: false,
            }],
            edges: Edges::Held(Vec::new()),
            facts: Facts::default(),
        };
        let bytes = pack(&found);
        let back = unpack(&mut bytes.as_slice(), Facts::default()).unwrap();
        assert_eq!((back.assignments, back.review), (found.assignments, found.review));
        for end in 0..bytes.len() {
            assert!(unpack(&mut &bytes[..end], Facts::default()).is_none(), "{end}");
        }
    }
}
