//! The share of wrong pairs without labels, from decoys: records of nobody, offered one by one to the finished clusters.
//!
//! A decoy is looked up, compared and clustered as a new record would be. What it shares with its donors' clusters is left out,
//! since it was copied from there; everything else that it joins is wrong. The clusters of the real records stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::bulk::pipeline::{self, Options, Outcome};
use crate::domain::block;
use crate::domain::cluster;
use crate::domain::features::Features;
use crate::domain::generic::GenericMask;
use crate::domain::id::{BlockKey, MatchWeight, RecordHandle};
use crate::domain::measure::decoy::{self, DecoyCounts, discovery_rate};
use crate::domain::measure::entity::pairs;
use crate::domain::model::MatchModel;
use crate::domain::record::{PreparedRecord, RawRecord};
use crate::domain::score::{self, Evidence};

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
    let profiles = Profiles::of(&outcome, options);
    let donors: BTreeMap<RecordHandle, BTreeSet<u32>> = made
        .iter()
        .map(|decoy| (decoy.record.key.handle(), decoy.donors.iter().map(|donor| profiles.of_record(*donor)).collect()))
        .collect();
    let decoys: Vec<RawRecord> = made.into_iter().map(|decoy| decoy.record).collect();
    let decoys = pipeline::features(&pipeline::prepared(&decoys, options.progress), options.model);
    options.progress.stage("decoys", decoys.len() as u64);
    let nothing = BTreeSet::new();
    let offers: Vec<Offer> = decoys
        .par_iter()
        .with_min_len(64)
        .map(|decoy| {
            options.progress.advance(1);
            profiles.offer(options, decoy, donors.get(&decoy.handle).unwrap_or(&nothing))
        })
        .collect();
    let squares: u64 = profiles.members.iter().map(|members| (members.len() * members.len()) as u64).sum();
    let counts = DecoyCounts {
        records: raw.len() as u64,
        found_pairs: profiles.members.iter().map(|members| pairs(members.len() as u64)).sum(),
        decoys: offers.len() as u64,
        decoys_joined: offers.iter().filter(|offer| offer.partners > 0).count() as u64,
        decoy_pairs: offers.iter().map(|offer| offer.partners).sum(),
        partners_expected_thousandths: 1_000 * squares / (raw.len().max(1) as u64),
    };
    let linked = offers.iter().filter(|offer| offer.linked).count() as u64;
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

/// What became of one decoy.
struct Offer {
    linked: bool,
    /// Real records it was put together with.
    partners: u64,
}

/// The finished clusters with what finding and comparing needs.
struct Profiles {
    features: Vec<Features>,
    /// Blocking keys with the records under them, ascending.
    keys: Vec<(BlockKey, u32)>,
    /// Handles of each profile's records, ascending.
    members: Vec<Vec<RecordHandle>>,
    profile_of: Vec<u32>,
}

/// The records under a key.
fn under(keys: &[(BlockKey, u32)], key: BlockKey) -> &[(BlockKey, u32)] {
    let first = keys.partition_point(|(other, _)| *other < key);
    let end = keys.partition_point(|(other, _)| *other <= key);
    keys.get(first..end).unwrap_or_default()
}

/// Takes generic values out of features.
fn strip(model: &MatchModel, features: &mut Features, is_generic: &dyn Fn(BlockKey) -> bool) {
    GenericMask::of(&block::keys_and_wholes(features).1, is_generic).strip(features, &model.frequencies);
}

impl Profiles {
    fn of(outcome: &Outcome, options: &Options<'_>) -> Self {
        let mut features = pipeline::features(&outcome.records, options.model);
        let keys_of = |(position, features): (usize, &Features)| {
            block::keys(features).into_iter().map(move |key| (key, position as u32))
        };
        let mut keys: Vec<(BlockKey, u32)> =
            features.par_iter().with_min_len(256).enumerate().flat_map_iter(keys_of).collect();
        keys.par_sort_unstable();
        let limit = options.model.limits.block_records_max;
        features
            .par_iter_mut()
            .for_each(|features| strip(options.model, features, &|key| under(&keys, key).len() > limit));
        let mut members = Vec::with_capacity(outcome.profiles.len());
        let mut profile_of = vec![0; features.len()];
        for (number, (assignment, _)) in outcome.profiles.iter().enumerate() {
            let mut handles = assignment.members.clone();
            handles.sort_unstable();
            for position in handles.iter().filter_map(|handle| outcome.position(*handle)) {
                if let Some(profile) = profile_of.get_mut(position) {
                    *profile = number as u32;
                }
            }
            members.push(handles);
        }
        Self { features, keys, members, profile_of }
    }

    fn of_record(&self, position: usize) -> u32 {
        self.profile_of.get(position).copied().unwrap_or(u32::MAX)
    }

    /// Looks a decoy up, compares it, and lets it join the profile it links best to, if clustering agrees.
    fn offer(&self, options: &Options<'_>, decoy: &Features, donors: &BTreeSet<u32>) -> Offer {
        let mut links: BTreeMap<u32, MatchWeight> = BTreeMap::new();
        let limit = options.model.limits.block_records_max;
        let candidates = self.candidates(decoy, limit);
        let mut decoy = decoy.clone();
        strip(options.model, &mut decoy, &|key| under(&self.keys, key).len() >= limit);
        let decoy = &decoy;
        for position in candidates {
            let profile = self.of_record(position as usize);
            let Some(features) = self.features.get(position as usize) else { continue };
            if donors.contains(&profile) {
                continue;
            }
            let scored = score::score(options.model, features, decoy);
            if scored.weight >= options.model.thresholds.link && !scored.cannot_link {
                let best = links.entry(profile).or_insert(scored.weight);
                *best = scored.weight.max(*best);
            }
        }
        let mut profiles: Vec<(MatchWeight, u32)> =
            links.into_iter().map(|(profile, weight)| (weight, profile)).collect();
        profiles.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let partners =
            profiles.iter().map(|(_, profile)| self.joined(options, decoy, *profile)).find(|count| *count > 0);
        Offer { linked: !profiles.is_empty(), partners: partners.unwrap_or(0) }
    }

    /// Positions of the records that share a key with a decoy under which there is room for one more record.
    fn candidates(&self, decoy: &Features, block_records_max: usize) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        for key in block::keys(decoy) {
            let block = under(&self.keys, key);
            if block.len() < block_records_max {
                found.extend(block.iter().map(|(_, position)| *position));
            }
        }
        found
    }

    /// How many records of a profile clustering puts together with a decoy.
    fn joined(&self, options: &Options<'_>, decoy: &Features, profile: u32) -> u64 {
        let Some(members) = self.members.get(profile as usize) else { return 0 };
        if members.len() >= options.model.limits.component_records_max {
            return members.len() as u64;
        }
        let mut handles = members.clone();
        handles.push(decoy.handle);
        handles.sort_unstable();
        let features = |handle: RecordHandle| {
            if handle == decoy.handle {
                return Some(decoy);
            }
            let position = self.features.binary_search_by_key(&handle, |f| f.handle).ok()?;
            self.features.get(position)
        };
        let evidence = |a: RecordHandle, b: RecordHandle| match (features(a), features(b)) {
            (Some(a), Some(b)) => score::evidence(options.model, a, b),
            _ => Evidence::default(),
        };
        let partition =
            cluster::partition(options.model, &handles, &cluster::complete(&handles), options.judgements, &evidence);
        let own = partition.clusters.iter().find(|cluster| cluster.contains(&decoy.handle));
        own.map_or(0, |cluster| cluster.len() as u64 - 1)
    }
}
