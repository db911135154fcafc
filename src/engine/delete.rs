//! `delete`: a record goes, and with it everything that it caused.

use std::collections::BTreeMap;

use super::Engine;
use super::ahead::Ahead;
use super::command::{check_etag, check_same_key, fingerprint, record_name};
use super::commit::Scope;
use crate::domain::event::Event;
use crate::domain::id::{RecordHandle, RecordKey};
use crate::error::{Error, Result};
use crate::store::stored::{StoredAnswer, StoredRecord};
use crate::store::{Durability, Space, keys};

/// A record to delete.
pub(super) struct Deletion {
    request_id: String,
    key: RecordKey,
    etag: String,
    /// A hash of all that the command says.
    fingerprint: u64,
    /// What was found out about other records.
    pub(super) ahead: Option<Ahead>,
}

impl Deletion {
    pub(super) fn of(request_id: &str, key: &RecordKey, etag: &str) -> Self {
        let fingerprint = fingerprint("delete", &[record_name(key).as_bytes(), etag.as_bytes()]);
        Self { request_id: request_id.to_owned(), key: key.clone(), etag: etag.to_owned(), fingerprint, ahead: None }
    }

    pub(super) fn handle(&self) -> RecordHandle {
        self.key.handle()
    }
}

impl Engine {
    /// Deletes a record. Judgements about it stay, without effect, and count again should the record come back.
    pub fn delete(&self, request_id: &str, actor: &str, key: &RecordKey, etag: &str) -> Result<()> {
        let deletion = Deletion::of(request_id, key, etag);
        self.command(actor, Durability::Synced, |scope| self.delete_in(scope, &deletion)).map(drop)
    }

    pub(super) fn delete_in(&self, scope: &Scope<'_>, deletion: &Deletion) -> Result<StoredAnswer> {
        let Deletion { request_id, key, etag, fingerprint, ahead } = deletion;
        if let Some(answer) = self.answered(scope, request_id, *fingerprint)? {
            return Ok(answer);
        }
        let (name, handle) = (record_name(key), key.handle());
        let standing = ahead.as_ref().map(|ahead| self.standing(scope, ahead));
        let known: Option<StoredRecord> = scope.get(Space::Records, &keys::record(handle))?;
        let known = known.ok_or_else(|| Error::not_found(name.clone()))?;
        check_same_key(&known.key(), key, handle)?;
        check_etag(&name, etag, known.revision)?;

        let old = self.hot_indexed(scope, handle)?;
        scope.delete(Space::Records, keys::record(handle));
        scope.delete(Space::Features, keys::record(handle));
        scope.put_hot(handle, None);
        let touched = self.reindex(scope, handle, Some(&old), None, standing.as_ref())?;
        scope.log(Event::RecordDeleted(key.clone()));
        self.resolve(scope, &touched, &BTreeMap::from([(handle, key.clone())]))?;
        let answer = StoredAnswer {
            fingerprint: *fingerprint,
            answer_micros: self.clock.now().micros,
            ..StoredAnswer::default()
        };
        self.remember(scope, request_id, answer.clone());
        Ok(answer)
    }
}
