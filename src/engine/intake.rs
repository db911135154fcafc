//! The intake: upserts and deletions of many callers, written by one thread, a few to a batch.
//!
//! Callers validate and normalize their records themselves, side by side; only what needs the latest state stands in the queue. The thread
//! goes from batch to batch without giving the writer's lock from hand to hand, and one commit serves everybody in a batch. Single commands
//! go before those of streams, so that whoever waits for one answer waits for two batches at most. A second thread reads ahead for single
//! commands, all together that came while it read for the last ones. A third puts on disk what single commands wrote and tells their callers: one sync serves all that came while the last one ran, and no caller holds a thread meanwhile.
//! Hundreds of threads that wake at once would take the processors from the one that writes.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use parking_lot::{Condvar, Mutex};

use super::Engine;
use super::ahead::Ahead;
use super::commit::{Scope, guarded};
use super::delete::Deletion;
use super::hot::HotRecord;
use super::upsert::{BATCH_COMMANDS_MAX, Incoming, UpsertAnswer, UpsertCommand, upsert_answer};
use crate::domain::id::{RecordHandle, RecordKey};
use crate::domain::record::PreparedRecord;
use crate::error::{Error, Result};
use crate::store::stored::StoredAnswer;

/// A command that waits for its turn.
pub(super) enum Waiting {
    /// A record to write.
    Upsert(Box<Incoming>),
    /// A record to delete.
    Delete(Deletion),
}

impl Waiting {
    /// The record that it is about.
    pub(super) fn handle(&self) -> RecordHandle {
        match self {
            Self::Upsert(incoming) => incoming.hot().features.handle,
            Self::Delete(deletion) => deletion.handle(),
        }
    }

    /// What matching needs of the record to write.
    pub(super) fn hot(&self) -> Option<&HotRecord> {
        match self {
            Self::Upsert(incoming) => Some(incoming.hot()),
            Self::Delete(_) => None,
        }
    }

    /// Whether it was made for the models of a scope.
    pub(super) fn is_for(&self, scope: &Scope<'_>) -> bool {
        match self {
            Self::Upsert(incoming) => incoming.is_for(scope),
            Self::Delete(_) => true,
        }
    }

    /// Gives it what was read ahead for it.
    pub(super) fn give(&mut self, ahead: Ahead) {
        match self {
            Self::Upsert(incoming) => incoming.ahead = Some(ahead),
            Self::Delete(deletion) => deletion.ahead = Some(ahead),
        }
    }
}

/// What became of commands, in their order.
type Answers = Vec<Result<StoredAnswer>>;

/// Hears what became of a command.
type Told = Box<dyn FnOnce(Result<StoredAnswer>) + Send>;

/// Who waits for the answers of a group.
enum Caller {
    /// Hears as soon as they are written, and sees to it that they are on disk.
    Written(SyncSender<Answers>),
    /// Hears of one command once it is on disk.
    Durable(Told),
}

/// Commands of one caller that are written together.
struct Group {
    actor: Arc<str>,
    commands: Vec<Waiting>,
    caller: Caller,
}

#[derive(Default)]
struct Groups {
    /// Of one command each.
    single: VecDeque<Group>,
    /// Of streams and batches; those of one caller keep their order.
    many: VecDeque<Group>,
    closed: bool,
}

/// Single commands for which nothing has been read ahead yet.
#[derive(Default)]
struct Unread {
    inner: Mutex<UnreadInner>,
    arrived: Condvar,
}

#[derive(Default)]
struct UnreadInner {
    waiting: VecDeque<Group>,
    closed: bool,
}

#[derive(Default)]
struct Queue {
    groups: Mutex<Groups>,
    arrived: Condvar,
}

/// Answers to single commands, with those who wait for them.
type Waiters = Vec<(Told, Result<StoredAnswer>)>;

/// What single commands wrote and nobody has been told yet.
#[derive(Default)]
struct Unsynced {
    inner: Mutex<UnsyncedInner>,
    arrived: Condvar,
}

#[derive(Default)]
struct UnsyncedInner {
    waiters: Waiters,
    closed: bool,
}

/// Takes commands of many callers in.
pub struct Intake {
    engine: Arc<Engine>,
    queue: Arc<Queue>,
    unread: Arc<Unread>,
    unsynced: Arc<Unsynced>,
    reader: Option<JoinHandle<()>>,
    writer: Option<JoinHandle<()>>,
    syncer: Option<JoinHandle<()>>,
    outliner: Option<JoinHandle<()>>,
    stopping: Arc<AtomicBool>,
}

impl Intake {
    /// Starts the threads.
    pub fn start(engine: Arc<Engine>) -> Result<Self> {
        let (queue, unsynced) = (Arc::new(Queue::default()), Arc::new(Unsynced::default()));
        let writer = {
            let (engine, queue, unsynced) = (Arc::clone(&engine), Arc::clone(&queue), Arc::clone(&unsynced));
            started("guiyi-writer", move || {
                while let Some(round) = queue.next_round() {
                    write(&engine, round, &unsynced);
                }
            })?
        };
        let unread = Arc::default();
        // Made before the other threads: where one cannot start, dropping this ends those that did.
        let mut intake = Self {
            engine,
            queue,
            unread,
            unsynced,
            reader: None,
            writer: Some(writer),
            syncer: None,
            outliner: None,
            stopping: Arc::default(),
        };
        let (engine, unread, queue) =
            (Arc::clone(&intake.engine), Arc::clone(&intake.unread), Arc::clone(&intake.queue));
        intake.reader = Some(started("guiyi-reader", move || {
            while let Some(groups) = unread.next() {
                queue.push_all(read(&engine, groups));
            }
        })?);
        let (engine, unsynced) = (Arc::clone(&intake.engine), Arc::clone(&intake.unsynced));
        intake.syncer = Some(started("guiyi-syncer", move || {
            while let Some(written) = unsynced.next() {
                sync(&engine, written);
            }
        })?);
        let (engine, stopping) = (Arc::clone(&intake.engine), Arc::clone(&intake.stopping));
        intake.outliner = Some(started("guiyi-outliner", move || engine.keep_outlined(&stopping))?);
        Ok(intake)
    }

    /// The engine that it writes to.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// As [`Engine::upsert`], on disk before it returns.
    pub fn upsert(&self, actor: &str, command: &UpsertCommand) -> Result<UpsertAnswer> {
        let (tell, told) = sync_channel(1);
        self.submit(actor, command, move |answer| drop(tell.send(answer)));
        told.recv().unwrap_or_else(|_| Err(not_run()))
    }

    /// The same without waiting: `told` hears the answer once it is on disk, mostly on another thread, which it must not keep busy. The
    /// record is normalized before this returns.
    pub fn submit(
        &self,
        actor: &str,
        command: &UpsertCommand,
        told: impl FnOnce(Result<UpsertAnswer>) + Send + 'static,
    ) {
        match guarded(|| self.engine.incoming(command)) {
            Ok((incoming, prepared)) => {
                let told = move |answer: Result<_>| told(answer.map(|answer| upsert_answer(prepared, &answer)));
                self.single(actor, Waiting::Upsert(Box::new(incoming)), Box::new(told));
            }
            Err(error) => told(Err(error)),
        }
    }

    /// As [`Engine::delete`], on disk before it returns.
    pub fn delete(&self, request_id: &str, actor: &str, key: &RecordKey, etag: &str) -> Result<()> {
        let (tell, told) = sync_channel(1);
        self.submit_deletion(request_id, actor, key, etag, move |answer| drop(tell.send(answer)));
        told.recv().unwrap_or_else(|_| Err(not_run()))
    }

    /// The same without waiting, as [`Self::submit`].
    pub fn submit_deletion(
        &self,
        request_id: &str,
        actor: &str,
        key: &RecordKey,
        etag: &str,
        told: impl FnOnce(Result<()>) + Send + 'static,
    ) {
        let deletion = Waiting::Delete(Deletion::of(request_id, key, etag));
        self.single(actor, deletion, Box::new(|answer: Result<_>| told(answer.map(drop))));
    }

    /// As [`Engine::upsert_all`], on disk before it returns. Records are normalized while earlier ones are written.
    pub fn upsert_all(&self, actor: &str, commands: &[UpsertCommand]) -> Result<Vec<Result<UpsertAnswer>>> {
        let actor: Arc<str> = actor.into();
        let mut waiting = Vec::new();
        for batch in commands.chunks(BATCH_COMMANDS_MAX) {
            let (mut commands, prepared) = self.engine.prepared_batch(batch);
            // A row that is damaged is for the writer to name, command by command.
            let _ = guarded(|| self.engine.read_ahead(&mut commands));
            let (answers, written) = sync_channel(1);
            self.queue.push(&actor, commands, Caller::Written(answers)).map_err(|_| stopping())?;
            waiting.push((prepared, written));
        }
        let mut answers = Vec::with_capacity(commands.len());
        for (prepared, written) in waiting {
            answers.extend(joined(prepared, received(&written)?));
        }
        self.engine.sync()?;
        Ok(answers)
    }

    fn single(&self, actor: &str, command: Waiting, told: Told) {
        let group = Group { actor: actor.into(), commands: vec![command], caller: Caller::Durable(told) };
        self.unread.inner.lock().waiting.push_back(group);
        self.unread.arrived.notify_one();
    }
}

fn started(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map_err(|error| Error::config(format!("the thread {name}"), error.to_string()))
}

impl Drop for Intake {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.unread.inner.lock().closed = true;
        self.unread.arrived.notify_all();
        // Of a panic the program has told already, and those who waited have got an error.
        drop(self.reader.take().map(JoinHandle::join));
        self.queue.groups.lock().closed = true;
        self.queue.arrived.notify_all();
        drop(self.writer.take().map(JoinHandle::join));
        self.unsynced.inner.lock().closed = true;
        self.unsynced.arrived.notify_all();
        drop(self.syncer.take().map(JoinHandle::join));
        if let Some(outliner) = self.outliner.take() {
            outliner.thread().unpark();
            drop(outliner.join());
        }
    }
}

impl Queue {
    /// Puts commands in the queue; gives the caller back where it is closed.
    fn push(&self, actor: &Arc<str>, commands: Vec<Waiting>, caller: Caller) -> std::result::Result<(), Caller> {
        let mut groups = self.groups.lock();
        if groups.closed {
            return Err(caller);
        }
        let line = if let Caller::Durable(_) = caller { &mut groups.single } else { &mut groups.many };
        line.push_back(Group { actor: Arc::clone(actor), commands, caller });
        drop(groups);
        self.arrived.notify_one();
        Ok(())
    }

    /// Puts single commands in the queue, which nobody closes before the last of them is there.
    fn push_all(&self, groups: Vec<Group>) {
        self.groups.lock().single.extend(groups);
        self.arrived.notify_one();
    }

    /// Waits for commands; nothing once the intake is closed and every command is written.
    fn next_round(&self) -> Option<Vec<Group>> {
        let mut groups = self.groups.lock();
        loop {
            let first = groups.single.front().or(groups.many.front());
            if let Some(actor) = first.map(|group| Arc::clone(&group.actor)) {
                return Some(groups.round_of(&actor));
            }
            if groups.closed {
                return None;
            }
            self.arrived.wait(&mut groups);
        }
    }
}

impl Groups {
    /// Single commands as they came, then one group of many, as far as they are one actor's: an event names one.
    fn round_of(&mut self, actor: &str) -> Vec<Group> {
        let mut round = Vec::new();
        while round.len() < BATCH_COMMANDS_MAX
            && let Some(group) = self.single.pop_front_if(|group| *group.actor == *actor)
        {
            round.push(group);
        }
        round.extend(self.many.pop_front_if(|group| *group.actor == *actor));
        round
    }
}

impl Unread {
    /// Waits for commands: as many as are written together; nothing once the intake is closed and all are read for.
    fn next(&self) -> Option<Vec<Group>> {
        let mut inner = self.inner.lock();
        while inner.waiting.is_empty() {
            if inner.closed {
                return None;
            }
            self.arrived.wait(&mut inner);
        }
        let count = inner.waiting.len().min(BATCH_COMMANDS_MAX);
        Some(inner.waiting.drain(..count).collect())
    }
}

impl Unsynced {
    /// Waits for what was written; nothing once the writer has ended and everybody is told.
    fn next(&self) -> Option<Waiters> {
        let mut inner = self.inner.lock();
        while inner.waiters.is_empty() {
            if inner.closed {
                return None;
            }
            self.arrived.wait(&mut inner);
        }
        Some(std::mem::take(&mut inner.waiters))
    }

    fn push(&self, written: Waiters) {
        if !written.is_empty() {
            self.inner.lock().waiters.extend(written);
            self.arrived.notify_one();
        }
    }
}

/// Reads ahead for single commands. A row that is damaged is for the writer to name, command by command.
fn read(engine: &Engine, mut groups: Vec<Group>) -> Vec<Group> {
    let mut commands: Vec<Waiting> = groups.iter_mut().flat_map(|group| group.commands.drain(..)).collect();
    let _ = guarded(|| engine.read_ahead(&mut commands));
    for (group, command) in groups.iter_mut().zip(commands) {
        group.commands.push(command);
    }
    groups
}

/// Writes what stands in a round as one batch and answers, or leaves it to the syncing thread.
fn write(engine: &Engine, round: Vec<Group>, unsynced: &Unsynced) {
    let Some(actor) = round.first().map(|group| Arc::clone(&group.actor)) else { return };
    let commands: Vec<&Waiting> = round.iter().flat_map(|group| &group.commands).collect();
    let written = guarded(|| engine.commands(&actor, &commands, |scope, command| engine.perform(scope, command)));
    let mut written = match written {
        Ok(answers) => answers,
        Err(error) => commands.iter().map(|_| Err(Error::store(&error))).collect(),
    }
    .into_iter();
    let mut durable = Vec::with_capacity(round.len());
    for Group { commands, caller, .. } in round {
        let mut answers: Answers = written.by_ref().take(commands.len()).collect();
        match caller {
            // A caller that is gone has no use for its answers.
            Caller::Written(caller) => drop(caller.send(answers)),
            Caller::Durable(told) => durable.push((told, answers.pop().unwrap_or_else(|| Err(not_run())))),
        }
    }
    unsynced.push(durable);
}

/// Puts on disk what was written and tells the callers. A repeated request wrote nothing, yet its first answer may not be on disk.
fn sync(engine: &Engine, written: Waiters) {
    let synced = guarded(|| engine.sync());
    for (told, answer) in written {
        let answer = match &synced {
            Ok(()) => answer,
            Err(error) => Err(Error::store(error)),
        };
        // A caller that panics must not keep the others from hearing.
        let _ = guarded(|| {
            told(answer);
            Ok(())
        });
    }
}

fn received(written: &Receiver<Answers>) -> Result<Answers> {
    written.recv().map_err(|_| not_run())
}

fn stopping() -> Error {
    Error::store("the server is stopping; send the request again later")
}

fn not_run() -> Error {
    Error::store("a command was not run")
}

/// Answers with the records that they are about; those refused before they were written keep their error.
pub(super) fn joined(prepared: Vec<Result<PreparedRecord>>, written: Answers) -> Vec<Result<UpsertAnswer>> {
    let mut written = written.into_iter();
    let answer = |prepared: Result<PreparedRecord>| {
        let prepared = prepared?;
        let answer = written.next().unwrap_or_else(|| Err(not_run()))?;
        Ok(upsert_answer(prepared, &answer))
    };
    prepared.into_iter().map(answer).collect()
}

impl Engine {
    /// Does what can be done before the lock is taken; a record that is refused has no command.
    pub(super) fn prepared_batch(&self, batch: &[UpsertCommand]) -> (Vec<Waiting>, Vec<Result<PreparedRecord>>) {
        let (mut commands, mut records) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()));
        for command in batch {
            let prepared = guarded(|| self.incoming(command));
            records.push(prepared.map(|(incoming, record)| {
                commands.push(Waiting::Upsert(Box::new(incoming)));
                record
            }));
        }
        (commands, records)
    }

    /// Runs a command on what those before it in its batch wrote.
    pub(super) fn perform(&self, scope: &Scope<'_>, command: &Waiting) -> Result<StoredAnswer> {
        match command {
            Waiting::Upsert(incoming) => self.upsert_in(scope, incoming),
            Waiting::Delete(deletion) => self.delete_in(scope, deletion),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{models, rules};
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};
    use crate::engine::SystemClock;
    use crate::store::memory::MemoryStore;
    use crate::store::{Batch, Durability, Snapshot, Store};
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn intake() -> Intake {
        intake_on(Arc::new(MemoryStore::default()))
    }

    fn intake_on(store: Arc<dyn Store>) -> Intake {
        let (model, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
        let engine = Engine::open(store, model, policy, Arc::new(SystemClock)).unwrap();
        Intake::start(Arc::new(engine)).unwrap()
    }

    fn command(source: &str, id: usize, phone: &str) -> UpsertCommand {
        let attributes = [
            (AttributeKind::PersonName, "欧阳晓彤"),
            (AttributeKind::IdDocument, "11010519491231002X"),
            (AttributeKind::Phone, phone),
        ];
        let attributes = attributes.map(|(kind, text)| RawAttribute::full(kind, text)).to_vec();
        let key = RecordKey::new(source, id.to_string());
        UpsertCommand::of(RawRecord { key, owner: None, observed_time: None, attributes })
    }

    #[test]
    fn callers_at_once_make_one_profile_of_one_customer_and_none_loses_an_answer() {
        let intake = intake();
        std::thread::scope(|scope| {
            for source in ["crm", "shop", "wechat", "store"] {
                let intake = &intake;
                scope.spawn(move || {
                    let many: Vec<_> = (0..8).map(|id| command(source, id, "13812345678")).collect();
                    let answers = intake.upsert_all("loader", &many).unwrap();
                    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 8);
                    intake.upsert(source, &command(source, 8, "13812345678")).unwrap();
                    intake.delete("", source, &RecordKey::new(source, "0"), "").unwrap();
                });
            }
        });
        let check = intake.engine().fsck().unwrap();
        assert_eq!((check.records, check.profiles, check.problems), (32, 1, Vec::new()));
    }

    /// A disk that takes its time: a sync waits until the gate is open.
    #[derive(Default)]
    struct SlowDisk {
        store: MemoryStore,
        gate: Mutex<bool>,
        opened: Condvar,
        syncs: AtomicUsize,
    }

    impl Store for SlowDisk {
        fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>> {
            self.store.snapshot()
        }
        fn commit(&self, batch: &Batch, durability: Durability) -> Result<()> {
            self.store.commit(batch, durability)
        }
        fn sync(&self) -> Result<()> {
            let mut open = self.gate.lock();
            while !*open {
                self.opened.wait(&mut open);
            }
            self.syncs.fetch_add(1, Ordering::SeqCst);
            self.store.sync()
        }
    }

    #[test]
    fn one_sync_serves_all_who_came_while_the_last_one_ran_and_nobody_hears_before_it() {
        let disk = Arc::new(SlowDisk { gate: Mutex::new(true), ..SlowDisk::default() });
        let intake = intake_on(Arc::clone(&disk) as Arc<dyn Store>);
        *disk.gate.lock() = false;
        let before = disk.syncs.load(Ordering::SeqCst);
        let (tell, told) = std::sync::mpsc::channel();
        for id in 0..100 {
            let tell = tell.clone();
            let done = move |answer: Result<UpsertAnswer>| tell.send(answer.is_ok()).unwrap();
            intake.submit("crm", &command("crm", id, "13812345678"), done);
        }
        while intake.engine().committed_sequence() < 7 {
            std::thread::yield_now();
        }
        assert!(told.try_recv().is_err(), "nothing is on disk yet");
        *disk.gate.lock() = true;
        disk.opened.notify_all();
        assert_eq!(told.iter().take(100).filter(|answered| *answered).count(), 100);
        let syncs = disk.syncs.load(Ordering::SeqCst) - before;
        assert!(syncs <= 100 / 3, "{syncs} syncs for a hundred records");
        drop(intake);
        assert!(told.try_recv().is_err(), "everybody hears once");
    }

    #[test]
    fn whoever_waits_when_the_intake_closes_is_told() {
        let (tell, told) = std::sync::mpsc::channel();
        let intake = intake();
        for id in 0..50 {
            let tell = tell.clone();
            intake.submit("crm", &command("crm", id, "13812345678"), move |answer| tell.send(answer.is_ok()).unwrap());
        }
        intake.submit("crm", &command("", 1, "13812345678"), move |answer| tell.send(answer.is_err()).unwrap());
        drop(intake);
        assert_eq!(told.iter().filter(|as_expected| *as_expected).count(), 51);
    }

    #[test]
    fn commands_of_one_caller_keep_their_order_and_a_refused_one_spoils_no_other() {
        let intake = intake();
        let phones = ["13812345601", "13812345602", "13812345603"];
        let mut many: Vec<_> = (0..60).map(|turn| command("crm", 1, phones[turn % 3])).collect();
        many[7].record.key = RecordKey::new("", "no source");
        let answers = intake.upsert_all("loader", &many).unwrap();
        for (position, answer) in answers.iter().enumerate() {
            let revision = answer.as_ref().map(|answer| answer.revision).map_err(ToString::to_string);
            match position {
                7 => assert!(revision.unwrap_err().contains("record.source")),
                before if before < 7 => assert_eq!(revision, Ok(before as u64 + 1)),
                after => assert_eq!(revision, Ok(after as u64)),
            }
        }
        assert!(intake.delete("", "crm", &RecordKey::new("crm", "2"), "").is_err(), "there is no such record");
        assert!(intake.delete("", "crm", &RecordKey::new("crm", "1"), "\"59\"").is_ok());
    }

    #[test]
    fn single_commands_go_before_those_of_streams_and_a_batch_has_one_actor() {
        let queue = Queue::default();
        let deletion = || Waiting::Delete(Deletion::of("", &RecordKey::new("crm", "1"), ""));
        for (actor, count) in [("a", 5), ("a", 3), ("a", 1), ("b", 1), ("a", 1)] {
            let commands = (0..count).map(|_| deletion()).collect();
            let caller = match count {
                1 => Caller::Durable(Box::new(|_| {})),
                _ => Caller::Written(sync_channel(1).0),
            };
            assert!(queue.push(&actor.into(), commands, caller).is_ok());
        }
        queue.groups.lock().closed = true;
        let mut rounds = Vec::new();
        while let Some(round) = queue.next_round() {
            rounds.push(round.iter().map(|group| (group.actor.to_string(), group.commands.len())).collect::<Vec<_>>());
        }
        let a = |count| ("a".to_owned(), count);
        assert_eq!(rounds, [vec![a(1), a(5)], vec![("b".to_owned(), 1)], vec![a(1), a(3)]]);
    }
}
