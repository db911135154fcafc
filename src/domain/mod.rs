//! The pure core: raw records in, prepared records, match weights, clusters and golden profiles out.
//!
//! Nothing here knows a clock, file, socket, thread, random source, environment or wire format.
//! Reading order is the order of the five stages: `prepare` → `block` → `compare` + `score` → `cluster` → `survive`.

pub mod hash;
pub mod id;
pub mod date;
pub mod record;
pub mod finding;
pub mod text;
pub mod formats;
pub mod normalize;
pub mod quality;
pub mod check;
pub mod prepare;
pub mod features;
pub mod model;
pub mod block;
pub mod compare;
pub mod score;
pub mod cluster;
pub mod survive;
pub mod review;
pub mod event;
pub mod plan;
