//! `guiyi bench scoring`: how fast candidate pairs of synthetic customers are scored, on one thread.

use std::fmt::Write;

use super::{CpuClock, customers};
use crate::bulk::blocks::Blocks;
use crate::bulk::features::FeatureStore;
use crate::bulk::pipeline::{self, Options, Silent};
use crate::catalog::{models, rules};
use crate::cli::args::Bench;
use crate::cli::{ExitStatus, print};
use crate::domain::cluster::judgement::Judgements;
use crate::domain::features::{Features, codec};
use crate::domain::model::MatchModel;
use crate::domain::record::{AttributeKind, PreparedRecord, Value};
use crate::domain::score::{self, prefilter};
use crate::error::Result;

/// Pairs that the naive scorer is timed on.
const NAIVE_PAIRS_MAX: usize = 500_000;

/// Pairs that the prefilter is given at once.
const PAIRS_TOGETHER: usize = 4_096;

/// Runs the part.
pub(super) fn run(args: &Bench) -> Result<ExitStatus> {
    let raw = customers(args.records as u64)?;
    let records = pipeline::prepared(&raw, &Silent);
    drop(raw);
    let model = models::load(models::DEFAULT)?;
    let resident = resident_bytes();
    let features = pipeline::features(&records, &model);
    let memory = resident_bytes().saturating_sub(resident) / features.len().max(1) as u64;
    let policy = rules::load(rules::DEFAULT)?;
    let judgements = Judgements::default();
    let options = Options::new(&model, &policy, &judgements, &Silent);
    let store = FeatureStore::Spread(features.into());
    let blocks = Blocks::of(&store, options.limits(), options.progress);
    let pairs = blocks.pairs();
    let features = store.without(&blocks.generic, &model.frequencies).into_spread();
    let mut figures = measured(&model, &records, &features, &pairs, memory);
    figures.packed = Packed::of(&model, &features);
    print(&if args.json { figures.json() } else { figures.text() })?;
    Ok(ExitStatus::Ok)
}

/// What was measured.
struct Figures {
    records: usize,
    pairs: usize,
    edges: usize,
    full_seconds: f64,
    staged_seconds: f64,
    prefilter_seconds: f64,
    dropped: usize,
    naive_pairs: usize,
    naive_seconds: f64,
    memory_bytes: u64,
    packed: Packed,
}

/// Features as they are kept beside an index.
#[derive(Default)]
struct Packed {
    mean_bytes: f64,
    /// Bytes that half of the records, and nineteen in twenty, do not exceed.
    median_bytes: usize,
    most_bytes: usize,
    decode_seconds: f64,
}

impl Packed {
    fn of(model: &MatchModel, features: &[Features]) -> Self {
        let packed: Vec<Vec<u8>> = features.iter().map(codec::encode).collect();
        let clock = CpuClock::now();
        for bytes in &packed {
            std::hint::black_box(codec::decode(bytes, &model.frequencies));
        }
        let decode_seconds = clock.seconds();
        let mut sizes: Vec<usize> = packed.iter().map(Vec::len).collect();
        sizes.sort_unstable();
        let quantile = |percent: usize| sizes.get((sizes.len() * percent / 100).min(sizes.len().saturating_sub(1)));
        Self {
            mean_bytes: sizes.iter().sum::<usize>() as f64 / sizes.len().max(1) as f64,
            median_bytes: quantile(50).copied().unwrap_or_default(),
            most_bytes: quantile(95).copied().unwrap_or_default(),
            decode_seconds,
        }
    }
}

fn measured(
    model: &MatchModel,
    records: &[PreparedRecord],
    features: &[Features],
    pairs: &[u64],
    memory_bytes: u64,
) -> Figures {
    let sides = |pair: &u64| ((pair >> 32) as usize, (pair & 0xffff_ffff) as usize);
    let of_features = |pair: &u64| features.get(sides(pair).0).zip(features.get(sides(pair).1));
    // Tables are built on first use.
    let warm = pairs.iter().take(10_000).filter_map(of_features);
    warm.for_each(|(a, b)| drop(std::hint::black_box(score::score(model, a, b))));

    let clock = CpuClock::now();
    let mut edges = 0;
    for chunk in pairs.chunks(prefilter::FETCHED_TOGETHER) {
        prefilter::fetch(chunk.iter().filter_map(of_features).map(|(_, b)| &b.sketch));
        let weights = chunk.iter().filter_map(of_features).map(|(a, b)| score::weigh(model, a, b).weight);
        edges += weights.filter(|weight| *weight >= model.thresholds.review).count();
    }
    let full_seconds = clock.seconds();

    let sketches = pipeline::sketches(features);
    let clock = CpuClock::now();
    let review = model.thresholds.review;
    let mut kept = Vec::new();
    let mut staged_edges = 0;
    for chunk in pairs.chunks(PAIRS_TOGETHER) {
        kept.clear();
        prefilter::keep(model, &sketches, chunk, review, &mut kept);
        let reached =
            kept.iter().filter_map(of_features).filter(|(a, b)| score::weigh_from(model, a, b, review).is_some());
        staged_edges += reached.count();
    }
    let staged_seconds = clock.seconds();
    // A prefilter that loses a pair is no prefilter.
    assert_eq!(edges, staged_edges, "pairs at the review threshold, scored in full and in stages");

    let clock = CpuClock::now();
    let mut dropped = pairs.len();
    for chunk in pairs.chunks(PAIRS_TOGETHER) {
        kept.clear();
        prefilter::keep(model, &sketches, chunk, review, &mut kept);
        dropped -= kept.len();
    }
    let prefilter_seconds = clock.seconds();

    let raw: Vec<Texts<'_>> = records.iter().map(Texts::of).collect();
    let stride = pairs.len().div_ceil(NAIVE_PAIRS_MAX).max(1);
    let clock = CpuClock::now();
    let mut naive_pairs = 0;
    for (a, b) in pairs.iter().step_by(stride).filter_map(|pair| raw.get(sides(pair).0).zip(raw.get(sides(pair).1))) {
        naive_pairs += 1;
        std::hint::black_box(a.similarity(b));
    }
    let naive_seconds = clock.seconds();
    let (records, pairs) = (records.len(), pairs.len());
    Figures {
        records,
        pairs,
        edges,
        full_seconds,
        staged_seconds,
        prefilter_seconds,
        dropped,
        naive_pairs,
        naive_seconds,
        memory_bytes,
        packed: Packed::default(),
    }
}

impl Figures {
    fn rate(pairs: usize, seconds: f64) -> f64 {
        pairs as f64 / seconds.max(1e-9)
    }

    fn json(&self) -> String {
        let full = Self::rate(self.pairs, self.full_seconds);
        let naive = Self::rate(self.naive_pairs, self.naive_seconds);
        let value = serde_json::json!({
            "part": "scoring", "records": self.records, "pairs": self.pairs, "edges": self.edges,
            "full_pairs_per_cpu_second": full.round(),
            "staged_pairs_per_cpu_second": Self::rate(self.pairs, self.staged_seconds).round(),
            "prefilter_pairs_per_cpu_second": Self::rate(self.pairs, self.prefilter_seconds).round(),
            "dropped_by_prefilter": self.dropped as f64 / self.pairs.max(1) as f64,
            "strsim_pairs_per_cpu_second": naive.round(), "ratio_to_strsim": full / naive,
            "feature_bytes_in_memory": self.memory_bytes,
            "packed_bytes_mean": self.packed.mean_bytes.round(),
            "packed_bytes_median": self.packed.median_bytes,
            "packed_bytes_95_percent": self.packed.most_bytes,
            "unpacked_per_cpu_second": Self::rate(self.records, self.packed.decode_seconds).round(),
        });
        format!("{value}\n")
    }

    fn text(&self) -> String {
        let full = Self::rate(self.pairs, self.full_seconds);
        let naive = Self::rate(self.naive_pairs, self.naive_seconds);
        let mut text = format!("scoring: {} candidate pairs of {} synthetic customers\n", self.pairs, self.records);
        let _ = writeln!(
            text,
            "scored in full       {full:>12.0} pairs a CPU-second, {} at the review threshold",
            self.edges
        );
        let staged = Self::rate(self.pairs, self.staged_seconds);
        let prefilter = Self::rate(self.pairs, self.prefilter_seconds);
        let share = 100.0 * self.dropped as f64 / self.pairs.max(1) as f64;
        let _ = writeln!(text, "scored in stages     {staged:>12.0} pairs a CPU-second");
        let _ = writeln!(text, "prefilter alone      {prefilter:>12.0} pairs a CPU-second, {share:.1} % dropped");
        let _ =
            writeln!(text, "strsim on raw texts  {naive:>12.0} pairs a CPU-second, {:.2} times slower", full / naive);
        let _ = writeln!(text, "features in memory   {:>12} bytes a record", self.memory_bytes);
        let Packed { mean_bytes, median_bytes, most_bytes, decode_seconds } = self.packed;
        let unpacked = Self::rate(self.records, decode_seconds);
        let _ = writeln!(
            text,
            "features packed      {mean_bytes:>12.0} bytes a record, half up to {median_bytes}, 95 % up to {most_bytes}; \
             {unpacked:.0} unpacked a CPU-second"
        );
        text
    }
}

/// The raw texts of a record, as a tool without preparation compares them: Jaro–Winkler field by field.
struct Texts<'a>([&'a str; NAIVE_KINDS.len()]);

const NAIVE_KINDS: [AttributeKind; 7] = [
    AttributeKind::PersonName,
    AttributeKind::BirthDate,
    AttributeKind::Phone,
    AttributeKind::Email,
    AttributeKind::IdDocument,
    AttributeKind::Address,
    AttributeKind::Company,
];

impl<'a> Texts<'a> {
    fn of(record: &'a PreparedRecord) -> Self {
        let first = |kind| record.attributes.iter().find(|a| a.kind == kind && a.value != Value::Missing);
        Self(NAIVE_KINDS.map(|kind| first(kind).map_or("", |attribute| attribute.raw.as_str())))
    }

    /// Mean similarity of the fields that both have.
    fn similarity(&self, other: &Self) -> f64 {
        let both = self.0.iter().zip(&other.0).filter(|(a, b)| !a.is_empty() && !b.is_empty());
        let (sum, count) = both.fold((0.0, 0), |(sum, count), (a, b)| (sum + strsim::jaro_winkler(a, b), count + 1));
        sum / f64::from(count.max(1))
    }
}

/// Memory of this process, where the system tells (Linux).
fn resident_bytes() -> u64 {
    const PAGE_BYTES: u64 = 4096;
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok()).map_or(0, |pages| pages * PAGE_BYTES)
}
