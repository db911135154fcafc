//! Training without labels, smoothed towards a base model.
//!
//! A pattern says which level every comparison reached; a data set has a few thousand distinct ones, so training costs little
//! whatever its size. What matches look like in one comparison (m) is read off the pairs that match by all the others: pairs that only it
//! holds together, or keeps apart, would show it to be always right. How strangers coincide (u) is counted on random pairs
//! and on the candidates that clustering kept apart, among which the base model tells relatives and colleagues from strangers. Pairs
//! count whole or not at all; the soft kind of EM was tried and takes whole households for one customer.
//! Everything is summed in the order of the patterns: the same input gives the same model to the byte.

use crate::domain::compare;
use crate::domain::id::MatchWeight;
use crate::domain::model::{Comparison, LevelProbabilities, MatchModel, Priors, Relation};

use super::Odds;

/// Pairs' worth of the base model that every comparison's m starts from: below it the data only nudge.
const PSEUDO_MATCHES: f64 = 100.0;
/// Weight of the base model's prior of a relation against that found; it is never worth more than [`PSEUDO_MATCHES`] pairs, or files in which
/// nobody is related would keep a share of relatives however large they are.
const PSEUDO_RELATIONS: f64 = 0.05;
/// No relation is more than 2^5 times as common as the base model has it, in milli-bits.
const RELATION_RATIO_MAX: i32 = 5_000;
/// Observations' worth of the base model's u for each level.
const PSEUDO_COINCIDENCES: f64 = 1.0;
/// No level is ever impossible for a match: one typing error more than the data showed must not decide alone.
const M_MIN: f64 = 0.0005;

/// How many candidate pairs show an agreement pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// (comparator, level), in the comparators' order.
    pub levels: Vec<(u8, u8)>,
    /// The two records are in one cluster.
    pub clustered: bool,
    /// Pairs with this pattern.
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

/// What training found.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The comparisons with their new probabilities.
    pub comparisons: Vec<Comparison>,
    /// The priors: that of matches as it was, those of relations as found.
    pub priors: Priors,
}

/// Pairs of all records, and those of them whose customers are in a relation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairCounts {
    /// Pairs of all records.
    pub all: f64,
    /// By relation, in the order of [`Relation::ALL`].
    pub related: [f64; Relation::COUNT],
}

/// Probability from which people count as relatives: whole then, and below not at all.
const RELATED: f64 = 0.9;

/// What two records say of how their customers belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belonging {
    /// log2 of the odds of the likeliest hypothesis against strangers, in milli-bits.
    pub strength: i64,
    /// The relation, by its position, where it is certain that they are in one.
    pub relation: Option<usize>,
}

/// What two records that show these levels, (comparator, level), say of how their customers belong together.
pub fn belonging(model: &MatchModel, levels: &[(u8, u8)]) -> Belonging {
    let odds = odds(model, levels);
    let Posterior { related, .. } = posterior(&odds);
    let likeliest = odds.likeliest_relation();
    let relation = Relation::ALL.iter().position(|relation| *relation == likeliest);
    Belonging {
        strength: odds.related.iter().fold(odds.matching, |strongest, related| strongest.max(*related)),
        relation: relation.filter(|_| related.iter().sum::<f64>() >= RELATED),
    }
}

/// Fits m, u and the priors of relations; `base` brings the prior of matches.
pub fn fit(base: &MatchModel, patterns: &[Pattern], coincidences: &Coincidences, pairs: &PairCounts) -> Fit {
    let posteriors: Vec<Posterior> = patterns.iter().map(|pattern| posterior(&odds(base, &pattern.levels))).collect();
    let comparisons = (0..compare::ALL.len())
        .map(|position| comparison(base, position, patterns, &posteriors, coincidences))
        .collect();
    let related = std::array::from_fn(|relation| {
        let expected = base.priors.related[relation].bits().exp2() * pairs.all;
        let pseudo = PSEUDO_RELATIONS.min(PSEUDO_MATCHES / expected);
        // Who is certainly in a relation is so with all of his records, which are more pairs than blocking finds; where nobody is certain, what
        // the pairs that it finds say together is better than nothing.
        let apart = patterns.iter().zip(&posteriors).filter(|(pattern, _)| !pattern.clustered);
        let found: f64 = apart.map(|(pattern, p)| p.related[relation] * pattern.pairs as f64).sum();
        let found = found.max(pairs.related[relation]);
        let share = (found + pseudo * expected) / (1.0 + pseudo) / pairs.all;
        let prior = MatchWeight::from_ratio(share, 1.0);
        MatchWeight(prior.0.min(base.priors.related[relation].0 + RELATION_RATIO_MAX))
    });
    Fit { comparisons, priors: Priors { related, ..base.priors } }
}

/// Weight of the other comparisons, prior included, from which a pair shows what matches look like in one.
const CERTAIN: MatchWeight = MatchWeight(4_000);

/// Probabilities of the hypotheses for one pattern.
struct Posterior {
    related: [f64; Relation::COUNT],
    strangers: f64,
}

/// The weight of a pattern but for one comparison.
fn weight_without(model: &MatchModel, pattern: &Pattern, position: usize) -> MatchWeight {
    let mut odds = Odds::start(&model.priors);
    for &(comparator, level) in pattern.levels.iter().filter(|(comparator, _)| usize::from(*comparator) != position) {
        odds.add(model.level(comparator, level));
    }
    odds.weight()
}

fn odds(model: &MatchModel, levels: &[(u8, u8)]) -> Odds {
    let mut odds = Odds::start(&model.priors);
    for &(comparator, level) in levels {
        odds.add(model.level(comparator, level));
    }
    odds
}

fn posterior(odds: &Odds) -> Posterior {
    let ratio = |millibits: i64| (millibits as f64 / 1000.0).exp2();
    let (matching, related) = (ratio(odds.matching), odds.related.map(ratio));
    let all = 1.0 + matching + related.iter().sum::<f64>();
    Posterior { related: related.map(|r| r / all), strangers: 1.0 / all }
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
        // What a comparison says must not decide which pairs it is judged by, or customers who moved would never be counted. Relatives who
        // use each other's numbers match by all but the name.
        let relatives = !pattern.clustered && posterior.related.iter().sum::<f64>() >= 0.5;
        if !relatives && weight_without(base, pattern, position) >= CERTAIN {
            matching[level] += pairs;
        }
        if pattern.clustered {
            continue;
        }
        strangers[level] += posterior.strangers * pairs;
    }
    let sampled = coincidences.sampled.get(position);
    let sample: u64 = sampled.map_or(0, |counts| counts.iter().sum());
    let comparable = coincidences.comparable.get(position).copied().unwrap_or(0.0);
    let fitted = fitted(&matching, before.iter().map(|p| p.m), PSEUDO_MATCHES);
    let probabilities = before.iter().enumerate().map(|(level, p)| {
        // Random pairs are an unbiased sample; of rare levels it sees none, but those that blocking finds are all counted.
        let by_sample = smoothed(sampled.map_or(0.0, |counts| counts[level] as f64), sample as f64, p.u);
        let by_candidates = smoothed(strangers[level], comparable, p.u);
        let u = by_sample.max(by_candidates).min(1.0);
        // A level of which relatives show no more than strangers do moves with u.
        let related = p.related.map(|r| if r == p.u { u } else { r });
        LevelProbabilities { m: fitted[level].max(M_MIN), u, related }
    });
    Comparison::new(probabilities.collect())
}

/// Shares of the levels, drawn towards those of the base model as if `pseudo` pairs had shown them.
fn fitted(sums: &[f64], before: impl Iterator<Item = f64> + Clone, pseudo: f64) -> Vec<f64> {
    let total: f64 = sums.iter().sum::<f64>() + pseudo;
    let all_before: f64 = before.clone().sum();
    sums.iter().zip(before).map(|(sum, before)| (sum + pseudo * before / all_before) / total).collect()
}

/// A share seen in `trials`, drawn towards the expected one as if that had been observed [`PSEUDO_COINCIDENCES`] times.
fn smoothed(seen: f64, trials: f64, expected: f64) -> f64 {
    (seen + PSEUDO_COINCIDENCES) / (trials + PSEUDO_COINCIDENCES / expected)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use std::sync::Arc;

    use super::*;
    use crate::domain::id::ModelVersion;
    use crate::domain::model::{Limits, Thresholds};

    const PAIRS: PairCounts = PairCounts { all: 1e9, related: [20.0; Relation::COUNT] };

    /// Every level of every comparator equally likely under every hypothesis.
    fn flat() -> MatchModel {
        let comparison = |comparator: &&dyn compare::Comparator| {
            let p = 1.0 / comparator.levels().len() as f64;
            Comparison::new(vec![
                LevelProbabilities { m: p, u: p, related: [p; Relation::COUNT] };
                comparator.levels().len()
            ])
        };
        MatchModel {
            version: ModelVersion { name: "flat".into(), version: 1 },
            priors: Priors { matching: MatchWeight(-10_000), related: [MatchWeight(-10_000); Relation::COUNT] },
            thresholds: Thresholds {
                link: MatchWeight(0),
                merge: MatchWeight(0),
                review: MatchWeight(-4_000),
                sole_evidence_merges: false,
            },
            limits: Limits { block_records_max: 10, component_records_max: 10, profile_records_max: 10 },
            comparisons: compare::ALL.iter().map(comparison).collect(),
            frequencies: Arc::default(),
        }
    }

    #[test]
    fn a_comparison_does_not_choose_the_pairs_it_is_judged_by() {
        let position = |code: &str| compare::ALL.iter().position(|c| c.code() == code).unwrap() as u8;
        let (address, phone) = (position("address"), position("phone"));
        let mut base = flat();
        base.comparisons[usize::from(phone)] =
            Comparison::new(vec![LevelProbabilities { m: 0.5, u: 1e-6, related: [1e-6; Relation::COUNT] }; 6]);
        let moved = base.comparisons[usize::from(address)].probabilities.len() - 1;
        // By telephone one customer in five moved, and clustering tore these apart; by address alone nobody ever moves.
        let patterns = [
            Pattern { levels: vec![(phone, 0), (address, 0)], clustered: true, pairs: 8_000 },
            Pattern { levels: vec![(phone, 0), (address, moved as u8)], clustered: false, pairs: 2_000 },
            Pattern { levels: vec![(address, 0)], clustered: true, pairs: 50_000 },
        ];
        let fit = fit(&base, &patterns, &Coincidences::default(), &PAIRS);
        let m = fit.comparisons[usize::from(address)].probabilities[moved].m;
        assert!((m - 0.2).abs() < 0.01, "{m}");
    }

    #[test]
    fn m_comes_from_matches_and_u_from_strangers() {
        let gender = compare::ALL.iter().position(|c| c.code() == "gender").unwrap() as u8;
        let phone = compare::ALL.iter().position(|c| c.code() == "phone").unwrap() as u8;
        let mut base = flat();
        let telling = [LevelProbabilities { m: 0.5, u: 1e-6, related: [1e-6; Relation::COUNT] }; 6];
        base.comparisons[usize::from(phone)] = Comparison::new(telling.to_vec());
        let pattern = |level, clustered, pairs| match clustered {
            true => Pattern { levels: vec![(phone, 0), (gender, level)], clustered, pairs },
            false => Pattern { levels: vec![(gender, level)], clustered, pairs },
        };
        let patterns = [pattern(0, true, 9_900), pattern(1, true, 100), pattern(0, false, 10), pattern(1, false, 10)];
        let mut sampled: Vec<Vec<u64>> = compare::ALL.iter().map(|c| vec![0; c.levels().len()]).collect();
        sampled[usize::from(gender)] = vec![52_000, 48_000];
        let comparable = vec![1e9; compare::COUNT];
        let fit = fit(&base, &patterns, &Coincidences { sampled, comparable }, &PAIRS);
        let fitted = &fit.comparisons[usize::from(gender)].probabilities;
        assert!((fitted[0].m - 0.985).abs() < 0.002, "{fitted:?}");
        assert!((fitted[0].u - 0.52).abs() < 0.001, "{fitted:?}");
        // Nothing was seen of names: the base model stands.
        assert!((fit.comparisons[0].probabilities[0].m - flat().comparisons[0].probabilities[0].m).abs() < 1e-12);
        // Twenty pairs of relatives in 10^9 leave little room for more.
        assert!(fit.priors.related[0] < flat().priors.related[0]);
    }
}
