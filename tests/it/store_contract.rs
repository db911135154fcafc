//! The store contract: the same expectations of every implementation.

use guiyi::store::memory::MemoryStore;
use guiyi::store::{Batch, Durability, Space, Store};

fn put(space: Space, key: &[u8], value: &[u8]) -> (Space, Vec<u8>, Option<Vec<u8>>) {
    (space, key.to_vec(), Some(value.to_vec()))
}

fn commit(store: &dyn Store, writes: Vec<(Space, Vec<u8>, Option<Vec<u8>>)>, durability: Durability) {
    store.commit(&Batch { cleared: Vec::new(), writes }, durability).unwrap();
}

fn keys_of(store: &dyn Store, space: Space, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Vec<Vec<u8>> {
    let snapshot = store.snapshot().unwrap();
    snapshot.scan(space, prefix, after, limit).unwrap().into_iter().map(|(key, _)| key).collect()
}

fn number(high: u64, low: u64) -> Vec<u8> {
    [high.to_be_bytes(), low.to_be_bytes()].concat()
}

fn contract(store: &dyn Store) {
    a_batch_is_seen_whole_and_the_last_write_counts(store);
    a_snapshot_does_not_change(store);
    scans_keep_to_their_prefix_and_order(store);
    spaces_are_apart(store);
    a_cleared_space_is_empty_and_then_written(store);
    store.sync().unwrap();
}

fn a_batch_is_seen_whole_and_the_last_write_counts(store: &dyn Store) {
    let key = number(1, 1);
    let writes = vec![
        put(Space::Edges, &key, b"one"),
        put(Space::Edges, &key, b"two"),
        put(Space::Edges, &number(1, 2), b"gone"),
        (Space::Edges, number(1, 2), None),
    ];
    commit(store, writes, Durability::Synced);
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.get(Space::Edges, &key).unwrap().as_deref(), Some(&b"two"[..]));
    assert_eq!(snapshot.get(Space::Edges, &number(1, 2)).unwrap(), None);
}

fn a_snapshot_does_not_change(store: &dyn Store) {
    commit(store, vec![put(Space::Records, &number(5, 0), b"before")], Durability::Deferred);
    let snapshot = store.snapshot().unwrap();
    commit(store, vec![put(Space::Records, &number(5, 0), b"after")], Durability::Deferred);
    assert_eq!(snapshot.get(Space::Records, &number(5, 0)).unwrap().as_deref(), Some(&b"before"[..]));
    let later = store.snapshot().unwrap();
    assert_eq!(later.get(Space::Records, &number(5, 0)).unwrap().as_deref(), Some(&b"after"[..]));
}

fn scans_keep_to_their_prefix_and_order(store: &dyn Store) {
    let all: Vec<Vec<u8>> = vec![number(7, 1), number(7, 2), number(7, u64::MAX), number(8, 0)];
    commit(store, all.iter().rev().map(|key| put(Space::Blocks, key, b"")).collect(), Durability::Deferred);
    let seven = 7u64.to_be_bytes();
    assert_eq!(keys_of(store, Space::Blocks, &seven, None, 100), all[..3]);
    assert_eq!(keys_of(store, Space::Blocks, &seven, None, 2), all[..2]);
    assert_eq!(keys_of(store, Space::Blocks, &seven, Some(&all[0]), 100), all[1..3]);
    assert_eq!(keys_of(store, Space::Blocks, &seven, Some(&number(6, 0)), 100), all[..3]);
    assert_eq!(keys_of(store, Space::Blocks, &[], None, 100), all);
    assert_eq!(keys_of(store, Space::Blocks, &[], Some(&all[2]), 100), all[3..]);
    assert_eq!(keys_of(store, Space::Blocks, &9u64.to_be_bytes(), None, 100), Vec::<Vec<u8>>::new());
}

fn spaces_are_apart(store: &dyn Store) {
    for space in Space::ALL {
        let key = [&b"apart---"[..], space.name().as_bytes()].concat();
        commit(store, vec![put(*space, &key, space.name().as_bytes())], Durability::Deferred);
    }
    let snapshot = store.snapshot().unwrap();
    for space in Space::ALL {
        let found = snapshot.scan(*space, b"apart---", None, 10).unwrap();
        assert_eq!(found.len(), 1, "{}", space.name());
        assert_eq!(found[0].1, space.name().as_bytes());
    }
}

fn a_cleared_space_is_empty_and_then_written(store: &dyn Store) {
    commit(
        store,
        vec![put(Space::EdgesNext, &number(1, 1), b"old"), put(Space::Feed, b"feed....", b"")],
        Durability::Deferred,
    );
    let writes = vec![put(Space::EdgesNext, &number(2, 2), b"new")];
    store.commit(&Batch { cleared: vec![Space::EdgesNext], writes }, Durability::Deferred).unwrap();
    assert_eq!(keys_of(store, Space::EdgesNext, &[], None, 100), [number(2, 2)]);
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.last_key(Space::EdgesNext).unwrap(), Some(number(2, 2)));
    assert_eq!(snapshot.last_key(Space::Models).unwrap().as_deref(), Some(&b"apart---models"[..]));
    let many = snapshot.get_many(Space::EdgesNext, &[number(1, 1), number(2, 2)]).unwrap();
    assert_eq!(many, [None, Some(b"new".to_vec())]);
    assert_eq!(keys_of(store, Space::Feed, b"feed....", None, 1).len(), 1, "other spaces stay");
}

#[test]
fn memory_keeps_the_contract() {
    contract(&MemoryStore::default());
}

#[cfg(feature = "rocks")]
#[test]
fn rocks_keeps_the_contract_and_what_was_committed() {
    use guiyi::store::rocks::RocksStore;
    let folder = tempfile::tempdir().unwrap();
    {
        let store = RocksStore::open(folder.path()).unwrap();
        contract(&store);
        let second = RocksStore::open(folder.path()).err().expect("a second opener is refused").to_string();
        assert!(second.contains("another guiyi"), "{second}");
    }
    let store = RocksStore::open(folder.path()).unwrap();
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.get(Space::Edges, &number(1, 1)).unwrap().as_deref(), Some(&b"two"[..]));
}
