//! The waterfall as JSON. Keys are stable: they are added, never renamed.

use serde_json::{Value, json};

use super::Pair;
use crate::domain::score::flip::{Flip, match_threshold};

/// Shows a pair.
pub fn pair(pair: &Pair<'_>) -> Value {
    let Pair { model, explanation, .. } = pair;
    let steps = explanation.steps.iter().map(|step| {
        json!({
            "comparator": step.comparator, "comparator_zh": step.comparator_zh, "label": step.label,
            "level": step.level.code, "level_zh": step.level.name_zh, "level_en": step.level.name_en,
            "level_bits": step.level_weight.bits(), "term_frequency_bits": step.term_frequency.bits(),
            "weight_bits": step.weight.bits(), "cannot_link": step.level.cannot_link,
            "left": step.left, "right": step.right,
        })
    });
    let keys = explanation
        .shared_keys
        .iter()
        .map(|key| json!({ "rule": key.rule, "records": key.records, "generic": key.generic }));
    let decision = pair.decision();
    json!({
        "left_record": pair.left, "right_record": pair.right,
        "model": model.version.to_string(), "prior_bits": explanation.prior.bits(), "steps": steps.collect::<Vec<_>>(),
        "relation": explanation.relation.code(), "relation_zh": explanation.relation.name_zh(),
        "relation_bits": explanation.relation_weight.bits(),
        "sole_evidence": explanation.sole_evidence, "sole_evidence_bits": explanation.sole_evidence_weight.bits(),
        "weight_bits": explanation.weight.bits(), "cannot_link": explanation.cannot_link, "kinds_differ": explanation.kinds_differ,
        "link_bits": model.thresholds.link.bits(), "merge_bits": model.thresholds.merge.bits(),
        "review_bits": model.thresholds.review.bits(), "match_bits": match_threshold(&model.thresholds).bits(),
        "decision": decision.code(), "judgement": pair.judgement.map(|verdict| verdict.code()),
        "blocking_rules": explanation.shared_rules, "shared_keys": keys.collect::<Vec<_>>(),
        "block_records_max": model.limits.block_records_max,
        "flip": flip(&explanation.flip),
    })
}

fn flip(flip: &Flip) -> Value {
    let change = flip.change.as_ref().map(|change| {
        json!({
            "comparator": change.comparator, "comparator_zh": change.comparator_zh, "label": change.label,
            "from": change.from.map(|level| level.code), "to": change.to.map(|level| level.code),
            "difference_bits": change.difference.bits(), "weight_bits": change.weight.bits(),
        })
    });
    json!({
        "matches": flip.matches, "margin_bits": flip.margin.bits(), "change": change,
        "never_compared": flip.never_compared, "forbidden_by": flip.forbidden_by,
        "sole_evidence": flip.sole_evidence,
        "text_zh": flip.text_zh(), "text_en": flip.text_en(),
    })
}
