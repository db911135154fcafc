//! Rows that change an earlier input: all of them are looked at before the first becomes a record, because they decide which rows of the
//! earlier input stay and how dates are read.

use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns::{Aligned, Shape, within};
use super::dates::Votes;
use super::{Chunk, Columns, FileRead, Given, refusal, rows_of};
use crate::bulk::reader::{self, Row};
use crate::catalog::sources::{BoundMapping, DateOrders, Mapping};
use crate::domain::id::{RecordHandle, RecordKey};
use crate::error::Result;

/// New and changed rows, opened.
pub struct Delta<'m> {
    files: Vec<Aligned>,
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
    /// Opens the files, whose columns must be among those of the earlier input.
    pub fn open(paths: &[PathBuf], mapping: &'m Mapping, header: &[String]) -> Result<Self> {
        let bound = mapping.bind(header)?;
        let mut columns = Columns { header: header.to_vec(), mapped: bound.mapped_columns(), ..Columns::default() };
        let (mut files, mut records, mut votes) = (Vec::new(), FxHashMap::default(), Votes::default());
        let mut seen = FxHashSet::default();
        for path in reader::expand(paths)? {
            let (file, stream) = reader::open(&path, mapping.encoding())?;
            let shape = Shape::of(mapping, &path, &file)?;
            within(&path, &shape, &columns)?;
            columns.encodings.push((path.clone(), file.encoding()));
            columns.streams.extend(stream);
            let file = Aligned::new(path, file, shape, header);
            file.each(&mut |row| {
                let Ok(row) = row else { return Ok(()) };
                votes.add(&bound, &row.fields);
                if refusal(&bound, &row, &mut seen).is_none() {
                    let key = RecordKey::new(bound.source(&row.fields), bound.record_id(&row.fields));
                    records.insert(key.handle(), row.line);
                }
                Ok(())
            })?;
            files.push(file);
        }
        Ok(Self { files, bound, columns, records, votes })
    }

    /// Bytes of all files in memory.
    pub fn bytes_held(&self) -> u64 {
        self.files.iter().map(|aligned| aligned.file.bytes_held()).sum()
    }

    /// Rows of the earlier input, to be read with these orders.
    pub fn chunk<'a>(&'a self, rows: Vec<Row>, orders: &'a DateOrders) -> Chunk<'a> {
        Chunk { rows, bound: &self.bound, orders }
    }

    /// The rows, some at a time; what the files were.
    pub fn each(&self, orders: &DateOrders, take: &mut dyn FnMut(Given<'_>) -> Result<()>) -> Result<Vec<FileRead>> {
        let mut seen = FxHashSet::default();
        let mut files = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let counts = rows_of(file, &self.bound, orders, &mut seen, take)?;
            files.push(FileRead::of(&file.path, &file.file, counts));
        }
        Ok(files)
    }
}
