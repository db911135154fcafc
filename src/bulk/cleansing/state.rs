//! What a run keeps for a later one that is given a delta (`--keep-state`): its prepared records, packed features and rows, compressed, in
//! the order of the input, and what has to agree between the two runs.
//!
//! `state.json` says what the records were made with; `state.bin` holds them in chunks of some hundred rows, each with its length and
//! checksum in front: the rows of the index, then features, then entries of the spool.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::prepared::{FEATURES, INDEX, IndexRow, RECORDS};
use super::work::Work;
use crate::bulk::input::dates::{Part, StoredVotes};
use crate::bulk::spool::{self, SpoolWriter};
use crate::error::{Error, Result};

/// The description.
pub const STATE: &str = "state.json";

/// The records.
pub const ROWS: &str = "state.bin";

/// Whose profile ids a later run keeps.
const CROSSWALK: &str = "crosswalk.csv";

/// Rows of a chunk, and chunks that are compressed or read at once.
const CHUNK_ROWS: usize = 512;
const CHUNKS_TOGETHER: usize = 32;

/// Bytes in front of a chunk: rows, bytes, bytes compressed, checksum of these.
const HEAD_BYTES: usize = 16;

/// Bytes of a chunk that are believed: a field has at most a megabyte.
const CHUNK_BYTES_MAX: u32 = 1 << 31;

/// What has to agree between the run that kept its state and one that goes on from it, by name.
pub type Terms = BTreeMap<String, String>;

/// What is known of the records that were kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// What the run was made with.
    pub terms: Terms,
    /// Column names.
    pub header: Vec<String>,
    /// Records.
    pub records: u64,
    /// Names with Han characters, and without.
    pub names: [u64; 2],
    /// What the dates of the records prove.
    pub votes: StoredVotes,
    /// How their dates were read.
    pub parts: Vec<Part>,
    /// Bytes of the other file, so that two that do not belong together are noticed.
    pub bytes: u64,
    /// Its checksum.
    pub checksum: u32,
    /// Bytes and checksum of the run's crosswalk: another run may have replaced it, and kept no state.
    #[serde(default)]
    pub crosswalk: (u64, u32),
}

/// Writes the state of a run whose records are prepared; gives the names of the files.
pub fn write(work: &Work, mut known: Known) -> Result<Vec<String>> {
    let open = |name: &str| -> Result<Source> {
        let path = work.path(name);
        let file = File::open(&path).map_err(|error| Error::read(&path, error))?;
        Ok((BufReader::with_capacity(1 << 20, file), path))
    };
    let (mut index, mut features, mut records) = (open(INDEX)?, open(FEATURES)?, open(RECORDS)?);
    let mut file = SpoolWriter::create(&work.path(ROWS))?;
    let mut left = known.records as usize;
    while left > 0 {
        let mut chunks: Vec<(u32, Vec<u8>)> = Vec::with_capacity(CHUNKS_TOGETHER);
        while left > 0 && chunks.len() < CHUNKS_TOGETHER {
            let rows = left.min(CHUNK_ROWS);
            chunks.push((rows as u32, chunk(rows, &mut index, &mut features, &mut records)?));
            left -= rows;
        }
        let compressed: Vec<Option<Vec<u8>>> =
            chunks.par_iter().map(|(_, bytes)| snap::raw::Encoder::new().compress_vec(bytes).ok()).collect();
        for ((rows, bytes), compressed) in chunks.iter().zip(compressed) {
            let too_long = || Error::input(&work.path(ROWS), "a few rows hold more than two gigabytes; shorten them");
            let compressed = compressed.ok_or_else(too_long)?;
            for number in [*rows, bytes.len() as u32, compressed.len() as u32, crc32fast::hash(&compressed)] {
                file.plain(&number.to_le_bytes())?;
            }
            file.plain(&compressed)?;
        }
    }
    (known.bytes, known.checksum) = file.finish()?;
    known.crosswalk = spool::checked(&work.path(CROSSWALK))?;
    let path = work.path(STATE);
    let text = serde_json::to_string_pretty(&known).map_err(|error| Error::config(STATE, error.to_string()))?;
    std::fs::write(&path, text).map_err(|error| Error::write(&path, error))?;
    Ok(vec![STATE.to_owned(), ROWS.to_owned()])
}

type Source = (BufReader<File>, PathBuf);

fn chunk(rows: usize, index: &mut Source, features: &mut Source, records: &mut Source) -> Result<Vec<u8>> {
    let take = |(file, path): &mut Source, count: usize, out: &mut Vec<u8>| {
        let start = out.len();
        out.resize(start + count, 0);
        file.read_exact(out.get_mut(start..).unwrap_or_default()).map_err(|error| Error::read(path, error))
    };
    let mut bytes = Vec::with_capacity(rows * 2_048);
    take(index, rows * IndexRow::BYTES, &mut bytes)?;
    let listed: Vec<IndexRow> = bytes.chunks_exact(IndexRow::BYTES).filter_map(IndexRow::read).collect();
    take(features, listed.iter().map(|row| row.features as usize).sum(), &mut bytes)?;
    let mut length = Vec::new();
    for row in &listed {
        length.clear();
        take(records, size_of::<u32>(), &mut length)?;
        take(records, row.entry as usize, &mut bytes)?;
    }
    Ok(bytes)
}

/// The state of an earlier run.
pub struct State {
    path: PathBuf,
    /// What is known of it.
    pub known: Known,
}

/// One record of the state.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// Its row of the index.
    pub index: IndexRow,
    /// Its packed features.
    pub features: &'a [u8],
    /// Its entry in the spool.
    pub entry: &'a [u8],
}

impl State {
    /// Opens the state in the folder of a run; its terms must be these.
    pub fn open(folder: &Path, terms: &Terms) -> Result<Self> {
        let path = folder.join(STATE);
        let text = std::fs::read_to_string(&path).map_err(|_| {
            let message =
                "the run kept no state; cleanse all rows once with --keep-state (and --previous to keep the ids)";
            Error::input(folder, message)
        })?;
        let known: Known = serde_json::from_str(&text).map_err(|_| damaged(&path))?;
        let nothing = "nothing".to_owned();
        for name in known.terms.keys().chain(terms.keys()) {
            let (was, is) = (known.terms.get(name).unwrap_or(&nothing), terms.get(name).unwrap_or(&nothing));
            if was != is {
                let message = format!(
                    "the state in {} was made with another {name}: {was}, not {is}; use that one, or cleanse all rows with --previous {}",
                    folder.display(),
                    folder.join(CROSSWALK).display()
                );
                return Err(Error::config("--since", message));
            }
        }
        let crosswalk = folder.join(CROSSWALK);
        if spool::checked(&crosswalk)? != known.crosswalk {
            let message = format!(
                "is of another run than {}; cleanse all rows with --keep-state --previous {}",
                path.display(),
                crosswalk.display()
            );
            return Err(Error::input(&crosswalk, message));
        }
        let path = folder.join(ROWS);
        let bytes = std::fs::metadata(&path).map_err(|error| Error::read(&path, error))?.len();
        if bytes != known.bytes {
            return Err(damaged(&path));
        }
        Ok(Self { path, known })
    }

    /// Every record, in the order of the input.
    pub fn each(&self, take: &mut dyn FnMut(Kept<'_>) -> Result<()>) -> Result<()> {
        let failed = |error| Error::read(&self.path, error);
        let mut file = BufReader::with_capacity(1 << 20, File::open(&self.path).map_err(failed)?);
        let (mut seen, mut left) = (0u64, self.known.bytes);
        while left > 0 {
            let mut chunks: Vec<(u32, Vec<u8>)> = Vec::with_capacity(CHUNKS_TOGETHER);
            while left > 0 && chunks.len() < CHUNKS_TOGETHER {
                let mut head = [0; HEAD_BYTES];
                file.read_exact(&mut head).map_err(failed)?;
                let [rows, bytes, length, checksum] = numbers(&head);
                if bytes > CHUNK_BYTES_MAX || u64::from(length) > left {
                    return Err(damaged(&self.path));
                }
                let mut compressed = vec![0; length as usize];
                file.read_exact(&mut compressed).map_err(failed)?;
                if crc32fast::hash(&compressed) != checksum {
                    return Err(damaged(&self.path));
                }
                left = left.saturating_sub(HEAD_BYTES as u64 + u64::from(length));
                chunks.push((rows, compressed));
            }
            let expanded: Vec<Option<Vec<u8>>> =
                chunks.par_iter().map(|(_, bytes)| snap::raw::Decoder::new().decompress_vec(bytes).ok()).collect();
            for ((rows, _), bytes) in chunks.iter().zip(expanded) {
                let bytes = bytes.ok_or_else(|| damaged(&self.path))?;
                seen += u64::from(*rows);
                self.rows(*rows as usize, &bytes, take)?;
            }
        }
        if seen == self.known.records { Ok(()) } else { Err(damaged(&self.path)) }
    }

    fn rows(&self, rows: usize, bytes: &[u8], take: &mut dyn FnMut(Kept<'_>) -> Result<()>) -> Result<()> {
        let damaged = || damaged(&self.path);
        let (index, rest) = bytes.split_at_checked(rows * IndexRow::BYTES).ok_or_else(damaged)?;
        let index: Vec<IndexRow> = index.chunks_exact(IndexRow::BYTES).filter_map(IndexRow::read).collect();
        let features = index.iter().map(|row| row.features as usize).sum();
        let (mut features, mut entries) = rest.split_at_checked(features).ok_or_else(damaged)?;
        for index in index {
            let (own_features, more) = features.split_at_checked(index.features as usize).ok_or_else(damaged)?;
            let (entry, others) = entries.split_at_checked(index.entry as usize).ok_or_else(damaged)?;
            (features, entries) = (more, others);
            take(Kept { index, features: own_features, entry })?;
        }
        Ok(())
    }

    /// The file that does not hold what it should.
    pub fn damaged(&self) -> Error {
        damaged(&self.path)
    }
}

fn damaged(path: &Path) -> Error {
    Error::input(path, "the state is damaged; cleanse all rows once with --keep-state and --previous")
}

fn numbers(head: &[u8; HEAD_BYTES]) -> [u32; 4] {
    let mut numbers = [0; 4];
    for (number, bytes) in numbers.iter_mut().zip(head.chunks_exact(4)) {
        *number = bytes.try_into().map_or(0, u32::from_le_bytes);
    }
    numbers
}
