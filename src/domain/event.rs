//! The ground-state vocabulary: what happened, in the order in which it happened.

use super::cluster::judgement::Verdict;
use super::id::{ModelVersion, RecordKey, ReviewTaskId};
use super::record::AttributeKind;

/// Something that happened. The log is append-only; derived state follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A source delivered a record for the first time or with new content.
    RecordUpserted(RecordKey),
    /// A record was deleted on request.
    RecordDeleted(RecordKey),
    /// A steward took a review task.
    TaskClaimed(ReviewTaskId),
    /// A steward gave a review task back.
    TaskReleased(ReviewTaskId),
    /// A steward decided.
    TaskDecided(ReviewTaskId, Verdict),
    /// A decision was withdrawn.
    DecisionUndone(ReviewTaskId),
    /// A person said that a value is generic or specific, or withdrew it: the value, what was said, why.
    GenericValueOverridden(String, &'static str, String),
    /// A person pinned a value of a record, the kind is given, or took a pin away.
    ValuePinned(RecordKey, AttributeKind),
    /// See [`Self::ValuePinned`].
    ValueUnpinned(RecordKey, AttributeKind),
    /// A match model came.
    ModelCreated(ModelVersion),
    /// Somebody asked for a match model; false: only what it would change.
    ModelRequested(ModelVersion, bool),
    /// A match model came into force.
    ModelActivated(ModelVersion),
}

impl Event {
    /// The stable name in the log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::RecordUpserted(_) => "record_upserted",
            Self::RecordDeleted(_) => "record_deleted",
            Self::TaskClaimed(_) => "task_claimed",
            Self::TaskReleased(_) => "task_released",
            Self::TaskDecided(..) => "task_decided",
            Self::DecisionUndone(_) => "decision_undone",
            Self::GenericValueOverridden(..) => "generic_value_overridden",
            Self::ValuePinned(..) => "value_pinned",
            Self::ValueUnpinned(..) => "value_unpinned",
            Self::ModelCreated(_) => "model_created",
            Self::ModelRequested(..) => "model_requested",
            Self::ModelActivated(_) => "model_activated",
        }
    }

    /// What it is about.
    pub fn subject(&self) -> String {
        match self {
            Self::RecordUpserted(key)
            | Self::RecordDeleted(key)
            | Self::ValuePinned(key, _)
            | Self::ValueUnpinned(key, _) => key.to_string(),
            Self::ModelCreated(model) | Self::ModelRequested(model, _) | Self::ModelActivated(model) => {
                model.to_string()
            }
            Self::GenericValueOverridden(value, ..) => value.clone(),
            Self::TaskClaimed(id) | Self::TaskReleased(id) | Self::TaskDecided(id, _) | Self::DecisionUndone(id) => {
                id.to_string()
            }
        }
    }

    /// What else belongs to it.
    pub fn detail(&self) -> String {
        match self {
            Self::TaskDecided(_, verdict) => verdict.code().to_owned(),
            Self::GenericValueOverridden(_, said, reason) if reason.is_empty() => (*said).to_owned(),
            Self::GenericValueOverridden(_, said, reason) => format!("{said}: {reason}"),
            // The value itself is personal: it is in the record.
            Self::ValuePinned(_, kind) | Self::ValueUnpinned(_, kind) => kind.code().to_owned(),
            Self::ModelRequested(_, false) => "dry_run".to_owned(),
            _ => String::new(),
        }
    }
}
