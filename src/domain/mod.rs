//! The pure core: raw records in, prepared records, match weights, clusters and golden profiles out.
//!
//! Nothing here knows a clock, file, socket, thread, random source, environment or wire format.
//! Reading order is the order of the five stages: `prepare` → `block` → `compare` + `score` → `cluster` → `survive`.

pub mod action;
pub mod block;
pub mod check;
pub mod cluster;
pub mod compare;
pub mod date;
pub mod event;
pub mod features;
pub mod finding;
pub mod formats;
pub mod generic;
pub mod hash;
pub mod id;
pub mod measure;
pub mod model;
pub mod normalize;
pub mod pin;
pub mod plan;
pub mod prepare;
pub mod quality;
pub mod query;
pub mod record;
pub mod relation;
pub mod review;
pub mod score;
pub mod survive;
pub mod text;
