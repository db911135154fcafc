//! The engine: synchronous commands on a store. One command is one atomic batch, synced before the answer leaves.
//!
//! Commands run one after another under a lock; reads run on snapshots beside them. Entities stay a pure function of the
//! records, the judgements and the model: an upsert gives the partition that a bulk run over the same records gives.

mod activation;
mod ahead;
mod command;
mod commit;
mod contents;
mod delete;
mod derive;
mod explain;
mod feed;
mod generation;
mod generic;
mod hot;
mod intake;
mod neighbourhood;
mod outlines;
mod overlay;
mod pin;
mod read;
mod regroup;
mod resolve;
mod review;
pub(crate) mod rows;
mod search;
mod upsert;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};

use ahead::RecentRows;
use commit::{Progress, Writer};
use generation::Generations;
use hot::HotCache;

use crate::domain::date::{CivilDate, Timestamp};
use crate::domain::generic::GenericOverrides;
use crate::domain::id::RecordKey;
use crate::domain::model::MatchModel;
use crate::domain::quality::rule::RuleSet;
use crate::domain::survive::SurvivorshipPolicy;
use crate::error::Result;
use crate::store::{Space, Store};

pub use activation::{ModelDifference, ModelState, ModelView};
pub use command::{etag, record_name};
pub use contents::Contents;
pub use derive::StoreCheck;
pub use explain::{MatchExplanation, ProfileExplanation};
pub use feed::{Followed, ProfileEvent};
pub use generic::GenericValue;
pub use hot::LoadedRecord;
pub use intake::Intake;
pub use pin::PinCommand;
pub use read::{Page, ProfileView, RecordView};
pub use regroup::{Regroup, Regrouped};
pub use review::{LEASE_SECONDS_MAX, ReviewCommand, TaskView};
pub use search::{Found, MatchCandidate, MatchResult};
pub use upsert::{Candidate, Outcome, Resolution, UpsertAnswer, UpsertCommand};

/// Layout of the store; a folder of another version is refused with a clear word.
pub const FORMAT_VERSION: u32 = 7;
/// The oldest layout whose ground state is the same, so that [`Engine::rebuild`] can derive the rest anew.
const REBUILT_FROM_VERSION: u32 = 2;

/// Attributes of one record.
pub const RECORD_ATTRIBUTES_MAX: usize = 128;
/// Bytes of one text of a record.
pub const RECORD_TEXT_BYTES_MAX: usize = 64 << 10;
/// Bytes of a source name, record id or request id.
pub const ID_BYTES_MAX: usize = 256;

/// Tells the time; a trait, so that tests decide what time it is.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The computer's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp { micros: i64::try_from(since.as_micros()).unwrap_or(i64::MAX) }
    }
}

/// How long the engine remembers what callers may ask for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Answers by request id, in seconds.
    pub requests_seconds: i64,
    /// Changes of profiles, in seconds; `None`: for ever.
    pub feed_seconds: Option<i64>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { requests_seconds: 7 * 24 * 60 * 60, feed_seconds: None }
    }
}

/// Commands and reads on one store.
pub struct Engine {
    store: Arc<dyn Store>,
    generations: RwLock<Generations>,
    overrides: RwLock<Arc<GenericOverrides>>,
    policy: SurvivorshipPolicy,
    record_rules: RuleSet,
    retention: Retention,
    clock: Arc<dyn Clock>,
    cache: HotCache,
    writer: parking_lot::Mutex<Writer>,
    /// Changed and asked by whoever has the writer's lock.
    recent: parking_lot::Mutex<RecentRows>,
    progress: Progress,
    /// A commit or sync failed: what is on disk is unknown, so nothing more is written.
    read_only: AtomicBool,
}

impl Engine {
    /// Opens the engine on a store. A new store is bound to the model; a known one goes on with the model in force there.
    pub fn open(
        store: Arc<dyn Store>,
        model: MatchModel,
        policy: SurvivorshipPolicy,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        Self::open_from(store, model, policy, clock, FORMAT_VERSION)
    }

    /// The same on a store of an older layout, too: [`Self::rebuild`] has to be the first thing that is done then.
    pub fn open_to_rebuild(
        store: Arc<dyn Store>,
        model: MatchModel,
        policy: SurvivorshipPolicy,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        Self::open_from(store, model, policy, clock, REBUILT_FROM_VERSION)
    }

    fn open_from(
        store: Arc<dyn Store>,
        model: MatchModel,
        policy: SurvivorshipPolicy,
        clock: Arc<dyn Clock>,
        oldest: u32,
    ) -> Result<Self> {
        let engine = Self {
            store,
            generations: RwLock::new(Generations::of(Arc::new(model.clone()), Space::Edges)),
            overrides: RwLock::default(),
            policy,
            record_rules: RuleSet::empty(),
            retention: Retention::default(),
            clock,
            cache: HotCache::default(),
            writer: parking_lot::Mutex::default(),
            recent: parking_lot::Mutex::default(),
            progress: Progress::default(),
            read_only: AtomicBool::new(false),
        };
        engine.open_models(&model, oldest)?;
        engine.open_overrides()?;
        engine.find_sequence()?;
        Ok(engine)
    }

    /// Judges records by these rules; without them by none.
    pub fn with_record_rules(self, record_rules: RuleSet) -> Self {
        Self { record_rules, ..self }
    }

    /// Remembers for so long.
    pub fn with_retention(self, retention: Retention) -> Self {
        Self { retention, ..self }
    }

    /// The record rules in force.
    pub fn record_rules(&self) -> &RuleSet {
        &self.record_rules
    }

    /// Today, in UTC.
    pub fn today(&self) -> Option<CivilDate> {
        self.clock.now().date()
    }

    /// A failed commit made the engine read-only.
    pub fn is_read_only(&self) -> bool {
        self.read_only.load(Ordering::SeqCst)
    }

    /// A failed commit or sync leaves unknown what is on disk.
    fn stop_writing(&self) {
        self.read_only.store(true, Ordering::SeqCst);
    }
}

/// The key of the store's only [`StoredMeta`].
const META: &[u8] = b"store";
