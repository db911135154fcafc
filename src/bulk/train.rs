//! Training a match model on a set of records, without labels: `guiyi train` and `cleanse --model auto`.
//!
//! The base model clusters the records once. The clusters say which values belong to one customer, so that term frequencies
//! count customers, which pairs show what one customer's records look like (m), and which random pairs are strangers (u). Every further
//! round starts from the clusters under the model before. A function of the set of records, the judgements and the base model.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::pipeline::{self, Options, Progress};
use crate::catalog::models;
use crate::domain::cluster::judgement::Judgements;
use crate::domain::compare;
use crate::domain::features::Features;
use crate::domain::hash::{mix, stable_hash};
use crate::domain::id::{MatchWeight, ModelVersion, RecordHandle};
use crate::domain::model::{MatchModel, Priors};
use crate::domain::record::{PreparedRecord, Value};
use crate::domain::score::em::{self, Coincidences, Pattern};
use crate::domain::score::term_frequency::{TermCounter, TermFrequencies, TermKind};
use crate::domain::survive::SurvivorshipPolicy;
use crate::domain::text::han;
use crate::error::{Error, Result};

/// Rounds of clustering and fitting.
const ROUNDS: usize = 3;
/// Random pairs compared for u.
const SAMPLE_PAIRS: usize = 400_000;
/// Fewer records than this say nothing about how common anything is.
const RECORDS_MIN: usize = 50;

/// The built-in model for the language of most names.
pub fn suitable_base(records: &[PreparedRecord]) -> &'static str {
    let mut names = (0usize, 0usize);
    for attribute in records.iter().flat_map(|record| &record.attributes) {
        let han = match &attribute.value {
            Value::PersonName(name) => !name.han.is_empty(),
            Value::OrgName(name) => name.core.chars().any(han::is_han),
            _ => continue,
        };
        names = if han { (names.0 + 1, names.1) } else { (names.0, names.1 + 1) };
    }
    if names.1 > names.0 { models::DEFAULT_EN } else { models::DEFAULT }
}

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
    // What is not merged without a person is evidence all the same: the clusters that teach go by weight alone.
    for _ in 0..ROUNDS {
        model.thresholds.sole_evidence_merges = true;
        let options = Options { model: &model, policy, judgements, previous: &BTreeMap::new(), progress };
        model = round(base, records, &options);
    }
    model.thresholds.sole_evidence_merges = base.thresholds.sole_evidence_merges;
    let (text, _) = models::render(&model, "");
    let hash = stable_hash(&[&text]) >> 32;
    model.version = ModelVersion { name: format!("{}-{hash:08x}", base.version.name), version: base.version.version };
    model
}

/// Writes a model, and its frequencies beside it.
pub fn save(model: &MatchModel, path: &Path) -> Result<()> {
    let beside = models::frequencies_file(path);
    let (text, frequencies) = models::render(model, &beside);
    let write = |path: &Path, text: &str| std::fs::write(path, text).map_err(|error| Error::write(path, error));
    if let Some(frequencies) = frequencies {
        write(&path.with_file_name(&beside), &frequencies)?;
    }
    write(path, &text)
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
    let patterns = patterns(&features, &candidates.pairs, &cluster_of);
    let count = records.len() as f64;
    let fit = em::fit(&model, &patterns, &coincidences, count * (count - 1.0) / 2.0);
    model.comparisons = fit.comparisons;
    model.priors = fit.priors;
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

type PatternCounts = FxHashMap<(Vec<(u8, u8)>, bool), u64>;

/// Records of one cluster that are compared with each other; more would only repeat what these say.
const CLUSTER_RECORDS_MAX: usize = 30;

/// The agreement patterns of the pairs inside clusters, and of the candidate pairs between them.
fn patterns(features: &[Features], candidates: &[u64], cluster_of: &[u32]) -> Vec<Pattern> {
    let apart = |pair: &&u64| cluster_of[(**pair >> 32) as usize] != cluster_of[(**pair & 0xffff_ffff) as usize];
    let mut pairs: Vec<u64> = candidates.iter().filter(apart).copied().collect();
    let mut members: Vec<(u32, u32)> =
        cluster_of.iter().zip(0..).map(|(cluster, position)| (*cluster, position)).collect();
    members.par_sort_unstable();
    for cluster in members.chunk_by(|a, b| a.0 == b.0) {
        let cluster = cluster.get(..CLUSTER_RECORDS_MAX).unwrap_or(cluster);
        for (i, &(_, a)) in cluster.iter().enumerate() {
            pairs.extend(cluster[i + 1..].iter().map(|&(_, b)| (u64::from(a) << 32) | u64::from(b)));
        }
    }
    let counts: PatternCounts = pairs
        .par_chunks(4_096)
        .map(|chunk| {
            let mut counts = PatternCounts::default();
            for pair in chunk {
                let (i, j) = ((pair >> 32) as usize, (pair & 0xffff_ffff) as usize);
                let (a, b) = (&features[i], &features[j]);
                let (a, b) = if a.handle <= b.handle { (a, b) } else { (b, a) };
                let levels = compare::compare(a, b).iter().map(|seen| (seen.comparator, seen.level)).collect();
                *counts.entry((levels, cluster_of[i] == cluster_of[j])).or_default() += 1;
            }
            counts
        })
        .reduce(PatternCounts::default, |mut a, b| {
            for (key, count) in b {
                *a.entry(key).or_default() += count;
            }
            a
        });
    let pattern = |((levels, clustered), pairs)| Pattern { levels, clustered, pairs };
    let mut patterns: Vec<Pattern> = counts.into_iter().map(pattern).collect();
    patterns.sort_unstable();
    patterns
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::bulk::pipeline::Silent;
    use crate::catalog::rules;
    use crate::domain::id::RecordKey;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};
    use crate::domain::score::score;

    const SHARED: &str = "13812349876";

    fn own_number(customer: usize) -> String {
        format!("139{:08}", 10_000_019 + customer * 48_611)
    }

    /// A record with a name, where there is one, and a telephone number.
    fn raw(id: usize, name: Option<&str>, phone: &str) -> RawRecord {
        let attribute =
            |kind, text: &str| RawAttribute { country: Some("CN".to_owned()), ..RawAttribute::full(kind, text) };
        let mut attributes = vec![attribute(AttributeKind::Phone, phone)];
        attributes.extend(name.map(|name| attribute(AttributeKind::PersonName, name)));
        RawRecord { key: RecordKey::new("crm", id.to_string()), owner: None, observed_time: None, attributes }
    }

    #[test]
    fn a_number_that_many_customers_share_is_no_identity() {
        // Those who share the number have twenty family names.
        let (surnames, given) = ("赵钱孙李周吴郑冯陈卫蒋沈韩杨朱秦许何吕施", "思涵梓轩雨桐浩宇佳怡俊杰欣妍子墨");
        let character = |text: &str, position: usize| text.chars().cycle().nth(position).unwrap();
        let mut input: Vec<RawRecord> = Vec::new();
        for customer in 0..200 {
            let second = character(given, customer * 5 + customer / 20);
            let name: String =
                [character(surnames, customer), character(given, customer), second].into_iter().collect();
            let number = if customer < 20 { SHARED.to_owned() } else { own_number(customer) };
            input.push(raw(input.len(), Some(&name), &number));
            input.push(raw(input.len(), Some(&name), &number));
        }
        let policy = rules::load(rules::DEFAULT).unwrap();
        let records = pipeline::prepared(&input, &Silent);
        let base = models::load(models::DEFAULT).unwrap();
        let model = train(&base, &records, &policy, &Judgements::default(), &Silent);
        let weight = |number: &str| {
            let pair = pipeline::prepared(&[raw(9_001, None, number), raw(9_002, None, number)], &Silent);
            let features = pipeline::features(&pair, &model);
            score(&model, &features[0], &features[1]).weight
        };
        let own = own_number(100);
        assert!(weight(&own) >= model.thresholds.review, "a number of one's own: {}", weight(&own));
        assert!(weight(SHARED) < model.thresholds.review, "twenty names under one number: {}", weight(SHARED));
        assert!(weight(SHARED) + MatchWeight(4_000) < weight(&own), "{} against {}", weight(SHARED), weight(&own));
    }

    #[test]
    fn guards_do_not_teach_and_stay_in_force() {
        let input: Vec<RawRecord> = (0..60).map(|id| raw(id, Some("赵思涵"), &own_number(id))).collect();
        let policy = rules::load(rules::DEFAULT).unwrap();
        let records = pipeline::prepared(&input, &Silent);
        let base = models::load(models::DEFAULT).unwrap();
        let model = train(&base, &records, &policy, &Judgements::default(), &Silent);
        assert!(!model.thresholds.sole_evidence_merges);
        assert_ne!(model.version, base.version);
    }
}
