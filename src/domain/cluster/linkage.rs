//! Linkage by accumulated evidence, under constraints: clusters merge while what they know of each other speaks for one customer.
//!
//! Two clusters are compared as entities, not record by record: every comparison takes the mean over those pairs of records that
//! have a value on both sides (where people have several values, leaning to the best pair), and all add up. A record that knows a customer's name and telephone and one that knows her
//! telephone and address therefore speak together, and a pair with nothing in common says nothing instead of pulling the mean down.
//!
//! A slip is seen once. What each of two clusters repeats in itself and none of the other's records has – a given name, a birth date – is
//! therefore no slip but another person, or a lasting mistake, which is rarer: see `REPEATED`.
//!
//! Only clusters with an edge between them are compared at all: of what blocking found nothing in common there is nothing to add up, and a
//! component costs as much as it has edges rather than the square of its records.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::judgement::{Judgements, Verdict};
use crate::domain::compare::{self, Steady};
use crate::domain::id::{MatchWeight, RecordHandle, RecordPair};
use crate::domain::model::{LevelWeights, MatchModel, Relation};
use crate::domain::score::corroboration::{Voice, corroborated, sole_evidence};
use crate::domain::score::{Evidence, Odds};

/// Clusters a piece of at most `component_records_max` records (ascending) along the pairs that have an edge.
///
/// Must-links are joined first, in the order of their pairs, unless that would break a cannot-link judgement. A negative
/// judgement between any two members keeps two clusters apart for good; so does forbidding evidence, unless a person
/// linked those two records. No merge makes a cluster of more than `profile_records_max` records. Ties go to the pair of clusters with the smaller record handles.
pub fn average_linkage(
    model: &MatchModel,
    members: &[RecordHandle],
    pairs: &[RecordPair],
    judgements: &Judgements,
    score: Score<'_>,
) -> Linked {
    agglomerate(model, members, pairs, judgements, score, &mut |_, _, _, _| {})
}

/// Tells the evidence about two records.
pub type Score<'s> = &'s dyn Fn(RecordHandle, RecordHandle) -> Evidence;

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
    /// The mean weight over these pairs, and what [`Self::repeated`] takes from it.
    pub weight: MatchWeight,
    /// Each side repeats a value for life that no record of the other has.
    pub repeated: bool,
}

/// The same clusters as [`average_linkage`], and every merge in the order in which it was made.
pub fn average_linkage_traced(
    model: &MatchModel,
    members: &[RecordHandle],
    pairs: &[RecordPair],
    judgements: &Judgements,
    score: Score<'_>,
) -> (Linked, Vec<Merge>) {
    let mut merges = Vec::new();
    let mut watch = |clusters: &Clusters<'_>, a: usize, b: usize, judged: Option<RecordPair>| {
        let between = clusters.known(a, b);
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
    let linked = agglomerate(model, members, pairs, judgements, score, &mut watch);
    (linked, merges)
}

fn strongest(
    model: &MatchModel,
    left: &[RecordHandle],
    right: &[RecordHandle],
    score: Score<'_>,
) -> Option<(RecordPair, MatchWeight)> {
    let pairs = left.iter().flat_map(|&a| right.iter().filter_map(move |&b| RecordPair::new(a, b)));
    let weighed = pairs.map(|pair| {
        let mut between = Between::records(&score(pair.low(), pair.high()), None);
        between.weigh(model, &Inside::default(), &Inside::default());
        (pair, between.weight)
    });
    weighed.min_by_key(|(pair, weight)| (std::cmp::Reverse(*weight), *pair))
}

/// Hears of every merge before it is made: the clusters, the positions of the two, and the judgement that joins them.
type Watch<'w> = &'w mut dyn FnMut(&Clusters<'_>, usize, usize, Option<RecordPair>);

fn agglomerate(
    model: &MatchModel,
    members: &[RecordHandle],
    pairs: &[RecordPair],
    judgements: &Judgements,
    score: Score<'_>,
    watch: Watch<'_>,
) -> Linked {
    let mut clusters = Clusters::of(model, members, pairs, judgements, score);
    clusters.join_judged(judgements, watch);
    let records_max = model.limits.profile_records_max;
    while let Some((a, b)) = clusters.best_merge(model.thresholds.merge, records_max) {
        watch(&clusters, a, b, None);
        clusters.merge(a, b);
    }
    // What is left to merge is too large together.
    let kept_small = members.len() > records_max && clusters.best_merge(model.thresholds.merge, usize::MAX).is_some();
    Linked { clusters: clusters.members.into_iter().filter(|cluster| !cluster.is_empty()).collect(), kept_small }
}

/// What two clusters know of each other: for each comparator the pairs of records that it could compare, and their sums.
#[derive(Clone, Debug, Default)]
struct Between {
    parts: [Part; compare::COUNT],
    /// The comparators that could compare any pair, a bit each.
    compared: u16,
    barrier: Barrier,
    /// The clusters' match weight, as of the last [`Self::weigh`].
    weight: MatchWeight,
}

/// What a difference that each side repeats takes from the match, in milli-bits: of the differences between records of one customer, one in
/// sixteen is of the kind that comes back.
const REPEATED: i32 = 4_000;

/// Pairs of records that have the same value for life, and pairs that have another.
#[derive(Clone, Copy, Debug, Default)]
struct Steadiness {
    same: u32,
    other: u32,
    /// Pairs of the latter that a slip may have made.
    near: u32,
}

impl Steadiness {
    fn add(&mut self, more: Self) {
        self.same += more.same;
        self.other += more.other;
        self.near += more.near;
    }

    /// No record of one side has a value of the other.
    fn differs(self) -> bool {
        self.same == 0 && self.other > 0
    }

    /// A cluster's value is said more than once, and hardly contradicted.
    fn is_repeated(self) -> bool {
        self.same > self.other
    }
}

impl From<Steady> for Steadiness {
    fn from(steady: Steady) -> Self {
        let near = u32::from(steady == Steady::Near);
        Self { same: u32::from(steady == Steady::Same), other: near + u32::from(steady == Steady::Other), near }
    }
}

/// What the records of a cluster say among themselves, by comparator.
type Inside = [Steadiness; compare::COUNT];

#[derive(Clone, Copy, Debug, Default)]
struct Part {
    pairs: i64,
    steadiness: Steadiness,
    /// Each side repeats a value of its own, as of the last [`Between::weigh`].
    repeated: bool,
    matching: i64,
    related: [i64; Relation::COUNT],
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
        self.steadiness.add(other.steadiness);
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
        let repeated = MatchWeight(if self.repeated { -REPEATED } else { 0 });
        LevelWeights {
            matching: value(self.matching, self.best.matching) + repeated,
            related: std::array::from_fn(|relation| value(self.related[relation], self.best.related[relation])),
        }
    }
}

impl Part {
    fn records(weights: LevelWeights, steady: Steady) -> Self {
        let related = weights.related.map(|weight| i64::from(weight.0));
        let matching = i64::from(weights.matching.0);
        Self { pairs: 1, steadiness: steady.into(), repeated: false, matching, related, best: weights }
    }

    /// What the records of two clusters say of a value for life. What may be a slip is none where each side repeats it.
    fn steady(&self) -> Steady {
        let certain = self.steadiness.near == 0 || self.repeated;
        if self.steadiness.differs() && certain { Steady::Other } else { Steady::Open }
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
    fn records(evidence: &Evidence, verdict: Option<Verdict>) -> Self {
        let barrier = match verdict {
            Some(Verdict::Negative) => Barrier::Judgement,
            Some(Verdict::Positive) => Barrier::None,
            Some(Verdict::Unsure) | None if evidence.cannot_link => Barrier::Evidence,
            Some(Verdict::Unsure) | None => Barrier::None,
        };
        let mut between = Self { barrier, ..Self::default() };
        for (position, weights) in evidence.parts.iter().enumerate() {
            if let Some(weights) = weights {
                between.parts[position] = Part::records(*weights, evidence.steady[position]);
                between.compared |= 1 << position;
            }
        }
        between
    }

    /// Weighs two clusters, given what each says in itself.
    fn weigh(&mut self, model: &MatchModel, left: &Inside, right: &Inside) {
        for position in compare::positions(self.compared).map(usize::from) {
            let part = &mut self.parts[position];
            part.repeated = part.steadiness.differs() && left[position].is_repeated() && right[position].is_repeated();
        }
        self.weight = corroborated(model, self.odds(model).weight(), model.thresholds.merge, self.voices());
    }

    /// What each comparison says of the pair of records that it says most for: whether anything but one aspect agrees at all.
    fn voices(&self) -> impl Iterator<Item = Voice> + Clone + '_ {
        self.compared().map(|(comparator, part)| Voice {
            comparator,
            weight: part.best.matching,
            steady: part.steady(),
        })
    }

    /// The comparisons that could compare any pair, in the comparators' order.
    fn compared(&self) -> impl Iterator<Item = (usize, &Part)> + Clone {
        compare::positions(self.compared).map(|position| (usize::from(position), &self.parts[usize::from(position)]))
    }

    fn odds(&self, model: &MatchModel) -> Odds {
        let mut odds = Odds::start(&model.priors);
        for (comparator, part) in self.compared() {
            odds.add(part.speaks(compare::ALL[comparator].several_valued()));
        }
        odds
    }

    fn means(&self) -> Vec<ComparisonMean> {
        let mean = |(comparator, part): (usize, &Part)| ComparisonMean {
            comparator,
            pairs: part.pairs as usize,
            weight: part.speaks(compare::ALL[comparator].several_valued()).matching,
            repeated: part.repeated,
        };
        self.compared().map(mean).collect()
    }

    fn absorb(&mut self, other: &Self) {
        for (position, more) in other.compared() {
            self.parts[position].add(more);
        }
        self.compared |= other.compared;
        self.barrier = self.barrier.max(other.barrier);
    }
}

/// Clusters by position; a merged-away cluster is empty.
struct Clusters<'m> {
    model: &'m MatchModel,
    judgements: &'m Judgements,
    score: Score<'m>,
    members: Vec<Vec<RecordHandle>>,
    /// What the records of each say among themselves.
    inside: Vec<Inside>,
    /// Clusters that an edge leads to.
    neighbours: Vec<BTreeSet<usize>>,
    /// What neighbours know of each other, by their positions, the smaller first.
    between: FxHashMap<(usize, usize), Box<Between>>,
    /// Between clusters that have nothing in common.
    nothing: Between,
}

impl<'m> Clusters<'m> {
    fn of(
        model: &'m MatchModel,
        members: &[RecordHandle],
        pairs: &[RecordPair],
        judgements: &'m Judgements,
        score: Score<'m>,
    ) -> Self {
        let mut clusters = Self {
            model,
            judgements,
            score,
            members: members.iter().map(|&member| vec![member]).collect(),
            inside: vec![Inside::default(); members.len()],
            neighbours: vec![BTreeSet::new(); members.len()],
            between: FxHashMap::default(),
            nothing: Between::default(),
        };
        let judged = judgements.iter().filter(|(_, verdict)| *verdict == Verdict::Positive).map(|(pair, _)| pair);
        for pair in pairs.iter().copied().chain(judged) {
            let position = |record: RecordHandle| members.binary_search(&record).ok();
            let (Some(a), Some(b)) = (position(pair.low()), position(pair.high())) else { continue };
            if clusters.neighbours[a].insert(b) {
                clusters.neighbours[b].insert(a);
                let evidence = score(pair.low(), pair.high());
                let mut between = Box::new(Between::records(&evidence, judgements.verdict(pair)));
                between.weigh(model, &Inside::default(), &Inside::default());
                clusters.between.insert((a.min(b), a.max(b)), between);
            }
        }
        clusters
    }

    /// What two clusters know of each other, from all pairs of their records.
    fn compare(&self, left: &[RecordHandle], right: &[RecordHandle]) -> Box<Between> {
        let mut all = Box::<Between>::default();
        for &a in left {
            for pair in right.iter().filter_map(|&b| RecordPair::new(a, b)) {
                let evidence = (self.score)(pair.low(), pair.high());
                all.absorb(&Between::records(&evidence, self.judgements.verdict(pair)));
            }
        }
        all
    }

    fn join_judged(&mut self, judgements: &Judgements, watch: Watch<'_>) {
        for (pair, verdict) in judgements.iter() {
            if verdict != Verdict::Positive {
                continue;
            }
            let found = (self.cluster_of(pair.low()), self.cluster_of(pair.high()));
            let (Some(a), Some(b)) = found else { continue };
            if a != b && self.known(a, b).barrier != Barrier::Judgement {
                watch(self, a.min(b), a.max(b), Some(pair));
                self.merge(a.min(b), a.max(b));
            }
        }
    }

    fn cluster_of(&self, record: RecordHandle) -> Option<usize> {
        self.members.iter().position(|cluster| cluster.contains(&record))
    }

    /// What two clusters know of each other.
    fn known(&self, a: usize, b: usize) -> &Between {
        self.between.get(&(a.min(b), a.max(b))).map_or(&self.nothing, |between| between)
    }

    /// The two clusters with the highest weight of at least `minimum` that have at most `records_max` records together; of
    /// equals the first (smaller handles).
    fn best_merge(&self, minimum: MatchWeight, records_max: usize) -> Option<(usize, usize)> {
        let mut best: Option<(MatchWeight, usize, usize)> = None;
        for (a, neighbours) in self.neighbours.iter().enumerate() {
            for &b in neighbours.range(a + 1..) {
                let between = self.known(a, b);
                let better = best.is_none_or(|(weight, _, _)| between.weight > weight);
                let fits = || self.members[a].len() + self.members[b].len() <= records_max;
                if between.barrier == Barrier::None && between.weight >= minimum && better && fits() {
                    best = Some((between.weight, a, b));
                }
            }
        }
        best.map(|(_, a, b)| (a, b))
    }

    /// Joins the cluster at `b` to that at `a`.
    fn merge(&mut self, a: usize, b: usize) {
        let cell = |x: usize, y: usize| (x.min(y), x.max(y));
        let joined = self.between.remove(&cell(a, b)).unwrap_or_default();
        let absorbed = std::mem::take(&mut self.inside[b]);
        for ((inside, more), part) in self.inside[a].iter_mut().zip(absorbed).zip(&joined.parts) {
            inside.add(more);
            inside.add(part.steadiness);
        }
        self.neighbours[a].remove(&b);
        let of_b = std::mem::take(&mut self.neighbours[b]);
        let others: BTreeSet<usize> = self.neighbours[a].union(&of_b).copied().filter(|&other| other != a).collect();
        for &other in &others {
            let [mut between, of_b] = [a, b].map(|cluster| {
                let known = self.between.remove(&cell(cluster, other));
                known.unwrap_or_else(|| self.compare(&self.members[cluster], &self.members[other]))
            });
            between.absorb(&of_b);
            between.weigh(self.model, &self.inside[a], &self.inside[other]);
            self.between.insert(cell(a, other), between);
            self.neighbours[other].remove(&b);
            self.neighbours[other].insert(a);
        }
        self.neighbours[a] = others;
        let moved = std::mem::take(&mut self.members[b]);
        self.members[a].extend(moved);
        self.members[a].sort_unstable();
    }
}
