//! Scoring by sketches and in stages gives what scoring in full gives, and packed features score and block as before.
//! Over synthetic customers and the sample, under the default model and under one trained on the records.

use std::collections::BTreeMap;
use std::path::Path;

use guiyi::bulk::{input, pipeline, train};
use guiyi::catalog::{models, rules, sources};
use guiyi::domain::block;
use guiyi::domain::cluster::judgement::Judgements;
use guiyi::domain::compare::{self, Agreement, Sketched};
use guiyi::domain::features::outline::Outline;
use guiyi::domain::features::{Features, codec};
use guiyi::domain::id::{BlockKey, MatchWeight};
use guiyi::domain::model::MatchModel;
use guiyi::domain::record::PreparedRecord;
use guiyi::domain::score::{self, prefilter};
use guiyi::synth::{self, SynthOptions};

use crate::support::fixture;

const SYNTHETIC_RECORDS: u64 = 1_500;
/// Blocks up to this size are compared pair by pair.
const BLOCK_RECORDS_MAX: usize = 12;

fn read(customers: &Path, mapping: &sources::Mapping) -> Vec<PreparedRecord> {
    let raw = input::read(&[customers.to_owned()], mapping).unwrap().records;
    pipeline::prepared(&raw, &pipeline::Silent)
}

fn sets() -> Vec<Vec<PreparedRecord>> {
    let folder = tempfile::tempdir().unwrap();
    let options = SynthOptions { records: SYNTHETIC_RECORDS, seed: 7, difficulty_percent: 250 };
    synth::write(&options, folder.path(), &mut |_| {}).unwrap();
    [folder.path(), &fixture("sample")]
        .map(|folder| read(&folder.join("customers.csv"), &sources::load_file(&folder.join("mapping.toml")).unwrap()))
        .into()
}

/// Records in other languages and of other makes.
fn bundled_sets() -> Vec<Vec<PreparedRecord>> {
    let sets = [
        ("febrl3", "febrl"),
        ("splink_historical_50k", "splink_historical_50k"),
        ("senzing_truthset", "senzing_truthset"),
        ("pseudopeople_2020_channels", "pseudopeople"),
        ("zh_customers", "zh_customers"),
    ];
    let records = |name: &str| fixture(&format!("datasets/{name}/records.csv"));
    sets.map(|(name, source)| read(&records(name), &sources::load_built_in(source).unwrap())).into()
}

fn trained(records: &[PreparedRecord]) -> MatchModel {
    let base = models::load(train::suitable_base(records)).unwrap();
    let policy = rules::load(rules::DEFAULT).unwrap();
    train::train(&base, records, &policy, &Judgements::default(), &pipeline::Silent)
}

fn features(records: &[PreparedRecord], model: &MatchModel) -> Vec<Features> {
    records.iter().map(|record| Features::of(record, &model.frequencies)).collect()
}

/// Pairs that share a key, and as many that share none.
fn pairs(features: &[Features]) -> Vec<(&Features, &Features)> {
    let mut blocks: BTreeMap<BlockKey, Vec<&Features>> = BTreeMap::new();
    for record in features {
        for key in block::keys(record) {
            blocks.entry(key).or_default().push(record);
        }
    }
    let small = blocks.values().filter(|block| (2..=BLOCK_RECORDS_MAX).contains(&block.len()));
    let mut pairs: Vec<_> =
        small.flat_map(|block| block.iter().zip(block.iter().skip(1)).map(|(a, b)| (*a, *b))).collect();
    for stride in [1, 7, 61] {
        pairs.extend(features.iter().zip(features.iter().skip(stride)));
    }
    pairs
}

/// What every comparator sees in the features themselves.
fn in_full<'a>(a: &'a Features, b: &'a Features) -> Vec<Agreement<'a>> {
    let mut agreements = Vec::new();
    (0..compare::COUNT as u8).for_each(|position| compare::in_full(position, a, b, &mut agreements));
    agreements
}

/// Calls `check` with every model and pair; one side is as good as the other.
fn for_each_pair(sets: Vec<Vec<PreparedRecord>>, mut check: impl FnMut(&MatchModel, &Features, &Features)) {
    for records in sets {
        for model in [models::load(models::DEFAULT).unwrap(), trained(&records)] {
            for (a, b) in pairs(&features(&records, &model)) {
                check(&model, a, b);
                check(&model, b, a);
            }
        }
    }
}

#[test]
fn sketches_tell_what_the_features_say() {
    let (mut told, mut left) = (0, 0);
    for_each_pair(sets(), |_, a, b| {
        let expected = in_full(a, b);
        assert_eq!(compare::compare(a, b), expected, "{a:#?} {b:#?}");
        for position in compare::shared(&a.sketch, &b.sketch) {
            let seen: Vec<_> = expected.iter().filter(|agreement| agreement.comparator == position).collect();
            match compare::sketched(position, &a.sketch, &b.sketch) {
                Sketched::Silent | Sketched::Seen(..) => told += 1,
                Sketched::AtBest(level, rarity) => {
                    left += 1;
                    for agreement in seen {
                        let within = usize::from(agreement.level) >= level && agreement.rarity <= rarity;
                        assert!(within, "comparator {position}: {agreement:?}, not at best {level} with {rarity}");
                    }
                }
            }
        }
    });
    assert!(told > 2 * left && left > 0, "told {told}, left {left}");
}

#[test]
fn no_pair_that_reaches_a_threshold_is_dropped() {
    let (mut reached, mut dropped) = (0, 0);
    for_each_pair(sets(), |model, a, b| {
        let scored = score::score(model, a, b);
        let weighed = score::Weighed { weight: scored.weight, cannot_link: scored.cannot_link };
        assert_eq!(score::weigh(model, a, b), weighed);
        for threshold in [model.thresholds.review, model.thresholds.link, MatchWeight(-20_000), MatchWeight(15_000)] {
            let expected = (scored.weight >= threshold).then(|| scored.clone());
            assert_eq!(score::reaches(model, a, b, threshold), expected, "{threshold:?}");
            assert_eq!(score::weigh_from(model, a, b, threshold), expected.as_ref().map(|_| weighed), "{threshold:?}");
            let (low, high) = if a.handle <= b.handle { (a, b) } else { (b, a) };
            let may = prefilter::may_reach(model, &low.sketch, &high.sketch, threshold);
            assert!(may || expected.is_none(), "dropped at {threshold:?}: {a:#?} {b:#?}");
            reached += usize::from(expected.is_some());
            dropped += usize::from(!may);
        }
    });
    assert!(reached > 1_000 && dropped > 1_000, "reached {reached}, dropped {dropped}");
}

#[test]
fn no_pair_weighs_more_than_an_outline_leaves_room_for() {
    let (mut light, mut ruled_out) = (0, 0);
    for_each_pair(sets().into_iter().chain(bundled_sets()).collect(), |model, a, b| {
        let weight = score::score(model, a, b).weight;
        let most = prefilter::outlined_weight_max(model, &a.sketch, &Outline::of(&b.sketch));
        assert!(weight <= most, "{weight:?}, at most {most:?}: {a:#?} {b:#?}");
        light += usize::from(weight < model.thresholds.review);
        ruled_out += usize::from(most < model.thresholds.review);
    });
    // More where names are in Han characters, of which an outline has more.
    assert!(3 * ruled_out > light, "{ruled_out} of {light} are ruled out");
}

#[test]
fn packed_features_score_and_block_as_before() {
    for records in sets() {
        for model in [models::load(models::DEFAULT).unwrap(), trained(&records)] {
            let features = features(&records, &model);
            let decoded: Vec<Features> =
                features.iter().map(|f| codec::decode(&codec::encode(f), &model.frequencies).unwrap()).collect();
            for (before, after) in features.iter().zip(&decoded) {
                assert_eq!(before.sketch, after.sketch);
                assert_eq!(block::keys(before), block::keys(after), "{before:#?} {after:#?}");
                assert_eq!(codec::encode(after), codec::encode(before));
            }
            for ((a, b), (x, y)) in pairs(&features).into_iter().zip(pairs(&decoded)) {
                assert_eq!((a.handle, b.handle), (x.handle, y.handle));
                assert_eq!(score::score(&model, a, b), score::score(&model, x, y));
                assert_eq!(score::score(&model, a, b), score::score(&model, a, y));
            }
        }
    }
}

#[test]
fn what_is_no_encoding_is_refused_or_read_without_panic() {
    let model = models::load(models::DEFAULT).unwrap();
    let features = features(&sets()[0], &model);
    assert_eq!(codec::decode(&[], &model.frequencies), None);
    for (number, record) in features.iter().take(200).enumerate() {
        let mut bytes = codec::encode(record);
        assert_eq!(codec::decode(&bytes[..bytes.len() / 2], &model.frequencies), None);
        for change in 1..20 {
            let place = (number * 31 + change * 17) % bytes.len();
            bytes[place] ^= 1 << (change % 8);
            let _ = codec::decode(&bytes, &model.frequencies);
        }
        bytes[0] = 0;
        assert_eq!(codec::decode(&bytes, &model.frequencies), None, "another version");
    }
}
