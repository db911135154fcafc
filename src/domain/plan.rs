//! The plan of a change: which profiles there will be, which go, where their ids lead, and what those who follow profiles
//! are told. Decides, does nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::identity::{self, Assignment, Past};
use super::id::{ProfileId, RecordHandle};

/// What a reclustering does to profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Every profile of the touched records, with its members.
    pub profiles: Vec<Assignment>,
    /// Profiles that exist no longer.
    pub removed: Vec<ProfileId>,
    /// Absorbed ids and the profile that took most of their records.
    pub redirects: Vec<(ProfileId, ProfileId)>,
    /// What became of every profile that did not stay as it was. Profiles that go come after those that take their records.
    pub changes: Vec<ProfileChange>,
}

/// What became of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It came into being for records that were in no profile.
    Created,
    /// It took over other profiles.
    Merged,
    /// It came into being, or came back, for records of another profile.
    Split,
    /// Another profile took it over: its id leads there.
    Redirected,
    /// Its records or their values changed.
    Changed,
    /// Its last record went.
    Erased,
}

impl ChangeKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: &'static [Self] =
        &[Self::Created, Self::Merged, Self::Split, Self::Redirected, Self::Changed, Self::Erased];

    /// The number on disk and on the wire, from 1.
    pub fn number(self) -> u32 {
        Self::ALL.iter().position(|kind| *kind == self).map_or(0, |position| position as u32 + 1)
    }

    /// Reads the number back.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?.checked_sub(1)?).copied()
    }
}

/// A change of one profile, with its records before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileChange {
    /// What became of it.
    pub kind: ChangeKind,
    /// The profile.
    pub profile: ProfileId,
    /// Where its id leads now (`Redirected`), or the profile that most of its records came from (`Split`).
    pub other: Option<ProfileId>,
    /// Its records before, ascending.
    pub before: Vec<RecordHandle>,
    /// Its records after, ascending.
    pub after: Vec<RecordHandle>,
}

/// What is known before a change.
pub struct Before<'a> {
    /// The profiles that the touched records are in, with all their records.
    pub profiles: &'a BTreeMap<ProfileId, Vec<RecordHandle>>,
    /// The ids that those profiles absorbed, with the records that these had.
    pub absorbed: &'a BTreeMap<ProfileId, Vec<RecordHandle>>,
    /// Records whose content changed or that are gone.
    pub changed: &'a [RecordHandle],
    /// Whether an id belongs to a live profile.
    pub taken: &'a dyn Fn(ProfileId) -> bool,
    /// Whether an id leads to another profile.
    pub redirected: &'a dyn Fn(ProfileId) -> bool,
    /// When a live profile was founded.
    pub founded: &'a dyn Fn(ProfileId) -> i64,
}

/// Plans the step from what was to `clusters`.
pub fn plan(before: &Before<'_>, clusters: &[Vec<RecordHandle>]) -> Plan {
    let profile_before: BTreeMap<RecordHandle, ProfileId> = before
        .profiles
        .iter()
        .flat_map(|(profile, members)| members.iter().map(|member| (*member, *profile)))
        .collect();
    let live = |record: RecordHandle| profile_before.get(&record).copied();
    let past = Past {
        live: &live,
        absorbed: before.absorbed,
        taken: before.taken,
        redirected: before.redirected,
        founded: before.founded,
    };
    let profiles = identity::assign(clusters, &past);
    let kept: BTreeSet<ProfileId> = profiles.iter().map(|assignment| assignment.profile).collect();
    let mut plan = Plan::default();
    let mut gone = Vec::new();
    for (profile, members) in before.profiles.iter().filter(|(profile, _)| !kept.contains(profile)) {
        plan.removed.push(*profile);
        let target = successor(members, &profiles);
        if let Some(target) = target {
            plan.redirects.push((*profile, target));
        }
        let kind = if target.is_some() { ChangeKind::Redirected } else { ChangeKind::Erased };
        gone.push(ProfileChange { kind, profile: *profile, other: target, before: members.clone(), after: Vec::new() });
    }
    for assignment in &profiles {
        plan.changes.extend(change(before, assignment, &plan.redirects, &live));
    }
    plan.changes.extend(gone);
    plan.profiles = profiles;
    plan
}

/// What became of a profile that there is now.
fn change(
    before: &Before<'_>,
    assignment: &Assignment,
    redirects: &[(ProfileId, ProfileId)],
    live: &dyn Fn(RecordHandle) -> Option<ProfileId>,
) -> Option<ProfileChange> {
    let (profile, after) = (assignment.profile, &assignment.members);
    let (kind, other, known) = match before.profiles.get(&profile) {
        Some(members) if members == after && !after.iter().any(|record| before.changed.contains(record)) => {
            return None;
        }
        Some(members) => {
            let took_over = redirects.iter().any(|(_, target)| *target == profile);
            (if took_over { ChangeKind::Merged } else { ChangeKind::Changed }, None, members.clone())
        }
        None => match origin(after, live) {
            Some(origin) => (ChangeKind::Split, Some(origin), Vec::new()),
            None => (ChangeKind::Created, None, Vec::new()),
        },
    };
    Some(ProfileChange { kind, profile, other, before: known, after: after.clone() })
}

/// The profile that most of the records were in; ties: the smaller id.
fn origin(records: &[RecordHandle], live: &dyn Fn(RecordHandle) -> Option<ProfileId>) -> Option<ProfileId> {
    let mut counts: BTreeMap<ProfileId, usize> = BTreeMap::new();
    for profile in records.iter().filter_map(|record| live(*record)) {
        *counts.entry(profile).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(profile, count)| (*count, std::cmp::Reverse(*profile))).map(|(profile, _)| profile)
}

/// The profile that holds most of the records; ties: the smaller id.
fn successor(members: &[RecordHandle], profiles: &[Assignment]) -> Option<ProfileId> {
    let shared =
        |assignment: &Assignment| members.iter().filter(|m| assignment.members.binary_search(m).is_ok()).count();
    let counted = profiles.iter().map(|assignment| (shared(assignment), std::cmp::Reverse(assignment.profile)));
    counted.max().filter(|(count, _)| *count > 0).map(|(_, profile)| profile.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handles(numbers: &[u64]) -> Vec<RecordHandle> {
        numbers.iter().map(|&n| RecordHandle(n)).collect()
    }

    fn planned(before: &[(u64, &[u64])], clusters: &[&[u64]], changed: &[u64]) -> Plan {
        let profiles = before.iter().map(|(id, members)| (ProfileId(*id), handles(members))).collect();
        let before = Before {
            profiles: &profiles,
            absorbed: &BTreeMap::new(),
            changed: &handles(changed),
            taken: &|_| false,
            redirected: &|_| false,
            founded: &|_| 0,
        };
        plan(&before, &clusters.iter().map(|cluster| handles(cluster)).collect::<Vec<_>>())
    }

    fn kinds(plan: &Plan) -> Vec<(ChangeKind, u64)> {
        plan.changes.iter().map(|change| (change.kind, change.profile.0)).collect()
    }

    #[test]
    fn a_merge_redirects_and_a_deletion_erases() {
        let merged = planned(&[(10, &[1, 2]), (20, &[3])], &[&[1, 2, 3]], &[]);
        assert_eq!(merged.redirects, [(ProfileId(20), ProfileId(10))]);
        assert_eq!(kinds(&merged), [(ChangeKind::Merged, 10), (ChangeKind::Redirected, 20)]);
        assert_eq!((merged.changes[0].before.len(), merged.changes[0].after.len()), (2, 3));
        let deleted = planned(&[(10, &[1, 2]), (20, &[3])], &[&[1, 2]], &[3]);
        assert_eq!(deleted.removed, [ProfileId(20)]);
        assert_eq!(kinds(&deleted), [(ChangeKind::Erased, 20)]);
    }

    #[test]
    fn a_split_names_its_origin_and_only_what_changed_is_told() {
        let split = planned(&[(10, &[1, 2, 3]), (20, &[4])], &[&[1, 2], &[3], &[4]], &[]);
        let founded = ProfileId::founded_on(RecordHandle(3), 0).0;
        assert_eq!(
            kinds(&split).into_iter().collect::<BTreeSet<_>>(),
            [(ChangeKind::Changed, 10), (ChangeKind::Split, founded)].into()
        );
        let told = split.changes.iter().find(|change| change.kind == ChangeKind::Split);
        assert_eq!(told.and_then(|change| change.other), Some(ProfileId(10)));
        assert_eq!(kinds(&planned(&[(10, &[1])], &[&[1]], &[1])), [(ChangeKind::Changed, 10)]);
        assert_eq!(kinds(&planned(&[(10, &[1])], &[&[1]], &[])), []);
        assert_eq!(kinds(&planned(&[], &[&[1]], &[1]))[0].0, ChangeKind::Created);
    }

    #[test]
    fn the_numbers_of_the_kinds_are_frozen() {
        let numbers: Vec<u32> = ChangeKind::ALL.iter().map(|kind| kind.number()).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
        assert!(ChangeKind::ALL.iter().all(|kind| ChangeKind::from_number(kind.number()) == Some(*kind)));
        assert_eq!(ChangeKind::from_number(0), None);
    }
}
