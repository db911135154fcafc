//! The value that a source confirmed last survives.

use std::cmp::Ordering;

use super::{Candidate, SurvivorshipRule};

/// Prefers the later confirmation; a known time beats none.
pub struct MostRecent;

impl SurvivorshipRule for MostRecent {
    fn code(&self) -> &'static str {
        "most_recent"
    }

    fn prefer(&self, a: &Candidate, b: &Candidate) -> Ordering {
        a.observed_time.cmp(&b.observed_time)
    }
}
