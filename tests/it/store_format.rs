//! Stores of older layouts: refused with a word about what helps, and brought up to date by a rebuild.

use std::sync::Arc;

use guiyi::catalog::{models, rules};
use guiyi::engine::{Engine, FORMAT_VERSION, SystemClock};
use guiyi::store::memory::MemoryStore;
use guiyi::store::stored::StoredMeta;
use guiyi::store::{Batch, Durability, Space, Store, codec};

use crate::support::{fixture, groups_of_engine, records, upsert};

fn open(store: &Arc<dyn Store>) -> guiyi::error::Result<Engine> {
    let (model, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
    Engine::open(Arc::clone(store), model, policy, Arc::new(SystemClock))
}

fn open_to_rebuild(store: &Arc<dyn Store>) -> guiyi::error::Result<Engine> {
    let (model, policy) = (models::load(models::DEFAULT).unwrap(), rules::load(rules::DEFAULT).unwrap());
    Engine::open_to_rebuild(Arc::clone(store), model, policy, Arc::new(SystemClock))
}

/// Says that the store has another layout, and gives it rows of edges such as format 3 had.
fn as_of_format(store: &Arc<dyn Store>, version: u32) {
    let snapshot = store.snapshot().unwrap();
    let mut meta: StoredMeta = codec::decode(&snapshot.get(Space::Meta, b"store").unwrap().unwrap()).unwrap();
    meta.format_version = version;
    let mut writes = vec![(Space::Meta, b"store".to_vec(), Some(codec::encode(&meta)))];
    for (key, _) in snapshot.scan(Space::Edges, &[], None, usize::MAX).unwrap() {
        writes.push((Space::Edges, key.clone(), None));
        writes.push((Space::Edges, [key.clone(), key].concat(), Some(b"an edge of its own".to_vec())));
    }
    drop(snapshot);
    store.commit(&Batch { cleared: Vec::new(), writes }, Durability::Synced).unwrap();
}

#[test]
fn a_rebuild_brings_a_store_of_an_older_format_up_to_date() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
    let engine = open(&store).unwrap();
    let commands: Vec<_> = records(&fixture("sample/customers.csv"), "sample").iter().map(upsert).collect();
    engine.upsert_all("test", &commands).unwrap().into_iter().for_each(|answer| drop(answer.unwrap()));
    let groups = groups_of_engine(&engine);
    drop(engine);
    for version in 2..FORMAT_VERSION {
        as_of_format(&store, version);
        let refused = open(&store).map(drop).unwrap_err().to_string();
        assert!(refused.contains(&format!("format {version}")) && refused.contains("`guiyi rebuild`"), "{refused}");
        assert!(open_to_rebuild(&store).unwrap().rebuild("test").unwrap().problem_count > 0);
        let engine = open(&store).unwrap();
        assert_eq!(engine.fsck().unwrap().problems, Vec::<String>::new());
        assert_eq!(groups_of_engine(&engine), groups);
    }
}

#[test]
fn a_store_of_an_unknown_format_is_refused() {
    for version in [1, FORMAT_VERSION + 1] {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        drop(open(&store).unwrap());
        as_of_format(&store, version);
        for refused in [open(&store), open_to_rebuild(&store)] {
            let refused = refused.map(drop).unwrap_err().to_string();
            assert!(refused.contains(&format!("format {version}")) && refused.contains("guiyi load"), "{refused}");
        }
    }
}
