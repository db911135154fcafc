//! The report of a run: counted once, shown as JSON and as a self-contained page. Personal values are masked in both, unless asked.

mod input;
mod page;
mod picture;
pub mod precision;
pub mod quality;
mod records;
mod shown;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use input::{ColumnReport, InputReport};
pub use page::html;
use precision::PrecisionReport;
use quality::{Customers, QualityReport};
pub use records::{ChangeExample, FieldReport, RecordCounts, SourceField};
pub use shown::Shown;

use super::gate::GateResult;
use crate::domain::date::CivilDate;
use crate::domain::id::RecordKey;
use crate::domain::measure::decoy::DecoyCounts;
use crate::domain::model::MatchModel;
use crate::domain::quality::dimension::Dimension;
use crate::domain::quality::rule::RuleSet;
use crate::domain::quality::scorecard::Scorecard;
use crate::domain::quality::scorecard::cleansed::CleansedCard;
use crate::domain::record::PreparedRecord;
use crate::domain::survive::{GoldenProfile, SurvivorshipPolicy};

/// What came in, what was wrong, what was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Match model used.
    pub model: String,
    /// Survivorship rules used.
    pub rules: String,
    /// Values of people are masked.
    pub masked: bool,
    /// The files and columns that came in.
    pub input: InputReport,
    /// Records processed.
    pub records: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Golden profiles.
    pub profiles: u64,
    /// Records beyond the first of each profile.
    pub duplicates: u64,
    /// Of the duplicates, those of another record of the same source.
    pub duplicates_within_sources: u64,
    /// Those that only other sources have too.
    pub duplicates_across_sources: u64,
    /// Pairs for clerical review.
    pub review_pairs: u64,
    /// Quality by field and source, and what was changed; worst first.
    pub fields: Vec<FieldReport>,
    /// Quality by source, field and dimension.
    pub scorecard: ScorecardReport,
    /// Quality before and after cleansing, by source and dimension.
    pub quality: QualityReport,
    /// How many of the pairs that were put together are right, as decoys tell.
    pub precision: PrecisionReport,
    /// Records and profiles by source.
    pub sources: Vec<SourceReport>,
    /// Profiles that two sources have in common.
    pub source_overlaps: Vec<OverlapReport>,
    /// Profiles by the sources that know them, the most profiles first.
    pub source_combinations: Vec<CombinationReport>,
    /// Profiles by number of records.
    pub cluster_sizes: BTreeMap<usize, u64>,
    /// Pairs of records by whole bits of match weight, from the review threshold up.
    pub weights: BTreeMap<i32, u64>,
    /// Where review, links and merges begin.
    pub thresholds_bits: ThresholdReport,
    /// The profiles of most records.
    pub largest: Vec<ClusterReport>,
    /// The profiles one of whose records hangs on the least weight.
    pub doubtful: Vec<ClusterReport>,
    /// How candidates were found.
    pub blocking: BlockingReport,
    /// How the conditions of the quality gate came out, where there is one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gate: Vec<GateResult>,
}

/// What a stage took. Stages of one name are added up.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StageTime {
    /// The stage.
    pub stage: &'static str,
    /// Units of work: rows, records, pairs, edges, profiles.
    pub units: u64,
    /// CPU-seconds of the whole process, where the system tells (Linux).
    pub cpu_seconds: f64,
    /// Seconds on the clock.
    pub wall_seconds: f64,
}

/// Quality by source, field and dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScorecardReport {
    /// Record rules used.
    pub rules: String,
    /// The day as of which freshness was judged, ISO 8601.
    pub as_of: Option<String>,
    /// Each source in each dimension, and over all.
    pub sources: Vec<SourceScore>,
    /// Each field of each source in each dimension.
    pub cells: Vec<CellReport>,
    /// Records that break each rule.
    pub broken_rules: BTreeMap<String, u64>,
    /// What each broken rule asks, in simplified Chinese and English.
    pub rule_messages: BTreeMap<String, [String; 2]>,
}

/// The score of one source, per thousand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceScore {
    /// Its name.
    pub source: String,
    /// Mean of the dimensions that were judged.
    pub score: Option<u64>,
    /// By dimension.
    pub dimensions: BTreeMap<&'static str, u64>,
}

/// One field of one source in one dimension.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellReport {
    /// The source.
    pub source: String,
    /// Kind, and label where there is one; `record` for the record as a whole.
    pub field: String,
    /// The dimension of quality.
    pub dimension: &'static str,
    /// Values or records judged.
    pub checked: u64,
    /// Of these, without fault.
    pub passed: u64,
}

/// One source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceReport {
    /// Its name.
    pub source: String,
    /// Its records.
    pub records: u64,
    /// Profiles with at least one of its records.
    pub profiles: u64,
}

/// Two sources.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OverlapReport {
    /// The two names, in alphabetical order.
    pub sources: [String; 2],
    /// Profiles with records of both.
    pub profiles: u64,
}

/// Profiles that the same sources know.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CombinationReport {
    /// Their names, in alphabetical order.
    pub sources: Vec<String>,
    /// Profiles with records of all of these and of no other.
    pub profiles: u64,
}

/// Thresholds in bits of match weight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ThresholdReport {
    /// Pairs from here up are kept and reviewed.
    pub review: f64,
    /// Pairs from here up hold records together before clustering.
    pub link: f64,
    /// Clusters merge from here up.
    pub merge: f64,
}

/// One profile, for people who know the data; values are masked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClusterReport {
    /// Its id.
    pub profile: String,
    /// Its records.
    pub records: usize,
    /// Its records by source.
    pub sources: BTreeMap<String, u64>,
    /// The weight by which its weakest record hangs on the others, in bits, where that is known.
    pub weakest_bits: Option<f64>,
    /// Some golden values by kind, masked.
    pub values: BTreeMap<&'static str, String>,
}

/// How candidates were found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BlockingReport {
    /// Pairs compared.
    pub candidate_pairs: u64,
    /// Blocks over the limit, which made no candidates.
    pub generic_blocks: u64,
    /// Components over the limit, which were cut at rising thresholds.
    pub cut_components: u64,
}

fn count(counts: &mut BTreeMap<String, u64>, name: &str, more: u64) {
    match counts.get_mut(name) {
        Some(sum) => *sum += more,
        None => {
            counts.insert(name.to_owned(), more);
        }
    }
}

fn merge<K: Ord>(sums: &mut BTreeMap<K, u64>, more: BTreeMap<K, u64>) {
    for (key, count) in more {
        *sums.entry(key).or_default() += count;
    }
}

/// What profiles add to the report.
#[derive(Clone, Debug, Default)]
pub struct ProfileCounts {
    profiles: u64,
    by_source: BTreeMap<String, u64>,
    overlaps: BTreeMap<(String, String), u64>,
    /// Profiles by the sources that have records of them.
    combinations: BTreeMap<Vec<String>, u64>,
    cluster_sizes: BTreeMap<usize, u64>,
    /// Profiles that open questions hold together, by group and source.
    questioned: BTreeMap<(u32, String), u64>,
    /// The records, judged by what their profiles have in their place.
    cleansed: CleansedCard,
}

/// A profile and its records.
pub struct Profile<'a> {
    /// Its records.
    pub members: &'a [&'a PreparedRecord],
    /// What survived of them.
    pub golden: &'a GoldenProfile,
    /// The group of profiles that open questions hold together, if it is in one.
    pub group: Option<u32>,
}

impl ProfileCounts {
    /// Counts one profile.
    pub fn add(&mut self, profile: &Profile<'_>, rules: &RuleSet, as_of: Option<CivilDate>) {
        self.add_members(&profile.golden.members, profile.group);
        self.cleansed.add(profile.members, profile.golden, rules, as_of);
    }

    fn add_members(&mut self, members: &[RecordKey], group: Option<u32>) {
        self.profiles += 1;
        *self.cluster_sizes.entry(members.len()).or_default() += 1;
        let sources: BTreeSet<&str> = members.iter().map(|key| key.source.0.as_str()).collect();
        let sources: Vec<String> = sources.into_iter().map(str::to_owned).collect();
        for (place, a) in sources.iter().enumerate() {
            count(&mut self.by_source, a, 1);
            if let Some(group) = group {
                *self.questioned.entry((group, a.clone())).or_default() += 1;
            }
            for b in sources.iter().skip(place + 1) {
                *self.overlaps.entry((a.clone(), b.clone())).or_default() += 1;
            }
        }
        *self.combinations.entry(sources).or_default() += 1;
    }

    /// Adds the counts of other profiles.
    pub fn merge(&mut self, other: Self) {
        self.profiles += other.profiles;
        merge(&mut self.by_source, other.by_source);
        merge(&mut self.overlaps, other.overlaps);
        merge(&mut self.combinations, other.combinations);
        merge(&mut self.cluster_sizes, other.cluster_sizes);
        merge(&mut self.questioned, other.questioned);
        self.cleansed.merge(other.cleansed);
    }

    /// The customers of a source, of which so many records came in.
    fn customers(&self, source: &str, records: u64) -> Customers {
        let groups = self.questioned.iter().filter(|((_, other), _)| other == source);
        let doubtful = groups.map(|(_, profiles)| profiles - 1).sum();
        Customers { records, profiles: self.by_source.get(source).copied().unwrap_or(0), doubtful }
    }
}

/// What a run was, besides its counts.
pub struct Run<'a> {
    /// The files and columns that came in.
    pub input: InputReport,
    /// Whether values can be read.
    pub shown: Shown,
    /// Rows rejected.
    pub rejected: u64,
    /// Pairs for clerical review.
    pub review_pairs: u64,
    /// Pairs from the review threshold up, by whole bits of weight.
    pub weights: &'a BTreeMap<i32, u64>,
    /// The profiles of most records.
    pub largest: Vec<ClusterReport>,
    /// The profiles whose weakest record hangs on the least weight.
    pub doubtful: Vec<ClusterReport>,
    /// How candidates were found.
    pub blocking: BlockingReport,
    /// Record rules used.
    pub record_rules: &'a RuleSet,
    /// The day as of which freshness was judged.
    pub as_of: Option<CivilDate>,
    /// The match model used.
    pub model: &'a MatchModel,
    /// The survivorship rules used.
    pub policy: &'a SurvivorshipPolicy,
    /// What became of decoys, where there were any.
    pub decoys: Option<DecoyCounts>,
}

/// Puts the counts together.
pub fn build(records: RecordCounts, mut profiles: ProfileCounts, run: &Run<'_>) -> Report {
    let cleansed = std::mem::take(&mut profiles.cleansed).finish();
    let customers: BTreeMap<&str, Customers> =
        records.by_source().map(|(source, count)| (source, profiles.customers(source, count))).collect();
    let delivered = records.card_without_sharing.as_ref().unwrap_or(&records.card);
    let quality = quality::build(delivered, &cleansed, &customers);
    let across = profiles.by_source.values().sum::<u64>() - profiles.profiles;
    let of_source = |source: &str| profiles.by_source.get(source).copied().unwrap_or(0);
    let mut card = records.card.clone();
    for (source, count) in records.by_source() {
        card.add_uniqueness(source, count, of_source(source));
    }
    let sources = records.by_source().map(|(source, records)| SourceReport {
        source: source.to_owned(),
        records,
        profiles: of_source(source),
    });
    Report {
        model: run.model.version.to_string(),
        rules: run.policy.version.to_string(),
        masked: run.shown == Shown::Masked,
        input: run.input.clone(),
        records: records.records,
        rejected: run.rejected,
        profiles: profiles.profiles,
        duplicates: records.records - profiles.profiles,
        duplicates_within_sources: records.records - profiles.profiles - across,
        duplicates_across_sources: across,
        review_pairs: run.review_pairs,
        fields: records.field_reports(),
        scorecard: scorecard(&card, &records.broken_rules, run),
        quality,
        precision: precision::build(run.decoys),
        sources: sources.collect(),
        source_overlaps: profiles
            .overlaps
            .into_iter()
            .map(|((a, b), profiles)| OverlapReport { sources: [a, b], profiles })
            .collect(),
        source_combinations: combinations(profiles.combinations),
        cluster_sizes: profiles.cluster_sizes,
        weights: run.weights.clone(),
        thresholds_bits: ThresholdReport {
            review: run.model.thresholds.review.bits(),
            link: run.model.thresholds.link.bits(),
            merge: run.model.thresholds.merge.bits(),
        },
        largest: run.largest.clone(),
        doubtful: run.doubtful.clone(),
        blocking: run.blocking,
        gate: Vec::new(),
    }
}

/// Combinations of sources shown.
const COMBINATIONS_MAX: usize = 40;

fn combinations(counts: BTreeMap<Vec<String>, u64>) -> Vec<CombinationReport> {
    let mut found: Vec<CombinationReport> =
        counts.into_iter().map(|(sources, profiles)| CombinationReport { sources, profiles }).collect();
    found.sort_by(|a, b| b.profiles.cmp(&a.profiles).then_with(|| a.sources.cmp(&b.sources)));
    found.truncate(COMBINATIONS_MAX);
    found
}

fn scorecard(card: &Scorecard, broken_rules: &BTreeMap<String, u64>, run: &Run<'_>) -> ScorecardReport {
    let dimensions = |source: &str| {
        let score = |dimension: &Dimension| Some((dimension.code(), card.of_source(source, *dimension).per_mille()?));
        Dimension::ALL.iter().filter_map(score).collect()
    };
    let sources = card.sources().map(|source| SourceScore {
        source: source.to_owned(),
        score: card.score(source),
        dimensions: dimensions(source),
    });
    let cells = card.cells().into_iter().map(|cell| CellReport {
        source: cell.source.to_owned(),
        field: cell.field.to_owned(),
        dimension: cell.dimension.code(),
        checked: cell.tally.checked,
        passed: cell.tally.passed,
    });
    let broken = run.record_rules.rules.iter().filter(|rule| broken_rules.contains_key(&rule.id));
    let messages = broken.map(|rule| (rule.id.clone(), [rule.message_zh.clone(), rule.message_en.clone()]));
    ScorecardReport {
        rule_messages: messages.collect(),
        rules: run.record_rules.version.to_string(),
        as_of: run.as_of.map(|day| day.to_string()),
        sources: sources.collect(),
        cells: cells.collect(),
        broken_rules: broken_rules.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duplicates_are_of_one_source_or_across() {
        let keys = |sources: &[&str]| -> Vec<RecordKey> {
            sources.iter().enumerate().map(|(id, source)| RecordKey::new(*source, id.to_string())).collect()
        };
        let mut counts = ProfileCounts::default();
        for members in [&["crm", "crm", "web"][..], &["web"], &["crm", "web"]] {
            counts.add_members(&keys(members), None);
        }
        assert_eq!(counts.by_source.values().sum::<u64>() - counts.profiles, 2);
        let found = combinations(counts.combinations);
        let found: Vec<(String, u64)> = found.iter().map(|c| (c.sources.join("+"), c.profiles)).collect();
        assert_eq!(found, [("crm+web".to_owned(), 2), ("web".to_owned(), 1)]);
    }
}
