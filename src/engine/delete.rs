//! `delete`: a record goes, and with it everything that it caused.

use super::Engine;
use super::command::{check_etag, check_same_key, fingerprint, record_name};
use crate::domain::event::Event;
use crate::domain::id::RecordKey;
use crate::error::{Error, Result};
use crate::store::stored::StoredAnswer;
use crate::store::{Durability, Space, keys};

impl Engine {
    /// Deletes a record. Judgements about it stay, without effect, and count again should the record come back.
    pub fn delete(&self, request_id: &str, actor: &str, key: &RecordKey, etag: &str) -> Result<()> {
        let _writer = self.lock_writer()?;
        let workspace = self.workspace()?;
        let name = record_name(key);
        let fingerprint = fingerprint("delete", &[name.as_bytes(), etag.as_bytes()]);
        if self.answered(&workspace, request_id, fingerprint)?.is_some() {
            return Ok(());
        }
        let handle = key.handle();
        let known = self.load(&workspace, handle)?.ok_or_else(|| Error::not_found(name.clone()))?;
        check_same_key(&known.prepared.key, key, handle)?;
        check_etag(&name, etag, known.stored.revision)?;

        workspace.delete(Space::Records, keys::record(handle));
        let touched = self.reindex(&workspace, handle, Some(&known.features), None)?;
        self.log(&workspace, actor, &[Event::RecordDeleted(key.clone())])?;
        self.resolve(&workspace, actor, &touched, &[handle])?;
        let answer = StoredAnswer { fingerprint, answer_micros: self.clock.now().micros, ..StoredAnswer::default() };
        self.remember(&workspace, request_id, answer);
        self.commit(workspace, Durability::Synced)
    }
}
