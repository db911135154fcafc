//! A match model: the weights of every comparison level, the prior, the thresholds and the limits. Immutable once released.

use super::id::{MatchWeight, ModelVersion};

/// The weight that clips every single level, in milli-bits.
pub const LEVEL_WEIGHT_MAX: MatchWeight = MatchWeight(20_000);

/// Where the weight axis is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// A pair at or above joins its records into one component, inside which clustering decides.
    pub link: MatchWeight,
    /// Two clusters merge while the mean weight between their records is at or above.
    pub merge: MatchWeight,
    /// A pair between different clusters at or above is worth a steward's look.
    pub review: MatchWeight,
}

/// Upper bounds that keep work and memory flat. They are part of the model because they decide outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Records under one blocking key; a larger block is generic and makes no candidates.
    pub block_records_max: usize,
    /// Records of a component that are clustered together; a larger one is cut at rising thresholds.
    pub component_records_max: usize,
}

/// The weights of one comparison, level by level in the comparator's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The comparator's code.
    pub comparator: &'static str,
    /// One weight a level.
    pub level_weights: Vec<MatchWeight>,
}

/// Fellegi–Sunter weights with everything that a decision depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchModel {
    /// Which model this is.
    pub version: ModelVersion,
    /// log2 of the odds that two arbitrary records match.
    pub prior: MatchWeight,
    /// Where the weight axis is cut.
    pub thresholds: Thresholds,
    /// Bounds on work.
    pub limits: Limits,
    /// One entry for each comparator of `compare::ALL`, in that order.
    pub comparisons: Vec<Comparison>,
}
