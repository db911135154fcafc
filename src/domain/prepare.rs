//! Stage 1: a raw record becomes a prepared record with findings. Never fails.

use super::normalize::{self, Context};
use super::quality::cross_field;
use super::record::{Attribute, AttributeKind, PreparedRecord, RawRecord};

/// Records that [`prepare_all`] takes at a time: the larger the better until their attributes no longer fit the caches.
pub const TOGETHER: usize = 512;

/// Validates and normalizes every attribute, then checks the attributes against each other.
pub fn prepare(raw: &RawRecord) -> PreparedRecord {
    let context = context(raw);
    let mut attributes = Vec::with_capacity(raw.attributes.len());
    for attribute in &raw.attributes {
        normalize::append(attribute, &context, &mut attributes);
    }
    checked(raw, attributes)
}

/// Prepares each record as [`prepare`] does, in the same order. Kind after kind: a record at a time runs through the code and
/// tables of every normalizer before it needs the first one again, which takes 5 to 10 % longer (`guiyi bench prepare`).
pub fn prepare_all(raw: &[RawRecord]) -> Vec<PreparedRecord> {
    let mut prepared = Vec::with_capacity(raw.len());
    for records in raw.chunks(TOGETHER) {
        prepare_together(records, &mut prepared);
    }
    prepared
}

/// The attributes that came of one raw attribute, among all of a kind.
#[derive(Clone, Copy, Default)]
struct Made {
    start: usize,
    count: usize,
}

/// Every position below was taken from the records themselves, or from the length of what it points into.
fn prepare_together(records: &[RawRecord], out: &mut Vec<PreparedRecord>) {
    let mut by_kind = [const { Vec::new() }; AttributeKind::ALL.len()];
    for (record, raw) in records.iter().enumerate() {
        for (position, attribute) in raw.attributes.iter().enumerate() {
            by_kind[attribute.kind as usize].push((record, position));
        }
    }
    let contexts: Vec<Context> = records.iter().map(context).collect();
    let mut made: Vec<Vec<Made>> = records.iter().map(|raw| vec![Made::default(); raw.attributes.len()]).collect();
    let mut attributes: Vec<Attribute> = Vec::with_capacity(by_kind.iter().map(Vec::len).sum());
    for (record, position) in by_kind.into_iter().flatten() {
        let start = attributes.len();
        normalize::append(&records[record].attributes[position], &contexts[record], &mut attributes);
        made[record][position] = Made { start, count: attributes.len() - start };
    }
    let mut attributes: Vec<Option<Attribute>> = attributes.into_iter().map(Some).collect();
    out.extend(records.iter().zip(made).map(|(raw, made)| {
        let mut own = Vec::with_capacity(made.iter().map(|made| made.count).sum());
        for Made { start, count } in made {
            own.extend(attributes[start..start + count].iter_mut().filter_map(Option::take));
        }
        checked(raw, own)
    }));
}

fn context(raw: &RawRecord) -> Context {
    Context { reference_date: raw.observed_time.and_then(|time| time.date()) }
}

fn checked(raw: &RawRecord, mut attributes: Vec<Attribute>) -> PreparedRecord {
    cross_field::check(&mut attributes);
    PreparedRecord { key: raw.key.clone(), owner: raw.owner.clone(), observed_time: raw.observed_time, attributes }
}
