//! What is kept for a time only: answers by request id, and the feed of changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use guiyi::catalog::{models, rules};
use guiyi::domain::date::Timestamp;
use guiyi::domain::id::RecordKey;
use guiyi::domain::model::Limits;
use guiyi::domain::record::{AttributeKind, RawAttribute, RawRecord};
use guiyi::engine::{Clock, Engine, Retention, UpsertAnswer, UpsertCommand};
use guiyi::error::Result;
use guiyi::store::memory::MemoryStore;
use guiyi::store::{Durability, Space, Store};

/// Seconds that everything is kept here.
const KEPT: i64 = 100;

/// Stands still until somebody moves it.
#[derive(Clone, Default)]
struct Hands(Arc<AtomicI64>);

impl Hands {
    fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp { micros: self.0.load(Ordering::SeqCst) }
    }
}

fn engine(store: &Arc<MemoryStore>, hands: &Hands, component_records_max: usize) -> Engine {
    let (mut model, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
    model.limits = Limits { component_records_max, ..model.limits };
    let store = Arc::clone(store) as Arc<dyn Store>;
    let engine = Engine::open(store, model, policy, Arc::new(hands.clone())).unwrap();
    engine.with_retention(Retention { requests_seconds: KEPT, feed_seconds: Some(KEPT) })
}

fn customer(id: usize, phone: &str) -> RawRecord {
    let attributes = [
        (AttributeKind::PersonName, "欧阳晓彤"),
        (AttributeKind::IdDocument, "11010519491231002X"),
        (AttributeKind::Phone, phone),
    ];
    let attributes = attributes.map(|(kind, text)| RawAttribute::full(kind, text)).to_vec();
    RawRecord { key: RecordKey::new("crm", id.to_string()), owner: None, observed_time: None, attributes }
}

fn upsert(engine: &Engine, request_id: &str, record: RawRecord) -> Result<UpsertAnswer> {
    let command = UpsertCommand { request_id: request_id.to_owned(), ..UpsertCommand::of(record) };
    engine.upsert("ann", &command, Durability::Synced)
}

#[test]
fn a_request_id_stands_for_its_answer_as_long_as_that_is_kept_and_is_free_afterwards() {
    let (store, hands) = (Arc::default(), Hands::default());
    let engine = engine(&store, &hands, 200);
    assert_eq!(upsert(&engine, "r1", customer(1, "13812345678")).unwrap().revision, 1);
    assert_eq!(upsert(&engine, "r2", customer(1, "13912345678")).unwrap().revision, 2);
    hands.pass(KEPT);
    assert_eq!(upsert(&engine, "r1", customer(1, "13812345678")).unwrap().revision, 1, "the answer of then");
    let refused = upsert(&engine, "r1", customer(1, "13700001111")).unwrap_err().to_string();
    assert!(refused.contains("request_id"), "{refused}");
    hands.pass(1);
    assert_eq!(upsert(&engine, "r1", customer(1, "13700001111")).unwrap().revision, 3, "a new request");
    assert_eq!(upsert(&engine, "r1", customer(1, "13700001111")).unwrap().revision, 3, "and its repetition");
}

#[test]
fn a_follower_of_the_feed_is_told_when_what_he_missed_is_no_longer_kept() {
    let (store, hands) = (Arc::new(MemoryStore::default()), Hands::default());
    let engine = engine(&store, &hands, 200);
    let bring = |ids: std::ops::Range<usize>| {
        for id in ids {
            upsert(&engine, "", customer(id, &format!("138123456{id:02}"))).unwrap();
        }
    };
    bring(0..20);
    let first = engine.follow((0, 0), 1_000).unwrap();
    assert_eq!(first.events.len(), 20, "one founded, then one change for each that joined");
    let early = first.events[2].0;
    hands.pass(KEPT - 1);
    bring(20..40);
    assert_eq!(engine.follow((0, 0), 1_000).unwrap().events.len(), 40, "all is kept for its time");
    let late = engine.feed_end();
    hands.pass(2);
    bring(40..90);
    for expired in [(0, 0), early] {
        let refused = engine.follow(expired, 1_000).unwrap_err();
        assert!(refused.to_string().contains("no longer kept"), "{refused}");
    }
    let rest = engine.follow(late, 1_000).unwrap();
    assert_eq!(rest.events.len(), 50, "whoever is not that late misses nothing");
    let kept = store.snapshot().unwrap().scan(Space::Feed, &[], None, usize::MAX).unwrap().len();
    assert_eq!(kept, 70, "the first twenty are gone from the store");
    assert_eq!(engine.fsck().unwrap().problems, Vec::<String>::new());
}

#[test]
fn an_answer_tells_that_a_component_was_cut_to_its_limit() {
    let (store, hands) = (Arc::default(), Hands::default());
    let engine = engine(&store, &hands, 3);
    let cut: Vec<bool> = (0..5)
        .map(|id| upsert(&engine, &format!("r{id}"), customer(id, "13812345678")).unwrap().resolution.cut_to_limit)
        .collect();
    assert_eq!(cut, [false, false, false, true, true]);
    let again = upsert(&engine, "r4", customer(4, "13812345678")).unwrap();
    assert!(again.resolution.cut_to_limit, "and so does the answer to its repetition");
}
