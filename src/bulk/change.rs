//! What a run changes about the profiles of the run before.
//!
//! Of a profile that still has records, only those count that both runs have: new records that join and old ones that are gone are the
//! ordinary course of things, and neither takes a customer apart nor makes two of them one. A profile none of whose records came again is
//! gone, as after a delivery that was cut off, or one whose keys are all different; what was asked to be deleted is not.

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
    /// None of its records came again.
    Gone,
}

impl ChangeKind {
    /// The name in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Split => "SPLIT",
            Self::Merged => "MERGED",
            Self::SplitAndMerged => "SPLIT_AND_MERGED",
            Self::Gone => "GONE",
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
    /// Its records that both runs have; of one that is gone, those that it had.
    pub records: usize,
    /// The profiles that they are in now, ascending; none of one that is gone.
    pub into: Vec<ProfileId>,
}

/// The profiles of the run before, and those that do not stay as they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Profiles of the run before, without those whose records were all to be deleted.
    pub known: usize,
    /// Those that change, ascending by id.
    pub profiles: Vec<ChangedProfile>,
}

impl Change {
    /// Compares the crosswalk of the run before with what was found now; `is_deleted` knows the records that were to go.
    pub fn between(
        previous: &BTreeMap<RecordHandle, ProfileId>,
        assignments: &[Assignment],
        is_deleted: impl Fn(RecordHandle) -> bool,
    ) -> Self {
        let clusters = assignments.iter().map(|assignment| (assignment.profile, assignment.members.as_slice()));
        Self::of(previous, clusters, is_deleted)
    }

    fn of<'a>(
        previous: &BTreeMap<RecordHandle, ProfileId>,
        clusters: impl Iterator<Item = (ProfileId, &'a [RecordHandle])>,
        is_deleted: impl Fn(RecordHandle) -> bool,
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
        let mut gone: BTreeMap<ProfileId, usize> = BTreeMap::new();
        for (record, before) in previous {
            if !into.contains_key(before) && !is_deleted(*record) {
                *gone.entry(*before).or_default() += 1;
            }
        }
        let known = into.len() + gone.len();
        let gone = gone.into_iter().map(|(before, records)| ChangedProfile {
            before,
            kind: ChangeKind::Gone,
            records,
            into: Vec::new(),
        });
        let mut profiles: Vec<ChangedProfile> = into.iter().filter_map(changed).chain(gone).collect();
        profiles.sort_by_key(|profile| profile.before);
        Self { known, profiles }
    }

    /// Share of the known profiles that change, 0 to 1.
    pub fn share(&self) -> f64 {
        if self.known == 0 { 0.0 } else { self.profiles.len() as f64 / self.known as f64 }
    }

    /// Profiles that are split.
    pub fn split(&self) -> usize {
        self.count(&[ChangeKind::Split, ChangeKind::SplitAndMerged])
    }

    /// Profiles that are merged with others.
    pub fn merged(&self) -> usize {
        self.count(&[ChangeKind::Merged, ChangeKind::SplitAndMerged])
    }

    /// Profiles none of whose records came again.
    pub fn gone(&self) -> usize {
        self.count(&[ChangeKind::Gone])
    }

    fn count(&self, kinds: &[ChangeKind]) -> usize {
        self.profiles.iter().filter(|profile| kinds.contains(&profile.kind)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `before` and `now` as (profile, records).
    fn change(before: &[(u64, &[u64])], now: &[(u64, &[u64])]) -> Change {
        change_but(before, now, &[])
    }

    fn change_but(before: &[(u64, &[u64])], now: &[(u64, &[u64])], deleted: &[u64]) -> Change {
        let records = |records: &[u64]| records.iter().map(|r| RecordHandle(*r)).collect::<Vec<_>>();
        let previous = before.iter().flat_map(|(p, r)| records(r).into_iter().map(|record| (record, ProfileId(*p))));
        let now: Vec<(ProfileId, Vec<RecordHandle>)> = now.iter().map(|(p, r)| (ProfileId(*p), records(r))).collect();
        let clusters = now.iter().map(|(profile, members)| (*profile, members.as_slice()));
        Change::of(&previous.collect(), clusters, |record| deleted.contains(&record.0))
    }

    #[test]
    fn records_that_come_and_go_change_no_profile() {
        let change = change(&[(1, &[1, 2]), (2, &[3])], &[(1, &[1, 9]), (2, &[3, 8, 7]), (5, &[6])]);
        assert_eq!((change.known, change.profiles.len(), change.share()), (2, 0, 0.0));
    }

    #[test]
    fn profiles_none_of_whose_records_came_again_are_gone() {
        let before: &[(u64, &[u64])] = &[(1, &[1, 2]), (2, &[3]), (3, &[4, 5]), (4, &[6])];
        let half = change(before, &[(1, &[1, 2]), (4, &[6])]);
        assert_eq!((half.known, half.gone(), half.split(), half.merged(), half.share()), (4, 2, 0, 0, 0.5));
        let gone = &half.profiles[1];
        assert_eq!((gone.before, gone.kind.code(), gone.records, gone.into.len()), (ProfileId(3), "GONE", 2, 0));
        assert_eq!(change(before, &[(9, &[91, 92]), (10, &[93])]).share(), 1.0, "other keys throughout");
        assert_eq!(change(before, &[]).share(), 1.0);
        assert_eq!(change(&[], &[(1, &[1])]).share(), 0.0);
        let asked = change_but(before, &[(1, &[1, 2]), (4, &[6])], &[3, 4]);
        assert_eq!((asked.known, asked.gone()), (3, 1), "one record of the third vanished without a word");
        assert_eq!(change_but(before, &[(1, &[1]), (4, &[6])], &[2, 3, 4, 5]).share(), 0.0);
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
