//! `guiyi blocking`: which pairs blocking compares.

use std::fmt::Write;

use super::args;
use super::progress::Bar;
use super::{ExitStatus, cleanse, print};
use crate::bulk::blocking::{Blocking, measure};
use crate::bulk::{evaluate, input, pipeline};
use crate::catalog::models;
use crate::domain::block::KeyKind;
use crate::error::{Error, Result};

/// Runs the subcommand.
pub fn run(args: &args::Blocking) -> Result<ExitStatus> {
    let model = models::load(&args.model)?;
    let truth = args.truth.as_deref().map(evaluate::read_clustering).transpose()?;
    let input = input::read(&args.input.input, &cleanse::mapping(&args.input.mapping)?)?;
    let bar = Bar::new();
    let records = pipeline::prepared(&input.records, &bar);
    bar.finish();
    let blocking = measure(&records, &model, truth.as_ref(), usize::from(args.largest));
    if args.json {
        let json = serde_json::to_string(&blocking).map_err(|error| Error::config("blocking", error.to_string()))?;
        print(&format!("{json}\n"))?;
    } else {
        print(&to_text(&blocking))?;
    }
    Ok(if input.rejects.is_empty() { ExitStatus::Ok } else { ExitStatus::RejectedRows })
}

fn to_text(blocking: &Blocking) -> String {
    let mut text = String::new();
    let truth = blocking.true_pairs.is_some();
    let mut header = format!(
        "{:<20}{:>10}{:>12}{:>12}{:>12}{:>9}{:>10}",
        "rule", "records", "keys", "pairs", "only here", "generic", "largest"
    );
    if truth {
        let _ = write!(header, "{:>12}{:>12}", "true pairs", "only here");
    }
    let _ = writeln!(text, "{header}");
    for rule in &blocking.rules {
        let largest = if rule.generic_keys == 0 { "–".to_owned() } else { rule.generic_records_max.to_string() };
        let _ = write!(
            text,
            "{:<20}{:>10}{:>12}{:>12}{:>12}{:>9}{largest:>10}",
            rule.rule, rule.records, rule.keys, rule.pairs, rule.pairs_alone, rule.generic_keys,
        );
        if let (Some(found), Some(alone), Some(all)) = (rule.true_pairs, rule.true_pairs_alone, blocking.true_pairs) {
            let _ = write!(text, "{:>12}{:>12}", percent(found, all), percent(alone, all));
        }
        text.push('\n');
    }
    let _ = writeln!(
        text,
        "\n{} records; {} candidate pairs of {} (reduction ratio {:.6}); a block of more than {} records is generic, of names, dates and places of more than {}",
        blocking.records,
        blocking.candidate_pairs,
        blocking.all_pairs,
        blocking.reduction_ratio,
        blocking.block_records_max,
        KeyKind::Trait.records_max(blocking.block_records_max as usize),
    );
    if let (Some(all), Some(found)) = (blocking.true_pairs, blocking.true_candidate_pairs) {
        let _ =
            writeln!(text, "pair completeness: {found} of {all} true pairs are candidates ({})", percent(found, all));
    }
    if !blocking.largest.is_empty() {
        let _ = writeln!(text, "\nlargest blocks");
    }
    for block in &blocking.largest {
        let generic = if block.generic { "generic" } else { "" };
        let [first, second] = &block.examples;
        let _ = writeln!(text, "{:<20}{:>10}  {generic:<8}  e.g. {first}, {second}", block.rule, block.records);
    }
    text
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.2} %", 100.0 * part as f64 / whole as f64) }
}
