//! The engine: synchronous commands on a store. One command is one atomic batch, synced before the answer leaves.
//!
//! Commands run one after another under a lock; reads run on snapshots beside them. Entities stay a pure function of the
//! records, the judgements and the model: an upsert gives the partition that a bulk run over the same records gives.

mod cache;
mod command;
mod delete;
mod explain;
mod neighbourhood;
mod read;
mod resolve;
mod review;
mod search;
mod upsert;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use cache::{LoadedRecord, RecordCache};

use crate::domain::date::{CivilDate, Timestamp};
use crate::domain::event::Event;
use crate::domain::id::RecordKey;
use crate::domain::model::MatchModel;
use crate::domain::quality::rule::RuleSet;
use crate::domain::survive::SurvivorshipPolicy;
use crate::error::{Error, Result};
use crate::store::stored::{StoredEvent, StoredMeta};
use crate::store::workspace::Workspace;
use crate::store::{Durability, Space, Store, keys};

pub use command::{etag, record_name};
pub use explain::{MatchExplanation, ProfileExplanation};
pub use read::{Page, ProfileView, RecordView};
pub use review::{LEASE_SECONDS_MAX, ReviewCommand, TaskView};
pub use search::{MatchCandidate, MatchResult};
pub use upsert::{Candidate, Outcome, Resolution, UpsertAnswer, UpsertCommand};

/// Layout of the store; a folder of another version is refused with a clear word.
pub const FORMAT_VERSION: u32 = 1;

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

/// Commands and reads on one store.
pub struct Engine {
    store: Arc<dyn Store>,
    model: MatchModel,
    policy: SurvivorshipPolicy,
    record_rules: RuleSet,
    clock: Arc<dyn Clock>,
    cache: RecordCache,
    writer: Mutex<()>,
    /// A commit or sync failed: what is on disk is unknown, so nothing more is written.
    read_only: AtomicBool,
}

impl Engine {
    /// Opens the engine on a store; a new store is bound to the model.
    pub fn open(
        store: Arc<dyn Store>,
        model: MatchModel,
        policy: SurvivorshipPolicy,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        let engine = Self {
            store,
            model,
            policy,
            record_rules: RuleSet::empty(),
            clock,
            cache: RecordCache::default(),
            writer: Mutex::new(()),
            read_only: AtomicBool::new(false),
        };
        engine.check_format()?;
        Ok(engine)
    }

    /// Judges records by these rules; without them by none.
    pub fn with_record_rules(self, record_rules: RuleSet) -> Self {
        Self { record_rules, ..self }
    }

    /// The record rules in force.
    pub fn record_rules(&self) -> &RuleSet {
        &self.record_rules
    }

    /// Today, in UTC.
    pub fn today(&self) -> Option<CivilDate> {
        self.clock.now().date()
    }

    fn check_format(&self) -> Result<()> {
        let workspace = self.workspace()?;
        let model = self.model.version.to_string();
        match workspace.get::<StoredMeta>(Space::Meta, META)? {
            None => {
                let meta = StoredMeta { format_version: FORMAT_VERSION, model, last_event: 0 };
                workspace.put(Space::Meta, META.to_vec(), &meta);
                self.commit(workspace, Durability::Synced)
            }
            Some(meta) if meta.format_version != FORMAT_VERSION => {
                let found = meta.format_version;
                Err(Error::store(format!("the store has format {found}, this program reads {FORMAT_VERSION}")))
            }
            Some(meta) if meta.model != model => {
                let message = "the store was derived with another match model; load its records into a new store";
                Err(Error::store(format!("{message} ({} there, {model} here)", meta.model)))
            }
            Some(_) => Ok(()),
        }
    }

    /// The match model in force.
    pub fn model(&self) -> &MatchModel {
        &self.model
    }

    /// Puts every deferred commit on disk; answers given before it must not have left.
    pub fn sync(&self) -> Result<()> {
        self.store.sync().inspect_err(|_| self.read_only.store(true, Ordering::SeqCst))
    }

    /// A failed commit made the engine read-only.
    pub fn is_read_only(&self) -> bool {
        self.read_only.load(Ordering::SeqCst)
    }

    fn workspace(&self) -> Result<Workspace<'_>> {
        Ok(Workspace::new(self.store.snapshot()?))
    }

    /// Commands run one after another; a command that panicked has committed nothing, so its lock is taken over.
    fn lock_writer(&self) -> Result<MutexGuard<'_, ()>> {
        if self.is_read_only() {
            return Err(Error::store(
                "an earlier write failed, so this server only reads; restart it once the disk is well",
            ));
        }
        Ok(self.writer.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    fn commit(&self, workspace: Workspace<'_>, durability: Durability) -> Result<()> {
        let batch = workspace.into_batch();
        self.store.commit(&batch, durability).inspect_err(|_| self.read_only.store(true, Ordering::SeqCst))
    }

    /// Appends to the event log.
    fn log(&self, workspace: &Workspace<'_>, actor: &str, events: &[Event]) -> Result<()> {
        let mut meta: StoredMeta = workspace.get(Space::Meta, META)?.unwrap_or_default();
        for event in events {
            meta.last_event += 1;
            let line = StoredEvent {
                kind: event.code().to_owned(),
                subject: event.subject(),
                actor: actor.to_owned(),
                detail: event.detail(),
                micros: self.clock.now().micros,
            };
            workspace.put(Space::Events, keys::event(meta.last_event), &line);
        }
        workspace.put(Space::Meta, META.to_vec(), &meta);
        Ok(())
    }
}

/// The key of the store's only [`StoredMeta`].
const META: &[u8] = b"store";
