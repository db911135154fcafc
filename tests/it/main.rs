//! The one integration binary: every further one would link RocksDB once more.

// A test that meets what it does not expect must fail at once.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod allocations;
mod bulk_equals_online;
mod bulk_files;
mod bulk_inputs;
mod bulk_results;
mod bulk_resume;
mod bulk_since;
mod bulk_spill;
mod cases;
mod cli;
mod conformance;
#[cfg(all(feature = "grpc", feature = "rocks"))]
mod crash;
mod datasets;
mod determinism;
mod documents;
mod explain;
mod families;
mod generic_values;
#[cfg(all(feature = "grpc", feature = "rocks"))]
mod grpc;
mod guards;
#[cfg(feature = "rocks")]
mod loading;
mod measure;
mod model;
mod name_pairs;
#[cfg(all(feature = "grpc", feature = "rocks"))]
mod python;
mod regroup;
mod retention;
mod scoring;
mod senzing;
mod store_contract;
mod store_format;
mod support;
mod tidy;
mod trap_columns;
mod trap_files;
mod traps;
mod updaters;
