//! Cleanse jobs of the service: what `guiyi cleanse` does, asked for over the network.
//!
//! Every job is a folder: `job.json` says what it is to do and how far it is, `input/` holds uploaded files, `results/` what came out. A job
//! runs as a process of its own, so that its memory and its end are not the server's; one runs at a time. A process whose server
//! dies ends with it, and the next server goes on from the job's last checkpoint.

mod folder;
mod job;
mod process;
mod runner;
mod upload;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

pub use job::{GoldenFormat, Job, JobId, JobOptions, JobState, JobSummary, Progress};
pub use upload::Upload;

use crate::domain::date::Timestamp;
use crate::domain::hash::stable_hash;
use crate::engine::Clock;
use crate::error::{Error, ErrorKind, Result};
use folder::JobFolder;
use process::Stop;

/// Bytes of a request_id at most.
const REQUEST_ID_BYTES_MAX: usize = 256;

/// Where jobs live and what they may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobSettings {
    /// The folder of all jobs; made when missing.
    pub folder: PathBuf,
    /// The `guiyi` program, which runs them.
    pub program: PathBuf,
    /// The folder whose files jobs may read; none: all input is uploaded.
    pub input_folder: Option<PathBuf>,
    /// Bytes that may be uploaded for one job.
    pub upload_bytes_max: u64,
    /// Threads of a job, so that the server stays quick.
    pub threads: usize,
}

/// All jobs.
pub struct Jobs {
    settings: JobSettings,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
    /// Something changed that the runner may have waited for.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    jobs: BTreeMap<JobId, Job>,
    running: Option<(JobId, Arc<Stop>)>,
    /// The server stops.
    stopping: bool,
}

impl State {
    fn job(&self, id: JobId) -> Result<&Job> {
        self.jobs.get(&id).ok_or_else(|| Error::not_found(id.name()))
    }
}

impl Jobs {
    /// Opens the folder of jobs. Those that ran when the last server ended are queued again.
    pub fn open(settings: JobSettings, clock: Arc<dyn Clock>) -> Result<Arc<Self>> {
        std::fs::create_dir_all(&settings.folder).map_err(|error| Error::write(&settings.folder, error))?;
        let mut state = State::default();
        for mut job in folder::all(&settings.folder)? {
            if job.state == JobState::Running {
                job.state = JobState::Queued;
            }
            state.jobs.insert(job.id, job);
        }
        Ok(Arc::new(Self { settings, clock, state: Mutex::new(state), changed: Condvar::new() }))
    }

    /// Makes a job; the same request_id gives the same job.
    pub fn create(&self, request_id: &str, options: JobOptions) -> Result<Job> {
        if request_id.len() > REQUEST_ID_BYTES_MAX {
            return Err(Error::invalid("request_id", format!("is longer than {REQUEST_ID_BYTES_MAX} bytes")));
        }
        let mut state = self.lock();
        let fingerprint = options.fingerprint();
        let known = state.jobs.values().find(|job| !request_id.is_empty() && job.request_id == request_id);
        if let Some(job) = known {
            return match job.fingerprint == fingerprint {
                true => Ok(job.clone()),
                false => Err(Error::invalid("request_id", "was used for another job; take a new one")),
            };
        }
        options.check(&self.settings, |id| {
            let job = state.job(id)?;
            match job.state {
                JobState::Succeeded => Ok(()),
                _ => Err(Error::invalid("options.previous_job", "has not succeeded")),
            }
        })?;
        let now = self.now();
        // Ids are times, so that jobs are listed in their order.
        let last = state.jobs.keys().next_back().map_or(0, |id| id.0);
        let id = JobId(now.max(last + 1));
        let queued = if options.input_files.is_empty() { JobState::WaitingForInput } else { JobState::Queued };
        let job = Job { fingerprint, ..Job::new(id, request_id, options, queued, now) };
        self.folder(id).begin(&job)?;
        state.jobs.insert(id, job.clone());
        self.changed.notify_all();
        Ok(job)
    }

    /// A job.
    pub fn get(&self, id: JobId) -> Result<Job> {
        self.lock().job(id).cloned()
    }

    /// Jobs after one, the oldest first.
    pub fn list(&self, after: Option<JobId>, limit: usize) -> Vec<Job> {
        let state = self.lock();
        let jobs = state.jobs.values().filter(|job| after.is_none_or(|after| job.id > after));
        jobs.take(limit).cloned().collect()
    }

    /// Stops a job; what it has worked out stays. One that is over stays as it is.
    pub fn cancel(&self, id: JobId, etag: &str) -> Result<Job> {
        let mut state = self.lock();
        let job = state.job(id)?;
        check_etag(job, etag)?;
        match job.state {
            JobState::Cancelled => Ok(job.clone()),
            JobState::Succeeded | JobState::Failed => {
                Err(Error::precondition("CLEANSE_JOB_ENDED", "the job has ended, so there is nothing to cancel"))
            }
            JobState::WaitingForInput | JobState::Queued | JobState::Running => {
                if let Some((running, stop)) = &state.running
                    && *running == id
                {
                    stop.stop();
                }
                let now = self.now();
                self.change(&mut state, id, |job| {
                    job.state = JobState::Cancelled;
                    job.end_micros = now;
                })
            }
        }
    }

    /// Queues a job that was cancelled or has failed again.
    pub fn resume(&self, id: JobId, etag: &str) -> Result<Job> {
        let mut state = self.lock();
        let job = state.job(id)?;
        check_etag(job, etag)?;
        match job.state {
            JobState::Queued | JobState::Running | JobState::WaitingForInput => Ok(job.clone()),
            JobState::Succeeded => {
                Err(Error::precondition("CLEANSE_JOB_ENDED", "the job has succeeded, so there is nothing to resume"))
            }
            JobState::Cancelled | JobState::Failed => {
                let uploaded = !job.options.input_files.is_empty() || self.folder(id).has_input();
                let next = if uploaded { JobState::Queued } else { JobState::WaitingForInput };
                self.change(&mut state, id, |job| {
                    job.state = next;
                    job.error.clear();
                    job.end_micros = 0;
                })
            }
        }
    }

    /// Deletes a job with its files.
    pub fn delete(&self, id: JobId, etag: &str, allow_missing: bool) -> Result<()> {
        let mut state = self.lock();
        let job = match state.job(id) {
            Err(_) if allow_missing => return Ok(()),
            found => found?,
        };
        check_etag(job, etag)?;
        // A job that was cancelled a moment ago may still be ending.
        if job.state == JobState::Running || state.running.as_ref().is_some_and(|(running, _)| *running == id) {
            return Err(Error::precondition(
                "CLEANSE_JOB_RUNNING",
                "the job runs or is just ending; cancel it, or try again in a moment",
            ));
        }
        self.folder(id).delete()?;
        state.jobs.remove(&id);
        Ok(())
    }

    /// Begins the upload of a job's input.
    pub fn upload(self: &Arc<Self>, id: JobId) -> Result<Upload> {
        let state = self.lock();
        check_waiting(state.job(id)?)?;
        Upload::begin(&self.folder(id), self.settings.upload_bytes_max)
    }

    /// Ends an upload: the job is queued.
    pub fn uploaded(&self, id: JobId, upload: Upload) -> Result<Job> {
        let mut state = self.lock();
        check_waiting(state.job(id)?)?;
        upload.finish()?;
        self.change(&mut state, id, |job| job.state = JobState::Queued)
    }

    /// The file of a result.
    pub fn result(&self, id: JobId, file_name: &str) -> Result<PathBuf> {
        let state = self.lock();
        let job = state.job(id)?;
        match job.results.iter().any(|(name, _)| name == file_name) {
            true => Ok(self.folder(id).results().join(file_name)),
            false => Err(Error::not_found(format!("{} {file_name:?}", id.name()))),
        }
    }

    /// Ends the running job's process, which the next server goes on with, and the runner.
    pub fn stop(&self) {
        let mut state = self.lock();
        state.stopping = true;
        if let Some((_, stop)) = &state.running {
            stop.stop();
        }
        self.changed.notify_all();
    }

    /// Changes a job, on disk first.
    fn change(&self, state: &mut State, id: JobId, change: impl FnOnce(&mut Job)) -> Result<Job> {
        let mut job = state.job(id)?.clone();
        change(&mut job);
        job.revision += 1;
        self.folder(id).write(&job)?;
        state.jobs.insert(id, job.clone());
        self.changed.notify_all();
        Ok(job)
    }

    fn folder(&self, id: JobId) -> JobFolder {
        JobFolder::of(&self.settings.folder, id)
    }

    fn now(&self) -> i64 {
        let Timestamp { micros } = self.clock.now();
        micros
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn check_waiting(job: &Job) -> Result<()> {
    match job.state {
        JobState::WaitingForInput => Ok(()),
        _ => Err(Error::precondition(
            "CLEANSE_JOB_HAS_INPUT",
            "the job does not wait for input; create another one for other files",
        )),
    }
}

fn check_etag(job: &Job, etag: &str) -> Result<()> {
    let actual = job.etag();
    if etag.is_empty() || etag == actual {
        return Ok(());
    }
    Err(ErrorKind::Conflict { resource: job.id.name(), expected: etag.to_owned(), actual }.into())
}

fn fingerprint_of(text: &str) -> u64 {
    stable_hash(&["cleanse job", text])
}
