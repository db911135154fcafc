//! Why wrong pairs are wrong: missed by blocking, by the score, by a constraint, by clustering; linked directly or through others.
//!
//! The reasons are those of the model that is named. It should be the one that made the clusters.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::Joint;
use super::compared::Compared;
use crate::domain::block;
use crate::domain::hash::mix;
use crate::domain::id::MatchWeight;
use crate::domain::model::MatchModel;
use crate::domain::score::explain::{Explanation, explain};
use crate::domain::score::score;

/// Wrong pairs of one side that are looked at one by one; of more, a sample is.
pub const PAIRS_MAX: u64 = 20_000;
/// Levels and rules named for each kind.
const NAMED_MAX: usize = 5;
/// Pairs looked through for what keeps two clusters apart.
const BARRIER_PAIRS_MAX: usize = 10_000;

/// On which side a pair is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// One customer, kept apart.
    FalseNegative,
    /// Two customers, put together.
    FalsePositive,
}

impl Side {
    /// The name in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::FalseNegative => "false_negative",
            Self::FalsePositive => "false_positive",
        }
    }
}

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One of the records is not in the clusters or not in the input.
    NotClustered,
    /// Missed: no blocking rule gives the two a key in common.
    BlockingNoSharedKey,
    /// Missed: every key in common is generic.
    BlockingGenericKeys,
    /// Missed: the pair weighs less than the link threshold.
    BelowThreshold,
    /// Missed: forbidding evidence between the two, or between other records of their clusters.
    Constraint,
    /// Missed: linked by weight, parted by clustering.
    Clustering,
    /// Wrong: the pair itself reaches the link threshold.
    LinkedDirectly,
    /// Wrong: joined through other records.
    LinkedThroughOthers,
    /// Wrong although the evidence forbids it: a judgement, or a chain that no pair could forbid.
    LinkedDespiteConstraint,
    /// Wrong, but this model does not join the two: the clusters come from another run.
    NotByThisModel,
}

impl Kind {
    /// The name in files and reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotClustered => "not_clustered",
            Self::BlockingNoSharedKey => "blocking_no_shared_key",
            Self::BlockingGenericKeys => "blocking_generic_keys",
            Self::BelowThreshold => "below_threshold",
            Self::Constraint => "constraint",
            Self::Clustering => "clustering",
            Self::LinkedDirectly => "linked_directly",
            Self::LinkedThroughOthers => "linked_through_others",
            Self::LinkedDespiteConstraint => "linked_despite_constraint",
            Self::NotByThisModel => "not_by_this_model",
        }
    }
}

/// One wrong pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairError {
    /// On which side.
    pub side: Side,
    /// What failed.
    pub kind: Kind,
    /// Numbers of the two records in the [`Joint`].
    pub records: [u32; 2],
    /// The pair's match weight, where both records are there.
    pub weight: Option<MatchWeight>,
    /// Blocking rules under which the two share a key.
    pub shared_rules: Vec<&'static str>,
    /// Blocking rules that gave both of them keys, none in common.
    pub disagreeing_rules: Vec<&'static str>,
    /// The level that spoke most against a missed pair, or for a wrong one: `phone:exact`.
    pub decisive: String,
    /// What that level added.
    pub decisive_weight: MatchWeight,
}

/// Errors by kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ErrorReport {
    /// The model whose reasons these are.
    pub model: String,
    /// Pairs of one customer that were kept apart.
    pub false_negatives: SideReport,
    /// Pairs of two customers that were put together.
    pub false_positives: SideReport,
}

/// Errors of one side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SideReport {
    /// Pairs in all.
    pub pairs: u64,
    /// Pairs looked at.
    pub sampled: u64,
    /// By kind.
    pub kinds: Vec<KindReport>,
}

/// Errors of one kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KindReport {
    /// The kind.
    pub kind: &'static str,
    /// Pairs; scaled up from those looked at where that was a sample.
    pub pairs: u64,
    /// Pairs looked at.
    pub sampled: u64,
    /// Of these, at or above the link threshold: what blocking or clustering alone cost.
    pub sampled_above_link: u64,
    /// The decisive levels with the number of pairs looked at, most frequent first.
    pub levels: Vec<Count>,
    /// Blocking rules: those shared; for pairs without a shared key those that had keys on both sides.
    pub rules: Vec<Count>,
}

/// How often something occurred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What.
    pub name: String,
    /// Pairs.
    pub pairs: u64,
}

/// What classification looks at.
pub struct Scene<'a> {
    /// Clusters and truth.
    pub joint: &'a Joint<'a>,
    /// The records.
    pub compared: &'a Compared,
    /// Position of each record of the joint among the compared ones.
    pub positions: Vec<Option<usize>>,
    /// The model.
    pub model: &'a MatchModel,
}

/// Finds, samples and classifies the wrong pairs; false negatives first, each side in the order of the records.
pub fn errors(scene: &Scene<'_>) -> (ErrorReport, Vec<PairError>) {
    let components = scene.compared.components(scene.model.thresholds.link);
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (found, position) in scene.joint.found.iter().zip(&scene.positions) {
        members.resize(members.len().max(*found as usize + 1), Vec::new());
        if let (Some(cluster), Some(position)) = (members.get_mut(*found as usize), position) {
            cluster.push(*position);
        }
    }
    let context = Context { scene, components, members };
    let side = |side: Side, together: &[u32], apart: &[u32]| {
        let (total, pairs) = wrong_pairs(together, apart, PAIRS_MAX);
        let errors: Vec<PairError> = pairs.par_iter().with_min_len(64).map(|pair| context.error(side, *pair)).collect();
        (report(scene.model, total, &errors), errors)
    };
    let (false_negatives, mut all) = side(Side::FalseNegative, &scene.joint.truth, &scene.joint.found);
    let (false_positives, more) = side(Side::FalsePositive, &scene.joint.found, &scene.joint.truth);
    all.extend(more);
    (ErrorReport { model: scene.model.version.to_string(), false_negatives, false_positives }, all)
}

/// Pairs of records that are together in one partition and apart in the other: how many there are, and at most `limit` of them,
/// spread evenly by hash. Nothing is enumerated beyond the records.
fn wrong_pairs(together: &[u32], apart: &[u32], limit: u64) -> (u64, Vec<[u32; 2]>) {
    let mut rows: Vec<(u32, u32, u32)> =
        together.iter().zip(apart).enumerate().map(|(record, (t, a))| (*t, *a, record as u32)).collect();
    rows.sort_unstable();
    // For each row: wrong pairs up to and with it, and where its partners begin.
    let mut ranked: Vec<(u64, usize)> = Vec::with_capacity(rows.len());
    let (mut total, mut start) = (0u64, 0);
    for group in rows.chunk_by(|a, b| a.0 == b.0) {
        let end = start + group.len();
        for run in group.chunk_by(|a, b| a.1 == b.1) {
            start += run.len();
            for _ in run {
                total += (end - start) as u64;
                ranked.push((total, start));
            }
        }
    }
    let count = total.min(limit);
    let rank = |number: u64| {
        let at = |number: u64| (u128::from(number) * u128::from(total) / u128::from(count)) as u64;
        let (from, to) = (at(number), at(number + 1));
        from + mix(number) % (to - from)
    };
    let pair = |rank: u64| {
        let row = ranked.partition_point(|(up_to, _)| *up_to <= rank);
        let (up_to, partners) = ranked.get(row)?;
        let record = rows.get(row)?.2;
        let partner = rows.get(partners + (up_to - rank - 1) as usize)?.2;
        Some([record.min(partner), record.max(partner)])
    };
    let mut pairs: Vec<[u32; 2]> = (0..count).filter_map(|number| pair(rank(number))).collect();
    pairs.sort_unstable();
    (total, pairs)
}

struct Context<'a> {
    scene: &'a Scene<'a>,
    components: Vec<usize>,
    /// Positions of the records of each found cluster.
    members: Vec<Vec<usize>>,
}

impl Context<'_> {
    fn error(&self, side: Side, records: [u32; 2]) -> PairError {
        let place = |record: u32| self.scene.positions.get(record as usize).copied().flatten();
        let missing = |record: u32| self.scene.joint.missing.get(record as usize).copied().unwrap_or(true);
        let unknown = |kind| PairError {
            side,
            kind,
            records,
            weight: None,
            shared_rules: Vec::new(),
            disagreeing_rules: Vec::new(),
            decisive: String::new(),
            decisive_weight: MatchWeight(0),
        };
        let (Some(a), Some(b)) = (place(records[0]), place(records[1])) else { return unknown(Kind::NotClustered) };
        let compared = self.scene.compared;
        let (Some(left), Some(right)) = (compared.records.get(a), compared.records.get(b)) else {
            return unknown(Kind::NotClustered);
        };
        let explanation = explain(self.scene.model, left, right);
        let kind = if missing(records[0]) || missing(records[1]) {
            Kind::NotClustered
        } else {
            match side {
                Side::FalseNegative => self.why_missed(records, [a, b], &explanation),
                Side::FalsePositive => self.why_linked(a, b, &explanation),
            }
        };
        let barrier = match kind {
            Kind::Constraint if !explanation.cannot_link => self.barrier(records),
            _ => None,
        };
        let (decisive, decisive_weight) = barrier.unwrap_or_else(|| decisive(kind, &explanation));
        let disagreeing = kind == Kind::BlockingNoSharedKey;
        PairError {
            weight: Some(explanation.weight),
            disagreeing_rules: if disagreeing { self.rules_of_both(a, b) } else { Vec::new() },
            shared_rules: explanation.shared_rules,
            decisive,
            decisive_weight,
            ..unknown(kind)
        }
    }

    fn in_one_component(&self, a: usize, b: usize) -> bool {
        self.components.get(a) == self.components.get(b)
    }

    fn why_missed(&self, records: [u32; 2], [a, b]: [usize; 2], explanation: &Explanation) -> Kind {
        let together = self.in_one_component(a, b);
        // Inside a component clustering scores every pair, whether blocking found it or not.
        if !together && !self.scene.compared.is_candidate(a, b) {
            return if explanation.shared_rules.is_empty() {
                Kind::BlockingNoSharedKey
            } else {
                Kind::BlockingGenericKeys
            };
        }
        if explanation.cannot_link {
            return Kind::Constraint;
        }
        if explanation.weight < self.scene.model.thresholds.link {
            return Kind::BelowThreshold;
        }
        match self.forbidding_pair(records) {
            Some(_) => Kind::Constraint,
            None => Kind::Clustering,
        }
    }

    fn why_linked(&self, a: usize, b: usize, explanation: &Explanation) -> Kind {
        if !self.in_one_component(a, b) {
            Kind::NotByThisModel
        } else if explanation.cannot_link {
            Kind::LinkedDespiteConstraint
        } else if explanation.weight >= self.scene.model.thresholds.link {
            Kind::LinkedDirectly
        } else {
            Kind::LinkedThroughOthers
        }
    }

    /// Positions of two records of the clusters of these two whose evidence forbids a merge.
    fn forbidding_pair(&self, records: [u32; 2]) -> Option<(usize, usize)> {
        let cluster = |record: u32| self.members.get(*self.scene.joint.found.get(record as usize)? as usize);
        let (left, right) = (cluster(records[0])?, cluster(records[1])?);
        let mut pairs = left.iter().flat_map(|a| right.iter().map(move |b| (*a, *b))).take(BARRIER_PAIRS_MAX);
        let features = &self.scene.compared.features;
        let forbids = |a: usize, b: usize| {
            let both = features.get(a).zip(features.get(b));
            both.is_some_and(|(a, b)| score(self.scene.model, a, b).cannot_link)
        };
        pairs.find(|(a, b)| forbids(*a, *b))
    }

    /// The forbidding level between the clusters of two records.
    fn barrier(&self, records: [u32; 2]) -> Option<(String, MatchWeight)> {
        let (a, b) = self.forbidding_pair(records)?;
        let records = &self.scene.compared.records;
        let explanation = explain(self.scene.model, records.get(a)?, records.get(b)?);
        Some(decisive(Kind::Constraint, &explanation))
    }

    /// Rules that give keys to both records: every rule shares its keys with itself.
    fn rules_of_both(&self, a: usize, b: usize) -> Vec<&'static str> {
        let features = &self.scene.compared.features;
        let rules = |position: usize| features.get(position).map(|f| block::shared_rules(f, f)).unwrap_or_default();
        let right = rules(b);
        rules(a).into_iter().filter(|rule| right.contains(rule)).collect()
    }
}

/// The level that spoke most: against a missed pair, for a wrong one.
fn decisive(kind: Kind, explanation: &Explanation) -> (String, MatchWeight) {
    let steps = explanation.steps.iter();
    let name = |step: &crate::domain::score::explain::ExplanationStep| {
        let label = if step.label.is_empty() { String::new() } else { format!("[{}]", step.label) };
        format!("{}{label}:{}", step.comparator, step.level.code)
    };
    match kind {
        Kind::Constraint => {
            let forbidding = explanation.steps.iter().find(|step| step.level.cannot_link);
            forbidding.map_or_else(Default::default, |step| (name(step), step.weight))
        }
        Kind::BelowThreshold | Kind::Clustering => {
            let relation = (format!("relation:{}", explanation.relation.code()), explanation.relation_weight);
            let against = steps.map(|step| (name(step), step.weight)).chain([relation]).min_by_key(|(_, w)| *w);
            let nothing = || ("too_little_evidence".to_owned(), MatchWeight(0));
            against.filter(|(_, weight)| weight.0 < 0).unwrap_or_else(nothing)
        }
        Kind::NotClustered
        | Kind::BlockingNoSharedKey
        | Kind::BlockingGenericKeys
        | Kind::LinkedDirectly
        | Kind::LinkedThroughOthers
        | Kind::LinkedDespiteConstraint
        | Kind::NotByThisModel => {
            // Of equals the first: `max_by_key` would take the last.
            let best = steps.map(|step| (name(step), step.weight)).rev().max_by_key(|(_, weight)| *weight);
            best.filter(|(_, weight)| weight.0 > 0).unwrap_or_default()
        }
    }
}

fn report(model: &MatchModel, total: u64, errors: &[PairError]) -> SideReport {
    let sampled = errors.len() as u64;
    let mut by_kind: BTreeMap<Kind, Vec<&PairError>> = BTreeMap::new();
    for error in errors {
        by_kind.entry(error.kind).or_default().push(error);
    }
    let scaled = |count: u64| match sampled {
        0 => 0,
        _ => ((u128::from(count) * u128::from(total) + u128::from(sampled / 2)) / u128::from(sampled)) as u64,
    };
    let kinds = by_kind.into_iter().map(|(kind, errors)| {
        let above = |error: &&&PairError| error.weight.is_some_and(|weight| weight >= model.thresholds.link);
        let rules = errors.iter().flat_map(|error| {
            if error.kind == Kind::BlockingNoSharedKey { &error.disagreeing_rules } else { &error.shared_rules }
        });
        KindReport {
            kind: kind.code(),
            pairs: scaled(errors.len() as u64),
            sampled: errors.len() as u64,
            sampled_above_link: errors.iter().filter(above).count() as u64,
            levels: counted(errors.iter().map(|error| error.decisive.as_str()).filter(|name| !name.is_empty())),
            rules: counted(rules.copied()),
        }
    });
    SideReport { pairs: total, sampled, kinds: kinds.collect() }
}

fn counted<'n>(names: impl Iterator<Item = &'n str>) -> Vec<Count> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut counts: Vec<Count> =
        counts.into_iter().map(|(name, pairs)| Count { name: name.to_owned(), pairs }).collect();
    counts.sort_by(|a, b| b.pairs.cmp(&a.pairs).then_with(|| a.name.cmp(&b.name)));
    counts.truncate(NAMED_MAX);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_pairs_are_all_found_and_none_twice() {
        let (together, apart) = ([7, 7, 7, 7, 8, 8, 9], [1, 1, 2, 3, 3, 3, 1]);
        let expected: Vec<[u32; 2]> = vec![[0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
        assert_eq!(wrong_pairs(&together, &apart, 100), (5, expected.clone()));
        let (total, sample) = wrong_pairs(&together, &apart, 3);
        assert_eq!((total, sample.len()), (5, 3));
        assert!(sample.iter().all(|pair| expected.contains(pair)), "{sample:?}");
        assert_eq!(wrong_pairs(&together, &together, 3), (0, Vec::new()));
        assert_eq!(wrong_pairs(&[], &[], 3), (0, Vec::new()));
    }

    #[test]
    fn a_sample_of_many_pairs_is_spread_and_stays_small() {
        // One true cluster of 40,000 records in 200 pieces: 796 million pairs.
        let (together, apart): (Vec<u32>, Vec<u32>) = (0..40_000).map(|record| (0, record / 200)).unzip();
        let (total, sample) = wrong_pairs(&together, &apart, 20_000);
        assert_eq!((total, sample.len()), (796_000_000, 20_000));
        let low = sample.iter().filter(|pair| pair[0] < 5_000).count();
        // Pairs with the smaller record in the first eighth: 1 − (7/8)², 23 %.
        assert!((4_300..5_100).contains(&low), "{low}");
    }
}
