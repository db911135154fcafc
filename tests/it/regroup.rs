//! Merging and splitting whole profiles by a person's word: it binds, and undoing it restores what was.

use std::collections::BTreeSet;
use std::sync::Arc;

use guiyi::domain::cluster::judgement::{Judgements, Verdict};
use guiyi::domain::id::{ProfileId, RecordKey, RecordPair};
use guiyi::engine::{Engine, Regroup, ReviewCommand};
use guiyi::store::memory::MemoryStore;

use crate::support::{bulk, engine, fixture, groups_of_engine, groups_of_outcome, records, upsert};

const STEWARD: &str = "ann";

fn loaded() -> Engine {
    let engine = engine(Arc::new(MemoryStore::default()));
    let commands: Vec<_> = records(&fixture("sample/customers.csv"), "sample").iter().map(upsert).collect();
    engine.upsert_all("test", &commands).unwrap().into_iter().for_each(|answer| drop(answer.unwrap()));
    engine
}

/// Every profile with its records.
fn profiles(engine: &Engine) -> Vec<(ProfileId, Vec<RecordKey>)> {
    let views = engine.profiles(None, 10_000).unwrap().items;
    views.into_iter().map(|view| (view.id, view.golden.members)).collect()
}

fn sound(engine: &Engine) {
    let check = engine.fsck().unwrap();
    assert_eq!(check.problem_count, 0, "{:#?}", check.problems);
}

#[test]
fn merged_profiles_are_one_until_the_decisions_are_undone() {
    let engine = loaded();
    let before = profiles(&engine);
    let chosen: Vec<_> = before.iter().filter(|(_, members)| members.len() == 2).take(3).cloned().collect();
    let ids: Vec<ProfileId> = chosen.iter().map(|(id, _)| *id).collect();
    let all: BTreeSet<RecordKey> = chosen.iter().flat_map(|(_, members)| members.clone()).collect();

    let merge = Regroup::Merge(ids.clone());
    let done = engine.regroup("m1", STEWARD, &merge, "one family firm").unwrap();
    assert_eq!((done.profiles.len(), done.tasks.len()), (1, 5));
    assert_eq!(done.profiles[0].golden.members.iter().cloned().collect::<BTreeSet<_>>(), all);
    assert!(ids.contains(&done.profiles[0].id), "one of the ids goes on");
    sound(&engine);
    let again = engine.regroup("m1", STEWARD, &merge, "one family firm").unwrap();
    assert_eq!((again.tasks, again.profiles[0].id), (done.tasks.clone(), done.profiles[0].id));

    // A bulk run that is told the same gives the same.
    let mut judgements = Judgements::default();
    for task in &done.tasks {
        let [Some(a), Some(b)] = engine.task(*task).unwrap().records else { panic!("both records are there") };
        judgements.insert(RecordPair::new(a.handle(), b.handle()).unwrap(), Verdict::Positive);
    }
    let outcome = bulk(&records(&fixture("sample/customers.csv"), "sample"), &judgements);
    assert_eq!(groups_of_outcome(&outcome), groups_of_engine(&engine));

    for task in &done.tasks {
        engine.review("", STEWARD, *task, "", &ReviewCommand::Undo).unwrap();
    }
    assert_eq!(profiles(&engine), before, "records and ids are as they were");
    sound(&engine);
}

#[test]
fn records_that_were_split_off_stay_apart_until_somebody_merges_them() {
    let engine = loaded();
    let before = profiles(&engine);
    let (id, members) = before.iter().find(|(_, members)| members.len() == 4).cloned().unwrap();
    let split = |profile, etag: &str, records: &[RecordKey]| Regroup::Split {
        profile,
        etag: etag.to_owned(),
        records: records.to_vec(),
    };
    let done = engine.regroup("", STEWARD, &split(id, "", &members[..1]), "").unwrap();
    assert_eq!((done.profiles.len(), done.tasks.len()), (2, 3));
    assert_eq!(done.profiles[0].golden.members, members[1..]);
    assert_eq!(done.profiles[1].golden.members, members[..1]);
    sound(&engine);

    let merged =
        engine.regroup("", STEWARD, &Regroup::Merge(done.profiles.iter().map(|p| p.id).collect()), "").unwrap();
    assert_eq!(merged.profiles[0].golden.members, members);
    assert_eq!(
        groups_of_engine(&engine),
        before.iter().map(|(_, members)| members.iter().cloned().collect()).collect()
    );
    sound(&engine);

    // What cannot be is refused and leaves nothing behind.
    let refused = |regroup: &Regroup| engine.regroup("", STEWARD, regroup, "").unwrap_err().to_string();
    let id = merged.profiles[0].id;
    assert!(refused(&split(id, "\"no etag\"", &members[..1])).contains("etag"));
    assert!(refused(&split(id, "", &members)).contains("leave some"));
    assert!(refused(&split(id, "", &[])).contains("leave some"));
    assert!(refused(&split(id, "", &[RecordKey::new("crm", "nobody")])).contains("not in the profile"));
    assert!(refused(&Regroup::Merge(vec![id, id])).contains("different profiles"));
    // The later word counts: records that the merge put together can be split again.
    let [Some(a), Some(b)] = engine.task(merged.tasks[0]).unwrap().records else { panic!("both records are there") };
    let parted = engine.regroup("", STEWARD, &split(id, "", std::slice::from_ref(&a)), "").unwrap();
    assert!(!parted.profiles.iter().any(|p| p.golden.members.contains(&a) && p.golden.members.contains(&b)));
    sound(&engine);
}
