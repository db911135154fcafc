//! Linkage by accumulated evidence, under constraints: clusters merge while what they know of each other speaks for one customer.
//!
//! Two clusters are compared as entities, not record by record: every comparison takes the mean over those pairs of records that
//! have a value on both sides (where people have several values, leaning to the best pair), and all add up. A record that knows a customer's name and telephone and one that knows her
//! telephone and address therefore speak together, and a pair with nothing in common says nothing instead of pulling the mean down.

use super::judgement::{Judgements, Verdict};
use crate::domain::compare;
use crate::domain::id::{MatchWeight, RecordHandle, RecordPair};
use crate::domain::model::{LevelWeights, MatchModel};
use crate::domain::score::corroboration::{corroborated, sole_evidence};
use crate::domain::score::{Evidence, Odds};

/// Clusters a piece of at most `component_records_max` records (ascending); every pair of them is scored.
///
/// Must-links are joined first, in the order of their pairs, unless that would break a cannot-link judgement. A negative
/// judgement between any two members keeps two clusters apart for good; so does forbidding evidence, unless a person
/// linked those two records. No merge makes a cluster of more than `profile_records_max` records. Ties go to the pair of clusters with the smaller record handles.
pub fn average_linkage(
    model: &MatchModel,
    members: &[RecordHandle],
    judgements: &Judgements,
    score: &dyn Fn(RecordHandle, RecordHandle) -> Evidence,
) -> Linked {
    agglomerate(model, members, judgements, score, &mut |_, _, _, _| {})
}

/// What linkage made of a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// The clusters.
    pub clusters: Vec<Vec<RecordHandle>>,
    /// Two clusters would have merged, but for the limit on the records of a profile.
    pub kept_small: bool,
}

/// One step of clustering: two clusters became one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The records of the two clusters, each ascending.
    pub clusters: [Vec<RecordHandle>; 2],
    /// The match weight between the two clusters.
    pub weight: MatchWeight,
    /// What relations took from it.
    pub relation_weight: MatchWeight,
    /// What each comparison said on the average, in the comparators' order; those that could compare nothing are left out.
    pub means: Vec<ComparisonMean>,
    /// The pair of records across the two with the highest weight of its own; of equals the first.
    pub strongest: Option<(RecordPair, MatchWeight)>,
    /// The comparison that alone speaks for the merge without identifying anybody, by its position: the weight is held below the threshold.
    pub sole_evidence: Option<usize>,
    /// A person said that these two records are one customer, and that alone joined the clusters.
    pub judged: Option<RecordPair>,
}

impl Merge {
    /// Both clusters are made of these records (ascending).
    pub fn is_within(&self, members: &[RecordHandle]) -> bool {
        self.clusters.iter().flatten().all(|record| members.binary_search(record).is_ok())
    }
}

/// What one comparison said between two clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparisonMean {
    /// Position of the comparator in [`compare::ALL`].
    pub comparator: usize,
    /// Pairs of records that have a value on both sides.
    pub pairs: usize,
    /// The mean weight over these pairs.
    pub weight: MatchWeight,
}

/// The same clusters as [`average_linkage`], and every merge in the order in which it was made.
pub fn average_linkage_traced(
    model: &MatchModel,
    members: &[RecordHandle],
    judgements: &Judgements,
    score: &dyn Fn(RecordHandle, RecordHandle) -> Evidence,
) -> (Linked, Vec<Merge>) {
    let mut merges = Vec::new();
    let mut watch = |clusters: &Clusters<'_>, a: usize, b: usize, judged: Option<RecordPair>| {
        let between = &clusters.between[clusters.cell(a, b)];
        let (left, right) = (&clusters.members[a], &clusters.members[b]);
        let odds = between.odds(model);
        merges.push(Merge {
            clusters: [left.clone(), right.clone()],
            weight: between.weight,
            relation_weight: MatchWeight(odds.weight().0.saturating_sub(odds.matching as i32)),
            means: between.means(),
            strongest: strongest(model, left, right, score),
            sole_evidence: sole_evidence(between.voices()).filter(|_| between.weight < odds.weight()),
            judged,
        });
    };
    let linked = agglomerate(model, members, judgements, score, &mut watch);
    (linked, merges)
}

fn strongest(
    model: &MatchModel,
    left: &[RecordHandle],
    right: &[RecordHandle],
    score: &dyn Fn(RecordHandle, RecordHandle) -> Evidence,
) -> Option<(RecordPair, MatchWeight)> {
    let pairs = left.iter().flat_map(|&a| right.iter().filter_map(move |&b| RecordPair::new(a, b)));
    let weighed = pairs.map(|pair| {
        let between = Between::records(model, &score(pair.low(), pair.high()), None);
        (pair, between.weight)
    });
    weighed.min_by_key(|(pair, weight)| (std::cmp::Reverse(*weight), *pair))
}

/// Hears of every merge before it is made: the clusters, the positions of the two, and the judgement that joins them.
type Watch<'w> = &'w mut dyn FnMut(&Clusters<'_>, usize, usize, Option<RecordPair>);

fn agglomerate(
    model: &MatchModel,
    members: &[RecordHandle],
    judgements: &Judgements,
    score: &dyn Fn(RecordHandle, RecordHandle) -> Evidence,
    watch: Watch<'_>,
) -> Linked {
    let mut clusters = Clusters::of(model, members, judgements, score);
    clusters.join_judged(judgements, watch);
    let records_max = model.limits.profile_records_max;
    while let Some((a, b)) = clusters.best_merge(model.thresholds.merge, records_max) {
        watch(&clusters, a, b, None);
        clusters.merge(a, b);
    }
    // What is left to merge is too large together.
    let kept_small = clusters.best_merge(model.thresholds.merge, usize::MAX).is_some();
    Linked { clusters: clusters.members.into_iter().filter(|cluster| !cluster.is_empty()).collect(), kept_small }
}

/// What two clusters know of each other: for each comparator the pairs of records that it could compare, and their sums.
#[derive(Clone, Debug, Default)]
struct Between {
    parts: [Part; compare::COUNT],
    barrier: Barrier,
    /// The clusters' match weight, kept up to date.
    weight: MatchWeight,
}

#[derive(Clone, Copy, Debug, Default)]
struct Part {
    pairs: i64,
    matching: i64,
    related: [i64; 2],
    /// The pair of records that speaks most for a match.
    best: LevelWeights,
}

impl Part {
    fn add(&mut self, other: &Self) {
        let better = other.best.matching > self.best.matching;
        if other.pairs > 0 && (self.pairs == 0 || better) {
            self.best = other.best;
        }
        self.pairs += other.pairs;
        self.matching += other.matching;
        for (sum, more) in self.related.iter_mut().zip(other.related) {
            *sum += more;
        }
    }

    /// What the comparison says of two clusters: the mean over their pairs of records; of what people have several of, halfway
    /// between that and the best pair, since one common telephone is not undone by four others.
    fn speaks(&self, several_valued: bool) -> LevelWeights {
        let pairs = self.pairs.max(1);
        let value = |sum: i64, best: MatchWeight| {
            let mean = sum / pairs;
            MatchWeight(if several_valued { (mean + i64::from(best.0)) / 2 } else { mean } as i32)
        };
        let [a, b] = self.related;
        LevelWeights {
            matching: value(self.matching, self.best.matching),
            related: [value(a, self.best.related[0]), value(b, self.best.related[1])],
        }
    }
}

impl From<LevelWeights> for Part {
    fn from(weights: LevelWeights) -> Self {
        let related = weights.related.map(|weight| i64::from(weight.0));
        Self { pairs: 1, matching: i64::from(weights.matching.0), related, best: weights }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Barrier {
    #[default]
    None,
    Evidence,
    Judgement,
}

impl Between {
    fn records(model: &MatchModel, evidence: &Evidence, verdict: Option<Verdict>) -> Self {
        let barrier = match verdict {
            Some(Verdict::Negative) => Barrier::Judgement,
            Some(Verdict::Positive) => Barrier::None,
            Some(Verdict::Unsure) | None if evidence.cannot_link => Barrier::Evidence,
            Some(Verdict::Unsure) | None => Barrier::None,
        };
        let parts = evidence.parts.map(|part| part.map(Part::from).unwrap_or_default());
        let mut between = Self { parts, barrier, weight: MatchWeight(0) };
        between.weigh(model);
        between
    }

    fn weigh(&mut self, model: &MatchModel) {
        self.weight = corroborated(model, self.odds(model).weight(), model.thresholds.merge, self.voices());
    }

    /// What each comparison says of the pair of records that it says most for: whether anything but one aspect agrees at all.
    fn voices(&self) -> impl Iterator<Item = (usize, MatchWeight)> + '_ {
        let compared = self.parts.iter().enumerate().filter(|(_, part)| part.pairs > 0);
        compared.map(|(position, part)| (position, part.best.matching))
    }

    fn odds(&self, model: &MatchModel) -> Odds {
        let mut odds = Odds::start(&model.priors);
        for (part, comparator) in self.parts.iter().zip(compare::ALL).filter(|(part, _)| part.pairs > 0) {
            odds.add(part.speaks(comparator.several_valued()));
        }
        odds
    }

    fn means(&self) -> Vec<ComparisonMean> {
        let compared = self.parts.iter().enumerate().filter(|(_, part)| part.pairs > 0);
        let mean = |(comparator, part): (usize, &Part)| ComparisonMean {
            comparator,
            pairs: part.pairs as usize,
            weight: part.speaks(compare::ALL[comparator].several_valued()).matching,
        };
        compared.map(mean).collect()
    }

    fn absorb(&mut self, other: &Self, model: &MatchModel) {
        for (part, more) in self.parts.iter_mut().zip(&other.parts) {
            part.add(more);
        }
        self.barrier = self.barrier.max(other.barrier);
        self.weigh(model);
    }
}

/// Clusters by position; a merged-away cluster is empty. `between` is a square matrix in rows, of which the part above the
/// diagonal is used.
struct Clusters<'m> {
    model: &'m MatchModel,
    members: Vec<Vec<RecordHandle>>,
    between: Vec<Between>,
    count: usize,
}

impl<'m> Clusters<'m> {
    fn of(
        model: &'m MatchModel,
        members: &[RecordHandle],
        judgements: &Judgements,
        score: &dyn Fn(RecordHandle, RecordHandle) -> Evidence,
    ) -> Self {
        let count = members.len();
        let mut between = vec![Between::default(); count * count];
        for (i, &a) in members.iter().enumerate() {
            for (j, &b) in members.iter().enumerate().skip(i + 1) {
                let Some(pair) = RecordPair::new(a, b) else { continue };
                between[i * count + j] = Between::records(model, &score(a, b), judgements.verdict(pair));
            }
        }
        Self { model, members: members.iter().map(|&member| vec![member]).collect(), between, count }
    }

    fn join_judged(&mut self, judgements: &Judgements, watch: Watch<'_>) {
        for (pair, verdict) in judgements.iter() {
            if verdict != Verdict::Positive {
                continue;
            }
            let found = (self.cluster_of(pair.low()), self.cluster_of(pair.high()));
            let (Some(a), Some(b)) = found else { continue };
            if a != b && self.between[self.cell(a, b)].barrier != Barrier::Judgement {
                watch(self, a.min(b), a.max(b), Some(pair));
                self.merge(a.min(b), a.max(b));
            }
        }
    }

    fn cluster_of(&self, record: RecordHandle) -> Option<usize> {
        self.members.iter().position(|cluster| cluster.contains(&record))
    }

    fn cell(&self, a: usize, b: usize) -> usize {
        a.min(b) * self.count + a.max(b)
    }

    /// The two clusters with the highest weight of at least `minimum` that have at most `records_max` records together; of
    /// equals the first (smaller handles).
    fn best_merge(&self, minimum: MatchWeight, records_max: usize) -> Option<(usize, usize)> {
        let mut best: Option<(MatchWeight, usize, usize)> = None;
        for a in (0..self.count).filter(|&a| !self.members[a].is_empty()) {
            for b in (a + 1..self.count).filter(|&b| !self.members[b].is_empty()) {
                let between = &self.between[a * self.count + b];
                let better = best.is_none_or(|(weight, _, _)| between.weight > weight);
                let fits = || self.members[a].len() + self.members[b].len() <= records_max;
                if between.barrier == Barrier::None && between.weight >= minimum && better && fits() {
                    best = Some((between.weight, a, b));
                }
            }
        }
        best.map(|(_, a, b)| (a, b))
    }

    fn merge(&mut self, a: usize, b: usize) {
        let moved = std::mem::take(&mut self.members[b]);
        self.members[a].extend(moved);
        self.members[a].sort_unstable();
        for other in (0..self.count).filter(|&other| other != a && other != b) {
            if self.members[other].is_empty() {
                continue;
            }
            let (from, to) = (self.cell(b, other), self.cell(a, other));
            let absorbed = std::mem::take(&mut self.between[from]);
            self.between[to].absorb(&absorbed, self.model);
        }
    }
}
