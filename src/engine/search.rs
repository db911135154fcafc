//! Search before create: which customer may this half-typed record belong to? Writes nothing.

use std::collections::BTreeMap;

use super::Engine;
use super::command::check_record;
use crate::domain::block;
use crate::domain::features::Features;
use crate::domain::id::{MatchWeight, ProfileId, RecordKey};
use crate::domain::prepare::prepare;
use crate::domain::record::{PreparedRecord, RawRecord};
use crate::domain::score::{self, Scored};
use crate::error::Result;

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
}

/// What is known about a record that is not stored.
#[derive(Clone, Debug)]
pub struct MatchResult {
    /// The record, validated and normalized.
    pub prepared: PreparedRecord,
    /// Profiles, heaviest first.
    pub candidates: Vec<MatchCandidate>,
}

impl Engine {
    /// Ranks the profiles that a record may belong to. A stored record of the same key is not compared with itself.
    pub fn match_record(&self, record: &RawRecord, limit: usize) -> Result<MatchResult> {
        check_record(record)?;
        let workspace = self.workspace()?;
        let prepared = prepare(record);
        let features = Features::of(&prepared, &self.model.frequencies);
        let mut best: BTreeMap<ProfileId, MatchCandidate> = BTreeMap::new();
        for handle in self.candidates(&workspace, &block::keys(&features), features.handle)? {
            let other = self.load_indexed(&workspace, handle)?;
            let Scored { weight, cannot_link, .. } = score::score(&self.model, &features, &other.features);
            let Some(profile) = self.profile_of(&workspace, handle)? else { continue };
            if weight < self.model.thresholds.review {
                continue;
            }
            let candidate = MatchCandidate { profile, record: other.prepared.key.clone(), weight, cannot_link };
            let known = best.entry(profile).or_insert_with(|| candidate.clone());
            if weight > known.weight {
                *known = candidate;
            }
        }
        let mut candidates: Vec<MatchCandidate> = best.into_values().collect();
        candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.weight), candidate.profile));
        candidates.truncate(limit);
        Ok(MatchResult { prepared, candidates })
    }
}
