//! Reads on a snapshot: records, profiles with their golden values, pages of both.

use super::Engine;
use super::command::record_name;
use super::commit::Scope;
use super::hot::LoadedRecord;
use crate::domain::id::{ProfileId, RecordHandle, RecordKey};
use crate::domain::survive::{GoldenProfile, survive_pinned};
use crate::error::{Error, Result};
use crate::store::stored::{StoredProfile, StoredRecord};
use crate::store::{Space, keys};

/// Redirects followed before the chain is called damaged.
const REDIRECTS_MAX: usize = 10_000;

/// A page of a list, and where the next one starts.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Continue after this key; `None`: that was all.
    pub next: Option<Vec<u8>>,
}

/// A stored record with everything derived from it.
#[derive(Debug)]
pub struct RecordView {
    /// The record.
    pub loaded: LoadedRecord,
    /// Its profile.
    pub profile: Option<ProfileId>,
}

/// A profile with its golden values.
#[derive(Clone, Debug)]
pub struct ProfileView {
    /// Its id.
    pub id: ProfileId,
    /// Revision and times.
    pub stored: StoredProfile,
    /// Members and surviving values with their lineage.
    pub golden: GoldenProfile,
}

impl Engine {
    /// Reads a record.
    pub fn record(&self, key: &RecordKey) -> Result<RecordView> {
        let scope = self.scope(false)?;
        let missing = || Error::not_found(record_name(key));
        let loaded = self.load(&scope, key.handle())?.ok_or_else(missing)?;
        if loaded.prepared.key != *key {
            return Err(missing());
        }
        Ok(RecordView { profile: scope.profile_of(key.handle())?, loaded })
    }

    /// A stored record, prepared.
    pub(super) fn load(&self, scope: &Scope<'_>, handle: RecordHandle) -> Result<Option<LoadedRecord>> {
        Ok(scope.get::<StoredRecord>(Space::Records, &keys::record(handle))?.map(LoadedRecord::of))
    }

    /// Lists records in the order of their handles; `source` keeps only those of one source.
    pub fn records(&self, source: Option<&str>, after: Option<&[u8]>, limit: usize) -> Result<Page<RecordView>> {
        let scope = self.scope(false)?;
        let mut items = Vec::new();
        let mut position = after.map(<[u8]>::to_vec);
        loop {
            let entries = scope.scan(Space::Records, &[], position.as_deref(), limit.max(1))?;
            let exhausted = entries.len() < limit.max(1);
            for (key, bytes) in entries {
                let Some(handle) = keys::first(&key).map(RecordHandle) else { continue };
                position = Some(key);
                let stored: StoredRecord = crate::store::codec::decode(&bytes)?;
                if source.is_none_or(|source| stored.source == source) {
                    let loaded = LoadedRecord::of(stored);
                    items.push(RecordView { profile: scope.profile_of(handle)?, loaded });
                }
                if items.len() == limit {
                    return Ok(Page { items, next: position });
                }
            }
            if exhausted {
                return Ok(Page { items, next: None });
            }
        }
    }

    /// Reads a profile; an absorbed id leads to the profile that absorbed it.
    pub fn profile(&self, id: ProfileId) -> Result<ProfileView> {
        let scope = self.scope(false)?;
        let (current, stored) = self.live_profile(&scope, id)?;
        self.profile_view(&scope, current, stored)
    }

    /// Follows redirects to the profile that now answers for an id.
    pub(super) fn live_profile(&self, scope: &Scope<'_>, id: ProfileId) -> Result<(ProfileId, StoredProfile)> {
        let mut current = id;
        for _ in 0..REDIRECTS_MAX {
            if let Some(stored) = scope.get::<StoredProfile>(Space::Profiles, &keys::profile(current))? {
                return Ok((current, stored));
            }
            match scope.get_bytes(Space::Redirects, &keys::profile(current))?.and_then(|bytes| keys::first(&bytes)) {
                Some(next) => current = ProfileId(next),
                None => break,
            }
        }
        Err(Error::not_found(format!("profiles/{id}")))
    }

    /// Lists profiles in the order of their ids.
    pub fn profiles(&self, after: Option<&[u8]>, limit: usize) -> Result<Page<ProfileView>> {
        let scope = self.scope(false)?;
        let entries = scope.scan(Space::Profiles, &[], after, limit)?;
        let next = entries.last().filter(|_| entries.len() == limit).map(|(key, _)| key.clone());
        let mut items = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let Some(id) = keys::first(&key).map(ProfileId) else { continue };
            items.push(self.profile_view(&scope, id, crate::store::codec::decode(&value)?)?);
        }
        Ok(Page { items, next })
    }

    fn profile_view(&self, scope: &Scope<'_>, id: ProfileId, stored: StoredProfile) -> Result<ProfileView> {
        let mut records = Vec::new();
        for &member in &stored.records {
            let missing = || Error::store(format!("profile {id} mentions the record {member:016x}, which is gone"));
            records.push(self.load(scope, RecordHandle(member))?.ok_or_else(missing)?);
        }
        let members: Vec<_> = records.iter().map(|record| &record.prepared).collect();
        let pins = self.pins_of(scope, &members)?;
        Ok(ProfileView { id, stored, golden: survive_pinned(&self.policy, &members, &pins) })
    }

    /// The partition as (record, profile), ascending by record: for tests and comparisons with bulk runs.
    pub fn partition(&self) -> Result<Vec<(RecordKey, ProfileId)>> {
        let mut partition = Vec::new();
        let mut after = None;
        loop {
            let page = self.records(None, after.as_deref(), 1_000)?;
            let entries = page.items.into_iter();
            partition.extend(entries.filter_map(|view| Some((view.loaded.prepared.key.clone(), view.profile?))));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        partition.sort_unstable();
        Ok(partition)
    }
}
