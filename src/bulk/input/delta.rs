//! Rows that change an earlier input: all of them are looked at before the first becomes a record, because they decide which rows of the
//! earlier input stay and how dates are read.

use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};

use super::dates::Votes;
use super::{Chunk, Columns, FileRead, Given, refusal, rows_of};
use crate::bulk::reader::{self, Opened, Row};
use crate::catalog::sources::{BoundMapping, DateOrders, Mapping};
use crate::domain::id::{RecordHandle, RecordKey};
use crate::error::{Error, Result};

/// New and changed rows, opened.
pub struct Delta<'m> {
    files: Vec<(PathBuf, Opened)>,
    /// What the columns are.
    pub bound: BoundMapping<'m>,
    /// The columns, which are those of the earlier input.
    pub columns: Columns,
    /// The records that the rows give, each with the line of its row.
    pub records: FxHashMap<RecordHandle, u64>,
    /// What the dates of all rows prove.
    pub votes: Votes,
}

impl<'m> Delta<'m> {
    /// Opens the files, whose columns must be those of the earlier input.
    pub fn open(paths: &[PathBuf], mapping: &'m Mapping, header: &[String]) -> Result<Self> {
        let bound = mapping.bind(header)?;
        let columns = Columns { header: header.to_vec(), mapped: bound.mapped_columns(), ..Columns::default() };
        let (mut files, mut records, mut votes) = (Vec::new(), FxHashMap::default(), Votes::default());
        let mut encodings = Vec::new();
        let mut seen = FxHashSet::default();
        for path in reader::expand(paths)? {
            let file = reader::open(&path)?;
            if file.header() != header {
                let message = "the columns differ from those of the run that --since names; give the delta the same columns, or \
                               cleanse all rows with --previous instead";
                return Err(Error::input(&path, message));
            }
            encodings.push((path.clone(), file.encoding()));
            file.each(&path, &mut |row| {
                let Ok(row) = row else { return Ok(()) };
                votes.add(&bound, &row.fields);
                if refusal(&bound, &row, &mut seen).is_none() {
                    let key = RecordKey::new(bound.source(&row.fields), bound.record_id(&row.fields));
                    records.insert(key.handle(), row.line);
                }
                Ok(())
            })?;
            files.push((path, file));
        }
        Ok(Self { files, bound, columns: Columns { encodings, ..columns }, records, votes })
    }

    /// Bytes of all files in memory.
    pub fn bytes_held(&self) -> u64 {
        self.files.iter().map(|(_, file)| file.bytes_held()).sum()
    }

    /// Rows of the earlier input, to be read with these orders.
    pub fn chunk<'a>(&'a self, rows: Vec<Row>, orders: &'a DateOrders) -> Chunk<'a> {
        Chunk { rows, bound: &self.bound, orders }
    }

    /// The rows, some at a time; what the files were.
    pub fn each(&self, orders: &DateOrders, take: &mut dyn FnMut(Given<'_>) -> Result<()>) -> Result<Vec<FileRead>> {
        let mut seen = FxHashSet::default();
        let mut files = Vec::with_capacity(self.files.len());
        for (path, file) in &self.files {
            let counts = rows_of(path, file, &self.bound, orders, &mut seen, take)?;
            files.push(FileRead::of(path, file, counts));
        }
        Ok(files)
    }
}
