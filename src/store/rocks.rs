//! The store on RocksDB: one column family a space, write-ahead log synced before a synced commit returns.

use std::path::Path;

use rocksdb::{
    BlockBasedOptions, Cache, ColumnFamily, ColumnFamilyDescriptor, DB, DBCompressionType, Direction, IteratorMode,
    Options, ReadOptions, SliceTransform, WriteBatch, WriteOptions,
};

use super::{Batch, Durability, KeyValue, Snapshot, Space, Store};
use crate::error::{Error, Result};

/// Bytes of the block cache that all spaces share.
const BLOCK_CACHE_BYTES: usize = 256 << 20;
/// Bytes of one memtable.
const WRITE_BUFFER_BYTES: usize = 32 << 20;
/// Length of the number that every scanned key starts with.
const PREFIX_BYTES: usize = 8;

/// RocksDB under a folder.
pub struct RocksStore {
    db: DB,
}

struct RocksSnapshot<'a> {
    store: &'a RocksStore,
    snapshot: rocksdb::Snapshot<'a>,
}

impl RocksStore {
    /// Opens or makes the store in a folder. Another process holding it is an error.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
        let mut options = Options::default();
        options.create_if_missing(true);
        options.create_missing_column_families(true);
        options.set_paranoid_checks(true);
        options.set_max_background_jobs(2);
        options.set_keep_log_file_num(4);
        let cache = Cache::new_lru_cache(BLOCK_CACHE_BYTES);
        let families =
            Space::ALL.iter().map(|space| ColumnFamilyDescriptor::new(space.name(), family_options(*space, &cache)));
        let db = DB::open_cf_descriptors(&options, folder, families).map_err(|error| {
            let hint = if error.to_string().contains("lock") { "; another guiyi has it open" } else { "" };
            Error::store(format!("{}: {error}{hint}", folder.display()))
        })?;
        Ok(Self { db })
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
    let mut options = Options::default();
    options.set_write_buffer_size(WRITE_BUFFER_BYTES);
    options.set_compression_type(DBCompressionType::Lz4);
    if !matches!(space, Space::Meta | Space::Requests) {
        options.set_prefix_extractor(SliceTransform::create_fixed_prefix(PREFIX_BYTES));
        options.set_memtable_prefix_bloom_ratio(0.05);
    }
    options.set_block_based_table_factory(&table);
    options
}

fn failed(error: rocksdb::Error) -> Error {
    Error::store(error)
}

impl Store for RocksStore {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>> {
        Ok(Box::new(RocksSnapshot { store: self, snapshot: self.db.snapshot() }))
    }

    fn commit(&self, batch: &Batch, durability: Durability) -> Result<()> {
        let mut writes = WriteBatch::default();
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

    fn scan(&self, space: Space, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>> {
        let mut options = ReadOptions::default();
        // Inside one prefix the bloom filter helps; a scan over the whole space must not be cut by it.
        options.set_prefix_same_as_start(prefix.len() >= PREFIX_BYTES);
        options.set_total_order_seek(prefix.len() < PREFIX_BYTES);
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
