//! Stage 1 of a run: rows become prepared records on disk and packed features in memory.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::since::{self, Since};
use super::state::Kept;
use super::work::Work;
use crate::bulk::features::{self, Packed};
use crate::bulk::input::dates::{Part, StoredVotes, Votes};
use crate::bulk::input::{self, Chunk, Columns, FileRead, Given};
use crate::bulk::pipeline::Progress;
use crate::bulk::reader::{Reject, Row};
use crate::bulk::spill::{self, Limit};
use crate::bulk::spool::{self, Directory, Spool, SpoolWriter};
use crate::bulk::train::Scripts;
use crate::bulk::writer::CsvFile;
use crate::catalog::sources::Mapping;
use crate::domain::date::CivilDate;
use crate::domain::id::RecordHandle;
use crate::domain::prepare::{TOGETHER, prepare_all};
use crate::domain::record::{AttributeKind, RawRecord};
use crate::error::{Error, Result};

const STAGE: &str = "prepare";
/// The entries of the spool, the index of them, packed features.
pub const RECORDS: &str = "records.bin";
/// See [`RECORDS`].
pub const INDEX: &str = "index.bin";
/// See [`RECORDS`].
pub const FEATURES: &str = "features.bin";

/// The name of the rows that could not be used, written as they come.
pub const REJECTS: &str = "rejects.csv";

/// One record in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexRow {
    /// Which record.
    pub handle: RecordHandle,
    /// Bytes of its entry.
    pub entry: u32,
    /// Bytes of its features.
    pub features: u32,
    /// The day on which its source last confirmed it, counted from 1970; nothing: unknown, or a day that no calendar has.
    pub observed_day: Option<i32>,
}

impl IndexRow {
    /// Bytes that it takes.
    pub const BYTES: usize = 20;

    /// Stands for an unknown day.
    const NO_DAY: i32 = i32::MIN;

    fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..8].copy_from_slice(&self.handle.0.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.entry.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.features.to_le_bytes());
        bytes[16..].copy_from_slice(&self.observed_day.unwrap_or(Self::NO_DAY).to_le_bytes());
        bytes
    }

    /// Reads it back.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (handle, rest) = bytes.split_first_chunk::<8>()?;
        let (entry, rest) = rest.split_first_chunk::<4>()?;
        let (features, rest) = rest.split_first_chunk::<4>()?;
        let (day, _) = rest.split_first_chunk::<4>()?;
        Some(Self {
            handle: RecordHandle(u64::from_le_bytes(*handle)),
            entry: u32::from_le_bytes(*entry),
            features: u32::from_le_bytes(*features),
            observed_day: Some(i32::from_le_bytes(*day)).filter(|day| *day != Self::NO_DAY),
        })
    }
}

/// All records after stage 1.
pub struct Prepared {
    /// The records.
    pub spool: Spool,
    /// What matching reads of them.
    pub packed: Packed,
    /// The columns of the input.
    pub columns: Columns,
    /// Rows that could not be used.
    pub rejected: u64,
    /// The day of the newest confirmation.
    pub newest: Option<CivilDate>,
    /// The scripts of names.
    pub scripts: Scripts,
    /// What the dates of the records prove; counted where the state is kept.
    pub votes: Votes,
    /// How dates were read.
    pub parts: Vec<Part>,
    /// What people want to know of a delta.
    pub notes: Vec<String>,
    /// Bytes of working memory, where the run spills.
    pub working: Option<usize>,
}

/// What a resumed run must know besides the files.
#[derive(Serialize, Deserialize)]
struct Facts {
    header: Vec<String>,
    mapped: BTreeMap<usize, (String, String)>,
    rejected: u64,
    newest_day: Option<i64>,
    han_names: u64,
    other_names: u64,
    votes: StoredVotes,
    parts: Vec<Part>,
    files: Vec<FileRead>,
}

/// What is to be prepared.
pub struct Rows<'a> {
    /// The files.
    pub inputs: &'a [PathBuf],
    /// What their columns are.
    pub mapping: &'a Mapping,
    /// An earlier run that the files change.
    pub since: Option<Since<'a>>,
    /// How much memory the run may take.
    pub limit: Limit,
    /// Count what a kept state has to know.
    pub counts_votes: bool,
}

/// Reads and prepares all rows, or takes what the run that stopped had prepared.
pub fn prepare(work: &Work, rows: &Rows<'_>, progress: &dyn Progress) -> Result<Prepared> {
    if let Some(facts) = work.marked::<Facts>(STAGE)? {
        return load(work, facts, rows.limit);
    }
    match &rows.since {
        Some(since) => since::prepare(work, since, rows, progress),
        None => all(work, rows, progress),
    }
}

fn all(work: &Work, given: &Rows<'_>, progress: &dyn Progress) -> Result<Prepared> {
    let limit = given.limit;
    let mut stage = Stage::begin(work, given.counts_votes)?;
    let (mut all_rows, mut largest) = (0u64, 0u64);
    let columns = input::each(given.inputs, given.mapping, &mut |given| match given {
        Given::File { rows, bytes } => {
            all_rows += rows;
            largest = largest.max(bytes);
            stage.expect(work, rows, limit.working(all_rows, largest)?.is_some())?;
            progress.stage(STAGE, rows);
            Ok(())
        }
        rows => stage.take(rows, progress),
    })?;
    stage.end(work, columns, limit)
}

/// Files being written.
pub struct Stage {
    records: SpoolWriter,
    index: SpoolWriter,
    features: SpoolWriter,
    rejects: CsvFile,
    directory: Directory,
    packed: Packed,
    rejected: u64,
    newest_day: Option<i64>,
    /// The scripts of names.
    pub scripts: Scripts,
    counts_votes: bool,
    /// What the dates of the records prove.
    pub votes: Votes,
    /// How dates were read.
    pub parts: Vec<Part>,
}

/// One row, prepared.
struct Made {
    handle: RecordHandle,
    entry: Vec<u8>,
    features: Vec<u8>,
    observed_day: Option<i64>,
    scripts: Scripts,
}

impl Stage {
    /// Starts the files.
    pub fn begin(work: &Work, counts_votes: bool) -> Result<Self> {
        Ok(Self {
            records: SpoolWriter::create(&work.path(RECORDS))?,
            index: SpoolWriter::create(&work.path(INDEX))?,
            features: SpoolWriter::create(&work.path(FEATURES))?,
            rejects: CsvFile::create(work.folder(), REJECTS, &["file", "line", "reason", "row"])?,
            directory: Directory::default(),
            packed: Packed::default(),
            rejected: 0,
            newest_day: None,
            scripts: Scripts::default(),
            counts_votes,
            votes: Votes::default(),
            parts: Vec::new(),
        })
    }

    /// So many records more come, and features are left to their file, or are held too.
    pub fn expect(&mut self, work: &Work, records: u64, spills: bool) -> Result<()> {
        self.directory.reserve(records as usize);
        self.packed.reserve(records as usize);
        if spills { self.packed.leave_to(&work.path(FEATURES)) } else { Ok(()) }
    }

    /// Records so far.
    pub fn records(&self) -> u64 {
        self.directory.len() as u64
    }

    /// Adds a record that an earlier run prepared; what is counted of all has counted it.
    pub fn keep(&mut self, kept: &Kept<'_>) -> Result<()> {
        self.put(kept.index.handle, kept.entry, kept.features, kept.index.observed_day.map(i64::from))
    }

    fn put(&mut self, handle: RecordHandle, entry: &[u8], features: &[u8], observed_day: Option<i64>) -> Result<()> {
        let start = self.records.entry(entry)?;
        self.features.plain(features)?;
        let day = observed_day.and_then(|day| i32::try_from(day).ok());
        let (length, packed) = (entry.len() as u32, features.len() as u32);
        let index = IndexRow { handle, entry: length, features: packed, observed_day: day };
        self.index.plain(&index.to_bytes())?;
        self.directory.push(handle, start, length);
        self.packed.push(handle, features);
        self.newest_day = self.newest_day.max(observed_day);
        Ok(())
    }

    /// Prepares and adds what an input gives: rows, and those that could not be used.
    pub fn take(&mut self, given: Given<'_>, progress: &dyn Progress) -> Result<()> {
        match given {
            Given::File { .. } => {}
            Given::Rows(chunk) => {
                self.add(&chunk)?;
                progress.advance(chunk.rows.len() as u64);
            }
            Given::Rejects(rejects) => self.reject(&rejects)?,
        }
        Ok(())
    }

    /// Prepares and adds rows.
    pub fn add(&mut self, chunk: &Chunk<'_>) -> Result<()> {
        let make = |rows: &[Row]| {
            let raw: Vec<RawRecord> = rows.iter().map(|row| chunk.record(row)).collect();
            let records = prepare_all(&raw);
            let made = rows.iter().zip(&records).map(|(row, record)| Made {
                handle: record.key.handle(),
                entry: spool::pack(&row.fields, record),
                features: features::pack(record),
                observed_day: record.observed_time.and_then(|time| time.date()).map(CivilDate::days_since_epoch),
                scripts: Scripts::of(record),
            });
            made.collect::<Vec<Made>>()
        };
        let made: Vec<Vec<Made>> = chunk.rows.par_chunks(TOGETHER).map(make).collect();
        for made in made.into_iter().flatten() {
            self.put(made.handle, &made.entry, &made.features, made.observed_day)?;
            self.scripts = self.scripts.and(made.scripts);
        }
        if self.counts_votes {
            chunk.rows.iter().for_each(|row| chunk.vote(row, &mut self.votes));
        }
        let part = Part::new(chunk.rows.len() as u64, chunk.orders());
        if !self.parts.last_mut().is_some_and(|last| last.join(&part)) {
            self.parts.push(part);
        }
        Ok(())
    }

    fn reject(&mut self, rejects: &[Reject]) -> Result<()> {
        self.rejected += rejects.len() as u64;
        for reject in rejects {
            let name = reject.file.display().to_string();
            self.rejects.row([name.as_str(), &reject.line.to_string(), &reject.reason, &reject.row])?;
        }
        Ok(())
    }

    /// Ends the files and marks the stage as over.
    pub fn end(mut self, work: &Work, columns: Columns, limit: Limit) -> Result<Prepared> {
        self.rejects.finish()?;
        let mapped = columns.mapped.iter();
        let facts = Facts {
            header: columns.header.clone(),
            mapped: mapped.map(|(at, (kind, label))| (*at, (kind.code().to_owned(), label.clone()))).collect(),
            rejected: self.rejected,
            newest_day: self.newest_day,
            han_names: self.scripts.han,
            other_names: self.scripts.other,
            votes: StoredVotes::from(&self.votes),
            parts: self.parts.clone(),
            files: columns.files.clone(),
        };
        let files = [
            (RECORDS, self.records.finish()?),
            (INDEX, self.index.finish()?),
            (FEATURES, self.features.finish()?),
            (REJECTS, spool::checked(&work.path(REJECTS))?),
        ];
        work.mark(STAGE, &files, &facts)?;
        self.directory.sort();
        self.packed.sort();
        let working = working(&mut self.packed, limit);
        Ok(Prepared {
            working,
            spool: Spool::open(&work.path(RECORDS), self.directory)?,
            packed: self.packed,
            columns,
            rejected: self.rejected,
            newest: self.newest_day.and_then(CivilDate::from_days_since_epoch),
            scripts: self.scripts,
            votes: self.votes,
            parts: self.parts,
            notes: Vec::new(),
        })
    }
}

/// The working memory of a run whose features are in a file, by which pieces of work are limited too.
fn working(packed: &mut Packed, limit: Limit) -> Option<usize> {
    let working = packed.is_filed().then(|| limit.left(packed.len() as u64))?;
    packed.limit_views(spill::view_records_max(working));
    Some(working)
}

fn load(work: &Work, facts: Facts, limit: Limit) -> Result<Prepared> {
    let read = |name: &str| {
        let path = work.path(name);
        std::fs::read(&path).map_err(|error| Error::read(&path, error))
    };
    let damaged =
        || Error::input(&work.path(INDEX), "the intermediate results are damaged; run again without --resume");
    let index = read(INDEX)?;
    let records = index.len() / IndexRow::BYTES;
    let (mut directory, mut packed) = (Directory::default(), Packed::default());
    directory.reserve(records);
    packed.reserve(records);
    if limit.working(records as u64, 0)?.is_some() {
        packed.leave_to(&work.path(FEATURES))?;
    }
    let bytes = if packed.is_filed() { Vec::new() } else { read(FEATURES)? };
    let (mut start, mut rest) = (0, bytes.as_slice());
    for row in index.chunks_exact(IndexRow::BYTES).filter_map(IndexRow::read) {
        directory.push(row.handle, start, row.entry);
        start += u64::from(row.entry) + 4;
        if packed.is_filed() {
            packed.push_filed(row.handle, row.features);
            continue;
        }
        let (features, more) = rest.split_at_checked(row.features as usize).ok_or_else(damaged)?;
        packed.push(row.handle, features);
        rest = more;
    }
    directory.sort();
    packed.sort();
    let working = working(&mut packed, limit);
    let mapped =
        facts.mapped.into_iter().map(|(at, (kind, label))| Some((at, (AttributeKind::from_code(&kind)?, label))));
    Ok(Prepared {
        working,
        spool: Spool::open(&work.path(RECORDS), directory)?,
        packed,
        columns: Columns {
            header: facts.header,
            mapped: mapped.collect::<Option<_>>().ok_or_else(damaged)?,
            encodings: Vec::new(),
            files: facts.files,
        },
        rejected: facts.rejected,
        newest: facts.newest_day.and_then(CivilDate::from_days_since_epoch),
        scripts: Scripts { han: facts.han_names, other: facts.other_names },
        votes: Votes::from(facts.votes),
        parts: facts.parts,
        notes: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_row_of_the_index_comes_back() {
        for observed_day in [None, Some(-1), Some(20_000)] {
            let row = IndexRow { handle: RecordHandle(u64::MAX - 7), entry: 1_000, features: 75, observed_day };
            assert_eq!(IndexRow::read(&row.to_bytes()), Some(row));
        }
        assert_eq!(IndexRow::read(&[0; IndexRow::BYTES - 1]), None);
    }
}
