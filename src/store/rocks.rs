//! The store on RocksDB: one column family a space, write-ahead log synced before a synced commit returns.

mod loading;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use rocksdb::{
    BlockBasedOptions, Cache, ColumnFamily, ColumnFamilyDescriptor, CompactionDecision, DB, DBCompressionType,
    DBRawIterator, DataBlockIndexType, Direction, Env, IteratorMode, MemtableFactory, Options, ReadOptions,
    SliceTransform, WriteBatch, WriteOptions,
};

use super::stored::StoredAnswer;
use super::{Batch, Durability, KeyValue, Snapshot, Space, Store, codec};
use crate::error::{Error, Result};

pub use loading::RocksLoading;

/// Bytes of the block cache that all spaces share. With 768 MB a row of a million records takes a sixth less to read, but the process should
/// stay below 1.5 GB.
const BLOCK_CACHE_BYTES: usize = 384 << 20;
/// Bytes of one memtable.
const WRITE_BUFFER_BYTES: usize = 32 << 20;
/// Memtables of one space: writing them out takes its time, and whoever writes does not wait for it before there are so many.
const WRITE_BUFFERS_MAX: i32 = 4;
/// Bytes of the memtables of all spaces; when there are more, the largest is written out.
const WRITE_BUFFERS_BYTES: usize = 256 << 20;
/// Bytes of a file under construction after which they are written to disk.
const SYNC_BYTES: u64 = 1 << 20;
/// Bytes of the write-ahead log: a space that is seldom written to would keep all of it, and a restart has to read it.
const LOG_BYTES: u64 = 512 << 20;
/// Greater than every key: keys that begin with a number end after 16 bytes, texts are UTF-8, which has no byte 0xff.
const AFTER_EVERY_KEY: [u8; 24] = [0xff; 24];
/// Hash buckets of a memtable that is read by keys: about as many as it has keys, or first halves of keys, when it is full.
const BLOCK_BUCKETS: usize = 1 << 19;
const RECORD_BUCKETS: usize = 1 << 17;
/// Length of the number that every scanned key starts with.
const PREFIX_BYTES: usize = 8;

/// RocksDB under a folder.
pub struct RocksStore {
    db: DB,
}

struct RocksSnapshot<'a> {
    store: &'a RocksStore,
    snapshot: rocksdb::Snapshot<'a>,
    /// Iterators for scans inside one prefix. A command asks for many prefixes that have few rows or none, and making an iterator takes
    /// longer than moving it.
    scans: RefCell<BTreeMap<Space, DBRawIterator<'a>>>,
}

impl RocksStore {
    /// Opens or makes the store in a folder. Another process holding it is an error.
    pub fn open(folder: &Path) -> Result<Self> {
        Self::open_forgetting(folder, None)
    }

    /// The same; answers by request id that are older than `requests_seconds` go when RocksDB compacts.
    pub fn open_forgetting(folder: &Path, requests_seconds: Option<i64>) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
        let mut options = Options::default();
        options.create_if_missing(true);
        options.create_missing_column_families(true);
        options.set_paranoid_checks(true);
        options.set_max_background_jobs(2);
        options.set_keep_log_file_num(4);
        // Large files are written to disk as they grow, or else a sync of the log waits for all of one.
        options.set_bytes_per_sync(SYNC_BYTES);
        options.set_max_total_wal_size(LOG_BYTES);
        options.set_db_write_buffer_size(WRITE_BUFFERS_BYTES);
        if let Ok(mut environment) = Env::new() {
            // Merging files and writing memtables out may wait, answers may not.
            environment.lower_thread_pool_cpu_priority();
            environment.lower_high_priority_thread_pool_cpu_priority();
            options.set_env(&environment);
        }
        // Commits come one after another; the memtable of the blocking index needs it so.
        options.set_allow_concurrent_memtable_write(false);
        let cache = Cache::new_hyper_clock_cache(BLOCK_CACHE_BYTES, 0);
        let families = Space::ALL.iter().map(|space| {
            let mut options = family_options(*space, &cache);
            if let (Space::Requests, Some(seconds)) = (space, requests_seconds) {
                options.set_compaction_filter("expired-requests", move |_, _, value| expired(value, seconds));
            }
            ColumnFamilyDescriptor::new(space.name(), options)
        });
        let db = DB::open_cf_descriptors(&options, folder, families).map_err(|error| {
            let hint = if error.to_string().contains("lock") { "; another guiyi has it open" } else { "" };
            Error::store(format!("{}: {error}{hint}", folder.display()))
        })?;
        Ok(Self { db })
    }

    /// Merges everything written so far into its final place: for measuring and before a long pause.
    pub fn compact(&self) {
        for space in Space::ALL {
            if let Ok(family) = self.family(*space) {
                self.db.compact_range_cf(family, None::<&[u8]>, None::<&[u8]>);
            }
        }
    }

    fn family(&self, space: Space) -> Result<&ColumnFamily> {
        self.db.cf_handle(space.name()).ok_or_else(|| Error::store(format!("the space {} is missing", space.name())))
    }
}

fn family_options(space: Space, cache: &Cache) -> Options {
    let mut table = BlockBasedOptions::default();
    table.set_block_cache(cache);
    table.set_bloom_filter(10.0, false);
    table.set_cache_index_and_filter_blocks(true);
    table.set_pin_l0_filter_and_index_blocks_in_cache(true);
    table.set_data_block_index_type(DataBlockIndexType::BinaryAndHash);
    table.set_data_block_hash_ratio(0.75);
    let mut options = Options::default();
    options.set_write_buffer_size(WRITE_BUFFER_BYTES);
    options.set_max_write_buffer_number(WRITE_BUFFERS_MAX);
    options.set_compression_type(DBCompressionType::Lz4);
    options.set_memtable_prefix_bloom_ratio(0.05);
    // A record costs some thirty reads and writes of the blocking index and as many of everything else. A hash table does them in half the
    // time of an ordered list; whoever reads such a space in order waits until one is made of it, as only checks and rebuilds do.
    let hashed = match space {
        Space::Blocks => Some(BLOCK_BUCKETS),
        Space::RecordProfiles | Space::Edges | Space::EdgesNext => Some(RECORD_BUCKETS),
        Space::Judgements | Space::Pins | Space::RecordTasks | Space::Absorbed | Space::Redirects => {
            Some(RECORD_BUCKETS)
        }
        _ => None,
    };
    if let Some(bucket_count) = hashed {
        options.set_memtable_factory(MemtableFactory::HashLinkList { bucket_count });
    }
    match space {
        // Read by whole keys, which are mostly there or, for a newcomer, mostly not.
        Space::Meta | Space::Requests | Space::Models | Space::Records | Space::Features => {
            options.set_memtable_whole_key_filtering(true)
        }
        _ => options.set_prefix_extractor(SliceTransform::create_fixed_prefix(PREFIX_BYTES)),
    }
    options.set_block_based_table_factory(&table);
    options
}

/// Whether the answer to a request may be forgotten.
fn expired(value: &[u8], seconds: i64) -> CompactionDecision {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let now = i64::try_from(now.as_micros()).unwrap_or(i64::MAX);
    match codec::decode::<StoredAnswer>(value) {
        Ok(answer) if answer.answer_micros < now.saturating_sub(seconds.saturating_mul(1_000_000)) => {
            CompactionDecision::Remove
        }
        // A damaged value is for whoever reads it to notice.
        Ok(_) | Err(_) => CompactionDecision::Keep,
    }
}

fn failed(error: rocksdb::Error) -> Error {
    Error::store(error)
}

impl Store for RocksStore {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>> {
        Ok(Box::new(RocksSnapshot { store: self, snapshot: self.db.snapshot(), scans: RefCell::default() }))
    }

    fn commit(&self, batch: &Batch, durability: Durability) -> Result<()> {
        let mut writes = WriteBatch::default();
        for space in &batch.cleared {
            writes.delete_range_cf(self.family(*space)?, &[][..], &AFTER_EVERY_KEY[..]);
        }
        for (space, key, value) in &batch.writes {
            let family = self.family(*space)?;
            match value {
                Some(value) => writes.put_cf(family, key, value),
                None => writes.delete_cf(family, key),
            }
        }
        let mut options = WriteOptions::default();
        options.set_sync(durability == Durability::Synced);
        self.db.write_opt(writes, &options).map_err(failed)
    }

    fn sync(&self) -> Result<()> {
        self.db.flush_wal(true).map_err(failed)
    }
}

impl Snapshot for RocksSnapshot<'_> {
    fn get(&self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.snapshot.get_cf(self.store.family(space)?, key).map_err(failed)
    }

    fn get_many(&self, space: Space, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>> {
        let mut options = ReadOptions::default();
        options.set_snapshot(&self.snapshot);
        let found = self.store.db.batched_multi_get_cf_opt(self.store.family(space)?, keys, false, &options);
        found.into_iter().map(|value| value.map(|v| v.map(|v| v.to_vec())).map_err(failed)).collect()
    }

    fn last_key(&self, space: Space) -> Result<Option<Vec<u8>>> {
        let mut options = ReadOptions::default();
        options.set_total_order_seek(true);
        let mut entries = self.snapshot.iterator_cf_opt(self.store.family(space)?, options, IteratorMode::End);
        entries.next().transpose().map(|entry| entry.map(|(key, _)| key.into_vec())).map_err(failed)
    }

    fn scan(&self, space: Space, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>> {
        if prefix.len() >= PREFIX_BYTES {
            return self.scan_prefix(space, prefix, after, limit);
        }
        // A scan over the whole space must not be cut by the bloom filter, nor push out of the cache what is read again and again.
        let mut options = ReadOptions::default();
        options.set_total_order_seek(true);
        options.fill_cache(false);
        let start = after.filter(|after| *after >= prefix).unwrap_or(prefix);
        let mode = IteratorMode::From(start, Direction::Forward);
        let iterator = self.snapshot.iterator_cf_opt(self.store.family(space)?, options, mode);
        let mut entries = Vec::new();
        for entry in iterator {
            let (key, value) = entry.map_err(failed)?;
            if !key.starts_with(prefix) || entries.len() == limit {
                break;
            }
            if after != Some(&key[..]) {
                entries.push((key.into_vec(), value.into_vec()));
            }
        }
        Ok(entries)
    }
}

impl RocksSnapshot<'_> {
    /// Inside one prefix the bloom filter helps.
    fn scan_prefix(&self, space: Space, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>> {
        let mut scans = self.scans.borrow_mut();
        let entries = match scans.entry(space) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let mut options = ReadOptions::default();
                options.set_snapshot(&self.snapshot);
                options.set_prefix_same_as_start(true);
                entry.insert(self.store.db.raw_iterator_cf_opt(self.store.family(space)?, options))
            }
        };
        entries.seek(after.filter(|after| *after >= prefix).unwrap_or(prefix));
        let mut found = Vec::new();
        while let Some((key, value)) = entries.item() {
            if !key.starts_with(prefix) || found.len() == limit {
                break;
            }
            if after != Some(key) {
                found.push((key.to_vec(), value.to_vec()));
            }
            entries.next();
        }
        entries.status().map_err(failed)?;
        Ok(found)
    }
}
