//! The rows that stand under profiles, and the log and feed that tell how they came into being.

use super::records::Name;
use super::{ACTOR, RECORDS_A_FILE, Rows};
use crate::domain::cluster::identity::Assignment;
use crate::domain::event::Event;
use crate::domain::id::RecordKey;
use crate::engine::rows;
use crate::error::Result;
use crate::store::stored::{StoredFeed, StoredRecordKey};
use crate::store::{Space, codec, keys};

/// Profiles that one entry of the feed is about: as if so many customers had come in one batch.
const PROFILES_AN_ENTRY: usize = 64;
/// Profiles whose rows one thread makes in one go.
const PROFILES_A_FILE: usize = RECORDS_A_FILE.next_multiple_of(PROFILES_AN_ENTRY);

/// Writes the rows; `names` are those of the records, by position.
pub(super) fn profiles(rows: &Rows<'_>, names: &[Name]) -> Result<()> {
    let assignments = &rows.run.cleansed.found.assignments;
    super::stretches(assignments.len(), PROFILES_A_FILE, |range| {
        let first = range.start / PROFILES_AN_ENTRY;
        stretch(rows, names, assignments.get(range).unwrap_or_default(), first as u64 + 1)
    })?;
    Ok(())
}

/// The number under which the log goes on after the profiles.
pub(super) fn next_sequence(rows: &Rows<'_>) -> u64 {
    rows.run.cleansed.found.assignments.len().div_ceil(PROFILES_AN_ENTRY) as u64 + 1
}

fn stretch(rows: &Rows<'_>, names: &[Name], assignments: &[Assignment], first_sequence: u64) -> Result<()> {
    let packed = &rows.run.cleansed.prepared.packed;
    let (model, micros) = (&rows.run.cleansed.model, rows.run.now.micros);
    let (mut profiles, mut feed, mut log) =
        (rows.target.rows(Space::Profiles)?, rows.target.rows(Space::Feed)?, rows.target.rows(Space::Events)?);
    for (sequence, entry) in (first_sequence..).zip(assignments.chunks(PROFILES_AN_ENTRY)) {
        let (mut changes, mut events) = (Vec::with_capacity(entry.len()), Vec::with_capacity(entry.len()));
        for Assignment { profile, members, .. } in entry {
            let stored = rows::founded_profile(model, members, micros);
            profiles.put(&profile.0.to_be_bytes(), &codec::encode(&stored))?;
            let named = members.iter().filter_map(|member| names.get(packed.position(*member)?));
            let named: Vec<StoredRecordKey> = named
                .map(|(source, id)| StoredRecordKey { source: source.to_string(), record_id: id.to_string() })
                .collect();
            let upserted = |key: &StoredRecordKey| {
                Event::RecordUpserted(RecordKey::new(key.source.as_str(), key.record_id.as_str()))
            };
            events.extend(named.iter().map(upserted));
            changes.push(rows::founded_change(*profile, named));
        }
        let sequence = keys::sequence(sequence);
        feed.put(&sequence, &codec::encode(&StoredFeed { micros, changes }))?;
        log.put(&sequence, &codec::encode(&rows::events(ACTOR, micros, &events)))?;
    }
    for rows in [profiles, feed, log] {
        rows.end()?;
    }
    Ok(())
}
