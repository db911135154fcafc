//! Stage 1: a raw record becomes a prepared record with findings. Never fails.

use super::normalize::{self, Context};
use super::quality::cross_field;
use super::record::{PreparedRecord, RawRecord};

/// Validates and normalizes every attribute, then checks the attributes against each other.
pub fn prepare(raw: &RawRecord) -> PreparedRecord {
    let context = Context { reference_date: raw.observed_time.and_then(|time| time.date()) };
    let mut attributes = Vec::with_capacity(raw.attributes.len());
    for attribute in &raw.attributes {
        normalize::append(attribute, &context, &mut attributes);
    }
    cross_field::check(&mut attributes);
    PreparedRecord { key: raw.key.clone(), owner: raw.owner.clone(), observed_time: raw.observed_time, attributes }
}
