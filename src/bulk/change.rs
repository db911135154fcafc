//! What a run changes about the profiles of the run before.
//!
//! Only records that both runs have count: new records that join a profile and old ones that are gone are the ordinary course of
//! things, and neither takes a customer apart nor makes two of them one.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::cluster::identity::Assignment;
use crate::domain::id::{ProfileId, RecordHandle};

/// What becomes of a profile of the run before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Its records are in several profiles now.
    Split,
    /// Its records are in one profile together with those of another.
    Merged,
    /// Both.
    SplitAndMerged,
}

impl ChangeKind {
    /// The name in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Split => "SPLIT",
            Self::Merged => "MERGED",
            Self::SplitAndMerged => "SPLIT_AND_MERGED",
        }
    }
}

/// A profile of the run before that does not stay as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedProfile {
    /// Its id then.
    pub before: ProfileId,
    /// What becomes of it.
    pub kind: ChangeKind,
    /// Its records that both runs have.
    pub records: usize,
    /// The profiles that they are in now, ascending.
    pub into: Vec<ProfileId>,
}

/// The profiles of the run before, and those that do not stay as they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Profiles of the run before of which at least one record is still there.
    pub known: usize,
    /// Those that change, ascending by id.
    pub profiles: Vec<ChangedProfile>,
}

impl Change {
    /// Compares the crosswalk of the run before with what was found now.
    pub fn between(previous: &BTreeMap<RecordHandle, ProfileId>, assignments: &[Assignment]) -> Self {
        Self::of(previous, assignments.iter().map(|assignment| (assignment.profile, assignment.members.as_slice())))
    }

    fn of<'a>(
        previous: &BTreeMap<RecordHandle, ProfileId>,
        clusters: impl Iterator<Item = (ProfileId, &'a [RecordHandle])>,
    ) -> Self {
        let mut into: BTreeMap<ProfileId, (usize, BTreeSet<ProfileId>)> = BTreeMap::new();
        let mut shared: BTreeSet<ProfileId> = BTreeSet::new();
        for (profile, members) in clusters {
            let mut from: BTreeSet<ProfileId> = BTreeSet::new();
            for before in members.iter().filter_map(|member| previous.get(member)) {
                let (records, now) = into.entry(*before).or_default();
                *records += 1;
                now.insert(profile);
                from.insert(*before);
            }
            if from.len() > 1 {
                shared.extend(from);
            }
        }
        let changed = |(before, (records, now)): (&ProfileId, &(usize, BTreeSet<ProfileId>))| {
            let kind = match (now.len() > 1, shared.contains(before)) {
                (false, false) => return None,
                (true, false) => ChangeKind::Split,
                (false, true) => ChangeKind::Merged,
                (true, true) => ChangeKind::SplitAndMerged,
            };
            Some(ChangedProfile { before: *before, kind, records: *records, into: now.iter().copied().collect() })
        };
        Self { known: into.len(), profiles: into.iter().filter_map(changed).collect() }
    }

    /// Share of the known profiles that change, 0 to 1.
    pub fn share(&self) -> f64 {
        if self.known == 0 { 0.0 } else { self.profiles.len() as f64 / self.known as f64 }
    }

    /// Profiles that are split.
    pub fn split(&self) -> usize {
        self.profiles.iter().filter(|profile| profile.kind != ChangeKind::Merged).count()
    }

    /// Profiles that are merged with others.
    pub fn merged(&self) -> usize {
        self.profiles.iter().filter(|profile| profile.kind != ChangeKind::Split).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `before` and `now` as (profile, records).
    fn change(before: &[(u64, &[u64])], now: &[(u64, &[u64])]) -> Change {
        let records = |records: &[u64]| records.iter().map(|r| RecordHandle(*r)).collect::<Vec<_>>();
        let previous = before.iter().flat_map(|(p, r)| records(r).into_iter().map(|record| (record, ProfileId(*p))));
        let now: Vec<(ProfileId, Vec<RecordHandle>)> = now.iter().map(|(p, r)| (ProfileId(*p), records(r))).collect();
        Change::of(&previous.collect(), now.iter().map(|(profile, members)| (*profile, members.as_slice())))
    }

    #[test]
    fn records_that_come_and_go_change_no_profile() {
        let change = change(&[(1, &[1, 2]), (2, &[3]), (3, &[4])], &[(1, &[1, 9]), (2, &[3, 8, 7]), (5, &[6])]);
        assert_eq!((change.known, change.profiles.len(), change.share()), (2, 0, 0.0));
    }

    #[test]
    fn splits_and_merges_count_once_for_every_profile() {
        let change = change(
            &[(1, &[1, 2]), (2, &[3]), (3, &[4, 5]), (4, &[6])],
            &[(1, &[1, 2, 3]), (3, &[4]), (7, &[5]), (4, &[6])],
        );
        let kinds: Vec<(u64, &str)> = change.profiles.iter().map(|p| (p.before.0, p.kind.code())).collect();
        assert_eq!(kinds, [(1, "MERGED"), (2, "MERGED"), (3, "SPLIT")]);
        assert_eq!((change.known, change.share(), change.split(), change.merged()), (4, 0.75, 1, 2));
        assert_eq!(change.profiles[2].into, [ProfileId(3), ProfileId(7)]);
    }
}
