//! Bulk runs: files in, the five stages over all records in parallel, files out. No store on this path.

pub mod blocking;
pub mod blocks;
pub mod change;
pub mod cleansing;
pub mod diff;
pub mod evaluate;
pub mod explain;
pub mod features;
pub mod gate;
pub mod input;
pub mod keys;
pub mod map;
pub mod parquet_file;
pub mod pipeline;
pub mod probe;
pub mod profile;
pub mod reader;
pub mod report;
pub mod spill;
pub mod spool;
pub mod train;
pub mod workbook;
pub mod writer;
