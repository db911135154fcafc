//! Average linkage under constraints: clusters merge while the mean weight between their records is high enough.

use super::judgement::{Judgements, Verdict};
use crate::domain::id::{MatchWeight, RecordHandle, RecordPair};
use crate::domain::model::MatchModel;

/// Clusters a piece of at most `component_records_max` records (ascending); every pair of them is scored.
///
/// Must-links are joined first, in the order of their pairs, unless that would break a cannot-link judgement. A negative
/// judgement between any two members keeps two clusters apart for good; so does forbidding evidence, unless a person
/// linked those two records. Ties go to the pair of clusters with the smaller record handles.
pub fn average_linkage(
    model: &MatchModel,
    members: &[RecordHandle],
    judgements: &Judgements,
    score: &dyn Fn(RecordHandle, RecordHandle) -> (MatchWeight, bool),
) -> Vec<Vec<RecordHandle>> {
    let mut clusters = Clusters::of(members, judgements, score);
    clusters.join_judged(judgements);
    while let Some((a, b)) = clusters.best_merge(model.thresholds.merge) {
        clusters.merge(a, b);
    }
    clusters.members.into_iter().filter(|cluster| !cluster.is_empty()).collect()
}

/// Clusters by position; a merged-away cluster is empty. `sums` and `forbidden` are square matrices in rows.
struct Clusters {
    members: Vec<Vec<RecordHandle>>,
    sums: Vec<i64>,
    forbidden: Vec<Forbidden>,
    count: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Forbidden {
    No,
    ByEvidence,
    ByJudgement,
}

impl Clusters {
    fn of(
        members: &[RecordHandle],
        judgements: &Judgements,
        score: &dyn Fn(RecordHandle, RecordHandle) -> (MatchWeight, bool),
    ) -> Self {
        let count = members.len();
        let mut sums = vec![0; count * count];
        let mut forbidden = vec![Forbidden::No; count * count];
        for (i, &a) in members.iter().enumerate() {
            for (j, &b) in members.iter().enumerate().skip(i + 1) {
                let Some(pair) = RecordPair::new(a, b) else { continue };
                let (weight, cannot_link) = score(a, b);
                let barrier = match judgements.verdict(pair) {
                    Some(Verdict::Negative) => Forbidden::ByJudgement,
                    Some(Verdict::Positive) => Forbidden::No,
                    Some(Verdict::Unsure) | None if cannot_link => Forbidden::ByEvidence,
                    Some(Verdict::Unsure) | None => Forbidden::No,
                };
                for cell in [i * count + j, j * count + i] {
                    sums[cell] = i64::from(weight.0);
                    forbidden[cell] = barrier;
                }
            }
        }
        Self { members: members.iter().map(|&member| vec![member]).collect(), sums, forbidden, count }
    }

    fn join_judged(&mut self, judgements: &Judgements) {
        for (pair, verdict) in judgements.iter() {
            if verdict != Verdict::Positive {
                continue;
            }
            let found = (self.cluster_of(pair.low()), self.cluster_of(pair.high()));
            let (Some(a), Some(b)) = found else { continue };
            if a != b && self.forbidden[a * self.count + b] != Forbidden::ByJudgement {
                self.merge(a.min(b), a.max(b));
            }
        }
    }

    fn cluster_of(&self, record: RecordHandle) -> Option<usize> {
        self.members.iter().position(|cluster| cluster.contains(&record))
    }

    /// The two clusters with the highest mean weight of at least `minimum`.
    fn best_merge(&self, minimum: MatchWeight) -> Option<(usize, usize)> {
        let mut best: Option<(i64, i64, usize, usize)> = None;
        for a in (0..self.count).filter(|&a| !self.members[a].is_empty()) {
            for b in (a + 1..self.count).filter(|&b| !self.members[b].is_empty()) {
                if self.forbidden[a * self.count + b] != Forbidden::No {
                    continue;
                }
                let sum = self.sums[a * self.count + b];
                let pairs = (self.members[a].len() * self.members[b].len()) as i64;
                // Means are compared as fractions: no rounding, and the first of equals (smaller handles) stays.
                let enough = sum >= i64::from(minimum.0) * pairs;
                let better = best.is_none_or(|(best_sum, best_pairs, _, _)| sum * best_pairs > best_sum * pairs);
                if enough && better {
                    best = Some((sum, pairs, a, b));
                }
            }
        }
        best.map(|(_, _, a, b)| (a, b))
    }

    fn merge(&mut self, a: usize, b: usize) {
        let moved = std::mem::take(&mut self.members[b]);
        self.members[a].extend(moved);
        self.members[a].sort_unstable();
        for other in 0..self.count {
            let (from, to, back) = (b * self.count + other, a * self.count + other, other * self.count + a);
            self.sums[to] += self.sums[from];
            self.forbidden[to] = self.forbidden[to].max(self.forbidden[from]);
            self.sums[back] = self.sums[to];
            self.forbidden[back] = self.forbidden[to];
        }
    }
}
