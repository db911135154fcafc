//! Stage 1 of a run: rows become prepared records on disk and packed features in memory.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::work::Work;
use crate::bulk::features::{self, Packed, SPREAD_RECORDS_MAX};
use crate::bulk::input::{self, Chunk, Columns, Given};
use crate::bulk::pipeline::Progress;
use crate::bulk::reader::Reject;
use crate::bulk::spool::{self, Directory, Spool, SpoolWriter};
use crate::bulk::train::Scripts;
use crate::bulk::writer::CsvFile;
use crate::catalog::sources::Mapping;
use crate::domain::date::CivilDate;
use crate::domain::id::RecordHandle;
use crate::domain::prepare::prepare as prepare_record;
use crate::domain::record::AttributeKind;
use crate::error::{Error, Result};

const STAGE: &str = "prepare";
const RECORDS: &str = "records.bin";
const INDEX: &str = "index.bin";
const FEATURES: &str = "features.bin";

/// The name of the rows that could not be used, written as they come.
pub const REJECTS: &str = "rejects.csv";

/// Bytes of one record in the index: handle, length of the record, length of the features.
const INDEX_BYTES: usize = 16;

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
}

/// Memory that a row takes while features are spread out (see [`SPREAD_RECORDS_MAX`]) and while they are packed: the peak of `guiyi bench bulk`
/// at 200,000 and at a million customers of twelve compared columns, divided by the rows.
const SPREAD_ROW_BYTES: u64 = 4_500;
const PACKED_ROW_BYTES: u64 = 1_400;

/// Refuses early what would not fit: the content of the largest file while it is read, and what matching keeps of every row.
fn check_memory(rows: u64, bytes: u64, memory_max: Option<u64>) -> Result<()> {
    let spread = rows.min(SPREAD_RECORDS_MAX as u64).saturating_mul(SPREAD_ROW_BYTES);
    let needed = rows.saturating_mul(PACKED_ROW_BYTES).max(spread).max(bytes);
    let Some(memory_max) = memory_max.filter(|memory_max| needed > *memory_max) else { return Ok(()) };
    let megabytes = |bytes: u64| bytes / 1_000_000;
    let message = format!(
        "{rows} rows take about {} MB, more than the {} MB allowed; allow more, or cleanse the files in several runs",
        megabytes(needed),
        megabytes(memory_max)
    );
    Err(Error::config("--memory-max", message))
}

/// Reads and prepares all rows, or takes what the run that stopped had prepared.
pub fn prepare(
    work: &Work,
    inputs: &[PathBuf],
    mapping: &Mapping,
    memory_max: Option<u64>,
    progress: &dyn Progress,
) -> Result<Prepared> {
    if let Some(facts) = work.marked::<Facts>(STAGE)? {
        return load(work, facts);
    }
    let mut stage = Stage::begin(work)?;
    let (mut all_rows, mut largest) = (0u64, 0u64);
    let columns = input::each(inputs, mapping, &mut |given| {
        match given {
            Given::File { rows, bytes } => {
                all_rows += rows;
                largest = largest.max(bytes);
                check_memory(all_rows, largest, memory_max)?;
                progress.stage(STAGE, rows);
            }
            Given::Rows(chunk) => {
                let rows = chunk.rows.len() as u64;
                stage.add(&chunk)?;
                progress.advance(rows);
            }
            Given::Rejects(rejects) => stage.reject(&rejects)?,
        }
        Ok(())
    })?;
    stage.end(work, columns)
}

/// Files being written.
struct Stage {
    records: SpoolWriter,
    index: SpoolWriter,
    features: SpoolWriter,
    rejects: CsvFile,
    directory: Directory,
    packed: Packed,
    rejected: u64,
    newest_day: Option<i64>,
    scripts: Scripts,
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
    fn begin(work: &Work) -> Result<Self> {
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
        })
    }

    fn add(&mut self, chunk: &Chunk<'_>) -> Result<()> {
        let make = |row| {
            let row: &crate::bulk::reader::Row = row;
            let record = prepare_record(&chunk.record(row));
            Made {
                handle: record.key.handle(),
                entry: spool::pack(&row.fields, &record),
                features: features::pack(&record),
                observed_day: record.observed_time.and_then(|time| time.date()).map(CivilDate::days_since_epoch),
                scripts: Scripts::of(&record),
            }
        };
        let made: Vec<Made> = chunk.rows.par_iter().with_min_len(64).map(make).collect();
        for made in made {
            let start = self.records.entry(&made.entry)?;
            self.features.plain(&made.features)?;
            let (entry, features) = (made.entry.len() as u32, made.features.len() as u32);
            let mut index = [0; INDEX_BYTES];
            index[..8].copy_from_slice(&made.handle.0.to_le_bytes());
            index[8..12].copy_from_slice(&entry.to_le_bytes());
            index[12..].copy_from_slice(&features.to_le_bytes());
            self.index.plain(&index)?;
            self.directory.push(made.handle, start, entry);
            self.packed.push(made.handle, &made.features);
            self.newest_day = self.newest_day.max(made.observed_day);
            self.scripts = self.scripts.and(made.scripts);
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

    fn end(mut self, work: &Work, columns: Columns) -> Result<Prepared> {
        self.rejects.finish()?;
        let mapped = columns.mapped.iter();
        let facts = Facts {
            header: columns.header.clone(),
            mapped: mapped.map(|(at, (kind, label))| (*at, (kind.code().to_owned(), label.clone()))).collect(),
            rejected: self.rejected,
            newest_day: self.newest_day,
            han_names: self.scripts.han,
            other_names: self.scripts.other,
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
        Ok(Prepared {
            spool: Spool::open(&work.path(RECORDS), self.directory)?,
            packed: self.packed,
            columns,
            rejected: self.rejected,
            newest: self.newest_day.and_then(CivilDate::from_days_since_epoch),
            scripts: self.scripts,
        })
    }
}

fn load(work: &Work, facts: Facts) -> Result<Prepared> {
    let read = |name: &str| {
        let path = work.path(name);
        std::fs::read(&path).map_err(|error| Error::read(&path, error))
    };
    let damaged =
        || Error::input(&work.path(INDEX), "the intermediate results are damaged; run again without --resume");
    let (index, bytes) = (read(INDEX)?, read(FEATURES)?);
    let (mut directory, mut packed) = (Directory::default(), Packed::default());
    let (mut start, mut rest) = (0, bytes.as_slice());
    for entry in index.chunks_exact(INDEX_BYTES) {
        let number =
            |from: usize| -> Option<u32> { Some(u32::from_le_bytes(entry.get(from..from + 4)?.try_into().ok()?)) };
        let (Some(low), Some(high), Some(length), Some(features)) = (number(0), number(4), number(8), number(12))
        else {
            return Err(damaged());
        };
        let handle = RecordHandle(u64::from(low) | u64::from(high) << 32);
        directory.push(handle, start, length);
        start += u64::from(length) + 4;
        let (features, more) = rest.split_at_checked(features as usize).ok_or_else(damaged)?;
        packed.push(handle, features);
        rest = more;
    }
    directory.sort();
    packed.sort();
    let mapped =
        facts.mapped.into_iter().map(|(at, (kind, label))| Some((at, (AttributeKind::from_code(&kind)?, label))));
    Ok(Prepared {
        spool: Spool::open(&work.path(RECORDS), directory)?,
        packed,
        columns: Columns {
            header: facts.header,
            mapped: mapped.collect::<Option<_>>().ok_or_else(damaged)?,
            encodings: Vec::new(),
        },
        rejected: facts.rejected,
        newest: facts.newest_day.and_then(CivilDate::from_days_since_epoch),
        scripts: Scripts { han: facts.han_names, other: facts.other_names },
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_does_not_fit_is_refused_before_it_is_read() {
        assert!(check_memory(1_000_000, 0, None).is_ok());
        assert!(check_memory(1_000, 0, Some(1_000 * SPREAD_ROW_BYTES)).is_ok());
        let message = check_memory(1_000_000, 0, Some(1_000_000)).unwrap_err().to_string();
        assert!(message.contains("1000000 rows take about 1400 MB, more than the 1 MB allowed"), "{message}");
        assert!(check_memory(1, 2_000_000, Some(1_000_000)).is_err(), "the file alone is too large");
    }
}
