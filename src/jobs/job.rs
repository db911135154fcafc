//! A cleanse job: what it is to do, its state, how far it is and how it ended.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{JobSettings, fingerprint_of};
use crate::bulk::gate::Gate;
use crate::catalog::{models, sources};
use crate::error::{Error, Result};

/// The id of a job: the microsecond in which it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct JobId(pub i64);

impl JobId {
    /// The resource name.
    pub fn name(self) -> String {
        format!("cleanseJobs/{}", self.code())
    }

    /// The id as text, of equal length for all.
    pub fn code(self) -> String {
        format!("j{:016x}", self.0)
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        let id = Self(i64::from_str_radix(code.strip_prefix('j')?, 16).ok()?);
        (id.code() == code).then_some(id)
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobState {
    /// Its files have not been uploaded.
    WaitingForInput,
    /// Other jobs are before it.
    Queued,
    /// It is at work.
    Running,
    /// Its results are there.
    Succeeded,
    /// It failed.
    Failed,
    /// Somebody stopped it.
    Cancelled,
}

/// Form of the golden profiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoldenFormat {
    /// One row a profile.
    #[default]
    Csv,
    /// One object a profile.
    Jsonl,
    /// One row a profile.
    Parquet,
    /// A workbook for every table.
    Xlsx,
}

impl GoldenFormat {
    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
        }
    }
}

/// What a job is to do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JobOptions {
    /// Files below the folder of inputs.
    pub input_files: Vec<String>,
    /// A mapping file's text; or
    pub mapping_toml: String,
    /// the name of a built-in mapping.
    pub source_mapping: String,
    /// The model's name; empty: one fitted to the input.
    pub model: String,
    /// Form of the golden profiles.
    pub golden_format: GoldenFormat,
    /// The job whose profile ids are kept.
    pub previous_job: Option<JobId>,
    /// Share of its profiles that may be split, merged or gone.
    pub change_share_max: Option<f64>,
    /// Conditions on the scorecard.
    pub gate: String,
    /// Bytes of memory that the job may take.
    pub memory_bytes_max: Option<u64>,
}

impl JobOptions {
    /// A hash of all that they say.
    pub(super) fn fingerprint(&self) -> u64 {
        fingerprint_of(&serde_json::to_string(self).unwrap_or_default())
    }

    /// Refuses now what would make the job fail later.
    pub(super) fn check(&self, settings: &JobSettings, succeeded: impl Fn(JobId) -> Result<()>) -> Result<()> {
        let wrong = |field: &'static str| move |error: Error| Error::invalid(field, error.to_string());
        match (self.mapping_toml.is_empty(), self.source_mapping.is_empty()) {
            (false, true) => sources::parse("mapping", &self.mapping_toml).map_err(wrong("options.mapping_toml"))?,
            (true, false) => sources::load_built_in(&self.source_mapping).map_err(wrong("options.source_mapping"))?,
            _ => {
                let message = "say what the columns are: either here or in source_mapping";
                return Err(Error::invalid("options.mapping_toml", message));
            }
        };
        // A path would name files of the server.
        if self.model.ends_with(".toml") {
            return Err(Error::invalid(
                "options.model",
                "is a path; name a built-in model, or auto to have one fitted",
            ));
        }
        if !self.model.is_empty() && self.model != "auto" {
            models::load(&self.model).map_err(wrong("options.model"))?;
        }
        if !self.gate.is_empty() {
            Gate::parse(&self.gate).map_err(wrong("options.gate"))?;
        }
        match (self.previous_job, self.change_share_max) {
            (Some(previous), _) => succeeded(previous)?,
            (None, Some(_)) => {
                return Err(Error::invalid("options.change_share_max", "needs previous_job, whose profiles change"));
            }
            (None, None) => {}
        }
        if self.change_share_max.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return Err(Error::invalid("options.change_share_max", "must lie between 0 and 1"));
        }
        self.input_files.iter().try_for_each(|file| input_file(settings.input_folder.as_deref(), file).map(drop))
    }
}

/// The file behind a path in the folder of inputs. Links that lead out of it do not count.
pub(super) fn input_file(folder: Option<&Path>, file: &str) -> Result<PathBuf> {
    let refused = |message: String| Error::invalid("options.input_files", message);
    let Some(folder) = folder else {
        return Err(refused(
            "the server was given no folder of inputs (--jobs-input); leave this out and upload the files".to_owned(),
        ));
    };
    let missing = || refused(format!("{file:?} is no file in the server's folder of inputs"));
    let folder = folder.canonicalize().map_err(|_| missing())?;
    let path = folder.join(file).canonicalize().map_err(|_| missing())?;
    if !path.starts_with(&folder) || !path.is_file() {
        return Err(missing());
    }
    Ok(path)
}

/// How far a running job is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The stage.
    pub stage: String,
    /// Units of it that are done.
    pub done: u64,
    /// All units; 0 where that is not known.
    pub total: u64,
}

/// How a job came out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobSummary {
    /// Records read.
    pub records: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Golden profiles.
    pub profiles: u64,
    /// Records beyond the first of their profile.
    pub duplicates: u64,
    /// Pairs for review.
    pub review_pairs: u64,
    /// The quality gate was met.
    pub gate_passed: bool,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The id of the request that made it; may be empty.
    pub request_id: String,
    /// A hash of what that request asked for.
    pub fingerprint: u64,
    /// What it is to do.
    pub options: JobOptions,
    /// Where it stands.
    pub state: JobState,
    /// Counts the changes of its state.
    pub revision: u64,
    /// Made, in microseconds since 1970.
    pub create_micros: i64,
    /// Began to run; 0 before.
    pub start_micros: i64,
    /// Ended; 0 before.
    pub end_micros: i64,
    /// Why it failed.
    pub error: String,
    /// How it came out.
    pub summary: Option<JobSummary>,
    /// The results' names and bytes.
    pub results: Vec<(String, u64)>,
    /// How far it is, while it runs.
    #[serde(skip)]
    pub progress: Option<Progress>,
}

impl Job {
    pub(super) fn new(id: JobId, request_id: &str, options: JobOptions, state: JobState, now: i64) -> Self {
        Self {
            id,
            request_id: request_id.to_owned(),
            fingerprint: 0,
            options,
            state,
            revision: 1,
            create_micros: now,
            start_micros: 0,
            end_micros: 0,
            error: String::new(),
            summary: None,
            results: Vec::new(),
            progress: None,
        }
    }

    /// Changes with every change of the state.
    pub fn etag(&self) -> String {
        format!("\"{}\"", self.revision)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn ids_come_back_and_nothing_else_does() {
        let id = JobId(1_790_000_000_123_456);
        assert_eq!(JobId::parse(&id.code()), Some(id));
        for other in ["", "j", "j1", "x000000000000000f", "j00000000000000zz", "../j000000000000001"] {
            assert_eq!(JobId::parse(other), None, "{other}");
        }
    }

    #[test]
    fn only_files_in_the_folder_of_inputs_are_read() {
        let (inside, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(inside.path().join("a.csv"), "id\n").unwrap();
        std::fs::write(outside.path().join("b.csv"), "id\n").unwrap();
        let found = |file: &str| input_file(Some(inside.path()), file);
        assert!(found("a.csv").is_ok());
        let leads_out = format!("../{}/b.csv", outside.path().file_name().unwrap().to_string_lossy());
        for refused in ["c.csv", "", ".", &leads_out, &outside.path().join("b.csv").to_string_lossy()] {
            assert!(found(refused).unwrap_err().to_string().contains("no file in"), "{refused}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path().join("b.csv"), inside.path().join("link.csv")).unwrap();
            assert!(found("link.csv").is_err());
        }
        assert!(input_file(None, "a.csv").unwrap_err().to_string().contains("--jobs-input"));
    }
}
