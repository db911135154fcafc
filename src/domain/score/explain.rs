//! Explanations: the waterfall of weights behind one decision, which blocking rules brought the pair together, and what
//! would turn the decision.

use super::corroboration::{corroborated, sole_evidence};
use super::fellegi_sunter::{Odds, contribution, voice};
use super::flip::{self, Decision, Flip, match_threshold};
use super::term_frequency::TermFrequencies;
use crate::domain::block::{self, KeyKind};
use crate::domain::compare::{self, Agreement, Comparator, Level};
use crate::domain::features::Features;
use crate::domain::generic::GenericMask;
use crate::domain::id::{BlockKey, MatchWeight};
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

/// A blocking key that both records have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedKey {
    /// The rule's code.
    pub rule: &'static str,
    /// What the key is made of, on which the limit depends.
    pub kind: KeyKind,
    /// Records under the key, where the caller knows them; a count over the limit may be cut short.
    pub records: Option<usize>,
    /// More records than the limit stand under it, so it makes no candidates.
    pub generic: bool,
}

/// What is known about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRecords {
    /// Records under it.
    pub records: usize,
    /// It makes no candidates.
    pub generic: bool,
}

impl KeyRecords {
    /// A key about which nobody said anything, where `block_records_max` is the model's limit.
    pub fn learnt(key: BlockKey, records: usize, block_records_max: usize) -> Self {
        Self { records, generic: records > KeyKind::of(key).records_max(block_records_max) }
    }
}

/// What relations must take from the weight before they are worth a word: 0.05 bits.
const RELATION_SHOWN_MIN: i32 = 50;

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
    /// The code of the comparison that alone speaks for a match without identifying anybody, where that holds the weight below one.
    pub sole_evidence: Option<&'static str>,
    /// What that takes from the weight.
    pub sole_evidence_weight: MatchWeight,
    /// Prior plus steps plus relations, and what sole evidence takes.
    pub weight: MatchWeight,
    /// A step forbids the merge, or the kinds do.
    pub cannot_link: bool,
    /// One is a person and the other an organisation.
    pub kinds_differ: bool,
    /// The blocking keys that both have, in the order of the rules.
    pub shared_keys: Vec<SharedKey>,
    /// Codes of the blocking rules that make the two candidates: those with a shared key that is not generic.
    pub shared_rules: Vec<&'static str>,
    /// What would turn the decision.
    pub flip: Flip,
}

impl Explanation {
    /// What the pair comes to on its own.
    pub fn decision(&self, model: &MatchModel) -> Decision {
        if self.cannot_link || self.shared_rules.is_empty() {
            return Decision::NoMatch;
        }
        match self.weight {
            weight if weight >= match_threshold(&model.thresholds) => Decision::Match,
            weight if weight >= model.thresholds.review => Decision::PossibleMatch,
            _ => Decision::NoMatch,
        }
    }

    /// The relation, where it takes enough from the weight to be worth a word.
    pub fn shown_relation(&self) -> Option<Relation> {
        (self.relation_weight.0 <= -RELATION_SHOWN_MIN).then_some(self.relation)
    }
}

/// Takes the decision about two prepared records apart, taking every shared key for one that makes candidates.
pub fn explain(model: &MatchModel, left: &PreparedRecord, right: &PreparedRecord) -> Explanation {
    explain_among(model, left, right, &|_| None)
}

/// The keys of two prepared records that decide how [`explain_among`] explains them: shared ones and those of whole values.
pub fn keys_that_matter(left: &PreparedRecord, right: &PreparedRecord) -> Vec<BlockKey> {
    let frequencies = TermFrequencies::default();
    let (a, b) = (Features::of(left, &frequencies), Features::of(right, &frequencies));
    let shared = block::shared_keys(&a, &b).into_iter().map(|(_, key)| key);
    let wholes = [&a, &b].map(|features| block::keys_and_wholes(features).1).concat();
    let mut keys: Vec<BlockKey> = shared.chain(wholes.into_iter().map(|whole| whole.key)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Takes the decision about two prepared records apart; `known` says what is known about a key.
pub fn explain_among(
    model: &MatchModel,
    left: &PreparedRecord,
    right: &PreparedRecord,
    known: &dyn Fn(BlockKey) -> Option<KeyRecords>,
) -> Explanation {
    let features = |record| Features::of(record, &model.frequencies);
    let (mut a, mut b) = (features(left), features(right));
    let shared_keys = shared_keys(&a, &b, known);
    for features in [&mut a, &mut b] {
        let (_, wholes) = block::keys_and_wholes(features);
        GenericMask::of(&wholes, &|key| known(key).is_some_and(|known| known.generic))
            .strip(features, &model.frequencies);
    }
    let swapped = a.handle > b.handle;
    let agreements = if swapped { compare::compare(&b, &a) } else { compare::compare(&a, &b) };
    let steps: Vec<ExplanationStep> =
        agreements.iter().filter_map(|agreement| step(model, agreement, left, right)).collect();
    let mut odds = Odds::start(&model.priors);
    for step in &steps {
        odds.add(step.weights);
    }
    let voices = || agreements.iter().map(|agreement| voice(model, agreement));
    let weight = corroborated(model, odds.weight(), match_threshold(&model.thresholds), voices());
    let sole = sole_evidence(voices()).filter(|_| weight < odds.weight());
    let sole_evidence = sole.and_then(|position| compare::ALL.get(position)).map(|comparator| comparator.code());
    let mut shared_rules: Vec<&'static str> =
        shared_keys.iter().filter(|key| !key.generic).map(|key| key.rule).collect();
    shared_rules.dedup();
    let has_value = |comparator: &'static dyn Comparator| {
        [left, right].iter().any(|record| !values_of(record, comparator.code(), "").is_empty())
    };
    let kinds_differ = a.sketch.is_of_another_kind(&b.sketch);
    let flip = flip::flip(&flip::Pair {
        model,
        steps: &steps,
        odds,
        weight,
        sole_evidence,
        kinds_differ,
        compared: !shared_rules.is_empty(),
        has_value: &has_value,
    });
    Explanation {
        prior: model.priors.matching,
        relation: odds.likeliest_relation(),
        relation_weight: MatchWeight(odds.weight().0 - odds.matching as i32),
        sole_evidence,
        sole_evidence_weight: MatchWeight(weight.0.saturating_sub(odds.weight().0)),
        weight,
        cannot_link: kinds_differ || steps.iter().any(|step| step.level.cannot_link),
        kinds_differ,
        steps,
        shared_keys,
        shared_rules,
        flip,
    }
}

fn shared_keys(a: &Features, b: &Features, known: &dyn Fn(BlockKey) -> Option<KeyRecords>) -> Vec<SharedKey> {
    let shared = block::shared_keys(a, b).into_iter().map(|(rule, key)| {
        let known = known(key);
        SharedKey {
            rule,
            kind: KeyKind::of(key),
            records: known.map(|known| known.records),
            generic: known.is_some_and(|known| known.generic),
        }
    });
    shared.collect()
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
