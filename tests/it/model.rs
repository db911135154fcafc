//! Model tests: random operations on the engine, checked against a plain map of what was said and a fresh bulk run over it.
//!
//! `GUIYI_MODEL_SEEDS=5000 cargo test --release --test it model::` runs longer; a failure names its seed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use guiyi::bulk::pipeline::{self, Options, Silent};
use guiyi::catalog::{models, rules};
use guiyi::domain::cluster::judgement::{Judgements, Verdict};
use guiyi::domain::date::Timestamp;
use guiyi::domain::hash::mix;
use guiyi::domain::id::{MatchWeight, ModelVersion, ProfileId, RecordKey, RecordPair, ReviewTaskId};
use guiyi::domain::model::{Limits, MatchModel};
use guiyi::domain::pin::{PINNED, Pin, holders};
use guiyi::domain::plan::ChangeKind;
use guiyi::domain::prepare::prepare;
use guiyi::domain::record::{PreparedRecord, RawRecord};
use guiyi::domain::survive::{GoldenProfile, survive_pinned};
use guiyi::engine::{Clock, Engine, PinCommand, ReviewCommand, UpsertAnswer, UpsertCommand};
use guiyi::error::ErrorKind;
use guiyi::store::memory::MemoryStore;
use guiyi::store::{Batch, Durability, Space, Store};
use rayon::prelude::*;

use crate::support::{Groups, fixture, groups_of_engine, groups_of_outcome, records, upsert};

const SEEDS: u64 = 200;
const OPERATIONS: usize = 1_000;
const OPERATIONS_PER_CHECK: usize = 125;
const RECORDS: usize = 90;
const MODELS: [&str; 2] = ["default-zh@1", "default-en@1"];
/// Of so many seeds one has models under which ninety records reach every limit.
const SEEDS_PER_CROWD: u64 = 3;

/// Numbers that depend on the seed alone.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(1);
        (mix(self.0) % end.max(1) as u64) as usize
    }
}

/// A clock that moves on by a second at every look.
struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp { micros: self.0.fetch_add(1_000_000, Ordering::SeqCst) }
    }
}

/// What was said, kept as plainly as possible.
#[derive(Default)]
struct Oracle {
    records: BTreeMap<RecordKey, RawRecord>,
    judgements: BTreeMap<ReviewTaskId, (RecordPair, Verdict)>,
    /// The latest pin of each record's slot.
    pins: Vec<Pin>,
    /// Requests that were answered: the command and the profile in its answer.
    answered: Vec<(UpsertCommand, ProfileId)>,
    /// Every profile id that was ever in an answer.
    given: BTreeSet<ProfileId>,
}

impl Oracle {
    fn judgements(&self) -> Judgements {
        let mut judgements = Judgements::default();
        self.judgements.values().for_each(|(pair, verdict)| judgements.insert(*pair, *verdict));
        judgements
    }

    /// Who belongs together, and every golden profile, according to a bulk run.
    fn expected(&self, model: &MatchModel) -> (Groups, BTreeSet<String>) {
        let policy = rules::load(rules::DEFAULT).unwrap();
        let judgements = self.judgements();
        let options = Options::new(model, &policy, &judgements, &Silent);
        let outcome = pipeline::run(&self.records.values().cloned().collect::<Vec<_>>(), &options);
        let pinned = |golden: &GoldenProfile| {
            let members: Vec<PreparedRecord> = golden.members.iter().map(|key| prepare(&self.records[key])).collect();
            survive_pinned(&policy, &members.iter().collect::<Vec<_>>(), &self.pins)
        };
        let golden = outcome.profiles.iter().map(|(_, golden)| format!("{:?}", pinned(golden))).collect();
        (groups_of_outcome(&outcome), golden)
    }
}

/// One run.
struct Run<'a> {
    pool: &'a [RawRecord],
    random: Random,
    store: Arc<dyn Store>,
    clock: Arc<Ticking>,
    engine: Engine,
    oracle: Oracle,
    requests: u64,
    seed: u64,
}

/// One of the models of a seed.
fn model(number: usize, seed: u64) -> MatchModel {
    let mut model = models::load(MODELS[number]).unwrap();
    if seed.is_multiple_of(SEEDS_PER_CROWD) {
        model.version = ModelVersion { name: "crowded".into(), version: number as u32 + 1 };
        model.limits = Limits { block_records_max: 12, component_records_max: 6, profile_records_max: 5 };
        model.thresholds.link = MatchWeight(-6_000);
        model.thresholds.review = MatchWeight(-8_000);
    }
    model
}

fn open(store: &Arc<dyn Store>, clock: &Arc<Ticking>, seed: u64) -> Engine {
    let (model, policy) = (model(0, seed), rules::load(rules::DEFAULT).unwrap());
    Engine::open(Arc::clone(store), model, policy, Arc::<Ticking>::clone(clock)).expect("the engine opens")
}

impl<'a> Run<'a> {
    fn new(pool: &'a [RawRecord], seed: u64) -> Self {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let clock = Arc::new(Ticking(AtomicI64::new(1_700_000_000_000_000)));
        let engine = open(&store, &clock, seed);
        if seed.is_multiple_of(SEEDS_PER_CROWD) {
            engine.create_model("test", &models::render(&model(1, seed), "").0, None).unwrap();
        }
        let random = Random(mix(seed));
        Self { pool, random, store, clock, engine, oracle: Oracle::default(), requests: 0, seed }
    }

    fn operation(&mut self) {
        match self.random.below(100) {
            0..46 => self.upsert(),
            46..58 => self.upsert_some(),
            58..72 => self.delete(),
            72..76 => self.repeat(),
            76..88 => self.judge(),
            88..92 => self.withdraw(),
            92..94 => self.engine = open(&self.store, &self.clock, self.seed),
            94..96 => self.pin(),
            96..98 => self.switch_model(),
            _ => drop(self.engine.evaluate_step().unwrap()),
        }
    }

    fn upsert(&mut self) {
        let command = self.command();
        let answer = self.engine.upsert("test", &command, Durability::Deferred).unwrap();
        self.expect(command, &answer);
    }

    /// Several in one batch, about one record as it may be; those that are refused leave no trace.
    fn upsert_some(&mut self) {
        let commands: Vec<UpsertCommand> = (0..=self.random.below(20)).map(|_| self.command()).collect();
        let spoil = |(number, command): (usize, &UpsertCommand)| match number % 3 {
            2 => UpsertCommand { etag: "\"never\"".to_owned(), ..command.clone() },
            _ => command.clone(),
        };
        let sent: Vec<UpsertCommand> = commands.iter().enumerate().map(spoil).collect();
        let answers = self.engine.upsert_all("test", &sent).unwrap();
        for (number, (command, answer)) in commands.into_iter().zip(answers).enumerate() {
            match answer {
                Ok(answer) => self.expect(command, &answer),
                Err(error) => assert!(number % 3 == 2, "seed {}: {error}", self.seed),
            }
        }
    }

    /// A record with its own content or somebody else's, observed now, earlier or at no known time.
    fn command(&mut self) -> UpsertCommand {
        let slot = self.random.below(RECORDS);
        let content = if self.random.below(4) == 0 { self.random.below(self.pool.len()) } else { slot };
        let mut record = self.pool[content].clone();
        record.key = self.pool[slot].key.clone();
        let observed = (self.random.below(3) > 0).then(|| self.random.below(50) as i64 * 86_400_000_000);
        record.observed_time = observed.map(|micros| Timestamp { micros: 1_600_000_000_000_000 + micros });
        self.requests += 1;
        UpsertCommand { request_id: format!("request-{}", self.requests), ..UpsertCommand::of(record) }
    }

    fn expect(&mut self, command: UpsertCommand, answer: &UpsertAnswer) {
        let record = command.record.clone();
        let known = self.oracle.records.get(&record.key);
        let newer = known.and_then(|known| known.observed_time).zip(record.observed_time).is_some_and(|(a, b)| b < a);
        assert_eq!(answer.outdated, newer, "seed {}: {}", self.seed, record.key);
        if !newer {
            self.oracle.records.insert(record.key.clone(), record);
        }
        self.oracle.given.insert(answer.resolution.profile);
        self.oracle.answered.push((command, answer.resolution.profile));
    }

    fn delete(&mut self) {
        let key = self.pool[self.random.below(RECORDS)].key.clone();
        let deleted = self.engine.delete("", "test", &key, "");
        assert_eq!(deleted.is_ok(), self.oracle.records.remove(&key).is_some(), "seed {}: {key}", self.seed);
    }

    /// The same request again is answered as before and changes nothing.
    fn repeat(&mut self) {
        let count = self.oracle.answered.len();
        if count > 0 {
            let (command, profile) = self.oracle.answered[self.random.below(count)].clone();
            assert_eq!(
                self.engine.upsert("test", &command, Durability::Deferred).unwrap().resolution.profile,
                profile,
                "seed {}",
                self.seed
            );
        }
    }

    fn judge(&mut self) {
        let tasks = self.engine.tasks(&|_| true, None, 1_000).unwrap().items;
        let open: Vec<_> = tasks.iter().filter(|task| !self.oracle.judgements.contains_key(&task.id)).collect();
        if open.is_empty() {
            return;
        }
        let task = open[self.random.below(open.len())];
        let [Some(left), Some(right)] = &task.records else { panic!("an open task has both records") };
        let verdict = [Verdict::Positive, Verdict::Negative, Verdict::Unsure][self.random.below(3)];
        self.engine.review("", "ann", task.id, "", &ReviewCommand::Claim { lease_seconds: 0 }).unwrap();
        self.engine.review("", "ann", task.id, "", &ReviewCommand::Decide { verdict, reason: String::new() }).unwrap();
        let pair = RecordPair::new(left.handle(), right.handle()).unwrap();
        self.oracle.judgements.insert(task.id, (pair, verdict));
    }

    fn withdraw(&mut self) {
        let decided: Vec<ReviewTaskId> = self.oracle.judgements.keys().copied().collect();
        if !decided.is_empty() {
            let id = decided[self.random.below(decided.len())];
            self.engine.review("", "bob", id, "", &ReviewCommand::Undo).unwrap();
            self.oracle.judgements.remove(&id);
        }
    }

    /// Some value of some profile is pinned, or no longer.
    fn pin(&mut self) {
        let profiles = self.engine.profiles(None, usize::MAX).unwrap().items;
        let Some(view) = profiles.get(self.random.below(profiles.len().max(1))) else { return };
        let attributes = &view.golden.attributes;
        let Some(attribute) = attributes.get(self.random.below(attributes.len().max(1))) else { return };
        let slot = (attribute.kind, attribute.qualifier.clone());
        let normal = (self.random.below(3) > 0).then(|| attribute.value.normal.clone());
        let (request_id, etag) = (String::new(), String::new());
        let command = PinCommand { request_id, profile: view.id, etag, slot: slot.clone(), normal: normal.clone() };
        let pinned = self.engine.pin("ann", &command).unwrap();
        self.oracle.pins.retain(|pin| pin.slot != slot || !view.golden.members.contains(&pin.record));
        let Some(normal) = normal else { return };
        let first = pinned.golden.attributes.iter().find(|a| (a.kind, &a.qualifier) == (slot.0, &slot.1)).unwrap();
        assert_eq!((&first.value.normal, first.rule), (&normal, PINNED), "seed {}", self.seed);
        // Of several records that have the value, that confirmed last bears the pin.
        let members: Vec<PreparedRecord> =
            view.golden.members.iter().map(|key| prepare(&self.oracle.records[key])).collect();
        let holders = holders(&members.iter().collect::<Vec<_>>(), &slot, &normal);
        let bearer = holders.iter().max_by_key(|key| (self.oracle.records[key].observed_time, Reverse(*key))).unwrap();
        let time = Timestamp { micros: self.clock.0.load(Ordering::SeqCst) };
        self.oracle.pins.push(Pin { record: bearer.clone(), slot, normal, time });
    }

    fn switch_model(&mut self) {
        let model = model(self.random.below(MODELS.len()), self.seed).version.to_string();
        let dry_run = self.random.below(2) == 0;
        self.engine.activate_model("test", &model, dry_run).unwrap();
    }

    fn check(&self, step: usize) {
        let at = format!("seed {}, operation {step}", self.seed);
        let (groups, golden) = self.oracle.expected(&self.engine.model());
        assert_eq!(groups_of_engine(&self.engine), groups, "{at}");
        let profiles = self.engine.profiles(None, usize::MAX).unwrap().items;
        let found: BTreeSet<String> = profiles.iter().map(|view| format!("{:?}", view.golden)).collect();
        assert_eq!(found, golden, "{at}");
        for id in &self.oracle.given {
            match self.engine.profile(*id) {
                Ok(_) => {}
                Err(error) => assert!(matches!(error.kind(), ErrorKind::NotFound { .. }), "{at}: {id}: {error}"),
            }
        }
        let check = self.engine.fsck().unwrap();
        assert!(check.problem_count == 0, "{at}: {:#?}", check.problems);
        self.check_followed(&at);
    }

    /// Whoever followed the feed from the beginning has the profiles, and every change fits to what it had before.
    fn check_followed(&self, at: &str) {
        let mut position = (0, 0);
        let mut profiles: BTreeMap<ProfileId, Vec<RecordKey>> = BTreeMap::new();
        loop {
            let stretch = self.engine.follow(position, 97).unwrap();
            let Some((last, _)) = stretch.events.last() else { break };
            position = *last;
            for (_, event) in stretch.events {
                let before = profiles.remove(&event.profile).unwrap_or_default();
                assert_eq!(before, event.before, "{at}: {event:?}");
                if !matches!(event.kind, ChangeKind::Redirected | ChangeKind::Erased) {
                    profiles.insert(event.profile, event.after);
                }
            }
        }
        let groups: Groups = profiles.into_values().map(|records| records.into_iter().collect()).collect();
        assert_eq!(groups, groups_of_engine(&self.engine), "{at}");
    }
}

#[test]
fn random_operations_end_where_a_bulk_run_ends() {
    let seeds = std::env::var("GUIYI_MODEL_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS);
    let mut pool = records(&fixture("sample/customers.csv"), "sample");
    // Records of few customers, so that most operations meet others of the same one.
    pool.truncate(900);
    let outcome = crate::support::bulk(&pool, &Judgements::default());
    let by_key: BTreeMap<RecordKey, RawRecord> = pool.into_iter().map(|record| (record.key.clone(), record)).collect();
    let mut largest: Vec<_> = outcome.profiles.iter().map(|(_, golden)| &golden.members).collect();
    largest.sort_by_key(|members| (std::cmp::Reverse(members.len()), members.first().map(|key| key.handle())));
    let pool: Vec<RawRecord> = largest.into_iter().flatten().map(|key| by_key[key].clone()).take(RECORDS * 2).collect();
    (0..seeds).into_par_iter().for_each(|seed| {
        let mut run = Run::new(&pool, seed);
        for step in 1..=OPERATIONS {
            run.operation();
            if step % OPERATIONS_PER_CHECK == 0 {
                run.engine.sync().unwrap();
                run.check(step);
            }
        }
    });
}

#[test]
fn a_rebuild_mends_what_is_lost_to_the_same_bytes() {
    let mut sample = records(&fixture("sample/customers.csv"), "sample");
    sample.truncate(400);
    let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
    let clock = Arc::new(Ticking(AtomicI64::new(1_700_000_000_000_000)));
    let engine = open(&store, &clock, 1);
    for record in &sample {
        engine.upsert("test", &upsert(record), Durability::Deferred).unwrap();
    }
    engine.sync().unwrap();
    let derived =
        [Space::Blocks, Space::Features, Space::BlockRecords, Space::Phones, Space::Edges, Space::RecordProfiles];
    let dump = || -> Vec<_> {
        let snapshot = store.snapshot().unwrap();
        let spaces = derived.iter().chain(&[Space::Profiles, Space::Redirects, Space::Absorbed, Space::Tasks]);
        spaces.map(|space| snapshot.scan(*space, &[], None, usize::MAX).unwrap()).collect()
    };
    let before = dump();
    assert!(before.iter().filter(|rows| !rows.is_empty()).count() >= 6, "the sample must fill most spaces");
    assert_eq!(engine.fsck().unwrap().problems, Vec::<String>::new());

    // A row too many, a wrong one, and whole spaces gone.
    let mut writes = vec![
        (Space::Edges, [1u8; 16].to_vec(), Some(vec![1])),
        (Space::Phones, b"1/00000000".to_vec(), Some(Vec::new())),
    ];
    let (key, _) = before[0][3].clone();
    writes.push((Space::Blocks, key, Some([9u8; 8].to_vec())));
    store.commit(&Batch { cleared: vec![Space::RecordProfiles, Space::Phones], writes }, Durability::Synced).unwrap();
    let check = open(&store, &clock, 1).fsck().unwrap();
    for space in ["edges", "phones", "blocks", "record_profiles"] {
        assert!(check.problems.iter().any(|problem| problem.starts_with(space)), "{space} is not named");
    }
    let mended = open(&store, &clock, 1);
    assert_eq!(mended.rebuild("test").unwrap().problem_count, check.problem_count);
    assert_eq!(dump(), before);
    assert_eq!(mended.fsck().unwrap().problem_count, 0);
}
