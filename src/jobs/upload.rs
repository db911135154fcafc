//! The upload of a job's input: files that count only when all of them have come.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use super::folder::JobFolder;
use crate::error::{Error, Result};

/// Files of one upload at most.
const FILES_MAX: usize = 1_000;

/// Characters of a file's name at most.
const NAME_CHARS_MAX: usize = 100;

/// An upload; dropped before its end it leaves nothing.
pub struct Upload {
    /// Where files are written until all have come.
    part: PathBuf,
    input: PathBuf,
    file: Option<(PathBuf, BufWriter<File>)>,
    files: usize,
    left: u64,
    bytes_max: u64,
}

impl Upload {
    pub(super) fn begin(job: &JobFolder, bytes_max: u64) -> Result<Self> {
        static UPLOADS: AtomicU64 = AtomicU64::new(0);
        let part = job.input().join(format!(".upload-{}", UPLOADS.fetch_add(1, Ordering::Relaxed)));
        // One of a server that was killed may be left.
        let _ = std::fs::remove_dir_all(&part);
        std::fs::create_dir(&part).map_err(|error| Error::write(&part, error))?;
        Ok(Self { part, input: job.input(), file: None, files: 0, left: bytes_max, bytes_max })
    }

    /// Begins the next file.
    pub fn file(&mut self, name: &str) -> Result<()> {
        self.end_file()?;
        if self.files == FILES_MAX {
            return Err(Error::invalid("file_name", format!("more than {FILES_MAX} files; put them into fewer")));
        }
        // The number keeps order and makes names different; what is no letter or digit could lead out of the folder.
        let plain = |c: char| if c.is_alphanumeric() || c == '.' || c == '-' { c } else { '_' };
        let skipped = name.chars().count().saturating_sub(NAME_CHARS_MAX);
        let tail: String = name.chars().skip(skipped).map(plain).collect();
        let path = self.part.join(format!("{:04}-{tail}", self.files));
        let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        self.file = Some((path, BufWriter::new(file)));
        self.files += 1;
        Ok(())
    }

    /// Adds bytes to the file.
    pub fn add(&mut self, data: &[u8]) -> Result<()> {
        if data.is_empty() {
            return Ok(());
        }
        let (path, file) =
            self.file.as_mut().ok_or_else(|| Error::invalid("file_name", "is missing in front of the first bytes"))?;
        self.left = self.left.checked_sub(data.len() as u64).ok_or_else(|| {
            Error::invalid("data", format!("more than {} bytes were uploaded for one job", self.bytes_max))
        })?;
        file.write_all(data).map_err(|error| Error::write(path, error))
    }

    fn end_file(&mut self) -> Result<()> {
        let Some((path, mut file)) = self.file.take() else { return Ok(()) };
        file.flush().map_err(|error| Error::write(&path, error))?;
        file.get_ref().sync_all().map_err(|error| Error::write(&path, error))
    }

    /// All files have come.
    pub(super) fn finish(mut self) -> Result<()> {
        self.end_file()?;
        if self.files == 0 {
            return Err(Error::invalid("file_name", "is missing: the stream ended without a file"));
        }
        for entry in std::fs::read_dir(&self.part).map_err(|error| Error::read(&self.part, error))? {
            let entry = entry.map_err(|error| Error::read(&self.part, error))?;
            let to = self.input.join(entry.file_name());
            std::fs::rename(entry.path(), &to).map_err(|error| Error::write(&to, error))?;
        }
        Ok(())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        // What cannot be deleted now goes with the job.
        let _ = std::fs::remove_dir_all(&self.part);
    }
}
