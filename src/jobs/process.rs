//! A job's process: `guiyi cleanse` with its progress read from standard error.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

use super::JobSettings;
use super::folder::JobFolder;
use super::job::{self, Job, Progress};
use crate::error::{Error, Result};

/// Lines of standard error that are kept for the reason of a failure.
const KEPT_LINES: usize = 20;

/// Stops a process, now or as soon as it begins.
#[derive(Default)]
pub(super) struct Stop(Mutex<Stopped>);

#[derive(Default)]
struct Stopped {
    child: Option<Child>,
    wanted: bool,
}

impl Stop {
    /// Ends the process.
    pub(super) fn stop(&self) {
        let mut stopped = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        stopped.wanted = true;
        if let Some(child) = &mut stopped.child {
            // One that has ended by itself cannot be ended.
            let _ = child.kill();
        }
    }

    /// Whether somebody wanted it to end.
    pub(super) fn wanted(&self) -> bool {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).wanted
    }

    fn begun(&self, mut child: Child) {
        let mut stopped = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if stopped.wanted {
            let _ = child.kill();
        }
        stopped.child = Some(child);
    }

    fn ended(&self) -> Option<Child> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).child.take()
    }
}

/// How a process ended.
pub(super) struct Ended {
    /// Its exit code; none where a signal ended it.
    pub(super) code: Option<i32>,
    /// The last lines that were no progress.
    pub(super) said: Vec<String>,
}

/// The arguments for a job.
pub(super) fn arguments(
    settings: &JobSettings,
    job: &Job,
    folder: &JobFolder,
    previous: Option<&Path>,
) -> Result<Vec<OsString>> {
    let options = &job.options;
    let named = options.input_files.iter().map(|file| job::input_file(settings.input_folder.as_deref(), file));
    let mut inputs: Vec<PathBuf> = named.collect::<Result<_>>()?;
    inputs.extend(folder.uploaded()?);
    let mut arguments: Vec<OsString> = vec!["cleanse".into()];
    let mut option = |name: &str, value: OsString| arguments.extend([OsString::from(name), value]);
    match options.mapping_toml.is_empty() {
        true => option("--source", options.source_mapping.clone().into()),
        false => option("--mapping", folder.mapping().into()),
    }
    option("--out", folder.results().into());
    option("--format", options.golden_format.word().into());
    if !options.model.is_empty() {
        option("--model", options.model.clone().into());
    }
    if let Some(previous) = previous {
        option("--previous", previous.into());
    }
    if let Some(share) = options.change_share_max {
        option("--change-max", share.to_string().into());
    }
    if !options.gate.is_empty() {
        option("--gate", options.gate.clone().into());
    }
    if let Some(bytes) = options.memory_bytes_max {
        option("--memory-max", bytes.to_string().into());
    }
    arguments.extend(["--resume", "--progress", "--end-with-stdin", "--"].map(OsString::from));
    arguments.extend(inputs.into_iter().map(OsString::from));
    Ok(arguments)
}

/// Runs a process to its end; `hear` is told how far it is.
pub(super) fn run(
    settings: &JobSettings,
    arguments: &[OsString],
    stop: &Stop,
    hear: &dyn Fn(Progress),
) -> Result<Ended> {
    let mut command = Command::new(&settings.program);
    command.args(arguments).env("RAYON_NUM_THREADS", settings.threads.max(1).to_string());
    // The process ends when its standard input does: with this server, however that ends.
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| Error::read(&settings.program, error))?;
    let (input, output) = (child.stdin.take(), child.stderr.take());
    stop.begun(child);
    let mut said = VecDeque::new();
    if let Some(output) = output {
        for line in BufReader::new(output).split(b'\n') {
            let Ok(line) = line else { break };
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            match progress(&line) {
                Some(progress) => hear(progress),
                None => {
                    said.truncate(KEPT_LINES);
                    said.push_front(line);
                }
            }
        }
    }
    drop(input);
    let mut child = stop.ended().ok_or_else(|| Error::config("job", "the process was lost"))?;
    let status = child.wait().map_err(|error| Error::read(&settings.program, error))?;
    Ok(Ended { code: status.code(), said: said.into_iter().rev().collect() })
}

/// Reads a line of progress: `guiyi: compare: 1,200 of 5,000 (24 %), 600 a second, 6 seconds left`.
fn progress(line: &str) -> Option<Progress> {
    let (stage, rest) = line.strip_prefix("guiyi: ")?.split_once(": ")?;
    if !stage.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let number = |text: &str| text.replace(',', "").parse::<u64>().ok();
    // A stage that is over says how long it took.
    if let Some((units, _)) = rest.split_once(" in ") {
        let units = number(units)?;
        return Some(Progress { stage: stage.to_owned(), done: units, total: units });
    }
    let (done, total) = match rest.split_once(" of ") {
        Some((done, rest)) => {
            let (total, more) = rest.split_once(' ').unwrap_or((rest, ""));
            if !(more.is_empty() || more.starts_with('(')) {
                return None;
            }
            (number(done)?, number(total)?)
        }
        None => (number(rest)?, 0),
    };
    Some(Progress { stage: stage.to_owned(), done, total })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn lines_of_progress_are_told_from_others() {
        let found = |line: &str| progress(line).map(|found| (found.stage, found.done, found.total));
        let seen = |stage: &str, done, total| Some((stage.to_owned(), done, total));
        let line = "guiyi: compare: 1,200 of 5,000 (24 %), 600 a second, 6 seconds left";
        assert_eq!(found(line), seen("compare", 1_200, 5_000));
        assert_eq!(found("guiyi: prepare: 0 of 5,000"), seen("prepare", 0, 5_000));
        assert_eq!(found("guiyi: prepare: 5,000 in 0.3 s"), seen("prepare", 5_000, 5_000));
        assert_eq!(found("guiyi: read: 7"), seen("read", 7, 0));
        for other in
            ["", "guiyi: stopped: 3 of 4 profiles", "error: nothing", "/tmp/a.csv: 5", "guiyi: read: x of 5 (1 %)"]
        {
            assert_eq!(progress(other), None, "{other}");
        }
    }
}
