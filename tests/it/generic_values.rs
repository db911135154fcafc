//! What people say about generic values: it outranks the data, whenever it is said, and leaves no trace when it is withdrawn.

use std::collections::BTreeSet;
use std::sync::Arc;

use guiyi::bulk::pipeline::{self, Options, Silent};
use guiyi::catalog::{models, rules};
use guiyi::domain::block;
use guiyi::domain::cluster::judgement::Judgements;
use guiyi::domain::features::Features;
use guiyi::domain::generic::{GenericOverride, GenericOverrides, key_of};
use guiyi::domain::id::RecordKey;
use guiyi::domain::prepare::prepare;
use guiyi::domain::record::{AttributeKind, RawAttribute, RawRecord};
use guiyi::engine::{Engine, SystemClock};
use guiyi::store::Store;
use guiyi::store::memory::MemoryStore;

use crate::support::{fixture, groups_of_engine, groups_of_outcome, guiyi, records, text, upsert};

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

    // A bulk run that is told the same gives the same.
    let (policy, model) = (rules::load(rules::DEFAULT).unwrap(), models::load(models::DEFAULT).unwrap());
    let mut overrides = GenericOverrides::default();
    for (rule, parts) in &values {
        overrides.set(key_of(rule, parts).unwrap(), Some(GenericOverride::Generic));
    }
    let judgements = Judgements::default();
    let options = Options { overrides: &overrides, ..Options::new(&model, &policy, &judgements, &Silent) };
    assert_eq!(groups_of_outcome(&pipeline::run(&sample, &options)), after);

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

/// People of one surname, every third one twice; with `desk`, all with the telephone number and address of one front desk.
fn people(desk: bool) -> Vec<RawRecord> {
    let person = |number: usize, visit: usize| {
        let given = ["建国", "秀英", "晓明", "丽华", "志强", "雅婷", "子轩", "海燕"][number % 8];
        let name = ["王", "王小", "王大"][number / 8 % 3].to_owned() + given;
        let mut attributes = vec![
            RawAttribute::full(AttributeKind::PersonName, name),
            RawAttribute::full(
                AttributeKind::BirthDate,
                format!("19{:02}-0{}-1{}", 50 + number, 1 + number % 9, number % 7),
            ),
        ];
        if desk {
            attributes.push(RawAttribute::full(AttributeKind::Phone, "021-65529988"));
            attributes.push(RawAttribute::full(AttributeKind::Address, "上海市徐汇区漕溪北路398号汇智大厦12楼1201室"));
        }
        let key = RecordKey::new(["crm", "shop"][visit], number.to_string());
        RawRecord { key, owner: None, observed_time: None, attributes }
    };
    let visits = |number: usize| if number.is_multiple_of(3) { 2 } else { 1 };
    (0..24).flat_map(|number| (0..visits(number)).map(move |visit| person(number, visit))).collect()
}

#[test]
fn a_generic_value_is_no_evidence_wherever_two_records_meet() {
    let limit = 8;
    let (desk, home) = (people(true), people(false));
    let (apart, _) = engine(limit);
    load(&apart, home.iter());
    let expected = groups_of_engine(&apart);
    assert_eq!(expected.len(), 24);

    // Everybody has the surname and the desk in common, so that keys of both bring many together.
    let (together, _) = engine(limit);
    load(&together, desk.iter());
    sound(&together);
    assert_eq!(groups_of_engine(&together), expected);
    let (policy, mut model) = (rules::load(rules::DEFAULT).unwrap(), models::load(models::DEFAULT).unwrap());
    model.limits.block_records_max = limit;
    let judgements = Judgements::default();
    let options = Options::new(&model, &policy, &judgements, &Silent);
    assert_eq!(groups_of_outcome(&pipeline::run(&desk, &options)), expected);

    // The pair is explained as it was decided: without the desk.
    let two = [RecordKey::new("crm", "1"), RecordKey::new("crm", "2")];
    let explained = together.explain_match(&two[0], &two[1]).unwrap().explanation;
    assert!(explained.shared_keys.iter().any(|key| key.rule == "phone" && key.generic));
    assert!(explained.steps.iter().all(|step| step.comparator != "phone" && step.comparator != "address"));

    // When the desk empties, its number is a number like any other, for those who are left.
    let left: Vec<RawRecord> = desk.iter().rev().take(limit).cloned().collect();
    for record in &desk[..desk.len() - limit] {
        together.delete("", "test", &record.key, "").unwrap();
    }
    sound(&together);
    let (few, _) = engine(limit);
    load(&few, left.iter());
    assert_eq!(groups_of_engine(&together), groups_of_engine(&few));
    let explained = together.explain_match(&left[0].key, &left[1].key).unwrap().explanation;
    assert!(explained.steps.iter().any(|step| step.comparator == "phone"));
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

#[test]
fn a_file_of_generic_values_is_read_or_refused_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("values.csv"), folder.path().join("out"));
    let run = |content: &str| {
        std::fs::write(&file, format!("rule,value,override\n{content}\n")).unwrap();
        let input = fixture("sample/customers.csv");
        let paths = [&input, &file, &out].map(|path| path.to_string_lossy().into_owned());
        let done =
            guiyi(&["cleanse", &paths[0], "--source", "sample", "--generic-values", &paths[1], "--out", &paths[2]], "");
        (done.status.code(), text(&done.stderr))
    };
    assert_eq!(run("phone,+8613205010614,GENERIC").0, Some(0));
    for wrong in ["fone,1,GENERIC", "phone,,GENERIC", "phone,+8613205010614,generic"] {
        let (code, message) = run(wrong);
        assert!(code == Some(1) && message.contains("line 2"), "{wrong}: {message}");
    }
}
