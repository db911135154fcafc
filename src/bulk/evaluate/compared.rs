//! The records behind an evaluation, compared as a run compares them: candidates, weights, components.

use rayon::prelude::*;

use crate::bulk::blocks::Blocks;
use crate::bulk::features::FeatureStore;
use crate::bulk::pipeline::{self, Options};
use crate::domain::cluster::components::DisjointSets;
use crate::domain::features::Features;
use crate::domain::id::MatchWeight;
use crate::domain::record::PreparedRecord;
use crate::domain::score;

/// What two records are worth to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairScore {
    /// The match weight.
    pub weight: MatchWeight,
    /// The evidence forbids a merge.
    pub cannot_link: bool,
}

/// Records with their candidate pairs scored.
pub struct Compared {
    /// The records, ascending by handle; positions refer to this order.
    pub records: Vec<PreparedRecord>,
    /// What was compared of each.
    pub features: Vec<Features>,
    pairs: Vec<u64>,
    scores: Vec<PairScore>,
}

impl Compared {
    /// Finds and scores the candidate pairs of prepared records.
    pub fn new(records: Vec<PreparedRecord>, options: &Options<'_>) -> Self {
        let store = FeatureStore::Spread(pipeline::features(&records, options.model).into());
        let blocks = Blocks::of(&store, options.limits(), options.progress);
        let pairs = blocks.pairs();
        let features = store.without(&blocks.generic, &options.model.frequencies).into_spread();
        options.progress.stage("compare", pairs.len() as u64);
        let score = |pair: &u64| {
            let (a, b) = positions(*pair);
            let scored = features.get(a).zip(features.get(b)).map(|(a, b)| score::score(options.model, a, b));
            let (weight, cannot_link) = scored.map_or((MatchWeight(i32::MIN), true), |s| (s.weight, s.cannot_link));
            PairScore { weight, cannot_link }
        };
        let scores = pairs.par_iter().with_min_len(1_024).map(score).collect();
        Self { records, features, pairs, scores }
    }

    /// The candidate pairs by position, ascending, each with its score.
    pub fn candidates(&self) -> impl Iterator<Item = (usize, usize, PairScore)> + '_ {
        self.pairs.iter().zip(&self.scores).map(|(pair, score)| {
            let (a, b) = positions(*pair);
            (a, b, *score)
        })
    }

    /// Whether blocking brings two records together.
    pub fn is_candidate(&self, a: usize, b: usize) -> bool {
        self.pairs.binary_search(&packed(a, b)).is_ok()
    }

    /// The component of each record when pairs of at least `link` join.
    pub fn components(&self, link: MatchWeight) -> Vec<usize> {
        let mut sets = DisjointSets::new(self.records.len());
        for (a, b, score) in self.candidates() {
            if score.weight >= link && !score.cannot_link {
                sets.union(a, b);
            }
        }
        (0..self.records.len()).map(|position| sets.find(position)).collect()
    }
}

fn positions(pair: u64) -> (usize, usize) {
    ((pair >> 32) as usize, (pair & 0xffff_ffff) as usize)
}

fn packed(a: usize, b: usize) -> u64 {
    ((a.min(b) as u64) << 32) | a.max(b) as u64
}
