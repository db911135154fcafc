//! Why not, or what it hangs on: the smallest change of one comparison that would turn the decision about a pair.

use super::corroboration::{Voice, corroborated};
use super::explain::ExplanationStep;
use super::fellegi_sunter::Odds;
use crate::domain::compare::{self, Comparator, Level, Steady};
use crate::domain::id::MatchWeight;
use crate::domain::model::{LevelWeights, MatchModel, Thresholds};

/// What a pair comes to on its own; clusters and people may decide otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Heavy enough, compared at all, and not forbidden.
    Match,
    /// Worth a steward's look.
    PossibleMatch,
    /// Neither.
    NoMatch,
}

impl Decision {
    /// The name in outputs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Match => "MATCH",
            Self::PossibleMatch => "POSSIBLE_MATCH",
            Self::NoMatch => "NO_MATCH",
        }
    }

    /// In simplified Chinese.
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::Match => "同一客户",
            Self::PossibleMatch => "可能是同一客户，需人工复核",
            Self::NoMatch => "不是同一客户",
        }
    }

    /// In English.
    pub fn name_en(self) -> &'static str {
        match self {
            Self::Match => "one customer",
            Self::PossibleMatch => "perhaps one customer, to be reviewed",
            Self::NoMatch => "not one customer",
        }
    }
}

/// From where on two records by themselves become one customer: linked into a component, and merged inside it.
pub fn match_threshold(thresholds: &Thresholds) -> MatchWeight {
    thresholds.link.max(thresholds.merge)
}

/// One comparison that comes out otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The comparator's code.
    pub comparator: &'static str,
    /// Its name in simplified Chinese.
    pub comparator_zh: &'static str,
    /// The label, where the comparator speaks once a label.
    pub label: String,
    /// The level that was reached; `None`: one record has no value.
    pub from: Option<Level>,
    /// The level that would turn the decision, on a value of mean frequency; `None`: without a value in one record.
    pub to: Option<Level>,
    /// What the change adds to the pair's weight.
    pub difference: MatchWeight,
    /// The pair's weight after the change.
    pub weight: MatchWeight,
}

/// How far a pair is from the other decision, and what would take it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flip {
    /// The pair matches on its own.
    pub matches: bool,
    /// The pair's weight less the threshold of a match.
    pub margin: MatchWeight,
    /// The single change of least weight that turns the decision; `None`: no comparison can do it alone.
    pub change: Option<Change>,
    /// The two share no blocking key that makes candidates, so they are never compared.
    pub never_compared: bool,
    /// Comparisons that forbid a merge, by their codes.
    pub forbidden_by: Vec<&'static str>,
    /// The code of the comparison that alone speaks for a match and may not decide alone.
    pub sole_evidence: Option<&'static str>,
    /// One is a person and the other an organisation, which no evidence can turn.
    pub kinds_differ: bool,
}

/// What the search for the smallest change looks at.
pub(super) struct Pair<'a> {
    pub(super) model: &'a MatchModel,
    pub(super) steps: &'a [ExplanationStep],
    /// The pair's hypotheses after all steps.
    pub(super) odds: Odds,
    /// The pair's weight.
    pub(super) weight: MatchWeight,
    /// The comparison that holds it below a match because it speaks alone.
    pub(super) sole_evidence: Option<&'static str>,
    pub(super) kinds_differ: bool,
    /// The two share a blocking key that makes candidates.
    pub(super) compared: bool,
    /// Whether either record has a value that the comparator reads.
    pub(super) has_value: &'a dyn Fn(&'static dyn Comparator) -> bool,
}

/// Finds the smallest change. Blocking is left out of the search: the answer says what the evidence lacks.
pub(super) fn flip(pair: &Pair<'_>) -> Flip {
    let threshold = match_threshold(&pair.model.thresholds);
    let forbidding = || pair.steps.iter().filter(|step| step.level.cannot_link);
    let heavy = pair.weight >= threshold;
    let mut best: Option<Change> = None;
    let changes = if pair.kinds_differ { Vec::new() } else { changes(pair) };
    for change in changes {
        let other_forbids =
            forbidding().any(|step| !(step.comparator == change.comparator && step.label == change.label));
        let forbidden = other_forbids || change.to.is_some_and(|level| level.cannot_link);
        let matches_after = change.weight >= threshold && !forbidden;
        let matches_now = heavy && forbidding().next().is_none();
        let smaller = best.as_ref().is_none_or(|best| change.difference.0.abs() < best.difference.0.abs());
        if matches_after != matches_now && smaller {
            best = Some(change);
        }
    }
    Flip {
        matches: heavy && pair.compared && !pair.kinds_differ && forbidding().next().is_none(),
        margin: MatchWeight(pair.weight.0.saturating_sub(threshold.0)),
        change: best,
        never_compared: !pair.compared,
        forbidden_by: forbidding().map(|step| step.comparator).collect(),
        sole_evidence: pair.sole_evidence,
        kinds_differ: pair.kinds_differ,
    }
}

/// Every comparison at every other level, without its value, and with the value that one record lacks.
fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (comparator, comparison) in pair.model.compared() {
        let steps = pair.steps.iter().filter(|step| step.comparator == comparator.code());
        let mut seen: Vec<Option<&ExplanationStep>> = steps.map(Some).collect();
        if seen.is_empty() && (pair.has_value)(comparator) {
            seen.push(None);
        }
        for step in seen {
            let levels = comparator.levels().iter().copied().zip(comparison.weights.iter().copied());
            let others = levels.map(|(level, weights)| (Some(level), weights));
            let removed = step.map(|_| (None, LevelWeights::default()));
            for (to, weights) in others.chain(removed) {
                if step.map(|step| step.level.code) != to.map(|level| level.code) {
                    changes.push(change(pair, comparator, step, to, weights));
                }
            }
        }
    }
    changes
}

fn change(
    pair: &Pair<'_>,
    comparator: &dyn Comparator,
    step: Option<&ExplanationStep>,
    to: Option<Level>,
    weights: LevelWeights,
) -> Change {
    let mut after = pair.odds;
    let before = step.map(|step| step.weights).unwrap_or_default();
    let negated = |weight: MatchWeight| MatchWeight(-weight.0);
    after.add(LevelWeights { matching: negated(before.matching), related: before.related.map(negated) });
    after.add(weights);
    let others = pair.steps.iter().filter(|other| step.is_none_or(|step| !std::ptr::eq(step, *other)));
    let others = others.map(|other| (other.comparator, other.weight, other.level.steady));
    let steady = to.map_or(Steady::Open, |level| level.steady);
    let voices = others.chain([(comparator.code(), weights.matching, steady)]);
    let voices =
        voices.filter_map(|(code, weight, steady)| Some(Voice { comparator: position(code)?, weight, steady }));
    let weight = corroborated(pair.model, after.weight(), match_threshold(&pair.model.thresholds), voices);
    Change {
        comparator: comparator.code(),
        comparator_zh: comparator.name_zh(),
        label: step.map(|step| step.label.clone()).unwrap_or_default(),
        from: step.map(|step| step.level),
        to,
        difference: MatchWeight(weight.0.saturating_sub(pair.weight.0)),
        weight,
    }
}

impl Flip {
    /// What it says, in simplified Chinese.
    pub fn text_zh(&self) -> String {
        let mut sentences = Vec::new();
        if self.never_compared {
            sentences.push("两条记录没有可用的共同分块键，从未被比较".to_owned());
        }
        if !self.forbidden_by.is_empty() {
            let names = self.forbidden_by.iter().filter_map(|code| comparator(code)).map(Comparator::name_zh);
            sentences.push(format!("{}的证据禁止合并", names.collect::<Vec<_>>().join("、")));
        }
        if self.kinds_differ {
            sentences.push("个人与机构不会合并为同一客户".to_owned());
        }
        if let Some(comparator) = self.sole_evidence.and_then(comparator) {
            sentences.push(format!("只有{}支持匹配（连同随之而来的信息），单凭这一项不自动合并", comparator.name_zh()));
        }
        let distance = bits(self.margin.0.abs());
        sentences.push(match (self.margin.0 >= 0, &self.change) {
            (true, _) => format!("高于合并阈值 {distance} 比特"),
            (false, _) => format!("距合并阈值还差 {distance} 比特"),
        });
        let turned = if self.holds() { "不再匹配" } else { "达到匹配" };
        sentences.push(match &self.change {
            None => "任何单项比较的改变都不足以改变结论".to_owned(),
            Some(change) => {
                let from = change.from.map_or("未比较", |level| level.name_zh);
                let to = change.to.map_or("缺值（不比较）", |level| level.name_zh);
                let (name, label) = (change.comparator_zh, bracketed(&change.label));
                let (difference, weight) = (change.difference, change.weight);
                format!("最小的改变：{name}{label}由“{from}”变为“{to}”（{difference}），得 {weight}，即{turned}")
            }
        });
        sentences.join("；")
    }

    /// What it says, in English.
    pub fn text_en(&self) -> String {
        let mut sentences = Vec::new();
        if self.never_compared {
            sentences.push("the two share no blocking key that makes candidates and are never compared".to_owned());
        }
        if !self.forbidden_by.is_empty() {
            sentences.push(format!("the evidence of {} forbids a merge", self.forbidden_by.join(", ")));
        }
        if self.kinds_differ {
            sentences.push("a person and an organisation are never merged".to_owned());
        }
        if let Some(code) = self.sole_evidence {
            sentences.push(format!(
                "only {code} speaks for a match, with what goes along with it, which is not merged on that alone"
            ));
        }
        let side = if self.margin.0 >= 0 { "above" } else { "below" };
        sentences.push(format!("{} bits {side} the threshold of a match", bits(self.margin.0.abs())));
        let turned = if self.holds() { "no match any more" } else { "a match" };
        sentences.push(match &self.change {
            None => "no comparison alone can turn the decision".to_owned(),
            Some(change) => {
                let from = change.from.map_or("not compared", |level| level.name_en);
                let to = change.to.map_or("no value, not compared", |level| level.name_en);
                let (name, label) = (change.comparator, bracketed(&change.label));
                let (difference, weight) = (change.difference, change.weight);
                format!(
                    "smallest change: {name}{label} from \"{from}\" to \"{to}\" ({difference}) gives {weight}, {turned}"
                )
            }
        });
        sentences.join("; ")
    }

    /// The evidence by itself is for a match, whether or not blocking brings the two together.
    fn holds(&self) -> bool {
        self.margin.0 >= 0 && self.forbidden_by.is_empty() && !self.kinds_differ
    }
}

fn position(code: &str) -> Option<usize> {
    compare::ALL.iter().position(|comparator| comparator.code() == code)
}

fn comparator(code: &str) -> Option<&'static dyn Comparator> {
    position(code).and_then(|position| compare::ALL.get(position)).copied()
}

fn bracketed(label: &str) -> String {
    if label.is_empty() { String::new() } else { format!(" [{label}]") }
}

fn bits(millibits: i32) -> String {
    format!("{}.{:02}", millibits / 1000, millibits % 1000 / 10)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::domain::id::RecordKey;
    use crate::domain::model::{Comparison, LevelProbabilities, Limits, Priors, Relation};
    use crate::domain::prepare::prepare;
    use crate::domain::record::{AttributeKind, PreparedRecord, RawAttribute, RawRecord};
    use crate::domain::score::explain::{Explanation, KeyRecords, explain, explain_among};

    /// Names and telephones: the first level +10 bits, the last −10, all others 0; an identity document the same.
    fn model(prior_bits: i32) -> MatchModel {
        let comparison = |comparator: &&dyn Comparator| {
            let last = comparator.levels().len() - 1;
            let level = |position: usize| {
                let (m, u) = match position {
                    0 => (0.5, 0.5 / 1024.0),
                    position if position == last => (0.5 / 1024.0, 0.5),
                    _ => (0.1, 0.1),
                };
                LevelProbabilities { m, u, related: [u; Relation::COUNT] }
            };
            Comparison::new((0..=last).map(level).collect())
        };
        MatchModel {
            version: crate::domain::id::ModelVersion { name: "test".into(), version: 1 },
            priors: Priors {
                matching: MatchWeight(prior_bits * 1000),
                related: [MatchWeight(-90_000); Relation::COUNT],
            },
            thresholds: Thresholds {
                link: MatchWeight(-1_000),
                merge: MatchWeight(0),
                review: MatchWeight(-4_000),
                sole_evidence_merges: false,
            },
            limits: Limits { block_records_max: 10, component_records_max: 10, profile_records_max: 10 },
            comparisons: compare::ALL.iter().map(comparison).collect(),
            frequencies: std::sync::Arc::default(),
        }
    }

    fn record(id: &str, values: &[(AttributeKind, &str)]) -> PreparedRecord {
        let attribute = |(kind, text): &(AttributeKind, &str)| RawAttribute {
            country: Some("CN".into()),
            ..RawAttribute::full(*kind, *text)
        };
        let attributes = values.iter().map(attribute).collect();
        prepare(&RawRecord { key: RecordKey::new("crm", id), owner: None, observed_time: None, attributes })
    }

    fn explained(prior_bits: i32, left: &[(AttributeKind, &str)], right: &[(AttributeKind, &str)]) -> Explanation {
        explain(&model(prior_bits), &record("1", left), &record("2", right))
    }

    /// A name of mean frequency: Han names carry the rarity that the tables of the release expect.
    const NAME: (AttributeKind, &str) = (AttributeKind::PersonName, "Winston Longfellow");
    const PHONE: (AttributeKind, &str) = (AttributeKind::Phone, "13912340007");
    const ROOM: (AttributeKind, &str) = (AttributeKind::Address, "上海市黄浦区南京东路100号5幢301室");
    const OTHER_PHONE: (AttributeKind, &str) = (AttributeKind::Phone, "18688889999");

    /// Turning the pair by the change found gives the other decision.
    fn change(explanation: &Explanation) -> &Change {
        let change = explanation.flip.change.as_ref().unwrap();
        assert_eq!(change.weight.0 - explanation.weight.0, change.difference.0);
        change
    }

    #[test]
    fn the_smallest_change_that_suffices_is_found() {
        // +10 each for name and home, −10 for the telephones, −15 before: 5 bits are missing, and without the telephones +5 are there.
        let explanation = explained(-15, &[NAME, ROOM, PHONE], &[NAME, ROOM, OTHER_PHONE]);
        assert_eq!((explanation.weight, explanation.flip.margin), (MatchWeight(-5_000), MatchWeight(-5_000)));
        let change = change(&explanation);
        assert_eq!((change.comparator, change.weight), ("phone", MatchWeight(5_000)));
        assert_eq!(change.from.unwrap().code, "different");
        assert!(!explanation.flip.matches);
        assert_eq!(explanation.decision(&model(-15)), Decision::NoMatch);
    }

    #[test]
    fn a_value_that_one_record_lacks_may_turn_it() {
        let explanation = explained(-15, &[NAME, PHONE], &[NAME]);
        let change = change(&explanation);
        assert_eq!((change.comparator, change.from), ("phone", None));
        assert_eq!((change.to.unwrap().code, change.difference), ("exact_mobile", MatchWeight(10_000)));
    }

    #[test]
    fn what_no_comparison_can_turn_is_said_with_the_bits_that_are_missing() {
        let explanation = explained(-40, &[NAME], &[NAME]);
        assert_eq!((&explanation.flip.change, explanation.flip.margin), (&None, MatchWeight(-30_000)));
        assert!(explanation.flip.text_en().contains("30.00 bits below"), "{}", explanation.flip.text_en());
        assert!(explanation.flip.text_zh().contains("还差 30.00 比特"), "{}", explanation.flip.text_zh());
    }

    #[test]
    fn a_match_hangs_on_its_weakest_link() {
        let explanation = explained(-12, &[NAME, PHONE], &[NAME, PHONE]);
        assert_eq!(explanation.decision(&model(-12)), Decision::Match);
        let change = change(&explanation);
        assert!(change.weight < MatchWeight(0), "{change:?}");
        assert_eq!(change.difference, MatchWeight(-10_000));
    }

    #[test]
    fn forbidding_evidence_is_the_first_thing_to_change() {
        let document = |number| (AttributeKind::IdDocument, number);
        let (a, b) = (document("11010519491231002X"), document("440308199901101512"));
        let explanation = explained(40, &[NAME, PHONE, a], &[NAME, PHONE, b]);
        assert_eq!(explanation.flip.forbidden_by, ["id_document"]);
        assert!(explanation.flip.margin > MatchWeight(0));
        assert_eq!(explanation.decision(&model(40)), Decision::NoMatch);
        assert_eq!(change(&explanation).comparator, "id_document");
    }

    #[test]
    fn a_pair_that_shares_only_generic_keys_is_never_compared() {
        let (left, right) = (record("1", &[NAME]), record("2", &[NAME]));
        let generic = explain_among(&model(0), &left, &right, &|key| Some(KeyRecords::learnt(key, 11, 10)));
        assert!(generic.flip.never_compared && generic.shared_rules.is_empty());
        assert!(generic.shared_keys.iter().all(|key| key.generic));
        assert_eq!(generic.decision(&model(0)), Decision::NoMatch);
        let specific = explain_among(&model(0), &left, &right, &|key| Some(KeyRecords::learnt(key, 3, 10)));
        assert!(!specific.flip.never_compared);
        assert_eq!(specific.decision(&model(0)), Decision::PossibleMatch);
    }

    #[test]
    fn a_person_and_an_organisation_are_never_one_customer() {
        let organisation = (AttributeKind::OrgName, "上海明珠贸易有限公司");
        let explanation = explained(40, &[NAME, PHONE], &[organisation, NAME, PHONE]);
        assert!(explanation.kinds_differ && explanation.cannot_link && !explanation.flip.matches);
        assert_eq!((explanation.decision(&model(40)), &explanation.flip.change), (Decision::NoMatch, &None));
        assert!(explanation.flip.text_en().contains("a person and an organisation are never merged"));
        // Who says nothing of a name may be either.
        assert!(!explained(40, &[PHONE], &[organisation, PHONE]).kinds_differ);
    }

    #[test]
    fn namesakes_are_a_question_and_a_second_aspect_answers_it() {
        let namesakes = explained(-5, &[NAME, PHONE], &[NAME]);
        assert_eq!(namesakes.sole_evidence, Some("person_name"));
        assert!(namesakes.weight < MatchWeight(0), "{:?}", namesakes.weight);
        assert_eq!(namesakes.sole_evidence_weight.0, namesakes.weight.0 - 5_000);
        assert_eq!(namesakes.decision(&model(-5)), Decision::PossibleMatch);
        assert_eq!(change(&namesakes).to.unwrap().code, "exact_mobile");
        assert!(namesakes.flip.text_zh().contains("只有姓名支持匹配"), "{}", namesakes.flip.text_zh());
        assert!(
            namesakes.flip.text_en().contains("only person_name speaks for a match"),
            "{}",
            namesakes.flip.text_en()
        );
        let neighbours = explained(-5, &[NAME, ROOM], &[NAME, ROOM]);
        assert_eq!((neighbours.sole_evidence, neighbours.sole_evidence_weight), (None, MatchWeight(0)));
        assert_eq!(neighbours.decision(&model(-5)), Decision::Match);
    }
}
