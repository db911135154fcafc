//! The folder of one job.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::job::{Job, JobId};
use crate::error::{Error, Result};

const STATE: &str = "job.json";
const MAPPING: &str = "mapping.toml";

/// The folder of one job.
pub(super) struct JobFolder(PathBuf);

impl JobFolder {
    pub(super) fn of(jobs: &Path, id: JobId) -> Self {
        Self(jobs.join(id.code()))
    }

    /// Makes the folder of a new job.
    pub(super) fn begin(&self, job: &Job) -> Result<()> {
        for folder in [self.input(), self.results()] {
            std::fs::create_dir_all(&folder).map_err(|error| Error::write(&folder, error))?;
        }
        if !job.options.mapping_toml.is_empty() {
            let mapping = self.mapping();
            std::fs::write(&mapping, &job.options.mapping_toml).map_err(|error| Error::write(&mapping, error))?;
        }
        self.write(job)
    }

    /// Writes the job's state in one step.
    pub(super) fn write(&self, job: &Job) -> Result<()> {
        let text = serde_json::to_string_pretty(job).map_err(|error| Error::config(STATE, error.to_string()))?;
        let (path, new) = (self.0.join(STATE), self.0.join("job.json.new"));
        let mut file = File::create(&new).map_err(|error| Error::write(&new, error))?;
        // On disk before it takes the old one's name: a power failure must not leave an empty file.
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| Error::write(&new, error))?;
        std::fs::rename(&new, &path).map_err(|error| Error::write(&path, error))
    }

    /// The mapping file.
    pub(super) fn mapping(&self) -> PathBuf {
        self.0.join(MAPPING)
    }

    /// Uploaded files.
    pub(super) fn input(&self) -> PathBuf {
        self.0.join("input")
    }

    /// Whether files were uploaded.
    pub(super) fn has_input(&self) -> bool {
        self.uploaded().is_ok_and(|files| !files.is_empty())
    }

    /// The uploaded files, in the order in which they came.
    pub(super) fn uploaded(&self) -> Result<Vec<PathBuf>> {
        let names = names(&self.input())?;
        Ok(names.into_iter().map(|name| self.input().join(name)).collect())
    }

    /// Where the results go.
    pub(super) fn results(&self) -> PathBuf {
        self.0.join("results")
    }

    /// The results with their bytes.
    pub(super) fn result_files(&self) -> Result<Vec<(String, u64)>> {
        let folder = self.results();
        let mut files = Vec::new();
        for name in names(&folder)? {
            let path = folder.join(&name);
            let known = std::fs::metadata(&path).map_err(|error| Error::read(&path, error))?;
            if known.is_file() {
                files.push((name, known.len()));
            }
        }
        Ok(files)
    }

    /// Deletes all of it.
    pub(super) fn delete(&self) -> Result<()> {
        std::fs::remove_dir_all(&self.0).map_err(|error| Error::write(&self.0, error))
    }
}

/// The jobs in a folder, ascending. A folder without a readable state is no job, or one that was never begun.
pub(super) fn all(folder: &Path) -> Result<Vec<Job>> {
    let mut jobs: Vec<Job> = Vec::new();
    for name in names(folder)? {
        let path = folder.join(&name).join(STATE);
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        match serde_json::from_str::<Job>(&text) {
            Ok(job) if job.id.code() == name => jobs.push(job),
            _ => return Err(Error::input(&path, "is no state of a job; move its folder away or restore it")),
        }
    }
    Ok(jobs)
}

/// The names in a folder in alphabetical order; hidden ones do not count.
fn names(folder: &Path) -> Result<Vec<String>> {
    let read = |error| Error::read(folder, error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let name = entry.map_err(read)?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}
