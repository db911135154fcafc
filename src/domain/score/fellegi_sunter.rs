//! Fellegi–Sunter with relations: how much more likely the evidence is for one customer than for anything else.
//!
//! Three kinds of hypotheses compete for a pair: one customer, two people in a relation (see [`Relation`]), strangers. The
//! match weight is log2 of the odds of the first against all others together. Everything is counted against "strangers":
//! a level adds log2(m / u) to the match and log2(r / u) to each relation, and a rare value adds to all of them alike, since it is
//! strangers who would not share it.

use std::sync::LazyLock;

use super::corroboration::{Voice, corroborated};
use super::flip::match_threshold;
use crate::domain::compare::{self, Agreement, ComparisonVector, Steady};
use crate::domain::features::Features;
use crate::domain::id::MatchWeight;
use crate::domain::model::{LevelWeights, MatchModel, Priors, Relation};

/// What a pair of records is worth, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// log2 of the odds that the two are one customer; below a match where one kind of evidence stands alone.
    pub weight: MatchWeight,
    /// Some level forbids a merge outright.
    pub cannot_link: bool,
    /// What was compared.
    pub vector: ComparisonVector,
}

/// The hypotheses' log-odds against "strangers", in milli-bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Odds {
    /// One customer.
    pub matching: i64,
    /// Two people in a relation, in the order of [`Relation::ALL`].
    pub related: [i64; Relation::COUNT],
}

impl Odds {
    /// Where every pair starts.
    pub fn start(priors: &Priors) -> Self {
        Self { matching: i64::from(priors.matching.0), related: priors.related.map(|prior| i64::from(prior.0)) }
    }

    /// Adds one contribution.
    pub fn add(&mut self, weights: LevelWeights) {
        self.matching += i64::from(weights.matching.0);
        for (sum, weight) in self.related.iter_mut().zip(weights.related) {
            *sum += i64::from(weight.0);
        }
    }

    /// log2 of the odds of "one customer" against everything else.
    pub fn weight(&self) -> MatchWeight {
        let weight = self.matching - self.explained_away();
        MatchWeight(weight.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
    }

    /// What relations take from the weight: log2 of how much likelier "no match" becomes through them.
    pub fn explained_away(&self) -> i64 {
        self.related.iter().fold(0, |sum, &related| sum + log2_of_one_plus(related - sum))
    }

    /// The relation that explains the evidence best.
    pub fn likeliest_relation(&self) -> Relation {
        let weighed = Relation::ALL.into_iter().zip(self.related);
        let likelier = |best: (Relation, i64), next: (Relation, i64)| if next.1 > best.1 { next } else { best };
        weighed.reduce(likelier).map_or(Relation::Household, |(relation, _)| relation)
    }
}

/// The evidence about two records, comparison by comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What each comparator saw, in the order of [`compare::ALL`]; nothing where either side has no value.
    pub parts: [Option<LevelWeights>; compare::COUNT],
    /// What each says of a value for life.
    pub steady: [Steady; compare::COUNT],
    /// Some level forbids a merge outright.
    pub cannot_link: bool,
}

impl Evidence {
    /// What each comparison says of the match.
    pub fn voices(&self) -> impl Iterator<Item = Voice> + Clone + '_ {
        let compared = self.parts.iter().zip(&self.steady).enumerate();
        compared.filter_map(|(comparator, (weights, steady))| {
            Some(Voice { comparator, weight: (*weights)?.matching, steady: *steady })
        })
    }

    /// Adds what the comparator at a position saw. Only free attributes speak more than once: label by label.
    pub fn add(&mut self, position: u8, level: usize, weights: LevelWeights) {
        let position = usize::from(position);
        if let (Some(part), Some(steady)) = (self.parts.get_mut(position), self.steady.get_mut(position)) {
            *part = Some(part.map_or(weights, |before| before + weights));
            *steady = compare::steady(position as u8, level);
        }
    }
}

/// Compares two records for clustering.
pub fn evidence(model: &MatchModel, a: &Features, b: &Features) -> Evidence {
    let (a, b) = if a.handle <= b.handle { (a, b) } else { (b, a) };
    let agreements = compare::compare(a, b);
    let mut evidence = Evidence { cannot_link: forbids(&agreements, a, b), ..Evidence::default() };
    for agreement in &agreements {
        evidence.add(agreement.comparator, usize::from(agreement.level), contribution(model, agreement));
    }
    evidence
}

/// Compares and scores two records.
pub fn score(model: &MatchModel, a: &Features, b: &Features) -> Scored {
    // The order of the two must not show in any tie that a comparator breaks.
    let (a, b) = if a.handle <= b.handle { (a, b) } else { (b, a) };
    let agreements = compare::compare(a, b);
    let mut odds = Odds::start(&model.priors);
    for agreement in &agreements {
        odds.add(contribution(model, agreement));
    }
    let voices = agreements.iter().map(|agreement| voice(model, agreement));
    let weight = corroborated(model, odds.weight(), match_threshold(&model.thresholds), voices);
    Scored { weight, cannot_link: forbids(&agreements, a, b), vector: ComparisonVector::of(&agreements) }
}

/// Whether a merge is forbidden outright: by some level, or because one is a person and the other an organisation.
fn forbids(agreements: &[Agreement<'_>], a: &Features, b: &Features) -> bool {
    a.sketch.is_of_another_kind(&b.sketch)
        || agreements.iter().any(|a| a.level_entry().is_some_and(|level| level.cannot_link))
}

/// What one agreement says of the match.
pub(super) fn voice(model: &MatchModel, agreement: &Agreement<'_>) -> Voice {
    Voice {
        comparator: usize::from(agreement.comparator),
        weight: contribution(model, agreement).matching,
        steady: compare::steady(agreement.comparator, usize::from(agreement.level)),
    }
}

/// What one agreement adds: its level's weights, corrected by how common the agreeing value is.
pub fn contribution(model: &MatchModel, agreement: &Agreement<'_>) -> LevelWeights {
    model.level(agreement.comparator, agreement.level).with_rarity(agreement.rarity)
}

/// Steps of the table of [`log2_of_one_plus`], in milli-bits.
const STEP: i64 = 25;
/// Beyond this many milli-bits the smaller term vanishes in the rounding.
const RANGE: i64 = 11_000;

/// log2(1 + 2^x) in milli-bits, by a table.
fn log2_of_one_plus(x: i64) -> i64 {
    static TABLE: LazyLock<Vec<i64>> = LazyLock::new(|| {
        let entry = |step: i64| (1.0 + (-(step * STEP) as f64 / 1000.0).exp2()).log2() * 1000.0;
        (0..=RANGE / STEP).map(|step| entry(step).round() as i64).collect()
    });
    // log2(1 + 2^x) = x + log2(1 + 2^−x): one half of the curve is enough.
    let small = TABLE.get((x.abs() / STEP) as usize).copied().unwrap_or(0);
    x.max(0) + small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_function() {
        for x in [-30_000, -11_000, -4_000, -25, 0, 25, 1_000, 9_000, 40_000] {
            let exact = (1.0 + (x as f64 / 1000.0).exp2()).log2() * 1000.0;
            assert!((log2_of_one_plus(x) as f64 - exact).abs() < 2.0, "{x}");
        }
    }

    #[test]
    fn a_relation_explains_agreements_away() {
        let strangers = Odds { matching: 9_000, related: [-20_000; Relation::COUNT] };
        assert_eq!(strangers.weight(), MatchWeight(9_000));
        let relatives = Odds { matching: 9_000, related: [12_000, -20_000, -20_000] };
        assert_eq!(relatives.weight(), MatchWeight(-3_000));
        assert_eq!(relatives.likeliest_relation(), Relation::Household);
    }
}
