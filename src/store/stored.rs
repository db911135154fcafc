//! The types on disk: tagged messages that later releases can extend. Tags are for ever; never reuse one.

use smol_str::SmolStr;

use crate::domain::date::{DateOrder, Timestamp};
use crate::domain::id::RecordKey;
use crate::domain::record::{AttributeKind, Part, RawAttribute, RawRecord};

/// What the store is and which model derived its contents.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredMeta {
    /// Layout of the keys and values; see `engine::FORMAT_VERSION`.
    #[prost(uint32, tag = "1")]
    pub format_version: u32,
    /// `name@version` of the match model in force.
    #[prost(string, tag = "2")]
    pub model: String,
    /// The edges in force are those of `EdgesNext`, the next model's those of `Edges`.
    #[prost(bool, tag = "3")]
    pub edges_swapped: bool,
    /// The model under evaluation.
    #[prost(message, optional, tag = "4")]
    pub evaluation: Option<StoredEvaluation>,
}

/// How far the evaluation of a model has come.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredEvaluation {
    /// `name@version`.
    #[prost(string, tag = "1")]
    pub model: String,
    /// Records up to this handle have all their edges; none yet when absent.
    #[prost(fixed64, optional, tag = "2")]
    pub cursor: Option<u64>,
    /// Records that have.
    #[prost(uint64, tag = "3")]
    pub records: u64,
    /// All have.
    #[prost(bool, tag = "4")]
    pub done: bool,
    /// Put it in force when done.
    #[prost(bool, tag = "5")]
    pub activate: bool,
    /// What it would change, once done.
    #[prost(message, optional, tag = "6")]
    pub difference: Option<StoredDifference>,
}

/// What a change of the model does to profiles.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredDifference {
    /// Profiles that take over others.
    #[prost(uint64, tag = "1")]
    pub merged: u64,
    /// Profiles that come into being out of others.
    #[prost(uint64, tag = "2")]
    pub split: u64,
    /// Profiles that are taken over.
    #[prost(uint64, tag = "3")]
    pub redirected: u64,
    /// Profiles whose records change otherwise.
    #[prost(uint64, tag = "4")]
    pub changed: u64,
    /// The largest of these changes.
    #[prost(message, repeated, tag = "5")]
    pub largest: Vec<StoredChange>,
}

/// A match model as its files say it.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredModel {
    /// The model file.
    #[prost(string, tag = "1")]
    pub text: String,
    /// The frequency file beside it.
    #[prost(string, optional, tag = "2")]
    pub frequencies: Option<String>,
    /// When it came, in microseconds since 1970.
    #[prost(int64, tag = "3")]
    pub create_micros: i64,
}

/// What a person said about a generic value.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredOverride {
    /// The blocking rule.
    #[prost(string, tag = "1")]
    pub rule: String,
    /// The value, part by part as the rule reads it.
    #[prost(string, repeated, tag = "2")]
    pub parts: Vec<String>,
    /// It is generic; otherwise it is specific.
    #[prost(bool, tag = "3")]
    pub generic: bool,
    /// Why.
    #[prost(string, tag = "4")]
    pub reason: String,
}

/// A value of a record that a person pinned.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredPin {
    /// Code of the attribute kind.
    #[prost(string, tag = "1")]
    pub kind: String,
    /// Document format, network or label; empty for most kinds.
    #[prost(string, tag = "2")]
    pub qualifier: String,
    /// The value's normal form.
    #[prost(string, tag = "3")]
    pub normal: String,
    /// When, in microseconds since 1970.
    #[prost(int64, tag = "4")]
    pub pin_micros: i64,
}

/// A record as delivered.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredRecord {
    /// Source.
    #[prost(string, tag = "1")]
    pub source: String,
    /// Id within the source.
    #[prost(string, tag = "2")]
    pub record_id: String,
    /// Who looks after the customer; empty when nobody does.
    #[prost(string, tag = "3")]
    pub owner: String,
    /// Microseconds since 1970.
    #[prost(int64, optional, tag = "4")]
    pub observed_micros: Option<i64>,
    /// Attributes in the order delivered.
    #[prost(message, repeated, tag = "5")]
    pub attributes: Vec<StoredAttribute>,
    /// Counts up from 1 with every change.
    #[prost(uint64, tag = "6")]
    pub revision: u64,
    /// First written, in microseconds since 1970.
    #[prost(int64, tag = "7")]
    pub create_micros: i64,
    /// Last changed, in microseconds since 1970.
    #[prost(int64, tag = "8")]
    pub update_micros: i64,
}

/// One attribute as delivered.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredAttribute {
    /// [`AttributeKind::code`].
    #[prost(string, tag = "1")]
    pub kind: String,
    /// Label.
    #[prost(string, tag = "2")]
    pub label: String,
    /// Document format; empty when not known.
    #[prost(string, tag = "3")]
    pub format: String,
    /// Default region; empty when not known.
    #[prost(string, tag = "4")]
    pub country: String,
    /// `ymd`, `dmy`, `mdy` or empty.
    #[prost(string, tag = "5")]
    pub order: String,
    /// Texts.
    #[prost(message, repeated, tag = "6")]
    pub parts: Vec<StoredPart>,
}

/// One text of an attribute.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredPart {
    /// [`Part::code`].
    #[prost(string, tag = "1")]
    pub part: String,
    /// The text.
    #[prost(string, tag = "2")]
    pub text: String,
}

/// A profile. Its golden values are a function of its members and are not stored.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredProfile {
    /// Counts up from 1 with every change of members or their values.
    #[prost(uint64, tag = "1")]
    pub revision: u64,
    /// Founded, in microseconds since 1970.
    #[prost(int64, tag = "2")]
    pub create_micros: i64,
    /// Last changed, in microseconds since 1970.
    #[prost(int64, tag = "3")]
    pub update_micros: i64,
    /// The model that clustered it.
    #[prost(string, tag = "4")]
    pub model: String,
    /// Handles of its records, ascending.
    #[prost(fixed64, repeated, tag = "5")]
    pub records: Vec<u64>,
}

/// A profile that was absorbed by another.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredAbsorbed {
    /// Handles of the records that it had.
    #[prost(fixed64, repeated, tag = "1")]
    pub records: Vec<u64>,
    /// Its revision, which goes on when a split gives it back.
    #[prost(uint64, tag = "2")]
    pub revision: u64,
    /// When it was founded, in microseconds since 1970.
    #[prost(int64, tag = "3")]
    pub create_micros: i64,
}

/// What a person said about a pair.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredJudgement {
    /// 1 positive, 2 negative, 3 unsure.
    #[prost(uint32, tag = "1")]
    pub verdict: u32,
    /// Who.
    #[prost(string, tag = "2")]
    pub steward: String,
    /// Why.
    #[prost(string, tag = "3")]
    pub reason: String,
    /// The model whose score the person saw.
    #[prost(string, tag = "4")]
    pub model: String,
    /// When, in microseconds since 1970.
    #[prost(int64, tag = "5")]
    pub decided_micros: i64,
}

/// A review task.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredTask {
    /// Smaller record handle.
    #[prost(fixed64, tag = "1")]
    pub left: u64,
    /// Larger record handle.
    #[prost(fixed64, tag = "2")]
    pub right: u64,
    /// Match weight in milli-bits when the task was last refreshed.
    #[prost(sint32, tag = "3")]
    pub weight: i32,
    /// 1 open, 2 claimed, 3 applied.
    #[prost(uint32, tag = "4")]
    pub state: u32,
    /// Holder or decider.
    #[prost(string, tag = "5")]
    pub steward: String,
    /// End of the lease, in microseconds since 1970.
    #[prost(int64, tag = "6")]
    pub lease_micros: i64,
    /// As in [`StoredJudgement`].
    #[prost(uint32, tag = "7")]
    pub verdict: u32,
    /// Why.
    #[prost(string, tag = "8")]
    pub reason: String,
    /// When decided, in microseconds since 1970.
    #[prost(int64, tag = "9")]
    pub decided_micros: i64,
    /// When the question came up, in microseconds since 1970.
    #[prost(int64, tag = "10")]
    pub create_micros: i64,
    /// Counts up from 1 with every change.
    #[prost(uint64, tag = "11")]
    pub revision: u64,
}

/// The answer to a request, kept so that a repetition gets it again.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredAnswer {
    /// Hash of the command: the same request id with another command is an error.
    #[prost(fixed64, tag = "1")]
    pub fingerprint: u64,
    /// When it was given, in microseconds since 1970.
    #[prost(int64, tag = "2")]
    pub answer_micros: i64,
    /// Revision of the record or task after the command; 0 when it is gone.
    #[prost(uint64, tag = "3")]
    pub revision: u64,
    /// How the record was resolved, for upserts.
    #[prost(message, optional, tag = "4")]
    pub resolution: Option<StoredResolution>,
    /// The task after the command, for review commands.
    #[prost(message, optional, tag = "5")]
    pub task: Option<StoredTask>,
    /// First and last change of the record, in microseconds since 1970.
    #[prost(int64, tag = "6")]
    pub create_micros: i64,
    /// See `create_micros`.
    #[prost(int64, tag = "7")]
    pub update_micros: i64,
    /// The stored record was of a later observation and stayed.
    #[prost(bool, tag = "8")]
    pub outdated: bool,
    /// The profiles after a merge or split.
    #[prost(fixed64, repeated, tag = "9")]
    pub profiles: Vec<u64>,
    /// The decisions that it consists of.
    #[prost(fixed64, repeated, tag = "10")]
    pub decisions: Vec<u64>,
}

/// How an upsert was resolved.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredResolution {
    /// 1 new profile, 2 matched, 3 possible match.
    #[prost(uint32, tag = "1")]
    pub outcome: u32,
    /// The record's profile.
    #[prost(fixed64, tag = "2")]
    pub profile: u64,
    /// The best candidates.
    #[prost(message, repeated, tag = "3")]
    pub candidates: Vec<StoredCandidate>,
    /// Review tasks about the record.
    #[prost(fixed64, repeated, tag = "4")]
    pub tasks: Vec<u64>,
    /// Its component was over the limit and was cut first.
    #[prost(bool, tag = "5")]
    pub cut_to_limit: bool,
}

/// One candidate of a resolution.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredCandidate {
    /// Source of the candidate record.
    #[prost(string, tag = "1")]
    pub source: String,
    /// Its id.
    #[prost(string, tag = "2")]
    pub record_id: String,
    /// Its profile.
    #[prost(fixed64, tag = "3")]
    pub profile: u64,
    /// Match weight in milli-bits.
    #[prost(sint32, tag = "4")]
    pub weight: i32,
    /// The evidence forbids a merge.
    #[prost(bool, tag = "5")]
    pub cannot_link: bool,
}

/// What one command did.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredEvents {
    /// Who caused it; empty for callers without a name.
    #[prost(string, tag = "1")]
    pub actor: String,
    /// When, in microseconds since 1970.
    #[prost(int64, tag = "2")]
    pub micros: i64,
    /// The events, in their order.
    #[prost(message, repeated, tag = "3")]
    pub events: Vec<StoredEvent>,
}

/// One event.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredEvent {
    /// [`crate::domain::event::Event::code`].
    #[prost(string, tag = "1")]
    pub kind: String,
    /// The record or task that it is about.
    #[prost(string, tag = "2")]
    pub subject: String,
    /// Verdict and the like.
    #[prost(string, tag = "3")]
    pub detail: String,
}

/// What became of profiles through one command.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredFeed {
    /// When, in microseconds since 1970.
    #[prost(int64, tag = "1")]
    pub micros: i64,
    /// The changes, in their order.
    #[prost(message, repeated, tag = "2")]
    pub changes: Vec<StoredChange>,
}

/// What became of one profile.
#[derive(Clone, PartialEq, prost::Message)]
pub struct StoredChange {
    /// [`crate::domain::plan::ChangeKind::number`].
    #[prost(uint32, tag = "1")]
    pub kind: u32,
    /// The profile.
    #[prost(fixed64, tag = "2")]
    pub profile: u64,
    /// Where its id leads now, or the profile that it was split from; 0 when neither applies.
    #[prost(fixed64, tag = "3")]
    pub other: u64,
    /// Its records before.
    #[prost(message, repeated, tag = "4")]
    pub before: Vec<StoredRecordKey>,
    /// Its records after.
    #[prost(message, repeated, tag = "5")]
    pub after: Vec<StoredRecordKey>,
}

/// Where the feed begins.
#[derive(Clone, Copy, PartialEq, prost::Message)]
pub struct StoredFeedStart {
    /// The last entry that is no longer kept; 0 when all are.
    #[prost(uint64, tag = "1")]
    pub pruned: u64,
}

/// The key of a record.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub struct StoredRecordKey {
    /// Source.
    #[prost(string, tag = "1")]
    pub source: String,
    /// Id within the source.
    #[prost(string, tag = "2")]
    pub record_id: String,
}

impl StoredRecord {
    /// Takes a raw record; revision and times are the caller's.
    pub fn of(raw: &RawRecord) -> Self {
        Self {
            source: raw.key.source.0.clone(),
            record_id: raw.key.record_id.clone(),
            owner: raw.owner.clone().unwrap_or_default(),
            observed_micros: raw.observed_time.map(|time| time.micros),
            attributes: raw.attributes.iter().map(StoredAttribute::of).collect(),
            ..Self::default()
        }
    }

    /// The record's key.
    pub fn key(&self) -> RecordKey {
        RecordKey::new(self.source.clone(), self.record_id.clone())
    }

    /// The raw record. Kinds and parts that this release does not know are left out.
    pub fn raw(&self) -> RawRecord {
        RawRecord {
            key: self.key(),
            owner: Some(self.owner.clone()).filter(|owner| !owner.is_empty()),
            observed_time: self.observed_micros.map(|micros| Timestamp { micros }),
            attributes: self.attributes.iter().filter_map(StoredAttribute::raw).collect(),
        }
    }
}

impl StoredAttribute {
    fn of(raw: &RawAttribute) -> Self {
        let order = match raw.order {
            Some(DateOrder::Ymd) => "ymd",
            Some(DateOrder::Dmy) => "dmy",
            Some(DateOrder::Mdy) => "mdy",
            None => "",
        };
        Self {
            kind: raw.kind.code().to_owned(),
            label: raw.label.to_string(),
            format: raw.format.clone().unwrap_or_default().into(),
            country: raw.country.clone().unwrap_or_default().into(),
            order: order.to_owned(),
            parts: raw
                .parts
                .iter()
                .map(|(part, text)| StoredPart { part: part.code().to_owned(), text: text.to_string() })
                .collect(),
        }
    }

    fn raw(&self) -> Option<RawAttribute> {
        let filled = |text: &str| Some(SmolStr::new(text)).filter(|text| !text.is_empty());
        let parts = self.parts.iter().filter_map(|part| Some((Part::from_code(&part.part)?, SmolStr::new(&part.text))));
        Some(RawAttribute {
            kind: AttributeKind::from_code(&self.kind)?,
            label: SmolStr::new(&self.label),
            format: filled(&self.format),
            country: filled(&self.country),
            order: DateOrder::from_code(&self.order),
            parts: parts.collect(),
        })
    }
}
