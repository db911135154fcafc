//! The runner: takes the oldest queued job, runs it to its end, takes the next.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use serde::Deserialize;

use super::folder::JobFolder;
use super::job::{Job, JobId, JobState, JobSummary, Progress};
use super::process::{self, Ended, Stop};
use super::{Jobs, State};
use crate::error::{Error, Result};

/// Why a job failed whose process said nothing.
const KILLED: &str = "the job's process was ended from outside, perhaps because memory ran out; resume it";

impl Jobs {
    /// Runs jobs until [`Jobs::stop`]. Blocks.
    pub fn run(&self) {
        while let Some((job, stop)) = self.next() {
            self.run_one(&job, &stop);
        }
    }

    /// Waits for a queued job and marks it as running; none when the server stops.
    fn next(&self) -> Option<(Job, Arc<Stop>)> {
        let mut state = self.lock();
        loop {
            if state.stopping {
                return None;
            }
            let queued = state.jobs.values().find(|job| job.state == JobState::Queued).map(|job| job.id);
            if let Some(id) = queued {
                let now = self.now();
                let begun = self.change(&mut state, id, |job| {
                    job.state = JobState::Running;
                    job.start_micros = now;
                    job.progress = None;
                });
                match begun {
                    Ok(job) => {
                        let stop = Arc::new(Stop::default());
                        state.running = Some((id, Arc::clone(&stop)));
                        return Some((job, stop));
                    }
                    // The disk is full or gone; what cannot be noted is not begun.
                    Err(error) => self.give_up(&mut state, id, &error),
                }
            } else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// A job whose state cannot be written fails in memory, so that the runner does not try it for ever.
    fn give_up(&self, state: &mut State, id: JobId, error: &Error) {
        if let Some(job) = state.jobs.get_mut(&id) {
            job.state = JobState::Failed;
            job.error = error.to_string();
        }
    }

    fn run_one(&self, job: &Job, stop: &Stop) {
        let folder = self.folder(job.id);
        let ended = self.process(job, &folder, stop);
        let mut state = self.lock();
        state.running = None;
        let now = self.now();
        let current = state.jobs.get(&job.id).map(|job| job.state);
        // A cancelled job stays cancelled; one that the end of the server stopped goes on with the next server.
        if current != Some(JobState::Running) || (state.stopping && stop.wanted()) {
            self.changed.notify_all();
            return;
        }
        let outcome = ended.and_then(|ended| outcome(&folder, &ended));
        let results = folder.result_files().unwrap_or_default();
        let noted = self.change(&mut state, job.id, |job| {
            job.progress = None;
            job.end_micros = now;
            job.results = results;
            match outcome {
                Ok(summary) => {
                    job.state = JobState::Succeeded;
                    job.summary = Some(summary);
                }
                Err(error) => {
                    job.state = JobState::Failed;
                    job.error = without_folder(&error.to_string(), &self.settings.folder);
                }
            }
        });
        if let Err(error) = noted {
            self.give_up(&mut state, job.id, &error);
        }
    }

    fn process(&self, job: &Job, folder: &JobFolder, stop: &Stop) -> Result<Ended> {
        let previous = job.options.previous_job.map(|id| self.folder(id).results().join("crosswalk.csv"));
        let arguments = process::arguments(&self.settings, job, folder, previous.as_deref())?;
        process::run(&self.settings, &arguments, stop, &|progress| self.hear(job.id, progress))
    }

    /// How far a job is; not written down.
    fn hear(&self, id: JobId, progress: Progress) {
        if let Some(job) = self.lock().jobs.get_mut(&id) {
            job.progress = Some(progress);
        }
    }
}

/// What the report says of a run.
#[derive(Deserialize)]
struct ReportFigures {
    records: u64,
    rejected: u64,
    profiles: u64,
    duplicates: u64,
    review_pairs: u64,
}

/// How a job came out: see the exit codes of `guiyi cleanse`.
fn outcome(folder: &JobFolder, ended: &Ended) -> Result<JobSummary> {
    let crosswalk = ["crosswalk.csv", "crosswalk.parquet"].iter().any(|name| folder.results().join(name).is_file());
    match ended.code {
        Some(0 | 3 | 4) if crosswalk => {
            let path = folder.results().join("report.json");
            let text = std::fs::read_to_string(&path).map_err(|error| Error::read(&path, error))?;
            let figures: ReportFigures =
                serde_json::from_str(&text).map_err(|error| Error::input(&path, error.to_string()))?;
            let ReportFigures { records, rejected, profiles, duplicates, review_pairs } = figures;
            let gate_passed = ended.code != Some(4);
            Ok(JobSummary { records, rejected, profiles, duplicates, review_pairs, gate_passed })
        }
        _ => {
            let said = ended.said.join("\n");
            let reason = said.trim().trim_start_matches("guiyi: ").trim_start_matches("error: ");
            Err(Error::config("cleanse", if reason.is_empty() { KILLED } else { reason }))
        }
    }
}

/// Callers know files by their own names, not by where the server keeps them.
fn without_folder(message: &str, jobs: &Path) -> String {
    let jobs = jobs.to_string_lossy();
    let mut shown = String::with_capacity(message.len());
    let mut rest = message;
    // The job's folder and the one inside it stand between the folder of all jobs and the file's name.
    while let Some((before, after)) = rest.split_once(jobs.as_ref()) {
        shown.push_str(before);
        rest = after.trim_start_matches('/').split_once('/').map_or(after, |(_, inside)| inside);
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_do_not_tell_where_the_server_keeps_jobs() {
        let message = "/var/jobs/j1/input/0000-a.csv: no header; /var/jobs/j1/mapping.toml is fine";
        assert_eq!(
            without_folder(message, Path::new("/var/jobs")),
            "input/0000-a.csv: no header; mapping.toml is fine"
        );
        assert_eq!(without_folder("nothing", Path::new("/var/jobs")), "nothing");
    }
}
