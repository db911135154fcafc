//! guiyi 归一: customer data quality and deduplication.
//!
//! Reading order: [`domain`] is the pure core (prepare → block → compare and score → cluster → survive); everything else
//! is a thin shell around it that reads files, keeps a store, and talks to people and other systems.

pub mod domain;
pub mod error;

#[cfg(feature = "cli")]
pub mod bulk;
#[cfg(feature = "cli")]
pub mod catalog;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod engine;
#[cfg(feature = "grpc")]
pub mod jobs;
#[cfg(feature = "cli")]
pub mod loading;
#[cfg(feature = "grpc")]
pub mod service;
#[cfg(feature = "store")]
pub mod store;
#[cfg(feature = "cli")]
pub mod synth;
