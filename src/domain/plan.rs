//! The plan of a change: which profiles there will be, which go, and where their ids lead. Decides, does nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::identity::{self, Assignment, Past};
use super::event::Event;
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
    /// What to write into the log.
    pub events: Vec<Event>,
}

/// Plans the step from `before` (the profiles that the touched records are in, all their records) to `clusters`; `absorbed`
/// are the ids that those profiles absorbed, with the records that these had.
pub fn plan(
    before: &BTreeMap<ProfileId, Vec<RecordHandle>>,
    clusters: &[Vec<RecordHandle>],
    absorbed: &BTreeMap<ProfileId, Vec<RecordHandle>>,
    taken: &dyn Fn(ProfileId) -> bool,
) -> Plan {
    let profile_before: BTreeMap<RecordHandle, ProfileId> =
        before.iter().flat_map(|(profile, members)| members.iter().map(|member| (*member, *profile))).collect();
    let profiles =
        identity::assign(clusters, &Past { live: &|record| profile_before.get(&record).copied(), absorbed, taken });
    let kept: BTreeSet<ProfileId> = profiles.iter().map(|assignment| assignment.profile).collect();
    let mut plan = Plan::default();
    for assignment in profiles.iter().filter(|assignment| assignment.founded) {
        plan.events.push(Event::ProfileCreated(assignment.profile));
    }
    for (profile, members) in before.iter().filter(|(profile, _)| !kept.contains(profile)) {
        plan.removed.push(*profile);
        match successor(members, &profiles) {
            Some(target) => {
                plan.redirects.push((*profile, target));
                plan.events.push(Event::ProfileRedirected(*profile, target));
            }
            None => plan.events.push(Event::ProfileErased(*profile)),
        }
    }
    plan.profiles = profiles;
    plan
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

    #[test]
    fn a_merge_redirects_and_a_deletion_erases() {
        let (a, b) = (ProfileId(10), ProfileId(20));
        let before = BTreeMap::from([(a, vec![RecordHandle(1), RecordHandle(2)]), (b, vec![RecordHandle(3)])]);
        let none = BTreeMap::new();
        let merged = plan(&before, &[vec![RecordHandle(1), RecordHandle(2), RecordHandle(3)]], &none, &|_| false);
        assert_eq!(merged.redirects, [(b, a)]);
        assert_eq!(merged.profiles[0].profile, a);
        let deleted = plan(&before, &[vec![RecordHandle(1), RecordHandle(2)]], &none, &|_| false);
        assert_eq!(deleted.removed, [b]);
        assert_eq!(deleted.events, [Event::ProfileErased(b)]);
    }
}
