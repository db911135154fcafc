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

/// What two clusters know of each other.
#[derive(Clone, Debug, Default)]
struct Between {
    /// The comparators that could compare any pair, in their order.
    parts: Vec<Part>,
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

/// What a comparator saw: the pairs of records that it could compare, and their sums.
#[derive(Clone, Copy, Debug)]
struct Part {
    comparator: u8,
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
        if other.best.matching > self.best.matching {
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
    fn speaks(&self) -> LevelWeights {
        let several_valued = compare::ALL[usize::from(self.comparator)].several_valued();
        let value = |sum: i64, best: MatchWeight| {
            let mean = sum / self.pairs;
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
    /// What it saw of one pair.
    fn records(comparator: u8, weights: LevelWeights, steady: Steady) -> Self {
        let related = weights.related.map(|weight| i64::from(weight.0));
        let matching = i64::from(weights.matching.0);
        Self { comparator, pairs: 1, steadiness: steady.into(), repeated: false, matching, related, best: weights }
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
        let mut parts = Vec::with_capacity(evidence.parts.iter().flatten().count());
        for (comparator, (weights, steady)) in (0..).zip(evidence.parts.iter().zip(evidence.steady)) {
            parts.extend(weights.map(|weights| Part::records(comparator, weights, steady)));
        }
        Self { parts, barrier, weight: MatchWeight(0) }
    }

    /// Weighs two clusters, given what each says in itself.
    fn weigh(&mut self, model: &MatchModel, left: &Inside, right: &Inside) {
        for part in &mut self.parts {
            let repeated = |inside: &Inside| inside[usize::from(part.comparator)].is_repeated();
            part.repeated = part.steadiness.differs() && repeated(left) && repeated(right);
        }
        self.weight = corroborated(model, self.odds(model).weight(), model.thresholds.merge, self.voices());
    }

    /// What each comparison says of the pair of records that it says most for: whether anything but one aspect agrees at all.
    fn voices(&self) -> impl Iterator<Item = Voice> + Clone + '_ {
        self.parts.iter().map(|part| Voice {
            comparator: usize::from(part.comparator),
            weight: part.best.matching,
            steady: part.steady(),
        })
    }

    fn odds(&self, model: &MatchModel) -> Odds {
        let mut odds = Odds::start(&model.priors);
        self.parts.iter().for_each(|part| odds.add(part.speaks()));
        odds
    }

    fn means(&self) -> Vec<ComparisonMean> {
        let mean = |part: &Part| ComparisonMean {
            comparator: usize::from(part.comparator),
            pairs: part.pairs as usize,
            weight: part.speaks().matching,
            repeated: part.repeated,
        };
        self.parts.iter().map(mean).collect()
    }

    fn absorb(&mut self, other: &Self) {
        for more in &other.parts {
            match self.parts.binary_search_by_key(&more.comparator, |part| part.comparator) {
                Ok(found) => self.parts[found].add(more),
                Err(place) => self.parts.insert(place, *more),
            }
        }
        self.barrier = self.barrier.max(other.barrier);
    }
}

/// Positions of clusters, ascending, each with the place of what is known between it and the one whose neighbour it is.
#[derive(Clone, Debug, Default)]
struct Neighbours(Vec<(usize, usize)>);

impl Neighbours {
    /// Where a cluster is, or where it would be.
    fn find(&self, cluster: usize) -> Result<usize, usize> {
        self.0.binary_search_by_key(&cluster, |(neighbour, _)| *neighbour)
    }

    fn place(&self, cluster: usize) -> Option<usize> {
        self.find(cluster).ok().and_then(|found| self.0.get(found)).map(|(_, place)| *place)
    }

    fn set(&mut self, cluster: usize, place: usize) {
        match self.find(cluster) {
            Ok(found) => self.0[found].1 = place,
            Err(at) => self.0.insert(at, (cluster, place)),
        }
    }

    fn remove(&mut self, cluster: usize) -> Option<usize> {
        self.find(cluster).ok().map(|found| self.0.remove(found).1)
    }

    /// Those of either list, each once, with its place in each.
    fn with(&self, other: &Self) -> Vec<(usize, [Option<usize>; 2])> {
        let mut all: Vec<(usize, [Option<usize>; 2])> =
            self.0.iter().map(|(cluster, place)| (*cluster, [Some(*place), other.place(*cluster)])).collect();
        let others = other.0.iter().filter(|(cluster, _)| self.place(*cluster).is_none());
        all.extend(others.map(|(cluster, place)| (*cluster, [None, Some(*place)])));
        all.sort_unstable();
        all
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
    /// The clusters that an edge leads to.
    neighbours: Vec<Neighbours>,
    /// What neighbours know of each other.
    between: Vec<Between>,
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
            neighbours: vec![Neighbours::default(); members.len()],
            between: Vec::with_capacity(pairs.len()),
            nothing: Between::default(),
        };
        let judged = judgements.iter().filter(|(_, verdict)| *verdict == Verdict::Positive).map(|(pair, _)| pair);
        for pair in pairs.iter().copied().chain(judged) {
            let position = |record: RecordHandle| members.binary_search(&record).ok();
            let (Some(a), Some(b)) = (position(pair.low()), position(pair.high())) else { continue };
            if clusters.neighbours[a].place(b).is_none() {
                let place = clusters.between.len();
                clusters.neighbours[a].set(b, place);
                clusters.neighbours[b].set(a, place);
                let evidence = score(pair.low(), pair.high());
                let mut between = Between::records(&evidence, judgements.verdict(pair));
                between.weigh(model, &Inside::default(), &Inside::default());
                clusters.between.push(between);
            }
        }
        clusters
    }

    /// What two clusters know of each other, from all pairs of their records.
    fn compare(&self, left: &[RecordHandle], right: &[RecordHandle]) -> Between {
        let mut all = Between::default();
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
        self.neighbours[a].place(b).map_or(&self.nothing, |place| &self.between[place])
    }

    /// The two clusters with the highest weight of at least `minimum` that have at most `records_max` records together; of
    /// equals the first (smaller handles).
    fn best_merge(&self, minimum: MatchWeight, records_max: usize) -> Option<(usize, usize)> {
        let mut best: Option<(MatchWeight, usize, usize)> = None;
        for (a, neighbours) in self.neighbours.iter().enumerate() {
            let after = neighbours.find(a).unwrap_or_else(|after| after);
            for &(b, place) in &neighbours.0[after..] {
                let between = &self.between[place];
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
        let joined = self.neighbours[a].remove(b).map(|place| std::mem::take(&mut self.between[place]));
        let absorbed = std::mem::take(&mut self.inside[b]);
        self.inside[a].iter_mut().zip(absorbed).for_each(|(inside, more)| inside.add(more));
        for part in joined.into_iter().flat_map(|joined| joined.parts) {
            self.inside[a][usize::from(part.comparator)].add(part.steadiness);
        }
        let mut of_b = std::mem::take(&mut self.neighbours[b]);
        of_b.remove(a);
        for (other, places) in self.neighbours[a].with(&of_b) {
            let [mut between, of_b] = [(a, places[0]), (b, places[1])].map(|(cluster, place)| match place {
                Some(place) => std::mem::take(&mut self.between[place]),
                None => self.compare(&self.members[cluster], &self.members[other]),
            });
            between.absorb(&of_b);
            between.weigh(self.model, &self.inside[a], &self.inside[other]);
            self.neighbours[other].remove(b);
            if let Some(place) = places[0].or(places[1]) {
                self.between[place] = between;
                self.neighbours[a].set(other, place);
                self.neighbours[other].set(a, place);
            }
        }
        let moved = std::mem::take(&mut self.members[b]);
        self.members[a].extend(moved);
        self.members[a].sort_unstable();
    }
}
