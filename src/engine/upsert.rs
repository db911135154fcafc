//! `upsert`: a record comes in, its customer is known or founded, and the answer is on disk before it leaves.

use std::collections::BTreeMap;
use std::sync::Arc;

use prost::Message;

use super::Engine;
use super::ahead::Ahead;
use super::command::{check_etag, check_record, check_same_key, fingerprint, record_name};
use super::commit::Scope;
use super::generation::Generations;
use super::hot::HotRecord;
use super::intake::joined;
use super::neighbourhood::other_end;
use crate::domain::event::Event;
use crate::domain::id::{MatchWeight, ProfileId, RecordHandle, RecordKey, ReviewTaskId};
use crate::domain::prepare::prepare;
use crate::domain::record::{PreparedRecord, RawRecord};
use crate::error::Result;
use crate::store::stored::{StoredAnswer, StoredCandidate, StoredRecord, StoredResolution};
use crate::store::{Durability, Space, keys};

/// Records of a stream or batch that are committed together. Whoever waits for the lock waits until they are done.
pub(super) const BATCH_COMMANDS_MAX: usize = 16;

/// Candidates listed in an answer, heaviest first.
pub const ANSWER_CANDIDATES_MAX: usize = 10;

/// A record to write.
#[derive(Clone, Debug)]
pub struct UpsertCommand {
    /// The same id gives the same answer; empty: no such promise.
    pub request_id: String,
    /// The record.
    pub record: RawRecord,
    /// The revision that the caller knows; empty: whatever it is.
    pub etag: String,
}

impl UpsertCommand {
    /// Writes a record, whatever is stored under its key.
    pub fn of(record: RawRecord) -> Self {
        Self { request_id: String::new(), record, etag: String::new() }
    }
}

/// A record to write, with what matching needs of it.
pub(super) struct Incoming {
    request_id: String,
    etag: String,
    stored: StoredRecord,
    /// A hash of all that the command says.
    fingerprint: u64,
    /// The models for which `hot` was made.
    generations: Generations,
    hot: Arc<HotRecord>,
    /// What was found out about other records.
    pub(super) ahead: Option<Ahead>,
}

impl Incoming {
    pub(super) fn hot(&self) -> &HotRecord {
        &self.hot
    }

    /// Whether it was made for the models of a scope.
    pub(super) fn is_for(&self, scope: &Scope<'_>) -> bool {
        self.generations.models_are(&scope.active, scope.next.as_ref())
    }
}

/// How a record was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody like this customer was known.
    NewProfile,
    /// The customer is known: the record joined other records.
    Matched,
    /// Somebody like this customer is known; a person should look.
    PossibleMatch,
}

/// A record that may be of the same customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The record.
    pub key: RecordKey,
    /// Its profile.
    pub profile: ProfileId,
    /// What the pair weighs.
    pub weight: MatchWeight,
    /// The evidence forbids a merge.
    pub cannot_link: bool,
}

/// The customer that a record belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// How the record was resolved.
    pub outcome: Outcome,
    /// Its profile.
    pub profile: ProfileId,
    /// The best candidates, heaviest first.
    pub candidates: Vec<Candidate>,
    /// Review tasks about the record.
    pub tasks: Vec<ReviewTaskId>,
    /// The records that hang together with it are more than the limit, so that they were first cut at rising thresholds.
    pub cut_to_limit: bool,
}

/// The answer to an upsert.
#[derive(Clone, Debug)]
pub struct UpsertAnswer {
    /// The record, validated and normalized.
    pub prepared: PreparedRecord,
    /// Its revision.
    pub revision: u64,
    /// First written, in microseconds since 1970.
    pub create_micros: i64,
    /// Last changed, in microseconds since 1970.
    pub update_micros: i64,
    /// Its customer.
    pub resolution: Resolution,
    /// The stored record is of a later observation, so it stays.
    pub outdated: bool,
}

impl Engine {
    /// Writes a record: validates, normalizes, finds candidates, reclusters what it touches, commits one batch.
    ///
    /// A delivery that its source confirmed earlier than the stored one does not replace it; the answer says so.
    pub fn upsert(&self, actor: &str, command: &UpsertCommand, durability: Durability) -> Result<UpsertAnswer> {
        let (incoming, prepared) = self.incoming(command)?;
        let answer = self.command(actor, durability, |scope| self.upsert_in(scope, &incoming))?;
        Ok(upsert_answer(prepared, &answer))
    }

    /// Writes many records, each as [`Self::upsert`] would, a few to a batch; one result for each, in order. Nothing is on disk before
    /// [`Self::sync`]. The error of all is the store's. Many callers at once use [`super::Intake`].
    pub fn upsert_all(&self, actor: &str, commands: &[UpsertCommand]) -> Result<Vec<Result<UpsertAnswer>>> {
        let mut answers = Vec::with_capacity(commands.len());
        for batch in commands.chunks(BATCH_COMMANDS_MAX) {
            let (commands, prepared) = self.prepared_batch(batch);
            let written = self.commands(actor, &commands, |scope, command| self.perform(scope, command))?;
            answers.extend(joined(prepared, written));
        }
        Ok(answers)
    }

    /// What can be done before the lock is taken: it is pure. With the record, validated and normalized.
    pub(super) fn incoming(&self, command: &UpsertCommand) -> Result<(Incoming, PreparedRecord)> {
        check_record(&command.record)?;
        let stored = StoredRecord::of(&command.record);
        let fingerprint = fingerprint("upsert", &[&stored.encode_to_vec(), command.etag.as_bytes()]);
        let prepared = prepare(&command.record);
        let generations = self.generations();
        let hot = Arc::new(HotRecord::of(&prepared, &generations.active, generations.next.as_ref()));
        let (request_id, etag) = (command.request_id.clone(), command.etag.clone());
        Ok((Incoming { request_id, etag, stored, fingerprint, generations, hot, ahead: None }, prepared))
    }

    pub(super) fn upsert_in(&self, scope: &Scope<'_>, incoming: &Incoming) -> Result<StoredAnswer> {
        if let Some(answer) = self.answered(scope, &incoming.request_id, incoming.fingerprint)? {
            return Ok(answer);
        }
        let answer = StoredAnswer { fingerprint: incoming.fingerprint, ..self.write_record(scope, incoming)? };
        self.remember(scope, &incoming.request_id, answer.clone());
        Ok(answer)
    }

    fn write_record(&self, scope: &Scope<'_>, incoming: &Incoming) -> Result<StoredAnswer> {
        let key = &incoming.hot.key;
        let handle = key.handle();
        let ahead = incoming.ahead.as_ref().filter(|_| incoming.is_for(scope));
        let standing = ahead.map(|ahead| self.standing(scope, ahead));
        let known: Option<StoredRecord> = scope.get(Space::Records, &keys::record(handle))?;
        if let Some(known) = &known {
            check_same_key(&known.key(), key, handle)?;
        }
        check_etag(&record_name(key), &incoming.etag, known.as_ref().map_or(0, |known| known.revision))?;

        let now = self.clock.now().micros;
        let outdated = known.as_ref().is_some_and(|known| is_older(&incoming.stored, known));
        let (stored, cut_to_limit) = match known {
            Some(known) if outdated || same_content(&incoming.stored, &known) => (known, false),
            known => {
                let stored = StoredRecord {
                    revision: known.as_ref().map_or(0, |known| known.revision) + 1,
                    create_micros: known.as_ref().map_or(now, |known| known.create_micros),
                    update_micros: now,
                    ..incoming.stored.clone()
                };
                let hot = match incoming.is_for(scope) {
                    true => Arc::clone(&incoming.hot),
                    // The models have changed since.
                    false => Arc::new(HotRecord::of_stored(&stored, &scope.active, scope.next.as_ref())),
                };
                let old = known.map(|_| self.hot_indexed(scope, handle)).transpose()?;
                scope.put(Space::Records, keys::record(handle), &stored);
                scope.put_bytes(Space::Features, keys::record(handle), hot.encode());
                scope.put_hot(handle, Some(Arc::clone(&hot)));
                let touched = self.reindex(scope, handle, old.as_deref(), Some(&hot), standing.as_ref())?;
                scope.log(Event::RecordUpserted(key.clone()));
                let resolved = self.resolve(scope, &touched, &BTreeMap::from([(handle, key.clone())]))?;
                (stored, resolved.cut_to_limit)
            }
        };
        let resolution = Resolution { cut_to_limit, ..self.resolution(scope, handle)? };
        Ok(StoredAnswer {
            answer_micros: now,
            revision: stored.revision,
            resolution: Some(stored_resolution(&resolution)),
            create_micros: stored.create_micros,
            update_micros: stored.update_micros,
            outdated,
            ..StoredAnswer::default()
        })
    }

    /// The customer of a stored record.
    pub(super) fn resolution(&self, scope: &Scope<'_>, handle: RecordHandle) -> Result<Resolution> {
        let profile = scope.profile_of(handle)?.unwrap_or(ProfileId(0));
        let mut edges = scope.edges_of(&scope.active, handle)?;
        edges.sort_unstable_by_key(|edge| (std::cmp::Reverse(edge.weight), edge.pair));
        let mut candidates = Vec::new();
        for edge in edges.iter().take(ANSWER_CANDIDATES_MAX) {
            let other = self.hot_indexed(scope, other_end(edge.pair, handle))?;
            candidates.push(Candidate {
                key: other.key.clone(),
                profile: scope.profile_of(other.features.handle)?.unwrap_or(ProfileId(0)),
                weight: edge.weight,
                cannot_link: edge.cannot_link,
            });
        }
        let tasks = self.open_tasks_of(scope, handle)?;
        let alone = self.members(scope, profile)?.len() <= 1;
        let outcome = match (alone, tasks.is_empty()) {
            (false, _) => Outcome::Matched,
            (true, false) => Outcome::PossibleMatch,
            (true, true) => Outcome::NewProfile,
        };
        Ok(Resolution { outcome, profile, candidates, tasks, cut_to_limit: false })
    }
}

/// Whether a delivery was confirmed by its source before the stored one was; without both times nobody can tell.
fn is_older(incoming: &StoredRecord, stored: &StoredRecord) -> bool {
    matches!((incoming.observed_micros, stored.observed_micros), (Some(new), Some(old)) if new < old)
}

fn same_content(incoming: &StoredRecord, stored: &StoredRecord) -> bool {
    incoming.owner == stored.owner
        && incoming.observed_micros == stored.observed_micros
        && incoming.attributes == stored.attributes
}

fn stored_resolution(resolution: &Resolution) -> StoredResolution {
    let candidates = resolution.candidates.iter().map(|candidate| StoredCandidate {
        source: candidate.key.source.0.clone(),
        record_id: candidate.key.record_id.clone(),
        profile: candidate.profile.0,
        weight: candidate.weight.0,
        cannot_link: candidate.cannot_link,
    });
    StoredResolution {
        outcome: match resolution.outcome {
            Outcome::NewProfile => 1,
            Outcome::Matched => 2,
            Outcome::PossibleMatch => 3,
        },
        profile: resolution.profile.0,
        candidates: candidates.collect(),
        tasks: resolution.tasks.iter().map(|task| task.0).collect(),
        cut_to_limit: resolution.cut_to_limit,
    }
}

pub(super) fn upsert_answer(prepared: PreparedRecord, answer: &StoredAnswer) -> UpsertAnswer {
    let stored = answer.resolution.clone().unwrap_or_default();
    let candidates = stored.candidates.into_iter().map(|candidate| Candidate {
        key: RecordKey::new(candidate.source, candidate.record_id),
        profile: ProfileId(candidate.profile),
        weight: MatchWeight(candidate.weight),
        cannot_link: candidate.cannot_link,
    });
    UpsertAnswer {
        prepared,
        revision: answer.revision,
        create_micros: answer.create_micros,
        update_micros: answer.update_micros,
        resolution: Resolution {
            outcome: match stored.outcome {
                2 => Outcome::Matched,
                3 => Outcome::PossibleMatch,
                _ => Outcome::NewProfile,
            },
            profile: ProfileId(stored.profile),
            candidates: candidates.collect(),
            tasks: stored.tasks.into_iter().map(ReviewTaskId).collect(),
            cut_to_limit: stored.cut_to_limit,
        },
        outdated: answer.outdated,
    }
}
