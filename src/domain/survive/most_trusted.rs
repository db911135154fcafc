//! The value of the most trusted source survives.

use std::cmp::Ordering;

use super::{Candidate, SurvivorshipRule};

/// Prefers the higher trust.
pub struct MostTrusted;

impl SurvivorshipRule for MostTrusted {
    fn code(&self) -> &'static str {
        "most_trusted"
    }

    fn prefer(&self, a: &Candidate, b: &Candidate) -> Ordering {
        a.trust.cmp(&b.trust)
    }
}
