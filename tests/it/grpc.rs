//! The gRPC services, in process, through the generated clients.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod contract;
mod explain;
mod jobs;
mod online;
mod records;
mod review;
mod server;
mod upserts;
