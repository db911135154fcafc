//! Bulk runs: files in, the five stages over all records in parallel, files out. No store on this path.

pub mod blocking;
pub mod change;
pub mod diff;
pub mod evaluate;
pub mod explain;
pub mod gate;
pub mod input;
pub mod map;
pub mod parquet_file;
pub mod pipeline;
pub mod profile;
pub mod quality;
pub mod reader;
pub mod report;
pub mod train;
pub mod writer;
