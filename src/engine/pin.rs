//! Pins: a steward fixes which value of a profile is the primary one, and takes that back.

use super::Engine;
use super::command::{check_etag, fingerprint};
use super::commit::Scope;
use super::read::ProfileView;
use crate::domain::date::Timestamp;
use crate::domain::event::Event;
use crate::domain::hash::stable_hash;
use crate::domain::id::{ProfileId, RecordHandle};
use crate::domain::pin::{Pin, holders};
use crate::domain::plan::ChangeKind;
use crate::domain::record::{AttributeKind, PreparedRecord};
use crate::domain::survive::golden::Slot;
use crate::error::{Error, Result};
use crate::store::stored::{StoredAnswer, StoredChange, StoredPin, StoredProfile, StoredRecordKey};
use crate::store::{Durability, Space, codec, keys};

/// What a steward wants of a slot of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinCommand {
    /// The same id gives the same answer; empty: no such promise.
    pub request_id: String,
    /// The profile.
    pub profile: ProfileId,
    /// The etag that the steward knows; empty: whatever it is.
    pub etag: String,
    /// The slot.
    pub slot: Slot,
    /// The normal form of the value that shall be the primary one; `None`: what the rules prefer.
    pub normal: Option<String>,
}

impl Engine {
    /// Pins a value that some record of the profile has, or takes the slot's pins away. Returns the profile after it.
    pub fn pin(&self, actor: &str, command: &PinCommand) -> Result<ProfileView> {
        let PinCommand { request_id, profile, etag, slot, normal } = command;
        let parts = [etag.as_str(), slot.0.code(), &slot.1, normal.as_deref().unwrap_or("\0")];
        let parts = parts.map(str::as_bytes);
        let fingerprint = fingerprint("pin", &[&[&profile.0.to_be_bytes()[..]], &parts[..]].concat());
        let id = self.command(actor, Durability::Synced, |scope| {
            let (id, stored) = self.live_profile(scope, *profile)?;
            if self.answered(scope, request_id, fingerprint)?.is_some() {
                return Ok(id);
            }
            check_etag(&format!("profiles/{id}"), etag, stored.revision)?;
            let members = self.prepared_members(scope, &stored)?;
            let holder = match normal {
                Some(normal) => Some(holder(&members, slot, normal)?),
                None => None,
            };
            for member in &members {
                let key = pin_key(member, slot);
                match normal.as_ref().filter(|_| holder == Some(member)) {
                    Some(normal) => {
                        let (kind, qualifier) = (slot.0.code().to_owned(), slot.1.clone());
                        let pin_micros = self.clock.now().micros;
                        scope.put(Space::Pins, key, &StoredPin { kind, qualifier, normal: normal.clone(), pin_micros });
                        scope.log(Event::ValuePinned(member.key.clone(), slot.0));
                    }
                    None if scope.get_bytes(Space::Pins, &key)?.is_some() => {
                        scope.delete(Space::Pins, key);
                        scope.log(Event::ValueUnpinned(member.key.clone(), slot.0));
                    }
                    None => {}
                }
            }
            self.note_change(scope, id, stored, &members);
            let answer_micros = self.clock.now().micros;
            self.remember(scope, request_id, StoredAnswer { fingerprint, answer_micros, ..StoredAnswer::default() });
            Ok(id)
        })?;
        self.profile(id)
    }

    /// Pins on values of these records.
    pub(super) fn pins_of(&self, scope: &Scope<'_>, members: &[&PreparedRecord]) -> Result<Vec<Pin>> {
        let mut pins = Vec::new();
        for member in members {
            for (_, value) in scope.scan(Space::Pins, &keys::record(member.key.handle()), None, usize::MAX)? {
                let StoredPin { kind, qualifier, normal, pin_micros } = codec::decode(&value)?;
                if let Some(kind) = AttributeKind::from_code(&kind) {
                    let time = Timestamp { micros: pin_micros };
                    pins.push(Pin { record: member.key.clone(), slot: (kind, qualifier), normal, time });
                }
            }
        }
        Ok(pins)
    }

    fn prepared_members(&self, scope: &Scope<'_>, stored: &StoredProfile) -> Result<Vec<PreparedRecord>> {
        let mut members = Vec::with_capacity(stored.records.len());
        for &member in &stored.records {
            members.extend(self.load(scope, RecordHandle(member))?.map(|loaded| loaded.prepared));
        }
        Ok(members)
    }

    /// The profile has another revision, and those who follow it are told.
    fn note_change(&self, scope: &Scope<'_>, id: ProfileId, stored: StoredProfile, members: &[PreparedRecord]) {
        let names = members.iter().map(|member| StoredRecordKey {
            source: member.key.source.0.clone(),
            record_id: member.key.record_id.clone(),
        });
        let names: Vec<StoredRecordKey> = names.collect();
        let kind = ChangeKind::Changed.number();
        scope.tell(StoredChange { kind, profile: id.0, other: 0, before: names.clone(), after: names });
        let (revision, update_micros) = (stored.revision + 1, self.clock.now().micros);
        scope.put_profile(id, Some(StoredProfile { revision, update_micros, ..stored }));
    }
}

/// The record whose value is pinned: of those that have it, the one confirmed last.
fn holder<'m>(members: &'m [PreparedRecord], slot: &Slot, normal: &str) -> Result<&'m PreparedRecord> {
    let all: Vec<&PreparedRecord> = members.iter().collect();
    let holders = holders(&all, slot, normal);
    let found = members.iter().filter(|member| holders.contains(&member.key));
    let found = found.max_by(|a, b| a.observed_time.cmp(&b.observed_time).then_with(|| b.key.cmp(&a.key)));
    found.ok_or_else(|| {
        Error::invalid(
            "value",
            "is no surviving value of this kind and qualifier in any record of the profile; give its normal form",
        )
    })
}

fn pin_key(member: &PreparedRecord, slot: &Slot) -> Vec<u8> {
    keys::pin(member.key.handle(), stable_hash(&[slot.0.code(), &slot.1]))
}
