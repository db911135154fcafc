//! The rows that follow from records, edges and clusters, for all who write them: commands one by one, loading a run all at once.

use super::{FORMAT_VERSION, META};
use crate::catalog::models;
use crate::domain::cluster::Edge;
use crate::domain::event::Event;
use crate::domain::features::Features;
use crate::domain::generic::GenericMask;
use crate::domain::id::{ProfileId, RecordHandle, ReviewTaskId};
use crate::domain::model::MatchModel;
use crate::domain::plan::ChangeKind;
use crate::domain::record::RawRecord;
use crate::error::Result;
use crate::store::stored::{
    StoredChange, StoredEvent, StoredEvents, StoredMeta, StoredModel, StoredProfile, StoredRecord, StoredRecordKey,
    StoredTask,
};
use crate::store::{Batch, Space, codec};

/// Under which name a model's frequency file goes in its text.
pub(super) const FREQUENCIES: &str = "model.frequencies.tsv";

/// A record that is new to the store, if it keeps to the limits of the store.
pub(crate) fn new_record(raw: &RawRecord, now_micros: i64) -> Result<StoredRecord> {
    super::command::check_record(raw)?;
    Ok(StoredRecord { revision: 1, create_micros: now_micros, update_micros: now_micros, ..StoredRecord::of(raw) })
}

/// The row of features: the two texts of the record's key, each after its length, which values are generic, then the packed features.
pub(crate) fn features(source: &str, record_id: &str, generic: GenericMask, packed: &[u8]) -> Vec<u8> {
    let mut row = Vec::with_capacity(source.len() + record_id.len() + packed.len() + 16);
    for text in [source, record_id] {
        // Ids are at most `ID_BYTES_MAX` long.
        row.extend_from_slice(&(text.len() as u16).to_be_bytes());
        row.extend_from_slice(text.as_bytes());
    }
    row.push(u8::from(!generic.is_empty()));
    if !generic.is_empty() {
        row.extend_from_slice(&generic.to_bytes());
    }
    row.extend_from_slice(packed);
    row
}

/// The digits by which half-typed numbers find a record.
pub(super) fn phone_digits(features: &Features) -> impl Iterator<Item = &str> {
    features.phones.iter().filter_map(|phone| digits(&phone.e164))
}

/// The digits of a telephone number in E.164.
pub(crate) fn digits(e164: &str) -> Option<&str> {
    e164.strip_prefix('+')
}

/// A profile that was founded on records, which ascend.
pub(crate) fn founded_profile(model: &MatchModel, members: &[RecordHandle], now_micros: i64) -> StoredProfile {
    StoredProfile {
        revision: 1,
        create_micros: now_micros,
        update_micros: now_micros,
        model: model.version.to_string(),
        records: members.iter().map(|member| member.0).collect(),
    }
}

/// What followers are told of a profile that was founded.
pub(crate) fn founded_change(profile: ProfileId, after: Vec<StoredRecordKey>) -> StoredChange {
    StoredChange { kind: ChangeKind::Created.number(), profile: profile.0, after, ..StoredChange::default() }
}

/// A question about a pair that nobody has looked at.
pub(crate) fn open_task(edge: &Edge, now_micros: i64) -> (ReviewTaskId, StoredTask) {
    let task = StoredTask {
        left: edge.pair.low().0,
        right: edge.pair.high().0,
        weight: edge.weight.0,
        state: super::review::STATE_OPEN,
        create_micros: now_micros,
        revision: 1,
        ..StoredTask::default()
    };
    (ReviewTaskId::about(edge.pair), task)
}

/// What happened in one command, for the log.
pub(crate) fn events(actor: &str, micros: i64, events: &[Event]) -> StoredEvents {
    let events = events.iter().map(|event| StoredEvent {
        kind: event.code().to_owned(),
        subject: event.subject(),
        detail: event.detail(),
    });
    StoredEvents { actor: actor.to_owned(), micros, events: events.collect() }
}

/// A model as a store keeps it.
pub(crate) fn model(model: &MatchModel, now_micros: i64) -> StoredModel {
    let (text, frequencies) = models::render(model, FREQUENCIES);
    StoredModel { text, frequencies, create_micros: now_micros }
}

/// What makes an empty folder a store that is bound to a model.
pub(crate) fn binding(bound: &MatchModel, now_micros: i64) -> Batch {
    let name = bound.version.to_string();
    let meta = StoredMeta { format_version: FORMAT_VERSION, model: name.clone(), ..StoredMeta::default() };
    let writes = vec![
        (Space::Models, name.into_bytes(), Some(codec::encode(&model(bound, now_micros)))),
        (Space::Meta, META.to_vec(), Some(codec::encode(&meta))),
    ];
    Batch { cleared: Vec::new(), writes }
}
