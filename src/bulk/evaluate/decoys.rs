//! The share of wrong pairs without labels, from decoys: records of nobody, offered one by one to the finished clusters.
//!
//! What a decoy shares with its donors' clusters is left out, since it was copied from there; everything else that it joins is wrong.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::offering::{Finished, Offered};
use crate::bulk::features::FeatureStore;
use crate::bulk::pipeline::{self, Options, Outcome};
use crate::domain::block;
use crate::domain::features::Features;
use crate::domain::generic::GenericMask;
use crate::domain::id::{BlockKey, RecordHandle};
use crate::domain::measure::decoy::{self, Decoy, DecoyCounts, discovery_rate};
use crate::domain::record::{PreparedRecord, RawAttribute, RawRecord};

/// What an estimate of this kind can and cannot see, for every report.
pub const NOTE: &str = "an estimate, no measurement: decoys are strangers to everybody, so relatives, colleagues and records mixed \
up at the source are not seen (too low); records of a donor's customer that the run had missed count as wrong (too high); label a \
sample (guiyi certify) to know";

/// What decoys say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DecoyReport {
    /// The match model.
    pub model: String,
    /// Real records.
    pub records: u64,
    /// Pairs of real records put together.
    pub found_pairs: u64,
    /// Decoys offered.
    pub decoys: u64,
    /// Decoys whose weight with some real record, donors' clusters left out, reaches the link threshold.
    pub decoys_linked: u64,
    /// Of these, decoys that clustering joins to a profile.
    pub decoys_joined: u64,
    /// Pairs of a decoy and a real record put together.
    pub decoy_pairs: u64,
    /// Wrong pairs of real records to be expected.
    pub false_pairs_expected: Option<f64>,
    /// Estimated share of wrong pairs among those put together.
    pub false_discovery_rate: Option<f64>,
    /// Its 95 % interval.
    pub interval_95: Option<[f64; 2]>,
    /// What the estimate cannot see.
    pub note: &'static str,
}

/// Clusters prepared records, offers them decoys, as many as `share_percent` of the records, and scales what happened.
pub fn estimate(
    raw: &[RawRecord],
    records: Vec<PreparedRecord>,
    options: &Options<'_>,
    share_percent: u32,
) -> DecoyReport {
    let outcome = pipeline::resolve(records, options);
    let mut raw: Vec<&RawRecord> = raw.iter().collect();
    raw.sort_by_cached_key(|record| record.key.handle());
    let made = decoy::decoys(&raw, (raw.len() * share_percent as usize).div_ceil(100));
    let handle = |position: &usize| raw.get(*position).map(|record| record.key.handle());
    let mut donors: BTreeMap<RecordHandle, Vec<RecordHandle>> =
        made.iter().map(|decoy| (decoy.key.handle(), decoy.donors.iter().filter_map(handle).collect())).collect();
    let decoys: Vec<RawRecord> = made.into_iter().map(Decoy::<RawAttribute>::record).collect();
    let decoys = pipeline::features(&pipeline::prepared(&decoys, options.progress), options.model);
    options.progress.stage("decoys", decoys.len() as u64);
    let offered = |features: Features| {
        let donors = donors.remove(&features.handle).unwrap_or_default();
        Offered { features, donors }
    };
    let offered: Vec<Offered> = decoys.into_iter().map(offered).collect();
    let members: Vec<Vec<RecordHandle>> = outcome.profiles.iter().map(|(a, _)| a.members.clone()).collect();
    let (features, keys) = features_and_keys(&outcome, options);
    let limits = options.limits();
    let room = |key: BlockKey| keys.under(key).filter(|block| block.len() < limits.of(key));
    let store = FeatureStore::Spread(features.into());
    let sketches = store.sketches();
    let sketch = |position: usize| sketches.get(position).cloned();
    let (linked, counts) = Finished::new(options, &store, &sketch, &members, &room).offer_all(&offered);
    report(options, &counts, linked)
}

fn report(options: &Options<'_>, counts: &DecoyCounts, decoys_linked: u64) -> DecoyReport {
    let rate = discovery_rate(counts);
    DecoyReport {
        model: options.model.version.to_string(),
        records: counts.records,
        found_pairs: counts.found_pairs,
        decoys: counts.decoys,
        decoys_linked,
        decoys_joined: counts.decoys_joined,
        decoy_pairs: counts.decoy_pairs,
        false_pairs_expected: rate.map(|rate| rate.false_pairs),
        false_discovery_rate: rate.map(|rate| rate.rate),
        interval_95: rate.map(|rate| [rate.low, rate.high]),
        note: NOTE,
    }
}

/// Blocking keys with the records under them.
struct Keys {
    keys: Vec<BlockKey>,
    positions: Vec<u32>,
}

impl Keys {
    fn under(&self, key: BlockKey) -> Option<&[u32]> {
        let first = self.keys.partition_point(|other| *other < key);
        let end = self.keys.partition_point(|other| *other <= key);
        self.positions.get(first..end)
    }
}

/// The features of all records, generic values taken out, and where each stands.
fn features_and_keys(outcome: &Outcome, options: &Options<'_>) -> (Vec<Features>, Keys) {
    let mut features = pipeline::features(&outcome.records, options.model);
    let keys_of = |(position, features): (usize, &Features)| {
        block::keys(features).into_iter().map(move |key| (key, position as u32))
    };
    let mut keyed: Vec<(BlockKey, u32)> =
        features.par_iter().with_min_len(256).enumerate().flat_map_iter(keys_of).collect();
    keyed.par_sort_unstable();
    let (keys, positions) = keyed.into_iter().unzip();
    let keys = Keys { keys, positions };
    let limits = options.limits();
    let is_generic = |key: BlockKey| keys.under(key).is_some_and(|block| block.len() > limits.of(key));
    features.par_iter_mut().for_each(|features| {
        let wholes = block::keys_and_wholes(features).1;
        GenericMask::of(&wholes, &is_generic).strip(features, &options.model.frequencies);
    });
    (features, keys)
}
