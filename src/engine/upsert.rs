//! `upsert`: a record comes in, its customer is known or founded, and the answer is on disk before it leaves.

use prost::Message;

use super::command::{check_etag, check_record, check_same_key, fingerprint, record_name};
use super::neighbourhood::other_end;
use super::{Engine, LoadedRecord};
use crate::domain::event::Event;
use crate::domain::id::{MatchWeight, ProfileId, RecordHandle, RecordKey, ReviewTaskId};
use crate::domain::prepare::prepare;
use crate::domain::record::{PreparedRecord, RawRecord};
use crate::error::Result;
use crate::store::stored::{StoredAnswer, StoredCandidate, StoredRecord, StoredResolution};
use crate::store::workspace::Workspace;
use crate::store::{Durability, Space, keys};

/// Candidates listed in an answer, heaviest first.
pub const ANSWER_CANDIDATES_MAX: usize = 10;

/// A record to write.
#[derive(Clone, Debug)]
pub struct UpsertCommand {
    /// The same id gives the same answer; empty: no such promise.
    pub request_id: String,
    /// Who asks.
    pub actor: String,
    /// The record.
    pub record: RawRecord,
    /// The revision that the caller knows; empty: whatever it is.
    pub etag: String,
    /// When the answer must be on disk.
    pub durability: Durability,
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
}

impl Engine {
    /// Writes a record: validates, normalizes, finds candidates, reclusters what it touches, commits one batch.
    pub fn upsert(&self, command: &UpsertCommand) -> Result<UpsertAnswer> {
        check_record(&command.record)?;
        let _writer = self.lock_writer()?;
        let workspace = self.workspace()?;
        let incoming = StoredRecord::of(&command.record);
        let fingerprint = fingerprint("upsert", &[&incoming.encode_to_vec(), command.etag.as_bytes()]);
        if let Some(answer) = self.answered(&workspace, &command.request_id, fingerprint)? {
            // The first answer may come from a deferred commit of another request that is not on disk yet.
            if command.durability == Durability::Synced {
                self.sync()?;
            }
            return Ok(upsert_answer(prepare(&command.record), &answer));
        }
        let handle = command.record.key.handle();
        let known = self.load(&workspace, handle)?;
        if let Some(known) = &known {
            check_same_key(&known.prepared.key, &command.record.key, handle)?;
        }
        let name = record_name(&command.record.key);
        check_etag(&name, &command.etag, known.as_ref().map_or(0, |known| known.stored.revision))?;

        let unchanged = known.as_ref().is_some_and(|known| known.raw() == command.record);
        let loaded = match &known {
            Some(known) if unchanged => LoadedRecord::of(known.stored.clone(), &self.model.frequencies),
            _ => self.write_record(&workspace, &command.actor, incoming, known.as_deref())?,
        };
        let resolution = self.resolution(&workspace, handle)?;
        let answer = StoredAnswer {
            fingerprint,
            answer_micros: self.clock.now().micros,
            revision: loaded.stored.revision,
            resolution: Some(stored_resolution(&resolution)),
            create_micros: loaded.stored.create_micros,
            update_micros: loaded.stored.update_micros,
            ..StoredAnswer::default()
        };
        self.remember(&workspace, &command.request_id, answer.clone());
        self.commit(workspace, command.durability)?;
        Ok(upsert_answer(loaded.prepared, &answer))
    }

    fn write_record(
        &self,
        workspace: &Workspace<'_>,
        actor: &str,
        incoming: StoredRecord,
        known: Option<&LoadedRecord>,
    ) -> Result<LoadedRecord> {
        let now = self.clock.now().micros;
        let stored = StoredRecord {
            revision: known.map_or(0, |known| known.stored.revision) + 1,
            create_micros: known.map_or(now, |known| known.stored.create_micros),
            update_micros: now,
            ..incoming
        };
        let loaded = LoadedRecord::of(stored, &self.model.frequencies);
        let handle = loaded.features.handle;
        workspace.put(Space::Records, keys::record(handle), &loaded.stored);
        let touched = self.reindex(workspace, handle, known.map(|known| &known.features), Some(&loaded.features))?;
        self.log(workspace, actor, &[Event::RecordUpserted(loaded.prepared.key.clone())])?;
        self.resolve(workspace, actor, &touched, &[handle])?;
        Ok(loaded)
    }

    /// The customer of a stored record.
    pub(super) fn resolution(&self, workspace: &Workspace<'_>, handle: RecordHandle) -> Result<Resolution> {
        let profile = self.profile_of(workspace, handle)?.unwrap_or(ProfileId(0));
        let mut edges = self.edges_of(workspace, handle)?;
        edges.sort_unstable_by_key(|edge| (std::cmp::Reverse(edge.weight), edge.pair));
        let mut candidates = Vec::new();
        for edge in edges.iter().take(ANSWER_CANDIDATES_MAX) {
            let other = self.load_indexed(workspace, other_end(edge.pair, handle))?;
            candidates.push(Candidate {
                key: other.prepared.key.clone(),
                profile: self.profile_of(workspace, other.features.handle)?.unwrap_or(ProfileId(0)),
                weight: edge.weight,
                cannot_link: edge.cannot_link,
            });
        }
        let tasks = self.open_tasks_of(workspace, handle)?;
        let alone = self.members(workspace, profile)?.len() <= 1;
        let outcome = match (alone, tasks.is_empty()) {
            (false, _) => Outcome::Matched,
            (true, false) => Outcome::PossibleMatch,
            (true, true) => Outcome::NewProfile,
        };
        Ok(Resolution { outcome, profile, candidates, tasks })
    }
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
    }
}

fn upsert_answer(prepared: PreparedRecord, answer: &StoredAnswer) -> UpsertAnswer {
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
        },
    }
}
