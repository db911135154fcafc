//! Fellegi–Sunter: the match weight is the prior plus one log-likelihood ratio for each agreement.

use super::term_frequency;
use crate::domain::compare::{self, Agreement, ComparisonVector};
use crate::domain::features::Features;
use crate::domain::id::MatchWeight;
use crate::domain::model::{LEVEL_WEIGHT_MAX, MatchModel};

/// What a pair of records is worth, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Prior plus all contributions.
    pub weight: MatchWeight,
    /// Some level forbids a merge outright.
    pub cannot_link: bool,
    /// What was compared.
    pub vector: ComparisonVector,
}

/// Compares and scores two records.
pub fn score(model: &MatchModel, a: &Features, b: &Features) -> Scored {
    // The order of the two must not show in any tie that a comparator breaks.
    let (a, b) = if a.handle <= b.handle { (a, b) } else { (b, a) };
    let agreements = compare::compare(a, b);
    let weight = agreements.iter().fold(model.prior, |sum, agreement| sum + contribution(model, agreement));
    let cannot_link = agreements.iter().any(|a| a.level_entry().is_some_and(|level| level.cannot_link));
    Scored { weight, cannot_link, vector: ComparisonVector::of(&agreements) }
}

/// The weight of one agreement: its level's, corrected by how common the agreeing value is.
pub fn contribution(model: &MatchModel, agreement: &Agreement<'_>) -> MatchWeight {
    let level = level_weight(model, agreement);
    let corrected = level + agreement.term.map_or(MatchWeight(0), term_frequency::adjustment);
    MatchWeight(corrected.0.clamp(-LEVEL_WEIGHT_MAX.0, LEVEL_WEIGHT_MAX.0))
}

/// The weight of an agreement's level alone.
pub fn level_weight(model: &MatchModel, agreement: &Agreement<'_>) -> MatchWeight {
    let comparison = model.comparisons.get(usize::from(agreement.comparator));
    let weight = comparison.and_then(|c| c.level_weights.get(usize::from(agreement.level)));
    weight.copied().unwrap_or_default()
}
