//! The value that most records have survives.

use std::cmp::Ordering;

use super::{Candidate, SurvivorshipRule};

/// Prefers the larger number of records.
pub struct MostFrequent;

impl SurvivorshipRule for MostFrequent {
    fn code(&self) -> &'static str {
        "most_frequent"
    }

    fn prefer(&self, a: &Candidate, b: &Candidate) -> Ordering {
        a.record_count.cmp(&b.record_count)
    }
}
