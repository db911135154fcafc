//! Rows of one size on disk: sorted by runs and merged, or dealt into parts that are read one by one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::bulk::spool::{self, SpoolWriter};
use crate::domain::cluster::Edge;
use crate::domain::id::{BlockKey, MatchWeight, RecordHandle, RecordPair};
use crate::error::{Error, Result};

/// A row that always takes the same number of bytes.
pub trait Row: Copy + Ord + Send + Sync {
    /// Bytes that it takes.
    const BYTES: usize;
    /// Adds its bytes.
    fn put(&self, out: &mut Vec<u8>);
    /// Reads it back; nothing where the bytes are damaged.
    fn take(bytes: &[u8]) -> Option<Self>;
}

/// The first `N` bytes, which are taken off.
fn first<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*taken)
}

impl Row for Edge {
    const BYTES: usize = 21;

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.pair.low().0.to_le_bytes());
        out.extend_from_slice(&self.pair.high().0.to_le_bytes());
        out.extend_from_slice(&self.weight.0.to_le_bytes());
        out.push(u8::from(self.cannot_link));
    }

    fn take(mut bytes: &[u8]) -> Option<Self> {
        let input = &mut bytes;
        let (low, high) = (u64::from_le_bytes(first(input)?), u64::from_le_bytes(first(input)?));
        let weight = MatchWeight(i32::from_le_bytes(first(input)?));
        let [cannot_link] = first(input)?;
        let pair = RecordPair::new(RecordHandle(low), RecordHandle(high))?;
        Some(Self { pair, weight, cannot_link: cannot_link == 1 })
    }
}

/// A blocking key and a member, as `bulk/keys.rs` has them.
impl Row for (BlockKey, u32) {
    const BYTES: usize = 12;

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0.0.to_le_bytes());
        out.extend_from_slice(&self.1.to_le_bytes());
    }

    fn take(mut bytes: &[u8]) -> Option<Self> {
        Some((BlockKey(u64::from_le_bytes(first(&mut bytes)?)), u32::from_le_bytes(first(&mut bytes)?)))
    }
}

/// A position.
impl Row for u32 {
    const BYTES: usize = 4;

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn take(mut bytes: &[u8]) -> Option<Self> {
        first(&mut bytes).map(Self::from_le_bytes)
    }
}

/// A number of a table and a hash in it.
impl Row for (u32, u64) {
    const BYTES: usize = 12;

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0.to_le_bytes());
        out.extend_from_slice(&self.1.to_le_bytes());
    }

    fn take(mut bytes: &[u8]) -> Option<Self> {
        Some((u32::from_le_bytes(first(&mut bytes)?), u64::from_le_bytes(first(&mut bytes)?)))
    }
}

/// A hash and the place of what has it.
impl Row for (u64, u32) {
    const BYTES: usize = 12;

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0.to_le_bytes());
        out.extend_from_slice(&self.1.to_le_bytes());
    }

    fn take(mut bytes: &[u8]) -> Option<Self> {
        Some((u64::from_le_bytes(first(&mut bytes)?), u32::from_le_bytes(first(&mut bytes)?)))
    }
}

/// Some number, and an edge of what has it.
impl Row for (u32, Edge) {
    const BYTES: usize = 4 + Edge::BYTES;

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0.to_le_bytes());
        self.1.put(out);
    }

    fn take(mut bytes: &[u8]) -> Option<Self> {
        Some((u32::from_le_bytes(first(&mut bytes)?), Edge::take(bytes)?))
    }
}

/// A pair of positions and the weight of the two.
impl Row for (u64, MatchWeight) {
    const BYTES: usize = 12;

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0.to_le_bytes());
        out.extend_from_slice(&self.1.0.to_le_bytes());
    }

    fn take(mut bytes: &[u8]) -> Option<Self> {
        Some((u64::from_le_bytes(first(&mut bytes)?), MatchWeight(i32::from_le_bytes(first(&mut bytes)?))))
    }
}

/// Bytes that a reader of a file holds, and that are packed before they are written.
const BUFFER_BYTES: usize = 1 << 16;

/// A file of rows, one after the other.
#[derive(Debug)]
pub struct RowFile<R> {
    path: PathBuf,
    /// Length and checksum of the file.
    pub check: (u64, u32),
    rows: std::marker::PhantomData<R>,
}

/// Writes a file of rows.
pub struct RowWriter<R> {
    path: PathBuf,
    file: SpoolWriter,
    bytes: Vec<u8>,
    rows: std::marker::PhantomData<R>,
}

impl<R: Row> RowWriter<R> {
    /// Starts a file.
    pub fn create(path: &Path) -> Result<Self> {
        let file = SpoolWriter::create(path)?;
        Ok(Self { path: path.to_owned(), file, bytes: Vec::new(), rows: std::marker::PhantomData })
    }

    /// Adds a row.
    pub fn push(&mut self, row: &R) -> Result<()> {
        row.put(&mut self.bytes);
        if self.bytes.len() >= BUFFER_BYTES { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        self.file.plain(&self.bytes)?;
        self.bytes.clear();
        Ok(())
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<RowFile<R>> {
        self.flush()?;
        Ok(RowFile { path: self.path, check: self.file.finish()?, rows: self.rows })
    }
}

impl<R: Row> RowFile<R> {
    /// A file that is complete.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self { path: path.to_owned(), check: spool::checked(path)?, rows: std::marker::PhantomData })
    }

    /// Rows.
    pub fn len(&self) -> u64 {
        self.check.0 / R::BYTES as u64
    }

    /// No rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every row in its order.
    pub fn each(&self, take: &mut dyn FnMut(R) -> Result<()>) -> Result<()> {
        let mut rows = Reader::open(&self.path, 0, self.len())?;
        while let Some(row) = rows.next()? {
            take(row)?;
        }
        Ok(())
    }

    /// Gives the file another name.
    pub fn rename(self, path: &Path) -> Result<Self> {
        std::fs::rename(&self.path, path).map_err(|error| Error::write(path, error))?;
        Ok(Self { path: path.to_owned(), ..self })
    }

    /// Removes the file, which nobody needs any more.
    pub fn remove(self) {
        // Whatever is left goes with the run's folder.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Reads some rows of a file.
struct Reader<'p, R> {
    path: &'p Path,
    file: BufReader<File>,
    left: u64,
    bytes: Vec<u8>,
    rows: std::marker::PhantomData<R>,
}

impl<'p, R: Row> Reader<'p, R> {
    fn open(path: &'p Path, start: u64, rows: u64) -> Result<Self> {
        let failed = |error| Error::read(path, error);
        let mut file = File::open(path).map_err(failed)?;
        file.seek(SeekFrom::Start(start)).map_err(failed)?;
        let file = BufReader::with_capacity(BUFFER_BYTES, file);
        Ok(Self { path, file, left: rows, bytes: vec![0; R::BYTES], rows: std::marker::PhantomData })
    }

    fn next(&mut self) -> Result<Option<R>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        self.file.read_exact(&mut self.bytes).map_err(|error| Error::read(self.path, error))?;
        R::take(&self.bytes).map(Some).ok_or_else(|| damaged(self.path))
    }
}

fn damaged(path: &Path) -> Error {
    Error::input(path, "the temporary file is damaged; check the disk and run again")
}

/// Sorts more rows than memory holds: what is full is sorted and written, and all that was written is merged.
pub struct Sorter<R> {
    path: PathBuf,
    file: SpoolWriter,
    held: Vec<R>,
    held_max: usize,
    /// Where each run begins, and how many rows it has.
    runs: Vec<(u64, u64)>,
}

impl<R: Row> Sorter<R> {
    /// Starts with a file for the runs and the bytes that rows may take in memory.
    pub fn create(path: &Path, bytes: usize) -> Result<Self> {
        let held_max = (bytes / size_of::<R>()).max(1);
        Ok(Self {
            path: path.to_owned(),
            file: SpoolWriter::create(path)?,
            held: Vec::new(),
            held_max,
            runs: Vec::new(),
        })
    }

    /// Adds rows.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = R>) -> Result<()> {
        for row in rows {
            if self.held.len() == self.held_max {
                self.write_run()?;
            }
            self.held.push(row);
        }
        Ok(())
    }

    fn write_run(&mut self) -> Result<()> {
        self.held.sort_unstable();
        let mut bytes = Vec::with_capacity(BUFFER_BYTES);
        let mut start = None;
        for rows in self.held.chunks((BUFFER_BYTES / R::BYTES).max(1)) {
            bytes.clear();
            rows.iter().for_each(|row| row.put(&mut bytes));
            let at = self.file.plain(&bytes)?;
            start.get_or_insert(at);
        }
        if let Some(start) = start {
            self.runs.push((start, self.held.len() as u64));
        }
        self.held.clear();
        Ok(())
    }

    /// Merges the runs into a file of ascending rows; the file of the runs is removed.
    pub fn finish(mut self, path: &Path) -> Result<RowFile<R>> {
        self.write_run()?;
        drop(std::mem::take(&mut self.held));
        self.file.finish()?;
        let mut readers = Vec::with_capacity(self.runs.len());
        for (start, rows) in &self.runs {
            readers.push(Reader::<R>::open(&self.path, *start, *rows)?);
        }
        let mut heads = BinaryHeap::with_capacity(readers.len());
        for (number, reader) in readers.iter_mut().enumerate() {
            heads.extend(reader.next()?.map(|row| Reverse((row, number))));
        }
        let mut file = RowWriter::create(path)?;
        while let Some(Reverse((row, number))) = heads.pop() {
            file.push(&row)?;
            if let Some(reader) = readers.get_mut(number) {
                heads.extend(reader.next()?.map(|row| Reverse((row, number))));
            }
        }
        drop(readers);
        let _ = std::fs::remove_file(&self.path);
        file.finish()
    }
}

/// Deals rows into parts.
pub struct Dealer<R> {
    path: PathBuf,
    file: SpoolWriter,
    parts: Vec<Vec<R>>,
    held: usize,
    held_max: usize,
    stretches: Stretches,
}

/// Where the rows of each part are: of every batch that was written, where each part begins and where the last one ends.
#[derive(Debug, Default)]
struct Stretches(Vec<Vec<u64>>);

impl<R: Row> Dealer<R> {
    /// Starts with a file and the bytes that rows may take in memory.
    pub fn create(path: &Path, parts: usize, bytes: usize) -> Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            file: SpoolWriter::create(path)?,
            parts: vec![Vec::new(); parts],
            held: 0,
            // Rows that grow one by one take up to twice their room.
            held_max: (bytes / (2 * size_of::<R>())).max(1),
            stretches: Stretches::default(),
        })
    }

    /// Adds a row to a part.
    pub fn push(&mut self, part: usize, row: R) -> Result<()> {
        if let Some(rows) = self.parts.get_mut(part) {
            rows.push(row);
            self.held += 1;
        }
        if self.held >= self.held_max { self.write_batch() } else { Ok(()) }
    }

    fn write_batch(&mut self) -> Result<()> {
        let mut starts = Vec::with_capacity(self.parts.len() + 1);
        let (mut bytes, mut end) = (Vec::new(), 0);
        for rows in &mut self.parts {
            bytes.clear();
            rows.iter().for_each(|row| row.put(&mut bytes));
            let start = self.file.plain(&bytes)?;
            starts.push(start);
            end = start + bytes.len() as u64;
            *rows = Vec::new();
        }
        starts.push(end);
        self.stretches.0.push(starts);
        self.held = 0;
        Ok(())
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<Parts<R>> {
        self.write_batch()?;
        self.file.finish()?;
        let file = File::open(&self.path).map_err(|error| Error::read(&self.path, error))?;
        Ok(Parts { path: self.path, file, stretches: self.stretches, rows: std::marker::PhantomData })
    }
}

/// Rows that were dealt into parts.
#[derive(Debug)]
pub struct Parts<R> {
    path: PathBuf,
    file: File,
    stretches: Stretches,
    rows: std::marker::PhantomData<R>,
}

impl<R: Row> Parts<R> {
    /// Rows of a part.
    pub fn count(&self, part: usize) -> usize {
        let bytes: u64 = self.stretches(part).map(|(start, end)| end - start).sum();
        bytes as usize / R::BYTES
    }

    fn stretches(&self, part: usize) -> impl Iterator<Item = (u64, u64)> {
        self.stretches.0.iter().filter_map(move |starts| Some((*starts.get(part)?, *starts.get(part + 1)?)))
    }

    /// The rows of a part, ascending.
    pub fn part(&self, part: usize) -> Result<Vec<R>> {
        let mut rows = Vec::with_capacity(self.count(part));
        let mut bytes = Vec::new();
        for (start, end) in self.stretches(part) {
            bytes.resize((end - start) as usize, 0);
            spool::read_at(&self.file, &mut bytes, start).map_err(|error| Error::read(&self.path, error))?;
            for row in bytes.chunks_exact(R::BYTES) {
                rows.push(R::take(row).ok_or_else(|| damaged(&self.path))?);
            }
        }
        rows.sort_unstable();
        Ok(rows)
    }

    /// Removes the file, which nobody needs any more.
    pub fn remove(self) {
        // Whatever is left goes with the run's folder.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::hash::mix;

    fn rows(count: u64) -> Vec<(u64, u32)> {
        (0..count).map(|number| (mix(number) % 500, number as u32)).collect()
    }

    #[test]
    fn rows_come_back_sorted_however_few_memory_holds() {
        let folder = tempfile::tempdir().unwrap();
        let mut expected = rows(2_000);
        expected.sort_unstable();
        for bytes in [160, 16 * 700, 1 << 20] {
            let mut sorter = Sorter::create(&folder.path().join("runs"), bytes).unwrap();
            sorter.extend(rows(2_000)).unwrap();
            let file = sorter.finish(&folder.path().join("sorted")).unwrap();
            let mut seen = Vec::new();
            file.each(&mut |row| {
                seen.push(row);
                Ok(())
            })
            .unwrap();
            assert_eq!((file.len(), &seen), (2_000, &expected), "{bytes}");
            assert!(!folder.path().join("runs").exists());
        }
        let none = Sorter::<(u64, u32)>::create(&folder.path().join("runs"), 100).unwrap();
        assert!(none.finish(&folder.path().join("sorted")).unwrap().is_empty());
    }

    #[test]
    fn parts_hold_what_was_dealt_to_them() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [1, 1_000, 1 << 20] {
            let mut dealer = Dealer::create(&folder.path().join("parts"), 7, bytes).unwrap();
            for row in rows(500) {
                dealer.push(row.0 as usize % 7, row).unwrap();
            }
            let parts = dealer.finish().unwrap();
            for part in 0..7 {
                let mut expected: Vec<_> = rows(500).into_iter().filter(|row| row.0 % 7 == part).collect();
                expected.sort_unstable();
                assert_eq!(parts.count(part as usize), expected.len());
                assert_eq!(parts.part(part as usize).unwrap(), expected);
            }
        }
    }

    #[test]
    fn an_edge_comes_back_and_a_damaged_one_does_not() {
        let pair = RecordPair::new(RecordHandle(7), RecordHandle(u64::MAX - 3)).unwrap();
        let edge = Edge { pair, weight: MatchWeight(-250), cannot_link: true };
        let mut bytes = Vec::new();
        edge.put(&mut bytes);
        assert_eq!((bytes.len(), Edge::take(&bytes)), (Edge::BYTES, Some(edge)));
        assert_eq!(Edge::take(&bytes[..20]), None);
        assert_eq!(Edge::take(&[0; 21]), None, "a record with itself");
    }
}
