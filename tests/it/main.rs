//! The one integration binary: every further one would link RocksDB once more.

mod bulk_equals_online;
mod cases;
mod cli;
#[cfg(all(feature = "grpc", feature = "rocks"))]
mod crash;
mod datasets;
#[cfg(all(feature = "grpc", feature = "rocks"))]
mod grpc;
#[cfg(all(feature = "grpc", feature = "rocks"))]
mod python;
mod store_contract;
mod support;
mod tidy;
