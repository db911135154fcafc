//! Derived state anew: what the indexes, edges and profiles must be, from records, judgements and the model alone. `fsck` compares it
//! with what is stored, `rebuild` writes what differs.
//!
//! Profile ids are inherited from profile to profile, so who has which id cannot be derived: it is taken from the profiles as they
//! are, and a rebuild changes only profiles whose records are wrong. Memory: the prepared features of all records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::commit::Scope;
use super::hot::HotRecord;
use super::review::STATE_APPLIED;
use super::rows::phone_digits;
use super::{Engine, FORMAT_VERSION, META};
use crate::domain::block;
use crate::domain::cluster::components::{Component, components};
use crate::domain::cluster::judgement::Judgements;
use crate::domain::cluster::{self, Edge};
use crate::domain::generic::GenericMask;
use crate::domain::id::{BlockKey, ProfileId, RecordHandle, RecordPair, ReviewTaskId};
use crate::domain::plan::ChangeKind;
use crate::domain::review::queue;
use crate::domain::score::{self, Evidence};
use crate::error::{Error, Result};
use crate::store::posting::Posting;
use crate::store::stored::{
    StoredAbsorbed, StoredEvaluation, StoredJudgement, StoredMeta, StoredProfile, StoredRecord, StoredTask,
};
use crate::store::{Durability, KeyValue, Space, adjacency, codec, keys};

/// Problems that are named of each kind; all are counted.
const PROBLEMS_NAMED_MAX: usize = 20;
/// Rows read at a time.
const ROWS_PER_READ: usize = 4_096;

/// What a check of the store found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreCheck {
    /// Records.
    pub records: u64,
    /// Profiles.
    pub profiles: u64,
    /// Edges.
    pub edges: u64,
    /// Blocking keys.
    pub block_keys: u64,
    /// What is wrong, in words that begin with the space; at most twenty of each.
    pub problems: Vec<String>,
    /// How much is wrong.
    pub problem_count: u64,
}

impl StoreCheck {
    fn problem(&mut self, text: impl FnOnce() -> String) {
        self.problem_count += 1;
        let text = text();
        let kind = text.split(':').next().unwrap_or_default();
        if self.problems.iter().filter(|problem| problem.split(':').next() == Some(kind)).count() < PROBLEMS_NAMED_MAX {
            self.problems.push(text);
        }
    }
}

/// Rows of a space, ascending by key.
type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// Everything that follows from the records.
struct Derived {
    records: BTreeMap<RecordHandle, Arc<HotRecord>>,
    judgements: Judgements,
    edges: Vec<Edge>,
    rows: Vec<(Space, Rows)>,
    clusters: Vec<Vec<RecordHandle>>,
}

impl Engine {
    /// Checks every invariant of the store on a snapshot.
    pub fn fsck(&self) -> Result<StoreCheck> {
        let scope = self.scope(false)?;
        let derived = self.derive(&scope)?;
        let mut check = self.check_rows(&scope, &derived, false)?;
        self.check_profiles(&scope, &derived, &mut check)?;
        self.check_tasks(&scope, &derived, &mut check)?;
        self.check_feed(&scope, &mut check)?;
        Ok(check)
    }

    /// Derives all derived state anew and writes what differs; the problems are those that were found and mended. A model under evaluation
    /// is evaluated from the beginning again. A store of an older layout has this program's afterwards.
    pub fn rebuild(&self, actor: &str) -> Result<StoreCheck> {
        self.cache.clear();
        self.command(actor, Durability::Synced, |scope| {
            let derived = self.derive(scope)?;
            let mut check = self.check_rows(scope, &derived, true)?;
            self.check_profiles(scope, &derived, &mut check)?;
            self.check_tasks(scope, &derived, &mut check)?;
            self.mend_profiles(scope, &derived)?;
            let mut meta: StoredMeta = scope.get(Space::Meta, META)?.unwrap_or_default();
            if let (Some(evaluation), Some(next)) = (&mut meta.evaluation, &scope.next) {
                *evaluation = StoredEvaluation {
                    model: evaluation.model.clone(),
                    activate: evaluation.activate,
                    ..StoredEvaluation::default()
                };
                scope.clear(next.edges);
            }
            meta.format_version = FORMAT_VERSION;
            scope.put(Space::Meta, META.to_vec(), &meta);
            Ok(check)
        })
    }

    fn derive(&self, scope: &Scope<'_>) -> Result<Derived> {
        let mut records = BTreeMap::new();
        for_each_row(scope, Space::Records, &mut |key, value| {
            let stored: StoredRecord = codec::decode(&value)?;
            if let Some(handle) = keys::first(&key).map(RecordHandle) {
                records.insert(handle, Arc::new(HotRecord::of_stored(&stored, &scope.active, None)));
            }
            Ok(())
        })?;
        let judgements = read_judgements(scope)?;
        let (mut blocks, mut block_records, mut phones, mut features) =
            (Rows::new(), Rows::new(), Rows::new(), Rows::new());
        let mut keyed: Vec<(BlockKey, RecordHandle)> = Vec::new();
        for (&handle, record) in &records {
            keyed.extend(block::keys(record.whole()).into_iter().map(|key| (key, handle)));
            let digits = phone_digits(record.whole());
            phones.extend(digits.map(|digits| (keys::phone_record(digits, handle), Vec::new())));
        }
        keyed.sort_unstable();
        let (mut pairs, mut generic) = (BTreeSet::new(), BTreeSet::new());
        for found in keyed.chunk_by(|a, b| a.0 == b.0) {
            let members: Vec<RecordHandle> = found.iter().map(|(_, handle)| *handle).collect();
            let Some((key, _)) = found.first() else { continue };
            let posting = if members.len() <= scope.block_limit(*key) {
                for (i, &a) in members.iter().enumerate() {
                    pairs.extend(members[i + 1..].iter().filter_map(|&b| RecordPair::new(a, b)));
                }
                Posting::Listed(members)
            } else {
                block_records.extend(members.iter().map(|&m| (keys::block_record(*key, m), Vec::new())));
                generic.insert(*key);
                Posting::Generic(members.len() as u64)
            };
            blocks.extend(posting.encode().map(|row| (keys::block(*key), row)));
        }
        for (&handle, record) in &mut records {
            let (_, wholes) = block::keys_and_wholes(record.whole());
            let mask = GenericMask::of(&wholes, &|key| generic.contains(&key));
            if !mask.is_empty() {
                let masked = record.masked(mask, &scope.active, None);
                *record = Arc::new(masked.ok_or_else(|| Error::store("features cannot be read back"))?);
            }
            features.insert(keys::record(handle), record.encode());
        }
        let (edges, edge_row_map) = score_pairs(scope, &records, pairs)?;
        let clusters = cluster_all(scope, &records, &edges, &judgements);
        let rows = vec![
            (Space::Blocks, blocks),
            (Space::Features, features),
            (Space::BlockRecords, block_records),
            (Space::Phones, phones),
            (scope.active.edges, edge_row_map),
        ];
        Ok(Derived { records, judgements, edges, rows, clusters })
    }

    /// Compares the derived rows with the stored ones.
    fn check_rows(&self, scope: &Scope<'_>, derived: &Derived, mend: bool) -> Result<StoreCheck> {
        let mut check = StoreCheck {
            records: derived.records.len() as u64,
            edges: derived.edges.len() as u64,
            block_keys: derived.rows.first().map_or(0, |(_, rows)| rows.len() as u64),
            ..StoreCheck::default()
        };
        for (space, expected) in &derived.rows {
            let mut seen = 0;
            let mut wrong: Vec<(Vec<u8>, Option<Vec<u8>>)> = Vec::new();
            for_each_row(scope, *space, &mut |key, value| {
                match expected.get(&key) {
                    Some(row) => {
                        seen += 1;
                        if *row != value {
                            wrong.push((key, Some(row.clone())));
                        }
                    }
                    None => wrong.push((key, None)),
                }
                Ok(())
            })?;
            if seen < expected.len() {
                for (key, row) in expected {
                    if scope.get_bytes(*space, key)?.is_none() {
                        wrong.push((key.clone(), Some(row.clone())));
                    }
                }
            }
            for (key, row) in wrong {
                let what = if row.is_some() { "is missing or wrong" } else { "should not be there" };
                check.problem(|| format!("{}: row {} {what}", space.name(), hex(&key)));
                match (mend, row) {
                    (true, Some(row)) => scope.put_bytes(*space, key, row),
                    (true, None) => scope.delete(*space, key),
                    (false, _) => {}
                }
            }
        }
        Ok(check)
    }

    /// Profiles are the clusters, records know their profiles, and every absorbed id leads to a live one.
    fn check_profiles(&self, scope: &Scope<'_>, derived: &Derived, check: &mut StoreCheck) -> Result<()> {
        let mut stored: BTreeMap<Vec<RecordHandle>, ProfileId> = BTreeMap::new();
        let mut live = BTreeSet::new();
        for_each_row(scope, Space::Profiles, &mut |key, value| {
            let profile: StoredProfile = codec::decode(&value)?;
            if let Some(id) = keys::first(&key).map(ProfileId) {
                live.insert(id);
                stored.insert(profile.records.into_iter().map(RecordHandle).collect(), id);
            }
            Ok(())
        })?;
        check.profiles = live.len() as u64;
        let mut home = BTreeMap::new();
        for cluster in &derived.clusters {
            match stored.remove(cluster) {
                Some(id) => home.extend(cluster.iter().map(|record| (*record, id))),
                None => check.problem(|| format!("profiles: no profile has exactly the records {cluster:?}")),
            }
        }
        for (records, id) in &stored {
            check.problem(|| format!("profiles: {id} has records that are no customer: {records:?}"));
        }
        for (&record, &id) in &home {
            if scope.profile_of(record)? != Some(id) {
                check.problem(|| format!("record_profiles: record {:016x} is not said to be in {id}", record.0));
            }
        }
        for_each_row(scope, Space::RecordProfiles, &mut |key, _| {
            if !keys::first(&key).is_some_and(|handle| derived.records.contains_key(&RecordHandle(handle))) {
                check.problem(|| format!("record_profiles: row {} is of no record", hex(&key)));
            }
            Ok(())
        })?;
        self.check_redirects(scope, &live, check)
    }

    fn check_redirects(&self, scope: &Scope<'_>, live: &BTreeSet<ProfileId>, check: &mut StoreCheck) -> Result<()> {
        let mut redirects = BTreeMap::new();
        for_each_row(scope, Space::Redirects, &mut |key, value| {
            if let (Some(from), Some(to)) = (keys::first(&key), keys::first(&value)) {
                redirects.insert(ProfileId(from), ProfileId(to));
            }
            Ok(())
        })?;
        for (&from, &to) in &redirects {
            let mut end = to;
            let mut steps = 0;
            while let (Some(&next), true) = (redirects.get(&end), steps <= redirects.len()) {
                end = next;
                steps += 1;
            }
            if live.contains(&from) {
                check.problem(|| format!("redirects: {from} is live and redirected"));
            }
            let absorbed: Option<StoredAbsorbed> = scope.get(Space::Absorbed, &keys::profile_profile(to, from))?;
            if absorbed.is_none() {
                check.problem(|| format!("absorbed: {to} does not know that it absorbed {from}"));
            }
            if steps > redirects.len() {
                check.problem(|| format!("redirects: {from} leads in a circle"));
            }
        }
        Ok(())
    }

    /// The open tasks are the possible matches.
    fn check_tasks(&self, scope: &Scope<'_>, derived: &Derived, check: &mut StoreCheck) -> Result<()> {
        let mut cluster_of = BTreeMap::new();
        for (number, cluster) in (0u64..).zip(&derived.clusters) {
            cluster_of.extend(cluster.iter().map(|record| (*record, number)));
        }
        let lookup = |handle: RecordHandle| cluster_of.get(&handle).copied();
        let wanted: BTreeSet<ReviewTaskId> =
            queue::possible_matches(&scope.active.model, &derived.edges, &derived.judgements, &lookup)
                .into_iter()
                .map(|edge| ReviewTaskId::about(edge.pair))
                .collect();
        let mut open = BTreeSet::new();
        for_each_row(scope, Space::Tasks, &mut |key, value| {
            let task: StoredTask = codec::decode(&value)?;
            if let Some(id) = keys::first(&key).map(ReviewTaskId) {
                if task.state != STATE_APPLIED {
                    open.insert(id);
                }
                for record in [task.left, task.right].map(RecordHandle) {
                    if scope.get_bytes(Space::RecordTasks, &keys::record_task(record, id))?.is_none() {
                        check.problem(|| format!("record_tasks: task {id} is unknown to record {:016x}", record.0));
                    }
                }
            }
            Ok(())
        })?;
        for id in wanted.symmetric_difference(&open) {
            let what = if open.contains(id) { "asks what is no question" } else { "is missing" };
            check.problem(|| format!("tasks: {id} {what}"));
        }
        Ok(())
    }

    /// A follower from the beginning has the profiles that there are.
    fn check_feed(&self, scope: &Scope<'_>, check: &mut StoreCheck) -> Result<()> {
        let mut position = (0, 0);
        let mut followed: BTreeMap<ProfileId, Vec<RecordHandle>> = BTreeMap::new();
        loop {
            // Where the beginning is no longer kept there is nothing to compare with.
            let Ok(stretch) = self.follow(position, ROWS_PER_READ) else { return Ok(()) };
            let Some((last, _)) = stretch.events.last() else { break };
            position = *last;
            for (_, event) in stretch.events {
                match event.kind {
                    ChangeKind::Redirected | ChangeKind::Erased => {
                        followed.remove(&event.profile);
                    }
                    _ => {
                        let mut records: Vec<RecordHandle> = event.after.iter().map(|key| key.handle()).collect();
                        records.sort_unstable();
                        followed.insert(event.profile, records);
                    }
                }
            }
        }
        let mut stored = BTreeMap::new();
        for_each_row(scope, Space::Profiles, &mut |key, value| {
            let profile: StoredProfile = codec::decode(&value)?;
            if let Some(id) = keys::first(&key).map(ProfileId) {
                stored.insert(id, profile.records.into_iter().map(RecordHandle).collect::<Vec<_>>());
            }
            Ok(())
        })?;
        if followed != stored {
            check.problem(|| "feed: whoever follows it from the beginning arrives at other profiles".to_owned());
        }
        Ok(())
    }

    /// Says of every record in which profile it is, and reclusters where profiles and clusters differ.
    fn mend_profiles(&self, scope: &Scope<'_>, derived: &Derived) -> Result<()> {
        let mut rows = Vec::new();
        for_each_row(scope, Space::Profiles, &mut |key, value| {
            rows.push((key, codec::decode::<StoredProfile>(&value)?));
            Ok(())
        })?;
        let mut home: BTreeMap<RecordHandle, Vec<u8>> = BTreeMap::new();
        for (key, profile) in rows {
            home.extend(profile.records.into_iter().map(|record| (RecordHandle(record), key.clone())));
        }
        let mut wrong = Vec::new();
        for_each_row(scope, Space::RecordProfiles, &mut |key, value| {
            let handle = keys::first(&key).map(RecordHandle);
            if handle.and_then(|handle| home.get(&handle)) != Some(&value) {
                wrong.push(key);
            }
            Ok(())
        })?;
        for key in wrong {
            match keys::first(&key) {
                Some(record) if key.len() == 8 => scope.put_home(RecordHandle(record), None),
                _ => scope.delete(Space::RecordProfiles, key),
            }
        }
        for (&record, profile) in home.iter().filter(|(record, _)| derived.records.contains_key(record)) {
            if scope.get_bytes(Space::RecordProfiles, &keys::record(record))?.as_ref() != Some(profile) {
                scope.put_home(record, keys::first(profile).map(ProfileId));
            }
        }
        let all = derived.records.keys().copied().collect();
        self.resolve(scope, &all, &BTreeMap::new()).map(drop)
    }
}

fn for_each_row(scope: &Scope<'_>, space: Space, each: &mut dyn FnMut(Vec<u8>, Vec<u8>) -> Result<()>) -> Result<()> {
    let mut after: Option<Vec<u8>> = None;
    loop {
        let rows: Vec<KeyValue> = scope.scan(space, &[], after.as_deref(), ROWS_PER_READ)?;
        let exhausted = rows.len() < ROWS_PER_READ;
        after = rows.last().map(|(key, _)| key.clone());
        for (key, value) in rows {
            each(key, value)?;
        }
        if exhausted {
            return Ok(());
        }
    }
}

fn read_judgements(scope: &Scope<'_>) -> Result<Judgements> {
    let mut judgements = Judgements::default();
    for_each_row(scope, Space::Judgements, &mut |key, value| {
        let stored: StoredJudgement = codec::decode(&value)?;
        let ends = keys::first(&key).zip(keys::second(&key));
        let pair = ends.and_then(|(a, b)| RecordPair::new(RecordHandle(a), RecordHandle(b)));
        if let (Some(pair), Some(verdict)) = (pair, super::review::verdict_of(stored.verdict)) {
            judgements.insert(pair, verdict);
        }
        Ok(())
    })?;
    Ok(judgements)
}

fn score_pairs(
    scope: &Scope<'_>,
    records: &BTreeMap<RecordHandle, Arc<HotRecord>>,
    pairs: BTreeSet<RecordPair>,
) -> Result<(Vec<Edge>, Rows)> {
    let model = &scope.active.model;
    let (mut edges, mut rows) = (Vec::new(), Rows::new());
    for pair in pairs {
        let (Some(a), Some(b)) = (records.get(&pair.low()), records.get(&pair.high())) else { continue };
        if let Some(scored) = score::reaches(model, &a.features, &b.features, model.thresholds.review) {
            edges.push(Edge { pair, weight: scored.weight, cannot_link: scored.cannot_link });
            for (from, to) in [(pair.low(), pair.high()), (pair.high(), pair.low())] {
                adjacency::put(from, rows.entry(keys::record(from)).or_default(), to, &scored)?;
            }
        }
    }
    Ok((edges, rows))
}

fn cluster_all(
    scope: &Scope<'_>,
    records: &BTreeMap<RecordHandle, Arc<HotRecord>>,
    edges: &[Edge],
    judgements: &Judgements,
) -> Vec<Vec<RecordHandle>> {
    let model = &scope.active.model;
    let handles: Vec<RecordHandle> = records.keys().copied().collect();
    let evidence = |a: RecordHandle, b: RecordHandle| match (records.get(&a), records.get(&b)) {
        (Some(a), Some(b)) => score::evidence(model, &a.features, &b.features),
        _ => Evidence::default(),
    };
    let mut clusters = Vec::new();
    for component in components(&handles, edges.iter(), judgements, model.thresholds.link) {
        let Component { members, edges, .. } = component;
        match members.len() {
            1 => clusters.push(members),
            _ => clusters.extend(cluster::partition(model, &members, &edges, judgements, &evidence).clusters),
        }
    }
    clusters
}

fn hex(key: &[u8]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}
