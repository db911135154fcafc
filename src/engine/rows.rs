//! The rows that follow from records, edges and clusters, for all who write them: commands one by one, loading a run all at once.

use super::{FORMAT_VERSION, META};
use crate::catalog::models;
use crate::domain::cluster::Edge;
use crate::domain::cluster::judgement::Verdict;
use crate::domain::event::Event;
use crate::domain::features::Features;
use crate::domain::generic::{DeclaredValue, GenericMask, GenericOverride};
use crate::domain::id::{MatchWeight, ProfileId, RecordHandle, RecordPair, ReviewTaskId};
use crate::domain::model::MatchModel;
use crate::domain::plan::ChangeKind;
use crate::domain::record::RawRecord;
use crate::error::Result;
use crate::store::stored::{
    StoredChange, StoredEvent, StoredEvents, StoredJudgement, StoredMeta, StoredModel, StoredOverride, StoredProfile,
    StoredRecord, StoredRecordKey, StoredTask,
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

/// A decided question about a pair: what somebody said, and when.
pub(crate) struct Decision<'a> {
    /// The pair.
    pub(crate) pair: RecordPair,
    /// What it weighs.
    pub(crate) weight: MatchWeight,
    /// What was said.
    pub(crate) verdict: Verdict,
    /// Who said it.
    pub(crate) steward: &'a str,
    /// Why.
    pub(crate) reason: &'a str,
    /// When, in microseconds since 1970.
    pub(crate) micros: i64,
}

impl Decision<'_> {
    /// The task of a decision; `known` is the one that asked.
    pub(crate) fn task(&self, known: Option<&StoredTask>) -> StoredTask {
        StoredTask {
            left: self.pair.low().0,
            right: self.pair.high().0,
            weight: self.weight.0,
            state: super::review::STATE_APPLIED,
            steward: self.steward.to_owned(),
            lease_micros: 0,
            verdict: super::review::stored_verdict(self.verdict),
            reason: self.reason.to_owned(),
            decided_micros: self.micros,
            create_micros: known.map_or(self.micros, |known| known.create_micros),
            revision: known.map_or(0, |known| known.revision) + 1,
        }
    }
}

/// What somebody said of a pair that weighs what the model tells.
pub(crate) fn judgement(
    verdict: Verdict,
    steward: &str,
    reason: &str,
    model: &MatchModel,
    now_micros: i64,
) -> StoredJudgement {
    StoredJudgement {
        verdict: super::review::stored_verdict(verdict),
        steward: steward.to_owned(),
        reason: reason.to_owned(),
        model: model.version.to_string(),
        decided_micros: now_micros,
    }
}

/// What a person said about a value.
pub(crate) fn declared(declared: &DeclaredValue, reason: &str) -> StoredOverride {
    StoredOverride {
        rule: declared.rule.clone(),
        parts: declared.parts.clone(),
        generic: declared.said == GenericOverride::Generic,
        reason: reason.to_owned(),
    }
}

/// The same in the log; `None`: what was said before is withdrawn.
pub(crate) fn declaration((rule, parts): (&str, &[String]), said: Option<GenericOverride>, reason: &str) -> Event {
    Event::GenericValueOverridden(format!("{rule}: {}", parts.join(" ")), self::said(said), reason.to_owned())
}

/// What was said about a value, in a word.
pub(super) fn said(said: Option<GenericOverride>) -> &'static str {
    match said {
        Some(GenericOverride::Generic) => "generic",
        Some(GenericOverride::Specific) => "specific",
        None => "withdrawn",
    }
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
