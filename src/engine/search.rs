//! Search before create: which customer may this half-typed record belong to? Writes nothing.
//!
//! Three fields, a name alone or the first digits of a telephone number are enough to search with: what is there is compared,
//! what is missing is neutral. Unlike an upsert a search also looks at generic keys (there are many 张伟, and the caller wants to
//! see some), and it looks at a bounded number of records, those with the rarest common keys first.

use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::command::check_record;
use super::commit::Scope;
use super::outlines::weight_max;
use super::{Engine, ProfileView};
use crate::domain::block;
use crate::domain::features::Features;
use crate::domain::id::{BlockKey, MatchWeight, ProfileId, RecordHandle, RecordKey};
use crate::domain::normalize::phone;
use crate::domain::prepare::prepare;
use crate::domain::query;
use crate::domain::record::{AttributeKind, PreparedRecord, RawRecord};
use crate::domain::score::explain::{Explanation, explain_among, keys_that_matter};
use crate::domain::score::{self, Scored};
use crate::error::{Error, Result};
use crate::store::posting::Posting;
use crate::store::{Space, keys};

/// What stands where a record has its source and id.
const QUERY: &str = "(query)";
/// Records compared in one search.
pub const SEARCHED_RECORDS_MAX: usize = 256;
/// Records of which the features are read together.
const COMPARED_AT_ONCE: usize = 16;
/// Digits of a telephone number from which on it is looked up as the beginning of one.
const PHONE_PREFIX_DIGITS_MIN: usize = 5;

/// A profile that the record may belong to.
#[derive(Clone, Debug)]
pub struct MatchCandidate {
    /// The profile.
    pub profile: ProfileId,
    /// Its record that fits best.
    pub record: RecordKey,
    /// What the best pair weighs.
    pub weight: MatchWeight,
    /// The evidence forbids a merge with that record.
    pub cannot_link: bool,
    /// Why, comparison by comparison.
    pub explanation: Option<Explanation>,
}

/// What is known about a record that is not stored.
#[derive(Clone, Debug)]
pub struct MatchResult {
    /// The record, validated and normalized.
    pub prepared: PreparedRecord,
    /// Profiles, heaviest first.
    pub candidates: Vec<MatchCandidate>,
    /// More records have something in common with it than were compared.
    pub incomplete: bool,
}

/// What a query found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The query as a record: what was searched by.
    pub query: RawRecord,
    /// What fits, and how well.
    pub result: MatchResult,
    /// The profiles of the candidates, in their order.
    pub profiles: Vec<ProfileView>,
}

/// What a search looks at.
#[derive(Default)]
struct Searched {
    handles: BTreeSet<RecordHandle>,
    /// Those whose telephone number begins as the caller typed.
    begun: BTreeSet<RecordHandle>,
    /// There were more.
    incomplete: bool,
}

impl Searched {
    fn add(&mut self, except: RecordHandle, members: Vec<RecordHandle>) {
        for member in members.into_iter().filter(|member| *member != except) {
            if self.handles.len() >= SEARCHED_RECORDS_MAX && !self.handles.contains(&member) {
                self.incomplete = true;
                return;
            }
            self.handles.insert(member);
        }
    }
}

/// The profiles with the heaviest records, whatever the order in which these come.
struct Ranking {
    limit: usize,
    /// By profile its heaviest record, of equals the one with the lowest handle.
    best: BTreeMap<ProfileId, (RecordHandle, MatchCandidate)>,
}

impl Ranking {
    fn new(limit: usize) -> Self {
        Self { limit, best: BTreeMap::new() }
    }

    fn add(&mut self, handle: RecordHandle, candidate: MatchCandidate) {
        let rank = |handle: RecordHandle, weight: MatchWeight| (weight, Reverse(handle));
        match self.best.entry(candidate.profile) {
            Entry::Vacant(entry) => drop(entry.insert((handle, candidate))),
            Entry::Occupied(mut entry) => {
                let (known, best) = entry.get();
                if rank(handle, candidate.weight) > rank(*known, best.weight) {
                    entry.insert((handle, candidate));
                }
            }
        }
    }

    /// Whether there are enough profiles above a weight: nothing that weighs no more changes what is found.
    fn is_above(&self, weight: MatchWeight) -> bool {
        self.best.values().filter(|(_, candidate)| candidate.weight > weight).count() >= self.limit
    }

    /// The heaviest profiles, heaviest first.
    fn finish(self) -> Vec<MatchCandidate> {
        let mut candidates: Vec<MatchCandidate> = self.best.into_values().map(|(_, candidate)| candidate).collect();
        candidates.sort_by_key(|candidate| (Reverse(candidate.weight), candidate.profile));
        candidates.truncate(self.limit);
        candidates
    }
}

impl Engine {
    /// Ranks the profiles that a record may belong to: all with which something in it agrees, whatever they weigh. A stored
    /// record of the same key is not compared with itself.
    pub fn match_record(&self, record: &RawRecord, limit: usize) -> Result<MatchResult> {
        check_record(record)?;
        let scope = self.scope(false)?;
        let model = &scope.active.model;
        let prepared = prepare(record);
        let mut features = Features::of(&prepared, &model.frequencies);
        let Searched { handles, begun, incomplete } = self.searched(&scope, record, &features)?;
        self.generic_mask(&scope, &block::keys_and_wholes(&features).1)?.strip(&mut features, &model.frequencies);
        let mut ranking = Ranking::new(limit);
        let outlines = self.cache.outlines(handles.iter().copied());
        let most = |handle: RecordHandle| weight_max(&scope, &features.sketch, outlines.get(&handle));
        let mut open: Vec<(Reverse<MatchWeight>, RecordHandle)> =
            handles.into_iter().map(|handle| (Reverse(most(handle)), handle)).collect();
        open.sort_unstable();
        for chunk in open.chunks(COMPARED_AT_ONCE) {
            if chunk.first().is_some_and(|(Reverse(most), _)| ranking.is_above(*most)) {
                break;
            }
            let others = self.hot_many(&scope, chunk.iter().map(|(_, handle)| *handle))?;
            for ((_, handle), other) in chunk.iter().zip(others) {
                let Scored { weight, cannot_link, .. } = score::score(model, &features, scope.active.features(&other));
                // The beginning of a number is no evidence by the model, yet it is what the caller asked for.
                if weight <= model.priors.matching && !begun.contains(handle) {
                    continue;
                }
                let Some(profile) = scope.profile_of(*handle)? else { continue };
                let record = other.key.clone();
                ranking.add(*handle, MatchCandidate { profile, record, weight, cannot_link, explanation: None });
            }
        }
        let mut candidates = ranking.finish();
        for candidate in &mut candidates {
            let Some(other) = self.load(&scope, candidate.record.handle())? else { continue };
            let known = self.known_keys(&scope, &keys_that_matter(&prepared, &other.prepared))?;
            let known = |key: BlockKey| known.get(&key).copied();
            candidate.explanation = Some(explain_among(model, &prepared, &other.prepared, &known));
        }
        Ok(MatchResult { prepared, candidates, incomplete })
    }

    /// The profiles that what a person typed fits best, at most `limit`.
    pub fn search_profiles(&self, query: &str, country: Option<&str>, limit: usize) -> Result<Found> {
        let attributes = query::attributes(query, country);
        if attributes.is_empty() {
            let message = "names nothing to search by; type a name, five digits of a number, an e-mail or an address";
            return Err(Error::invalid("query", message));
        }
        let key = RecordKey::new(QUERY, QUERY);
        let query = RawRecord { key, owner: None, observed_time: None, attributes };
        let result = self.match_record(&query, limit)?;
        let profiles = result.candidates.iter().map(|candidate| self.profile(candidate.profile));
        Ok(Found { profiles: profiles.collect::<Result<_>>()?, query, result })
    }

    /// The records to compare with.
    fn searched(&self, scope: &Scope<'_>, record: &RawRecord, features: &Features) -> Result<Searched> {
        let mut postings = self.postings(scope, &block::keys(features))?;
        // What few have in common says most.
        postings.sort_by_key(|(key, posting)| (posting.record_count(), *key));
        let mut found = Searched::default();
        for (key, posting) in postings {
            found.add(
                features.handle,
                match posting {
                    Posting::Listed(members) => members,
                    Posting::Generic(_) => {
                        let rows =
                            scope.scan(Space::BlockRecords, &keys::block(key), None, SEARCHED_RECORDS_MAX + 1)?;
                        rows.iter().filter_map(|(row, _)| keys::second(row)).map(RecordHandle).collect()
                    }
                },
            );
        }
        if features.phones.is_empty() {
            for prefix in phone_prefixes(record) {
                let rows = scope.scan(Space::Phones, prefix.as_bytes(), None, SEARCHED_RECORDS_MAX + 1)?;
                let owners: Vec<RecordHandle> = rows.iter().filter_map(|(row, _)| keys::phone_owner(row)).collect();
                found.begun.extend(owners.iter().copied());
                found.add(features.handle, owners);
            }
        }
        Ok(found)
    }
}

/// The beginnings of telephone numbers in a record, with the calling code in front.
fn phone_prefixes(record: &RawRecord) -> Vec<String> {
    let phones = record.attributes.iter().filter(|attribute| attribute.kind == AttributeKind::Phone);
    let texts = phones.flat_map(|attribute| attribute.parts.iter().map(move |(_, text)| (text, &attribute.country)));
    let prefixes = texts.filter_map(|(text, country)| phone::beginning(text, country.as_deref()));
    prefixes.filter(|digits| digits.len() >= PHONE_PREFIX_DIGITS_MIN).collect()
}
