//! Reading ahead: what a command will need to know of other records, found out beside the writer by whoever brings the record.
//!
//! The writer takes over what still holds: rows that no commit since has written, and what pairs weigh of which neither record has changed.
//! All else it finds out itself, so reading ahead never shows in a result. Only the writer writes, so it alone has to know what was written
//! lately.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Engine;
use super::commit::Scope;
use super::hot::HotRecord;
use super::intake::Waiting;
use super::neighbourhood::{Weighed, other_end, weigh};
use super::outlines;
use crate::domain::features::outline::Outline;
use crate::domain::generic::GenericMask;
use crate::domain::id::{BlockKey, RecordHandle};
use crate::error::Result;
use crate::store::posting::Posting;
use crate::store::stored::StoredProfile;
use crate::store::{Batch, Space, adjacency, codec, keys};

/// Rows written that are remembered twice over: those of some seconds.
const RECENT_ROWS: usize = 1 << 18;
/// How far the neighbours of a match are followed: to the records of its profile.
const STEPS: usize = 2;

/// What was found out about a record to write.
pub(super) struct Ahead {
    /// Rows that were read for it and for others that came with it.
    rows: Arc<AheadRows>,
    weights: Weights,
}

/// What the pairs of a record weigh.
#[derive(Default)]
struct Weights {
    /// Which of its values are taken to be generic.
    generic: GenericMask,
    pairs: Pairs,
}

/// Rows that the writer will ask for.
pub(super) struct AheadRows {
    /// The last commit that they surely show.
    as_of: u64,
    rows: Rows,
}

/// The candidates of a record, and what the pairs weigh where that is enough for an edge.
type Pairs = FxHashMap<RecordHandle, Option<Box<Weighed>>>;

/// Rows as they were read, by the number that is their key.
type Rows = FxHashMap<(Space, u64), Option<Vec<u8>>>;

/// Which rows commits have written lately.
#[derive(Default)]
pub(super) struct RecentRows {
    /// Row → the last commit that wrote it, of commits after `newer_from`.
    newer: FxHashMap<u64, u64>,
    newer_from: u64,
    /// The same of commits after `known_from` up to `newer_from`.
    older: FxHashMap<u64, u64>,
    known_from: u64,
}

/// Rows of several spaces in one number. Two rows with one number are taken for written when either was.
fn row_number(space: Space, key: u64) -> u64 {
    key.rotate_left(3 * space as u32)
}

/// Whether rows of a space are read ahead.
fn is_read_ahead(space: Space) -> bool {
    let features = [Space::Records, Space::Features, Space::Blocks];
    let groups = [Space::Edges, Space::EdgesNext, Space::RecordProfiles, Space::Profiles];
    features.contains(&space) || groups.contains(&space)
}

impl RecentRows {
    /// Remembers what a commit is about to write.
    pub(super) fn note(&mut self, sequence: u64, batch: &Batch) {
        if !batch.cleared.is_empty() {
            self.newer.clear();
            self.older.clear();
            (self.known_from, self.newer_from) = (sequence, sequence);
        }
        if self.newer.len() >= RECENT_ROWS {
            std::mem::swap(&mut self.newer, &mut self.older);
            self.newer.clear();
            self.known_from = self.newer_from;
            self.newer_from = sequence - 1;
        }
        for (space, key, _) in &batch.writes {
            if let (true, Some(key)) = (is_read_ahead(*space), keys::first(key)) {
                self.newer.insert(row_number(*space, key), sequence);
            }
        }
    }

    /// Whether a row is what it was after a commit.
    fn is_unchanged(&self, space: Space, key: u64, as_of: u64) -> bool {
        let row = row_number(space, key);
        let unchanged = |written: &FxHashMap<u64, u64>| written.get(&row).is_none_or(|sequence| *sequence <= as_of);
        as_of >= self.known_from && unchanged(&self.newer) && unchanged(&self.older)
    }
}

/// What pairs weigh, as far as it still holds.
pub(super) struct Standing<'a> {
    generic: GenericMask,
    pairs: FxHashMap<RecordHandle, Option<&'a Weighed>>,
}

impl Standing<'_> {
    /// What the pair with a candidate weighs, where that is enough for an edge, if these values of the record are generic; the outer `None`:
    /// it has to be weighed.
    pub(super) fn weighed(&self, generic: GenericMask, candidate: RecordHandle) -> Option<Option<&Weighed>> {
        self.pairs.get(&candidate).copied().filter(|_| generic == self.generic)
    }
}

impl Engine {
    /// Gives a command what was read ahead for it and still holds.
    pub(super) fn standing<'a>(&self, scope: &Scope<'_>, ahead: &'a Ahead) -> Standing<'a> {
        let recent = self.recent.lock();
        let AheadRows { as_of, rows } = &*ahead.rows;
        if scope.takes_over(&ahead.rows) {
            for ((space, key), value) in
                rows.iter().filter(|((space, key), _)| recent.is_unchanged(*space, *key, *as_of))
            {
                scope.know(*space, *key, value.clone());
            }
        }
        let stands = |candidate: RecordHandle| {
            recent.is_unchanged(Space::Features, candidate.0, *as_of) && scope.fresh(candidate).is_none()
        };
        let pairs = ahead.weights.pairs.iter().filter(|(candidate, _)| stands(**candidate));
        let pairs = pairs.map(|(candidate, weighed)| (*candidate, weighed.as_deref())).collect();
        Standing { generic: ahead.weights.generic, pairs }
    }

    /// Finds out what commands will need to know and gives it to them. What goes wrong here goes wrong again for the writer, who names it.
    pub(super) fn read_ahead(&self, commands: &mut [Waiting]) -> Result<()> {
        let as_of = self.committed_sequence();
        let from = self.cache.read_from(as_of);
        let scope = self.scope(false)?;
        // Another model may just have come into force: what was made for the one before it is of no use.
        let mut commands: Vec<&mut Waiting> = commands.iter_mut().filter(|command| command.is_for(&scope)).collect();
        let mut reader = Reader::new(self, &scope);
        let handles: Vec<RecordHandle> = commands.iter().map(|command| command.handle()).collect();
        reader.read(Space::Records, handles.iter().map(|handle| handle.0))?;
        reader.fetch(handles.iter().copied())?;
        let mut block_keys = BTreeSet::new();
        for command in &commands {
            block_keys.extend(command.hot().into_iter().flat_map(|record| &record.blocking_keys().0));
            block_keys.extend(reader.keys_of_replaced(command.handle())?);
        }
        reader.read(Space::Blocks, block_keys.iter().map(|key| key.0))?;
        let postings = reader.postings()?;
        let compared: Vec<Option<Compared<'_>>> =
            commands.iter().map(|command| Some(reader.compared(command.hot()?, &postings))).collect();
        reader.fetch(compared.iter().flatten().flat_map(|compared| compared.open.iter().copied()))?;
        let mut weighed = Vec::with_capacity(commands.len());
        for compared in compared {
            weighed.push(compared.map_or(Ok(Weights::default()), |compared| reader.weights(compared))?);
        }
        reader.follow_matched()?;
        let rows = Arc::new(AheadRows { as_of, rows: reader.rows });
        for (command, weights) in commands.iter_mut().zip(weighed) {
            command.give(Ahead { rows: Arc::clone(&rows), weights });
        }
        self.cache.offer(from, reader.matched, reader.outlines);
        Ok(())
    }
}

type Postings = FxHashMap<BlockKey, Posting>;

/// The records that share a key with one.
fn candidates(record: &HotRecord, postings: &Postings) -> BTreeSet<RecordHandle> {
    let rows = record.blocking_keys().0.iter().filter_map(|key| postings.get(key));
    let listed = rows.flat_map(|posting| match posting {
        Posting::Listed(members) => members.as_slice(),
        Posting::Generic(_) => &[],
    });
    listed.copied().filter(|member| *member != record.features.handle).collect()
}

/// A record without those values that will be generic once it is written, where there are any.
fn masked(scope: &Scope<'_>, record: &HotRecord, postings: &Postings) -> Option<HotRecord> {
    let (handle, (_, wholes)) = (record.features.handle, record.blocking_keys());
    let will_be_generic = |key: BlockKey| match postings.get(&key) {
        Some(Posting::Generic(_)) => true,
        Some(Posting::Listed(members)) => {
            members.len() >= scope.block_limit(key) && members.binary_search(&handle).is_err()
        }
        None => false,
    };
    let generic = GenericMask::of(wholes, &will_be_generic);
    if generic == record.generic { None } else { record.masked(generic, &scope.active, scope.next.as_ref()) }
}

/// A record and whom it is compared with.
struct Compared<'r> {
    /// The record as it is given.
    given: &'r HotRecord,
    /// The same without those values that will be generic, where there are any.
    masked: Option<HotRecord>,
    /// Candidates that their outlines rule out.
    ruled_out: Vec<RecordHandle>,
    /// The others.
    open: Vec<RecordHandle>,
}

impl Compared<'_> {
    fn record(&self) -> &HotRecord {
        self.masked.as_ref().unwrap_or(self.given)
    }
}

/// What is looked at for the commands of one batch.
struct Reader<'a> {
    engine: &'a Engine,
    scope: &'a Scope<'a>,
    rows: Rows,
    /// Rows of features of those records that the cache has not.
    features: FxHashMap<RecordHandle, Option<Vec<u8>>>,
    /// Records that the writer will look at, too: those that are replaced, and whoever a cluster may be formed of.
    matched: Vec<(RecordHandle, Arc<HotRecord>)>,
    /// Outlines of those that were unpacked.
    outlines: Vec<(RecordHandle, Outline)>,
}

impl<'a> Reader<'a> {
    fn new(engine: &'a Engine, scope: &'a Scope<'a>) -> Self {
        let (rows, features) = (Rows::default(), FxHashMap::default());
        Self { engine, scope, rows, features, matched: Vec::new(), outlines: Vec::new() }
    }

    /// Reads rows, all at once.
    fn read(&mut self, space: Space, keys: impl Iterator<Item = u64>) -> Result<()> {
        let missing: BTreeSet<u64> = keys.filter(|key| !self.rows.contains_key(&(space, *key))).collect();
        let rows: Vec<Vec<u8>> = missing.iter().map(|key| key.to_be_bytes().to_vec()).collect();
        let values = self.scope.get_many(space, &rows)?;
        self.rows.extend(missing.into_iter().map(|key| (space, key)).zip(values));
        Ok(())
    }

    /// Reads the features of records that are not in the cache, all at once.
    fn fetch(&mut self, handles: impl Iterator<Item = RecordHandle>) -> Result<()> {
        let handles: BTreeSet<RecordHandle> = handles.filter(|handle| !self.features.contains_key(handle)).collect();
        let missing = self.engine.cache.missing(handles.into_iter());
        let rows: Vec<Vec<u8>> = missing.iter().map(|handle| keys::record(*handle)).collect();
        let values = self.scope.get_many(Space::Features, &rows)?;
        self.features.extend(missing.into_iter().zip(values));
        Ok(())
    }

    fn record(&self, handle: RecordHandle) -> Result<Option<Arc<HotRecord>>> {
        match self.features.get(&handle) {
            Some(None) => Ok(None),
            Some(Some(row)) => self.engine.unpacked(self.scope, handle, row).map(Some),
            None => self.engine.hot(self.scope, handle),
        }
    }

    /// The blocks that the record which is stored under a handle is in, and will leave. A newcomer has no rows anywhere.
    fn keys_of_replaced(&mut self, handle: RecordHandle) -> Result<Vec<BlockKey>> {
        if let Some(replaced) = self.record(handle)? {
            let keys = replaced.blocking_keys().0.clone();
            self.matched.push((handle, replaced));
            return Ok(keys);
        }
        let edges = self.scope.generations().map(|generation| generation.edges);
        let absent = edges.chain([Space::RecordProfiles]).map(|space| ((space, handle.0), None));
        self.rows.extend(absent);
        Ok(Vec::new())
    }

    fn postings(&self) -> Result<Postings> {
        let rows = self.rows.iter().filter(|((space, _), _)| *space == Space::Blocks);
        rows.map(|((_, key), row)| Ok((BlockKey(*key), Posting::decode(row.as_deref())?))).collect()
    }

    /// The candidates of a record, as far as outlines tell who matches it.
    fn compared<'r>(&self, given: &'r HotRecord, postings: &Postings) -> Compared<'r> {
        let masked = masked(self.scope, given, postings);
        let candidates = candidates(given, postings);
        let outlines = self.engine.cache.outlines(candidates.iter().copied());
        let record = masked.as_ref().unwrap_or(given);
        let is_open = |candidate: &RecordHandle| {
            outlines.get(candidate).is_none_or(|outline| outlines::may_be_edge(self.scope, record, outline))
        };
        let (open, ruled_out) = candidates.into_iter().partition(is_open);
        Compared { given, masked, ruled_out, open }
    }

    /// Weighs a record with its candidates. Those that it does not match are unpacked and dropped at once: few are met again, and to keep them
    /// costs more than to unpack them.
    fn weights(&mut self, compared: Compared<'_>) -> Result<Weights> {
        let record = compared.record();
        let mut pairs: Pairs = compared.ruled_out.iter().map(|candidate| (*candidate, None)).collect();
        for &candidate in &compared.open {
            let Some(other) = self.record(candidate)? else { continue };
            self.outlines.push((candidate, other.outline()));
            let weighed = weigh(self.scope, record, &other);
            let is_edge = weighed.is_edge();
            pairs.insert(candidate, is_edge.then(|| Box::new(weighed)));
            if is_edge {
                self.matched.push((candidate, other));
            }
        }
        Ok(Weights { generic: record.generic, pairs })
    }

    /// Reads the edges and profiles of the matched records, and of the records in these profiles.
    fn follow_matched(&mut self) -> Result<()> {
        let mut seen: FxHashSet<RecordHandle> = self.matched.iter().map(|(handle, _)| *handle).collect();
        let mut frontier: Vec<RecordHandle> = seen.iter().copied().collect();
        for step in 1..=STEPS {
            let ends = self.edges(&frontier)?;
            self.read(Space::RecordProfiles, frontier.iter().chain(&ends).map(|handle| handle.0))?;
            if step == STEPS {
                break;
            }
            let members = self.members(&frontier)?;
            frontier = members.into_iter().filter(|member| seen.insert(*member)).collect();
            self.fetch(frontier.iter().copied())?;
            for &member in &frontier {
                if let Some(record) = self.record(member)? {
                    self.matched.push((member, record));
                }
            }
        }
        Ok(())
    }

    /// Reads the edges of records; whoever stands at the other ends.
    fn edges(&mut self, handles: &[RecordHandle]) -> Result<Vec<RecordHandle>> {
        let mut ends = Vec::new();
        for space in self.scope.generations().map(|generation| generation.edges) {
            self.read(space, handles.iter().map(|handle| handle.0))?;
            for handle in handles {
                let Some(Some(row)) = self.rows.get(&(space, handle.0)) else { continue };
                ends.extend(adjacency::edges(*handle, row)?.into_iter().map(|edge| other_end(edge.pair, *handle)));
            }
        }
        Ok(ends)
    }

    /// Reads the profiles of records; whoever is in them.
    fn members(&mut self, handles: &[RecordHandle]) -> Result<Vec<RecordHandle>> {
        let home = |handle: &RecordHandle| keys::first(self.rows.get(&(Space::RecordProfiles, handle.0))?.as_ref()?);
        let profiles: Vec<u64> = handles.iter().filter_map(home).collect();
        self.read(Space::Profiles, profiles.iter().copied())?;
        let mut members = Vec::new();
        for profile in profiles {
            let Some(Some(row)) = self.rows.get(&(Space::Profiles, profile)) else { continue };
            members.extend(codec::decode::<StoredProfile>(row)?.records.into_iter().map(RecordHandle));
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::catalog::{models, rules};
    use crate::domain::date::Timestamp;
    use crate::domain::hash::mix;
    use crate::domain::id::RecordKey;
    use crate::domain::model::Limits;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};
    use crate::engine::delete::Deletion;
    use crate::engine::{Clock, UpsertCommand};
    use crate::store::memory::MemoryStore;
    use crate::store::{KeyValue, Store};

    struct Ticking(AtomicI64);

    impl Clock for Ticking {
        fn now(&self) -> Timestamp {
            Timestamp { micros: self.0.fetch_add(1, Ordering::SeqCst) }
        }
    }

    fn engine(store: &Arc<MemoryStore>) -> Engine {
        let mut model = models::load(models::DEFAULT).unwrap();
        // So small that values become generic and specific again, and components are cut, all the time.
        model.limits = Limits { block_records_max: 6, component_records_max: 8, ..model.limits };
        let policy = rules::load(rules::DEFAULT).unwrap();
        let store = Arc::clone(store) as Arc<dyn Store>;
        Engine::open(store, model, policy, Arc::new(Ticking(AtomicI64::new(0)))).unwrap()
    }

    /// One of few people, with one of few numbers and addresses.
    fn command(dice: u64) -> UpsertCommand {
        let pick = |salt: u64, count: u64| mix(dice ^ (salt << 32)) % count;
        let names = ["欧阳晓彤", "张伟", "李娜", "欧阳小彤", "王芳"];
        let mut attributes = vec![
            RawAttribute::full(AttributeKind::PersonName, names[pick(1, 5) as usize]),
            RawAttribute::full(AttributeKind::Phone, format!("1381234560{}", pick(2, 7))),
            RawAttribute::full(AttributeKind::BirthDate, format!("1980-03-0{}", 1 + pick(3, 3))),
        ];
        if pick(4, 3) == 0 {
            attributes.push(RawAttribute::full(AttributeKind::IdDocument, "11010519491231002X"));
        }
        if pick(5, 2) == 0 {
            let address = format!("北京市朝阳区建国路{}号", 1 + pick(6, 4));
            attributes.push(RawAttribute::full(AttributeKind::Address, address));
        }
        let key = RecordKey::new("crm", pick(7, 60).to_string());
        UpsertCommand::of(RawRecord { key, owner: None, observed_time: None, attributes })
    }

    fn rows(store: &MemoryStore) -> Vec<Vec<KeyValue>> {
        let snapshot = store.snapshot().unwrap();
        Space::ALL.iter().map(|space| snapshot.scan(*space, &[], None, usize::MAX).unwrap()).collect()
    }

    #[test]
    fn what_was_read_long_ago_never_shows_in_the_store() {
        for seed in 0..8 {
            let (ahead, plain) = (Arc::new(MemoryStore::default()), Arc::new(MemoryStore::default()));
            let (reading, waiting) = (engine(&ahead), engine(&plain));
            let mut queue: VecDeque<(Vec<Waiting>, Vec<Waiting>)> = VecDeque::new();
            for turn in 0..200 {
                let dice = mix((seed << 20) | turn);
                let batch: Vec<UpsertCommand> = (0..1 + dice % 4).map(|place| command(dice + place)).collect();
                let (mut commands, _) = reading.prepared_batch(&batch);
                let (mut same, _) = waiting.prepared_batch(&batch);
                if dice.is_multiple_of(5) {
                    let deletion = || Waiting::Delete(Deletion::of("", &command(dice ^ 7).record.key, ""));
                    commands.push(deletion());
                    same.push(deletion());
                }
                reading.read_ahead(&mut commands).unwrap();
                queue.push_back((commands, same));
                // Batches wait for up to eight others, and go together.
                while queue.len() > (dice >> 8) as usize % 8 {
                    let (commands, same): (Vec<_>, Vec<_>) =
                        queue.drain(..queue.len().min(1 + dice as usize % 2)).unzip();
                    for (engine, commands) in [(&reading, commands), (&waiting, same)] {
                        let commands: Vec<Waiting> = commands.into_iter().flatten().collect();
                        let answers = engine.commands("", &commands, |scope, command| engine.perform(scope, command));
                        // Of deletions those of records that are not there are refused.
                        let done = answers.unwrap().iter().filter(|answer| answer.is_ok()).count();
                        assert!(
                            done >= commands.iter().filter(|command| command.hot().is_some()).count(),
                            "seed {seed}"
                        );
                    }
                }
            }
            assert!(rows(&ahead) == rows(&plain), "seed {seed}");
        }
    }

    #[test]
    fn rows_written_lately_are_known_and_those_of_long_ago_are_taken_for_written() {
        let mut recent = RecentRows::default();
        let batch = |keys: std::ops::Range<u64>| Batch {
            cleared: Vec::new(),
            writes: keys.map(|key| (Space::Blocks, key.to_be_bytes().to_vec(), None)).collect(),
        };
        recent.note(1, &batch(0..1));
        recent.note(2, &batch(1..2));
        let unchanged = |recent: &RecentRows, key, as_of| recent.is_unchanged(Space::Blocks, key, as_of);
        assert_eq!([0, 1, 2].map(|key| unchanged(&recent, key, 1)), [true, false, true]);
        assert!(!unchanged(&recent, 0, 0) && recent.is_unchanged(Space::Features, 1, 0));
        let many = RECENT_ROWS as u64;
        recent.note(3, &batch(10..10 + many));
        recent.note(4, &batch(0..1));
        assert!(!unchanged(&recent, 1, 1) && unchanged(&recent, 1, 2), "still remembered");
        recent.note(5, &batch(10..10 + many));
        recent.note(6, &batch(2..3));
        assert!(!unchanged(&recent, 3, 2), "nobody knows any more");
        assert!(unchanged(&recent, 3, 3) && !unchanged(&recent, 0, 3) && !unchanged(&recent, 10, 4));
        let cleared = Batch { cleared: vec![Space::Blocks], writes: Vec::new() };
        recent.note(7, &cleared);
        assert!(!unchanged(&recent, 3, 6) && unchanged(&recent, 3, 7));
    }
}
