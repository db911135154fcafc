//! Outlines of stored records, at hand in memory: most candidates are ruled out by them, and nobody reads or unpacks their features.
//!
//! They follow from the features, so nothing is lost when they are not there: they come with what is read anyway, and a thread of its own
//! goes through the store after it was opened and whenever all were forgotten.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use super::Engine;
use super::commit::{Scope, guarded};
use super::generation::Generation;
use super::hot::HotRecord;
use crate::domain::features::outline::Outline;
use crate::domain::features::sketch::Sketch;
use crate::domain::id::{MatchWeight, RecordHandle};
use crate::domain::score::prefilter::outlined_weight_max;
use crate::error::Result;
use crate::store::{Space, keys};

/// Maps that grow one by one: to move everything at once would keep everybody waiting.
const SHARDS: usize = 64;
/// Outlines of a shard: as many as its map of 2¹⁶ places takes. All shards together have 3.7 million in 306 MB.
const SHARD_OUTLINES_MAX: usize = 7 << 13;
/// Outlines of a piece.
const PIECE_OUTLINES: usize = 1 << 10;
/// Records read at once when all are gone through.
const PAGE_RECORDS: usize = 500;

/// How often somebody looks whether outlines were forgotten, as they are when another model comes into force.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Outlines by record.
pub(super) struct Outlines {
    shards: Vec<Shard>,
}

/// Outlines of some records. They stay where they are: a map with the outlines in it would leave half of their memory behind each time it grows.
#[derive(Default)]
struct Shard {
    places: FxHashMap<RecordHandle, u32>,
    pieces: Vec<Vec<Outline>>,
    /// Places of records that are gone.
    free: Vec<u32>,
}

impl Default for Outlines {
    fn default() -> Self {
        Self { shards: std::iter::repeat_with(Shard::default).take(SHARDS).collect() }
    }
}

impl Outlines {
    /// The outline of a record, if it is there.
    pub(super) fn get(&self, handle: RecordHandle) -> Option<Outline> {
        let shard = self.shards.get(shard(handle))?;
        let place = *shard.places.get(&handle)? as usize;
        shard.pieces.get(place / PIECE_OUTLINES)?.get(place % PIECE_OUTLINES).copied()
    }

    /// Keeps an outline as long as there is room. A record that is there gets its new one in any case.
    pub(super) fn put(&mut self, handle: RecordHandle, outline: Outline) {
        let Some(shard) = self.shards.get_mut(shard(handle)) else { return };
        let known = shard.places.get(&handle).copied();
        if let Some(place) = known.or_else(|| shard.place(handle)) {
            let piece = shard.pieces.get_mut(place as usize / PIECE_OUTLINES);
            if let Some(kept) = piece.and_then(|piece| piece.get_mut(place as usize % PIECE_OUTLINES)) {
                *kept = outline;
            }
        }
    }

    /// Forgets a record.
    pub(super) fn remove(&mut self, handle: RecordHandle) {
        if let Some(shard) = self.shards.get_mut(shard(handle)) {
            shard.free.extend(shard.places.remove(&handle));
        }
    }
}

impl Shard {
    /// A place for a record that has none, if there is room.
    fn place(&mut self, handle: RecordHandle) -> Option<u32> {
        if self.places.len() >= SHARD_OUTLINES_MAX {
            return None;
        }
        let place = self.free.pop().unwrap_or_else(|| self.appended());
        self.places.insert(handle, place);
        Some(place)
    }

    /// A place after all others.
    fn appended(&mut self) -> u32 {
        if self.pieces.last().is_none_or(|piece| piece.len() == PIECE_OUTLINES) {
            self.pieces.push(Vec::with_capacity(PIECE_OUTLINES));
        }
        let before = (self.pieces.len() - 1) * PIECE_OUTLINES;
        self.pieces.last_mut().map_or(0, |piece| {
            piece.push(Outline::default());
            (before + piece.len() - 1) as u32
        })
    }
}

/// The lowest bits: the maps look at the others.
fn shard(handle: RecordHandle) -> usize {
    handle.0 as usize % SHARDS
}

/// Whether a record may have an edge to that of an outline, in any generation.
pub(super) fn may_be_edge(scope: &Scope<'_>, record: &HotRecord, other: &Outline) -> bool {
    let mut generations = std::iter::once(&scope.active).chain(&scope.next);
    generations.any(|generation: &Generation| {
        let model = &generation.model;
        outlined_weight_max(model, &generation.features(record).sketch, other) >= model.thresholds.review
    })
}

/// The most that a record can weigh with another; without an outline of that one everything is possible.
pub(super) fn weight_max(scope: &Scope<'_>, sketch: &Sketch, other: Option<&Outline>) -> MatchWeight {
    other.map_or(MatchWeight(i32::MAX), |outline| outlined_weight_max(&scope.active.model, sketch, outline))
}

impl Engine {
    /// Draws the outlines of all stored records, and again where they were forgotten, until `stop` is set.
    pub(super) fn keep_outlined(&self, stop: &AtomicBool) {
        let mut outlined = None;
        while !stop.load(Ordering::SeqCst) {
            let epoch = Some(self.cache.epoch());
            if outlined == epoch {
                std::thread::park_timeout(LOOK_AGAIN);
                continue;
            }
            outlined = epoch;
            self.outline_all(stop);
        }
    }

    /// Draws the outlines of all stored records, working half of the time, until it is done or `stop` is set.
    fn outline_all(&self, stop: &AtomicBool) {
        let mut after = None;
        while !stop.load(Ordering::SeqCst) {
            let started = Instant::now();
            // A failing store fails again for whoever needs the record, and is named then.
            let Ok(Some(next)) = guarded(|| self.outline_page(after.as_deref())) else { return };
            after = Some(next);
            std::thread::park_timeout(started.elapsed());
        }
    }

    /// Draws the outlines of the records after a key; where to go on, if there are more.
    fn outline_page(&self, after: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
        let from = self.cache.read_from(self.committed_sequence());
        let scope = self.scope(false)?;
        let rows = scope.scan(Space::Features, &[], after, PAGE_RECORDS)?;
        let mut outlines = Vec::with_capacity(rows.len());
        for (key, row) in &rows {
            let Some(handle) = keys::first(key).map(RecordHandle) else { continue };
            // A damaged row is named when somebody needs the record.
            outlines.extend(HotRecord::outline_of(row, &scope.active).map(|outline| (handle, outline)));
        }
        self.cache.offer(from, Vec::new(), outlines);
        let last = rows.into_iter().next_back().map(|(key, _)| key);
        Ok(last)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::catalog::{models, rules};
    use crate::domain::hash::mix;
    use crate::domain::id::RecordKey;
    use crate::domain::record::{AttributeKind, RawAttribute, RawRecord};
    use crate::engine::{SystemClock, UpsertCommand};
    use crate::store::memory::MemoryStore;

    /// One of many people who share names, numbers and birth dates with others.
    fn person(number: u64, kinds: &[AttributeKind]) -> RawRecord {
        let pick = |salt: u64, count: u64| mix(number ^ (salt << 32)) % count;
        let names = ["欧阳晓彤", "张伟", "李娜", "张玮", "Zhang Wei", "John Smith", "王芳"];
        let attributes = [
            (AttributeKind::PersonName, names[pick(1, 7) as usize].to_owned()),
            (AttributeKind::Phone, format!("138123456{:02}", pick(2, 40))),
            (AttributeKind::BirthDate, format!("19{}-03-{:02}", 60 + pick(3, 5), 1 + pick(4, 9))),
            (AttributeKind::Address, format!("北京市朝阳区建国路{}号", 1 + pick(5, 30))),
            (AttributeKind::Email, format!("zhang{}@example.com", pick(6, 50))),
        ];
        let asked =
            attributes.into_iter().filter(|(kind, _)| kinds.contains(kind) && (kinds.len() < 5 || pick(7, 3) > 0));
        let attributes = asked.map(|(kind, text)| RawAttribute::full(kind, text)).collect();
        RawRecord { key: RecordKey::new("crm", number.to_string()), owner: None, observed_time: None, attributes }
    }

    #[test]
    fn a_search_finds_the_same_with_and_without_outlines() {
        use AttributeKind::{Address, BirthDate, Email, PersonName, Phone};
        let (model, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
        let engine = Engine::open(Arc::new(MemoryStore::default()), model, policy, Arc::new(SystemClock)).unwrap();
        let people = (0..500).map(|number| person(number, &[PersonName, Phone, BirthDate, Address, Email]));
        let people: Vec<UpsertCommand> =
            people.filter(|person| !person.attributes.is_empty()).map(UpsertCommand::of).collect();
        for result in engine.upsert_all("tests", &people).unwrap() {
            result.unwrap();
        }
        let typed: [&[AttributeKind]; 4] = [&[PersonName], &[PersonName, BirthDate], &[Phone], &[PersonName, Address]];
        let found = || -> Vec<String> {
            let queries = (1_000..1_400).map(|number| person(number, typed[number as usize % 4]));
            queries.map(|query| format!("{:?}", engine.match_record(&query, 3).unwrap().candidates)).collect()
        };
        let outlined = || engine.cache.outlines(people.iter().map(|person| person.record.key.handle())).len();
        assert_eq!(outlined(), people.len(), "whoever writes a record draws its outline");
        let with = found();
        engine.cache.clear();
        assert_eq!(outlined(), 0);
        assert_eq!(found(), with);
        engine.outline_all(&AtomicBool::new(false));
        assert_eq!(outlined(), people.len());
        assert_eq!(found(), with);
        assert!(with.iter().filter(|candidates| candidates.len() > 2).count() > 300);
    }

    #[test]
    fn a_full_shard_takes_no_more_records_but_new_outlines_of_those_it_has() {
        let mut outlines = Outlines::default();
        let handle = |number: usize| RecordHandle((number * SHARDS) as u64);
        for number in 0..SHARD_OUTLINES_MAX + 1 {
            outlines.put(handle(number), Outline::default());
        }
        let other = Outline::of(&Sketch { present: 1, ..Sketch::default() });
        outlines.put(handle(0), other);
        outlines.put(handle(SHARD_OUTLINES_MAX), other);
        assert_eq!(outlines.get(handle(0)), Some(other));
        assert_eq!(outlines.get(handle(SHARD_OUTLINES_MAX)), None);
        outlines.remove(handle(1));
        outlines.put(handle(SHARD_OUTLINES_MAX), other);
        assert_eq!([handle(1), handle(SHARD_OUTLINES_MAX)].map(|handle| outlines.get(handle)), [None, Some(other)]);
    }
}
