//! `guiyi cleanse --load`: a finished run goes into an empty store, which then is as if every record had been upserted, now and after
//! whatever happens next.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Instant;

use guiyi::bulk::input;
use guiyi::catalog::{models, rules, sources};
use guiyi::domain::cluster::judgement::Verdict;
use guiyi::domain::features::Features;
use guiyi::domain::generic::GenericOverride;
use guiyi::domain::hash::mix;
use guiyi::domain::id::{ProfileId, RecordKey, RecordPair, ReviewTaskId};
use guiyi::domain::prepare::prepare;
use guiyi::domain::record::RawRecord;
use guiyi::engine::{Engine, ReviewCommand, SystemClock};
use guiyi::loading::ACTOR;
use guiyi::store::memory::MemoryStore;
use guiyi::store::rocks::RocksStore;
use guiyi::store::stored::{StoredJudgement, StoredRecord, StoredTask};
use guiyi::store::{Batch, Durability, Space, Store, codec};

use crate::support::{fixture, groups_of_engine, guiyi, text, upsert, wait};

/// Moments at which a run is killed.
const KILLS: u64 = 4;

fn cleanse(inputs: &[&Path], out: &Path, data_dir: &Path, more: &[&str]) -> Output {
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let inputs: Vec<String> = inputs.iter().map(|input| path(input)).collect();
    let folders = [path(out), path(data_dir)];
    let mut args = vec!["cleanse"];
    args.extend(inputs.iter().map(String::as_str));
    args.extend(["--source", "sample", "--out", &folders[0], "--load", &folders[1]]);
    args.extend(more);
    guiyi(&args, "")
}

fn open(store: Arc<dyn Store>, model: &str) -> guiyi::error::Result<Engine> {
    Engine::open(store, models::load(model)?, rules::load(rules::DEFAULT)?, Arc::new(SystemClock))
}

/// All rows of a space.
fn rows(store: &dyn Store, space: Space) -> BTreeMap<Vec<u8>, Vec<u8>> {
    store.snapshot().unwrap().scan(space, &[], None, usize::MAX).unwrap().into_iter().collect()
}

/// What is the same however the records came: everything but times, revisions and ids that history decides.
fn content(store: &dyn Store) -> BTreeMap<&'static str, BTreeMap<Vec<u8>, Vec<u8>>> {
    let mut content: BTreeMap<_, _> = [
        Space::Features,
        Space::Blocks,
        Space::BlockRecords,
        Space::Phones,
        Space::Edges,
        Space::RecordTasks,
        Space::Overrides,
    ]
    .map(|space| (space.name(), rows(store, space)))
    .into();
    let records = rows(store, Space::Records).into_iter().map(|(key, value)| {
        let record: StoredRecord = codec::decode(&value).unwrap();
        (key, codec::encode(&StoredRecord { create_micros: 0, update_micros: 0, revision: 0, ..record }))
    });
    content.insert("records", records.collect());
    let tasks = rows(store, Space::Tasks).into_iter().map(|(key, value)| {
        let task: StoredTask = codec::decode(&value).unwrap();
        (key, codec::encode(&StoredTask { create_micros: 0, decided_micros: 0, revision: 0, ..task }))
    });
    content.insert("tasks", tasks.collect());
    let judgements = rows(store, Space::Judgements).into_iter().map(|(key, value)| {
        let judgement: StoredJudgement = codec::decode(&value).unwrap();
        (key, codec::encode(&StoredJudgement { decided_micros: 0, ..judgement }))
    });
    content.insert("judgements", judgements.collect());
    content
}

fn golden(engine: &Engine) -> Vec<String> {
    let page = engine.profiles(None, usize::MAX).unwrap();
    let mut golden: Vec<String> = page.items.iter().map(|view| format!("{:?}", view.golden)).collect();
    golden.sort_unstable();
    golden
}

fn assert_same(what: &str, a: (&Engine, &dyn Store), b: (&Engine, &dyn Store)) {
    for ((space, a), (_, b)) in content(a.1).iter().zip(&content(b.1)) {
        assert_eq!(a.len(), b.len(), "{what}: rows of {space}");
        assert!(a == b, "{what}: {space} differs");
    }
    assert_eq!(groups_of_engine(a.0), groups_of_engine(b.0), "{what}");
    assert_eq!(golden(a.0), golden(b.0), "{what}");
    for (engine, _) in [a, b] {
        engine.sync().unwrap();
        assert_eq!(engine.fsck().unwrap().problems, Vec::<String>::new(), "{what}");
    }
}

/// The answer to an upsert but for ids of profiles.
fn answer(engine: &Engine, record: &RawRecord) -> String {
    let answer = engine.upsert("test", &upsert(record), Durability::Deferred).unwrap();
    let resolution = answer.resolution;
    let candidates: Vec<_> = resolution.candidates.iter().map(|c| (&c.key, c.weight, c.cannot_link)).collect();
    format!("{:?} {candidates:?} {:?} {}", resolution.outcome, resolution.tasks, resolution.cut_to_limit)
}

/// Loads a run over some files and compares it, at once and after further commands, with a store that got the records one by one.
fn check(inputs: &[&Path], options: &[&str]) -> (usize, usize) {
    check_with(inputs, options, &|_| {})
}

/// The same; `said` tells the other store what the options say.
fn check_with(inputs: &[&Path], options: &[&str], said: &dyn Fn(&Engine)) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let (out, data) = (folder.path().join("out"), folder.path().join("data"));
    let done = cleanse(inputs, &out, &data, options);
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("loaded into"), "{}", text(&done.stdout));

    let mapping = sources::load_built_in("sample").unwrap();
    let inputs: Vec<PathBuf> = inputs.iter().map(|input| input.to_path_buf()).collect();
    let records = input::read(&inputs, &mapping).unwrap().records;
    let model = out.join("model.toml");
    let stores: [Arc<dyn Store>; 2] = [Arc::new(RocksStore::open(&data).unwrap()), Arc::new(MemoryStore::default())];
    // A loaded store has its model.
    let loaded = open(Arc::clone(&stores[0]), models::DEFAULT).unwrap();
    let upserted = open(Arc::clone(&stores[1]), model.to_str().unwrap()).unwrap();
    assert_eq!(loaded.model(), upserted.model());
    let commands: Vec<_> = records.iter().map(upsert).collect();
    upserted.upsert_all("test", &commands).unwrap().into_iter().for_each(|answer| drop(answer.unwrap()));
    said(&upserted);
    let both = ((&loaded, &*stores[0]), (&upserted, &*stores[1]));
    assert_same("as loaded", both.0, both.1);
    let generic = rows(&*stores[0], Space::BlockRecords).len();
    let tasks = rows(&*stores[0], Space::Tasks).len();

    // Profiles have the ids of the crosswalk.
    let crosswalk = std::fs::read_to_string(out.join("crosswalk.csv")).unwrap();
    let ids: BTreeMap<String, ProfileId> = loaded
        .partition()
        .unwrap()
        .into_iter()
        .map(|(key, id)| (format!("{},{}", key.record_id, key.source.0), id))
        .collect();
    assert_eq!(ids.len(), records.len());
    for line in crosswalk.lines().skip(1) {
        let (record, id) = line.rsplit_once(',').unwrap();
        assert_eq!(ids.get(record).map(ToString::to_string).as_deref(), Some(id), "{record}");
    }

    // What happens next has the same answers.
    for (position, record) in records.iter().enumerate() {
        let mut changed = record.clone();
        match mix(position as u64) % 40 {
            0 => both_do(both, |engine| engine.delete("", "test", &record.key, "").unwrap()),
            1 => changed.attributes.clone_from(&records[(position + 7) % records.len()].attributes),
            2 => changed.key.record_id.push_str("-again"),
            _ => continue,
        }
        if changed != *record {
            let (a, b) = (answer(&loaded, &changed), answer(&upserted, &changed));
            assert_eq!(a, b, "{}", record.key);
        }
    }
    assert_same("after more", both.0, both.1);
    assert_eq!(loaded.rebuild("test").unwrap().problem_count, 0);
    (generic, tasks)
}

fn both_do(both: ((&Engine, &dyn Store), (&Engine, &dyn Store)), work: impl Fn(&Engine)) {
    work(both.0.0);
    work(both.1.0);
}

fn sample(folder: &Path, count: usize) -> PathBuf {
    let all = std::fs::read_to_string(fixture("sample/customers.csv")).unwrap();
    let path = folder.join("customers.csv");
    std::fs::write(&path, all.split_inclusive('\n').take(count + 1).collect::<String>()).unwrap();
    path
}

#[test]
fn a_loaded_run_is_as_if_every_record_had_been_upserted() {
    let folder = tempfile::tempdir().unwrap();
    let (_, tasks) = check(&[&sample(folder.path(), 1_500)], &[]);
    assert!(tasks > 0, "there must be review tasks, or the test shows little");
}

#[test]
fn so_it_is_with_generic_values() {
    let folder = tempfile::tempdir().unwrap();
    let mut model = models::load(models::DEFAULT).unwrap();
    model.limits.block_records_max = 4;
    let path = folder.path().join("narrow.toml");
    let (text, frequencies) = models::render(&model, "none.tsv");
    assert!(frequencies.is_none());
    std::fs::write(&path, text).unwrap();
    let (generic, _) = check(&[&sample(folder.path(), 800)], &["--model", path.to_str().unwrap()]);
    assert!(generic > 20, "{generic} records under generic keys");
}

#[test]
fn so_it_is_with_what_people_said_of_pairs_and_values() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (sample(folder.path(), 1_200), folder.path().join("before"));
    let paths = [&input, &out].map(|path| path.to_str().unwrap());
    let model = ["--model", models::DEFAULT];
    assert!(
        guiyi(&[&["cleanse", paths[0], "--source", "sample", "--out", paths[1]][..], &model].concat(), "")
            .status
            .success()
    );

    // Of the pairs in question those of profiles that no other pair is about.
    let mut asked = BTreeSet::new();
    let mut reader = csv::Reader::from_path(out.join("review.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let names = ["left_source", "left_record_id", "right_source", "right_record_id"].map(column);
    let profiles = ["left_profile_id", "right_profile_id"].map(column);
    let verdicts = [Verdict::Positive, Verdict::Negative, Verdict::Unsure];
    let mut pairs = Vec::new();
    for row in reader.records().map(Result::unwrap) {
        if profiles.iter().filter(|profile| asked.insert(row[**profile].to_owned())).count() == 2 {
            let [left_source, left, right_source, right] = names.map(|name| row[name].to_owned());
            let ends = [RecordKey::new(left_source, left), RecordKey::new(right_source, right)];
            pairs.push((ends, verdicts[pairs.len() % 3]));
        }
    }
    assert!(pairs.len() >= 6, "{}", pairs.len());
    let mut judgements = String::from("left_source,left_record_id,right_source,right_record_id,verdict\n");
    for ([left, right], verdict) in &pairs {
        let line = [&left.source.0, &left.record_id, &right.source.0, &right.record_id, verdict.code()];
        judgements.push_str(&format!("{}\n", line.join(",")));
    }
    let phones = phones_by_records(&input);
    let (specific, generic) = (phones.last().unwrap().1.clone(), phones[phones.len() - 2].1.clone());
    let values = format!("rule,value,override\nphone,{specific},SPECIFIC\nphone,{generic},GENERIC\n");
    let files = [("judgements.csv", judgements), ("values.csv", values)].map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    });

    let options = [&["--judgements", &files[0], "--generic-values", &files[1]][..], &model].concat();
    check_with(&[&input], &options, &|engine| {
        for (phone, said) in [(&specific, GenericOverride::Specific), (&generic, GenericOverride::Generic)] {
            engine.override_generic_value("", ACTOR, ("phone", std::slice::from_ref(phone)), Some(said), "").unwrap();
        }
        for ([left, right], verdict) in &pairs {
            let task = ReviewTaskId::about(RecordPair::new(left.handle(), right.handle()).unwrap());
            let decide = ReviewCommand::Decide { verdict: *verdict, reason: String::new() };
            for command in [ReviewCommand::Claim { lease_seconds: 0 }, decide] {
                engine.review("", ACTOR, task, "", &command).unwrap();
            }
        }
    });
}

/// Telephone numbers in E.164 by how many records have them, ascending.
fn phones_by_records(input: &Path) -> Vec<(usize, String)> {
    let records = input::read(&[input.to_owned()], &sources::load_built_in("sample").unwrap()).unwrap().records;
    let model = models::load(models::DEFAULT).unwrap();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for record in &records {
        let features = Features::of(&prepare(record), &model.frequencies);
        let phones: BTreeSet<&str> = features.phones.iter().map(|phone| phone.e164.as_str()).collect();
        phones.into_iter().for_each(|phone| *counts.entry(phone.to_owned()).or_default() += 1);
    }
    let mut phones: Vec<(usize, String)> = counts.into_iter().map(|(phone, count)| (count, phone)).collect();
    phones.sort_unstable();
    phones
}

#[test]
fn dates_are_kept_as_each_file_proved_them() {
    let folder = tempfile::tempdir().unwrap();
    let header =
        "record_id,source,updated_at,name,gender,birth_date,phone,email,id_number,address,company,wechat_unionid\n";
    let file = |name: &str, proof: &str| {
        let path = folder.path().join(name);
        let row = |id: usize, date: &str| format!("{name}{id},crm,,罗燕宁,女,{date},1308181{id:04},,,,,\n");
        let rows: String =
            [proof, "03/04/1980", "05/06/1971"].iter().zip(1..).map(|(date, id)| row(id, date)).collect();
        std::fs::write(&path, format!("{header}{rows}")).unwrap();
        path
    };
    let (day, month) = (file("a", "13/04/1980"), file("b", "04/13/1980"));
    check(&[&day, &month], &["--model", models::DEFAULT]);
}

#[test]
fn what_cannot_be_loaded_is_refused_before_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let (input, data) = (sample(folder.path(), 60), folder.path().join("data"));
    let out = folder.path().join("out");
    // A store without records may have been opened before; its model is that of the run afterwards.
    drop(open(Arc::new(RocksStore::open(&data).unwrap()), models::DEFAULT_EN).unwrap());
    let done = cleanse(&[&input], &out, &data, &["--model", models::DEFAULT]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let store: Arc<dyn Store> = Arc::new(RocksStore::open(&data).unwrap());
    let engine = open(Arc::clone(&store), models::DEFAULT_EN).unwrap();
    assert_eq!(
        (engine.model().version.to_string(), rows(&*store, Space::Models).len()),
        (models::DEFAULT.to_owned(), 1)
    );
    drop((engine, store));

    let again = folder.path().join("again");
    let refused = cleanse(&[&input], &again, &data, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("holds records already"), "{}", text(&refused.stderr));
    assert!(!again.exists(), "it was refused before the run began");

    // Below the gate nothing is loaded.
    let empty = folder.path().join("empty");
    let below = cleanse(&[&input], &again, &empty, &["--gate", "duplicates <= 0.0001"]);
    assert_eq!(below.status.code(), Some(4), "{}", text(&below.stderr));
    assert!(text(&below.stdout).contains("the gate is not met"), "{}", text(&below.stdout));
    assert!(rows(&RocksStore::open(&empty).unwrap(), Space::Records).is_empty());
}

#[test]
fn a_load_that_did_not_end_is_no_store_and_starts_over() {
    let folder = tempfile::tempdir().unwrap();
    let (input, data, out) = (sample(folder.path(), 200), folder.path().join("data"), folder.path().join("out"));
    assert!(cleanse(&[&input], &out, &data, &["--model", models::DEFAULT]).status.success());
    let before = {
        let store = RocksStore::open(&data).unwrap();
        let before = content(&store);
        // What a load leaves that ends before its last step, and files that were not taken in.
        let writes =
            vec![(Space::Meta, b"store".to_vec(), None), (Space::Records, b"12345678".to_vec(), Some(Vec::new()))];
        store.commit(&Batch { cleared: vec![Space::Tasks], writes }, Durability::Synced).unwrap();
        before
    };
    std::fs::create_dir_all(data.join("loading")).unwrap();
    std::fs::write(data.join("loading/records-0.sst"), "half").unwrap();
    let data_dir = data.to_str().unwrap();
    let input_path = input.to_str().unwrap();
    for command in [
        &["fsck", "--data-dir", data_dir][..],
        &["rebuild", "--data-dir", data_dir],
        &["load", input_path, "--source", "sample", "--data-dir", data_dir],
    ] {
        let refused = guiyi(command, "");
        assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stdout));
        assert!(text(&refused.stderr).contains("a load that did not end"), "{}", text(&refused.stderr));
    }
    let again = cleanse(&[&input], &out, &data, &["--model", models::DEFAULT]);
    assert!(again.status.success() && text(&again.stderr).contains("starts over"), "{}", text(&again.stderr));
    assert!(!data.join("loading").exists());
    let store: Arc<dyn Store> = Arc::new(RocksStore::open(&data).unwrap());
    assert!(content(&*store) == before);
    assert_eq!(open(store, models::DEFAULT).unwrap().fsck().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_record_over_the_limits_of_a_store_stops_the_load_and_not_the_results() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("long.csv");
    std::fs::write(&input, format!("record_id,source,name\n{},crm,罗燕宁\n", "9".repeat(300))).unwrap();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    let mapping = folder.path().join("mapping.toml");
    let columns = "record_id = \"record_id\"\nsource = { column = \"source\" }\n[[column]]\nname = \"name\"\nkind = \"person_name\"\n";
    std::fs::write(&mapping, columns).unwrap();
    let [input, mapping, out, data] = [&input, &mapping, &out, &data].map(|path| path.to_str().unwrap());
    let run = ["cleanse", input, "--mapping", mapping, "--out", out];
    let stopped = guiyi(&[&run[..], &["--load", data]].concat(), "");
    assert_eq!(stopped.status.code(), Some(2));
    assert!(text(&stopped.stderr).contains("does not fit into a store"), "{}", text(&stopped.stderr));
    assert!(rows(&RocksStore::open(Path::new(data)).unwrap(), Space::Records).is_empty());
    let silent = guiyi(&[&run[..], &["--resume"]].concat(), "");
    assert_eq!(silent.status.code(), Some(2));
    assert!(text(&silent.stderr).contains("--no-load to go on without it"), "{}", text(&silent.stderr));
    let resumed = guiyi(&[&run[..], &["--resume", "--no-load"]].concat(), "");
    assert!(resumed.status.success(), "{}", text(&resumed.stderr));
}

#[test]
fn a_run_that_is_in_its_store_already_is_not_loaded_again_when_it_is_resumed() {
    let folder = tempfile::tempdir().unwrap();
    let (input, data, out) = (sample(folder.path(), 200), folder.path().join("data"), folder.path().join("out"));
    let in_the_way = out.join("golden.csv");
    std::fs::create_dir_all(&in_the_way).unwrap();
    let stopped = cleanse(&[&input], &out, &data, &[]);
    assert_eq!(stopped.status.code(), Some(1), "{}", text(&stopped.stderr));
    let before = content(&RocksStore::open(&data).unwrap());
    std::fs::remove_dir(&in_the_way).unwrap();
    let resumed = cleanse(&[&input], &out, &data, &["--resume"]);
    assert!(resumed.status.success(), "{}", text(&resumed.stderr));
    assert!(text(&resumed.stdout).contains("loaded into"), "{}", text(&resumed.stdout));
    assert!(in_the_way.is_file() && content(&RocksStore::open(&data).unwrap()) == before);
}

#[test]
fn a_killed_run_is_loaded_when_it_is_resumed_and_never_half() {
    let folder = tempfile::tempdir().unwrap();
    let input = fixture("sample/customers.csv");
    let whole = folder.path().join("whole");
    let began = Instant::now();
    assert!(cleanse(&[&input], &folder.path().join("results"), &whole, &[]).status.success());
    let time = began.elapsed();
    let expected = content(&RocksStore::open(&whole).unwrap());
    for kill in 0..KILLS {
        let (out, data) = (folder.path().join(format!("out{kill}")), folder.path().join(format!("data{kill}")));
        let mut command = Command::new(env!("CARGO_BIN_EXE_guiyi"));
        command.arg("cleanse").arg(&input).args(["--source", "sample", "--out"]).arg(&out).arg("--load").arg(&data);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Mostly while it is loaded, which is the last thing.
        wait(time.mul_f64(1.0 - (mix(kill) % 1_000) as f64 / 3_000.0));
        child.kill().unwrap();
        child.wait().unwrap();
        let resumed = cleanse(&[&input], &out, &data, &["--resume"]);
        if !resumed.status.success() {
            // It was killed after the load.
            assert!(text(&resumed.stderr).contains("holds records already"), "{}", text(&resumed.stderr));
        }
        assert!(content(&RocksStore::open(&data).unwrap()) == expected, "kill {kill}");
    }
}
