//! A finished run goes into an empty store, which then is as if each record had been upserted ([ADR 11](../../docs/adr/0011-loading-a-run.md)).
//!
//! Nothing is found out anew but what a run does not keep: comparison vectors and the records as delivered. Rows are made side by side, in
//! the order of their keys, by the functions that the engine's commands use (`engine/rows.rs`).

mod edges;
mod index;
mod profiles;
mod records;
mod review;

use std::collections::BTreeMap;
use std::ops::Range;

use edges::Edges;
use rayon::prelude::*;

use crate::bulk::cleansing::Cleansed;
use crate::bulk::features::Unpacked;
use crate::bulk::pipeline::{self, Progress};
use crate::catalog::sources::Mapping;
use crate::domain::cluster::judgement::Judgements;
use crate::domain::date::Timestamp;
use crate::domain::generic::DeclaredValue;
use crate::domain::id::{BlockKey, ProfileId};
use crate::engine::rows;
use crate::error::Result;
use crate::store::{Batch, Loading, Space};

/// Who upserted the records, in the log.
pub const ACTOR: &str = "guiyi cleanse --load";

/// Records whose rows one thread makes in one go; a file of each space holds them.
const RECORDS_A_FILE: usize = 32_768;

/// A finished run, and what people said.
pub struct Run<'a> {
    /// The run.
    pub cleansed: &'a Cleansed,
    /// What the columns of its input are.
    pub mapping: &'a Mapping,
    /// What people said about pairs.
    pub judgements: &'a Judgements,
    /// What people said about values, each once.
    pub declared: &'a BTreeMap<BlockKey, DeclaredValue>,
    /// When it is loaded.
    pub now: Timestamp,
}

/// What all rows are made from.
struct Rows<'a> {
    run: &'a Run<'a>,
    target: &'a dyn Loading,
    progress: &'a dyn Progress,
    /// The profile of each record, by position.
    profiles: Vec<ProfileId>,
}

/// Makes all rows, puts them into the store, and binds it to the model of the run as the last thing of all.
pub fn load(run: &Run<'_>, target: &dyn Loading, progress: &dyn Progress) -> Result<()> {
    let Cleansed { found, prepared, model, .. } = run.cleansed;
    progress.stage("load", prepared.packed.len() as u64);
    let profiles = pipeline::profile_by_record(&found.assignments, &prepared.packed);
    let rows = Rows { run, target, progress, profiles };
    let generic = index::index(&rows)?;
    let features = Unpacked::of(&prepared.packed).finally(&model.frequencies, &generic);
    let edges = Edges::of(&rows, &features)?;
    let decided = review::decided(&rows, &features)?;
    drop(features);
    let names = records::records(&rows, &edges, &generic)?;
    drop(edges);
    prepared.packed.check()?;
    profiles::profiles(&rows, &names)?;
    review::review(&rows, &decided)?;
    let batch = rows::binding(model, run.now.micros);
    target.finish(&Batch { cleared: vec![Space::Models, Space::Meta], ..batch })
}

/// Does some work for every stretch of positions; what it gives comes in their order.
fn stretches<T: Send>(count: usize, length: usize, work: impl Fn(Range<usize>) -> Result<T> + Sync) -> Result<Vec<T>> {
    let starts: Vec<usize> = (0..count).step_by(length).collect();
    starts.into_par_iter().map(|start| work(start..(start + length).min(count))).collect()
}
