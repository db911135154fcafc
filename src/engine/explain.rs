//! Why two stored records are, or are not, one customer.

use super::Engine;
use super::review::verdict_of;
use crate::domain::cluster::judgement::Verdict;
use crate::domain::id::{RecordKey, RecordPair};
use crate::domain::score::explain::{Explanation, explain};
use crate::error::{Error, Result};
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

impl Engine {
    /// Explains a pair of stored records.
    pub fn explain_match(&self, left: &RecordKey, right: &RecordKey) -> Result<MatchExplanation> {
        let pair = RecordPair::new(left.handle(), right.handle()).ok_or_else(|| {
            Error::invalid("right_record", "is the same record as left_record; name two different ones")
        })?;
        let (a, b) = (self.record(left)?, self.record(right)?);
        let workspace = self.workspace()?;
        let judgement: Option<StoredJudgement> =
            workspace.get(Space::Judgements, &keys::record_record(pair.low(), pair.high()))?;
        Ok(MatchExplanation {
            explanation: explain(&self.model, &a.loaded.prepared, &b.loaded.prepared),
            judgement: judgement.and_then(|judgement| verdict_of(judgement.verdict)),
            same_profile: a.profile.is_some() && a.profile == b.profile,
        })
    }
}
