//! Profiles and explanations on their way out.

use super::enums::{kind_out, plain_validity_out};
use super::text_out;
use super::time::{micros_out, time_out};
use crate::domain::cluster::judgement::Verdict;
use crate::domain::compare::Level;
use crate::domain::model::MatchModel;
use crate::domain::plan::ChangeKind;
use crate::domain::record::AttributeKind;
use crate::domain::score::explain::{Explanation, ExplanationStep, SharedKey};
use crate::domain::score::flip::{Change, Flip};
use crate::domain::survive::GoldenAttribute;
use crate::engine::{MatchExplanation, ProfileEvent, ProfileView, etag};
use crate::service::proto::explain_match_response::Decision;
use crate::service::{proto, resource_name};

/// A profile with its golden values.
pub fn profile_out(view: &ProfileView) -> proto::Profile {
    let golden = &view.golden;
    let name = golden.primary(AttributeKind::PersonName).or_else(|| golden.primary(AttributeKind::OrgName));
    proto::Profile {
        name: resource_name::profile(view.id),
        display_name: name.unwrap_or_default().to_owned(),
        attributes: golden.attributes.iter().map(golden_attribute_out).collect(),
        records: golden.members.iter().map(resource_name::record).collect(),
        last_observed_time: golden.last_observed.map(time_out),
        create_time: micros_out(view.stored.create_micros),
        update_time: micros_out(view.stored.update_micros),
        etag: etag(view.stored.revision),
        match_model: view.stored.model.clone(),
    }
}

fn golden_attribute_out(attribute: &GoldenAttribute) -> proto::GoldenAttribute {
    let value = &attribute.value;
    proto::GoldenAttribute {
        kind: kind_out(attribute.kind).into(),
        qualifier: attribute.qualifier.clone(),
        value: value.normal.clone(),
        raw: value.raw.clone(),
        validity: plain_validity_out(value.validity).into(),
        rank: saturated(attribute.rank),
        lineage: Some(proto::Lineage {
            record: resource_name::record(&value.record),
            observed_time: value.observed_time.map(time_out),
            record_count: saturated(value.record_count),
            rule: attribute.rule.to_owned(),
        }),
    }
}

/// Why two records are, or are not, one customer.
pub fn explanation_out(model: &MatchModel, found: &MatchExplanation) -> proto::ExplainMatchResponse {
    let explanation = &found.explanation;
    proto::ExplainMatchResponse {
        decision: decision(model, found).into(),
        match_model: model.version.to_string(),
        prior_bits: explanation.prior.bits(),
        steps: explanation.steps.iter().map(step_out).collect(),
        match_weight_bits: explanation.weight.bits(),
        link_threshold_bits: model.thresholds.link.bits(),
        review_threshold_bits: model.thresholds.review.bits(),
        cannot_link: explanation.cannot_link,
        blocking_rules: explanation.shared_rules.iter().map(|rule| (*rule).to_owned()).collect(),
        judgement: found.judgement.map(Verdict::code).unwrap_or_default().to_owned(),
        relation: explanation.relation.code().to_owned(),
        relation_bits: explanation.relation_weight.bits(),
        merge_threshold_bits: model.thresholds.merge.bits(),
        flip: Some(flip_out(&explanation.flip)),
        shared_keys: explanation.shared_keys.iter().map(shared_key_out).collect(),
        sole_evidence: explanation.sole_evidence.unwrap_or_default().to_owned(),
        sole_evidence_bits: explanation.sole_evidence_weight.bits(),
        kinds_differ: explanation.kinds_differ,
    }
}

/// The same rule as the review queue's: heavy enough, not forbidden, not judged, and met at all.
fn decision(model: &MatchModel, found: &MatchExplanation) -> Decision {
    let explanation = &found.explanation;
    let worth_a_look = explanation.weight >= model.thresholds.review && !explanation.cannot_link;
    let asked_about = found.judgement.is_none() && !explanation.shared_rules.is_empty();
    match (found.same_profile, worth_a_look && asked_about) {
        (true, _) => Decision::Match,
        (false, true) => Decision::PossibleMatch,
        (false, false) => Decision::NoMatch,
    }
}

fn step_out(step: &ExplanationStep) -> proto::ExplanationStep {
    proto::ExplanationStep {
        comparator: step.comparator.to_owned(),
        label: step.label.clone(),
        level: step.level.code.to_owned(),
        description: text_out(format!("{}：{}", step.comparator_zh, step.level.name_zh), step.level.name_en),
        match_weight_bits: step.weight.bits(),
        term_frequency_bits: step.term_frequency.bits(),
        left_value: step.left.clone(),
        right_value: step.right.clone(),
        level_bits: step.level_weight.bits(),
        cannot_link: step.level.cannot_link,
    }
}

fn shared_key_out(key: &SharedKey) -> proto::SharedKey {
    let record_count = key.records.map(saturated).unwrap_or_default();
    proto::SharedKey { rule: key.rule.to_owned(), record_count, generic: key.generic }
}

fn flip_out(flip: &Flip) -> proto::DecisionFlip {
    proto::DecisionFlip {
        margin_bits: flip.margin.bits(),
        change: flip.change.as_ref().map(change_out),
        never_compared: flip.never_compared,
        forbidding_comparators: flip.forbidden_by.iter().map(|code| (*code).to_owned()).collect(),
        description: text_out(flip.text_zh(), flip.text_en()),
    }
}

fn change_out(change: &Change) -> proto::ComparisonChange {
    let code = |level: Option<Level>| level.map(|level| level.code).unwrap_or_default().to_owned();
    proto::ComparisonChange {
        comparator: change.comparator.to_owned(),
        label: change.label.clone(),
        from_level: code(change.from),
        to_level: code(change.to),
        difference_bits: change.difference.bits(),
        match_weight_bits: change.weight.bits(),
    }
}

fn saturated(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Why a search names a record, comparison by comparison.
pub fn candidate_steps_out(explanation: &Explanation) -> Vec<proto::ExplanationStep> {
    explanation.steps.iter().map(step_out).collect()
}

/// What became of a profile.
pub fn profile_event_out(event: &ProfileEvent) -> proto::ProfileChange {
    use proto::profile_change::Kind;
    let kind = match event.kind {
        ChangeKind::Created => Kind::Created,
        ChangeKind::Merged => Kind::Merged,
        ChangeKind::Split => Kind::Split,
        ChangeKind::Redirected => Kind::Redirected,
        ChangeKind::Changed => Kind::Changed,
        ChangeKind::Erased => Kind::Erased,
    };
    proto::ProfileChange {
        kind: kind.into(),
        profile: resource_name::profile(event.profile),
        related_profile: event.other.map(resource_name::profile).unwrap_or_default(),
        records_before: event.before.iter().map(resource_name::record).collect(),
        records_after: event.after.iter().map(resource_name::record).collect(),
        change_time: event.time.map(time_out),
    }
}
