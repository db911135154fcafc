//! Edges on disk, and those in memory in the same clothes.

use std::borrow::Cow;

use super::Spill;
use super::rows::{RowFile, Sorter};
use super::tiles::{self, Under};
use crate::bulk::blocks::Blocks;
use crate::bulk::pipeline::{self, Options};
use crate::domain::cluster::Edge;
use crate::error::Result;

/// The edges of a run, ascending.
#[derive(Debug)]
pub enum Edges {
    /// In memory.
    Held(Vec<Edge>),
    /// In a file.
    Filed(RowFile<Edge>),
}

impl Edges {
    /// Every edge in its order.
    pub fn each(&self, take: &mut dyn FnMut(&Edge)) -> Result<()> {
        match self {
            Self::Held(edges) => edges.iter().for_each(take),
            Self::Filed(file) => file.each(&mut |edge| {
                take(&edge);
                Ok(())
            })?,
        }
        Ok(())
    }

    /// All of them in memory.
    pub fn all(&self) -> Result<Cow<'_, [Edge]>> {
        let mut all = Vec::new();
        match self {
            Self::Held(edges) => return Ok(Cow::Borrowed(edges)),
            Self::Filed(file) => file.each(&mut |edge| {
                all.push(edge);
                Ok(())
            })?,
        }
        Ok(Cow::Owned(all))
    }
}

/// Records whose candidates are compared together.
const TOGETHER: usize = 4_096;

/// What [`pipeline::edges`] gives, in a file.
pub(super) fn edges(
    spill: &Spill<'_>,
    options: &Options<'_>,
    under: Under<'_>,
    blocks: &Blocks,
) -> Result<(RowFile<Edge>, u64)> {
    options.progress.stage("compare", blocks.len() as u64);
    let mut sorter = Sorter::create(&spill.path("edges.runs"), spill.share(8))?;
    let look = |tile: &tiles::Tile<'_>, pairs: &[u64]| pipeline::compared(options, tile.store, tile.sketches, pairs).0;
    let pairs =
        tiles::each(spill, under, blocks, options.progress, TOGETHER, &look, &mut |edges| sorter.extend(edges))?;
    under.packed.check()?;
    Ok((sorter.finish(&spill.path("edges.rows"))?, pairs))
}
