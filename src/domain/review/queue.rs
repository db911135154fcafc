//! Which pairs deserve a look: heavy enough to be possible, yet in different clusters, and not judged before.

use std::collections::BTreeSet;

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
    let mut between: Vec<((u64, u64), Edge)> = Vec::new();
    // Edges ascend: many in a row have one record in common.
    let mut last = None;
    for edge in edges {
        if edge.weight < model.thresholds.review || edge.cannot_link {
            continue;
        }
        let low = edge.pair.low();
        let cluster = match last {
            Some((record, cluster)) if record == low => cluster,
            _ => cluster_of(low),
        };
        last = Some((low, cluster));
        let (Some(a), Some(b)) = (cluster, cluster_of(edge.pair.high())) else { continue };
        let clusters = (a.min(b), a.max(b));
        if a != b && !judged.contains(&clusters) {
            between.push((clusters, *edge));
        }
    }
    between.sort_unstable_by_key(|(clusters, edge)| (*clusters, std::cmp::Reverse(edge.weight), edge.pair));
    between.dedup_by_key(|(clusters, _)| *clusters);
    let mut pairs: Vec<Edge> = between.into_iter().map(|(_, edge)| edge).collect();
    pairs.sort_unstable_by_key(|edge| (std::cmp::Reverse(edge.weight), edge.pair));
    pairs
}
