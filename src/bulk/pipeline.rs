//! The five stages over a whole set of records, in parallel. A function of the set: the order of the input does not show.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::blocks::{self, Blocks};
use super::features::{FeatureStore, Packed, Unpacked};
use super::probe::Probe;
use crate::domain::cluster::components::{self, Component};
use crate::domain::cluster::identity::{self, Assignment, Past};
use crate::domain::cluster::judgement::Judgements;
use crate::domain::cluster::{self, Edge};
use crate::domain::features::Features;
use crate::domain::features::sketch::Sketch;
use crate::domain::generic::{BlockLimits, GenericOverrides, NOTHING_SAID};
use crate::domain::id::{ProfileId, RecordHandle, RecordPair, place_of};
use crate::domain::measure::decoy::DecoyCounts;
use crate::domain::model::MatchModel;
use crate::domain::prepare::{self, prepare_all};
use crate::domain::record::{PreparedRecord, RawRecord};
use crate::domain::relation::{self, Party, ProfileRelation};
use crate::domain::review::queue;
use crate::domain::score::{self, prefilter, sketched};
use crate::domain::survive::{self, GoldenProfile, SurvivorshipPolicy};

/// Hears how far the run is.
pub trait Progress: Sync {
    /// A stage begins; `total` units of work are ahead.
    fn stage(&self, name: &'static str, total: u64);
    /// Some units are done.
    fn advance(&self, done: u64);
}

/// Hears nothing.
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _name: &'static str, _total: u64) {}
    fn advance(&self, _done: u64) {}
}

/// What a run depends on besides the records.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The match model.
    pub model: &'a MatchModel,
    /// The survivorship rules.
    pub policy: &'a SurvivorshipPolicy,
    /// What people said of pairs.
    pub judgements: &'a Judgements,
    /// What people said of values.
    pub overrides: &'a GenericOverrides,
    /// Profile ids of an earlier run, by record.
    pub previous: &'a BTreeMap<RecordHandle, ProfileId>,
    /// Hears how far the run is.
    pub progress: &'a dyn Progress,
}

static NOBODY: BTreeMap<RecordHandle, ProfileId> = BTreeMap::new();

impl<'a> Options<'a> {
    /// A run without an earlier one, about whose values nobody said anything.
    pub fn new(
        model: &'a MatchModel,
        policy: &'a SurvivorshipPolicy,
        judgements: &'a Judgements,
        progress: &'a dyn Progress,
    ) -> Self {
        Self { model, policy, judgements, overrides: &NOTHING_SAID, previous: &NOBODY, progress }
    }

    /// The limits of blocks.
    pub fn limits(&self) -> BlockLimits<'a> {
        BlockLimits { learnt: self.model.limits.block_records_max, overrides: self.overrides }
    }
}

/// What a run found.
#[derive(Debug)]
pub struct Outcome {
    /// The prepared records, ascending by handle; positions below refer to this order.
    pub records: Vec<PreparedRecord>,
    /// The clusters with their ids, ascending by id, each with its golden profile.
    pub profiles: Vec<(Assignment, GoldenProfile)>,
    /// Pairs for clerical review, heaviest first.
    pub review: Vec<Edge>,
    /// Pairs that shared a blocking key.
    pub candidate_pairs: u64,
    /// Blocks over the limit, which made no candidates.
    pub generic_blocks: u64,
    /// Components over the limit that were cut at rising thresholds.
    pub cut_components: u64,
}

impl Outcome {
    /// The record behind a handle.
    pub fn record(&self, handle: RecordHandle) -> Option<&PreparedRecord> {
        self.records.get(self.position(handle)?)
    }

    /// How the profiles belong together without being one customer.
    pub fn relations(&self) -> Vec<ProfileRelation> {
        let party = |(assignment, _): &(Assignment, GoldenProfile)| {
            let members: Vec<&PreparedRecord> = assignment.members.iter().filter_map(|m| self.record(*m)).collect();
            Party::of(assignment.profile, &members)
        };
        let parties: Vec<Party> = self.profiles.par_iter().with_min_len(256).map(party).collect();
        relation::relations(&parties)
    }

    /// The position of a record among [`Self::records`].
    pub fn position(&self, handle: RecordHandle) -> Option<usize> {
        place_of(&self.records, handle, |record| record.key.handle())
    }
}

/// Runs the five stages. Records must have different keys.
pub fn run(raw: &[RawRecord], options: &Options<'_>) -> Outcome {
    let records = prepared(raw, options.progress);
    resolve(records, options)
}

/// Stage 1 over all records; ascending by handle.
pub fn prepared(raw: &[RawRecord], progress: &dyn Progress) -> Vec<PreparedRecord> {
    progress.stage("prepare", raw.len() as u64);
    let prepare_some = |records: &[RawRecord]| {
        progress.advance(records.len() as u64);
        prepare_all(records)
    };
    let mut records: Vec<PreparedRecord> = raw.par_chunks(prepare::TOGETHER).flat_map_iter(prepare_some).collect();
    records.par_sort_unstable_by_key(|record| record.key.handle());
    records
}

/// Stages 2 to 5 over prepared records, which are ascending by handle.
pub fn resolve(records: Vec<PreparedRecord>, options: &Options<'_>) -> Outcome {
    let packed = Packed::of(&records);
    let mut unpacked = Unpacked::of(&packed);
    let mut blocks = Blocks::of(&unpacked.plain(), options.limits(), options.progress);
    unpacked.keep(blocks.drawn.take());
    let matched = matched(options, unpacked, &blocks, None);
    let assignments = assignments(options, &matched.clusters);
    let review = review(options, &packed, &matched.edges, &assignments);
    Outcome {
        profiles: golden(options, &records, assignments),
        review,
        candidate_pairs: matched.candidate_pairs,
        generic_blocks: matched.generic_blocks,
        cut_components: matched.cut_components,
        records,
    }
}

/// What stages 2 to 4 found.
#[derive(Debug, Default)]
pub struct Matched {
    /// The clusters, each ascending.
    pub clusters: Vec<Vec<RecordHandle>>,
    /// Pairs from the review threshold up, ascending.
    pub edges: Vec<Edge>,
    /// Pairs that shared a blocking key.
    pub candidate_pairs: u64,
    /// Blocks over the limit, which made no candidates.
    pub generic_blocks: u64,
    /// Components over the limit that were cut at rising thresholds.
    pub cut_components: u64,
    /// What became of decoys.
    pub decoys: Option<DecoyCounts>,
}

/// Stages 3 and 4 over features and their blocks, which have watched the keys of the decoys.
pub fn matched(options: &Options<'_>, unpacked: Unpacked<'_>, blocks: &Blocks, probe: Option<&Probe>) -> Matched {
    let (store, sketches) = unpacked.finally_sketched(&options.model.frequencies, &blocks.generic);
    let store = &store;
    let (edges, candidate_pairs) = edges(options, store, &sketches, blocks);
    let generic_blocks = blocks.generic_blocks;
    let components = components(options, store, &edges);
    let partitions = clustered(options, store, &sketches, &edges, &components);
    let cut_components = partitions.iter().filter(|partition| partition.cut_to_limit).count() as u64;
    let clusters: Vec<Vec<RecordHandle>> = partitions.into_iter().flat_map(|partition| partition.clusters).collect();
    let sketch = |position: usize| sketches.get(position).cloned();
    let decoys = probe.map(|probe| probe.offer(options, store, &sketch, &blocks.watched, &clusters));
    Matched { edges, candidate_pairs, generic_blocks, cut_components, clusters, decoys }
}

/// The pairs for clerical review, heaviest first.
pub fn review(options: &Options<'_>, packed: &Packed, edges: &[Edge], assignments: &[Assignment]) -> Vec<Edge> {
    let profile_of = profile_by_record(assignments, packed);
    let cluster_of = |handle: RecordHandle| profile_of.get(packed.position(handle)?).map(|profile| profile.0);
    queue::possible_matches(options.model, edges, options.judgements, &cluster_of)
}

/// What stages 2 and 3 read of the records.
pub(crate) fn features(records: &[PreparedRecord], model: &MatchModel) -> Vec<Features> {
    records.par_iter().with_min_len(256).map(|record| Features::of(record, &model.frequencies)).collect()
}

/// Records whose candidates are compared together.
const COMPARED_TOGETHER: usize = 4_096;

/// The pairs from the review threshold up, ascending, and how many candidates were compared.
pub(crate) fn edges(
    options: &Options<'_>,
    store: &FeatureStore<'_>,
    sketches: &[Sketch],
    blocks: &Blocks,
) -> (Vec<Edge>, u64) {
    options.progress.stage("compare", blocks.len() as u64);
    let chunks: Vec<(Vec<Edge>, u64)> = blocks
        .neighbourly()
        .par_chunks(COMPARED_TOGETHER)
        .map(|chunk| {
            let found = compared(options, store, sketches, &candidates(blocks, chunk));
            options.progress.advance(chunk.len() as u64);
            found
        })
        .collect();
    let pairs = chunks.iter().map(|(_, pairs)| pairs).sum();
    let mut edges: Vec<Edge> = Vec::with_capacity(chunks.iter().map(|(edges, _)| edges.len()).sum());
    for (found, _) in chunks {
        edges.extend(found);
    }
    // Handles ascend with positions.
    edges.par_sort_unstable();
    (edges, pairs)
}

/// The same of given pairs, which ascend.
pub(crate) fn edges_of(
    options: &Options<'_>,
    store: &FeatureStore<'_>,
    sketches: &[Sketch],
    pairs: &[u64],
) -> Vec<Edge> {
    options.progress.stage("compare", pairs.len() as u64);
    let chunks: Vec<Vec<Edge>> = pairs
        .par_chunks(8_192)
        .map(|chunk| {
            let (edges, done) = compared(options, store, sketches, chunk);
            options.progress.advance(done);
            edges
        })
        .collect();
    chunks.concat()
}

/// The candidates of some records among those after them: two positions each, the smaller in the upper half.
pub(crate) fn candidates(blocks: &Blocks, records: &[u32]) -> Vec<u64> {
    let (mut pairs, mut after) = (Vec::new(), Vec::new());
    for position in records {
        blocks.after(*position as usize, &mut after);
        pairs.extend(after.iter().map(|other| blocks::pair(*position as usize, *other)));
    }
    pairs
}

/// The edges among some pairs, in their order, and how many pairs these were.
pub(crate) fn compared(
    options: &Options<'_>,
    store: &FeatureStore<'_>,
    sketches: &[Sketch],
    pairs: &[u64],
) -> (Vec<Edge>, u64) {
    let review = options.model.thresholds.review;
    let mut kept = Vec::new();
    prefilter::keep(options.model, sketches, pairs, review, &mut kept);
    let mut view = store.view(sketches);
    let scored = kept.iter().filter_map(|pair| {
        let (a, b) = ((pair >> 32) as usize, (pair & 0xffff_ffff) as usize);
        let weighed = match sketched::weigh(options.model, sketches.get(a)?, sketches.get(b)?) {
            Some(weighed) => Some(weighed).filter(|weighed| weighed.weight >= review),
            None => view.with_pair(a, b, |a, b| score::weigh_from(options.model, a, b, review))?,
        };
        let score::Weighed { weight, cannot_link } = weighed?;
        Some(Edge { pair: RecordPair::new(store.handle(a), store.handle(b))?, weight, cannot_link })
    });
    (scored.collect(), pairs.len() as u64)
}

/// The sketches side by side, where the prefilter reads them.
pub(crate) fn sketches(features: &[Features]) -> Vec<Sketch> {
    features.par_iter().with_min_len(4_096).map(|features| features.sketch.clone()).collect()
}

/// Components of which the sketches are fetched together.
const CLUSTERED_TOGETHER: usize = 16;

pub(crate) fn components(options: &Options<'_>, store: &FeatureStore<'_>, edges: &[Edge]) -> Vec<Component> {
    options.progress.stage("components", edges.len() as u64);
    let (handles, link) = (store.handles(), options.model.thresholds.link);
    match store {
        FeatureStore::Spread(_) => components::components(&handles, edges.iter(), options.judgements, link),
        FeatureStore::Packed(packed, ..) => {
            let place = |handle| packed.position(handle);
            components::components_by(&handles, &place, edges.iter(), options.judgements, link)
        }
    }
}

/// What each component becomes; its places are positions in the store.
pub(crate) fn clustered(
    options: &Options<'_>,
    store: &FeatureStore<'_>,
    sketches: &[Sketch],
    edges: &[Edge],
    components: &[Component],
) -> Vec<cluster::Partition> {
    options.progress.stage("cluster", edges.len() as u64);
    components
        .par_chunks(CLUSTERED_TOGETHER)
        .flat_map_iter(|components| {
            let places = components.iter().filter(|component| component.members.len() > 1).flat_map(|c| &c.places);
            prefilter::fetch(places.filter_map(|place| sketches.get(*place as usize)));
            components.iter().map(|component| {
                options.progress.advance(component.edges.len() as u64);
                partition(options, store, sketches, component)
            })
        })
        .collect()
}

fn partition(
    options: &Options<'_>,
    store: &FeatureStore<'_>,
    sketches: &[Sketch],
    component: &Component,
) -> cluster::Partition {
    if component.members.len() == 1 {
        return cluster::Partition { clusters: vec![component.members.clone()], cut_to_limit: false };
    }
    let position = |handle| {
        let place = component.members.binary_search(&handle).ok()?;
        component.places.get(place).map(|position| *position as usize)
    };
    let view = RefCell::new(store.view(sketches));
    let evidence = |a: RecordHandle, b: RecordHandle| {
        let (a, b) = (position(a.min(b))?, position(a.max(b))?);
        let by_sketches = sketched::evidence(options.model, sketches.get(a)?, sketches.get(b)?);
        by_sketches.or_else(|| view.borrow_mut().with_pair(a, b, |a, b| score::evidence(options.model, a, b)))
    };
    let score = |a: RecordHandle, b: RecordHandle| evidence(a, b).unwrap_or_default();
    cluster::partition(options.model, &component.members, &component.edges, options.judgements, &score)
}

/// The clusters with their ids, ascending by id.
pub fn assignments(options: &Options<'_>, clusters: &[Vec<RecordHandle>]) -> Vec<Assignment> {
    let previous = |record: RecordHandle| options.previous.get(&record).copied();
    let mut assignments = identity::assign(
        clusters,
        &Past {
            live: &previous,
            absorbed: &BTreeMap::new(),
            taken: &|_| false,
            redirected: &|_| false,
            founded: &|_| 0,
        },
    );
    assignments.sort_unstable_by_key(|assignment| assignment.profile);
    assignments
}

/// The profile of each record, by position.
pub fn profile_by_record(assignments: &[Assignment], packed: &Packed) -> Vec<ProfileId> {
    let mut profiles = vec![ProfileId(0); packed.len()];
    for assignment in assignments {
        for position in assignment.members.iter().filter_map(|member| packed.position(*member)) {
            profiles[position] = assignment.profile;
        }
    }
    profiles
}

fn golden(
    options: &Options<'_>,
    records: &[PreparedRecord],
    assignments: Vec<Assignment>,
) -> Vec<(Assignment, GoldenProfile)> {
    options.progress.stage("survive", assignments.len() as u64);
    assignments
        .into_par_iter()
        .with_min_len(64)
        .map(|assignment| {
            options.progress.advance(1);
            let position = |handle: &RecordHandle| place_of(records, *handle, |record| record.key.handle());
            let members: Vec<&PreparedRecord> =
                assignment.members.iter().filter_map(position).filter_map(|p| records.get(p)).collect();
            let golden = survive::survive(options.policy, &members);
            (assignment, golden)
        })
        .collect()
}
