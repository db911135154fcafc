//! The blocking keys and telephone numbers of a run's records on disk, for a store: making keys again takes as long as writing them.
//!
//! In front the bytes of the telephone numbers and how many keys each part has; then the numbers, each after its length and before its
//! record; then the parts, in the order of their keys: key and member (`blocks::member`), ascending.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::blocks::{Dealt, Keyed};
use super::spool::SpoolWriter;
use crate::domain::features::Features;
use crate::domain::id::{BlockKey, RecordHandle};
use crate::error::{Error, Result};

const HEAD_BYTES: usize = 8 + 4 * Dealt::PARTS;
const KEY_BYTES: usize = 12;

/// Packs the telephone numbers of a record.
pub(crate) fn put_phones(features: &Features, out: &mut Vec<u8>) {
    for phone in &features.phones {
        // A number in E.164 has sixteen characters at most.
        if let Ok(length) = u8::try_from(phone.e164.len()) {
            out.push(length);
            out.extend_from_slice(phone.e164.as_bytes());
            out.extend_from_slice(&features.handle.0.to_le_bytes());
        }
    }
}

/// Packs the keys of a part.
pub(crate) fn pack(keyed: &Keyed) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(KEY_BYTES * keyed.len());
    for (key, member) in keyed {
        bytes.extend_from_slice(&key.0.to_le_bytes());
        bytes.extend_from_slice(&member.to_le_bytes());
    }
    bytes
}

/// Starts the file, whose telephone numbers take so many bytes and whose parts have so many keys: the packed numbers come next, then packed parts
/// one after the other.
pub(crate) fn create(path: &Path, phone_bytes: u64, counts: impl Iterator<Item = usize>) -> Result<SpoolWriter> {
    let mut file = SpoolWriter::create(path)?;
    file.plain(&phone_bytes.to_le_bytes())?;
    for count in counts {
        file.plain(&(count as u32).to_le_bytes())?;
    }
    Ok(file)
}

/// The file of a run that is over.
pub struct Keys {
    path: PathBuf,
    phones: usize,
    /// Where each part begins, and where the last one ends.
    starts: Vec<u64>,
}

impl Keys {
    /// Opens it.
    pub fn open(path: &Path) -> Result<Self> {
        let mut this = Self { path: path.to_owned(), phones: 0, starts: Vec::with_capacity(Dealt::PARTS + 1) };
        let head = this.read(0, HEAD_BYTES)?;
        let (phones, counts) = head.split_first_chunk().ok_or_else(|| this.damaged())?;
        this.phones = u64::from_le_bytes(*phones) as usize;
        let mut start = (HEAD_BYTES + this.phones) as u64;
        this.starts.push(start);
        for count in counts.chunks_exact(4) {
            let count = count.try_into().map_or(0, u32::from_le_bytes);
            start += u64::from(count) * KEY_BYTES as u64;
            this.starts.push(start);
        }
        Ok(this)
    }

    /// Every telephone number in E.164 with its record, in no order.
    pub fn phones(&self) -> Result<Vec<(String, RecordHandle)>> {
        let bytes = self.read(HEAD_BYTES as u64, self.phones)?;
        let (mut rest, mut phones) = (bytes.as_slice(), Vec::new());
        while !rest.is_empty() {
            phones.push(take_phone(&mut rest).ok_or_else(|| self.damaged())?);
        }
        Ok(phones)
    }

    /// The keys of some parts, part by part.
    pub(crate) fn parts(&self, parts: Range<usize>) -> Result<Keyed> {
        let (start, end) =
            self.starts.get(parts.start).zip(self.starts.get(parts.end)).ok_or_else(|| self.damaged())?;
        let bytes = self.read(*start, (end - start) as usize)?;
        let key = |bytes: &[u8]| {
            let (key, member) = bytes.split_first_chunk()?;
            Some((BlockKey(u64::from_le_bytes(*key)), u32::from_le_bytes(member.try_into().ok()?)))
        };
        bytes.chunks_exact(KEY_BYTES).map(key).collect::<Option<_>>().ok_or_else(|| self.damaged())
    }

    fn read(&self, start: u64, length: usize) -> Result<Vec<u8>> {
        let failed = |error| Error::read(&self.path, error);
        let mut file = File::open(&self.path).map_err(failed)?;
        file.seek(SeekFrom::Start(start)).map_err(failed)?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes).map_err(failed)?;
        Ok(bytes)
    }

    fn damaged(&self) -> Error {
        Error::input(&self.path, "the intermediate results are damaged; run again without --resume")
    }
}

fn take_phone(rest: &mut &[u8]) -> Option<(String, RecordHandle)> {
    let (length, more) = rest.split_first()?;
    let (text, more) = more.split_at_checked(usize::from(*length))?;
    let (handle, more) = more.split_first_chunk()?;
    *rest = more;
    Some((String::from_utf8(text.to_vec()).ok()?, RecordHandle(u64::from_le_bytes(*handle))))
}
