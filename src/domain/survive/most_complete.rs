//! The longest value survives: a full address rather than a city.

use std::cmp::Ordering;

use super::{Candidate, SurvivorshipRule};

/// Prefers more characters in the normal form.
pub struct MostComplete;

impl SurvivorshipRule for MostComplete {
    fn code(&self) -> &'static str {
        "most_complete"
    }

    fn prefer(&self, a: &Candidate, b: &Candidate) -> Ordering {
        a.normal.chars().count().cmp(&b.normal.chars().count())
    }
}
