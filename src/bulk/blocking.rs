//! What blocking does to a set of records: pairs per rule, how the rules overlap, the largest blocks, and, with known
//! truth, which share of the true pairs becomes candidates.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::evaluate::Clustering;
use super::pipeline;
use crate::domain::block::{self, KeyKind};
use crate::domain::features::Features;
use crate::domain::id::{BlockKey, RecordKey};
use crate::domain::model::MatchModel;
use crate::domain::record::PreparedRecord;

/// One block. The text of its key is not kept, so two of its records stand for it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Block {
    /// The rule's code.
    pub rule: &'static str,
    /// Records under the key.
    pub records: u64,
    /// Over the limit: the block makes no candidates.
    pub generic: bool,
    /// Two records of the block, `source/record_id`.
    pub examples: [String; 2],
}

/// What one rule does.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RuleFigures {
    /// The rule's code.
    pub rule: &'static str,
    /// Records that have a key of the rule.
    pub records: u64,
    /// Different keys.
    pub keys: u64,
    /// Different pairs of records under keys within the limit.
    pub pairs: u64,
    /// Those of them that no other rule finds.
    pub pairs_alone: u64,
    /// Keys over the limit, which make no candidates.
    pub generic_keys: u64,
    /// Records under the largest of these.
    pub generic_records_max: u64,
    /// True pairs among the pairs, where the truth is known.
    pub true_pairs: Option<u64>,
    /// True pairs that no other rule finds.
    pub true_pairs_alone: Option<u64>,
    /// Pairs that this rule and another one both find, by the other's code; rules that share none are left out.
    pub overlap: BTreeMap<&'static str, u64>,
}

/// What all rules do together.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Blocking {
    /// Records of the input.
    pub records: u64,
    /// A larger block is generic.
    pub block_records_max: u64,
    /// Pairs of records that the input has.
    pub all_pairs: u64,
    /// Different pairs that become candidates.
    pub candidate_pairs: u64,
    /// Share of all pairs that need not be compared.
    pub reduction_ratio: f64,
    /// True pairs among the records of the input, where the truth is known.
    pub true_pairs: Option<u64>,
    /// Those that become candidates.
    pub true_candidate_pairs: Option<u64>,
    /// Their share.
    pub pair_completeness: Option<f64>,
    /// One entry a rule, in the rules' order.
    pub rules: Vec<RuleFigures>,
    /// The largest blocks of all rules, generic ones too.
    pub largest: Vec<Block>,
}

/// Measures the blocking of prepared records, which are ascending by handle; `largest_max` blocks are named.
pub fn measure(
    records: &[PreparedRecord],
    model: &MatchModel,
    truth: Option<&Clustering>,
    largest_max: usize,
) -> Blocking {
    let features = pipeline::features(records, model);
    let keyed = keyed(&features);
    let limit = model.limits.block_records_max;
    let mut rules: Vec<RuleFigures> = block::ALL.iter().map(|rule| empty(rule.code(), truth.is_some())).collect();
    let mut pairs: Vec<Vec<u64>> = vec![Vec::new(); rules.len()];
    let mut largest: Vec<&[Entry]> = Vec::new();
    for found in keyed.chunk_by(|a, b| (a.rule, a.key) == (b.rule, b.key)) {
        let rule = usize::from(found[0].rule);
        let figures = &mut rules[rule];
        figures.keys += 1;
        if found.len() >= 2 {
            largest.push(found);
        }
        if found.len() > KeyKind::of(found[0].key).records_max(limit) {
            figures.generic_keys += 1;
            figures.generic_records_max = figures.generic_records_max.max(found.len() as u64);
            continue;
        }
        for (i, a) in found.iter().enumerate() {
            pairs[rule].extend(found[i + 1..].iter().map(|b| (u64::from(a.record) << 32) | u64::from(b.record)));
        }
    }
    largest.sort_by_key(|found| (Reverse(found.len()), found[0].rule, found[0].key));
    largest.truncate(largest_max);
    let largest = largest.iter().map(|found| block_of(found, records, limit)).collect();
    count_records(&keyed, &mut rules);
    pairs.par_iter_mut().for_each(|pairs| {
        pairs.sort_unstable();
        pairs.dedup();
    });
    let clusters = truth.map(|truth| true_clusters(records, truth));
    let joint = overlaps(&pairs, clusters.as_deref(), &mut rules);
    let all_pairs = pairs_among(records.len() as u64);
    let true_pairs = clusters.as_deref().map(true_pairs);
    let ratio = |part: u64, whole: u64| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    Blocking {
        records: records.len() as u64,
        block_records_max: limit as u64,
        all_pairs,
        candidate_pairs: joint.pairs,
        reduction_ratio: 1.0 - if all_pairs == 0 { 0.0 } else { ratio(joint.pairs, all_pairs) },
        true_pairs,
        true_candidate_pairs: true_pairs.map(|_| joint.true_pairs),
        pair_completeness: true_pairs.map(|true_pairs| ratio(joint.true_pairs, true_pairs)),
        rules,
        largest,
    }
}

/// How many records stand under each of these keys.
pub fn block_records(records: &[PreparedRecord], model: &MatchModel, keys: &[BlockKey]) -> BTreeMap<BlockKey, usize> {
    let features = pipeline::features(records, model);
    let found: Vec<BlockKey> = features
        .par_iter()
        .with_min_len(256)
        .flat_map_iter(|features| block::keys(features).into_iter().filter(|key| keys.contains(key)))
        .collect();
    let mut counts = BTreeMap::new();
    for key in found {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

/// One record under one key of one rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    rule: u8,
    key: BlockKey,
    record: u32,
}

fn keyed(features: &[Features]) -> Vec<Entry> {
    let mut keyed: Vec<Entry> = features
        .par_iter()
        .with_min_len(256)
        .enumerate()
        .flat_map_iter(|(record, features)| {
            let keys = block::keys_by_rule(features).into_iter();
            keys.map(move |(rule, key)| Entry { rule: rule as u8, key, record: record as u32 })
        })
        .collect();
    keyed.par_sort_unstable();
    keyed
}

fn empty(rule: &'static str, with_truth: bool) -> RuleFigures {
    let zero = with_truth.then_some(0);
    RuleFigures {
        rule,
        records: 0,
        keys: 0,
        pairs: 0,
        pairs_alone: 0,
        generic_keys: 0,
        generic_records_max: 0,
        true_pairs: zero,
        true_pairs_alone: zero,
        overlap: BTreeMap::new(),
    }
}

fn block_of(found: &[Entry], records: &[PreparedRecord], limit: usize) -> Block {
    let name = |entry: &Entry| records.get(entry.record as usize).map(|r| r.key.to_string()).unwrap_or_default();
    let rule = block::ALL.get(usize::from(found[0].rule)).map_or("", |rule| rule.code());
    let generic = found.len() > KeyKind::of(found[0].key).records_max(limit);
    Block { rule, records: found.len() as u64, generic, examples: [name(&found[0]), name(&found[1])] }
}

fn count_records(keyed: &[Entry], rules: &mut [RuleFigures]) {
    for of_rule in keyed.chunk_by(|a, b| a.rule == b.rule) {
        let mut records: Vec<u32> = of_rule.iter().map(|entry| entry.record).collect();
        records.par_sort_unstable();
        records.dedup();
        rules[usize::from(of_rule[0].rule)].records = records.len() as u64;
    }
}

/// The true cluster of every record, numbered from 1; 0 where the truth does not know the record.
fn true_clusters(records: &[PreparedRecord], truth: &Clustering) -> Vec<u32> {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut cluster_of = |key: &RecordKey| {
        let Some(cluster) = truth.get(&key.record_id) else { return 0 };
        let next = numbers.len() as u32 + 1;
        *numbers.entry(cluster).or_insert(next)
    };
    records.iter().map(|record| cluster_of(&record.key)).collect()
}

fn true_pairs(clusters: &[u32]) -> u64 {
    let mut sizes: BTreeMap<u32, u64> = BTreeMap::new();
    for &cluster in clusters.iter().filter(|cluster| **cluster != 0) {
        *sizes.entry(cluster).or_default() += 1;
    }
    sizes.into_values().map(pairs_among).sum()
}

fn pairs_among(records: u64) -> u64 {
    records * records.saturating_sub(1) / 2
}

/// Different pairs of all rules together.
#[derive(Default)]
struct Joint {
    pairs: u64,
    true_pairs: u64,
}

/// Walks the rules' pairs side by side and counts who else finds each.
fn overlaps(pairs: &[Vec<u64>], clusters: Option<&[u32]>, rules: &mut [RuleFigures]) -> Joint {
    let mut joint = Joint::default();
    let mut heads = vec![0usize; pairs.len()];
    let mut both = vec![vec![0u64; pairs.len()]; pairs.len()];
    let mut finders = Vec::with_capacity(pairs.len());
    let head = |heads: &[usize], rule: usize| pairs[rule].get(heads[rule]).copied();
    while let Some(pair) = (0..pairs.len()).filter_map(|rule| head(&heads, rule)).min() {
        finders.clear();
        finders.extend((0..pairs.len()).filter(|&rule| head(&heads, rule) == Some(pair)));
        let is_true = clusters.is_some_and(|clusters| same_cluster(clusters, pair));
        joint.pairs += 1;
        joint.true_pairs += u64::from(is_true);
        for &rule in &finders {
            heads[rule] += 1;
            let figures = &mut rules[rule];
            let alone = finders.len() == 1;
            figures.pairs += 1;
            figures.pairs_alone += u64::from(alone);
            figures.true_pairs = figures.true_pairs.map(|count| count + u64::from(is_true));
            figures.true_pairs_alone = figures.true_pairs_alone.map(|count| count + u64::from(is_true && alone));
            for &other in finders.iter().filter(|other| **other != rule) {
                both[rule][other] += 1;
            }
        }
    }
    for (figures, counts) in rules.iter_mut().zip(&both) {
        let shared = block::ALL.iter().zip(counts).filter(|(_, count)| **count > 0);
        figures.overlap = shared.map(|(other, count)| (other.code(), *count)).collect();
    }
    joint
}

fn same_cluster(clusters: &[u32], pair: u64) -> bool {
    let cluster = |position: u64| clusters.get(position as usize).copied().unwrap_or(0);
    let (a, b) = (cluster(pair >> 32), cluster(pair & 0xffff_ffff));
    a == b && a != 0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;
    use crate::catalog::models;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};

    fn record(id: &str, name: &str, phone: &str) -> RawRecord {
        let attribute =
            |kind, text: &str| RawAttribute { country: Some("CN".into()), ..RawAttribute::full(kind, text) };
        let attributes = vec![attribute(AttributeKind::PersonName, name), attribute(AttributeKind::Phone, phone)];
        RawRecord { key: RecordKey::new("crm", id), owner: None, observed_time: None, attributes }
    }

    fn measured(limit: usize) -> Blocking {
        let raw = [
            record("1", "欧阳思远", "13912340007"),
            record("2", "欧阳思远", "13912340007"),
            record("3", "欧阳思远", ""),
            record("4", "李雷", "13712348888"),
        ];
        let records = pipeline::prepared(&raw, &pipeline::Silent);
        let mut model = models::load(models::DEFAULT).unwrap();
        model.limits.block_records_max = limit;
        let truth = ["1", "2", "3", "4"].map(|id| (id.to_owned(), if id == "4" { "b" } else { "a" }.to_owned()));
        measure(&records, &model, Some(&truth.into()), 3)
    }

    fn rule<'a>(blocking: &'a Blocking, code: &str) -> &'a RuleFigures {
        blocking.rules.iter().find(|rule| rule.rule == code).unwrap()
    }

    #[test]
    fn pairs_are_counted_by_rule_and_once_in_all() {
        let blocking = measured(12);
        assert_eq!((blocking.all_pairs, blocking.candidate_pairs, blocking.true_pairs), (6, 3, Some(3)));
        assert_eq!((blocking.reduction_ratio, blocking.pair_completeness), (0.5, Some(1.0)));
        let (phone, name) = (rule(&blocking, "phone"), rule(&blocking, "full_name"));
        assert_eq!((phone.records, phone.keys, phone.pairs, phone.pairs_alone), (3, 2, 1, 0));
        assert_eq!((name.pairs, name.pairs_alone, name.true_pairs), (3, 2, Some(3)));
        assert_eq!((phone.overlap["full_name"], name.overlap["phone"]), (1, 1));
        assert_eq!(blocking.largest[0].records, 3);
    }

    #[test]
    fn a_block_over_the_limit_is_generic() {
        let blocking = measured(2);
        let name = rule(&blocking, "full_name");
        assert!(name.generic_keys >= 1 && name.pairs == 0, "{name:?}");
        assert_eq!((name.generic_records_max, blocking.candidate_pairs), (3, 1));
        assert!(blocking.largest[0].generic);
        assert_eq!(blocking.pair_completeness, Some(1.0 / 3.0));
    }
}
