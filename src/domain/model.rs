//! A match model: what every comparison level says, the prior, the relations that look like matches, the thresholds and
//! the limits. Immutable once released.

use std::sync::Arc;

use super::compare;
use super::id::{MatchWeight, ModelVersion};
use super::score::term_frequency::{ADJUSTMENT_MAX, TermFrequencies};

/// The weight that clips every single level, in milli-bits.
pub const LEVEL_WEIGHT_MAX: MatchWeight = MatchWeight(20_000);

/// Where the weight axis is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// A pair at or above joins its records into one component, inside which clustering decides.
    pub link: MatchWeight,
    /// Two clusters merge while the evidence between them is at or above.
    pub merge: MatchWeight,
    /// A pair between different clusters at or above is worth a steward's look.
    pub review: MatchWeight,
    /// One aspect that does not identify, such as a name, may carry a merge alone; otherwise it is kept just below.
    pub sole_evidence_merges: bool,
}

/// Upper bounds that keep work and memory flat. They are part of the model because they decide outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Records under one blocking key; a larger block is generic and makes no candidates.
    pub block_records_max: usize,
    /// Records of a component that are clustered together; a larger one is cut at rising thresholds.
    pub component_records_max: usize,
    /// Records of a profile; only a person's word makes a larger one.
    pub profile_records_max: usize,
}

/// How two records may belong together without being one customer.
///
/// Two people of one household share surname, address and telephone; two colleagues share company, switchboard and office
/// address; twins share their birth date besides. Those agreements are not independent of each other, so each relation is a
/// hypothesis of its own beside "match" and "strangers", with probabilities of its own for every level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Relatives or others who share a home.
    Household,
    /// People who work for one company.
    Colleague,
    /// Twins: born on one day, of one family, often of one home, with given names that are made to resemble each other.
    Twins,
}

impl Relation {
    /// Every relation; the position is that in [`LevelProbabilities::related`].
    pub const ALL: [Self; Self::COUNT] = [Self::Household, Self::Colleague, Self::Twins];
    /// How many relations there are.
    pub const COUNT: usize = 3;

    /// The name used in model files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Colleague => "colleague",
            Self::Twins => "twins",
        }
    }

    /// Its name in simplified Chinese, for explanations.
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::Household => "同住家人",
            Self::Colleague => "同事",
            Self::Twins => "双胞胎",
        }
    }
}

/// How likely a level is under each hypothesis, where both records have a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelProbabilities {
    /// Among records of one customer.
    pub m: f64,
    /// Among records of strangers.
    pub u: f64,
    /// Among records of two people in a relation, in the order of [`Relation::ALL`].
    pub related: [f64; Relation::COUNT],
}

/// What a level is worth: log-likelihood ratios against "strangers", in milli-bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LevelWeights {
    /// log2(m / u).
    pub matching: MatchWeight,
    /// log2(related / u), in the order of [`Relation::ALL`].
    pub related: [MatchWeight; Relation::COUNT],
}

impl LevelWeights {
    /// The weights where the agreeing value is so much rarer than the mean of its kind.
    #[inline]
    pub fn with_rarity(self, rarity: i32) -> Self {
        let corrected = |weight: MatchWeight| clipped(MatchWeight(weight.0 + rarity));
        Self { matching: corrected(self.matching), related: self.related.map(corrected) }
    }
}

impl std::ops::Add for LevelWeights {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let related = std::array::from_fn(|relation| self.related[relation] + other.related[relation]);
        Self { matching: self.matching + other.matching, related }
    }
}

impl LevelProbabilities {
    /// The weights, each clipped at [`LEVEL_WEIGHT_MAX`].
    pub fn weights(&self) -> LevelWeights {
        let weight = |p: f64| clipped(MatchWeight::from_ratio(p, self.u));
        LevelWeights { matching: weight(self.m), related: self.related.map(weight) }
    }
}

/// Clips a level's weight.
pub fn clipped(weight: MatchWeight) -> MatchWeight {
    MatchWeight(weight.0.clamp(-LEVEL_WEIGHT_MAX.0, LEVEL_WEIGHT_MAX.0))
}

/// The most that evidence can add: to the match, and to the match above each relation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ceiling {
    /// log2(m / u), in milli-bits.
    pub matching: i32,
    /// log2(m / related), in the order of [`Relation::ALL`].
    pub above: [i32; Relation::COUNT],
}

impl Ceiling {
    /// What a known contribution adds.
    #[inline]
    pub fn of(weights: LevelWeights) -> Self {
        Self { matching: weights.matching.0, above: weights.related.map(|related| weights.matching.0 - related.0) }
    }

    /// The same for a level that may come with whatever rarity: a rare value adds to all hypotheses alike until one of
    /// them is clipped, which draws them together.
    fn of_any_rarity(weights: LevelWeights) -> Self {
        let room = LEVEL_WEIGHT_MAX.0 - ADJUSTMENT_MAX;
        let is_far = |weight: MatchWeight| weight.0.abs() > room;
        let above = weights.related.map(|related| {
            let above = weights.matching.0 - related.0;
            if is_far(weights.matching) || is_far(related) { above.max(0) } else { above }
        });
        Self { matching: weights.matching.0, above }
    }

    #[inline]
    fn max(self, other: Self) -> Self {
        let above = std::array::from_fn(|relation| self.above[relation].max(other.above[relation]));
        Self { matching: self.matching.max(other.matching), above }
    }
}

/// One comparison, level by level in the comparator's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// For each level the most that it or a later one can add.
    ceilings: Vec<Ceiling>,
    /// For each level what it adds with a value of mean frequency.
    seen: Vec<Ceiling>,
    /// The probabilities, as the model file gives them.
    pub probabilities: Vec<LevelProbabilities>,
    /// What follows from them.
    pub weights: Vec<LevelWeights>,
}

impl Comparison {
    /// Derives the weights.
    pub fn new(probabilities: Vec<LevelProbabilities>) -> Self {
        let weights: Vec<LevelWeights> = probabilities.iter().map(LevelProbabilities::weights).collect();
        let mut ceilings: Vec<Ceiling> = Vec::with_capacity(weights.len());
        for level in weights.iter().rev() {
            let ceiling = Ceiling::of_any_rarity(*level);
            ceilings.push(ceilings.last().map_or(ceiling, |later| later.max(ceiling)));
        }
        ceilings.reverse();
        let seen = weights.iter().map(|level| Ceiling::of(*level)).collect();
        Self { ceilings, seen, weights, probabilities }
    }

    /// What a level adds with a value of this rarity.
    #[inline]
    pub fn seen(&self, level: usize, rarity: i32) -> Ceiling {
        if rarity == 0 {
            return self.seen.get(level).copied().unwrap_or_default();
        }
        Ceiling::of(self.weights.get(level).copied().unwrap_or_default().with_rarity(rarity))
    }

    /// The most that a level or a later one can add with a value of at most this rarity (0 or more), or silence.
    #[inline]
    pub fn ceiling(&self, level: usize, rarity: i32) -> Ceiling {
        self.spoken_ceiling(level, rarity).max(Ceiling::default())
    }

    /// The same where the comparison is known to say something.
    #[inline]
    pub fn spoken_ceiling(&self, level: usize, rarity: i32) -> Ceiling {
        let ceiling = self.ceilings.get(level).copied().unwrap_or_default();
        let matching = clipped(MatchWeight(ceiling.matching.saturating_add(rarity))).0;
        Ceiling { matching, ..ceiling }
    }
}

/// How common each hypothesis is among arbitrary pairs of records, as log2 of the odds against "strangers".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Priors {
    /// One customer.
    pub matching: MatchWeight,
    /// A relation, in the order of [`Relation::ALL`].
    pub related: [MatchWeight; Relation::COUNT],
}

/// Fellegi–Sunter weights with everything that a decision depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchModel {
    /// Which model this is.
    pub version: ModelVersion,
    /// How common matches and relations are.
    pub priors: Priors,
    /// Where the weight axis is cut.
    pub thresholds: Thresholds,
    /// Bounds on work.
    pub limits: Limits,
    /// One entry for each comparator of [`compare::ALL`], in that order.
    pub comparisons: Vec<Comparison>,
    /// How common values are: the statistics epoch, frozen with the model.
    pub frequencies: Arc<TermFrequencies>,
}

impl MatchModel {
    /// The weights of a level; nothing for one that the model does not know.
    pub fn level(&self, comparator: u8, level: u8) -> LevelWeights {
        let comparison = self.comparisons.get(usize::from(comparator));
        comparison.and_then(|c| c.weights.get(usize::from(level))).copied().unwrap_or_default()
    }

    /// The comparisons with their comparators.
    pub fn compared(&self) -> impl Iterator<Item = (&'static dyn compare::Comparator, &Comparison)> {
        compare::ALL.iter().copied().zip(&self.comparisons)
    }
}
