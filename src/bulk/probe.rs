//! Decoys that go along with a run: a sample of records of nobody, offered to the finished clusters, tells how many wrong pairs to expect.
//! The method is that of `guiyi evaluate decoys`; what it costs is bounded by the size of the sample.
//!
//! Donors are a sample of the records too. Both are drawn by hashes of the records' keys, so that neither the order of the input nor
//! threads show.

use rayon::prelude::*;

use super::blocks::Watched;
use super::evaluate::offering::{Finished, Offered, SketchOf};
use super::features::{self, FeatureStore};
use super::pipeline::Options;
use super::spool::Spool;
use crate::domain::block;
use crate::domain::features::{Features, codec};
use crate::domain::hash::{mix, stable_hash};
use crate::domain::id::{BlockKey, RecordHandle};
use crate::domain::measure::decoy::{self, Decoy, DecoyCounts};
use crate::domain::record::{Attribute, PreparedRecord};
use crate::domain::score::term_frequency::TermFrequencies;
use crate::error::Result;

/// Records below which a run says nothing about its precision.
pub const RECORDS_MIN: usize = 1_000;

/// Records for each decoy, and the limits of their number: what they cost stays at some two per cent of a run's CPU.
const RECORDS_A_DECOY: usize = 40;
const DECOYS_MIN: usize = 100;
const DECOYS_MAX: usize = 4_000;

/// Donors for each decoy.
const DONORS_A_DECOY: usize = 4;

/// Decoys and where their donors stand.
pub struct Probe {
    decoys: Vec<Made>,
    /// The blocking keys of all decoys, ascending, each once.
    pub keys: Vec<BlockKey>,
}

struct Made {
    packed: Vec<u8>,
    keys: Vec<BlockKey>,
    donors: Vec<RecordHandle>,
}

impl Probe {
    /// Makes decoys for the records of a run; none for a few.
    pub fn of(spool: &Spool) -> Result<Option<Self>> {
        let records = spool.directory.len();
        if records < RECORDS_MIN {
            return Ok(None);
        }
        let count = (records / RECORDS_A_DECOY).clamp(DECOYS_MIN, DECOYS_MAX);
        let handles = (0..records).map(|position| spool.directory.handle(position));
        let pool = drawn(handles, (count * DONORS_A_DECOY).min(records));
        let pool: Result<Vec<Option<PreparedRecord>>> =
            pool.into_par_iter().with_min_len(16).map(|handle| spool.record(handle)).collect();
        let pool: Vec<PreparedRecord> = pool?.into_iter().flatten().collect();
        let made = decoy::decoys(&pool.iter().collect::<Vec<_>>(), count);
        let make = |decoy: Decoy<Attribute>| {
            let donors = decoy.donors.iter().filter_map(|donor| pool.get(*donor)).map(|donor| donor.key.handle());
            let donors = donors.collect();
            let record = decoy.record();
            Made { packed: features::pack(&record), keys: block::keys(&Features::unrated(&record)), donors }
        };
        let decoys: Vec<Made> = made.into_par_iter().with_min_len(16).map(make).collect();
        let mut keys: Vec<BlockKey> = decoys.iter().flat_map(|made| made.keys.iter().copied()).collect();
        keys.sort_unstable();
        keys.dedup();
        Ok(Some(Self { decoys, keys }))
    }

    /// Offers the decoys to finished clusters; `watched` has their keys.
    pub fn offer(
        &self,
        options: &Options<'_>,
        store: &FeatureStore<'_>,
        sketch: &SketchOf<'_>,
        watched: &Watched,
        clusters: &[Vec<RecordHandle>],
    ) -> DecoyCounts {
        options.progress.stage("decoys", self.decoys.len() as u64);
        let frequencies: &TermFrequencies = &options.model.frequencies;
        let offered = |made: &Made| {
            let features = codec::decode(&made.packed, frequencies)?;
            Some(Offered { features, donors: made.donors.clone() })
        };
        let offered: Vec<Offered> = self.decoys.par_iter().with_min_len(16).filter_map(offered).collect();
        let limits = options.limits();
        let room = |key: BlockKey| watched.room(key, limits);
        Finished::new(options, store, sketch, clusters, &room).offer_all(&offered).1
    }
}

/// So many records as a hash of their handles draws them; ascending.
fn drawn(handles: impl Iterator<Item = RecordHandle>, count: usize) -> Vec<RecordHandle> {
    let seed = stable_hash(&["donors of decoys"]);
    let mut lots: Vec<(u64, RecordHandle)> = handles.map(|handle| (mix(handle.0 ^ seed), handle)).collect();
    if count < lots.len() {
        lots.select_nth_unstable(count);
        lots.truncate(count);
    }
    let mut drawn: Vec<RecordHandle> = lots.into_iter().map(|(_, handle)| handle).collect();
    drawn.sort_unstable();
    drawn
}
