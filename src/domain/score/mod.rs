//! Stage 3b: a comparison vector becomes a match weight that can be explained.

pub mod corroboration;
pub mod em;
pub mod explain;
pub mod fellegi_sunter;
pub mod flip;
pub mod prefilter;
pub mod sketched;
pub mod term_frequency;

pub use fellegi_sunter::{Evidence, Odds, Scored, evidence, score};
pub use prefilter::{Weighed, reaches, weigh, weigh_from};
