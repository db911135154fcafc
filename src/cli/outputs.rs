//! Files that a command writes at its end: whether they can be written is known before its work, not after hours of it.

use std::fs::OpenOptions;
use std::path::Path;

use crate::error::{Error, Result};

/// Refuses a path at which no file can be written: its folder is missing or may not be written, or a folder stands there. Leaves what is
/// there as it is. Pipes and devices are believed: to open one may wait for whoever reads it.
pub fn check_writable(path: &Path) -> Result<()> {
    let exists = path.exists();
    if exists && !path.is_file() && !path.is_dir() {
        return Ok(());
    }
    OpenOptions::new().append(true).create(true).open(path).map_err(|error| Error::write(path, error))?;
    if exists { Ok(()) } else { std::fs::remove_file(path).map_err(|error| Error::write(path, error)) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_path_is_tried_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (new, old) = (folder.path().join("new"), folder.path().join("old"));
        std::fs::write(&old, "kept").unwrap();
        check_writable(&new).unwrap();
        check_writable(&old).unwrap();
        assert!(!new.exists());
        assert_eq!(std::fs::read_to_string(&old).unwrap(), "kept");
        assert!(check_writable(&folder.path().join("missing/file")).is_err());
        assert!(check_writable(folder.path()).is_err(), "a folder");
    }
}
