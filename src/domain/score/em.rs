//! Training without labels: m by expectation–maximization over agreement patterns, u by counting, smoothed towards a base model.
//!
//! A pattern says which level every comparison reached; a data set has a few thousand distinct ones, so training costs little
//! whatever its size. A blocking rule selects pairs *because* they agree on something, so a comparison learns its m only from
//! pairs that some rule found without its help. Priors stay fixed while m is fitted, which keeps the classes from changing places.
//! Everything is summed in the order of the patterns: the same input gives the same model to the byte.

use crate::domain::compare;
use crate::domain::model::{Comparison, LevelProbabilities, MatchModel};

use super::Odds;

/// Pairs' worth of the base model that every comparison's m starts from: below it the data only nudge.
const PSEUDO_MATCHES: f64 = 100.0;
/// Observations' worth of the base model's u for each level.
const PSEUDO_COINCIDENCES: f64 = 1.0;
/// Rounds; m moves by less than a hundredth of a bit long before.
const ROUNDS: usize = 20;
/// No level is ever impossible for a match: one typing error more than the data showed must not decide alone.
const M_MIN: f64 = 0.0005;

/// How many candidate pairs show an agreement pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// (comparator, level), in the comparators' order.
    pub levels: Vec<(u8, u8)>,
    /// Bit k: some blocking rule found the pair without the help of comparator k.
    pub unselected: u32,
    /// Candidate pairs with this pattern.
    pub pairs: u64,
}

/// How often each level occurs among pairs of strangers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coincidences {
    /// Pairs drawn at random that reached the level, by comparator and level.
    pub sampled: Vec<Vec<u64>>,
    /// Pairs of all records in which both sides have a value, by comparator.
    pub comparable: Vec<f64>,
}

/// What training found besides the comparisons.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The comparisons with their new probabilities.
    pub comparisons: Vec<Comparison>,
    /// Expected number of matching pairs among the candidates.
    pub matches: f64,
}

/// Fits m and u.
pub fn fit(base: &MatchModel, patterns: &[Pattern], coincidences: &Coincidences) -> Fit {
    let mut model = base.clone();
    let mut matches = 0.0;
    for _ in 0..ROUNDS {
        let posteriors: Vec<Posterior> = patterns.iter().map(|pattern| posterior(&model, pattern)).collect();
        matches = patterns.iter().zip(&posteriors).map(|(pattern, p)| p.matching * pattern.pairs as f64).sum();
        let fitted: Vec<Comparison> = (0..compare::ALL.len())
            .map(|position| comparison(base, position, patterns, &posteriors, coincidences))
            .collect();
        model.comparisons = fitted;
    }
    Fit { comparisons: model.comparisons, matches }
}

/// Probabilities of the hypotheses for one pattern.
struct Posterior {
    matching: f64,
    strangers: f64,
}

fn posterior(model: &MatchModel, pattern: &Pattern) -> Posterior {
    let mut odds = Odds::start(&model.priors);
    for &(comparator, level) in &pattern.levels {
        odds.add(model.level(comparator, level));
    }
    let ratio = |millibits: i64| (millibits as f64 / 1000.0).exp2();
    let (matching, related) = (ratio(odds.matching), ratio(odds.related[0]) + ratio(odds.related[1]));
    let all = 1.0 + matching + related;
    Posterior { matching: matching / all, strangers: 1.0 / all }
}

fn comparison(
    base: &MatchModel,
    position: usize,
    patterns: &[Pattern],
    posteriors: &[Posterior],
    coincidences: &Coincidences,
) -> Comparison {
    let before = &base.comparisons[position].probabilities;
    let mut matching = vec![0.0; before.len()];
    let mut strangers = vec![0.0; before.len()];
    for (pattern, posterior) in patterns.iter().zip(posteriors) {
        let level = pattern.levels.iter().find(|(comparator, _)| usize::from(*comparator) == position);
        let Some(&(_, level)) = level else { continue };
        let (level, pairs) = (usize::from(level), pattern.pairs as f64);
        strangers[level] += posterior.strangers * pairs;
        if pattern.unselected & (1 << position) != 0 {
            matching[level] += posterior.matching * pairs;
        }
    }
    let m_total: f64 = matching.iter().sum::<f64>() + PSEUDO_MATCHES;
    let m_before: f64 = before.iter().map(|p| p.m).sum();
    let sampled = coincidences.sampled.get(position);
    let sample: u64 = sampled.map_or(0, |counts| counts.iter().sum());
    let comparable = coincidences.comparable.get(position).copied().unwrap_or(0.0);
    let probabilities = before.iter().enumerate().map(|(level, p)| {
        let m = (matching[level] + PSEUDO_MATCHES * p.m / m_before) / m_total;
        // Random pairs are an unbiased sample; of rare levels it sees none, but those that blocking finds are all counted.
        let by_sample = smoothed(sampled.map_or(0.0, |counts| counts[level] as f64), sample as f64, p.u);
        let by_candidates = smoothed(strangers[level], comparable, p.u);
        let u = by_sample.max(by_candidates).min(1.0);
        // A relation's probabilities are not learnt: what does not come from the base moves with u.
        let related = p.related.map(|r| if r == p.u { u } else { r });
        LevelProbabilities { m: m.max(M_MIN), u, related }
    });
    Comparison::new(probabilities.collect())
}

/// A share seen in `trials`, drawn towards the expected one as if that had been observed [`PSEUDO_COINCIDENCES`] times.
fn smoothed(seen: f64, trials: f64, expected: f64) -> f64 {
    (seen + PSEUDO_COINCIDENCES) / (trials + PSEUDO_COINCIDENCES / expected)
}
