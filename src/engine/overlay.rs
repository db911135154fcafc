//! What a scope has read and written of edges and profiles, so that each is read once however many steps of a batch ask for it.
//!
//! Whoever writes these spaces writes them here. Rows of edges go into the workspace when the batch is committed; homes and profiles at once.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::commit::Scope;
use super::generation::Generation;
use crate::domain::cluster::Edge;
use crate::domain::id::{ProfileId, RecordHandle};
use crate::domain::score::Scored;
use crate::error::Result;
use crate::store::stored::StoredProfile;
use crate::store::workspace::Workspace;
use crate::store::{Space, adjacency, keys};

/// A record's row of edges.
struct Row {
    bytes: Vec<u8>,
    changed: bool,
}

/// Decoded rows of a scope.
#[derive(Default)]
pub(super) struct Overlay {
    edges: RefCell<FxHashMap<(Space, RecordHandle), Row>>,
    homes: RefCell<FxHashMap<RecordHandle, Option<ProfileId>>>,
    profiles: RefCell<FxHashMap<ProfileId, Option<Rc<StoredProfile>>>>,
    write_count: Cell<usize>,
}

impl Overlay {
    /// How often edges were written or deleted.
    pub(super) fn write_count(&self) -> usize {
        self.write_count.get()
    }

    /// Puts changed rows of edges into the workspace.
    pub(super) fn flush(self, workspace: &Workspace<'_>) {
        for ((space, handle), row) in self.edges.into_inner() {
            match (row.changed, row.bytes.is_empty()) {
                (false, _) => {}
                (true, false) => workspace.put_bytes(space, keys::record(handle), row.bytes),
                (true, true) => workspace.delete(space, keys::record(handle)),
            }
        }
    }
}

impl Scope<'_> {
    fn with_row<A>(
        &self,
        generation: &Generation,
        handle: RecordHandle,
        work: impl FnOnce(&mut Row) -> Result<A>,
    ) -> Result<A> {
        let mut rows = self.overlay.edges.borrow_mut();
        if let Some(row) = rows.get_mut(&(generation.edges, handle)) {
            return work(row);
        }
        let bytes = self.get_bytes(generation.edges, &keys::record(handle))?.unwrap_or_default();
        work(rows.entry((generation.edges, handle)).or_insert(Row { bytes, changed: false }))
    }

    /// The edges of a record in a generation, ascending by the record at the other end.
    pub(super) fn edges_of(&self, generation: &Generation, handle: RecordHandle) -> Result<Vec<Edge>> {
        self.with_row(generation, handle, |row| adjacency::edges(handle, &row.bytes))
    }

    /// Writes an edge, in both directions.
    pub(super) fn put_edge(
        &self,
        generation: &Generation,
        a: RecordHandle,
        b: RecordHandle,
        scored: &Scored,
    ) -> Result<()> {
        self.change_rows(generation, a, b, |handle, row, other| adjacency::put(handle, row, other, scored))
    }

    /// Deletes an edge, in both directions.
    pub(super) fn delete_edge(&self, generation: &Generation, a: RecordHandle, b: RecordHandle) -> Result<()> {
        self.change_rows(generation, a, b, |_, row, other| adjacency::remove(row, other))
    }

    fn change_rows(
        &self,
        generation: &Generation,
        a: RecordHandle,
        b: RecordHandle,
        change: impl Fn(RecordHandle, &mut Vec<u8>, RecordHandle) -> Result<()>,
    ) -> Result<()> {
        for (handle, other) in [(a, b), (b, a)] {
            self.with_row(generation, handle, |row| {
                row.changed = true;
                change(handle, &mut row.bytes, other)
            })?;
        }
        self.overlay.write_count.set(self.overlay.write_count.get() + 1);
        Ok(())
    }

    /// The profile that a record is in.
    pub(super) fn profile_of(&self, handle: RecordHandle) -> Result<Option<ProfileId>> {
        if let Some(known) = self.overlay.homes.borrow().get(&handle) {
            return Ok(*known);
        }
        let bytes = self.get_bytes(Space::RecordProfiles, &keys::record(handle))?;
        let home = bytes.and_then(|bytes| keys::first(&bytes)).map(ProfileId);
        self.overlay.homes.borrow_mut().insert(handle, home);
        Ok(home)
    }

    /// Says in which profile a record is from now on; `None`: it is gone.
    pub(super) fn put_home(&self, handle: RecordHandle, profile: Option<ProfileId>) {
        match profile {
            Some(profile) => {
                self.put_bytes(Space::RecordProfiles, keys::record(handle), keys::profile(profile));
            }
            None => self.delete(Space::RecordProfiles, keys::record(handle)),
        }
        self.overlay.homes.borrow_mut().insert(handle, profile);
    }

    /// A live profile.
    pub(super) fn profile(&self, profile: ProfileId) -> Result<Option<Rc<StoredProfile>>> {
        if let Some(known) = self.overlay.profiles.borrow().get(&profile) {
            return Ok(known.clone());
        }
        let stored = self.get::<StoredProfile>(Space::Profiles, &keys::profile(profile))?.map(Rc::new);
        self.overlay.profiles.borrow_mut().insert(profile, stored.clone());
        Ok(stored)
    }

    /// Writes a profile; `None`: it is no longer live.
    pub(super) fn put_profile(&self, profile: ProfileId, stored: Option<StoredProfile>) {
        match &stored {
            Some(stored) => self.put(Space::Profiles, keys::profile(profile), stored),
            None => self.delete(Space::Profiles, keys::profile(profile)),
        }
        self.overlay.profiles.borrow_mut().insert(profile, stored.map(Rc::new));
    }
}
