//! From touched records to profiles and review tasks: components, clusters, plan, and the writes that follow.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Engine;
use super::commit::Scope;
use super::generation::Generation;
use super::hot::HotRecord;
use super::neighbourhood::{Touched, other_end};
use super::review::verdict_of;
use super::rows;
use crate::domain::cluster::components::Component;
use crate::domain::cluster::judgement::{Judgements, Verdict};
use crate::domain::cluster::linkage::Merge;
use crate::domain::cluster::pieces::{self, Link};
use crate::domain::cluster::{self, Edge, is_link};
use crate::domain::id::{MatchWeight, ProfileId, RecordHandle, RecordKey, RecordPair, ReviewTaskId};
use crate::domain::plan::{self, Before, Plan};
use crate::domain::review::queue;
use crate::domain::score;
use crate::error::Result;
use crate::store::stored::{StoredAbsorbed, StoredChange, StoredJudgement, StoredProfile, StoredRecordKey, StoredTask};
use crate::store::{Space, keys};

/// Absorbed id → the profile that holds it, and what it was.
type AbsorbedIds = BTreeMap<ProfileId, (ProfileId, StoredAbsorbed)>;

/// Everything around the touched records that a reclustering needs.
#[derive(Default)]
struct Region {
    /// Every piece that may not be what it was.
    pieces: Vec<Component>,
    /// A component was over the limit and was cut at rising thresholds first.
    cut_to_limit: bool,
    /// Every edge of these records.
    edges: BTreeMap<RecordPair, Edge>,
    /// Every judgement about these records.
    judgements: Judgements,
    /// The records themselves.
    records: BTreeMap<RecordHandle, Arc<HotRecord>>,
}

/// What stands about one record.
#[derive(Default)]
struct Surroundings {
    edges: Vec<Edge>,
    judgements: Vec<(RecordPair, Verdict)>,
}

/// What a reclustering met on the way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Resolved {
    /// A component was over the limit and was cut at rising thresholds first.
    pub(super) cut_to_limit: bool,
}

/// How a profile comes together.
pub(super) struct Assembly {
    /// The merges that built it, in their order.
    pub(super) merges: Vec<Merge>,
    /// Judgements about its records.
    pub(super) judgements: Vec<(RecordPair, Verdict)>,
    /// The keys of all records that the merges and judgements name.
    pub(super) records: BTreeMap<RecordHandle, RecordKey>,
    /// The component was over the limit and was cut at rising thresholds first.
    pub(super) cut_to_limit: bool,
}

impl Engine {
    /// Reclusters the pieces of the touched records and writes profiles, redirects, tasks and what followers are told.
    /// `changed` are the records whose content changed or that are gone, with their keys.
    pub(super) fn resolve(
        &self,
        scope: &Scope<'_>,
        touched: &Touched,
        changed: &BTreeMap<RecordHandle, RecordKey>,
    ) -> Result<Resolved> {
        let mut touched = touched.clone();
        for &handle in changed.keys() {
            // Judgements, too, hold records together: without this one the others may be on their own.
            touched.extend(judgements_of(scope, handle)?.into_iter().map(|(pair, _)| other_end(pair, handle)));
        }
        let region = self.region(scope, &touched)?;
        let (clusters, resolved) = Self::cluster_region(scope, &region);
        let before = self.profiles_of(scope, &region, changed)?;
        let redirected = |profile: ProfileId| {
            scope.get_bytes(Space::Redirects, &keys::profile(profile)).is_ok_and(|value| value.is_some())
        };
        let live = |profile: ProfileId| scope.profile(profile).ok().flatten();
        let founded = |profile: ProfileId| live(profile).map_or(i64::MAX, |stored| stored.create_micros);
        let absorbed = self.absorbed_by(scope, before.keys().copied().collect())?;
        let records_of = absorbed.iter().map(|(profile, (_, stored))| {
            (*profile, stored.records.iter().map(|&handle| RecordHandle(handle)).collect::<Vec<_>>())
        });
        let changed_handles: Vec<RecordHandle> = changed.keys().copied().collect();
        let past = Before {
            profiles: &before,
            absorbed: &records_of.collect(),
            changed: &changed_handles,
            taken: &|profile| live(profile).is_some(),
            redirected: &redirected,
            founded: &founded,
        };
        let plan = plan::plan(&past, &clusters);
        self.apply(scope, &plan, &before, &absorbed)?;
        for &handle in changed.keys().filter(|handle| !region.records.contains_key(handle)) {
            scope.put_home(handle, None);
        }
        self.tell(scope, &plan, &region, changed)?;
        let gone = touched.iter().chain(changed.keys()).filter(|handle| !region.records.contains_key(handle));
        self.refresh_tasks(scope, &region, &gone.copied().collect())?;
        Ok(resolved)
    }

    /// Tells those who follow profiles what became of them.
    fn tell(
        &self,
        scope: &Scope<'_>,
        plan: &Plan,
        region: &Region,
        changed: &BTreeMap<RecordHandle, RecordKey>,
    ) -> Result<()> {
        let named = |handles: &[RecordHandle]| -> Result<Vec<StoredRecordKey>> {
            let keys = handles.iter().map(|handle| {
                let key = match (region.records.get(handle), changed.get(handle)) {
                    (Some(record), _) => record.key.clone(),
                    (None, Some(key)) => key.clone(),
                    (None, None) => self.hot_indexed(scope, *handle)?.key.clone(),
                };
                Ok(StoredRecordKey { source: key.source.0, record_id: key.record_id })
            });
            keys.collect()
        };
        for change in &plan.changes {
            scope.tell(StoredChange {
                kind: change.kind.number(),
                profile: change.profile.0,
                other: change.other.map_or(0, |other| other.0),
                before: named(&change.before)?,
                after: named(&change.after)?,
            });
        }
        Ok(())
    }

    /// The pieces that the touched records are in, and whatever else their change may have cut or joined.
    fn region(&self, scope: &Scope<'_>, touched: &Touched) -> Result<Region> {
        let model = &scope.active.model;
        let limit = model.limits.component_records_max;
        // Whoever is in a piece was looked at on the way to it.
        let mut seen: FxHashMap<RecordHandle, Surroundings> = FxHashMap::default();
        let mut links_of = |handle| -> Result<_> {
            let around = Surroundings {
                edges: scope.edges_of(&scope.active, handle)?,
                judgements: judgements_of(scope, handle)?,
            };
            let links = self.links_of(scope, handle, &around, touched.contains(&handle))?;
            seen.insert(handle, around);
            Ok(links)
        };
        let pieces = pieces::pieces_around(model.thresholds.link, limit, touched, &mut links_of)?;
        let (mut region, mut piece_of) = (Region::default(), BTreeMap::new());
        for (number, piece) in pieces.iter().enumerate() {
            region.cut_to_limit |= piece.cut;
            for &handle in &piece.members {
                piece_of.insert(handle, number);
                region.records.insert(handle, self.hot_indexed(scope, handle)?);
                let Surroundings { edges, judgements } = seen.remove(&handle).unwrap_or_default();
                judgements.into_iter().for_each(|(pair, verdict)| region.judgements.insert(pair, verdict));
                region.edges.extend(edges.into_iter().map(|edge| (edge.pair, edge)));
            }
        }
        region.pieces =
            pieces.into_iter().map(|piece| Component { members: piece.members, ..Component::default() }).collect();
        for edge in region.edges.values() {
            let [low, high] = [edge.pair.low(), edge.pair.high()].map(|end| piece_of.get(&end));
            if let Some(piece) = low.filter(|_| low == high).and_then(|number| region.pieces.get_mut(*number)) {
                piece.edges.push(*edge);
            }
        }
        Ok(region)
    }

    /// What holds a record together with others; `None` of one that is not there. Edges lead to records that are; a deleted record may be
    /// touched, and judgements may be about records that never came.
    fn links_of(
        &self,
        scope: &Scope<'_>,
        handle: RecordHandle,
        Surroundings { edges, judgements: judged }: &Surroundings,
        touched: bool,
    ) -> Result<Option<Rc<[Link]>>> {
        if (touched || edges.is_empty()) && self.hot(scope, handle)?.is_none() {
            return Ok(None);
        }
        let mut judgements = Judgements::default();
        judged.iter().for_each(|(pair, verdict)| judgements.insert(*pair, *verdict));
        let positive = judged.iter().filter(|(_, verdict)| *verdict == Verdict::Positive);
        let told = positive.map(|(pair, _)| Link { to: other_end(*pair, handle), weight: pieces::JUDGED });
        let link = scope.active.model.thresholds.link;
        let heavy = edges.iter().filter(|edge| edge.weight >= link && is_link(edge, &judgements));
        let found = heavy.map(|edge| Link { to: other_end(edge.pair, handle), weight: edge.weight });
        Ok(Some(found.chain(told).collect()))
    }

    fn cluster_region(scope: &Scope<'_>, region: &Region) -> (Vec<Vec<RecordHandle>>, Resolved) {
        let score = |a: RecordHandle, b: RecordHandle| Self::evidence(&scope.active, region, a, b);
        let (mut clusters, mut resolved) = (Vec::new(), Resolved::default());
        resolved.cut_to_limit |= region.cut_to_limit;
        for Component { members, edges, .. } in &region.pieces {
            if members.len() == 1 {
                clusters.push(members.clone());
                continue;
            }
            let partition = cluster::partition(&scope.active.model, members, edges, &region.judgements, &score);
            resolved.cut_to_limit |= partition.cut_to_limit;
            clusters.extend(partition.clusters);
        }
        (clusters, resolved)
    }

    fn evidence(generation: &Generation, region: &Region, a: RecordHandle, b: RecordHandle) -> score::Evidence {
        match (region.records.get(&a), region.records.get(&b)) {
            (Some(a), Some(b)) => score::evidence(&generation.model, generation.features(a), generation.features(b)),
            _ => score::Evidence::default(),
        }
    }

    /// Clusters the component of these records again, which are one profile, and tells how the profile comes together.
    pub(super) fn assembly(&self, scope: &Scope<'_>, profile: &[RecordHandle]) -> Result<Assembly> {
        let region = self.region(scope, &profile.iter().copied().collect())?;
        let score = |a: RecordHandle, b: RecordHandle| Self::evidence(&scope.active, &region, a, b);
        let mut merges = Vec::new();
        let mut cut_to_limit = region.cut_to_limit;
        for Component { members, edges, .. } in &region.pieces {
            let (partition, traced) =
                cluster::partition_traced(&scope.active.model, members, edges, &region.judgements, &score);
            merges.extend(traced.into_iter().filter(|merge| merge.is_within(profile)));
            cut_to_limit |= partition.cut_to_limit;
        }
        let judgements: Vec<(RecordPair, Verdict)> = region.judgements.about(profile).collect();
        let mut records = BTreeMap::new();
        let judged = judgements.iter().flat_map(|(pair, _)| [pair.low(), pair.high()]);
        for handle in profile.iter().copied().chain(judged) {
            // A judgement may be about a record that is gone.
            if let Some(record) = self.hot(scope, handle)? {
                records.insert(handle, record.key.clone());
            }
        }
        Ok(Assembly { merges, judgements, records, cut_to_limit })
    }

    /// The profiles that the region's records and the changed ones are in, each with all its records.
    fn profiles_of(
        &self,
        scope: &Scope<'_>,
        region: &Region,
        changed: &BTreeMap<RecordHandle, RecordKey>,
    ) -> Result<BTreeMap<ProfileId, Vec<RecordHandle>>> {
        let mut profiles = BTreeMap::new();
        for &handle in region.records.keys().chain(changed.keys()) {
            let Some(profile) = scope.profile_of(handle)? else { continue };
            if let Entry::Vacant(entry) = profiles.entry(profile) {
                entry.insert(self.members(scope, profile)?);
            }
        }
        Ok(profiles)
    }

    /// The ids that these profiles absorbed, directly or through one another, each with the profile that holds it.
    fn absorbed_by(&self, scope: &Scope<'_>, profiles: Vec<ProfileId>) -> Result<AbsorbedIds> {
        let mut absorbed = AbsorbedIds::new();
        let mut pending = profiles;
        while let Some(profile) = pending.pop() {
            for (key, value) in scope.scan(Space::Absorbed, &keys::profile(profile), None, usize::MAX)? {
                let Some(id) = keys::second(&key).map(ProfileId) else { continue };
                absorbed.insert(id, (profile, crate::store::codec::decode(&value)?));
                pending.push(id);
            }
        }
        Ok(absorbed)
    }

    /// The records of a profile, ascending.
    pub(super) fn members(&self, scope: &Scope<'_>, profile: ProfileId) -> Result<Vec<RecordHandle>> {
        let stored = scope.profile(profile)?;
        Ok(stored.map(|stored| stored.records.iter().copied().map(RecordHandle).collect()).unwrap_or_default())
    }

    fn apply(
        &self,
        scope: &Scope<'_>,
        plan: &Plan,
        before: &BTreeMap<ProfileId, Vec<RecordHandle>>,
        absorbed: &AbsorbedIds,
    ) -> Result<()> {
        let now = self.clock.now().micros;
        for (from, to) in &plan.redirects {
            let known = scope.profile(*from)?.unwrap_or_default();
            let records = before.get(from).map(|members| members.iter().map(|member| member.0).collect());
            let stored = StoredAbsorbed {
                records: records.unwrap_or_default(),
                revision: known.revision,
                create_micros: known.create_micros,
            };
            scope.put_bytes(Space::Redirects, keys::profile(*from), keys::profile(*to));
            scope.put(Space::Absorbed, keys::profile_profile(*to, *from), &stored);
        }
        for &profile in &plan.removed {
            scope.put_profile(profile, None);
        }
        let changed: BTreeSet<ProfileId> = plan.changes.iter().map(|change| change.profile).collect();
        for assignment in plan.profiles.iter().filter(|assignment| changed.contains(&assignment.profile)) {
            let profile = assignment.profile;
            for &member in &assignment.members {
                scope.put_home(member, Some(profile));
            }
            let known = scope.profile(profile)?;
            let mut known = known.map(|known| (known.revision, known.create_micros));
            if let Some((holder, was)) = absorbed.get(&profile) {
                // An id that was absorbed and comes back is a profile of its own again, and its revisions go on.
                scope.delete(Space::Redirects, keys::profile(profile));
                scope.delete(Space::Absorbed, keys::profile_profile(*holder, profile));
                known = Some((was.revision, was.create_micros));
            }
            let founded = rows::founded_profile(&scope.active.model, &assignment.members, now);
            let stored = match known {
                Some((revision, create_micros)) => StoredProfile { revision: revision + 1, create_micros, ..founded },
                None => founded,
            };
            scope.put_profile(profile, Some(stored));
        }
        Ok(())
    }

    /// Opens tasks for possible matches of the region, closes those about it or `gone` that are no question any more.
    fn refresh_tasks(&self, scope: &Scope<'_>, region: &Region, gone: &BTreeSet<RecordHandle>) -> Result<()> {
        let mut profiles: BTreeMap<RecordHandle, Option<u64>> = BTreeMap::new();
        let ends = region.edges.keys().flat_map(|pair| [pair.low(), pair.high()]);
        let judged = region.judgements.iter().flat_map(|(pair, _)| [pair.low(), pair.high()]);
        for handle in ends.chain(judged) {
            if let Entry::Vacant(entry) = profiles.entry(handle) {
                entry.insert(scope.profile_of(handle)?.map(|profile| profile.0));
            }
        }
        let judgements = self.judgements_around(scope, region, &profiles)?;
        let edges: Vec<Edge> = region.edges.values().copied().collect();
        let cluster_of = |handle: RecordHandle| profiles.get(&handle).copied().flatten();
        let wanted: BTreeMap<ReviewTaskId, Edge> =
            queue::possible_matches(&scope.active.model, &edges, &judgements, &cluster_of)
                .into_iter()
                .map(|edge| (ReviewTaskId::about(edge.pair), edge))
                .collect();
        // Records that are gone are in no region, yet tasks may ask about them.
        for &handle in region.records.keys().chain(gone) {
            for (key, _) in scope.scan(Space::RecordTasks, &keys::record(handle), None, usize::MAX)? {
                let Some(id) = keys::second(&key).map(ReviewTaskId) else { continue };
                if !wanted.contains_key(&id) {
                    self.close_task(scope, id)?;
                }
            }
        }
        for (id, edge) in wanted {
            self.open_task(scope, id, &edge)?;
        }
        Ok(())
    }

    /// The region's judgements and those between other members of the profiles next to it.
    fn judgements_around(
        &self,
        scope: &Scope<'_>,
        region: &Region,
        profiles: &BTreeMap<RecordHandle, Option<u64>>,
    ) -> Result<Judgements> {
        // Judgements are stored in both directions, so those of the region's records suffice: a judgement between two
        // clusters of which one is touched has an end in the touched one.
        let mut judgements = region.judgements.clone();
        let outside = profiles.keys().filter(|handle| !region.records.contains_key(handle));
        for &handle in outside {
            judgements_of(scope, handle)?.into_iter().for_each(|(pair, verdict)| judgements.insert(pair, verdict));
        }
        Ok(judgements)
    }

    /// Closes a task that nobody has to answer any more.
    fn close_task(&self, scope: &Scope<'_>, id: ReviewTaskId) -> Result<()> {
        let Some(task) = scope.get::<StoredTask>(Space::Tasks, &keys::task(id))? else { return Ok(()) };
        // Decided tasks stay: they document the judgement in force.
        if task.state != super::review::STATE_APPLIED {
            scope.delete(Space::Tasks, keys::task(id));
            for handle in [task.left, task.right] {
                scope.delete(Space::RecordTasks, keys::record_task(RecordHandle(handle), id));
            }
        }
        Ok(())
    }

    fn open_task(&self, scope: &Scope<'_>, id: ReviewTaskId, edge: &Edge) -> Result<()> {
        let known: Option<StoredTask> = scope.get(Space::Tasks, &keys::task(id))?;
        let task = match known {
            Some(task) if MatchWeight(task.weight) == edge.weight => return Ok(()),
            Some(task) => StoredTask { weight: edge.weight.0, revision: task.revision + 1, ..task },
            None => rows::open_task(edge, self.clock.now().micros).1,
        };
        scope.put(Space::Tasks, keys::task(id), &task);
        for handle in [edge.pair.low(), edge.pair.high()] {
            scope.put_bytes(Space::RecordTasks, keys::record_task(handle, id), Vec::new());
        }
        Ok(())
    }

    /// Writes or withdraws a judgement, in both directions.
    pub(super) fn put_judgement(&self, scope: &Scope<'_>, pair: RecordPair, judgement: Option<(Verdict, &str, &str)>) {
        for (from, to) in [(pair.low(), pair.high()), (pair.high(), pair.low())] {
            let key = keys::record_record(from, to);
            match judgement {
                Some((verdict, steward, reason)) => {
                    let now = self.clock.now().micros;
                    let stored = rows::judgement(verdict, steward, reason, &scope.active.model, now);
                    scope.put(Space::Judgements, key, &stored);
                }
                None => scope.delete(Space::Judgements, key),
            }
        }
    }
}

/// What people said about a record and others.
fn judgements_of(scope: &Scope<'_>, handle: RecordHandle) -> Result<Vec<(RecordPair, Verdict)>> {
    let mut found = Vec::new();
    for (key, value) in scope.scan(Space::Judgements, &keys::record(handle), None, usize::MAX)? {
        let judgement: StoredJudgement = crate::store::codec::decode(&value)?;
        let pair = keys::second(&key).and_then(|other| RecordPair::new(handle, RecordHandle(other)));
        found.extend(pair.zip(verdict_of(judgement.verdict)));
    }
    Ok(found)
}
