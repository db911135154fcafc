//! Training a match model on a set of records, without labels: `guiyi train` and `cleanse --model auto`.
//!
//! The base model clusters the records once. The clusters say which values belong to one customer, so that term frequencies
//! count customers, and which random pairs are strangers; expectation–maximization over the candidate pairs' agreement patterns
//! then gives m. A second round starts from the first one's result. A function of the set of records and the base model.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::pipeline::{self, Options, Progress};
use crate::domain::block;
use crate::domain::cluster::judgement::Judgements;
use crate::domain::compare;
use crate::domain::features::Features;
use crate::domain::hash::mix;
use crate::domain::id::{MatchWeight, RecordHandle};
use crate::domain::model::{MatchModel, Priors};
use crate::domain::record::PreparedRecord;
use crate::domain::score::em::{self, Coincidences, Pattern};
use crate::domain::score::term_frequency::{TermCounter, TermFrequencies, TermKind};
use crate::domain::survive::SurvivorshipPolicy;

/// Rounds of clustering and fitting.
const ROUNDS: usize = 2;
/// Random pairs compared for u.
const SAMPLE_PAIRS: usize = 400_000;
/// Fewer records than this say nothing about how common anything is.
const RECORDS_MIN: usize = 50;

/// Fits `base` to prepared records (ascending by handle).
pub fn train(
    base: &MatchModel,
    records: &[PreparedRecord],
    policy: &SurvivorshipPolicy,
    judgements: &Judgements,
    progress: &dyn Progress,
) -> MatchModel {
    let mut model = base.clone();
    if records.len() < RECORDS_MIN {
        return model;
    }
    for _ in 0..ROUNDS {
        let options = Options { model: &model, policy, judgements, previous: &BTreeMap::new(), progress };
        let next = round(base, records, &options);
        model = next;
    }
    model
}

fn round(base: &MatchModel, records: &[PreparedRecord], options: &Options<'_>) -> MatchModel {
    let features = pipeline::features(records, options.model);
    let candidates = pipeline::candidates(options, &features);
    let edges = pipeline::edges(options, &features, &candidates.pairs);
    let components = pipeline::components(options, &features, &edges);
    let clusters: Vec<Vec<RecordHandle>> = pipeline::clustered(options, &features, &edges, &components)
        .into_iter()
        .flat_map(|partition| partition.clusters)
        .collect();
    let cluster_of = cluster_by_position(&features, &clusters);

    let mut model = base.clone();
    model.frequencies = frequencies(base, records, &features, &clusters).into();
    model.priors = priors(base, &clusters, records.len());
    let coincidences = coincidences(&features, &cluster_of);
    let patterns = patterns(options, &features);
    let fit = em::fit(&model, &patterns, &coincidences);
    model.comparisons = fit.comparisons;
    model
}

fn cluster_by_position(features: &[Features], clusters: &[Vec<RecordHandle>]) -> Vec<u32> {
    let mut cluster_of = vec![0; features.len()];
    for (number, members) in clusters.iter().enumerate() {
        for member in members {
            if let Ok(position) = features.binary_search_by_key(member, |f| f.handle) {
                cluster_of[position] = number as u32;
            }
        }
    }
    cluster_of
}

/// Matching pairs among all pairs, half a pair a record added for what was missed or is not there.
fn priors(base: &MatchModel, clusters: &[Vec<RecordHandle>], records: usize) -> Priors {
    let pairs = |n: usize| n as f64 * (n as f64 - 1.0) / 2.0;
    let matching: f64 = clusters.iter().map(|members| pairs(members.len())).sum::<f64>() + 0.5 * records as f64;
    let share = (matching / pairs(records)).min(0.5);
    let prior = MatchWeight::from_ratio(share, 1.0 - share);
    let related = base.priors.related.map(|r| MatchWeight(prior.0 + r.0 - base.priors.matching.0));
    Priors { matching: prior, related }
}

fn frequencies(
    base: &MatchModel,
    records: &[PreparedRecord],
    features: &[Features],
    clusters: &[Vec<RecordHandle>],
) -> TermFrequencies {
    let count = |members: &[Vec<RecordHandle>]| {
        let mut counter = TermCounter::default();
        for cluster in members {
            let positions = cluster.iter().filter_map(|m| features.binary_search_by_key(m, |f| f.handle).ok());
            let mut terms: Vec<_> = positions.filter_map(|p| records.get(p)).flat_map(Features::terms).collect();
            counter.add(&mut terms);
        }
        counter
    };
    let counter = clusters.par_chunks(4_096).map(count).reduce(TermCounter::default, TermCounter::merge);
    let generic = base.limits.block_records_max as u32;
    counter.finish(&|kind| expected_collision(base, kind), generic)
}

/// The probability that two strangers agree on a value of a kind, by the base model.
fn expected_collision(base: &MatchModel, kind: TermKind) -> f64 {
    let level = |comparator: &str, level: usize| {
        let found = base.compared().find(|(c, _)| c.code() == comparator);
        found.and_then(|(_, c)| c.probabilities.get(level)).map_or(0.001, |p| p.u)
    };
    match kind {
        TermKind::FullName => level("person_name", 0),
        TermKind::FamilyName => 0.01,
        TermKind::GivenName => 0.005,
        TermKind::OrgName => level("org_name", 0),
        TermKind::Company => level("company", 0),
        TermKind::Phone => level("phone", 0),
        TermKind::Email => level("email", 0),
        TermKind::EmailLocal => level("email", 2),
        TermKind::BirthDate => level("birth_date", 0),
        TermKind::Document => level("id_document", 0),
        TermKind::AddressLine => level("address", 0),
        TermKind::Street => level("address", 4),
        TermKind::Place => level("address", 9),
        TermKind::PostalCode => level("address", 6),
        TermKind::SocialId => level("social_id", 0),
        TermKind::BankCard => level("bank_card", 0),
        TermKind::Text => level("text", 0),
    }
}

/// Levels of random pairs of strangers, and how many pairs each comparator can compare at all.
fn coincidences(features: &[Features], cluster_of: &[u32]) -> Coincidences {
    let count = features.len();
    let partners = (SAMPLE_PAIRS / count).clamp(1, count - 1);
    let empty = || compare::ALL.iter().map(|c| vec![0u64; c.levels().len()]).collect::<Vec<_>>();
    let sampled: Vec<Vec<u64>> = (0..count)
        .into_par_iter()
        .with_min_len(512)
        .fold(empty, |mut levels, i| {
            for k in 0..partners {
                // A pseudo-random partner that depends on the record alone.
                let step = 1 + (mix(features[i].handle.0 ^ mix(k as u64)) % (count as u64 - 1)) as usize;
                let j = (i + step) % count;
                if cluster_of[i] == cluster_of[j] {
                    continue;
                }
                for agreement in compare::compare(&features[i], &features[j]) {
                    levels[usize::from(agreement.comparator)][usize::from(agreement.level)] += 1;
                }
            }
            levels
        })
        .reduce(empty, |mut a, b| {
            for (x, y) in a.iter_mut().flatten().zip(b.into_iter().flatten()) {
                *x += y;
            }
            a
        });
    let drawn = (count * partners) as f64;
    let all = count as f64 * (count as f64 - 1.0) / 2.0;
    let comparable = sampled.iter().map(|levels| levels.iter().sum::<u64>() as f64 / drawn * all).collect();
    Coincidences { sampled, comparable }
}

/// The agreement patterns of the candidate pairs.
fn patterns(options: &Options<'_>, features: &[Features]) -> Vec<Pattern> {
    let unselected = block::unselected_by_rule();
    let mut keyed: Vec<(u64, u8, u32)> = features
        .par_iter()
        .with_min_len(256)
        .enumerate()
        .flat_map_iter(|(position, features)| {
            block::keys_by_rule(features).into_iter().map(move |(key, rule)| (key.0, rule, position as u32))
        })
        .collect();
    keyed.par_sort_unstable();
    let limit = options.model.limits.block_records_max;
    let mut pairs: Vec<(u64, u8)> = Vec::new();
    for block in keyed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|block| block.len() <= limit) {
        for (i, &(_, rule, a)) in block.iter().enumerate() {
            pairs.extend(block[i + 1..].iter().map(|&(_, _, b)| ((u64::from(a) << 32) | u64::from(b), rule)));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    let bounds: Vec<&[(u64, u8)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
    let counts: FxHashMap<(Vec<(u8, u8)>, u32), u64> = bounds
        .par_chunks(4_096)
        .map(|chunk| {
            let mut counts: FxHashMap<(Vec<(u8, u8)>, u32), u64> = FxHashMap::default();
            for found in chunk {
                let Some(&(pair, _)) = found.first() else { continue };
                let free = found.iter().fold(0, |bits, (_, rule)| bits | unselected[usize::from(*rule)]);
                let (a, b) = (&features[(pair >> 32) as usize], &features[(pair & 0xffff_ffff) as usize]);
                let (a, b) = if a.handle <= b.handle { (a, b) } else { (b, a) };
                let levels = compare::compare(a, b).iter().map(|seen| (seen.comparator, seen.level)).collect();
                *counts.entry((levels, free)).or_default() += 1;
            }
            counts
        })
        .reduce(FxHashMap::default, |mut a, b| {
            for (key, count) in b {
                *a.entry(key).or_default() += count;
            }
            a
        });
    let mut patterns: Vec<Pattern> =
        counts.into_iter().map(|((levels, unselected), pairs)| Pattern { levels, unselected, pairs }).collect();
    patterns.sort_unstable();
    patterns
}
