//! Which pairs deserve a look: heavy enough to be possible, yet in different clusters, and not judged before.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::cluster::Edge;
use crate::domain::cluster::judgement::Judgements;
use crate::domain::id::RecordHandle;
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
    // Clusters about which somebody has spoken already are not asked about again through another pair.
    let judged: BTreeSet<(u64, u64)> = judgements
        .iter()
        .filter_map(|(pair, _)| Some((cluster_of(pair.low())?, cluster_of(pair.high())?)))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect();
    let mut best: BTreeMap<(u64, u64), Edge> = BTreeMap::new();
    for edge in edges {
        if edge.weight < model.thresholds.review || edge.cannot_link {
            continue;
        }
        let (Some(a), Some(b)) = (cluster_of(edge.pair.low()), cluster_of(edge.pair.high())) else { continue };
        if a == b || judged.contains(&(a.min(b), a.max(b))) {
            continue;
        }
        let heavier =
            |known: &Edge| (edge.weight, std::cmp::Reverse(edge.pair)) > (known.weight, std::cmp::Reverse(known.pair));
        let entry = best.entry((a.min(b), a.max(b))).or_insert(*edge);
        if heavier(entry) {
            *entry = *edge;
        }
    }
    let mut pairs: Vec<Edge> = best.into_values().collect();
    pairs.sort_unstable_by_key(|edge| (std::cmp::Reverse(edge.weight), edge.pair));
    pairs
}
