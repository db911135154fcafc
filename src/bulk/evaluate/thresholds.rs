//! What every threshold would give: pairwise figures of the candidate pairs at each whole bit of match weight.

use std::collections::BTreeMap;

use serde::Serialize;

use super::compared::Compared;
use super::labels::Clustering;
use super::{Score, pair_score};
use crate::domain::measure::entity::pairs;
use crate::domain::model::MatchModel;

/// Weights below are counted with the lowest threshold.
const BITS_MIN: i32 = -30;
/// Weights above are counted with the highest threshold.
const BITS_MAX: i32 = 60;

/// One threshold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThresholdRow {
    /// The threshold in bits of match weight.
    pub bits: i32,
    /// Pairs at or above it.
    pub found_pairs: u64,
    /// Of these, pairs that belong together.
    pub correct_pairs: u64,
    /// Over all pairs of the truth.
    #[serde(flatten)]
    pub pairwise: Score,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Thresholds {
    /// The model whose weights these are.
    pub model: String,
    /// Its link threshold in bits.
    pub link_bits: f64,
    /// The threshold of the best F1; of equals the lowest.
    pub best_bits: Option<i32>,
    /// Candidate pairs of which the truth knows both records.
    pub candidate_pairs: u64,
    /// Of these, pairs that belong together.
    pub candidate_true_pairs: u64,
    /// Pairs that belong together, candidates or not.
    pub true_pairs: u64,
    /// One row a whole bit, ascending.
    pub rows: Vec<ThresholdRow>,
}

/// Counts the pairs at each whole bit. `true_cluster` gives the true cluster of a position, where the truth knows it.
/// Pairs whose evidence forbids a merge count as candidates but are above no threshold.
pub fn table(compared: &Compared, truth: &Clustering, true_cluster: &[Option<&str>], model: &MatchModel) -> Thresholds {
    let mut histogram: BTreeMap<i32, [u64; 2]> = BTreeMap::new();
    let (mut candidate_pairs, mut candidate_true_pairs) = (0, 0);
    for (a, b, score) in compared.candidates() {
        let cluster = |position: usize| true_cluster.get(position).copied().flatten();
        let (Some(left), Some(right)) = (cluster(a), cluster(b)) else { continue };
        let correct = u64::from(left == right);
        candidate_pairs += 1;
        candidate_true_pairs += correct;
        if !score.cannot_link {
            let counts = histogram.entry(score.weight.0.div_euclid(1_000).clamp(BITS_MIN, BITS_MAX)).or_default();
            *counts = [counts[0] + 1, counts[1] + correct];
        }
    }
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    for cluster in truth.values() {
        *sizes.entry(cluster).or_default() += 1;
    }
    let true_pairs: u64 = sizes.values().map(|&size| pairs(size)).sum();
    let rows = rows(&histogram, true_pairs);
    let best = rows.iter().rev().max_by(|a, b| a.pairwise.f1.total_cmp(&b.pairwise.f1));
    Thresholds {
        model: model.version.to_string(),
        link_bits: model.thresholds.link.bits(),
        best_bits: best.map(|row| row.bits),
        candidate_pairs,
        candidate_true_pairs,
        true_pairs,
        rows,
    }
}

fn rows(histogram: &BTreeMap<i32, [u64; 2]>, true_pairs: u64) -> Vec<ThresholdRow> {
    let (Some((&first, _)), Some((&last, _))) = (histogram.first_key_value(), histogram.last_key_value()) else {
        return Vec::new();
    };
    let (mut found_pairs, mut correct_pairs) = (0, 0);
    let mut rows: Vec<ThresholdRow> = (first..=last)
        .rev()
        .map(|bits| {
            let [found, correct] = histogram.get(&bits).copied().unwrap_or_default();
            found_pairs += found;
            correct_pairs += correct;
            let pairwise = pair_score(correct_pairs, found_pairs, true_pairs);
            ThresholdRow { bits, found_pairs, correct_pairs, pairwise }
        })
        .collect();
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_accumulate_from_above() {
        let histogram: BTreeMap<i32, [u64; 2]> = [(-1, [6, 1]), (1, [2, 2]), (2, [1, 1])].into_iter().collect();
        let rows = rows(&histogram, 5);
        let counts: Vec<(i32, u64, u64)> = rows.iter().map(|r| (r.bits, r.found_pairs, r.correct_pairs)).collect();
        assert_eq!(counts, [(-1, 9, 4), (0, 3, 3), (1, 3, 3), (2, 1, 1)]);
        assert_eq!((rows[1].pairwise.precision, rows[1].pairwise.recall), (1.0, 0.6));
        assert!(super::rows(&BTreeMap::new(), 5).is_empty());
    }
}
