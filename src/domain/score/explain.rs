//! Explanations: the waterfall of weights behind one decision, and which blocking rules brought the pair together.

use super::fellegi_sunter::{Odds, contribution};
use crate::domain::block;
use crate::domain::compare::{self, Agreement, Level};
use crate::domain::features::Features;
use crate::domain::id::MatchWeight;
use crate::domain::model::{LevelWeights, MatchModel, Relation};
use crate::domain::record::{AttributeKind, PreparedRecord};

/// One step of the waterfall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplanationStep {
    /// The comparator's code.
    pub comparator: &'static str,
    /// Its name in simplified Chinese.
    pub comparator_zh: &'static str,
    /// The label, where the comparator speaks once a label.
    pub label: String,
    /// The level that was reached.
    pub level: Level,
    /// What the level is worth by itself.
    pub level_weight: MatchWeight,
    /// Correction for how common the agreeing value is.
    pub term_frequency: MatchWeight,
    /// What the step adds to the match in all.
    pub weight: MatchWeight,
    /// What it adds to every hypothesis.
    pub weights: LevelWeights,
    /// The values of the first record.
    pub left: String,
    /// The values of the second record.
    pub right: String,
}

/// Why two records match or do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Where every pair starts.
    pub prior: MatchWeight,
    /// One step a comparison, in the comparators' order.
    pub steps: Vec<ExplanationStep>,
    /// The relation that would explain the evidence best.
    pub relation: Relation,
    /// What relations take from the weight: agreements that people of one household or company share anyway.
    pub relation_weight: MatchWeight,
    /// Prior plus steps plus relations.
    pub weight: MatchWeight,
    /// A step forbids the merge.
    pub cannot_link: bool,
    /// Codes of the blocking rules under which both records have a key in common.
    pub shared_rules: Vec<&'static str>,
}

/// Takes the decision about two prepared records apart.
pub fn explain(model: &MatchModel, left: &PreparedRecord, right: &PreparedRecord) -> Explanation {
    let (a, b) = (Features::of(left, &model.frequencies), Features::of(right, &model.frequencies));
    let swapped = a.handle > b.handle;
    let agreements = if swapped { compare::compare(&b, &a) } else { compare::compare(&a, &b) };
    let steps: Vec<ExplanationStep> =
        agreements.iter().filter_map(|agreement| step(model, agreement, left, right)).collect();
    let mut odds = Odds::start(&model.priors);
    for step in &steps {
        odds.add(step.weights);
    }
    Explanation {
        prior: model.priors.matching,
        relation: odds.likeliest_relation(),
        relation_weight: MatchWeight(odds.weight().0 - odds.matching as i32),
        weight: odds.weight(),
        cannot_link: steps.iter().any(|step| step.level.cannot_link),
        steps,
        shared_rules: block::shared_rules(&a, &b),
    }
}

fn step(
    model: &MatchModel,
    agreement: &Agreement<'_>,
    left: &PreparedRecord,
    right: &PreparedRecord,
) -> Option<ExplanationStep> {
    let comparator = compare::ALL.get(usize::from(agreement.comparator))?;
    let weights = contribution(model, agreement);
    let level_weight = model.level(agreement.comparator, agreement.level).matching;
    Some(ExplanationStep {
        comparator: comparator.code(),
        comparator_zh: comparator.name_zh(),
        label: agreement.label.to_owned(),
        level: *agreement.level_entry()?,
        level_weight,
        term_frequency: MatchWeight(weights.matching.0 - level_weight.0),
        weight: weights.matching,
        weights,
        left: values_of(left, comparator.code(), agreement.label),
        right: values_of(right, comparator.code(), agreement.label),
    })
}

/// The normal forms that a comparator looked at, for people.
fn values_of(record: &PreparedRecord, comparator: &str, label: &str) -> String {
    let kind = AttributeKind::from_code(comparator);
    let matching = record.attributes.iter().filter(|attribute| {
        let same_kind = Some(attribute.kind) == kind || (comparator == "text" && attribute.kind == AttributeKind::Date);
        attribute.evidence && same_kind && (label.is_empty() || attribute.label == label)
    });
    let values: Vec<&str> = matching.map(|attribute| attribute.normal.as_str()).collect();
    if !values.is_empty() {
        return values.join("; ");
    }
    // Birth date and sex may come from the identity document.
    let facts = record.attributes.iter().flat_map(|attribute| &attribute.facts);
    facts.filter(|fact| fact.name == comparator).map(|fact| &*fact.value).next().unwrap_or_default().to_owned()
}
