//! Properties of clustering: judgements outrank scores, order does not matter, limits hold.

use std::sync::Arc;

use super::*;
use crate::domain::compare::{self, Steady};
use crate::domain::id::ModelVersion;
use crate::domain::model::{LevelWeights, Limits, Priors, Relation, Thresholds};

fn model(component_records_max: usize) -> MatchModel {
    MatchModel {
        version: ModelVersion { name: "test".into(), version: 1 },
        priors: Priors { matching: MatchWeight(0), related: [MatchWeight(-40_000); Relation::COUNT] },
        thresholds: Thresholds {
            link: MatchWeight(0),
            merge: MatchWeight(-4_000),
            review: MatchWeight(-6_000),
            sole_evidence_merges: false,
        },
        limits: Limits { block_records_max: 10, component_records_max, profile_records_max: 100 },
        comparisons: Vec::new(),
        frequencies: Arc::default(),
    }
}

fn pair(a: u64, b: u64) -> RecordPair {
    RecordPair::new(RecordHandle(a), RecordHandle(b)).expect("different records")
}

/// Evidence of a weight, one bit of it from another comparison, since one alone may not carry a merge.
fn evidence_of(matching: MatchWeight) -> Evidence {
    let says = |matching| Some(LevelWeights { matching: MatchWeight(matching), ..LevelWeights::default() });
    let mut evidence = Evidence::default();
    (evidence.parts[0], evidence.parts[5]) = (says(matching.0 - 1_000), says(1_000));
    evidence
}

/// A world in which `weights` are the pairs of interest and all others weigh −20 bits.
fn run(model: &MatchModel, members: u64, weights: &[(u64, u64, i32)], judgements: &Judgements) -> Vec<Vec<u64>> {
    let members: Vec<RecordHandle> = (1..=members).map(RecordHandle).collect();
    let weight_of = |a: RecordHandle, b: RecordHandle| {
        let found = weights.iter().find(|(x, y, _)| pair(*x, *y) == pair(a.0, b.0));
        evidence_of(MatchWeight(found.map_or(-20_000, |w| w.2)))
    };
    let edges: Vec<Edge> = weights
        .iter()
        .map(|&(a, b, w)| Edge { pair: pair(a, b), weight: MatchWeight(w), cannot_link: false })
        .collect();
    let partition = partition(model, &members, &edges, judgements, &weight_of);
    partition.clusters.into_iter().map(|c| c.into_iter().map(|h| h.0).collect()).collect()
}

#[test]
fn a_chain_does_not_pull_strangers_together() {
    let weights = [(1, 2, 10_000), (2, 3, 3_000)];
    assert_eq!(run(&model(10), 3, &weights, &Judgements::default()), [vec![1, 2], vec![3]]);
}

#[test]
fn a_negative_judgement_also_blocks_a_transitive_merge() {
    let weights = [(1, 2, 10_000), (2, 3, 10_000), (1, 3, 9_000)];
    let mut judgements = Judgements::default();
    judgements.insert(pair(1, 3), Verdict::Negative);
    let clusters = run(&model(10), 3, &weights, &judgements);
    assert_eq!(clusters.len(), 2);
    assert!(!clusters.iter().any(|c| c.contains(&1) && c.contains(&3)));
}

#[test]
fn a_positive_judgement_outranks_the_score() {
    let mut judgements = Judgements::default();
    judgements.insert(pair(1, 2), Verdict::Positive);
    assert_eq!(run(&model(10), 2, &[], &judgements), [vec![1, 2]]);
}

#[test]
fn a_component_over_the_limit_is_cut_where_it_is_weakest() {
    let weights = [(1, 2, 12_000), (2, 3, 1_500), (3, 4, 12_000)];
    assert_eq!(run(&model(4), 4, &weights, &Judgements::default()).len(), 2);
    assert_eq!(run(&model(2), 4, &weights, &Judgements::default()), [vec![1, 2], vec![3, 4]]);
    assert_eq!(run(&model(1), 2, &[(1, 2, 12_000)], &Judgements::default()), [vec![1], vec![2]]);
}

#[test]
fn a_trace_names_every_merge_of_the_same_partition() {
    let model = model(10);
    let members: Vec<RecordHandle> = (1..=5).map(RecordHandle).collect();
    let weight = |a: RecordHandle, b: RecordHandle| match (a.0.min(b.0), a.0.max(b.0)) {
        (1, 2) => 12_000,
        (1, 3) => 3_000,
        (2, 3) => 7_000,
        _ => -20_000,
    };
    let score = |a: RecordHandle, b: RecordHandle| {
        let mut evidence = Evidence::default();
        evidence.parts[2] = Some(LevelWeights { matching: MatchWeight(weight(a, b)), ..LevelWeights::default() });
        evidence
    };
    let mut judgements = Judgements::default();
    judgements.insert(pair(4, 5), Verdict::Positive);
    let (partition, merges) = partition_traced(&model, &members, &complete(&members), &judgements, &score);
    assert_eq!(partition, super::partition(&model, &members, &complete(&members), &judgements, &score));
    assert_eq!(merges.len(), members.len() - partition.clusters.len());
    let handles = |numbers: &[u64]| numbers.iter().map(|&n| RecordHandle(n)).collect::<Vec<_>>();
    assert_eq!((merges[0].judged, merges[0].weight), (Some(pair(4, 5)), MatchWeight(-20_000)));
    assert_eq!(merges[1].clusters, [handles(&[1]), handles(&[2])]);
    assert_eq!(merges[1].weight, MatchWeight(12_000));
    assert_eq!(merges[2].clusters, [handles(&[1, 2]), handles(&[3])]);
    assert_eq!(
        (merges[2].weight, merges[2].judged),
        (MatchWeight(6_000), None),
        "between the mean of 3 and 7 bits and the best"
    );
    assert_eq!(merges[2].strongest, Some((pair(2, 3), MatchWeight(7_000))));
    let mean = merges[2].means[0];
    assert_eq!((mean.comparator, mean.pairs, mean.weight), (2, 2, MatchWeight(6_000)));
    assert!(merges[2].is_within(&handles(&[1, 2, 3])) && !merges[2].is_within(&handles(&[1, 2])));
}

#[test]
fn a_profile_grows_to_its_limit_and_no_further() {
    let weights = [(1, 2, 12_000), (1, 3, 11_000), (2, 3, 11_000), (1, 4, 9_000), (2, 4, 9_000), (3, 4, 9_000)];
    let limited = |profile_records_max| {
        let mut model = model(10);
        model.limits.profile_records_max = profile_records_max;
        let members: Vec<RecordHandle> = (1..=4).map(RecordHandle).collect();
        let score = |a: RecordHandle, b: RecordHandle| {
            let found = weights.iter().find(|(x, y, _)| pair(*x, *y) == pair(a.0, b.0));
            evidence_of(MatchWeight(found.map_or(-20_000, |w| w.2)))
        };
        let partition = partition(&model, &members, &complete(&members), &Judgements::default(), &score);
        (partition.clusters.iter().map(Vec::len).collect::<Vec<_>>(), partition.cut_to_limit)
    };
    assert_eq!(limited(4), (vec![4], false));
    assert_eq!(limited(3), (vec![3, 1], true), "the weakest stays out, and somebody should look");
    let two_by_two = limited(2);
    assert_eq!(two_by_two, (vec![2, 2], true));
}

#[test]
fn a_person_may_say_that_a_profile_is_larger() {
    let mut small = model(10);
    small.limits.profile_records_max = 2;
    let mut judgements = Judgements::default();
    judgements.insert(pair(1, 2), Verdict::Positive);
    judgements.insert(pair(2, 3), Verdict::Positive);
    assert_eq!(run(&small, 3, &[], &judgements), [vec![1, 2, 3]]);
}

#[test]
fn sole_evidence_that_does_not_identify_merges_no_clusters() {
    let mut lenient = model(10);
    lenient.thresholds.sole_evidence_merges = true;
    let code = |wanted: &str| compare::ALL.iter().position(|comparator| comparator.code() == wanted);
    let (Some(name), Some(address)) = (code("person_name"), code("address")) else { panic!("comparators") };
    let members: Vec<RecordHandle> = (1..=3).map(RecordHandle).collect();
    let says = |voices: &[(usize, i32)]| {
        let mut evidence = Evidence::default();
        for (position, weight) in voices {
            evidence.parts[*position] =
                Some(LevelWeights { matching: MatchWeight(*weight), ..LevelWeights::default() });
        }
        evidence
    };
    let clusters_under = |model: &MatchModel, score: &dyn Fn(RecordHandle, RecordHandle) -> Evidence| {
        let partition = partition(model, &members, &complete(&members), &Judgements::default(), score);
        partition.clusters.into_iter().map(|c| c.into_iter().map(|h| h.0).collect()).collect::<Vec<Vec<u64>>>()
    };
    let clusters = |score: &dyn Fn(RecordHandle, RecordHandle) -> Evidence| clusters_under(&model(10), score);
    // Three records of one rare name and nothing else.
    assert_eq!(clusters(&|_, _| says(&[(name, 20_000)])), [vec![1], vec![2], vec![3]]);
    assert_eq!(clusters_under(&lenient, &|_, _| says(&[(name, 20_000)])), [vec![1, 2, 3]]);
    // 1 and 2 share an address as well; then 3, with an address that agrees with one of theirs, joins both.
    let score = |a: RecordHandle, b: RecordHandle| match (a.0.min(b.0), a.0.max(b.0)) {
        (1, 3) => says(&[(name, 20_000)]),
        _ => says(&[(name, 20_000), (address, 9_000)]),
    };
    assert_eq!(clusters(&score), [vec![1, 2, 3]]);
}

#[test]
fn what_each_side_repeats_and_the_other_never_has_is_no_slip() {
    let code = |wanted: &str| compare::ALL.iter().position(|comparator| comparator.code() == wanted);
    let (Some(name), Some(phone)) = (code("person_name"), code("phone")) else { panic!("comparators") };
    let members: Vec<RecordHandle> = (1..=4).map(RecordHandle).collect();
    // Records 1 and 2 against 3 and 4: heavy enough to merge, if it were not for the names.
    let clusters = |inside: [Steady; 2], between: Steady| {
        let score = |a: RecordHandle, b: RecordHandle| {
            let (steady, weight) = match (a.0.min(b.0), a.0.max(b.0)) {
                (1, 2) => (inside[0], 10_000),
                (3, 4) => (inside[1], 10_000),
                _ => (between, -2_000),
            };
            let says = |weight| Some(LevelWeights { matching: MatchWeight(weight), ..LevelWeights::default() });
            let mut evidence = Evidence::default();
            (evidence.parts[name], evidence.parts[phone]) = (says(weight), says(1_000));
            evidence.steady[name] = steady;
            evidence
        };
        let partition = partition(&model(10), &members, &complete(&members), &Judgements::default(), &score);
        partition.clusters.into_iter().map(|c| c.into_iter().map(|h| h.0).collect()).collect::<Vec<Vec<u64>>>()
    };
    let (whole, apart) = (vec![vec![1, 2, 3, 4]], vec![vec![1, 2], vec![3, 4]]);
    assert_eq!(clusters([Steady::Same; 2], Steady::Other), apart);
    assert_eq!(clusters([Steady::Same; 2], Steady::Near), apart);
    assert_eq!(clusters([Steady::Same; 2], Steady::Open), whole);
    assert_eq!(clusters([Steady::Same, Steady::Open], Steady::Other), whole, "one side says it once");
    assert_eq!(clusters([Steady::Same, Steady::Other], Steady::Other), whole, "one side contradicts itself");
}
