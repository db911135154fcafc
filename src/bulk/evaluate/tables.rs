//! An evaluation broken down: by size of the true cluster and by pair of sources.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Joint, Score, pair_score, ratio, score};
use crate::domain::measure::entity::{Observation, pairs};

/// Largest sizes of the rows; beyond the last one is one more row.
const SIZES: [u64; 8] = [1, 2, 3, 4, 5, 10, 20, 50];

/// True clusters of one size.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SizeRow {
    /// Records in the true cluster: `3`, `6-10`, `51+`.
    pub size: String,
    /// True clusters.
    pub clusters: u64,
    /// Of these, found exactly.
    pub exact_clusters: u64,
    /// Pairs that truly belong together.
    pub true_pairs: u64,
    /// Of these, found.
    pub correct_pairs: u64,
    /// Wrong pairs; each counts one half for the true cluster at either end.
    pub wrong_pairs: f64,
    /// Over these pairs; nothing for single records, which have none.
    pub pairwise: Option<Score>,
}

/// One row a size that occurs.
pub fn by_size(observations: &[Observation]) -> Vec<SizeRow> {
    let mut rows: BTreeMap<usize, SizeRow> = BTreeMap::new();
    for observation in observations {
        let bucket = SIZES.partition_point(|size| *size < observation.records);
        let row = rows.entry(bucket).or_insert_with(|| SizeRow {
            size: size_name(bucket),
            clusters: 0,
            exact_clusters: 0,
            true_pairs: 0,
            correct_pairs: 0,
            wrong_pairs: 0.0,
            pairwise: None,
        });
        row.clusters += 1;
        row.exact_clusters += u64::from(observation.exact);
        row.true_pairs += observation.true_pairs;
        row.correct_pairs += observation.kept_pairs;
        row.wrong_pairs += observation.wrong_pairs as f64 / 2.0;
    }
    for row in rows.values_mut() {
        let correct = row.correct_pairs as f64;
        let precision = ratio(correct, correct + row.wrong_pairs);
        row.pairwise = (row.true_pairs > 0).then(|| score(precision, ratio(correct, row.true_pairs as f64)));
    }
    rows.into_values().collect()
}

fn size_name(bucket: usize) -> String {
    let below = bucket.checked_sub(1).and_then(|below| SIZES.get(below)).copied().unwrap_or(0);
    match SIZES.get(bucket) {
        Some(size) if *size == below + 1 => size.to_string(),
        Some(size) => format!("{}-{size}", below + 1),
        None => format!("{}+", below + 1),
    }
}

/// Pairs between two sources, or inside one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourcePairRow {
    /// The two names, in alphabetical order; empty where no file says.
    pub sources: [String; 2],
    /// Pairs that truly belong together.
    pub true_pairs: u64,
    /// Pairs put together.
    pub found_pairs: u64,
    /// Pairs of both kinds.
    pub correct_pairs: u64,
    /// Over these pairs.
    pub pairwise: Score,
}

/// One row a pair of sources that has any pair; nothing when no source is known.
pub fn by_source_pair(joint: &Joint<'_>, sources: &BTreeMap<String, String>) -> Vec<SourcePairRow> {
    if sources.is_empty() {
        return Vec::new();
    }
    let of: Vec<&str> = joint.records.iter().map(|key| sources.get(*key).map_or("", String::as_str)).collect();
    let truly = pairs_by_sources(joint.truth.iter().map(|t| (*t, 0)), &of);
    let found = pairs_by_sources(joint.found.iter().map(|f| (*f, 0)), &of);
    let correct = pairs_by_sources(joint.truth.iter().copied().zip(joint.found.iter().copied()), &of);
    let mut rows: BTreeMap<(&str, &str), [u64; 3]> = BTreeMap::new();
    for (column, counts) in [truly, found, correct].into_iter().enumerate() {
        for (sources, count) in counts {
            if let Some(cell) = rows.entry(sources).or_default().get_mut(column) {
                *cell = count;
            }
        }
    }
    let row = |((a, b), [true_pairs, found_pairs, correct_pairs]): ((&str, &str), [u64; 3])| SourcePairRow {
        sources: [a.to_owned(), b.to_owned()],
        true_pairs,
        found_pairs,
        correct_pairs,
        pairwise: pair_score(correct_pairs, found_pairs, true_pairs),
    };
    rows.into_iter().map(row).collect()
}

/// Pairs inside groups, by the sources of the two records.
fn pairs_by_sources<'s>(
    groups: impl Iterator<Item = (u32, u32)>,
    sources: &[&'s str],
) -> BTreeMap<(&'s str, &'s str), u64> {
    let mut members: BTreeMap<((u32, u32), &str), u64> = BTreeMap::new();
    for (group, source) in groups.zip(sources) {
        *members.entry((group, *source)).or_default() += 1;
    }
    let members: Vec<_> = members.into_iter().collect();
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for group in members.chunk_by(|a, b| a.0.0 == b.0.0) {
        for (position, ((_, source), count)) in group.iter().enumerate() {
            if *count > 1 {
                *counts.entry((*source, *source)).or_default() += pairs(*count);
            }
            for ((_, other), others) in group.iter().skip(position + 1) {
                *counts.entry((*source, *other)).or_default() += count * others;
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::super::tests::clustering;
    use super::super::{Joint, figures};
    use super::*;

    #[test]
    fn rows_add_up_to_the_whole() {
        let truth = clustering(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "2"), ("e", "2"), ("f", "3")]);
        let found = clustering(&[("a", "x"), ("b", "x"), ("c", "y"), ("d", "y"), ("e", "y"), ("f", "z")]);
        let joint = Joint::of(&found, &truth);
        let whole = figures(&joint);
        let names: Vec<&str> = whole.by_size.iter().map(|row| row.size.as_str()).collect();
        assert_eq!(names, ["1", "2", "3"]);
        assert!(whole.by_size.iter().all(|row| row.pairwise.is_none() == (row.size == "1")));
        let wrong: f64 = whole.by_size.iter().map(|row| row.wrong_pairs).sum();
        assert_eq!(wrong, (whole.found_pairs - whole.correct_pairs) as f64);
        assert_eq!(whole.by_size.iter().map(|row| row.correct_pairs).sum::<u64>(), whole.correct_pairs);

        let sources = clustering(&[("a", "crm"), ("b", "web"), ("c", "web"), ("d", "crm"), ("e", "crm"), ("f", "crm")]);
        let rows = by_source_pair(&joint, &sources);
        let row = |a: &str, b: &str| rows.iter().find(|row| row.sources == [a, b]).unwrap();
        assert_eq!(row("crm", "web").found_pairs, 3);
        assert_eq!((row("crm", "web").true_pairs, row("crm", "web").correct_pairs), (2, 1));
        assert_eq!((row("crm", "crm").true_pairs, row("web", "web").true_pairs), (1, 1));
        assert_eq!(rows.iter().map(|row| row.found_pairs).sum::<u64>(), whole.found_pairs);
        assert!(by_source_pair(&joint, &BTreeMap::new()).is_empty());
    }

    #[test]
    fn sizes_have_names() {
        let names: Vec<String> = (0..=SIZES.len()).map(size_name).collect();
        assert_eq!(names, ["1", "2", "3", "4", "5", "6-10", "11-20", "21-50", "51+"]);
    }
}
