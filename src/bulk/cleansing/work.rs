//! The folder of a run that is not over: what it depends on, and what its stages left for a resumed run.
//!
//! Every stage writes its files first and then, in one step, a marker with their lengths and checksums. A run that is killed leaves the
//! markers of the stages that were over; what has none is made again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use super::stale;
use crate::bulk::spool;
use crate::error::{Error, Result};

/// The folder's name inside the results.
pub const FOLDER: &str = ".guiyi-run";

const LOCK: &str = ".guiyi-lock";

const MANIFEST: &str = "manifest.json";

/// Says that every stage is over and results are being moved into place.
const PUBLISHING: &str = "publishing.json";

/// The name in a manifest of what the results of a run may replace, where both are in one folder.
pub const PREVIOUS_CROSSWALK: &str = "previous crosswalk";

/// Names the store that the run goes into, and then that it has.
const TO_LOAD: &str = "to-load.json";
const LOADED: &str = "loaded.json";

/// What is moved into place, and what is removed then.
#[derive(Serialize, Deserialize)]
struct Publishing {
    names: Vec<String>,
    /// Results of an earlier run that this one has not written: known before the first of its own is there.
    stale: Vec<String>,
}

/// What a run depends on, by name: two runs with the same manifest give the same bytes.
pub type Manifest = BTreeMap<String, String>;

/// The folder of a run.
pub struct Work {
    folder: PathBuf,
    /// Held while the run lasts: two runs in one folder would write over each other.
    _lock: File,
    /// The run goes on from an earlier one.
    pub resumed: bool,
}

/// A stage that is over.
#[derive(Serialize, Deserialize)]
struct Marker<T> {
    /// Length and checksum of each file.
    files: BTreeMap<String, (u64, u32)>,
    facts: T,
}

impl Work {
    /// Begins a run, or goes on with the one that stopped in this folder.
    pub fn begin(out: &Path, manifest: &Manifest, resume: bool) -> Result<Self> {
        let folder = out.join(FOLDER);
        let lock = lock(out)?;
        let known = folder.join(MANIFEST);
        if resume && known.is_file() {
            let text = std::fs::read_to_string(&known).map_err(|error| Error::read(&known, error))?;
            let before: Manifest =
                serde_json::from_str(&text).map_err(|error| Error::input(&known, format!("{error}; {ANEW}")))?;
            // By then the stages have read what they needed of it.
            let replaced = folder.join(PUBLISHING).is_file().then_some(PREVIOUS_CROSSWALK);
            agree(&before, manifest, replaced)?;
            return Ok(Self { folder, _lock: lock, resumed: true });
        }
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(|error| Error::write(&folder, error))?;
        }
        std::fs::create_dir_all(&folder).map_err(|error| Error::write(&folder, error))?;
        let work = Self { folder, _lock: lock, resumed: false };
        work.put(MANIFEST, manifest)?;
        Ok(work)
    }

    /// Notes the store that the finished run goes into. A run that was begun with one does not silently go on without: only where that is
    /// `waived`.
    pub fn goes_into(&self, store: Option<&Path>, waived: bool) -> Result<()> {
        match (store, self.noted(TO_LOAD)?) {
            (Some(store), _) => self.put(TO_LOAD, &store),
            (None, Some(store)) if !waived => {
                let message = format!(
                    "the run was begun with --load {}: give that again, or --no-load to go on without it",
                    store.display()
                );
                Err(Error::config("--resume", message))
            }
            (None, _) => Ok(()),
        }
    }

    /// Notes that the run is in that store.
    pub fn is_in(&self, store: &Path) -> Result<()> {
        self.put(LOADED, &store)
    }

    /// Whether the run that stopped in a folder of results was in that store already.
    pub fn was_in(out: &Path, store: &Path) -> Result<bool> {
        Ok(note(&out.join(FOLDER).join(LOADED))?.is_some_and(|loaded| loaded == store))
    }

    /// Whether the run that stopped in a folder of results had begun to move them there.
    pub fn was_publishing(out: &Path) -> bool {
        out.join(FOLDER).join(PUBLISHING).is_file()
    }

    fn noted(&self, name: &str) -> Result<Option<PathBuf>> {
        if self.resumed { note(&self.path(name)) } else { Ok(None) }
    }

    /// A file of the run.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Marks a stage as over, with its files and what else a resumed run must know.
    pub fn mark(&self, stage: &str, files: &[(&str, (u64, u32))], facts: &impl Serialize) -> Result<()> {
        let files = files.iter().map(|(name, check)| ((*name).to_owned(), *check)).collect();
        self.put(&marker(stage), &Marker { files, facts })
    }

    /// A stage is over, as far as its marker tells.
    pub fn is_marked(&self, stage: &str) -> bool {
        self.resumed && self.path(&marker(stage)).is_file()
    }

    /// What a stage that is over left; `None` when it is not.
    pub fn marked<T: DeserializeOwned>(&self, stage: &str) -> Result<Option<T>> {
        let path = self.path(&marker(stage));
        if !self.resumed || !path.is_file() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path).map_err(|error| Error::read(&path, error))?;
        let marker: Marker<T> =
            serde_json::from_str(&text).map_err(|error| Error::input(&path, format!("{error}; {ANEW}")))?;
        for (name, expected) in &marker.files {
            let path = self.path(name);
            if spool::checked(&path)? != *expected {
                return Err(Error::input(&path, format!("the intermediate results are damaged; {ANEW}")));
            }
        }
        Ok(Some(marker.facts))
    }

    /// Writes a file in one step.
    fn put(&self, name: &str, value: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(value).map_err(|error| Error::config(name, error.to_string()))?;
        let (path, new) = (self.path(name), self.path(&format!("{name}.new")));
        std::fs::write(&new, text).map_err(|error| Error::write(&new, error))?;
        std::fs::rename(&new, &path).map_err(|error| Error::write(&path, error))
    }

    /// Moves finished results to where they belong, then removes what an earlier run left beside them but the files that are `kept`. What stages
    /// left for a resumed run is copied: whoever is killed in between goes on.
    pub fn publish(&self, out: &Path, names: &[String], kept: &[PathBuf]) -> Result<()> {
        let marked = self.kept()?;
        let mut stale = match self.begun_publishing()? {
            // The run goes on, maybe in another form: what it had moved in the first one is stale too.
            Some(begun) => [begun.stale, begun.names].concat(),
            None => stale::of(out, kept),
        };
        stale.retain(|name| !names.contains(name) && !stale::is_one_of(out, name, kept));
        self.put(PUBLISHING, &Publishing { names: names.to_vec(), stale: stale.clone() })?;
        for name in names {
            let (mut from, to) = (self.path(name), out.join(name));
            if marked.contains(name) {
                let copy = self.path(&format!("{name}.copy"));
                std::fs::copy(&from, &copy).map_err(|error| Error::write(&copy, error))?;
                from = copy;
            }
            std::fs::rename(from, &to).map_err(|error| Error::write(&to, error))?;
        }
        for path in stale.iter().map(|name| out.join(name)).filter(|path| path.is_file()) {
            std::fs::remove_file(&path).map_err(|error| Error::write(&path, error))?;
        }
        Ok(())
    }

    fn begun_publishing(&self) -> Result<Option<Publishing>> {
        let path = self.path(PUBLISHING);
        if !self.resumed || !path.is_file() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path).map_err(|error| Error::read(&path, error))?;
        serde_json::from_str(&text).map(Some).map_err(|error| Error::input(&path, format!("{error}; {ANEW}")))
    }

    /// The files that the markers of stages name.
    fn kept(&self) -> Result<BTreeSet<String>> {
        let failed = |error| Error::read(&self.folder, error);
        let mut kept = BTreeSet::new();
        for entry in std::fs::read_dir(&self.folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.to_string_lossy().ends_with(MARKER) {
                let text = std::fs::read_to_string(&path).map_err(|error| Error::read(&path, error))?;
                let marker: Marker<IgnoredAny> =
                    serde_json::from_str(&text).map_err(|error| Error::input(&path, format!("{error}; {ANEW}")))?;
                kept.extend(marker.files.into_keys());
            }
        }
        Ok(kept)
    }

    /// Ends the run: nothing is left to resume.
    pub fn end(self) -> Result<()> {
        // The manifest goes first: a folder without it is none to go on with, whatever else is still there.
        let manifest = self.path(MANIFEST);
        std::fs::remove_file(&manifest).map_err(|error| Error::write(&manifest, error))?;
        std::fs::remove_dir_all(&self.folder).map_err(|error| Error::write(&self.folder, error))?;
        // The lock ends with the file's closing, so this is tidying up only.
        let _ = std::fs::remove_file(self.folder.with_file_name(LOCK));
        Ok(())
    }
}

/// The path in a file of a run; `None` where there is no such file.
fn note(path: &Path) -> Result<Option<PathBuf>> {
    if !path.is_file() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(path).map_err(|error| Error::read(path, error))?;
    serde_json::from_str(&text).map(Some).map_err(|error| Error::input(path, format!("{error}; {ANEW}")))
}

/// Keeps other runs out of the folder of results; the system gives the lock back when the program ends, however it does.
fn lock(out: &Path) -> Result<File> {
    let path = out.join(LOCK);
    loop {
        let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        match file.try_lock() {
            Ok(()) if stands_at(&file, &path).map_err(|error| Error::write(&path, error))? => return Ok(file),
            // The run before has just ended and removed it: the next one to come would make and lock another.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let message = "another run is writing into this folder; wait for it or name another --out";
                return Err(Error::input(out, message));
            }
            Err(TryLockError::Error(error)) => return Err(Error::write(&path, error)),
        }
    }
}

/// Whether an open file is the one that stands at a path now.
#[cfg(unix)]
fn stands_at(file: &File, path: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let opened = file.metadata()?;
    match std::fs::metadata(path) {
        Ok(found) => Ok((opened.dev(), opened.ino()) == (found.dev(), found.ino())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn stands_at(_file: &File, _path: &Path) -> std::io::Result<bool> {
    // An open file cannot be removed.
    Ok(true)
}

const ANEW: &str = "run again without --resume";

/// How the names of markers end.
const MARKER: &str = ".done.json";

fn marker(stage: &str) -> String {
    format!("{stage}{MARKER}")
}

fn agree(before: &Manifest, now: &Manifest, replaced: Option<&str>) -> Result<()> {
    let nothing = "nothing".to_owned();
    let names = before.keys().chain(now.keys());
    for name in names.filter(|name| Some(name.as_str()) != replaced) {
        let (was, is) = (before.get(name).unwrap_or(&nothing), now.get(name).unwrap_or(&nothing));
        if was != is {
            let message = format!("the run that stopped had another {name}: {was}, not {is}; {ANEW}");
            return Err(Error::config("--resume", message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn manifest(model: &str) -> Manifest {
        [("model".to_owned(), model.to_owned())].into_iter().collect()
    }

    #[test]
    fn a_run_goes_on_only_under_the_same_manifest() {
        let out = tempfile::tempdir().unwrap();
        let begin = |model: &str, resume| Work::begin(out.path(), &manifest(model), resume);
        let first = begin("a", true).unwrap();
        assert!(!first.resumed, "nothing to go on with");
        let refused = begin("a", true).err().unwrap().to_string();
        assert!(refused.contains("another run"), "{refused}");
        drop(first);
        assert!(begin("a", true).unwrap().resumed);
        let refused = begin("b", true).err().unwrap().to_string();
        assert!(refused.contains("had another model: a, not b") && refused.contains("without --resume"), "{refused}");
        assert!(!begin("b", false).unwrap().resumed);
        assert!(begin("b", true).unwrap().resumed);
    }

    #[test]
    #[cfg(unix)]
    fn a_lock_that_was_removed_is_no_lock() {
        let out = tempfile::tempdir().unwrap();
        let path = out.path().join(LOCK);
        let stale = File::create(&path).unwrap();
        assert!(stands_at(&stale, &path).unwrap());
        std::fs::remove_file(&path).unwrap();
        assert!(!stands_at(&stale, &path).unwrap());
        let _held = lock(out.path()).unwrap();
        assert!(!stands_at(&stale, &path).unwrap(), "another file of the same name");
        assert!(lock(out.path()).is_err());
    }

    #[test]
    fn a_marked_stage_is_known_again_and_a_damaged_one_refused() {
        let out = tempfile::tempdir().unwrap();
        let work = Work::begin(out.path(), &manifest("a"), false).unwrap();
        std::fs::write(work.path("file"), b"content").unwrap();
        work.mark("stage", &[("file", spool::checked(&work.path("file")).unwrap())], &7u64).unwrap();
        drop(work);
        let work = Work::begin(out.path(), &manifest("a"), true).unwrap();
        assert_eq!(work.marked::<u64>("stage").unwrap(), Some(7));
        assert_eq!(work.marked::<u64>("other").unwrap(), None);
        std::fs::write(work.path("file"), b"another").unwrap();
        let damaged = work.marked::<u64>("stage").unwrap_err().to_string();
        assert!(damaged.contains("damaged"), "{damaged}");
        work.end().unwrap();
        assert!(!out.path().join(FOLDER).exists());
    }

    #[test]
    fn a_run_that_ends_while_it_publishes_has_its_stages_still() {
        let out = tempfile::tempdir().unwrap();
        let work = Work::begin(out.path(), &manifest("a"), false).unwrap();
        for name in ["kept", "made"] {
            std::fs::write(work.path(name), name).unwrap();
        }
        work.mark("stage", &[("kept", spool::checked(&work.path("kept")).unwrap())], &7u64).unwrap();
        work.publish(out.path(), &["kept".to_owned(), "made".to_owned()], &[]).unwrap();
        assert!(!work.path("made").exists());
        drop(work);
        for name in ["kept", "made"] {
            assert_eq!(std::fs::read_to_string(out.path().join(name)).unwrap(), name);
        }
        // The run before was in the same folder, and what this one read of it has been replaced.
        let mut changed = manifest("a");
        changed.insert(PREVIOUS_CROSSWALK.to_owned(), "crosswalk.csv, changed".to_owned());
        let refused = Work::begin(out.path(), &manifest("b"), true).err().unwrap().to_string();
        assert!(refused.contains("had another model"), "{refused}");
        let work = Work::begin(out.path(), &changed, true).unwrap();
        assert_eq!(work.marked::<u64>("stage").unwrap(), Some(7));
        // In another form now: what the first one moved goes.
        work.publish(out.path(), &["kept".to_owned()], &[]).unwrap();
        assert!(out.path().join("kept").exists() && !out.path().join("made").exists());
        // Killed while it tidies up, after the first file.
        std::fs::remove_file(work.path(MANIFEST)).unwrap();
        drop(work);
        assert!(!Work::begin(out.path(), &manifest("a"), true).unwrap().resumed, "nothing to go on with");
    }
}
