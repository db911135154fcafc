//! Runs that outgrow `--memory-max`: what would not fit goes to files in the run's folder and is worked off piece by piece
//! ([ADR 13](../../../docs/adr/0013-spilling.md)). The results are the same to the byte.
//!
//! Packed features, keys, edges and components are on disk; memory holds the directory of records, the index of blocks, and pieces.

mod blocks;
mod clusters;
mod edges;
mod relations;
pub mod rows;
mod tiles;
mod train;

use std::path::{Path, PathBuf};

pub use blocks::blocks;
pub use clusters::{Matched, matched};
pub use edges::Edges;
pub use relations::Parties;
pub use train::train;

use super::features::SPREAD_RECORDS_MAX;
use super::pipeline::Progress;
use crate::error::{Error, Result};

/// Memory that a row takes while features are spread out (see [`SPREAD_RECORDS_MAX`]) and while they are packed, above [`BASE_BYTES`]: the peak of
/// runs over 200,000 and a million synthetic customers of twelve compared columns.
const SPREAD_ROW_BYTES: u64 = 4_500;
const PACKED_ROW_BYTES: u64 = 1_200;

/// What a run takes however few its rows: the program with its tables, rows and profiles on the way, and where memory is freed and not yet used again.
const BASE_BYTES: u64 = 150_000_000;

/// What a run that spills takes besides: the sample that teaches, decoys, buffers.
const SPILLING_BYTES: u64 = 150_000_000;

/// What a row takes of memory however much is on disk: its places in the two directories (48) and the index of blocks (about 90) with the order of the
/// tiles (8) while pairs are found; the directories, its cluster and profile (about 60) and the counts of watched values (about 50) afterwards.
/// Measured at a million synthetic customers of twelve compared columns.
const FLOOR_ROW_BYTES: u64 = 180;

/// What a row takes while its file is read: the two directories, which are sorted then, and the handles that were seen.
const READING_ROW_BYTES: u64 = 100;

/// What a row takes while a run is loaded, which is not spilled: edges with their vectors and ends, sketches, telephone numbers. The peak of the
/// load of a million synthetic customers of twelve compared columns.
const LOADING_ROW_BYTES: u64 = 1_100;

/// What is worked on at a time, at the least.
const WORKING_BYTES_MIN: u64 = 64_000_000;

/// How much memory a run may take.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limit {
    /// Bytes of memory that the whole run may take.
    pub memory_max: Option<u64>,
    /// Bytes of working memory with which everything is spilled, however small: for tests.
    pub working: Option<u64>,
    /// The run goes into a store at its end.
    pub loads: bool,
}

impl Limit {
    /// Bytes of working memory, where so many rows have to be spilled; `file_bytes` is the content of the largest file, which is in memory while
    /// it is read. Refuses what does not fit even then.
    pub fn working(&self, rows: u64, file_bytes: u64) -> Result<Option<usize>> {
        if let Some(working) = self.working {
            return Ok(Some(working as usize));
        }
        let Some(memory_max) = self.memory_max else { return Ok(None) };
        let loading = BASE_BYTES.saturating_add(rows.saturating_mul(LOADING_ROW_BYTES));
        if self.loads && loading > memory_max {
            return Err(Self::refusal(rows, loading, memory_max, ["to be loaded", "upsert them with `guiyi load`"]));
        }
        let spread = rows.min(SPREAD_RECORDS_MAX as u64).saturating_mul(SPREAD_ROW_BYTES);
        let packed = rows.saturating_mul(PACKED_ROW_BYTES);
        let reading = rows.saturating_mul(READING_ROW_BYTES).saturating_add(file_bytes);
        let needed = BASE_BYTES.saturating_add(packed.max(spread).max(reading));
        if needed <= memory_max {
            return Ok(None);
        }
        let smallest = Self::floor(rows).saturating_add(WORKING_BYTES_MIN).max(BASE_BYTES.saturating_add(reading));
        if smallest <= memory_max {
            return Ok(Some(self.left(rows)));
        }
        let otherwise = ["with all the rest on disk", "cleanse the files in several runs"];
        Err(Self::refusal(rows, smallest.min(needed), memory_max, otherwise))
    }

    /// Bytes of working memory for so many rows.
    pub fn left(&self, rows: u64) -> usize {
        let left = self.memory_max.map_or(0, |memory_max| memory_max.saturating_sub(Self::floor(rows)));
        self.working.unwrap_or(left.max(WORKING_BYTES_MIN)) as usize
    }

    /// What a run that spills takes besides its working memory.
    fn floor(rows: u64) -> u64 {
        rows.saturating_mul(FLOOR_ROW_BYTES).saturating_add(BASE_BYTES + SPILLING_BYTES)
    }

    fn refusal(rows: u64, smallest: u64, memory_max: u64, [how, otherwise]: [&str; 2]) -> Error {
        let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
        let message = format!(
            "{rows} rows take at least {} MB of memory {how}, more than the {} MB allowed; allow --memory-max {}MB, or {otherwise}",
            megabytes(smallest),
            memory_max / 1_000_000,
            megabytes(smallest)
        );
        Error::config("--memory-max", message)
    }
}

/// Records that a thread may keep spread out.
pub fn view_records_max(working: usize) -> usize {
    (working / (VIEW_SHARE * rayon::current_num_threads() * SPREAD_FEATURES_BYTES))
        .clamp(VIEW_RECORDS_MIN, VIEW_RECORDS_MAX)
}

/// The share of working memory that features take which threads keep spread out.
const VIEW_SHARE: usize = 6;

/// Bytes of a record's features, spread out.
const SPREAD_FEATURES_BYTES: usize = 4_000;

/// A piece of work that keeps fewer records spreads the same ones out over and over; more it has no use for.
const VIEW_RECORDS_MIN: usize = 500;
const VIEW_RECORDS_MAX: usize = 20_000;

/// Where a run spills, and how much it may work on at a time.
#[derive(Clone, Copy, Debug)]
pub struct Spill<'a> {
    folder: &'a Path,
    working: usize,
}

impl<'a> Spill<'a> {
    /// Spills into a folder that exists; `working` is in bytes.
    pub fn new(folder: &'a Path, working: usize) -> Self {
        Self { folder, working }
    }

    /// A file.
    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// One of so many shares of the working memory, in bytes.
    fn share(&self, shares: usize) -> usize {
        (self.working / shares).max(SHARE_BYTES_MIN)
    }
}

/// Below this files would be written in crumbs.
const SHARE_BYTES_MIN: usize = 1 << 14;

/// Progress within a stage that was announced before.
struct Within<'p>(&'p dyn Progress);

impl Progress for Within<'_> {
    fn stage(&self, _name: &'static str, _total: u64) {}

    fn advance(&self, done: u64) {
        self.0.advance(done);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const MEGABYTE: u64 = 1_000_000;

    fn limit(megabytes: u64) -> Limit {
        Limit { memory_max: Some(megabytes * MEGABYTE), working: None, loads: false }
    }

    #[test]
    fn what_fits_is_not_spilled_and_what_cannot_fit_is_refused_with_what_would() {
        assert_eq!(Limit::default().working(u64::MAX, u64::MAX).unwrap(), None);
        assert_eq!(limit(2_000).working(1_000_000, 120 * MEGABYTE).unwrap(), None);
        let working = limit(600).working(1_000_000, 120 * MEGABYTE).unwrap();
        assert_eq!(working, Some(120_000_000));
        assert_eq!(limit(600).left(1_000_000), 120_000_000);
        let message = limit(500).working(1_000_000, 0).unwrap_err().to_string();
        assert!(
            message.contains("1000000 rows take at least 544 MB") && message.contains("the 500 MB allowed"),
            "{message}"
        );
        assert!(message.contains("allow --memory-max 544MB"), "{message}");
        assert!(limit(544).working(1_000_000, 0).unwrap().is_some());
        assert!(limit(3_999).working(10_000, 4_000 * MEGABYTE).is_err(), "the file alone is too large");
    }

    #[test]
    fn a_few_rows_are_not_said_to_need_more_than_they_take_in_memory() {
        let message = limit(1).working(5_000, 0).unwrap_err().to_string();
        assert!(message.contains("allow --memory-max 173MB"), "{message}");
        assert_eq!(limit(173).working(5_000, 0).unwrap(), None);
    }

    #[test]
    fn a_load_that_would_take_more_is_refused_before_the_run() {
        let loading = |megabytes: u64| Limit { loads: true, ..limit(megabytes) };
        let message = loading(1_000).working(1_000_000, 0).unwrap_err().to_string();
        assert!(message.contains("1000000 rows take at least 1250 MB of memory to be loaded"), "{message}");
        assert!(message.contains("allow --memory-max 1250MB, or upsert them with `guiyi load`"), "{message}");
        assert!(limit(1_000).working(1_000_000, 0).unwrap().is_some());
        assert!(loading(1_250).working(1_000_000, 0).unwrap().is_some(), "the run spills, the load fits");
    }

    #[test]
    fn a_working_memory_that_is_asked_for_spills_everything() {
        let limit = Limit { memory_max: None, working: Some(7), loads: true };
        assert_eq!((limit.working(1, 1).unwrap(), limit.left(1)), (Some(7), 7));
    }
}
