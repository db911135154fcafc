//! Entities are a pure function of records and judgements: upserts one by one, in any order, with updates, deletions and
//! judgements in between, end where one bulk run ends.

use std::collections::BTreeMap;
use std::sync::Arc;

use guiyi::domain::cluster::judgement::{Judgements, Verdict};
use guiyi::domain::hash::mix;
use guiyi::domain::id::RecordPair;
use guiyi::domain::record::{AttributeKind, RawAttribute, RawRecord};
use guiyi::engine::{Engine, ReviewCommand, UpsertCommand};
use guiyi::store::memory::MemoryStore;
use guiyi::store::{Durability, Store};

use crate::support::{bulk, engine, fixture, groups_of_engine, groups_of_outcome, records, upsert};

/// A pseudo-random permutation that depends on the seed alone.
fn shuffled(records: &[RawRecord], seed: u64) -> Vec<RawRecord> {
    let mut shuffled = records.to_vec();
    shuffled.sort_by_key(|record| mix(record.key.handle().0 ^ mix(seed)));
    shuffled
}

fn sample(count: usize) -> Vec<RawRecord> {
    let mut records = records(&fixture("sample/customers.csv"), "sample");
    records.truncate(count);
    records
}

fn load(engine: &Engine, records: &[RawRecord]) {
    let commands: Vec<UpsertCommand> = records.iter().map(upsert).collect();
    for answer in engine.upsert_all("test", &commands).expect("the store holds") {
        answer.expect("the record is accepted");
    }
}

fn golden_of_engine(engine: &Engine) -> BTreeMap<String, String> {
    let mut golden = BTreeMap::new();
    let mut after = None;
    loop {
        let page = engine.profiles(after.as_deref(), 500).unwrap();
        for view in page.items {
            golden.insert(format!("{:?}", view.golden.members), format!("{:?}", view.golden));
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return golden,
        }
    }
}

fn check_order_neutrality(store: &dyn Fn() -> Arc<dyn Store>, count: usize, seeds: u64) {
    let records = sample(count);
    let outcome = bulk(&records, &Judgements::default());
    let expected = groups_of_outcome(&outcome);
    let golden: BTreeMap<String, String> =
        outcome.profiles.iter().map(|(_, g)| (format!("{:?}", g.members), format!("{g:?}"))).collect();
    assert!(expected.len() < records.len(), "the sample must hold duplicates, or the test shows nothing");
    for seed in 0..seeds {
        let engine = engine(store());
        load(&engine, &shuffled(&records, seed));
        assert_eq!(groups_of_engine(&engine), expected, "seed {seed}");
        assert_eq!(golden_of_engine(&engine), golden, "seed {seed}");
    }
}

#[test]
fn upserts_in_any_order_give_the_bulk_partition_and_the_same_golden_values() {
    check_order_neutrality(&|| Arc::new(MemoryStore::default()), 400, 4);
}

#[cfg(feature = "rocks")]
#[test]
fn the_embedded_store_gives_the_same() {
    let folders: std::cell::RefCell<Vec<tempfile::TempDir>> = std::cell::RefCell::default();
    let open = || -> Arc<dyn Store> {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(guiyi::store::rocks::RocksStore::open(folder.path()).unwrap());
        folders.borrow_mut().push(folder);
        store
    };
    check_order_neutrality(&open, 1_000, 1);
}

#[test]
fn updates_and_deletions_leave_no_trace() {
    let records = sample(300);
    let engine = engine(Arc::new(MemoryStore::default()));
    // Every third record first comes with another record's content, every fifth is deleted and comes back.
    for (position, record) in records.iter().enumerate() {
        let mut first = record.clone();
        if position % 3 == 0 {
            first.attributes = records[(position + 7) % records.len()].attributes.clone();
        }
        engine.upsert("test", &upsert(&first), Durability::Deferred).unwrap();
    }
    for (position, record) in records.iter().enumerate() {
        if position % 5 == 0 {
            engine.delete("", "test", &record.key, "").unwrap();
        }
    }
    for record in shuffled(&records, 9) {
        engine.upsert("test", &upsert(&record), Durability::Deferred).unwrap();
    }
    assert_eq!(groups_of_engine(&engine), groups_of_outcome(&bulk(&records, &Judgements::default())));
    // And what is deleted for good was never there.
    let (gone, left): (Vec<_>, Vec<_>) = records.iter().cloned().enumerate().partition(|(i, _)| i % 4 == 0);
    for (_, record) in gone {
        engine.delete("", "test", &record.key, "").unwrap();
    }
    let left: Vec<RawRecord> = left.into_iter().map(|(_, record)| record).collect();
    assert_eq!(groups_of_engine(&engine), groups_of_outcome(&bulk(&left, &Judgements::default())));
}

/// Records of which nothing is known but one telephone number: its block alone links them, until it is generic.
fn crowd(size: usize) -> Vec<RawRecord> {
    (0..size)
        .map(|i| {
            let mut record = sample(1).remove(0);
            record.key.record_id = format!("crowd-{i}");
            record.attributes = vec![RawAttribute {
                country: Some("CN".into()),
                ..RawAttribute::full(AttributeKind::Phone, "13912340007")
            }];
            record
        })
        .collect()
}

#[test]
fn a_block_that_crosses_the_limit_up_or_down_decides_the_same_as_in_bulk() {
    let limit = guiyi::catalog::models::load("default-zh@1").unwrap().limits.block_records_max;
    let crowd = crowd(limit + 2);
    let engine = engine(Arc::new(MemoryStore::default()));
    for size in limit - 1..=limit + 2 {
        load(&engine, &crowd[..size]);
        let expected = groups_of_outcome(&bulk(&crowd[..size], &Judgements::default()));
        assert_eq!(groups_of_engine(&engine), expected, "growing to {size}");
    }
    let full = groups_of_engine(&engine).len();
    for size in (limit - 1..limit + 2).rev() {
        engine.delete("", "test", &crowd[size].key, "").unwrap();
        let expected = groups_of_outcome(&bulk(&crowd[..size], &Judgements::default()));
        assert_eq!(groups_of_engine(&engine), expected, "shrinking to {size}");
    }
    assert!(groups_of_engine(&engine).len() < full, "below the limit the telephone links them");
}

#[test]
fn judgements_bind_on_line_and_in_bulk_and_can_be_withdrawn_exactly() {
    let records = sample(800);
    let engine = engine(Arc::new(MemoryStore::default()));
    load(&engine, &records);
    let before = engine.partition().unwrap();
    let tasks = engine.tasks(&|_| true, None, 20).unwrap().items;
    assert!(tasks.len() >= 6, "the sample must have possible matches, found {}", tasks.len());

    let mut judgements = Judgements::default();
    let mut decided = Vec::new();
    for (position, task) in tasks.iter().enumerate() {
        let verdict = [Verdict::Positive, Verdict::Negative, Verdict::Unsure][position % 3];
        let claim = ReviewCommand::Claim { lease_seconds: 0 };
        // Deciding one task can answer another, which is gone then.
        if engine.review("", "ann", task.id, "", &claim).is_err() {
            continue;
        }
        let decide = ReviewCommand::Decide { verdict, reason: "test".into() };
        engine.review("", "ann", task.id, "", &decide).unwrap();
        let [Some(left), Some(right)] = &task.records else { panic!("both records exist") };
        judgements.insert(RecordPair::new(left.handle(), right.handle()).unwrap(), verdict);
        decided.push(task.id);
    }
    assert!(decided.len() >= 4);
    assert_eq!(groups_of_engine(&engine), groups_of_outcome(&bulk(&records, &judgements)));

    // Ids that a decision absorbed lead to the profile that has the record now.
    let now: BTreeMap<_, _> = engine.partition().unwrap().into_iter().collect();
    let absorbed = before.iter().filter(|(record, profile)| now[record] != *profile).count();
    assert!(absorbed > 0, "some decision must have merged two profiles");
    for (record, profile) in &before {
        let view = engine.profile(*profile).expect("an id that was given once answers for ever");
        assert!(view.id == now[record] || now.values().any(|live| live == profile), "{profile} leads nowhere");
    }

    // Re-delivery of every record changes nothing about what people decided.
    load(&engine, &shuffled(&records, 3));
    assert_eq!(groups_of_engine(&engine), groups_of_outcome(&bulk(&records, &judgements)));

    for id in decided {
        engine.review("", "bob", id, "", &ReviewCommand::Undo).unwrap();
    }
    assert_eq!(engine.partition().unwrap(), before, "profiles and their ids are as if nobody had decided");
}

#[test]
fn the_order_of_the_input_does_not_show_in_a_bulk_run() {
    let records = sample(600);
    let first = bulk(&records, &Judgements::default());
    for seed in 0..3 {
        let second = bulk(&shuffled(&records, seed), &Judgements::default());
        assert_eq!(first.records, second.records);
        assert_eq!(first.profiles, second.profiles);
        assert_eq!(first.review, second.review);
    }
}
