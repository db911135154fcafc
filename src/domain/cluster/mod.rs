//! Stage 4: edges and judgements become clusters of records, one cluster a customer.
//!
//! Every function here depends on sets only, never on the order in which records arrived.

pub mod components;
pub mod identity;
pub mod judgement;
pub mod linkage;
pub mod pieces;

use super::id::{MatchWeight, RecordHandle, RecordPair};
use super::model::MatchModel;
use super::score::Evidence;
use components::connected;
use judgement::{Judgements, Verdict};
use linkage::{Linked, Merge};

/// A scored pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The two records.
    pub pair: RecordPair,
    /// Their match weight.
    pub weight: MatchWeight,
    /// Their evidence forbids a merge.
    pub cannot_link: bool,
}

/// What a component became.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partition {
    /// Clusters, each ascending, ordered by their first record.
    pub clusters: Vec<Vec<RecordHandle>>,
    /// A limit shaped the clusters: the component was larger than its own and was cut at rising thresholds first, or clusters that
    /// would have merged are larger together than a profile may be. Somebody should look.
    pub cut_to_limit: bool,
}

/// Clusters one component: its records ascending, the edges among them, and a function that scores any two of them.
///
/// Clusters merge along the edges; whether they do is decided by all pairs between them. A component over the limit is first cut
/// into pieces at a threshold that rises by one bit until every piece fits.
pub fn partition(
    model: &MatchModel,
    members: &[RecordHandle],
    edges: &[Edge],
    judgements: &Judgements,
    score: &dyn Fn(RecordHandle, RecordHandle) -> Evidence,
) -> Partition {
    partition_by(model, members, edges, judgements, &mut |piece, pairs| {
        linkage::average_linkage(model, piece, pairs, judgements, score)
    })
}

/// The same as [`partition`], with every merge in the order in which it was made.
pub fn partition_traced(
    model: &MatchModel,
    members: &[RecordHandle],
    edges: &[Edge],
    judgements: &Judgements,
    score: &dyn Fn(RecordHandle, RecordHandle) -> Evidence,
) -> (Partition, Vec<Merge>) {
    let mut merges = Vec::new();
    let partition = partition_by(model, members, edges, judgements, &mut |piece, pairs| {
        let (linked, more) = linkage::average_linkage_traced(model, piece, pairs, judgements, score);
        merges.extend(more);
        linked
    });
    (partition, merges)
}

/// Edges between all of these records: for whoever has scored them all, or means to.
pub fn complete(members: &[RecordHandle]) -> Vec<Edge> {
    let all = members.iter().enumerate();
    let pairs = all.flat_map(|(i, &a)| members.iter().skip(i + 1).filter_map(move |&b| RecordPair::new(a, b)));
    pairs.map(|pair| Edge { pair, weight: MatchWeight(0), cannot_link: false }).collect()
}

/// Records, ascending, and the edges among them.
struct Piece {
    members: Vec<RecordHandle>,
    edges: Vec<Edge>,
}

impl Piece {
    /// Cuts it into what these pairs connect. Each edge is looked at once, however many parts there are.
    fn cut(&self, strong: impl Iterator<Item = RecordPair>) -> Vec<Self> {
        let parts = connected(&self.members, strong);
        let mut part_of: Vec<(RecordHandle, usize)> = Vec::with_capacity(self.members.len());
        for (number, part) in parts.iter().enumerate() {
            part_of.extend(part.iter().map(|member| (*member, number)));
        }
        part_of.sort_unstable();
        let find = |record: RecordHandle| {
            let position = part_of.binary_search_by_key(&record, |(member, _)| *member).ok()?;
            part_of.get(position).map(|(_, number)| *number)
        };
        let mut pieces: Vec<Self> = parts.into_iter().map(|members| Self { members, edges: Vec::new() }).collect();
        for edge in &self.edges {
            if let (Some(low), Some(high)) = (find(edge.pair.low()), find(edge.pair.high()))
                && low == high
                && let Some(piece) = pieces.get_mut(low)
            {
                piece.edges.push(*edge);
            }
        }
        pieces
    }
}

/// Cuts a component to the limit and clusters every piece by `link`, which is given its records and the pairs among them that have an edge.
fn partition_by(
    model: &MatchModel,
    members: &[RecordHandle],
    edges: &[Edge],
    judgements: &Judgements,
    link: &mut dyn FnMut(&[RecordHandle], &[RecordPair]) -> Linked,
) -> Partition {
    let mut partition = Partition::default();
    if members.len() <= model.limits.component_records_max {
        let pairs: Vec<RecordPair> = edges.iter().map(|edge| edge.pair).collect();
        let linked = link(members, &pairs);
        partition.cut_to_limit = linked.kept_small;
        partition.clusters = linked.clusters;
        partition.clusters.sort_unstable();
        return partition;
    }
    let member = |record: RecordHandle| members.binary_search(&record).is_ok();
    let inside = edges.iter().filter(|edge| member(edge.pair.low()) && member(edge.pair.high()));
    let whole = Piece { members: members.to_vec(), edges: inside.copied().collect() };
    let mut pending = vec![(whole, model.thresholds.link)];
    while let Some((piece, threshold)) = pending.pop() {
        if piece.members.len() <= model.limits.component_records_max {
            let pairs: Vec<RecordPair> = piece.edges.iter().map(|edge| edge.pair).collect();
            let linked = link(&piece.members, &pairs);
            partition.cut_to_limit |= linked.kept_small;
            partition.clusters.extend(linked.clusters);
            continue;
        }
        if threshold.0 > THRESHOLD_MAX {
            // Only people's judgements still hold it together.
            partition.clusters.push(piece.members);
            continue;
        }
        partition.cut_to_limit = true;
        let raised = MatchWeight(threshold.0 + THRESHOLD_STEP);
        let strong = links(&piece.edges, judgements, &piece.members, raised);
        pending.extend(piece.cut(strong).into_iter().map(|part| (part, raised)));
    }
    partition.clusters.sort_unstable();
    partition
}

/// Beyond the weight of all the evidence in the world.
const THRESHOLD_MAX: i32 = 200_000;

/// By how much the threshold rises where a piece is over the limit, in milli-bits.
const THRESHOLD_STEP: i32 = 1_000;

/// The pairs inside `piece` that hold it together at a threshold: edges and positive judgements, negative ones excepted.
fn links<'a>(
    edges: &'a [Edge],
    judgements: &'a Judgements,
    piece: &'a [RecordHandle],
    threshold: MatchWeight,
) -> impl Iterator<Item = RecordPair> + 'a {
    let inside =
        |pair: &RecordPair| piece.binary_search(&pair.low()).is_ok() && piece.binary_search(&pair.high()).is_ok();
    let by_weight = edges.iter().filter(move |edge| edge.weight >= threshold && is_link(edge, judgements));
    let judged = judgements.iter().filter(|(_, verdict)| *verdict == Verdict::Positive).map(|(pair, _)| pair);
    by_weight.map(|edge| edge.pair).chain(judged).filter(inside)
}

/// Whether an edge that is heavy enough joins its records into a component.
pub fn is_link(edge: &Edge, judgements: &Judgements) -> bool {
    match judgements.verdict(edge.pair) {
        Some(Verdict::Positive) => true,
        Some(Verdict::Negative) => false,
        Some(Verdict::Unsure) | None => !edge.cannot_link,
    }
}

#[cfg(test)]
mod tests;
