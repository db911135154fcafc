//! `delete`: a record goes, and with it everything that it caused.

use std::collections::BTreeMap;

use super::Engine;
use super::command::{check_etag, check_same_key, fingerprint, record_name};
use crate::domain::event::Event;
use crate::domain::id::RecordKey;
use crate::error::{Error, Result};
use crate::store::stored::{StoredAnswer, StoredRecord};
use crate::store::{Durability, Space, keys};

impl Engine {
    /// Deletes a record. Judgements about it stay, without effect, and count again should the record come back.
    pub fn delete(&self, request_id: &str, actor: &str, key: &RecordKey, etag: &str) -> Result<()> {
        let name = record_name(key);
        let fingerprint = fingerprint("delete", &[name.as_bytes(), etag.as_bytes()]);
        self.command(actor, Durability::Synced, |scope| {
            if self.answered(scope, request_id, fingerprint)?.is_some() {
                return Ok(());
            }
            let handle = key.handle();
            let known: Option<StoredRecord> = scope.get(Space::Records, &keys::record(handle))?;
            let known = known.ok_or_else(|| Error::not_found(name.clone()))?;
            check_same_key(&known.key(), key, handle)?;
            check_etag(&name, etag, known.revision)?;

            let old = self.hot_indexed(scope, handle)?;
            scope.delete(Space::Records, keys::record(handle));
            scope.delete(Space::Features, keys::record(handle));
            scope.put_hot(handle, None);
            let touched = self.reindex(scope, handle, Some(&old), None)?;
            scope.log(Event::RecordDeleted(key.clone()));
            self.resolve(scope, &touched, &BTreeMap::from([(handle, key.clone())]))?;
            let answer =
                StoredAnswer { fingerprint, answer_micros: self.clock.now().micros, ..StoredAnswer::default() };
            self.remember(scope, request_id, answer);
            Ok(())
        })
    }
}
