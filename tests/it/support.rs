//! What several tests need: folders of the project, the program, engines, partitions to compare.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use guiyi::bulk::input;
use guiyi::bulk::pipeline::{self, Options, Outcome, Silent};
use guiyi::catalog::{models, rules, sources};
use guiyi::domain::cluster::judgement::Judgements;
use guiyi::domain::id::{ProfileId, RecordKey};
use guiyi::domain::record::RawRecord;
use guiyi::engine::{Engine, SystemClock, UpsertCommand};
use guiyi::store::Store;

/// The project's folder: as cargo tells it when the tests run, since clones that share a build folder take over one another's programs.
pub fn root() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()).into()
}

/// A file or folder under `fixtures/`.
pub fn fixture(path: &str) -> PathBuf {
    root().join("fixtures").join(path)
}

/// Runs the real program to its end.
pub fn guiyi(args: &[&str], stdin: &str) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_guiyi"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that refuses its arguments does not read its input: a broken pipe is no failure of the test.
    let _ = child.stdin.take().expect("stdin is a pipe").write_all(stdin.as_bytes());
    child.wait_with_output().expect("the program ends")
}

/// Lets a program run for a while before it is killed.
#[allow(clippy::disallowed_methods, reason = "a kill at some moment is what is tested")]
pub fn wait(time: Duration) {
    std::thread::sleep(time);
}

/// The text of an output stream.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The records of a file under a built-in mapping.
pub fn records(path: &Path, source: &str) -> Vec<RawRecord> {
    let mapping = sources::load_built_in(source).expect("the mapping is built in");
    input::read(&[path.to_owned()], &mapping).expect("the file can be read").records
}

/// A bulk run with the default model.
pub fn bulk(records: &[RawRecord], judgements: &Judgements) -> Outcome {
    let (model, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
    let options = Options::new(&model, &policy, judgements, &Silent);
    pipeline::run(records, &options)
}

/// An engine with the default model.
pub fn engine(store: Arc<dyn Store>) -> Engine {
    let (model, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
    Engine::open(store, model, policy, Arc::new(SystemClock)).expect("the engine opens")
}

/// An upsert without request id.
pub fn upsert(record: &RawRecord) -> UpsertCommand {
    UpsertCommand::of(record.clone())
}

/// Who belongs together, whatever the ids are called.
pub type Groups = BTreeSet<BTreeSet<RecordKey>>;

/// The groups of an engine.
pub fn groups_of_engine(engine: &Engine) -> Groups {
    groups(engine.partition().expect("the partition can be read"))
}

/// The groups of a bulk run.
pub fn groups_of_outcome(outcome: &Outcome) -> Groups {
    outcome.profiles.iter().map(|(_, golden)| golden.members.iter().cloned().collect()).collect()
}

fn groups(partition: Vec<(RecordKey, ProfileId)>) -> Groups {
    let mut by_profile: BTreeMap<ProfileId, BTreeSet<RecordKey>> = BTreeMap::new();
    for (record, profile) in partition {
        by_profile.entry(profile).or_default().insert(record);
    }
    by_profile.into_values().collect()
}
