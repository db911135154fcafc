//! Records after stage 1, on disk: what a run writes out early so that memory holds only what matching reads.
//!
//! One entry a record in the order of the input: the row as it came and the prepared record. Read from front to back for the results
//! that follow the input, and record by record for golden profiles.

pub mod codec;

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::domain::id::{RecordHandle, RecordKey, place_of};
use crate::domain::record::PreparedRecord;
use crate::error::{Error, Result};

/// Bytes in front of an entry: its length.
const LENGTH_BYTES: u64 = 4;

/// Bytes that are read or written at once.
const BUFFER_BYTES: usize = 1 << 20;

/// Where each record's bytes are, ascending by handle. Handles stand apart: they are what is searched.
#[derive(Debug, Default)]
pub struct Directory {
    handles: Vec<RecordHandle>,
    places: Vec<(u64, u32)>,
    /// For each value of the highest bits of handles, the first record that has no smaller one, and their number; nothing before they are sorted.
    index: Vec<u32>,
}

/// Records that have their highest bits in common, on average.
const TOGETHER: usize = 3;

impl Directory {
    /// Adds a record; [`Self::sort`] comes after the last one.
    pub fn push(&mut self, handle: RecordHandle, start: u64, length: u32) {
        self.index.clear();
        self.handles.push(handle);
        self.places.push((start, length));
    }

    /// Makes room for so many records more, so that no room is taken twice while they come.
    pub fn reserve(&mut self, records: usize) {
        self.handles.reserve_exact(records);
        self.places.reserve_exact(records);
    }

    /// Forgets all records but the first ones.
    pub fn truncate(&mut self, records: usize) {
        self.index.clear();
        self.handles.truncate(records);
        self.places.truncate(records);
    }

    /// Orders the records by handle.
    pub fn sort(&mut self) {
        let mut entries: Vec<(RecordHandle, (u64, u32))> = self.handles.drain(..).zip(self.places.drain(..)).collect();
        entries.par_sort_unstable();
        (self.handles, self.places) = entries.into_iter().unzip();
        let bits = (self.handles.len() / TOGETHER).max(1).ilog2();
        let mut index = Vec::with_capacity((1 << bits) + 1);
        for (at, handle) in self.handles.iter().enumerate() {
            while index.len() <= highest(*handle, bits) {
                index.push(at as u32);
            }
        }
        index.resize((1 << bits) + 1, self.handles.len() as u32);
        self.index = index;
    }

    /// Records.
    pub fn len(&self) -> usize {
        self.handles.len()
    }

    /// No records.
    pub fn is_empty(&self) -> bool {
        self.handles.is_empty()
    }

    /// The record at a position.
    pub fn handle(&self, position: usize) -> RecordHandle {
        self.handles.get(position).copied().unwrap_or(RecordHandle(0))
    }

    /// The position of a record.
    pub fn position(&self, handle: RecordHandle) -> Option<usize> {
        let Some(bits) = self.index.len().checked_sub(1).and_then(usize::checked_ilog2) else {
            return place_of(&self.handles, handle, |handle| *handle);
        };
        let first = highest(handle, bits);
        let (from, to) = self.index.get(first).zip(self.index.get(first + 1))?;
        let some = self.handles.get(*from as usize..*to as usize)?;
        some.binary_search(&handle).ok().map(|at| *from as usize + at)
    }

    /// The positions of the records in the order in which their bytes stand.
    pub fn in_order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.par_sort_unstable_by_key(|position| self.place(*position as usize).map(|(start, _)| start));
        order
    }

    /// Where the bytes of a record begin, and how many they are.
    pub fn place(&self, position: usize) -> Option<(u64, u32)> {
        self.places.get(position).copied()
    }
}

/// The highest bits of a handle.
fn highest(handle: RecordHandle, bits: u32) -> usize {
    handle.0.checked_shr(u64::BITS - bits).unwrap_or(0) as usize
}

/// One record with the row that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'b> {
    /// The fields of the row.
    pub fields: Vec<&'b str>,
    /// The record.
    pub record: PreparedRecord,
}

/// Packs an entry.
pub fn pack(fields: &[String], record: &PreparedRecord) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1_024);
    codec::put_number(fields.len() as u64, &mut bytes);
    fields.iter().for_each(|field| codec::put_text(field, &mut bytes));
    codec::put_record(record, &mut bytes);
    bytes
}

/// An entry from its bytes; nothing where they are damaged.
pub fn unpack(bytes: &[u8]) -> Option<Entry<'_>> {
    let mut input = bytes;
    let fields = unpack_fields(&mut input)?;
    Some(Entry { fields, record: codec::take_record(&mut input)? })
}

/// The fields of the row of an entry alone.
pub fn fields(bytes: &[u8]) -> Option<Vec<&str>> {
    unpack_fields(&mut &*bytes)
}

fn unpack_fields<'b>(input: &mut &'b [u8]) -> Option<Vec<&'b str>> {
    let count = codec::take_number(input)?;
    (0..count).map(|_| codec::take_str(input)).collect()
}

fn skip_fields(input: &mut &[u8]) -> Option<()> {
    for _ in 0..codec::take_number(input)? {
        codec::take_str(input)?;
    }
    Some(())
}

/// Writes entries one after the other.
pub struct SpoolWriter {
    path: PathBuf,
    file: BufWriter<File>,
    bytes: u64,
    checksum: crc32fast::Hasher,
}

impl SpoolWriter {
    /// Starts a file.
    pub fn create(path: &Path) -> Result<Self> {
        let file = File::create(path).map_err(|error| Error::write(path, error))?;
        let file = BufWriter::with_capacity(BUFFER_BYTES, file);
        Ok(Self { path: path.to_owned(), file, bytes: 0, checksum: crc32fast::Hasher::new() })
    }

    /// Adds packed bytes with their length in front; says where they begin.
    pub fn entry(&mut self, bytes: &[u8]) -> Result<u64> {
        let start = self.plain(&(bytes.len() as u32).to_le_bytes())?;
        self.plain(bytes)?;
        Ok(start)
    }

    /// Adds bytes as they are; says where they begin.
    pub fn plain(&mut self, bytes: &[u8]) -> Result<u64> {
        let start = self.bytes;
        self.checksum.update(bytes);
        self.file.write_all(bytes).map_err(|error| Error::write(&self.path, error))?;
        self.bytes += bytes.len() as u64;
        Ok(start)
    }

    /// Ends the file; its length and checksum.
    pub fn finish(mut self) -> Result<(u64, u32)> {
        self.file.flush().map_err(|error| Error::write(&self.path, error))?;
        Ok((self.bytes, self.checksum.finalize()))
    }
}

/// The length and checksum of a file.
pub fn checked(path: &Path) -> Result<(u64, u32)> {
    let failed = |error| Error::read(path, error);
    let mut file = File::open(path).map_err(failed)?;
    let (mut bytes, mut checksum, mut buffer) = (0, crc32fast::Hasher::new(), vec![0; BUFFER_BYTES]);
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        checksum.update(part);
        bytes += read as u64;
    }
    Ok((bytes, checksum.finalize()))
}

/// Reads entries back.
pub struct Spool {
    path: PathBuf,
    file: File,
    /// Where each record is.
    pub directory: Directory,
}

impl Spool {
    /// Opens a file that is complete.
    pub fn open(path: &Path, directory: Directory) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::read(path, error))?;
        Ok(Self { path: path.to_owned(), file, directory })
    }

    fn damaged(&self) -> Error {
        Error::input(&self.path, "the intermediate results are damaged; run again without --resume")
    }

    /// One record; `None` for a handle that is not there.
    pub fn record(&self, handle: RecordHandle) -> Result<Option<PreparedRecord>> {
        self.read(handle, codec::take_record)
    }

    /// Which record it is; `None` for a handle that is not there.
    pub fn key(&self, handle: RecordHandle) -> Result<Option<RecordKey>> {
        self.read(handle, codec::take_key)
    }

    /// The fields of the row that a record came from.
    pub fn row(&self, position: usize) -> Result<Vec<String>> {
        let bytes = self.directory.place(position).map(|(start, length)| self.bytes(start, length)).transpose()?;
        let bytes = bytes.unwrap_or_default();
        let fields = fields(&bytes).ok_or_else(|| self.damaged())?;
        Ok(fields.into_iter().map(str::to_owned).collect())
    }

    fn bytes(&self, start: u64, length: u32) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length as usize];
        read_at(&self.file, &mut bytes, start + LENGTH_BYTES).map_err(|error| Error::read(&self.path, error))?;
        Ok(bytes)
    }

    fn read<T>(&self, handle: RecordHandle, take: impl Fn(&mut &[u8]) -> Option<T>) -> Result<Option<T>> {
        let place = self.directory.position(handle).and_then(|position| self.directory.place(position));
        let Some((start, length)) = place else { return Ok(None) };
        let bytes = self.bytes(start, length)?;
        let mut input = bytes.as_slice();
        let taken = skip_fields(&mut input).and_then(|()| take(&mut input));
        taken.map(Some).ok_or_else(|| self.damaged())
    }

    /// All entries from front to back, some at a time: `read` makes something of a few entries, of which the first has this number, on any
    /// thread, and `take` gets it in the order of the input.
    pub fn each<T: Send>(
        &self,
        read: impl Fn(usize, Vec<Entry<'_>>) -> Result<T> + Sync,
        mut take: impl FnMut(T) -> Result<()>,
    ) -> Result<()> {
        let failed = |error| Error::read(&self.path, error);
        let mut file = BufReader::with_capacity(BUFFER_BYTES, File::open(&self.path).map_err(failed)?);
        let mut left = self.directory.len();
        while left > 0 {
            let count = left.min(ENTRIES_TOGETHER);
            let mut packed: Vec<Vec<u8>> = Vec::with_capacity(count);
            for _ in 0..count {
                let mut length = [0; LENGTH_BYTES as usize];
                file.read_exact(&mut length).map_err(failed)?;
                let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
                file.read_exact(&mut bytes).map_err(failed)?;
                packed.push(bytes);
            }
            let made: Vec<Result<T>> = packed
                .par_chunks(ENTRIES_A_PIECE)
                .enumerate()
                .map(|(number, piece)| {
                    let entries: Option<Vec<Entry<'_>>> = piece.iter().map(|bytes| unpack(bytes)).collect();
                    let first = self.directory.len() - left + number * ENTRIES_A_PIECE;
                    read(first, entries.ok_or_else(|| self.damaged())?)
                })
                .collect();
            for made in made {
                take(made?)?;
            }
            left -= count;
        }
        Ok(())
    }
}

/// Entries that are in memory at once, and those that one thread takes.
const ENTRIES_TOGETHER: usize = 16_384;
const ENTRIES_A_PIECE: usize = 512;

/// Reads bytes from a place of a file.
#[cfg(unix)]
pub(crate) fn read_at(file: &File, bytes: &mut [u8], start: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

/// Reads bytes from a place of a file.
#[cfg(windows)]
pub(crate) fn read_at(file: &File, mut bytes: &mut [u8], mut start: u64) -> std::io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, start)?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes = bytes.split_at_mut(read).1;
        start += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::id::RecordKey;

    #[test]
    fn a_record_is_found_however_few_or_alike_the_handles() {
        for handles in [&[][..], &[7], &[0, u64::MAX], &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1 << 60], &[u64::MAX - 1, u64::MAX]]
        {
            let mut directory = Directory::default();
            handles.iter().rev().for_each(|handle| directory.push(RecordHandle(*handle), *handle, 1));
            directory.sort();
            for (position, handle) in handles.iter().enumerate() {
                assert_eq!(directory.position(RecordHandle(*handle)), Some(position));
                assert_eq!(directory.position(RecordHandle(handle ^ 1 << 40)), None);
            }
        }
    }

    #[test]
    fn entries_come_back_in_order_and_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.bin");
        let record = |id: usize| PreparedRecord {
            key: RecordKey::new("crm", id.to_string()),
            owner: None,
            observed_time: None,
            attributes: Vec::new(),
        };
        let count = ENTRIES_TOGETHER + 3;
        let mut writer = SpoolWriter::create(&path).unwrap();
        let mut directory = Directory::default();
        for id in 0..count {
            let bytes = pack(&[id.to_string(), "x".repeat(id % 7)], &record(id));
            let start = writer.entry(&bytes).unwrap();
            directory.push(record(id).key.handle(), start, bytes.len() as u32);
        }
        assert_eq!(writer.finish().unwrap(), checked(&path).unwrap());
        directory.sort();
        let spool = Spool::open(&path, directory).unwrap();
        for id in [0, 1, count - 1] {
            assert_eq!(spool.record(record(id).key.handle()).unwrap(), Some(record(id)));
            assert_eq!(spool.key(record(id).key.handle()).unwrap(), Some(record(id).key));
        }
        assert_eq!(spool.record(RecordHandle(1)).unwrap(), None);
        let in_order = spool.directory.in_order();
        for (id, position) in in_order.into_iter().enumerate() {
            let handle = record(id).key.handle();
            assert_eq!(
                (spool.directory.handle(position as usize), spool.directory.position(handle)),
                (handle, Some(position as usize))
            );
        }
        let mut seen: Vec<String> = Vec::new();
        let take = |(first, ids): (usize, Vec<String>)| {
            assert_eq!(first, seen.len());
            seen.extend(ids);
            Ok(())
        };
        let ids = |entries: Vec<Entry<'_>>| entries.into_iter().map(|entry| entry.record.key.record_id).collect();
        spool.each(|first, entries| Ok((first, ids(entries))), take).unwrap();
        assert_eq!(seen, (0..count).map(|id| id.to_string()).collect::<Vec<_>>());
        std::fs::write(&path, vec![0xff; 64]).unwrap();
        assert!(spool.record(record(0).key.handle()).is_err());
    }
}
