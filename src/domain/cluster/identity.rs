//! Persistent profile ids: a cluster inherits the id with which it shares most records.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::id::{ProfileId, RecordHandle};

/// A cluster with its id, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The id.
    pub profile: ProfileId,
    /// The members, ascending.
    pub members: Vec<RecordHandle>,
    /// The id did not belong to a live profile before.
    pub founded: bool,
}

/// What is known about ids before an assignment.
pub struct Past<'a> {
    /// The profile that a record was in.
    pub live: &'a dyn Fn(RecordHandle) -> Option<ProfileId>,
    /// Ids absorbed by those profiles, with the records that they had then: a split gives them back.
    pub absorbed: &'a BTreeMap<ProfileId, Vec<RecordHandle>>,
    /// Whether an id that is not among those belongs to a live profile.
    pub taken: &'a dyn Fn(ProfileId) -> bool,
    /// Whether an id leads to another profile, so that no new one may have it.
    pub redirected: &'a dyn Fn(ProfileId) -> bool,
    /// When a live profile was founded, in any unit; of two with the same claim the older one wins.
    pub founded: &'a dyn Fn(ProfileId) -> i64,
}

/// Gives every cluster an id.
///
/// A live id goes where most of the records are that it did not absorb from others; a cluster that several ids want takes the
/// one with the greatest overlap. A cluster left without takes a live id that nobody wanted, then the absorbed id that
/// most of its records came from, and else founds a profile on its first record. Ties go to the older id, then to the
/// smaller one, then to the cluster with the smaller first record.
pub fn assign(clusters: &[Vec<RecordHandle>], past: &Past<'_>) -> Vec<Assignment> {
    let origin_of = origins(past.absorbed);
    let mut overlaps: BTreeMap<ProfileId, BTreeMap<usize, Overlap>> = BTreeMap::new();
    let mut origins: BTreeMap<(ProfileId, usize), usize> = BTreeMap::new();
    for (position, cluster) in clusters.iter().enumerate() {
        for &record in cluster {
            let origin = origin_of.get(&record).copied();
            if let Some(profile) = (past.live)(record) {
                let overlap = overlaps.entry(profile).or_default().entry(position).or_default();
                overlap.records += 1;
                overlap.own += usize::from(origin.is_none());
            }
            if let Some(origin) = origin {
                *origins.entry((origin, position)).or_default() += 1;
            }
        }
    }
    let mut given = Given::default();
    let wanted = overlaps.iter().filter_map(|(profile, by_cluster)| {
        let best = by_cluster.iter().max_by_key(|(position, o)| (o.own, o.records, std::cmp::Reverse(**position)));
        best.map(|(position, overlap)| (overlap.records, *profile, *position))
    });
    given.give(wanted.collect(), past);
    let all =
        overlaps.iter().flat_map(|(profile, by_cluster)| by_cluster.iter().map(|(p, o)| (o.records, *profile, *p)));
    given.give(all.collect(), past);
    let live: BTreeSet<ProfileId> = overlaps.keys().copied().collect();
    let revivable = origins.iter().filter(|((profile, _), _)| !live.contains(profile) && !(past.taken)(*profile));
    let revived = revivable.map(|((profile, position), count)| (*count, *profile, *position));
    given.give(revived.collect(), past);

    let mut assignments = Vec::with_capacity(clusters.len());
    for (position, cluster) in clusters.iter().enumerate() {
        let heir = given.heirs.get(&position).copied();
        let profile = heir.unwrap_or_else(|| found(cluster, &given.used, past));
        given.used.insert(profile);
        let founded = !live.contains(&profile);
        assignments.push(Assignment { profile, members: cluster.clone(), founded });
    }
    assignments
}

/// How much of a cluster a live profile had.
#[derive(Clone, Copy, Default)]
struct Overlap {
    records: usize,
    /// Records that the profile did not absorb from another.
    own: usize,
}

/// Ids given so far: each to one cluster, each cluster one.
#[derive(Default)]
struct Given {
    heirs: BTreeMap<usize, ProfileId>,
    used: BTreeSet<ProfileId>,
}

impl Given {
    /// Gives ids to clusters that have none, the greatest overlap first.
    fn give(&mut self, mut claims: Vec<(usize, ProfileId, usize)>, past: &Past<'_>) {
        claims.sort_by_cached_key(|&(count, profile, position)| {
            (std::cmp::Reverse(count), (past.founded)(profile), profile, position)
        });
        for (_, profile, position) in claims {
            if !self.heirs.contains_key(&position) && !self.used.contains(&profile) {
                self.heirs.insert(position, profile);
                self.used.insert(profile);
            }
        }
    }
}

/// The absorbed id that each record came from: of several, one inside the other, the innermost.
fn origins(absorbed: &BTreeMap<ProfileId, Vec<RecordHandle>>) -> BTreeMap<RecordHandle, ProfileId> {
    let mut by_size: Vec<(&ProfileId, &Vec<RecordHandle>)> = absorbed.iter().collect();
    by_size.sort_unstable_by_key(|(profile, members)| (std::cmp::Reverse(members.len()), **profile));
    by_size.into_iter().flat_map(|(profile, members)| members.iter().map(|member| (*member, *profile))).collect()
}

fn found(cluster: &[RecordHandle], used: &BTreeSet<ProfileId>, past: &Past<'_>) -> ProfileId {
    let first = cluster.iter().min().copied().unwrap_or(RecordHandle(0));
    let mut attempt = 0;
    loop {
        let candidate = ProfileId::founded_on(first, attempt);
        if !used.contains(&candidate) && !(past.taken)(candidate) && !(past.redirected)(candidate) {
            return candidate;
        }
        attempt += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handles(numbers: &[u64]) -> Vec<RecordHandle> {
        numbers.iter().map(|&n| RecordHandle(n)).collect()
    }

    fn assign_after(
        clusters: &[Vec<RecordHandle>],
        live: &dyn Fn(RecordHandle) -> Option<ProfileId>,
        absorbed: &BTreeMap<ProfileId, Vec<RecordHandle>>,
    ) -> Vec<ProfileId> {
        let past = Past { live, absorbed, taken: &|_| false, redirected: &|_| false, founded: &|_| 0 };
        assign(clusters, &past).into_iter().map(|assignment| assignment.profile).collect()
    }

    #[test]
    fn the_greatest_overlap_inherits() {
        let none = BTreeMap::new();
        let (large, small) = (ProfileId(90), ProfileId(5));
        let before = |r: RecordHandle| Some(if r.0 <= 2 { large } else { small });
        assert_eq!(assign_after(&[handles(&[1, 2, 3])], &before, &none), [large]);
        let together = |_| Some(large);
        let split = assign_after(&[handles(&[1]), handles(&[2, 3])], &together, &none);
        assert_eq!(split[1], large);
        assert_eq!(split[0], ProfileId::founded_on(RecordHandle(1), 0));
    }

    #[test]
    fn an_id_that_leads_elsewhere_is_not_given_anew() {
        let first = ProfileId::founded_on(RecordHandle(1), 0);
        let (absorbed, redirected) = (BTreeMap::new(), |id: ProfileId| id == first);
        let past =
            Past { live: &|_| None, absorbed: &absorbed, taken: &|_| false, redirected: &redirected, founded: &|_| 0 };
        let founded = assign(&[handles(&[1])], &past);
        assert_eq!(founded[0].profile, ProfileId::founded_on(RecordHandle(1), 1));
    }

    #[test]
    fn a_split_gives_the_absorbed_id_back_even_to_the_larger_half() {
        let (kept, gone) = (ProfileId(5), ProfileId(90));
        let absorbed = BTreeMap::from([(gone, handles(&[3, 4]))]);
        let together = |_| Some(kept);
        // Merged it stays what it is, and split it becomes what it was.
        assert_eq!(assign_after(&[handles(&[1, 2, 3, 4])], &together, &absorbed), [kept]);
        assert_eq!(assign_after(&[handles(&[1, 2]), handles(&[3, 4])], &together, &absorbed), [kept, gone]);
        let absorbed = BTreeMap::from([(gone, handles(&[2, 3, 4]))]);
        assert_eq!(assign_after(&[handles(&[1]), handles(&[2, 3, 4])], &together, &absorbed), [kept, gone]);
    }
}
