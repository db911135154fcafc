//! Training a match model on a set of records, without labels: `guiyi train` and `cleanse --model auto`.
//!
//! The base model clusters the records once. The clusters say which values belong to one customer, so that term frequencies
//! count customers, which pairs show what one customer's records look like (m), and which random pairs are strangers (u). Every further
//! round starts from the clusters under the model before. Of many records whole customers are sampled, see `train/sample.rs`; how common
//! values are is counted on all. A function of the set of records, the judgements and the base model.

pub(in crate::bulk) mod sample;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sample::Drawing;

use super::blocks::{self, Blocks};
use super::features::{FeatureStore, Packed, SPREAD_RECORDS_MAX, Unpacked};
use super::pipeline::{self, Options, Progress};
use crate::catalog::models;
use crate::domain::cluster::Edge;
use crate::domain::cluster::judgement::Judgements;
use crate::domain::compare;
use crate::domain::features::Features;
use crate::domain::features::sketch::Sketch;
use crate::domain::generic::BlockLimits;
use crate::domain::hash::{mix, stable_hash};
use crate::domain::id::{MatchWeight, ModelVersion, RecordHandle};
use crate::domain::model::{MatchModel, Priors, Relation};
use crate::domain::record::{PreparedRecord, Value};
use crate::domain::score::em::{self, Belonging, Coincidences, PairCounts, Pattern};
use crate::domain::score::prefilter;
use crate::domain::score::term_frequency::{Term, TermCounter, TermFrequencies, TermKind};
use crate::domain::survive::SurvivorshipPolicy;
use crate::domain::text::han;
use crate::error::{Error, Result};

/// Rounds of clustering and fitting.
const ROUNDS: usize = 3;
/// Random pairs compared for u.
const SAMPLE_PAIRS: usize = 400_000;
/// Fewer records than this say nothing about how common anything is.
const RECORDS_MIN: usize = 50;
/// Records of a sample. A sample teaches where there are more records than fit spread out, which each of the rounds would unpack anew.
const RECORDS_MAX: usize = 100_000;

/// Names in Han characters and others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scripts {
    /// Names with Han characters.
    pub han: u64,
    /// Names without.
    pub other: u64,
}

impl Scripts {
    /// The names of one record.
    pub fn of(record: &PreparedRecord) -> Self {
        let mut names = Self::default();
        for attribute in &record.attributes {
            let han = match &attribute.value {
                Value::PersonName(name) => !name.han.is_empty(),
                Value::OrgName(name) => name.core.chars().any(han::is_han),
                _ => continue,
            };
            names = names.and(Self { han: u64::from(han), other: u64::from(!han) });
        }
        names
    }

    /// The sum.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { han: self.han + other.han, other: self.other + other.other }
    }

    /// The built-in model for the language of most names.
    pub fn suitable_base(self) -> &'static str {
        if self.other > self.han { models::DEFAULT_EN } else { models::DEFAULT }
    }
}

/// The built-in model for the language of most names.
pub fn suitable_base(records: &[PreparedRecord]) -> &'static str {
    records.iter().map(Scripts::of).fold(Scripts::default(), Scripts::and).suitable_base()
}

/// Fits `base` to prepared records (ascending by handle).
pub fn train(
    base: &MatchModel,
    records: &[PreparedRecord],
    policy: &SurvivorshipPolicy,
    judgements: &Judgements,
    progress: &dyn Progress,
) -> MatchModel {
    let packed = Packed::of(records);
    let mut unpacked = Unpacked::of(&packed);
    let blocks = Blocks::of(&unpacked.plain(), BlockLimits::learnt(base.limits.block_records_max), progress);
    train_unpacked(base, &mut unpacked, &blocks, policy, judgements, progress)
}

/// Fits `base` to features and their blocks.
pub fn train_unpacked(
    base: &MatchModel,
    unpacked: &mut Unpacked<'_>,
    blocks: &Blocks,
    policy: &SurvivorshipPolicy,
    judgements: &Judgements,
    progress: &dyn Progress,
) -> MatchModel {
    let packed = unpacked.packed;
    if packed.len() < RECORDS_MIN {
        return base.clone();
    }
    let begin = Options::new(base, policy, judgements, progress);
    let model = if packed.len() > SPREAD_RECORDS_MAX {
        sampled(&begin, unpacked, blocks)
    } else {
        taught(unpacked, &begin, blocks.pairs(), Drawing::of_all(packed.len()))
    };
    named(base, model)
}

/// The model under a name of its own, with the guards of its base.
pub(in crate::bulk) fn named(base: &MatchModel, mut model: MatchModel) -> MatchModel {
    model.thresholds.sole_evidence_merges = base.thresholds.sole_evidence_merges;
    let (text, _) = models::render(&model, "");
    let hash = stable_hash(&[&text]) >> 32;
    model.version = ModelVersion { name: format!("{}-{hash:08x}", base.version.name), version: base.version.version };
    model
}

/// The base model as a sample of whole customers teaches it, with the frequencies of all records.
pub(in crate::bulk) fn sampled(begin: &Options<'_>, unpacked: &mut Unpacked<'_>, blocks: &Blocks) -> MatchModel {
    let (base, packed) = (begin.model, unpacked.packed);
    let (drawn, drawing) = sample::of_customers(&sample::likely_customers(begin, unpacked, blocks), packed);
    let subset = packed.subset(&drawn);
    let pairs = sample::pairs(blocks, &drawn);
    let mut model = taught(&mut Unpacked::of(&subset), begin, pairs, drawing);
    // Who is one customer is asked once more, of all records and of the model that the sample taught: whether a number is one customer's or
    // that of twenty shows only where all twenty are.
    let begin = Options { model: &model, ..*begin };
    let (store, sketches) = unpacked.under(&model.frequencies);
    let (edges, _) = pipeline::edges(&begin, &store, &sketches, blocks);
    let customers = customers(&begin, &store, &sketches, &edges);
    drop((edges, sketches));
    begin.progress.stage("count", packed.len() as u64);
    let terms = |position: u32, found: &mut Vec<Term>| unpacked.put_terms(position as usize, found);
    let frequencies = frequencies(base, &customers, &terms);
    model.frequencies = frequencies.into();
    model
}

/// The base model after all rounds.
pub(in crate::bulk) fn taught(
    unpacked: &mut Unpacked<'_>,
    begin: &Options<'_>,
    pairs: Vec<u64>,
    drawing: Drawing,
) -> MatchModel {
    let lesson = Lesson::new(unpacked, begin.progress, pairs, drawing);
    let mut model = begin.model.clone();
    // What is not merged without a person is evidence all the same: the clusters that teach go by weight alone.
    for _ in 0..ROUNDS {
        model.thresholds.sole_evidence_merges = true;
        let frequencies = Arc::clone(&model.frequencies);
        let (store, sketches) = unpacked.under(&frequencies);
        model = round(begin.model, &lesson, &store, &sketches, &Options { model: &model, ..*begin });
    }
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

/// What is the same in every round: candidates, the levels that they reach, and the terms of the records.
struct Lesson {
    /// Candidate pairs by position, ascending.
    pairs: Vec<u64>,
    /// The place of each pair's levels among `levels`.
    reached: Vec<u32>,
    /// Pairs drawn at random, the same way round as they were compared, with the place of their levels.
    drawn: Vec<(u32, u32, u32)>,
    /// Different lists of (comparator, level).
    levels: Vec<Levels>,
    terms: Vec<Vec<Term>>,
    /// How the records were drawn.
    drawing: Drawing,
}

impl Lesson {
    fn new(unpacked: &Unpacked<'_>, progress: &dyn Progress, pairs: Vec<u64>, drawing: Drawing) -> Self {
        let store = unpacked.plain();
        let drawn = drawn(&store);
        progress.stage("levels", (pairs.len() + drawn.len()) as u64);
        let mut known = Known::default();
        let reached = known.reached(&store, &pairs, progress);
        let found = known.reached(&store, &drawn, progress);
        let sides = drawn.iter().map(|pair| ((pair >> 32) as u32, (pair & 0xffff_ffff) as u32));
        let terms = |position| {
            let mut terms = Vec::new();
            unpacked.put_terms(position, &mut terms);
            terms
        };
        Self {
            drawn: sides.zip(found).map(|((a, b), reached)| (a, b, reached)).collect(),
            terms: (0..store.len()).into_par_iter().with_min_len(256).map(terms).collect(),
            levels: known.levels,
            pairs,
            reached,
            drawing,
        }
    }
}

/// The levels that a pair reaches: (comparator, level), in the comparators' order.
type Levels = Vec<(u8, u8)>;

/// Lists of levels seen so far.
#[derive(Default)]
struct Known {
    levels: Vec<Levels>,
    places: FxHashMap<Levels, u32>,
}

impl Known {
    /// The place of the levels that each pair of positions reaches. No level depends on how common a value is.
    fn reached(&mut self, store: &FeatureStore<'_>, pairs: &[u64], progress: &dyn Progress) -> Vec<u32> {
        let sketches = store.sketches_to_view();
        let chunks: Vec<(Vec<u32>, Vec<Levels>)> = pairs
            .par_chunks(8_192)
            .map(|chunk| {
                let mut local = Self::default();
                let mut view = store.view(&sketches);
                let mut places = Vec::with_capacity(chunk.len());
                for some in chunk.chunks(prefilter::FETCHED_TOGETHER) {
                    store.fetch(some);
                    places.extend(some.iter().map(|pair| {
                        let (a, b) = ((pair >> 32) as usize, (pair & 0xffff_ffff) as usize);
                        local.place(view.with_pair(a, b, levels).unwrap_or_default())
                    }));
                }
                progress.advance(chunk.len() as u64);
                (places, local.levels)
            })
            .collect();
        let mut reached = Vec::with_capacity(pairs.len());
        for (places, levels) in chunks {
            let shared: Vec<u32> = levels.into_iter().map(|levels| self.place(levels)).collect();
            reached.extend(places.into_iter().map(|place| shared[place as usize]));
        }
        reached
    }

    fn place(&mut self, levels: Levels) -> u32 {
        if let Some(place) = self.places.get(&levels) {
            return *place;
        }
        let place = self.levels.len() as u32;
        self.levels.push(levels.clone());
        self.places.insert(levels, place);
        place
    }
}

fn levels(a: &Features, b: &Features) -> Levels {
    compare::compare(a, b).iter().map(|seen| (seen.comparator, seen.level)).collect()
}

fn round(
    base: &MatchModel,
    lesson: &Lesson,
    store: &FeatureStore<'_>,
    sketches: &[Sketch],
    options: &Options<'_>,
) -> MatchModel {
    let edges = pipeline::edges_of(options, store, sketches, &lesson.pairs);
    let clusters = customers(options, store, sketches, &edges);
    let cluster_of = cluster_by_position(store.len(), &clusters);

    let mut model = base.clone();
    let terms =
        |position: u32, found: &mut Vec<Term>| found.extend(lesson.terms.get(position as usize).into_iter().flatten());
    model.frequencies = frequencies(base, &clusters, &terms).into();
    model.priors = priors(base, &clusters, &lesson.drawing);
    let coincidences = coincidences(lesson, &cluster_of);
    let patterns = patterns(lesson, store, &clusters, &cluster_of);
    let related = related_pairs(&model, lesson, &clusters, &cluster_of);
    let pairs = PairCounts { all: lesson.drawing.all_pairs(), related };
    let fit = em::fit(&model, &patterns, &coincidences, &pairs);
    model.comparisons = fit.comparisons;
    model.priors = fit.priors;
    model
}

/// The clusters, as positions of their records.
fn customers(options: &Options<'_>, store: &FeatureStore<'_>, sketches: &[Sketch], edges: &[Edge]) -> Vec<Vec<u32>> {
    let components = pipeline::components(options, store, edges);
    let partitions = pipeline::clustered(options, store, sketches, edges, &components);
    let mut customers = Vec::with_capacity(partitions.iter().map(|partition| partition.clusters.len()).sum());
    for (component, partition) in components.iter().zip(&partitions) {
        let place = |member: &RecordHandle| {
            let place = component.members.binary_search(member).ok()?;
            component.places.get(place).copied()
        };
        customers
            .extend(partition.clusters.iter().map(|members| members.iter().filter_map(place).collect::<Vec<u32>>()));
    }
    customers
}

fn cluster_by_position(count: usize, clusters: &[Vec<u32>]) -> Vec<u32> {
    let mut cluster_of = vec![0; count];
    for (number, members) in clusters.iter().enumerate() {
        for member in members {
            cluster_of[*member as usize] = number as u32;
        }
    }
    cluster_of
}

/// Matching pairs among all pairs, half a pair a record added for what was missed or is not there.
fn priors(base: &MatchModel, clusters: &[Vec<u32>], drawing: &Drawing) -> Priors {
    let matching: u64 = clusters.iter().map(|members| members.len() as u64 * (members.len() as u64 - 1) / 2).sum();
    let matching = drawing.of_all_pairs([matching, 0]) as f64 + 0.5 * drawing.records() as f64;
    let share = (matching / drawing.all_pairs()).min(0.5);
    let prior = MatchWeight::from_ratio(share, 1.0 - share);
    let related = base.priors.related.map(|r| MatchWeight(prior.0 + r.0 - base.priors.matching.0));
    Priors { matching: prior, related }
}

/// How many customers carry each term; clusters are customers, as positions of their records, whose terms are added to a list.
fn frequencies(
    base: &MatchModel,
    clusters: &[Vec<u32>],
    terms: &(dyn Fn(u32, &mut Vec<Term>) + Sync),
) -> TermFrequencies {
    let count = |members: &[Vec<u32>]| {
        let mut counter = TermCounter::default();
        let mut found = Vec::new();
        for cluster in members {
            found.clear();
            cluster.iter().for_each(|position| terms(*position, &mut found));
            counter.add(&mut found);
        }
        counter
    };
    counted(base, clusters.par_chunks(4_096).map(count).reduce(TermCounter::default, TermCounter::merge))
}

/// The frequencies of what was counted.
pub(in crate::bulk) fn counted(base: &MatchModel, counter: TermCounter) -> TermFrequencies {
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

/// Pairs drawn at random, the record that draws in the upper half.
fn drawn(store: &FeatureStore<'_>) -> Vec<u64> {
    let count = store.len();
    let partners = (SAMPLE_PAIRS / count).clamp(1, count - 1);
    let partner = |i: usize, k: usize| {
        // A pseudo-random partner that depends on the record alone.
        let step = 1 + (mix(store.handle(i).0 ^ mix(k as u64)) % (count as u64 - 1)) as usize;
        blocks::pair(i, ((i + step) % count) as u32)
    };
    (0..count).flat_map(|i| (0..partners).map(move |k| (i, k))).map(|(i, k)| partner(i, k)).collect()
}

/// Levels of random pairs of strangers, and how many pairs each comparator can compare at all.
fn coincidences(lesson: &Lesson, cluster_of: &[u32]) -> Coincidences {
    let mut strangers = vec![0u64; lesson.levels.len()];
    for &(a, b, reached) in &lesson.drawn {
        if cluster_of[a as usize] != cluster_of[b as usize] {
            strangers[reached as usize] += 1;
        }
    }
    let mut sampled: Vec<Vec<u64>> = compare::ALL.iter().map(|c| vec![0; c.levels().len()]).collect();
    for (levels, pairs) in lesson.levels.iter().zip(strangers) {
        for (comparator, level) in levels {
            sampled[usize::from(*comparator)][usize::from(*level)] += pairs;
        }
    }
    let all = lesson.drawing.all_pairs();
    let drawn = lesson.drawn.len() as f64;
    let comparable = sampled.iter().map(|levels| levels.iter().sum::<u64>() as f64 / drawn * all).collect();
    Coincidences { sampled, comparable }
}

/// Pairs of records of customers in each relation. How two customers belong together is told by the pair of their records that says most, and is
/// true of all of them, as what makes two records one customer's is true of all of hers.
fn related_pairs(
    model: &MatchModel,
    lesson: &Lesson,
    clusters: &[Vec<u32>],
    cluster_of: &[u32],
) -> [f64; Relation::COUNT] {
    let said: Vec<Belonging> = lesson.levels.iter().map(|levels| em::belonging(model, levels)).collect();
    let mut most: FxHashMap<(u32, u32), (Belonging, u64)> = FxHashMap::default();
    for (pair, reached) in lesson.pairs.iter().zip(&lesson.reached) {
        let (belonging, [a, b]) = (said[*reached as usize], sides(*pair).map(|position| cluster_of[position as usize]));
        if a == b || belonging.strength <= 0 {
            continue;
        }
        let found = most.entry((a.min(b), a.max(b))).or_insert((belonging, *pair));
        if belonging.strength > found.0.strength {
            *found = (belonging, *pair);
        }
    }
    // Whole numbers of pairs, summed apart: the order of the hash table does not show.
    let mut pairs = [[0u64; 2]; Relation::COUNT];
    for ((a, b), (belonging, pair)) in most {
        let records = clusters[a as usize].len() * clusters[b as usize].len();
        if let Some(pairs) = belonging.relation.and_then(|relation| pairs.get_mut(relation)) {
            pairs[lesson.drawing.side(pair)] += records as u64;
        }
    }
    pairs.map(|pairs| lesson.drawing.of_all_pairs(pairs) as f64)
}

/// The two positions of a pair.
fn sides(pair: u64) -> [u32; 2] {
    [(pair >> 32) as u32, (pair & 0xffff_ffff) as u32]
}

/// Records of one cluster that are compared with each other; more would only repeat what these say.
const CLUSTER_RECORDS_MAX: usize = 30;

/// The agreement patterns of the pairs inside clusters, and of the candidate pairs between them.
fn patterns(lesson: &Lesson, store: &FeatureStore<'_>, clusters: &[Vec<u32>], cluster_of: &[u32]) -> Vec<Pattern> {
    let drawing = &lesson.drawing;
    let mut counts: FxHashMap<(&Levels, bool), u64> = FxHashMap::default();
    let mut apart = vec![[0u64; 2]; lesson.levels.len()];
    for (pair, reached) in lesson.pairs.iter().zip(&lesson.reached) {
        if cluster_of[(pair >> 32) as usize] != cluster_of[(pair & 0xffff_ffff) as usize] {
            apart[*reached as usize][drawing.side(*pair)] += 1;
        }
    }
    let mut together = vec![[0u64; 2]; lesson.levels.len()];
    let mut unknown: Vec<u64> = Vec::new();
    for cluster in clusters {
        let cluster = cluster.get(..CLUSTER_RECORDS_MAX).unwrap_or(cluster);
        for (i, a) in cluster.iter().enumerate() {
            for b in &cluster[i + 1..] {
                let pair = blocks::pair(*a as usize, *b);
                match lesson.pairs.binary_search(&pair) {
                    Ok(found) => together[lesson.reached[found] as usize][drawing.side(pair)] += 1,
                    Err(_) => unknown.push(pair),
                }
            }
        }
    }
    let mut others = Known::default();
    let reached = others.reached(store, &unknown, &pipeline::Silent);
    let mut unblocked = vec![[0u64; 2]; others.levels.len()];
    for (pair, reached) in unknown.iter().zip(reached) {
        unblocked[reached as usize][drawing.side(*pair)] += 1;
    }
    let candidates = lesson.levels.iter().zip(apart.into_iter().zip(together));
    let candidates =
        candidates.flat_map(|(levels, (apart, together))| [(levels, false, apart), (levels, true, together)]);
    let unblocked = others.levels.iter().zip(unblocked).map(|(levels, pairs)| (levels, true, pairs));
    for (levels, clustered, pairs) in candidates.chain(unblocked).filter(|(_, _, pairs)| *pairs != [0; 2]) {
        *counts.entry((levels, clustered)).or_default() += drawing.of_all_pairs(pairs);
    }
    let pattern =
        |((levels, clustered), pairs): ((&Levels, bool), u64)| Pattern { levels: levels.clone(), clustered, pairs };
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
            |kind, text: &str| RawAttribute { country: Some("CN".into()), ..RawAttribute::full(kind, text) };
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
    fn a_sample_of_all_teaches_what_all_teach() {
        let name = |id: usize| ["赵思涵", "钱梓轩", "孙雨桐", "李浩宇"].get(id % 4).copied();
        let input: Vec<RawRecord> = (0..120).map(|id| raw(id, name(id / 2), &own_number(id / 2))).collect();
        let records = pipeline::prepared(&input, &Silent);
        let (base, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
        let judgements = Judgements::default();
        let begin = Options::new(&base, &policy, &judgements, &Silent);
        let packed = Packed::of(&records);
        let mut blocks = Blocks::of(&packed.plain_store(), BlockLimits::learnt(base.limits.block_records_max), &Silent);
        let all = taught(&mut Unpacked::of(&packed), &begin, blocks.pairs(), Drawing::of_all(packed.len()));
        let drawn = sampled(&begin, &mut Unpacked::of(&packed), &blocks);
        assert_eq!((&drawn.comparisons, drawn.priors), (&all.comparisons, all.priors));
        assert_eq!(drawn.frequencies, all.frequencies);
        for sketches in [None, blocks.drawn.take()] {
            let mut kept = Unpacked::kept_packed(&packed);
            kept.keep(sketches);
            let model = sampled(&begin, &mut kept, &blocks);
            assert_eq!((&model.comparisons, &model.frequencies), (&drawn.comparisons, &drawn.frequencies));
        }
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
