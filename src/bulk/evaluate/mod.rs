//! How good a clustering is, measured against known truth: pairwise and B-cubed precision, recall and F1.

use std::collections::BTreeMap;
use std::path::Path;

use super::reader::{self, Table};
use crate::error::{Error, Result, did_you_mean};

/// Record id → cluster.
pub type Clustering = BTreeMap<String, String>;

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
}

/// Reads `record_id` and the cluster column (`cluster_id` or `profile_id`) of a CSV file.
pub fn read_clustering(path: &Path) -> Result<Clustering> {
    let table = reader::read(path)?;
    let record = column(path, &table, &["record_id"])?;
    let cluster = column(path, &table, &["cluster_id", "profile_id"])?;
    let mut clustering = Clustering::new();
    for row in table.rows {
        let (Some(id), Some(cluster)) = (row.fields.get(record), row.fields.get(cluster)) else { continue };
        if clustering.insert(id.clone(), cluster.clone()).is_some() {
            return Err(Error::input(path, format!("line {}: record \"{id}\" stands there twice", row.line)));
        }
    }
    if let Some(reject) = table.rejects.first() {
        return Err(Error::input(path, format!("line {}: {}", reject.line, reject.reason)));
    }
    Ok(clustering)
}

fn column(path: &Path, table: &Table, names: &[&str]) -> Result<usize> {
    let found = names.iter().find_map(|name| table.header.iter().position(|column| column == name));
    found.ok_or_else(|| {
        let hint = did_you_mean(names[0], table.header.iter().map(String::as_str));
        Error::input(path, format!("there is no column \"{}\"{hint}", names.join("\" or \"")))
    })
}

/// Compares a clustering with the truth.
pub fn evaluate(clusters: &Clustering, truth: &Clustering) -> Evaluation {
    let mut found_sizes: BTreeMap<&str, u64> = BTreeMap::new();
    let mut true_sizes: BTreeMap<&str, u64> = BTreeMap::new();
    let mut overlaps: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut missing = 0;
    for (record, true_cluster) in truth {
        *true_sizes.entry(true_cluster).or_default() += 1;
        match clusters.get(record) {
            Some(found) => {
                *found_sizes.entry(found).or_default() += 1;
                *overlaps.entry((true_cluster, found)).or_default() += 1;
            }
            None => missing += 1,
        }
    }
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    let true_pairs = true_sizes.values().map(|&n| pairs(n)).sum();
    let found_pairs = found_sizes.values().map(|&n| pairs(n)).sum();
    let correct_pairs = overlaps.values().map(|&n| pairs(n)).sum();
    let records = truth.len() as u64;
    // A record that the clustering does not know stands alone: B-cubed precision 1, recall 1 / size.
    let mut precision_sum = missing as f64;
    let mut recall_sum: f64 = 0.0;
    for ((true_cluster, found), &count) in &overlaps {
        let share = (count * count) as f64;
        precision_sum += share / found_sizes[found] as f64;
        recall_sum += share / true_sizes[true_cluster] as f64;
    }
    let unknown = truth.iter().filter(|(record, _)| !clusters.contains_key(*record));
    recall_sum += unknown.map(|(_, cluster)| 1.0 / true_sizes[cluster.as_str()] as f64).sum::<f64>();
    let exact = overlaps.iter().filter(|((t, f), n)| true_sizes[t] == **n && found_sizes[f] == **n).count() as u64;
    let exact_alone = truth.iter().filter(|(r, t)| !clusters.contains_key(*r) && true_sizes[t.as_str()] == 1).count();
    Evaluation {
        records,
        records_missing: missing,
        true_clusters: true_sizes.len() as u64,
        found_clusters: found_sizes.len() as u64 + missing,
        exact_clusters: exact + exact_alone as u64,
        true_pairs,
        found_pairs,
        correct_pairs,
        pairwise: score(
            ratio(correct_pairs as f64, found_pairs as f64),
            ratio(correct_pairs as f64, true_pairs as f64),
        ),
        b_cubed: score(ratio(precision_sum, records as f64), ratio(recall_sum, records as f64)),
    }
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

    fn clustering(rows: &[(&str, &str)]) -> Clustering {
        rows.iter().map(|(record, cluster)| ((*record).to_owned(), (*cluster).to_owned())).collect()
    }

    #[test]
    fn figures_by_hand() {
        let truth = clustering(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "2")]);
        let found = clustering(&[("a", "x"), ("b", "x"), ("c", "y"), ("d", "y")]);
        let figures = evaluate(&found, &truth);
        assert_eq!((figures.true_pairs, figures.found_pairs, figures.correct_pairs), (3, 2, 1));
        assert_eq!(figures.pairwise.precision, 0.5);
        // a, b: precision 1, recall 2/3; c: precision 1/2, recall 1/3; d: precision 1/2, recall 1.
        assert!((figures.b_cubed.precision - 0.75).abs() < 1e-12);
        assert!((figures.b_cubed.recall - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-12);
    }

    #[test]
    fn a_record_nobody_clustered_stands_alone() {
        let truth = clustering(&[("a", "1"), ("b", "1")]);
        let figures = evaluate(&clustering(&[("a", "x")]), &truth);
        assert_eq!((figures.records_missing, figures.found_clusters, figures.correct_pairs), (1, 2, 0));
        assert_eq!(figures.b_cubed.recall, 0.5);
    }
}
