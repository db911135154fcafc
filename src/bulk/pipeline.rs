//! The five stages over a whole set of records, in parallel. A function of the set: the order of the input does not show.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::domain::block;
use crate::domain::cluster::components::{self, Component};
use crate::domain::cluster::identity::{self, Assignment, Past};
use crate::domain::cluster::judgement::Judgements;
use crate::domain::cluster::{self, Edge};
use crate::domain::features::Features;
use crate::domain::features::sketch::Sketch;
use crate::domain::id::{BlockKey, ProfileId, RecordHandle, RecordPair};
use crate::domain::model::MatchModel;
use crate::domain::prepare::prepare;
use crate::domain::record::{PreparedRecord, RawRecord};
use crate::domain::relation::{self, Party, ProfileRelation};
use crate::domain::review::queue;
use crate::domain::score::{self, prefilter};
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
pub struct Options<'a> {
    /// The match model.
    pub model: &'a MatchModel,
    /// The survivorship rules.
    pub policy: &'a SurvivorshipPolicy,
    /// What people said.
    pub judgements: &'a Judgements,
    /// Profile ids of an earlier run, by record.
    pub previous: &'a BTreeMap<RecordHandle, ProfileId>,
    /// Hears how far the run is.
    pub progress: &'a dyn Progress,
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
        self.records.binary_search_by_key(&handle, |record| record.key.handle()).ok()
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
    let mut records: Vec<PreparedRecord> = raw
        .par_iter()
        .with_min_len(256)
        .map(|record| {
            progress.advance(1);
            prepare(record)
        })
        .collect();
    records.par_sort_unstable_by_key(|record| record.key.handle());
    records
}

/// Stages 2 to 5 over prepared records, which are ascending by handle.
pub fn resolve(records: Vec<PreparedRecord>, options: &Options<'_>) -> Outcome {
    let features = features(&records, options.model);
    let candidates = candidates(options, &features);
    let edges = edges(options, &features, &candidates.pairs);
    let components = components(options, &features, &edges);
    let clustered = clustered(options, &features, &edges, &components);

    let clusters: Vec<Vec<RecordHandle>> = clustered.iter().flat_map(|partition| partition.clusters.clone()).collect();
    let mut assignments = assignments(options, &clusters);
    assignments.sort_unstable_by_key(|assignment| assignment.profile);
    let profile_of = profile_by_record(&assignments, &features);
    let cluster_of = |handle: RecordHandle| {
        let position = features.binary_search_by_key(&handle, |f| f.handle).ok()?;
        profile_of.get(position).map(|profile| profile.0)
    };
    let review = queue::possible_matches(options.model, &edges, options.judgements, &cluster_of);
    Outcome {
        profiles: golden(options, &records, assignments),
        review,
        candidate_pairs: candidates.pairs.len() as u64,
        generic_blocks: candidates.generic_blocks,
        cut_components: clustered.iter().filter(|partition| partition.cut_to_limit).count() as u64,
        records,
    }
}

/// What stages 2 and 3 read of the records.
pub(crate) fn features(records: &[PreparedRecord], model: &MatchModel) -> Vec<Features> {
    records.par_iter().with_min_len(256).map(|record| Features::of(record, &model.frequencies)).collect()
}

pub(crate) struct Candidates {
    /// Positions of two records, the smaller in the upper half; ascending, each pair once.
    pub(crate) pairs: Vec<u64>,
    generic_blocks: u64,
}

pub(crate) fn candidates(options: &Options<'_>, features: &[Features]) -> Candidates {
    options.progress.stage("block", features.len() as u64);
    let mut keyed: Vec<(BlockKey, u32)> = features
        .par_iter()
        .with_min_len(256)
        .enumerate()
        .flat_map_iter(|(position, features)| {
            options.progress.advance(1);
            block::keys(features).into_iter().map(move |key| (key, position as u32))
        })
        .collect();
    keyed.par_sort_unstable();
    let limit = options.model.limits.block_records_max;
    let mut pairs = Vec::new();
    let mut generic_blocks = 0;
    for block in keyed.chunk_by(|a, b| a.0 == b.0) {
        if block.len() > limit {
            generic_blocks += 1;
            continue;
        }
        for (i, (_, a)) in block.iter().enumerate() {
            pairs.extend(block[i + 1..].iter().map(|(_, b)| (u64::from(*a) << 32) | u64::from(*b)));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    Candidates { pairs, generic_blocks }
}

pub(super) fn edges(options: &Options<'_>, features: &[Features], pairs: &[u64]) -> Vec<Edge> {
    options.progress.stage("compare", pairs.len() as u64);
    let review = options.model.thresholds.review;
    let sketches = sketches(features);
    let chunks: Vec<Vec<Edge>> = pairs
        .par_chunks(4_096)
        .map(|chunk| {
            let mut kept = Vec::new();
            prefilter::keep(options.model, &sketches, chunk, review, &mut kept);
            let scored = kept.iter().filter_map(|pair| {
                let (a, b) = (&features[(pair >> 32) as usize], &features[(pair & 0xffff_ffff) as usize]);
                let score::Weighed { weight, cannot_link } = score::weigh_from(options.model, a, b, review)?;
                Some(Edge { pair: RecordPair::new(a.handle, b.handle)?, weight, cannot_link })
            });
            let edges = scored.collect();
            options.progress.advance(chunk.len() as u64);
            edges
        })
        .collect();
    chunks.into_iter().flatten().collect()
}

/// The sketches side by side, where the prefilter reads them.
pub(crate) fn sketches(features: &[Features]) -> Vec<Sketch> {
    features.par_iter().with_min_len(4_096).map(|features| features.sketch.clone()).collect()
}

pub(super) fn components(options: &Options<'_>, features: &[Features], edges: &[Edge]) -> Vec<Component> {
    let handles: Vec<RecordHandle> = features.iter().map(|features| features.handle).collect();
    components::components(&handles, edges.iter(), options.judgements, options.model.thresholds.link)
}

pub(super) fn clustered(
    options: &Options<'_>,
    features: &[Features],
    edges: &[Edge],
    components: &[Component],
) -> Vec<cluster::Partition> {
    options.progress.stage("cluster", edges.len() as u64);
    let by_handle =
        |handle: RecordHandle| features.binary_search_by_key(&handle, |f| f.handle).ok().map(|p| &features[p]);
    components
        .par_iter()
        .with_min_len(64)
        .map(|component| {
            options.progress.advance(component.edges.len() as u64);
            if component.members.len() == 1 {
                return cluster::Partition { clusters: vec![component.members.clone()], cut_to_limit: false };
            }
            let score = |a: RecordHandle, b: RecordHandle| match (by_handle(a), by_handle(b)) {
                (Some(a), Some(b)) => score::evidence(options.model, a, b),
                _ => score::Evidence::default(),
            };
            cluster::partition(options.model, &component.members, &component.edges, options.judgements, &score)
        })
        .collect()
}

fn assignments(options: &Options<'_>, clusters: &[Vec<RecordHandle>]) -> Vec<Assignment> {
    let previous = |record: RecordHandle| options.previous.get(&record).copied();
    identity::assign(
        clusters,
        &Past {
            live: &previous,
            absorbed: &BTreeMap::new(),
            taken: &|_| false,
            redirected: &|_| false,
            founded: &|_| 0,
        },
    )
}

fn profile_by_record(assignments: &[Assignment], features: &[Features]) -> Vec<ProfileId> {
    let mut profiles = vec![ProfileId(0); features.len()];
    for assignment in assignments {
        for member in &assignment.members {
            if let Ok(position) = features.binary_search_by_key(member, |f| f.handle) {
                profiles[position] = assignment.profile;
            }
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
            let position = |handle: &RecordHandle| records.binary_search_by_key(handle, |r| r.key.handle()).ok();
            let members: Vec<&PreparedRecord> =
                assignment.members.iter().filter_map(position).filter_map(|p| records.get(p)).collect();
            let golden = survive::survive(options.policy, &members);
            (assignment, golden)
        })
        .collect()
}
