//! The waterfall as text.

use std::fmt::Write;

use super::Pair;
use crate::cli::args::Language;
use crate::domain::compare;
use crate::domain::model::{MatchModel, Relation};
use crate::domain::score::explain::{Explanation, ExplanationStep, SharedKey};

/// Shows a pair.
pub fn pair(pair: &Pair<'_>, lang: Language) -> String {
    let Pair { model, explanation, .. } = pair;
    let mut text = format!("{}  vs  {}   ({})\n\n", pair.left, pair.right, model.version);
    let _ = writeln!(
        text,
        "{:>8}  {}",
        explanation.prior.to_string(),
        lang.say("先验：任意两条记录", "prior: two arbitrary records")
    );
    for step in &explanation.steps {
        let _ = writeln!(
            text,
            "{:>8}  {}{}\n          {}  |  {}",
            step.weight.to_string(),
            step_title(step, lang),
            parts(step, lang),
            step.left,
            step.right,
        );
    }
    if let Some(relation) = explanation.shown_relation() {
        let said = relation_text(relation, lang);
        let _ = writeln!(text, "{:>8}  {said}", explanation.relation_weight.to_string());
    }
    if let Some(code) = explanation.sole_evidence {
        let _ =
            writeln!(text, "{:>8}  {}", explanation.sole_evidence_weight.to_string(), sole_evidence_text(code, lang));
    }
    let decision = pair.decision();
    let meaning = lang.say(decision.name_zh(), decision.name_en());
    let _ = writeln!(text, "{:>8}  = {} ({meaning})", explanation.weight.to_string(), decision.code());
    let _ = writeln!(text, "\n{}", thresholds(model, lang));
    let _ = writeln!(text, "{}", keys(model, explanation, lang));
    let _ = writeln!(text, "{}", constraints(pair, lang));
    let flip = match lang {
        Language::ZhCn => vec![format!("如何改变结论：{}", explanation.flip.text_zh())],
        Language::En => vec![format!("what would turn it: {}", explanation.flip.text_en())],
        Language::Both => vec![
            format!("如何改变结论：{}", explanation.flip.text_zh()),
            format!("what would turn it: {}", explanation.flip.text_en()),
        ],
    };
    let _ = writeln!(text, "{}", flip.join("\n"));
    text
}

/// The comparison and the level that it reached.
pub fn step_title(step: &ExplanationStep, lang: Language) -> String {
    let label = if step.label.is_empty() { String::new() } else { format!(" [{}]", step.label) };
    let name = match lang {
        Language::ZhCn => step.comparator_zh.to_owned(),
        Language::En => step.comparator.to_owned(),
        Language::Both => format!("{} {}", step.comparator_zh, step.comparator),
    };
    format!("{name}{label}: {}", lang.say(step.level.name_zh, step.level.name_en))
}

/// The level's weight and the correction for frequency, where there is one.
fn parts(step: &ExplanationStep, lang: Language) -> String {
    if step.term_frequency.0 == 0 {
        return String::new();
    }
    let (level, frequency) = (step.level_weight, step.term_frequency);
    let zh = format!("层级 {level}，值的频率 {frequency}");
    let en = format!("level {level}, frequency of the value {frequency}");
    format!("  ({})", lang.say(&zh, &en))
}

/// The step that a relation takes.
pub fn relation_text(relation: Relation, lang: Language) -> String {
    let en = match relation {
        Relation::Household => "could also be two people of one household",
        Relation::Colleague => "could also be two colleagues of one company",
        Relation::Twins => "could also be twins",
    };
    lang.say(&format!("关系：也可能是{}", relation.name_zh()), &format!("relation: {en}"))
}

/// The step that evidence of one kind alone loses.
pub fn sole_evidence_text(code: &str, lang: Language) -> String {
    let comparator = compare::ALL.iter().find(|comparator| comparator.code() == code);
    let zh = comparator.map_or(code, |comparator| comparator.name_zh());
    lang.say(
        &format!("单一证据：只有{zh}支持匹配（连同随之而来的信息），须人工复核"),
        &format!("sole evidence: only {code} speaks for a match, with what goes along with it, so a person decides"),
    )
}

fn thresholds(model: &MatchModel, lang: Language) -> String {
    let t = &model.thresholds;
    lang.say(
        &format!("阈值：连接 {}，合并 {}，复核 {}", t.link, t.merge, t.review),
        &format!("thresholds: link {}, merge {}, review {}", t.link, t.merge, t.review),
    )
}

fn keys(model: &MatchModel, explanation: &Explanation, lang: Language) -> String {
    let limit = model.limits.block_records_max;
    // Of one rule the smallest block says most.
    let mut smallest: Vec<SharedKey> = Vec::new();
    for key in &explanation.shared_keys {
        match smallest.iter_mut().find(|known| known.rule == key.rule) {
            Some(known) if key.records < known.records => *known = *key,
            Some(_) => {}
            None => smallest.push(*key),
        }
    }
    let shown = smallest.iter().map(|key| match (key.records, key.generic) {
        (None, _) => key.rule.to_owned(),
        (Some(records), false) => format!("{} ({records})", key.rule),
        (Some(records), true) => format!("{} ({records} > {})", key.rule, key.kind.records_max(limit)),
    });
    let shown = shown.collect::<Vec<_>>().join(", ");
    let (zh, en) = if shown.is_empty() { ("无", "none") } else { (shown.as_str(), shown.as_str()) };
    match lang {
        Language::ZhCn => format!("共同的分块规则（块内记录数）：{zh}"),
        Language::En => format!("blocking rules in common (records in the block): {en}"),
        Language::Both => {
            format!("共同的分块规则（块内记录数） · blocking rules in common (records in the block): {en}")
        }
    }
}

fn constraints(pair: &Pair<'_>, lang: Language) -> String {
    let mut all: Vec<String> = Vec::new();
    for step in pair.explanation.steps.iter().filter(|step| step.level.cannot_link) {
        let zh = format!("{}（{}）禁止合并", step.comparator_zh, step.level.name_zh);
        all.push(lang.say(&zh, &format!("{} ({}) forbids a merge", step.comparator, step.level.name_en)));
    }
    if pair.explanation.kinds_differ {
        all.push(lang.say("个人与机构不合并", "a person and an organisation are never merged"));
    }
    if let Some(verdict) = pair.judgement {
        let code = verdict.code();
        all.push(lang.say(&format!("人工判定 {code}"), &format!("judged {code} by a person")));
    }
    if all.is_empty() {
        all.push(lang.say("无", "none"));
    }
    format!("{}: {}", lang.say("约束", "constraints"), all.join("; "))
}
