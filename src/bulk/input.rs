//! From files and a mapping to raw records; what cannot become a record becomes a reject.

pub mod dates;
pub mod delta;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use self::dates::Votes;
use super::reader::{self, Opened, Reject, Row};
use super::writer::InputRows;
use crate::catalog::sources::{BoundMapping, DateOrders, Mapping};
use crate::domain::date::DateOrder;
use crate::domain::id::{RecordHandle, RecordKey};
use crate::domain::normalize::date::vote_order;
use crate::domain::record::{AttributeKind, RawRecord};
use crate::error::{Error, Result};

/// The records of a run.
pub struct Input {
    /// Records with different keys, in the order of the input.
    pub records: Vec<RawRecord>,
    /// The rows behind them.
    pub rows: InputRows,
    /// Rows that could not be used.
    pub rejects: Vec<Reject>,
    /// The encodings found, by file.
    pub encodings: Vec<(PathBuf, &'static str)>,
}

/// Rows given at once.
const CHUNK_ROWS: usize = 8_192;

/// Some rows of one file, each of which becomes a record.
pub struct Chunk<'a> {
    /// The rows.
    pub rows: Vec<Row>,
    bound: &'a BoundMapping<'a>,
    orders: &'a DateOrders,
}

impl Chunk<'_> {
    /// The record of a row.
    pub fn record(&self, row: &Row) -> RawRecord {
        self.bound.record(&row.fields, self.orders)
    }

    /// How dates are read.
    pub fn orders(&self) -> &DateOrders {
        self.orders
    }

    /// Counts what the dates of a row prove.
    pub fn vote(&self, row: &Row, votes: &mut Votes) {
        votes.add(self.bound, &row.fields);
    }
}

/// What there is to say about files besides their rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Column names.
    pub header: Vec<String>,
    /// The attribute kind and label of each mapped column.
    pub mapped: BTreeMap<usize, (AttributeKind, String)>,
    /// The encodings found, by file.
    pub encodings: Vec<(PathBuf, &'static str)>,
    /// The files, in the order read.
    pub files: Vec<FileRead>,
}

/// A file that was read, as reports tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRead {
    /// Its name without folders, which are another on every machine; `-` is standard input.
    pub file: String,
    /// `csv`, `jsonl`, `parquet`, `xlsx`.
    pub format: String,
    /// `gzip`, `zstd`, where it was compressed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub compression: String,
    /// The encoding of its text.
    pub encoding: String,
    /// What parts the fields of a row, where something does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The sheet of a workbook.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// Rows that became records.
    pub rows: u64,
    /// Rows that could not be used.
    pub rejected: u64,
}

impl FileRead {
    fn of(path: &Path, file: &Opened, [rows, rejected]: [u64; 2]) -> Self {
        let described = file.described();
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
        // The sheet is told by itself.
        let name = name.strip_suffix(&format!("#{}", described.sheet)).map_or(name.clone(), str::to_owned);
        Self {
            file: name,
            format: described.format.to_owned(),
            compression: described.compression.to_owned(),
            encoding: described.encoding.to_owned(),
            delimiter: described.delimiter,
            sheet: described.sheet.to_owned(),
            rows,
            rejected,
        }
    }
}

/// What files give.
pub enum Given<'a> {
    /// A file begins.
    File {
        /// About so many rows.
        rows: u64,
        /// Bytes that it takes in memory while it is read.
        bytes: u64,
    },
    /// Rows that become records.
    Rows(Chunk<'a>),
    /// Rows that could not be used.
    Rejects(Vec<Reject>),
}

/// Reads all files under one mapping; patterns stand for the files they match. Files of one run must have the same header.
pub fn read(paths: &[PathBuf], mapping: &Mapping) -> Result<Input> {
    let (mut records, mut rows, mut rejects) = (Vec::new(), Vec::new(), Vec::new());
    let columns = each(paths, mapping, &mut |given| {
        match given {
            Given::File { .. } => {}
            Given::Rows(mut chunk) => {
                for row in std::mem::take(&mut chunk.rows) {
                    let record = chunk.record(&row);
                    rows.push((record.key.handle(), row.fields));
                    records.push(record);
                }
            }
            Given::Rejects(more) => rejects.extend(more),
        }
        Ok(())
    })?;
    let rows = InputRows { header: columns.header, mapped: columns.mapped, rows };
    Ok(Input { records, rows, rejects, encodings: columns.encodings })
}

/// The same, some rows at a time.
pub fn each(paths: &[PathBuf], mapping: &Mapping, take: &mut dyn FnMut(Given<'_>) -> Result<()>) -> Result<Columns> {
    let mut columns = Columns::default();
    let mut seen = FxHashSet::default();
    for path in &reader::expand(paths)? {
        let file = reader::open(path)?;
        let bound = mapping.bind(file.header())?;
        if columns.header.is_empty() {
            columns.header = file.header().to_vec();
            columns.mapped = bound.mapped_columns();
        } else if columns.header != file.header() {
            return Err(Error::input(
                path,
                "the columns differ from those of the first file; cleanse such files in runs of their own",
            ));
        }
        columns.encodings.push((path.clone(), file.encoding()));
        take(Given::File { rows: file.rows_about(), bytes: file.bytes_held() })?;
        let orders = date_orders(path, &file, &bound)?;
        let counts = rows_of(path, &file, &bound, &orders, &mut seen, take)?;
        columns.files.push(FileRead::of(path, &file, counts));
    }
    Ok(columns)
}

/// Gives the rows of a file; how many became records, and how many could not be used.
fn rows_of(
    path: &Path,
    file: &Opened,
    bound: &BoundMapping<'_>,
    orders: &DateOrders,
    seen: &mut FxHashSet<RecordHandle>,
    take: &mut dyn FnMut(Given<'_>) -> Result<()>,
) -> Result<[u64; 2]> {
    let (mut unreadable, mut refused) = (Vec::new(), Vec::new());
    let mut taken = 0;
    let mut rows = Vec::with_capacity(CHUNK_ROWS);
    file.each(path, &mut |row| {
        let row = match row {
            Ok(row) => row,
            Err(reject) => {
                unreadable.push(reject);
                return Ok(());
            }
        };
        match refusal(bound, &row, seen) {
            Some(reason) => refused.push(reject(path, row, reason)),
            None => rows.push(row),
        }
        if rows.len() == CHUNK_ROWS {
            let rows = std::mem::replace(&mut rows, Vec::with_capacity(CHUNK_ROWS));
            taken += rows.len() as u64;
            take(Given::Rows(Chunk { rows, bound, orders }))?;
        }
        Ok(())
    })?;
    taken += rows.len() as u64;
    if !rows.is_empty() {
        take(Given::Rows(Chunk { rows, bound, orders }))?;
    }
    unreadable.extend(refused);
    let rejected = unreadable.len() as u64;
    take(Given::Rejects(unreadable))?;
    Ok([taken, rejected])
}

fn refusal(bound: &BoundMapping<'_>, row: &Row, seen: &mut FxHashSet<RecordHandle>) -> Option<String> {
    let (id, source) = (bound.record_id(&row.fields), bound.source(&row.fields));
    if id.is_empty() {
        return Some("the record id is empty; every row needs one".to_owned());
    }
    if source.is_empty() {
        return Some("the source is empty; every row needs one".to_owned());
    }
    let new = seen.insert(RecordKey::new(source, id).handle());
    (!new).then(|| format!("record \"{id}\" of source \"{source}\" stood there before; keep one row a record"))
}

fn reject(path: &Path, row: Row, reason: String) -> Reject {
    Reject { file: path.to_owned(), line: row.line, reason, row: row.fields.join(",") }
}

/// What the values of a column of dates proved so far.
#[derive(Clone, Copy, Default)]
struct Proved {
    day_first: bool,
    month_first: bool,
}

/// Decides day–month order by source and column: every value of the column votes.
fn date_orders(path: &Path, file: &Opened, bound: &BoundMapping<'_>) -> Result<DateOrders> {
    let columns = bound.undecided_date_columns();
    let mut votes: Vec<BTreeMap<String, Proved>> = vec![BTreeMap::new(); columns.len()];
    if columns.is_empty() {
        return Ok(DateOrders::new());
    }
    file.each_readable(path, &mut |fields| {
        for ((_, index), votes) in columns.iter().zip(&mut votes) {
            let value = fields.get(*index).map_or("", AsRef::as_ref);
            if value.is_empty() {
                continue;
            }
            let source = bound.source(fields);
            if !votes.contains_key(source) {
                votes.insert(source.to_owned(), Proved::default());
            }
            let Some(votes) = votes.get_mut(source).filter(|votes| !(votes.day_first && votes.month_first)) else {
                continue;
            };
            let vote = vote_order(std::iter::once(value));
            votes.day_first |= vote == Some(DateOrder::Dmy);
            votes.month_first |= vote == Some(DateOrder::Mdy);
        }
    })?;
    let mut orders = DateOrders::new();
    for ((position, _), votes) in columns.iter().zip(votes) {
        for (source, votes) in votes {
            let order = match (votes.day_first, votes.month_first) {
                (true, false) => DateOrder::Dmy,
                (false, true) => DateOrder::Mdy,
                (true, true) | (false, false) => continue,
            };
            orders.insert((source, *position), order);
        }
    }
    Ok(orders)
}
