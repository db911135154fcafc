//! Which pairs deserve a look: heavy enough to be possible, yet in different clusters, and not judged before.

use std::collections::BTreeSet;

use crate::domain::cluster::Edge;
use crate::domain::cluster::judgement::Judgements;
use crate::domain::id::{MatchWeight, RecordHandle};
use crate::domain::model::MatchModel;

/// The pairs for clerical review: for each two clusters the heaviest pair (ties: the smaller records), heaviest first.
///
/// `cluster_of` gives any number that is the same for the records of one cluster only.
pub fn possible_matches(
    model: &MatchModel,
    edges: &[Edge],
    judgements: &Judgements,
    cluster_of: &dyn Fn(RecordHandle) -> Option<u64>,
) -> Vec<Edge> {
    let mut possible = Possible::new(model, judgements, cluster_of);
    edges.iter().for_each(|edge| possible.add(edge));
    possible.pairs()
}

/// The same of edges that come one by one.
pub struct Possible<'a> {
    review: MatchWeight,
    cluster_of: &'a dyn Fn(RecordHandle) -> Option<u64>,
    judged: BTreeSet<(u64, u64)>,
    /// Pairs of two clusters each, among them the heaviest one.
    between: Vec<((u64, u64), Edge)>,
    /// How many there may be before all but the heaviest ones are forgotten.
    between_max: usize,
    /// The first record of the last edge, and its cluster.
    last: Option<(RecordHandle, Option<u64>)>,
}

/// See [`Possible`].
const BETWEEN_MIN: usize = 1 << 18;

impl<'a> Possible<'a> {
    /// No edges so far.
    pub fn new(
        model: &MatchModel,
        judgements: &Judgements,
        cluster_of: &'a dyn Fn(RecordHandle) -> Option<u64>,
    ) -> Self {
        // Clusters about which somebody has spoken already are not asked about again through another pair.
        let judged: BTreeSet<(u64, u64)> = judgements
            .iter()
            .filter_map(|(pair, _)| Some((cluster_of(pair.low())?, cluster_of(pair.high())?)))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        let review = model.thresholds.review;
        Self { review, cluster_of, judged, between: Vec::new(), between_max: BETWEEN_MIN, last: None }
    }

    /// Looks at an edge.
    pub fn add(&mut self, edge: &Edge) {
        if !self.is_asked(edge) {
            return;
        }
        let low = edge.pair.low();
        // Edges ascend: many in a row have one record in common.
        let cluster = match self.last {
            Some((record, cluster)) if record == low => cluster,
            _ => (self.cluster_of)(low),
        };
        self.last = Some((low, cluster));
        if let (Some(a), Some(b)) = (cluster, (self.cluster_of)(edge.pair.high())) {
            self.add_between(edge, a, b);
        }
    }

    fn is_asked(&self, edge: &Edge) -> bool {
        edge.weight >= self.review && !edge.cannot_link
    }

    /// Looks at an edge of two records of these clusters.
    pub fn add_between(&mut self, edge: &Edge, a: u64, b: u64) {
        let clusters = (a.min(b), a.max(b));
        if a == b || !self.is_asked(edge) || self.judged.contains(&clusters) {
            return;
        }
        self.between.push((clusters, *edge));
        if self.between.len() > self.between_max {
            self.forget();
            self.between_max = BETWEEN_MIN.max(2 * self.between.len());
        }
    }

    /// Forgets all but the heaviest pair of each two clusters.
    fn forget(&mut self) {
        let order = |(clusters, edge): &((u64, u64), Edge)| (*clusters, std::cmp::Reverse(edge.weight), edge.pair);
        self.between.sort_unstable_by_key(order);
        self.between.dedup_by_key(|(clusters, _)| *clusters);
    }

    /// The pairs, heaviest first.
    pub fn pairs(mut self) -> Vec<Edge> {
        self.forget();
        let mut pairs: Vec<Edge> = self.between.into_iter().map(|(_, edge)| edge).collect();
        pairs.sort_unstable_by_key(|edge| (std::cmp::Reverse(edge.weight), edge.pair));
        pairs
    }
}
