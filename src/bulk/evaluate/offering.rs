//! Offering records one by one to finished clusters: each is looked up, compared and clustered as a new record would be, and the clusters
//! stay as they are. What it shares with clusters that it was copied from is left out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::bulk::features::FeatureStore;
use crate::bulk::pipeline::Options;
use crate::domain::block;
use crate::domain::cluster;
use crate::domain::features::Features;
use crate::domain::features::sketch::Sketch;
use crate::domain::generic::GenericMask;
use crate::domain::id::{BlockKey, MatchWeight, RecordHandle};
use crate::domain::measure::decoy::DecoyCounts;
use crate::domain::measure::entity::pairs;
use crate::domain::score::{self, Evidence, prefilter};

/// A record to offer.
pub struct Offered {
    /// Its features under the frequencies of the model.
    pub features: Features,
    /// The records that gave its parts.
    pub donors: Vec<RecordHandle>,
}

/// The sketch of the record at a position.
pub type SketchOf<'s> = dyn Fn(usize) -> Option<Sketch> + Sync + 's;

/// The finished clusters with what finding and comparing needs.
pub struct Finished<'s> {
    options: &'s Options<'s>,
    store: &'s FeatureStore<'s>,
    sketch: &'s SketchOf<'s>,
    /// Records of each profile, ascending.
    members: &'s [Vec<RecordHandle>],
    profile_of: Vec<u32>,
    /// Positions of the records under a key; nothing where there is no room for one more.
    room: &'s (dyn Fn(BlockKey) -> Option<&'s [u32]> + Sync),
}

/// What became of one record.
struct Offer {
    linked: bool,
    /// Real records it was put together with.
    partners: u64,
}

impl<'s> Finished<'s> {
    /// Clusters over the records of a store, generic values taken out.
    pub fn new(
        options: &'s Options<'s>,
        store: &'s FeatureStore<'s>,
        sketch: &'s SketchOf<'s>,
        members: &'s [Vec<RecordHandle>],
        room: &'s (dyn Fn(BlockKey) -> Option<&'s [u32]> + Sync),
    ) -> Self {
        let mut profile_of = vec![u32::MAX; store.len()];
        for (number, members) in members.iter().enumerate() {
            for position in members.iter().filter_map(|handle| store.position(*handle)) {
                if let Some(profile) = profile_of.get_mut(position) {
                    *profile = number as u32;
                }
            }
        }
        Self { options, store, sketch, members, profile_of, room }
    }

    /// Offers all of them; how many reached the link threshold with some record, and what there is to count.
    pub fn offer_all(&self, offered: &[Offered]) -> (u64, DecoyCounts) {
        let offers: Vec<Offer> = offered.par_iter().with_min_len(16).map(|offered| self.offer(offered)).collect();
        let records = self.store.len() as u64;
        let squares: u64 = self.members.iter().map(|members| (members.len() * members.len()) as u64).sum();
        let counts = DecoyCounts {
            records,
            found_pairs: self.members.iter().map(|members| pairs(members.len() as u64)).sum(),
            decoys: offers.len() as u64,
            decoys_joined: offers.iter().filter(|offer| offer.partners > 0).count() as u64,
            decoy_pairs: offers.iter().map(|offer| offer.partners).sum(),
            partners_expected_thousandths: 1_000 * squares / records.max(1),
        };
        (offers.iter().filter(|offer| offer.linked).count() as u64, counts)
    }

    fn of_record(&self, position: usize) -> u32 {
        self.profile_of.get(position).copied().unwrap_or(u32::MAX)
    }

    /// Looks a record up, compares it, and lets it join the profile it links best to, if clustering agrees.
    fn offer(&self, offered: &Offered) -> Offer {
        self.options.progress.advance(1);
        let model = self.options.model;
        let donors = offered.donors.iter().filter_map(|donor| self.store.position(*donor));
        let donors: BTreeSet<u32> = donors.map(|position| self.of_record(position)).collect();
        let candidates = self.candidates(&offered.features);
        let mut features = offered.features.clone();
        let is_generic = |key: BlockKey| (self.room)(key).is_none();
        GenericMask::of(&block::keys_and_wholes(&features).1, &is_generic).strip(&mut features, &model.frequencies);
        let mut links: BTreeMap<u32, MatchWeight> = BTreeMap::new();
        for position in candidates {
            let profile = self.of_record(position as usize);
            if donors.contains(&profile) {
                continue;
            }
            if let Some(weight) = self.link(position as usize, &features) {
                let best = links.entry(profile).or_insert(weight);
                *best = weight.max(*best);
            }
        }
        let mut profiles: Vec<(MatchWeight, u32)> =
            links.into_iter().map(|(profile, weight)| (weight, profile)).collect();
        profiles.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let partners = profiles.iter().map(|(_, profile)| self.joined(&features, *profile)).find(|count| *count > 0);
        Offer { linked: !profiles.is_empty(), partners: partners.unwrap_or(0) }
    }

    /// The weight by which a record links to one that is there, where it does.
    fn link(&self, position: usize, offered: &Features) -> Option<MatchWeight> {
        let (model, link) = (self.options.model, self.options.model.thresholds.link);
        let sketch = &(self.sketch)(position)?;
        let is_first = self.store.handle(position) <= offered.handle;
        let (a, b) = if is_first { (sketch, &offered.sketch) } else { (&offered.sketch, sketch) };
        if !prefilter::may_reach(model, a, b, link) {
            return None;
        }
        let weighed = score::weigh_from(model, &*self.store.get(position)?, offered, link)?;
        (!weighed.cannot_link).then_some(weighed.weight)
    }

    /// Positions of the records that share a key with a record under which there is room for one more.
    fn candidates(&self, offered: &Features) -> BTreeSet<u32> {
        block::keys(offered).into_iter().filter_map(|key| (self.room)(key)).flatten().copied().collect()
    }

    /// How many records of a profile clustering puts together with a record.
    fn joined(&self, offered: &Features, profile: u32) -> u64 {
        let (model, judgements) = (self.options.model, self.options.judgements);
        let Some(members) = self.members.get(profile as usize) else { return 0 };
        if members.len() >= model.limits.component_records_max {
            return members.len() as u64;
        }
        let mut handles = members.clone();
        handles.push(offered.handle);
        handles.sort_unstable();
        let features: Vec<Option<Cow<'_, Features>>> = handles
            .iter()
            .map(|handle| match *handle == offered.handle {
                true => Some(Cow::Borrowed(offered)),
                false => self.store.get(self.store.position(*handle)?),
            })
            .collect();
        let of = |handle: RecordHandle| features.get(handles.binary_search(&handle).ok()?)?.as_deref();
        let evidence = |a: RecordHandle, b: RecordHandle| match (of(a), of(b)) {
            (Some(a), Some(b)) => score::evidence(model, a, b),
            _ => Evidence::default(),
        };
        let partition = cluster::partition(model, &handles, &cluster::complete(&handles), judgements, &evidence);
        let own = partition.clusters.iter().find(|cluster| cluster.contains(&offered.handle));
        own.map_or(0, |cluster| cluster.len() as u64 - 1)
    }
}
