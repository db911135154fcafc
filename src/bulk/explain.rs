//! How the cluster of one record comes together in a bulk run over the input, step by step.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Blocks;
use super::features::FeatureStore;
use super::pipeline::{self, Options};
use crate::domain::cluster::judgement::Verdict;
use crate::domain::cluster::linkage::Merge;
use crate::domain::cluster::{self, Edge, is_link};
use crate::domain::id::{RecordHandle, RecordPair};
use crate::domain::record::PreparedRecord;
use crate::domain::score;

/// How a cluster came together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assembly {
    /// The records of the cluster, ascending.
    pub members: Vec<RecordHandle>,
    /// The merges that built it, in their order.
    pub merges: Vec<Merge>,
    /// Judgements with an end in the cluster.
    pub judgements: Vec<(RecordPair, Verdict)>,
    /// Records of the component that clustering kept out.
    pub kept_out: usize,
    /// The component was over the limit and was cut at rising thresholds first.
    pub cut_to_limit: bool,
}

/// Resolves prepared records, which are ascending by handle, and traces the cluster of one.
pub fn assembly(records: &[PreparedRecord], options: &Options<'_>, record: RecordHandle) -> Assembly {
    let store = FeatureStore::Spread(pipeline::features(records, options.model).into());
    let blocks = Blocks::of(&store, options.limits(), options.progress);
    let store = store.without(&blocks.generic, &options.model.frequencies);
    let (edges, _) = pipeline::edges(options, &store, &store.sketches(), &blocks);
    let component = component(options, &store, &edges, record);
    let inside = |handle: RecordHandle| component.binary_search(&handle).is_ok();
    let edges: Vec<Edge> =
        edges.into_iter().filter(|edge| inside(edge.pair.low()) && inside(edge.pair.high())).collect();
    let by_handle = |handle: RecordHandle| store.get(store.position(handle)?);
    let score = |a: RecordHandle, b: RecordHandle| match (by_handle(a), by_handle(b)) {
        (Some(a), Some(b)) => score::evidence(options.model, &a, &b),
        _ => score::Evidence::default(),
    };
    let (partition, merges) = cluster::partition_traced(options.model, &component, &edges, options.judgements, &score);
    let members = partition.clusters.iter().find(|cluster| cluster.contains(&record)).cloned().unwrap_or_default();
    Assembly {
        merges: merges.into_iter().filter(|merge| merge.is_within(&members)).collect(),
        judgements: options.judgements.about(&members).collect(),
        kept_out: component.len() - members.len(),
        cut_to_limit: partition.cut_to_limit,
        members,
    }
}

/// The records that hang together with one, ascending: by links of enough weight, and by what people said.
fn component(
    options: &Options<'_>,
    store: &FeatureStore<'_>,
    edges: &[Edge],
    record: RecordHandle,
) -> Vec<RecordHandle> {
    let strong = |edge: &&Edge| edge.weight >= options.model.thresholds.link && is_link(edge, options.judgements);
    let linked = edges.iter().filter(strong).map(|edge| edge.pair);
    let judged = options.judgements.iter().filter(|(_, verdict)| *verdict == Verdict::Positive).map(|(pair, _)| pair);
    let mut neighbours: BTreeMap<RecordHandle, Vec<RecordHandle>> = BTreeMap::new();
    let known = |record: RecordHandle| store.position(record).is_some();
    // Judgements may be about records that are not in the input.
    for pair in linked.chain(judged).filter(|pair| known(pair.low()) && known(pair.high())) {
        neighbours.entry(pair.low()).or_default().push(pair.high());
        neighbours.entry(pair.high()).or_default().push(pair.low());
    }
    let mut found = BTreeSet::from([record]);
    let mut pending = vec![record];
    while let Some(handle) = pending.pop() {
        let next = neighbours.get(&handle).into_iter().flatten();
        pending.extend(next.copied().filter(|other| found.insert(*other)));
    }
    found.into_iter().collect()
}
