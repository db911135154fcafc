//! The run's edges as rows of records: both ends have each, and one of them the comparison vector, which a run does not keep.

use std::borrow::Cow;

use rayon::prelude::*;

use super::Rows;
use crate::bulk::features::FeatureStore;
use crate::domain::cluster::Edge;
use crate::domain::id::{ProfileId, RecordHandle};
use crate::domain::score;
use crate::error::{Error, Result};
use crate::store::adjacency;

/// Edges whose vectors are made together.
const EDGES_TOGETHER: usize = 4_096;

/// Edges by the records at their ends.
pub(super) struct Edges<'r> {
    edges: Cow<'r, [Edge]>,
    /// The packed vector of each edge.
    vectors: Vec<Box<[u8]>>,
    /// Each end of each edge: the record, the record at the other end, which edge; ascending.
    ends: Vec<(RecordHandle, RecordHandle, u32)>,
}

impl<'r> Edges<'r> {
    /// Compares the pairs again; their weights must be what they were.
    pub(super) fn of(rows: &'r Rows<'_>, features: &FeatureStore<'_>) -> Result<Self> {
        let edges = rows.run.cleansed.found.edges.all()?;
        let numbers = 0..edges.len() as u32;
        let mut ends: Vec<(RecordHandle, RecordHandle, u32)> = numbers
            .zip(edges.iter())
            .flat_map(|(number, edge)| {
                let (low, high) = (edge.pair.low(), edge.pair.high());
                [(low, high, number), (high, low, number)]
            })
            .collect();
        ends.par_sort_unstable();
        Ok(Self { vectors: vectors(rows, features, &edges)?, edges, ends })
    }

    /// Makes the rows of records one after the other, ascending.
    pub(super) fn from(&self, first: RecordHandle) -> EdgeRows<'_> {
        EdgeRows { edges: self, next: self.ends.partition_point(|(handle, ..)| *handle < first) }
    }
}

/// Rows of edges on the way.
pub(super) struct EdgeRows<'e> {
    edges: &'e Edges<'e>,
    next: usize,
}

impl EdgeRows<'_> {
    /// Puts the edges of a record, which comes after those asked for before, into a row.
    pub(super) fn row(&mut self, handle: RecordHandle, row: &mut Vec<u8>) {
        let Edges { edges, vectors, ends } = self.edges;
        while let Some((end, _, number)) = ends.get(self.next).filter(|(end, ..)| *end <= handle) {
            self.next += 1;
            let at = *number as usize;
            if let (true, Some(edge), Some(vector)) = (*end == handle, edges.get(at), vectors.get(at)) {
                adjacency::push(handle, row, edge, vector);
            }
        }
    }
}

/// The packed vectors of all edges. Pairs of one profile are compared together: their features are unpacked once then.
fn vectors(rows: &Rows<'_>, features: &FeatureStore<'_>, edges: &[Edge]) -> Result<Vec<Box<[u8]>>> {
    let model = &rows.run.cleansed.model;
    let position = |handle: RecordHandle| features.position(handle).unwrap_or(usize::MAX);
    let place = |(number, edge): (usize, &Edge)| {
        let (low, high) = (position(edge.pair.low()), position(edge.pair.high()));
        (rows.profiles.get(low).copied().unwrap_or(ProfileId(0)), low, high, number)
    };
    let mut order: Vec<(ProfileId, usize, usize, usize)> = edges.par_iter().enumerate().map(place).collect();
    order.par_sort_unstable();
    let sketches = features.sketches_to_view();
    let compared = |chunk: &[(ProfileId, usize, usize, usize)]| -> Result<Vec<(usize, Box<[u8]>)>> {
        let mut view = features.view(&sketches);
        let vector = |(_, low, high, number): &(ProfileId, usize, usize, usize)| {
            let edge = edges.get(*number)?;
            let scored = view
                .with_pair(*low, *high, |a, b| score::score(model, a, b))
                .filter(|scored| (scored.weight, scored.cannot_link) == (edge.weight, edge.cannot_link))?;
            Some((*number, adjacency::vector(&scored.vector).into_boxed_slice()))
        };
        let different = || Error::store("a pair weighs something else than in the run; please report this");
        chunk.iter().map(vector).collect::<Option<_>>().ok_or_else(different)
    };
    let chunks: Vec<Vec<(usize, Box<[u8]>)>> = order.par_chunks(EDGES_TOGETHER).map(compared).collect::<Result<_>>()?;
    let mut vectors = vec![Box::default(); edges.len()];
    for (number, vector) in chunks.into_iter().flatten() {
        if let Some(place) = vectors.get_mut(number) {
            *place = vector;
        }
    }
    Ok(vectors)
}
