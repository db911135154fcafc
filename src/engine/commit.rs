//! Commands and batches: what a command reads and writes, how it is committed, and how many commits share one sync.
//!
//! Commands run one after another under the writer's lock, so two simultaneous upserts of one person cannot miss each other. A single
//! command is one batch; those of a stream share batches of a few. The lock is given back before the disk has confirmed the
//! commit; the answer waits for the confirmation outside, and whoever waits first syncs for everybody who committed meanwhile.

use std::cell::RefCell;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use parking_lot::MutexGuard;
use rustc_hash::FxHashMap;

use super::Engine;
use super::ahead::AheadRows;
use super::generation::{Generation, Generations};
use super::hot::HotRecord;
use super::overlay::Overlay;
use super::rows;
use crate::domain::event::Event;
use crate::domain::generic::GenericOverrides;
use crate::domain::id::{BlockKey, RecordHandle};
use crate::error::{Error, ErrorKind, Result};
use crate::store::stored::{StoredChange, StoredFeed};
use crate::store::workspace::Workspace;
use crate::store::{Durability, Space, keys};

/// What a command or a read works on: a workspace, and for commands what they have changed so far.
pub(super) struct Scope<'s> {
    workspace: Workspace<'s>,
    /// Edges and profiles, as read and as written.
    pub(super) overlay: Overlay,
    /// The model in force and its edges.
    pub(super) active: Generation,
    /// The model under evaluation and its edges: kept up to date beside those in force.
    pub(super) next: Option<Generation>,
    /// What people said about generic values.
    pub(super) overrides: Arc<GenericOverrides>,
    /// Held by a command: what it loads is the latest and may be cached.
    latest: bool,
    /// Hot records that the command has written (`None`: deleted).
    fresh: RefCell<FxHashMap<RecordHandle, Option<Arc<HotRecord>>>>,
    /// The rows read ahead that were taken over last.
    ahead: RefCell<Option<Arc<AheadRows>>>,
    events: RefCell<Vec<Event>>,
    changes: RefCell<Vec<StoredChange>>,
}

impl<'s> Deref for Scope<'s> {
    type Target = Workspace<'s>;
    fn deref(&self) -> &Workspace<'s> {
        &self.workspace
    }
}

impl<'s> Scope<'s> {
    /// The generations whose edges are kept up to date, that in force first.
    pub(super) fn generations(&self) -> impl Iterator<Item = &Generation> {
        std::iter::once(&self.active).chain(&self.next)
    }

    /// Records that may stand under a blocking key before it is generic.
    pub(super) fn block_limit(&self, key: BlockKey) -> usize {
        self.overrides.limit(key, self.active.model.limits.block_records_max)
    }

    /// Looks at everything as it will be once the model under evaluation is in force.
    pub(super) fn promote(self) -> Self {
        match self.next {
            Some(next) => Self { active: next, next: None, ..self },
            None => self,
        }
    }

    /// What followers would be told.
    pub(super) fn into_told(self) -> Vec<StoredChange> {
        self.changes.into_inner()
    }

    /// How often something was written or deleted here, the same key counted again.
    fn write_count(&self) -> usize {
        self.workspace.write_count() + self.overlay.write_count()
    }

    /// Writes an event into the log when the command is committed.
    pub(super) fn log(&self, event: Event) {
        self.events.borrow_mut().push(event);
    }

    /// Tells those who follow profiles when the command is committed.
    pub(super) fn tell(&self, change: StoredChange) {
        self.changes.borrow_mut().push(change);
    }

    /// Replaces a hot record (`None`: deletes it).
    pub(super) fn put_hot(&self, handle: RecordHandle, record: Option<Arc<HotRecord>>) {
        self.fresh.borrow_mut().insert(handle, record);
    }

    /// What the command has made of a hot record, if it has written it.
    pub(super) fn fresh(&self, handle: RecordHandle) -> Option<Option<Arc<HotRecord>>> {
        self.fresh.borrow().get(&handle).cloned()
    }

    /// Whether rows read ahead are still to be taken over: once is enough for all commands of a batch.
    pub(super) fn takes_over(&self, rows: &Arc<AheadRows>) -> bool {
        let earlier = self.ahead.replace(Some(Arc::clone(rows)));
        earlier.is_none_or(|earlier| !Arc::ptr_eq(&earlier, rows))
    }

    /// Whether the scope sees the latest state.
    pub(super) fn is_latest(&self) -> bool {
        self.latest
    }
}

/// What the writer's lock protects.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// Number of the last batch that wrote something.
    sequence: u64,
}

/// How far commits and syncs have come, as sequence numbers.
#[derive(Debug, Default)]
pub(super) struct Progress {
    committed: AtomicU64,
    /// Everything up to here is on disk. Held while syncing, so that others wait for that sync and then look again.
    syncing: Mutex<()>,
    synced: AtomicU64,
}

impl Engine {
    /// Starts counting where the store ends.
    pub(super) fn find_sequence(&self) -> Result<()> {
        let scope = self.scope(false)?;
        let last = |space| scope.last_key(space).map(|key| key.and_then(|key| keys::first(&key)).unwrap_or(0));
        // Numbers of pruned entries stand in the tokens of followers.
        let sequence = last(Space::Events)?.max(last(Space::Feed)?).max(self.feed_pruned(&scope)?);
        self.lock_writer()?.sequence = sequence;
        self.progress.committed.store(sequence, Ordering::SeqCst);
        self.progress.synced.store(sequence, Ordering::SeqCst);
        Ok(())
    }

    pub(super) fn scope(&self, latest: bool) -> Result<Scope<'_>> {
        let Generations { active, next } = self.generations();
        Ok(Scope {
            workspace: Workspace::new(self.store.snapshot()?),
            overlay: Overlay::default(),
            active,
            next,
            overrides: self.overrides(),
            latest,
            fresh: RefCell::default(),
            ahead: RefCell::default(),
            events: RefCell::default(),
            changes: RefCell::default(),
        })
    }

    /// Runs a command: `work` writes into the scope, all of it is committed as one batch, and with [`Durability::Synced`] it
    /// is on disk before the answer is returned.
    pub(super) fn command<A>(
        &self,
        actor: &str,
        durability: Durability,
        work: impl FnOnce(&Scope<'_>) -> Result<A>,
    ) -> Result<A> {
        let answer = {
            let mut writer = self.lock_writer()?;
            let scope = self.scope(true)?;
            let answer = work(&scope)?;
            self.commit(&mut writer, actor, scope)?;
            answer
        };
        if durability == Durability::Synced {
            // A repeated request wrote nothing, yet its first answer may not be on disk.
            self.sync()?;
        }
        Ok(answer)
    }

    /// Runs commands one after another as one batch; each sees what those before it wrote.
    ///
    /// A command that fails, as most do, before it has written anything leaves the batch as it was. One that fails later spoils
    /// it: the batch is given up and every command runs on its own.
    pub(super) fn commands<C, A>(
        &self,
        actor: &str,
        commands: &[C],
        work: impl Fn(&Scope<'_>, &C) -> Result<A>,
    ) -> Result<Vec<Result<A>>> {
        let mut writer = self.lock_writer()?;
        let scope = self.scope(true)?;
        let mut answers = Vec::with_capacity(commands.len());
        let mut spoilt = false;
        for command in commands {
            let before = scope.write_count();
            let answer = guarded(|| work(&scope, command));
            spoilt = answer.is_err() && scope.write_count() != before;
            if spoilt {
                break;
            }
            answers.push(answer);
        }
        if !spoilt {
            self.commit(&mut writer, actor, scope)?;
        }
        // Whoever waits for the lock has it before the next batch.
        MutexGuard::unlock_fair(writer);
        if spoilt {
            let alone = |command| guarded(|| self.command(actor, Durability::Deferred, |scope| work(scope, command)));
            return Ok(commands.iter().map(alone).collect());
        }
        Ok(answers)
    }

    /// Commands run one after another; a command that panicked has committed nothing, so its lock is taken over.
    pub(super) fn lock_writer(&self) -> Result<MutexGuard<'_, Writer>> {
        if self.is_read_only() {
            return Err(Error::store(
                "an earlier write failed, so this server only reads; restart it once the disk is well",
            ));
        }
        Ok(self.writer.lock())
    }

    pub(super) fn commit(&self, writer: &mut Writer, actor: &str, scope: Scope<'_>) -> Result<()> {
        let Scope { workspace, overlay, fresh, events, changes, .. } = scope;
        overlay.flush(&workspace);
        let (events, changes) = (events.into_inner(), changes.into_inner());
        let sequence = writer.sequence + 1;
        let micros = self.clock.now().micros;
        if !events.is_empty() {
            workspace.put(Space::Events, keys::sequence(sequence), &rows::events(actor, micros, &events));
        }
        if !changes.is_empty() {
            workspace.put(Space::Feed, keys::sequence(sequence), &StoredFeed { micros, changes });
        }
        self.prune_feed(&workspace, sequence, micros)?;
        let batch = workspace.into_batch();
        if batch.writes.is_empty() && batch.cleared.is_empty() {
            return Ok(());
        }
        self.recent.lock().note(sequence, &batch);
        self.store.commit(&batch, Durability::Deferred).inspect_err(|_| self.stop_writing())?;
        writer.sequence = sequence;
        // Before anybody hears of the commit: whoever reads as of it must not find an older record in the cache.
        self.cache.commit(sequence, fresh.into_inner());
        self.progress.committed.store(sequence, Ordering::SeqCst);
        Ok(())
    }

    /// Puts every commit so far on disk; answers given before it must not have left.
    pub fn sync(&self) -> Result<()> {
        let wanted = self.progress.committed.load(Ordering::SeqCst);
        if self.progress.synced.load(Ordering::SeqCst) >= wanted {
            return Ok(());
        }
        let _syncing = self.progress.syncing.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if self.progress.synced.load(Ordering::SeqCst) >= wanted {
            return Ok(());
        }
        if self.is_read_only() {
            return Err(Error::store("an earlier write failed, so it is not known what is on disk"));
        }
        let covered = self.progress.committed.load(Ordering::SeqCst);
        self.store.sync().inspect_err(|_| self.stop_writing())?;
        self.progress.synced.store(covered, Ordering::SeqCst);
        Ok(())
    }

    /// Number of the last batch that readers see.
    pub(super) fn committed_sequence(&self) -> u64 {
        self.progress.committed.load(Ordering::SeqCst)
    }

    /// Number of the last batch that is on disk.
    pub fn synced_sequence(&self) -> u64 {
        self.progress.synced.load(Ordering::SeqCst)
    }
}

/// One poisoned record must not stop the rest; a command that panics has committed nothing.
pub(super) fn guarded<A>(work: impl FnOnce() -> Result<A>) -> Result<A> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(ErrorKind::Panicked.into()))
}
