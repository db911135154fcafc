//! The feed: what became of profiles, in the order in which it happened, for those who keep a copy of them.
//!
//! An entry is written in the batch that changes the profiles, so the feed can neither lack a change nor invent one. It is
//! shown once it is on disk. A follower that applies every change from the beginning arrives at the store's partition.

use super::Engine;
use crate::domain::date::Timestamp;
use crate::domain::id::{ProfileId, RecordKey};
use crate::domain::plan::ChangeKind;
use crate::error::{Error, Result};
use crate::store::stored::{StoredChange, StoredFeed, StoredFeedStart, StoredRecordKey};
use crate::store::workspace::Workspace;
use crate::store::{Space, codec, keys};

/// Entries looked at for pruning at a time; each command that writes an entry prunes at most so many.
const PRUNED_MAX: usize = 16;
/// The key of the store's only [`StoredFeedStart`] in [`Space::Meta`].
const FEED_START: &[u8] = b"feed";

/// What became of one profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileEvent {
    /// What.
    pub kind: ChangeKind,
    /// The profile.
    pub profile: ProfileId,
    /// Where its id leads now, or what it was split from.
    pub other: Option<ProfileId>,
    /// Its records before.
    pub before: Vec<RecordKey>,
    /// Its records after.
    pub after: Vec<RecordKey>,
    /// When; what has not happened has no time.
    pub time: Option<Timestamp>,
}

/// A stretch of the feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// The sequence number of the command and the position within it after which each event leaves its follower.
    pub events: Vec<((u64, u32), ProfileEvent)>,
}

impl Engine {
    /// The next events after a position, at most `limit` commands long; (0, 0) is the beginning, and a position (n, k) is after
    /// the k-th event of command n.
    pub fn follow(&self, (after, skip): (u64, u32), limit: usize) -> Result<Followed> {
        let synced = self.synced_sequence();
        let scope = self.scope(false)?;
        if after < self.feed_pruned(&scope)? {
            return Err(Error::precondition(
                "FEED_EXPIRED",
                "the changes after this token are no longer kept; list the profiles, then watch from now on",
            ));
        }
        let mut followed = Followed::default();
        // The command itself may have further events; it does not count.
        let from = after.checked_sub(1).map(keys::sequence);
        for (key, value) in scope.scan(Space::Feed, &[], from.as_deref(), limit.saturating_add(1))? {
            let Some(sequence) = keys::first(&key).filter(|sequence| *sequence <= synced) else { break };
            let feed: StoredFeed = codec::decode(&value)?;
            let time = Some(Timestamp { micros: feed.micros });
            for (position, change) in (1..).zip(feed.changes) {
                if sequence == after && position <= skip {
                    continue;
                }
                followed.events.extend(profile_event(&change, time).map(|event| ((sequence, position), event)));
            }
        }
        Ok(followed)
    }

    /// The position after everything that is on disk: to follow from now on.
    pub fn feed_end(&self) -> (u64, u32) {
        (self.synced_sequence(), u32::MAX)
    }

    /// The last entry that is no longer kept.
    pub(super) fn feed_pruned(&self, workspace: &Workspace<'_>) -> Result<u64> {
        Ok(workspace.get::<StoredFeedStart>(Space::Meta, FEED_START)?.unwrap_or_default().pruned)
    }

    /// Forgets the oldest entries once they are past their time.
    pub(super) fn prune_feed(&self, workspace: &Workspace<'_>, sequence: u64, now_micros: i64) -> Result<()> {
        let Some(seconds) = self.retention.feed_seconds.filter(|_| sequence.is_multiple_of(PRUNED_MAX as u64)) else {
            return Ok(());
        };
        let oldest = now_micros.saturating_sub(seconds.saturating_mul(1_000_000));
        let before = self.feed_pruned(workspace)?;
        let after = keys::sequence(before);
        let mut pruned = before;
        for (key, value) in workspace.scan(Space::Feed, &[], Some(&after), 2 * PRUNED_MAX)? {
            let feed: StoredFeed = codec::decode(&value)?;
            if feed.micros >= oldest {
                break;
            }
            pruned = keys::first(&key).unwrap_or(pruned);
            workspace.delete(Space::Feed, key);
        }
        if pruned != before {
            workspace.put(Space::Meta, FEED_START.to_vec(), &StoredFeedStart { pruned });
        }
        Ok(())
    }
}

/// A stored change.
pub(super) fn profile_event(change: &StoredChange, time: Option<Timestamp>) -> Option<ProfileEvent> {
    Some(ProfileEvent {
        kind: ChangeKind::from_number(change.kind)?,
        profile: ProfileId(change.profile),
        other: Some(ProfileId(change.other)).filter(|other| other.0 != 0),
        before: keys_of(&change.before),
        after: keys_of(&change.after),
        time,
    })
}

fn keys_of(stored: &[StoredRecordKey]) -> Vec<RecordKey> {
    stored.iter().map(|key| RecordKey::new(key.source.as_str(), key.record_id.as_str())).collect()
}
