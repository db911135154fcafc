//! `guiyi explain`: the waterfall of one pair.

use std::fmt::Write;

use super::args::Explain;
use super::{ExitStatus, cleanse, print};
use crate::bulk::input;
use crate::catalog::models;
use crate::domain::model::MatchModel;
use crate::domain::prepare::prepare;
use crate::domain::record::RawRecord;
use crate::domain::score::explain::{Explanation, explain};
use crate::error::{Error, Result};

/// Runs the subcommand.
pub fn run(args: &Explain) -> Result<ExitStatus> {
    let model = models::load(&args.model)?;
    let input = input::read(&args.input, &cleanse::mapping(&args.mapping)?)?;
    let (left, right) = (find(&input.records, &args.a)?, find(&input.records, &args.b)?);
    let (left, right) = (prepare(left), prepare(right));
    let explanation = explain(&model, &left, &right);
    if args.json {
        print(&format!("{}\n", to_json(&model, &explanation)))?;
    } else {
        print(&to_text(&model, &explanation, &left.key.to_string(), &right.key.to_string()))?;
    }
    Ok(ExitStatus::Ok)
}

fn find<'r>(records: &'r [RawRecord], name: &str) -> Result<&'r RawRecord> {
    let exact = records.iter().find(|record| record.key.to_string() == name);
    if let Some(record) = exact {
        return Ok(record);
    }
    let mut matching = records.iter().filter(|record| record.key.record_id == name);
    match (matching.next(), matching.next()) {
        (Some(record), None) => Ok(record),
        (None, _) => Err(Error::not_found(format!("record \"{name}\""))),
        (Some(_), Some(_)) => Err(Error::config(name, "several sources have a record of this id; write source/id")),
    }
}

fn decision(model: &MatchModel, explanation: &Explanation) -> &'static str {
    if explanation.cannot_link {
        "NO_MATCH"
    } else if explanation.weight >= model.thresholds.link {
        "MATCH"
    } else if explanation.weight >= model.thresholds.review {
        "POSSIBLE_MATCH"
    } else {
        "NO_MATCH"
    }
}

fn to_text(model: &MatchModel, explanation: &Explanation, left: &str, right: &str) -> String {
    let mut text = format!("{left}  vs  {right}   ({})\n\n", model.version);
    let _ = writeln!(text, "{:>8}  prior: two arbitrary records", explanation.prior.to_string());
    for step in &explanation.steps {
        let label = if step.label.is_empty() { String::new() } else { format!(" [{}]", step.label) };
        let rarity = match step.term_frequency.0 {
            0 => String::new(),
            _ => format!(" ({} for how common the value is)", step.term_frequency),
        };
        let _ = writeln!(
            text,
            "{:>8}  {}{label}: {} · {}{rarity}\n          {}  |  {}",
            step.weight.to_string(),
            step.comparator,
            step.level.name_zh,
            step.level.name_en,
            step.left,
            step.right,
        );
    }
    let rules =
        if explanation.shared_rules.is_empty() { "none".to_owned() } else { explanation.shared_rules.join(", ") };
    let _ = writeln!(
        text,
        "{:>8}  {} (match from {}, review from {})\nblocking rules in common: {rules}",
        explanation.weight.to_string(),
        decision(model, explanation),
        model.thresholds.link,
        model.thresholds.review,
    );
    text
}

fn to_json(model: &MatchModel, explanation: &Explanation) -> serde_json::Value {
    let steps: Vec<serde_json::Value> = explanation
        .steps
        .iter()
        .map(|step| {
            serde_json::json!({
                "comparator": step.comparator, "label": step.label, "level": step.level.code,
                "level_zh": step.level.name_zh, "level_en": step.level.name_en,
                "weight_bits": step.weight.bits(), "term_frequency_bits": step.term_frequency.bits(),
                "left": step.left, "right": step.right,
            })
        })
        .collect();
    serde_json::json!({
        "model": model.version.to_string(), "prior_bits": explanation.prior.bits(), "steps": steps,
        "weight_bits": explanation.weight.bits(), "cannot_link": explanation.cannot_link,
        "link_bits": model.thresholds.link.bits(), "review_bits": model.thresholds.review.bits(),
        "decision": decision(model, explanation), "blocking_rules": explanation.shared_rules,
    })
}
