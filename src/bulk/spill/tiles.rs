//! All candidate pairs tile by tile: the records, in the order of their neighbourhoods, are cut into large tiles. One of them is in memory with its
//! sketches and packed features, and beside it, one after the other, small tiles of all records that come after it. Each pair is met once.

use std::borrow::Cow;
use std::ops::Range;
use std::slice::Chunks;

use rayon::prelude::*;

use super::Spill;
use crate::bulk::blocks::{self, Blocks};
use crate::bulk::features::{FeatureStore, GenericValues, Packed};
use crate::bulk::pipeline::Progress;
use crate::domain::features::sketch::Sketch;
use crate::domain::score::term_frequency::TermFrequencies;
use crate::error::Result;

/// What a record of a tile takes: its sketch, its packed features and their place.
const RECORD_BYTES: usize = size_of::<Sketch>() + 150;

/// Records whose features are read together.
const READ_TOGETHER: usize = 65_536;

/// What the candidates of a few records are looked up in: two tiles side by side, in which a record has a place that is not its position.
pub struct Tile<'t> {
    /// The features by place.
    pub store: &'t FeatureStore<'t>,
    /// The sketches by place.
    pub sketches: &'t [Sketch],
    /// The position of the record at each place.
    positions: &'t [u32],
}

impl Tile<'_> {
    /// The positions of a pair of places.
    pub fn positions(&self, pair: u64) -> Option<u64> {
        let of = |place: u64| self.positions.get(place as usize).copied();
        Some(blocks::pair(of(pair >> 32)? as usize, of(pair & 0xffff_ffff)?))
    }
}

/// Features and under what they are.
#[derive(Clone, Copy)]
pub struct Under<'a> {
    /// The packed features of all records.
    pub packed: &'a Packed,
    /// How common values are.
    pub frequencies: &'a TermFrequencies,
    /// Which values of which records are generic.
    pub generic: &'a GenericValues,
}

impl Under<'_> {
    /// Adds the features of some records to others.
    pub fn put(&self, records: &[u32], packed: &mut Packed, generic: &mut GenericValues) {
        let start = packed.len();
        packed.limit_views(self.packed.view_records_max());
        for (chunk, together) in records.chunks(READ_TOGETHER).enumerate() {
            let read: Vec<Option<Cow<'_, [u8]>>> =
                together.par_iter().with_min_len(256).map(|position| self.packed.bytes(*position as usize)).collect();
            for (place, (position, bytes)) in together.iter().zip(read).enumerate() {
                packed.push(self.packed.handle(*position as usize), bytes.as_deref().unwrap_or_default());
                if let Some(mask) = self.generic.get(position) {
                    generic.insert((start + chunk * READ_TOGETHER + place) as u32, *mask);
                }
            }
        }
    }
}

/// The records in their order, and where each stands in it.
struct Order {
    records: Vec<u32>,
    ranks: Vec<u32>,
}

impl Order {
    fn of(blocks: &Blocks) -> Self {
        let records = blocks.neighbourly();
        let mut ranks = vec![0; records.len()];
        for (rank, position) in records.iter().enumerate() {
            if let Some(place) = ranks.get_mut(*position as usize) {
                *place = rank as u32;
            }
        }
        Self { records, ranks }
    }

    /// The tiles of so many records from a rank on.
    fn tiles(&self, from: usize, records: usize) -> impl Iterator<Item = Range<usize>> {
        let end = self.records.len();
        (from..end).step_by(records).map(move |start| start..(start + records).min(end))
    }

    fn records(&self, tile: &Range<usize>) -> &[u32] {
        self.records.get(tile.clone()).unwrap_or_default()
    }

    /// The place of a record in a tile, if it is there.
    fn place(&self, position: u32, tile: &Range<usize>) -> Option<usize> {
        let rank = *self.ranks.get(position as usize)? as usize;
        tile.contains(&rank).then(|| rank - tile.start)
    }
}

/// Gives all candidate pairs, those of so many records `together`: `look` makes something of pairs of places, the one with the smaller position in
/// the upper half, on any thread, and `take` gets it. Says how many pairs there were.
pub fn each<T: Send>(
    spill: &Spill<'_>,
    under: Under<'_>,
    blocks: &Blocks,
    progress: &dyn Progress,
    together: usize,
    look: &(dyn Fn(&Tile<'_>, &[u64]) -> T + Sync),
    take: &mut dyn FnMut(T) -> Result<()>,
) -> Result<u64> {
    let order = Order::of(blocks);
    let records = (spill.share(3) * 2 / RECORD_BYTES).max(2 * SMALL_PART);
    let (large, small) = (records - records / SMALL_PART, records / SMALL_PART);
    let mut two = Two::with_capacity(records.min(order.records.len()));
    let mut pairs = 0;
    for first in order.tiles(0, large) {
        two.truncate(0);
        two.load(&under, order.records(&first));
        let ask = |position: u32, after: &mut Vec<u32>, found: &mut Vec<u64>| {
            let Some(left) = order.place(position, &first) else { return };
            blocks.after(position as usize, after);
            let inside = after.iter().filter_map(|candidate| order.place(*candidate, &first));
            found.extend(inside.map(|right| blocks::pair(left, right as u32)));
        };
        pairs += two.look(&under, order.records(&first).chunks(together), &ask, look, take)?;
        for second in order.tiles(first.end, small) {
            two.truncate(first.len());
            two.load(&under, order.records(&second));
            let ask = |position: u32, around: &mut Vec<u32>, found: &mut Vec<u64>| {
                let Some(own) = order.place(position, &second).map(|place| first.len() + place) else { return };
                blocks.around(position as usize, around);
                for candidate in around {
                    let Some(other) = order.place(*candidate, &first) else { continue };
                    let is_first = position < *candidate;
                    let (left, right) = if is_first { (own, other) } else { (other, own) };
                    found.push(blocks::pair(left, right as u32));
                }
            };
            pairs += two.look(&under, order.records(&second).chunks(together), &ask, look, take)?;
        }
        progress.advance(first.len() as u64);
    }
    Ok(pairs)
}

/// The small tile is this part of what is in memory. The larger the large one, the fewer times all others are read beside one.
const SMALL_PART: usize = 8;

/// Puts the candidates of a record into a list of pairs of places; the other list is for its use.
type Ask<'a> = dyn Fn(u32, &mut Vec<u32>, &mut Vec<u64>) + Sync + 'a;

/// One or two tiles in memory.
#[derive(Default)]
struct Two {
    packed: Packed,
    generic: GenericValues,
    sketches: Vec<Sketch>,
    positions: Vec<u32>,
}

impl Two {
    fn with_capacity(records: usize) -> Self {
        let mut two = Self::default();
        two.packed.reserve(records);
        two.sketches.reserve_exact(records);
        two.positions.reserve_exact(records);
        two
    }

    fn load(&mut self, under: &Under<'_>, records: &[u32]) {
        let start = self.positions.len();
        under.put(records, &mut self.packed, &mut self.generic);
        self.positions.extend_from_slice(records);
        let store = FeatureStore::Packed(&self.packed, under.frequencies, &self.generic);
        let sketch = |place: usize| store.get(place).map(|features| features.sketch.clone()).unwrap_or_default();
        let places = start..start + records.len();
        self.sketches.par_extend(places.into_par_iter().with_min_len(256).map(sketch));
    }

    fn truncate(&mut self, records: usize) {
        self.packed.truncate(records);
        self.generic.retain(|place, _| (*place as usize) < records);
        self.sketches.truncate(records);
        self.positions.truncate(records);
    }

    /// Looks at the candidates that some records ask for; says how many there are.
    fn look<T: Send>(
        &self,
        under: &Under<'_>,
        chunks: Chunks<'_, u32>,
        ask: &Ask<'_>,
        look: &(dyn Fn(&Tile<'_>, &[u64]) -> T + Sync),
        take: &mut dyn FnMut(T) -> Result<()>,
    ) -> Result<u64> {
        let store = &FeatureStore::Packed(&self.packed, under.frequencies, &self.generic);
        let tile = Tile { store, sketches: &self.sketches, positions: &self.positions };
        let chunk = |records: &[u32]| {
            let (mut found, mut candidates) = (Vec::new(), Vec::new());
            records.iter().for_each(|position| ask(*position, &mut candidates, &mut found));
            (look(&tile, &found), found.len() as u64)
        };
        let mut pairs = 0;
        let chunks: Vec<&[u32]> = chunks.collect();
        for some in chunks.chunks(rayon::current_num_threads() * CHUNKS_A_THREAD) {
            let made: Vec<(T, u64)> = some.par_iter().copied().map(chunk).collect();
            for (made, count) in made {
                pairs += count;
                take(made)?;
            }
        }
        Ok(pairs)
    }
}

/// Chunks that a thread works off before what they gave is taken.
const CHUNKS_A_THREAD: usize = 4;
