//! What is in a store that nobody has opened yet: nothing, a load that did not end, or records that somebody relies on.

use super::META;
use crate::error::{Error, Result};
use crate::store::{Snapshot, Space};

/// What is in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Nothing has happened there; it may be bound to a model.
    Nothing,
    /// Rows, but nothing that says what they are: that is written last of all.
    Unfinished,
    /// Records, or what is left of them: events, decisions.
    Used,
}

impl Contents {
    /// Looks.
    pub fn of(snapshot: &dyn Snapshot) -> Result<Self> {
        let mut rows = false;
        for space in Space::ALL.iter().filter(|space| !matches!(space, Space::Meta | Space::Models)) {
            rows |= snapshot.last_key(*space)?.is_some();
        }
        let bound = snapshot.get(Space::Meta, META)?.is_some();
        Ok(match (rows, bound) {
            (false, _) => Self::Nothing,
            (true, false) => Self::Unfinished,
            (true, true) => Self::Used,
        })
    }

    /// Refuses a load that did not end: nobody knows what is missing.
    pub(super) fn check_whole(self) -> Result<()> {
        match self {
            Self::Nothing | Self::Used => Ok(()),
            Self::Unfinished => Err(Error::store(
                "the folder holds a load that did not end; `guiyi cleanse … --load` with this folder starts it over, or name another folder",
            )),
        }
    }
}
