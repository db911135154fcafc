//! What people say about generic values: it outranks the data, whenever it is said, and leaves no trace when it is withdrawn.

use std::collections::BTreeSet;
use std::sync::Arc;

use guiyi::catalog::{models, rules};
use guiyi::domain::block;
use guiyi::domain::features::Features;
use guiyi::domain::generic::GenericOverride;
use guiyi::domain::prepare::prepare;
use guiyi::domain::record::RawRecord;
use guiyi::engine::{Engine, SystemClock};
use guiyi::store::Store;
use guiyi::store::memory::MemoryStore;

use crate::support::{fixture, groups_of_engine, records, upsert};

/// A value: rule and parts.
type Named = (&'static str, Vec<String>);

fn engine(block_records_max: usize) -> (Engine, Arc<dyn Store>) {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
    (open(&store, block_records_max), store)
}

fn open(store: &Arc<dyn Store>, block_records_max: usize) -> Engine {
    let (mut model, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
    model.limits.block_records_max = block_records_max;
    Engine::open(Arc::clone(store), model, policy, Arc::new(SystemClock)).unwrap()
}

fn load<'r>(engine: &Engine, records: impl Iterator<Item = &'r RawRecord>) {
    let commands: Vec<_> = records.map(upsert).collect();
    for answer in engine.upsert_all("test", &commands).unwrap() {
        answer.unwrap();
    }
    engine.sync().unwrap();
}

fn say(engine: &Engine, values: &BTreeSet<Named>, said: Option<GenericOverride>) {
    for (rule, parts) in values {
        let value = engine.override_generic_value("", "ann", (rule, parts), said, "test").unwrap();
        assert_eq!(value.said, said);
    }
}

fn sound(engine: &Engine) {
    let check = engine.fsck().unwrap();
    assert_eq!(check.problem_count, 0, "{:#?}", check.problems);
}

/// The values of a record's keys.
fn values_of(record: &RawRecord) -> Vec<Named> {
    let features = Features::of(&prepare(record), &models::load(models::DEFAULT).unwrap().frequencies);
    block::keys(&features).into_iter().filter_map(|key| block::describe(&features, key)).collect()
}

fn sample() -> Vec<RawRecord> {
    let mut sample = records(&fixture("sample/customers.csv"), "sample");
    sample.truncate(300);
    sample
}

#[test]
fn a_value_declared_generic_brings_nobody_together() {
    let sample = sample();
    let (said_last, _) = engine(120);
    load(&said_last, sample.iter());
    let before = groups_of_engine(&said_last);
    let pair = before.iter().find(|group| group.len() == 2).expect("a profile of two records");
    let of_pair = |record: &&RawRecord| pair.contains(&record.key);
    let values: BTreeSet<Named> = sample.iter().filter(of_pair).flat_map(values_of).collect();

    say(&said_last, &values, Some(GenericOverride::Generic));
    sound(&said_last);
    let after = groups_of_engine(&said_last);
    assert!(!after.contains(pair), "nothing is left by which the two could be candidates");

    // Said before anybody came, and with everybody in the opposite order, it gives the same.
    let (said_first, store) = engine(120);
    say(&said_first, &values, Some(GenericOverride::Generic));
    load(&said_first, sample.iter().rev());
    assert_eq!(groups_of_engine(&said_first), after);
    // It is remembered.
    let said_first = open(&store, 120);
    load(&said_first, sample.iter().take(20));
    assert_eq!(groups_of_engine(&said_first), after);
    assert_eq!(said_first.overridden_values(None, 1_000).unwrap().items.len(), values.len());
    sound(&said_first);

    say(&said_last, &values, None);
    sound(&said_last);
    assert_eq!(groups_of_engine(&said_last), before);
    assert!(said_last.overridden_values(None, 10).unwrap().items.is_empty());
}

#[test]
fn a_value_declared_specific_is_no_longer_generic() {
    let sample = sample();
    // So low a limit makes most values of larger customers generic.
    let (narrow, _) = engine(2);
    let (wide, _) = engine(120);
    load(&narrow, sample.iter());
    load(&wide, sample.iter());
    assert!(groups_of_engine(&wide) != groups_of_engine(&narrow));
    let learnt = narrow.generic_values(None, 100_000).unwrap().items;
    let named = |rule: &str| block::ALL.iter().find(|known| known.code() == rule).map(|known| known.code());
    let values: BTreeSet<Named> =
        learnt.into_iter().map(|(_, value)| (named(&value.rule).unwrap(), value.parts)).collect();
    assert!(values.len() > 20);
    say(&narrow, &values, Some(GenericOverride::Specific));
    sound(&narrow);
    assert_eq!(groups_of_engine(&narrow), groups_of_engine(&wide));
    assert!(narrow.generic_values(None, 10).unwrap().items.is_empty());
}

#[test]
fn what_names_no_value_is_refused() {
    let (engine, _) = engine(120);
    for (rule, parts) in [("fone", vec!["1"]), ("phone", vec![]), ("phone", vec![""])] {
        let parts: Vec<String> = parts.into_iter().map(str::to_owned).collect();
        let refused = engine.override_generic_value("", "ann", (rule, &parts), None, "").unwrap_err();
        assert!(refused.to_string().contains("generic_value"), "{refused}");
    }
}
