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

/// Gives every cluster an id.
///
/// `previous` tells the profile that a record was in; `taken` tells whether an id that is not among those belongs to a
/// live profile. The greatest overlap inherits; ties go to the smaller id, then to the cluster with the smaller first
/// record. A cluster without heir founds a profile on its first record: the id that this record's own profile would
/// have had, so that a split gives an absorbed id back.
pub fn assign(
    clusters: &[Vec<RecordHandle>],
    previous: &dyn Fn(RecordHandle) -> Option<ProfileId>,
    taken: &dyn Fn(ProfileId) -> bool,
) -> Vec<Assignment> {
    let mut overlaps: BTreeMap<(usize, ProfileId), usize> = BTreeMap::new();
    for (position, cluster) in clusters.iter().enumerate() {
        for profile in cluster.iter().filter_map(|&record| previous(record)) {
            *overlaps.entry((position, profile)).or_default() += 1;
        }
    }
    let mut claims: Vec<(usize, ProfileId, usize)> =
        overlaps.into_iter().map(|((position, profile), count)| (count, profile, position)).collect();
    claims.sort_unstable_by_key(|&(count, profile, position)| (std::cmp::Reverse(count), profile, position));

    let mut heirs: BTreeMap<usize, ProfileId> = BTreeMap::new();
    let mut used: BTreeSet<ProfileId> = BTreeSet::new();
    for &(_, profile, position) in &claims {
        if !heirs.contains_key(&position) && !used.contains(&profile) {
            heirs.insert(position, profile);
            used.insert(profile);
        }
    }
    let mut assignments = Vec::with_capacity(clusters.len());
    for (position, cluster) in clusters.iter().enumerate() {
        let inherited = heirs.get(&position).copied();
        let profile = inherited.unwrap_or_else(|| found(cluster, &used, taken));
        used.insert(profile);
        assignments.push(Assignment { profile, members: cluster.clone(), founded: inherited.is_none() });
    }
    assignments
}

fn found(cluster: &[RecordHandle], used: &BTreeSet<ProfileId>, taken: &dyn Fn(ProfileId) -> bool) -> ProfileId {
    let first = cluster.iter().min().copied().unwrap_or(RecordHandle(0));
    let mut attempt = 0;
    loop {
        let candidate = ProfileId::founded_on(first, attempt);
        if !used.contains(&candidate) && !taken(candidate) {
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

    #[test]
    fn the_greatest_overlap_inherits_and_a_split_gives_the_absorbed_id_back() {
        let nobody = |_| None;
        let free = |_| false;
        let fresh = assign(&[handles(&[1, 2]), handles(&[3])], &nobody, &free);
        assert!(fresh.iter().all(|a| a.founded));
        let (large, small) = (fresh[0].profile, fresh[1].profile);

        let before = |r: RecordHandle| Some(if r.0 <= 2 { large } else { small });
        let merged = assign(&[handles(&[1, 2, 3])], &before, &free);
        assert_eq!((merged[0].profile, merged[0].founded), (large, false));

        let together = |_| Some(large);
        let split = assign(&[handles(&[1, 2]), handles(&[3])], &together, &|id| id == large);
        assert_eq!(split[0].profile, large);
        assert_eq!(split[1].profile, small);
    }
}
