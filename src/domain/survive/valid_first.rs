//! A valid value survives a suspect one, a suspect one an invalid one.

use std::cmp::Ordering;

use super::{Candidate, SurvivorshipRule};

/// Prefers the better verdict.
pub struct ValidFirst;

impl SurvivorshipRule for ValidFirst {
    fn code(&self) -> &'static str {
        "valid_first"
    }

    fn prefer(&self, a: &Candidate, b: &Candidate) -> Ordering {
        b.validity.cmp(&a.validity)
    }
}
