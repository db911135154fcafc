//! What all commands share: request ids that are applied once, etags, limits on what comes in.

use super::commit::Scope;
use super::{Engine, ID_BYTES_MAX, RECORD_ATTRIBUTES_MAX, RECORD_TEXT_BYTES_MAX};
use crate::domain::hash::stable_hash_bytes;
use crate::domain::id::{RecordHandle, RecordKey};
use crate::domain::record::RawRecord;
use crate::error::{Error, ErrorKind, Result};
use crate::store::Space;
use crate::store::stored::StoredAnswer;

impl Engine {
    /// The answer that this request id got before; another command under the same id is an error.
    pub(super) fn answered(
        &self,
        scope: &Scope<'_>,
        request_id: &str,
        fingerprint: u64,
    ) -> Result<Option<StoredAnswer>> {
        if request_id.is_empty() {
            return Ok(None);
        }
        check_id("request_id", request_id)?;
        let answer = scope.get::<StoredAnswer>(Space::Requests, request_id.as_bytes())?;
        let oldest = self.clock.now().micros.saturating_sub(self.retention.requests_seconds.saturating_mul(1_000_000));
        match answer.filter(|answer| answer.answer_micros >= oldest) {
            Some(answer) if answer.fingerprint != fingerprint => Err(Error::invalid(
                "request_id",
                "was used for another request before; take a new one for each request",
            )),
            answer => Ok(answer),
        }
    }

    /// Keeps the answer for a repetition of the request.
    pub(super) fn remember(&self, scope: &Scope<'_>, request_id: &str, answer: StoredAnswer) {
        if !request_id.is_empty() {
            scope.put(Space::Requests, request_id.as_bytes().to_vec(), &answer);
        }
    }
}

/// A hash of everything that a command says.
pub(super) fn fingerprint(command: &str, parts: &[&[u8]]) -> u64 {
    let all: Vec<&[u8]> = std::iter::once(command.as_bytes()).chain(parts.iter().copied()).collect();
    stable_hash_bytes(&all)
}

/// The etag of a revision.
pub fn etag(revision: u64) -> String {
    format!("\"{revision}\"")
}

/// Compares the etag in a request with the current revision; an empty one asks for no comparison.
pub(super) fn check_etag(resource: &str, expected: &str, revision: u64) -> Result<()> {
    let actual = etag(revision);
    if expected.is_empty() || expected == actual {
        return Ok(());
    }
    Err(ErrorKind::Conflict { resource: resource.to_owned(), expected: expected.to_owned(), actual }.into())
}

/// An id must be there, short, and free of characters that break resource names and files.
pub(super) fn check_id(field: &str, id: &str) -> Result<()> {
    if id.is_empty() {
        return Err(Error::invalid(field, "is empty"));
    }
    if id.len() > ID_BYTES_MAX {
        return Err(Error::invalid(field, format!("has {} bytes, at most {ID_BYTES_MAX} are allowed", id.len())));
    }
    if id.chars().any(char::is_control) {
        return Err(Error::invalid(field, "contains a control character"));
    }
    Ok(())
}

/// A record from outside must keep to the limits; everything else about it is data.
pub(super) fn check_record(record: &RawRecord) -> Result<()> {
    check_id("record.source", &record.key.source.0)?;
    if record.key.source.0.contains('/') {
        return Err(Error::invalid("record.source", "contains a slash"));
    }
    check_id("record.record_id", &record.key.record_id)?;
    if record.attributes.len() > RECORD_ATTRIBUTES_MAX {
        let message = format!("has {} entries, at most {RECORD_ATTRIBUTES_MAX} are allowed", record.attributes.len());
        return Err(Error::invalid("record.attributes", message));
    }
    for (position, attribute) in record.attributes.iter().enumerate() {
        let texts = attribute.parts.iter().map(|(_, text)| text.len());
        let longest = texts.chain([attribute.label.len()]).max().unwrap_or(0);
        if longest > RECORD_TEXT_BYTES_MAX {
            let message = format!("has a text of {longest} bytes, at most {RECORD_TEXT_BYTES_MAX} are allowed");
            return Err(Error::invalid(format!("record.attributes[{position}]"), message));
        }
    }
    Ok(())
}

/// The resource name of a record.
pub fn record_name(key: &RecordKey) -> String {
    format!("sources/{}/records/{}", key.source.0, key.record_id)
}

/// Two keys with one 64-bit handle cannot live in one store; the chance is one in a million at five million records.
pub(super) fn check_same_key(stored: &RecordKey, asked: &RecordKey, handle: RecordHandle) -> Result<()> {
    if stored == asked {
        return Ok(());
    }
    let message = format!("the handle {:016x} of {asked} is taken by {stored}; give the record another id", handle.0);
    Err(Error::precondition("RECORD_HANDLE_COLLISION", message))
}
