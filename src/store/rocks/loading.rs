//! Loading: rows go into files beside the store, which takes them in as they are. No log, no memtable, nothing to merge.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use rocksdb::{Cache, IngestExternalFileOptions, Options, SstFileWriter};

use super::{RocksStore, failed, family_options};
use crate::error::{Error, Result};
use crate::store::{Batch, Durability, Loading, SortedRows, Space, Store};

/// The folder of the files, inside that of the store: a file is taken in by a link.
const FOLDER: &str = "loading";
/// Bytes of rows after which a file is ended. RocksDB makes files as large when it merges them.
const FILE_BYTES: usize = 96 << 20;
/// Bytes of a cache that the options of a space ask for: what is written is not read.
const CACHE_BYTES: usize = 1 << 20;

/// An empty store that is being loaded. Nobody else can open it meanwhile.
pub struct RocksLoading {
    store: RocksStore,
    folder: PathBuf,
    options: Vec<(Space, Options)>,
    number: AtomicU64,
    files: Mutex<Vec<(Space, PathBuf)>>,
}

struct TableRows<'l> {
    loading: &'l RocksLoading,
    space: Space,
    options: &'l Options,
    table: Option<(SstFileWriter<'l>, PathBuf)>,
    bytes: usize,
}

impl RocksStore {
    /// Takes everything out of the store, space by space; what was the store is none from the first step on.
    pub fn emptied(mut self, folder: &Path) -> Result<Self> {
        for space in std::iter::once(&Space::Meta).chain(Space::ALL.iter().filter(|space| **space != Space::Meta)) {
            self.db.drop_cf(space.name()).map_err(failed)?;
        }
        drop(self);
        Self::open(folder)
    }

    /// Begins to load a store, which is empty.
    pub fn load(self, folder: &Path) -> Result<RocksLoading> {
        let folder = folder.join(FOLDER);
        remove(&folder)?;
        std::fs::create_dir_all(&folder).map_err(|error| Error::write(&folder, error))?;
        let cache = Cache::new_lru_cache(CACHE_BYTES);
        let options = Space::ALL.iter().map(|space| (*space, family_options(*space, &cache))).collect();
        Ok(RocksLoading { store: self, folder, options, number: AtomicU64::new(0), files: Mutex::default() })
    }
}

impl Loading for RocksLoading {
    fn rows(&self, space: Space) -> Result<Box<dyn SortedRows + '_>> {
        let options = self.options.iter().find(|(known, _)| *known == space).map(|(_, options)| options);
        let options = options.ok_or_else(|| Error::store(format!("the space {} is missing", space.name())))?;
        Ok(Box::new(TableRows { loading: self, space, options, table: None, bytes: 0 }))
    }

    fn finish(&self, last: &Batch) -> Result<()> {
        let mut files = std::mem::take(&mut *self.files.lock().map_err(|_| Error::store("a writer panicked"))?);
        files.sort_unstable();
        let mut options = IngestExternalFileOptions::default();
        options.set_move_files(true);
        for files in files.chunk_by(|a, b| a.0 == b.0) {
            let Some((space, _)) = files.first() else { continue };
            let paths: Vec<&Path> = files.iter().map(|(_, path)| path.as_path()).collect();
            self.store.db.ingest_external_file_cf_opts(self.store.family(*space)?, &options, paths).map_err(failed)?;
        }
        self.store.commit(last, Durability::Synced)?;
        remove(&self.folder)
    }
}

impl TableRows<'_> {
    fn end_table(&mut self) -> Result<()> {
        let Some((mut table, path)) = self.table.take() else { return Ok(()) };
        self.bytes = 0;
        table.finish().map_err(failed)?;
        self.loading.files.lock().map_err(|_| Error::store("a writer panicked"))?.push((self.space, path));
        Ok(())
    }
}

impl SortedRows for TableRows<'_> {
    fn put(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        let (table, _) = match &mut self.table {
            Some(table) => table,
            none => {
                let number = self.loading.number.fetch_add(1, Ordering::Relaxed);
                let path = self.loading.folder.join(format!("{}-{number}.sst", self.space.name()));
                let table = SstFileWriter::create(self.options);
                table.open(&path).map_err(failed)?;
                none.insert((table, path))
            }
        };
        table.put(key, value).map_err(failed)?;
        self.bytes += key.len() + value.len();
        if self.bytes >= FILE_BYTES { self.end_table() } else { Ok(()) }
    }

    fn end(mut self: Box<Self>) -> Result<()> {
        self.end_table()
    }
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::write(folder, error)),
        Err(_) | Ok(()) => Ok(()),
    }
}
