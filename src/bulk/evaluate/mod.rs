//! How good a clustering is, measured against known truth: pairs, records (B-cubed), whole clusters, by size and by source.
//!
//! With the records beside it, [`errors`] says why each wrong pair is wrong and [`thresholds`] what another threshold would
//! give. Without truth, [`decoys`] estimates the share of wrong pairs and [`certify`] precision and recall from a sample.

use std::collections::BTreeMap;
use std::path::Path;

use crate::domain::measure::entity::{Observation, pairs};
use crate::error::Result;

pub mod certify;
pub mod chart;
pub mod compared;
pub mod decoys;
pub mod errors;
pub mod labels;
pub mod offering;
pub mod tables;
pub mod thresholds;

pub use labels::Clustering;

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Score {
    /// Share of what was claimed that is true.
    pub precision: f64,
    /// Share of what is true that was claimed.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

/// The figures of one evaluation.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Evaluation {
    /// Records in the truth.
    pub records: u64,
    /// Records of the truth that the clustering does not know; each counts as a cluster of its own.
    pub records_missing: u64,
    /// Clusters in the truth.
    pub true_clusters: u64,
    /// Clusters found, among the records of the truth.
    pub found_clusters: u64,
    /// Clusters that are exactly right.
    pub exact_clusters: u64,
    /// Pairs of records that truly belong together.
    pub true_pairs: u64,
    /// Pairs that the clustering puts together.
    pub found_pairs: u64,
    /// Pairs of both kinds.
    pub correct_pairs: u64,
    /// Over pairs of records.
    pub pairwise: Score,
    /// Over records (Bagga and Baldwin 1998).
    pub b_cubed: Score,
    /// Over clusters: the exact ones among those found and among the true ones.
    pub cluster_level: Score,
    /// By size of the true cluster.
    pub by_size: Vec<tables::SizeRow>,
}

/// Reads `record_id` and the cluster column (`cluster_id` or `profile_id`) of a CSV file.
pub fn read_clustering(path: &Path) -> Result<Clustering> {
    labels::read(path)?.by_record_id()
}

/// Compares a clustering with the truth.
pub fn evaluate(clusters: &Clustering, truth: &Clustering) -> Evaluation {
    figures(&Joint::of(clusters, truth))
}

/// The figures of two clusterings side by side.
pub fn figures(joint: &Joint<'_>) -> Evaluation {
    let records = joint.records.len() as u64;
    let observations = joint.observations();
    let (true_clusters, found_clusters) = (joint.true_sizes.len() as u64, joint.found_sizes.len() as u64);
    let true_pairs = joint.true_sizes.iter().map(|&n| pairs(n)).sum();
    let found_pairs = joint.found_sizes.iter().map(|&n| pairs(n)).sum();
    let correct_pairs = observations.iter().map(|o| o.kept_pairs).sum();
    let exact_clusters = observations.iter().filter(|o| o.exact).count() as u64;
    let mean = |of: &dyn Fn(&Observation) -> f64| {
        let sum: f64 = observations.iter().map(|o| of(o) * o.records as f64).sum();
        ratio(sum, records as f64)
    };
    Evaluation {
        records,
        records_missing: joint.missing.iter().filter(|missing| **missing).count() as u64,
        true_clusters,
        found_clusters,
        exact_clusters,
        true_pairs,
        found_pairs,
        correct_pairs,
        pairwise: pair_score(correct_pairs, found_pairs, true_pairs),
        b_cubed: score(mean(&|o| o.b_cubed_precision), mean(&|o| o.b_cubed_recall)),
        cluster_level: pair_score(exact_clusters, found_clusters, true_clusters),
        by_size: tables::by_size(&observations),
    }
}

/// A clustering and the truth side by side, over the records of the truth in ascending order.
#[derive(Debug)]
pub struct Joint<'a> {
    /// The records' keys.
    pub records: Vec<&'a str>,
    /// Number of each record's true cluster.
    pub truth: Vec<u32>,
    /// Number of each record's found cluster; one that nobody clustered has a number of its own.
    pub found: Vec<u32>,
    /// The clustering does not know the record.
    pub missing: Vec<bool>,
    true_sizes: Vec<u64>,
    found_sizes: Vec<u64>,
}

impl<'a> Joint<'a> {
    /// Lays the two side by side.
    pub fn of(clusters: &'a Clustering, truth: &'a Clustering) -> Self {
        let mut joint = Self {
            records: Vec::with_capacity(truth.len()),
            truth: Vec::with_capacity(truth.len()),
            found: Vec::with_capacity(truth.len()),
            missing: Vec::with_capacity(truth.len()),
            true_sizes: Vec::new(),
            found_sizes: Vec::new(),
        };
        let (mut true_numbers, mut found_numbers) = (BTreeMap::new(), BTreeMap::new());
        for (record, true_cluster) in truth {
            let found = clusters.get(record);
            joint.records.push(record);
            joint.missing.push(found.is_none());
            let number = true_numbers.get(true_cluster.as_str()).copied();
            let number = count_in(&mut joint.true_sizes, number);
            true_numbers.insert(true_cluster.as_str(), number);
            joint.truth.push(number);
            let number = found.and_then(|found| found_numbers.get(found.as_str()).copied());
            let number = count_in(&mut joint.found_sizes, number);
            if let Some(found) = found {
                found_numbers.insert(found.as_str(), number);
            }
            joint.found.push(number);
        }
        joint
    }

    /// What the clustering did to each true cluster, in the order of their numbers.
    pub fn observations(&self) -> Vec<Observation> {
        let mut cells: BTreeMap<(u32, u32), u64> = BTreeMap::new();
        for cell in self.truth.iter().copied().zip(self.found.iter().copied()) {
            *cells.entry(cell).or_default() += 1;
        }
        let cells: Vec<((u32, u32), u64)> = cells.into_iter().collect();
        let entities = cells.chunk_by(|a, b| a.0.0 == b.0.0);
        let size = |found: u32| self.found_sizes.get(found as usize).copied().unwrap_or(0);
        entities.map(|cells| Observation::of(cells.iter().map(|((_, found), own)| (*own, size(*found))))).collect()
    }
}

/// Counts one record into a cluster; a cluster without number gets the next one.
fn count_in(sizes: &mut Vec<u64>, number: Option<u32>) -> u32 {
    let number = number.unwrap_or(sizes.len() as u32);
    match sizes.get_mut(number as usize) {
        Some(size) => *size += 1,
        None => sizes.push(1),
    }
    number
}

/// Score of `correct` pairs among those found and those true.
pub fn pair_score(correct: u64, found: u64, truly: u64) -> Score {
    score(ratio(correct as f64, found as f64), ratio(correct as f64, truly as f64))
}

/// Nothing claimed is nothing wrong: 0 of 0 counts as 1.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 1.0 } else { part / whole }
}

fn score(precision: f64, recall: f64) -> Score {
    let f1 = if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    Score { precision, recall, f1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn clustering(rows: &[(&str, &str)]) -> Clustering {
        rows.iter().map(|(record, cluster)| ((*record).to_owned(), (*cluster).to_owned())).collect()
    }

    #[test]
    fn figures_by_hand() {
        let truth = clustering(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "2"), ("e", "3")]);
        let found = clustering(&[("a", "x"), ("b", "x"), ("c", "y"), ("d", "y"), ("e", "z")]);
        let figures = evaluate(&found, &truth);
        assert_eq!((figures.true_pairs, figures.found_pairs, figures.correct_pairs), (3, 2, 1));
        assert_eq!(figures.pairwise.precision, 0.5);
        // a, b: precision 1, recall 2/3; c: precision 1/2, recall 1/3; d: precision 1/2, recall 1; e: both 1.
        assert!((figures.b_cubed.precision - 0.8).abs() < 1e-12);
        assert!((figures.b_cubed.recall - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 2.0) / 5.0).abs() < 1e-12);
        // Only {e} is right: one of three clusters found, one of three true ones.
        assert_eq!((figures.exact_clusters, figures.found_clusters, figures.true_clusters), (1, 3, 3));
        assert!((figures.cluster_level.f1 - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_record_nobody_clustered_stands_alone() {
        let truth = clustering(&[("a", "1"), ("b", "1")]);
        let clusters = clustering(&[("a", "x")]);
        let figures = evaluate(&clusters, &truth);
        assert_eq!((figures.records_missing, figures.found_clusters, figures.correct_pairs), (1, 2, 0));
        assert_eq!(figures.b_cubed.recall, 0.5);
    }
}
