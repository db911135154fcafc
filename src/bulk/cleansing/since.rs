//! Stage 1 of a run over a delta: the records that an earlier run kept, without those that the delta replaces or names as deleted, then the
//! rows of the delta. What comes out is what a run over one file of all these rows would have prepared.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::prepared::{Prepared, Rows, Stage};
use super::state::{Kept, State, Terms};
use super::work::Work;
use crate::bulk::input::Columns;
use crate::bulk::input::dates::{self, Part, Votes};
use crate::bulk::input::delta::Delta;
use crate::bulk::pipeline::Progress;
use crate::bulk::reader::Row;
use crate::bulk::spool;
use crate::bulk::train::Scripts;
use crate::catalog::sources::DateOrders;
use crate::domain::id::{RecordHandle, RecordKey};
use crate::error::{Error, Result};

/// An earlier run and what is no more.
#[derive(Clone, Copy)]
pub struct Since<'a> {
    /// The folder of its results.
    pub folder: &'a Path,
    /// What has to agree.
    pub terms: &'a Terms,
    /// The records that are no more, with the lines that name them.
    pub deleted: &'a BTreeMap<RecordHandle, (u64, RecordKey)>,
}

/// Reads the delta and puts it to the records that were kept.
pub fn prepare(work: &Work, since: &Since<'_>, rows: &Rows<'_>, progress: &dyn Progress) -> Result<Prepared> {
    let state = State::open(since.folder, since.terms)?;
    let delta = Delta::open(rows.inputs, rows.mapping, &state.known.header)?;
    if let Some((line, key)) =
        since.deleted.iter().find_map(|(handle, named)| delta.records.contains_key(handle).then_some(named))
    {
        let message = format!(
            "line {line}: record \"{}\" of source \"{}\" is in the delta too; name it in one of them",
            key.record_id, key.source.0
        );
        return Err(Error::config("--deleted", message));
    }
    let records = state.known.records + delta.records.len() as u64;
    let spills = rows.limit.working(records, delta.bytes_held())?.is_some();
    let goes = |handle: RecordHandle| delta.records.contains_key(&handle) || since.deleted.contains_key(&handle);
    let going = delta.records.len() + since.deleted.len();
    let mut votes = remaining_votes(&state, &delta, going as u64, &goes)?;
    votes.merge(&delta.votes);
    let orders = votes.orders();
    let mut stage = Stage::begin(work, rows.counts_votes)?;
    stage.expect(work, records, spills)?;
    let [han, other] = state.known.names;
    stage.scripts = Scripts { han, other };
    stage.votes = Votes::from(state.known.votes.clone());
    progress.stage("prepare", records);
    let counts = Keeping { delta: &delta, orders: &orders, stage: &mut stage, progress }.keep(&state, &goes)?;
    let files = delta.each(&orders, &mut |given| stage.take(given, progress))?;
    // All are read as rows of one file.
    stage.parts = vec![Part::new(stage.records(), &orders)];
    let new = delta.records.len() as u64 - counts.replaced;
    let note = format!(
        "{} records stayed as they were, {} changed, {new} are new, {} deleted",
        counts.kept, counts.replaced, counts.deleted
    );
    let mut notes = vec![note];
    let unknown = since.deleted.len() as u64 - counts.deleted;
    if unknown > 0 {
        notes.push(format!("{unknown} of the records named by --deleted were not there; check their sources and ids"));
    }
    let columns = Columns { files, ..delta.columns };
    Ok(Prepared { notes, ..stage.end(work, columns, rows.limit)? })
}

/// What the dates of the records prove that stay. Only where the rows that go could decide are they looked at.
fn remaining_votes(state: &State, delta: &Delta<'_>, going: u64, goes: &dyn Fn(RecordHandle) -> bool) -> Result<Votes> {
    let mut votes = Votes::from(state.known.votes.clone());
    if votes.fewest().is_some_and(|fewest| fewest <= going) {
        state.each(&mut |kept| {
            if goes(kept.index.handle) {
                let entry = spool::unpack(kept.entry).ok_or_else(|| state.damaged())?;
                votes.take_out(&delta.bound, &entry.fields);
            }
            Ok(())
        })?;
    }
    Ok(votes)
}

/// How many records of the state went where.
#[derive(Default)]
struct Counts {
    kept: u64,
    replaced: u64,
    deleted: u64,
}

/// Keeping records.
struct Keeping<'a, 'm> {
    delta: &'a Delta<'m>,
    orders: &'a DateOrders,
    stage: &'a mut Stage,
    progress: &'a dyn Progress,
}

impl Keeping<'_, '_> {
    fn keep(mut self, state: &State, goes: &dyn Fn(RecordHandle) -> bool) -> Result<Counts> {
        let mut counts = Counts::default();
        // The sources of each part whose dates are read differently now.
        let mut parts = state.known.parts.iter().map(|part| (part.rows, dates::differing(&part.orders(), self.orders)));
        let (mut left, mut differing) = (0u64, BTreeSet::new());
        state.each(&mut |kept| {
            while left == 0 {
                (left, differing) = parts.next().ok_or_else(|| state.damaged())?;
            }
            left -= 1;
            if goes(kept.index.handle) {
                self.forget(state, &kept)?;
                let side = if self.delta.records.contains_key(&kept.index.handle) {
                    &mut counts.replaced
                } else {
                    &mut counts.deleted
                };
                *side += 1;
                return Ok(());
            }
            counts.kept += 1;
            self.progress.advance(1);
            if differing.is_empty() || !self.read_anew(state, &kept, &differing)? {
                self.stage.keep(&kept)
            } else {
                Ok(())
            }
        })?;
        Ok(counts)
    }

    /// Takes a record out of what is counted of all; gives its row.
    fn forget(&mut self, state: &State, kept: &Kept<'_>) -> Result<Vec<String>> {
        let entry = spool::unpack(kept.entry).ok_or_else(|| state.damaged())?;
        let names = Scripts::of(&entry.record);
        let scripts = &mut self.stage.scripts;
        (scripts.han, scripts.other) =
            (scripts.han.saturating_sub(names.han), scripts.other.saturating_sub(names.other));
        self.stage.votes.take_out(&self.delta.bound, &entry.fields);
        Ok(entry.fields.into_iter().map(str::to_owned).collect())
    }

    /// Prepares a record again where its dates are read differently now; says whether it did.
    fn read_anew(&mut self, state: &State, kept: &Kept<'_>, differing: &BTreeSet<String>) -> Result<bool> {
        let fields = spool::fields(kept.entry).ok_or_else(|| state.damaged())?;
        if !differing.contains(self.delta.bound.source(&fields)) {
            return Ok(false);
        }
        let fields = self.forget(state, kept)?;
        self.stage.add(&self.delta.chunk(vec![Row { line: 0, fields }], self.orders))?;
        Ok(true)
    }
}
