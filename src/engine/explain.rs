//! Why two stored records are, or are not, one customer; how a profile came together.

use std::collections::BTreeMap;

use super::Engine;
use super::commit::Scope;
use super::review::verdict_of;
use crate::domain::cluster::judgement::Verdict;
use crate::domain::cluster::linkage::Merge;
use crate::domain::id::{BlockKey, ProfileId, RecordHandle, RecordKey, RecordPair};
use crate::domain::score::explain::{Explanation, KeyRecords, explain_among, keys_that_matter};
use crate::error::{Error, Result};
use crate::store::posting::Posting;
use crate::store::stored::StoredJudgement;
use crate::store::{Space, keys};

/// The waterfall of a pair, and what else decided about it.
#[derive(Clone, Debug)]
pub struct MatchExplanation {
    /// Weights, step by step.
    pub explanation: Explanation,
    /// What a person said about the pair.
    pub judgement: Option<Verdict>,
    /// The two are in one profile.
    pub same_profile: bool,
}

/// How a profile came together.
#[derive(Clone, Debug)]
pub struct ProfileExplanation {
    /// The profile; that which absorbed the one asked for, where it did.
    pub id: ProfileId,
    /// The profile's records, in the order of their keys.
    pub members: Vec<RecordKey>,
    /// The merges that built it, in their order.
    pub merges: Vec<Merge>,
    /// Judgements about its records.
    pub judgements: Vec<(RecordPair, Verdict)>,
    /// The keys of the records that merges and judgements name; one that is gone has none.
    pub records: BTreeMap<RecordHandle, RecordKey>,
    /// The component was over the limit and was cut at rising thresholds first.
    pub cut_to_limit: bool,
}

impl Engine {
    /// Explains how a profile came together; an absorbed id leads to the profile that absorbed it.
    pub fn explain_profile(&self, id: ProfileId) -> Result<ProfileExplanation> {
        let scope = self.scope(false)?;
        let (id, _) = self.live_profile(&scope, id)?;
        let handles = self.members(&scope, id)?;
        let assembly = self.assembly(&scope, &handles)?;
        let mut members: Vec<RecordKey> =
            handles.iter().filter_map(|handle| assembly.records.get(handle)).cloned().collect();
        members.sort_unstable();
        let super::resolve::Assembly { merges, judgements, records, cut_to_limit } = assembly;
        Ok(ProfileExplanation { id, members, merges, judgements, records, cut_to_limit })
    }

    /// Explains a pair of stored records.
    pub fn explain_match(&self, left: &RecordKey, right: &RecordKey) -> Result<MatchExplanation> {
        let pair = RecordPair::new(left.handle(), right.handle()).ok_or_else(|| {
            Error::invalid("right_record", "is the same record as left_record; name two different ones")
        })?;
        let (a, b) = (self.record(left)?, self.record(right)?);
        let scope = self.scope(false)?;
        let judgement: Option<StoredJudgement> =
            scope.get(Space::Judgements, &keys::record_record(pair.low(), pair.high()))?;
        let known = self.known_keys(&scope, &keys_that_matter(&a.loaded.prepared, &b.loaded.prepared))?;
        let known = |key: BlockKey| known.get(&key).copied();
        Ok(MatchExplanation {
            explanation: explain_among(&scope.active.model, &a.loaded.prepared, &b.loaded.prepared, &known),
            judgement: judgement.and_then(|judgement| verdict_of(judgement.verdict)),
            same_profile: a.profile.is_some() && a.profile == b.profile,
        })
    }

    /// What is known about some keys.
    pub(super) fn known_keys(
        &self,
        scope: &Scope<'_>,
        block_keys: &[BlockKey],
    ) -> Result<BTreeMap<BlockKey, KeyRecords>> {
        let known = |posting: Posting| KeyRecords {
            records: posting.record_count(),
            generic: matches!(posting, Posting::Generic(_)),
        };
        let postings = self.postings(scope, block_keys)?;
        Ok(postings.into_iter().map(|(key, posting)| (key, known(posting))).collect())
    }
}
