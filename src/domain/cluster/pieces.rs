//! The pieces of components that a change may have touched, found from the changed records without walking whole components.
//!
//! A component over the limit is cut at thresholds that rise by one bit until every piece fits. The piece of a record is therefore what
//! can be reached from it over links of the lowest threshold at which that is no more than the limit, and to learn that it is more, one
//! record over the limit is enough: chance links may join a hundred thousand records, and still only a few hundred are looked at.

use std::collections::BTreeSet;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{THRESHOLD_MAX, THRESHOLD_STEP};
use crate::domain::id::{MatchWeight, RecordHandle};

/// What holds a record together with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The other record.
    pub to: RecordHandle,
    /// How strongly; [`JUDGED`] where a person said so.
    pub weight: MatchWeight,
}

/// The weight of a link that holds at every threshold.
pub const JUDGED: MatchWeight = MatchWeight(i32::MAX);

/// Records to be clustered together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutPiece {
    /// The records, ascending.
    pub members: Vec<RecordHandle>,
    /// The threshold was raised for it.
    pub cut: bool,
}

/// The links of a record from the link threshold up, `None` of one that does not exist.
pub type LinksOf<'a, E> = dyn FnMut(RecordHandle) -> Result<Option<Rc<[Link]>>, E> + 'a;

/// Every piece that may not be what it was before the change: those of the touched records and of whoever was together with them.
///
/// `touched` has both ends of every link that came, went or weighs something else, and every record that came or went. A record whose
/// piece has changed hung together, without the links among touched ones, with a touched one: before the change if the threshold of its
/// piece has risen since, afterwards if it has not. Where a touched record is in too large a company, all whom it reaches without those
/// links are therefore followed to the next threshold, if they are few enough to have been a piece.
pub fn pieces_around<E>(
    link: MatchWeight,
    limit: usize,
    touched: &BTreeSet<RecordHandle>,
    links_of: &mut LinksOf<'_, E>,
) -> Result<Vec<CutPiece>, E> {
    let mut walk = Walk { touched, links_of, known: FxHashMap::default() };
    let mut pieces = Vec::new();
    let mut seeds: BTreeSet<RecordHandle> = touched.clone();
    let mut threshold = link;
    while !seeds.is_empty() {
        let limit = if threshold.0 > THRESHOLD_MAX { usize::MAX } else { limit };
        let (mut whole, mut apart) = (Level::of(threshold, limit, false), Level::of(threshold, limit, true));
        let (mut found, mut deeper) = (FxHashSet::default(), BTreeSet::new());
        for &seed in &seeds {
            if found.contains(&seed) || walk.links(seed)?.is_none() {
                continue;
            }
            if let Some(mut members) = walk.reach(seed, &mut whole)? {
                found.extend(members.iter().copied());
                members.sort_unstable();
                pieces.push(CutPiece { members, cut: threshold > link });
                continue;
            }
            deeper.insert(seed);
            if let Some(members) = walk.reach(seed, &mut apart)? {
                deeper.extend(members);
            }
        }
        seeds = deeper;
        threshold = MatchWeight(threshold.0.saturating_add(THRESHOLD_STEP));
    }
    pieces.sort_unstable_by(|a, b| a.members.cmp(&b.members));
    Ok(pieces)
}

/// What is known of a threshold.
struct Level {
    threshold: MatchWeight,
    limit: usize,
    /// Links among touched records do not count.
    apart: bool,
    /// Records in too large a company.
    crowded: FxHashSet<RecordHandle>,
}

impl Level {
    fn of(threshold: MatchWeight, limit: usize, apart: bool) -> Self {
        Self { threshold, limit, apart, crowded: FxHashSet::default() }
    }
}

/// The links that have been looked at.
struct Walk<'a, 'l, E> {
    touched: &'a BTreeSet<RecordHandle>,
    links_of: &'a mut LinksOf<'l, E>,
    known: FxHashMap<RecordHandle, Option<Rc<[Link]>>>,
}

impl<E> Walk<'_, '_, E> {
    fn links(&mut self, record: RecordHandle) -> Result<Option<Rc<[Link]>>, E> {
        if let Some(known) = self.known.get(&record) {
            return Ok(known.clone());
        }
        let links = (self.links_of)(record)?;
        self.known.insert(record, links.clone());
        Ok(links)
    }

    /// The records that can be reached; `None` when there are more than the limit.
    fn reach(&mut self, from: RecordHandle, level: &mut Level) -> Result<Option<Vec<RecordHandle>>, E> {
        if level.crowded.contains(&from) {
            return Ok(None);
        }
        let mut met: FxHashSet<RecordHandle> = FxHashSet::default();
        met.insert(from);
        let (mut reached, mut pending) = (Vec::new(), vec![from]);
        let mut crowded = false;
        while let Some(record) = pending.pop() {
            let Some(links) = self.links(record)? else { continue };
            reached.push(record);
            crowded = reached.len() > level.limit;
            let holds = |link: &&Link| {
                let among = || self.touched.contains(&record) && self.touched.contains(&link.to);
                link.weight >= level.threshold && !(level.apart && among())
            };
            for link in links.iter().filter(holds) {
                crowded |= level.crowded.contains(&link.to);
                if met.insert(link.to) {
                    pending.push(link.to);
                }
            }
            if crowded {
                break;
            }
        }
        if crowded {
            level.crowded.extend(reached);
            return Ok(None);
        }
        Ok(Some(reached))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use std::collections::BTreeMap;
    use std::convert::Infallible;

    use super::*;
    use crate::domain::hash::mix;

    const RECORDS: u64 = 60;
    const LIMIT: usize = 6;

    /// Links by pair, and who is there.
    #[derive(Clone, Default)]
    struct World {
        links: BTreeMap<(u64, u64), i32>,
        gone: BTreeSet<u64>,
    }

    impl World {
        fn links_of(&self, record: RecordHandle) -> Option<Rc<[Link]>> {
            let here = |other: u64| !self.gone.contains(&other);
            let of = |(&(a, b), &weight): (&(u64, u64), &i32)| {
                let to = if a == record.0 { b } else { a };
                let about = (a == record.0 || b == record.0) && (here(to) || weight == i32::MAX);
                about.then_some(Link { to: RecordHandle(to), weight: MatchWeight(weight) })
            };
            here(record.0).then(|| self.links.iter().filter_map(of).collect())
        }

        /// The definition: pieces of all records, by cutting whole components.
        fn pieces(&self) -> BTreeMap<u64, Vec<u64>> {
            let mut piece_of = BTreeMap::new();
            for record in (0..RECORDS).filter(|record| !self.gone.contains(record)) {
                for threshold in (0..).map(|step| step * THRESHOLD_STEP) {
                    let mut company = BTreeSet::from([record]);
                    let mut pending = vec![record];
                    while let Some(next) = pending.pop() {
                        for link in self.links_of(RecordHandle(next)).unwrap().iter() {
                            let strong = link.weight.0 >= threshold && !self.gone.contains(&link.to.0);
                            if strong && company.insert(link.to.0) {
                                pending.push(link.to.0);
                            }
                        }
                    }
                    if company.len() <= LIMIT || threshold > THRESHOLD_MAX {
                        piece_of.insert(record, company.into_iter().collect());
                        break;
                    }
                }
            }
            piece_of
        }

        fn around(&self, touched: &BTreeSet<RecordHandle>) -> Vec<CutPiece> {
            let mut links_of = |record| Ok::<_, Infallible>(self.links_of(record));
            pieces_around(MatchWeight(0), LIMIT, touched, &mut links_of).unwrap()
        }
    }

    /// One change: a link or a record comes, goes or weighs something else. Both ends of all changed links are touched.
    fn change(world: &mut World, random: &mut dyn FnMut(u64) -> u64) -> BTreeSet<RecordHandle> {
        let record = random(RECORDS);
        let mut touched = BTreeSet::from([RecordHandle(record)]);
        if random(6) == 0 {
            let ends = world.links.keys().filter(|(a, b)| *a == record || *b == record);
            touched.extend(ends.flat_map(|&(a, b)| [RecordHandle(a), RecordHandle(b)]));
            if !world.gone.remove(&record) {
                world.gone.insert(record);
            }
            return touched;
        }
        for _ in 0..=random(4) {
            let other = random(RECORDS);
            let pair = (record.min(other), record.max(other));
            if record == other {
                continue;
            }
            touched.insert(RecordHandle(other));
            match random(12) {
                0..4 => drop(world.links.remove(&pair)),
                4 => drop(world.links.insert(pair, i32::MAX)),
                _ => drop(world.links.insert(pair, (random(5) * 700) as i32)),
            }
        }
        touched
    }

    #[test]
    fn whatever_changes_is_found_and_nothing_is_torn_apart() {
        for seed in 0..16 {
            let mut state = mix(seed);
            let mut random = |below: u64| {
                state = mix(state);
                state % below
            };
            let mut world = World::default();
            let mut before = world.pieces();
            for _ in 0..60 {
                let touched = change(&mut world, &mut random);
                let after = world.pieces();
                let found = world.around(&touched);
                let found: Vec<Vec<u64>> =
                    found.iter().map(|piece| piece.members.iter().map(|member| member.0).collect()).collect();
                for piece in &found {
                    assert_eq!(after.get(&piece[0]), Some(piece), "seed {seed}: what is found is a piece");
                }
                let covered: BTreeSet<u64> = found.iter().flatten().copied().collect();
                assert_eq!(covered.len(), found.iter().map(Vec::len).sum::<usize>(), "seed {seed}: each record once");
                for record in 0..RECORDS {
                    if before.get(&record) != after.get(&record) && after.contains_key(&record) {
                        assert!(covered.contains(&record), "seed {seed}: the piece of {record} has changed");
                    }
                }
                before = after;
            }
        }
    }

    #[test]
    fn a_crowd_is_not_walked() {
        // A chain of a hundred thousand; only its last link changes.
        let mut looked = 0;
        let mut links_of = |RecordHandle(record): RecordHandle| {
            looked += 1;
            let link = |to| Link { to: RecordHandle(to), weight: MatchWeight(500) };
            Ok::<_, Infallible>(Some([record.saturating_sub(1), record + 1].map(link).into()))
        };
        let touched = [RecordHandle(100_000), RecordHandle(100_001)].into();
        let pieces = pieces_around(MatchWeight(0), 200, &touched, &mut links_of).unwrap();
        assert_eq!(pieces.len(), 2);
        assert!(pieces.iter().all(|piece| piece.cut && piece.members.len() == 1));
        assert!(looked < 1_000, "{looked} records were looked at");
    }
}
