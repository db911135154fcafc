//! `guiyi certify`: precision and recall with intervals, from a sample of entities that people resolve.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::args::{Certify, CertifyCommand, CertifyEstimate, CertifySample};
use super::evaluate::Scored;
use super::{ExitStatus, print};
use crate::bulk::evaluate::certify::{self, Findings, Shown};
use crate::bulk::evaluate::labels::{self, LabelRow};
use crate::domain::measure::ratio::Estimate;
use crate::error::Result;

/// Warnings shown; more say nothing new.
const WARNINGS_MAX: usize = 10;

/// Runs the subcommand.
pub fn run(args: &Certify) -> Result<ExitStatus> {
    match &args.command {
        CertifyCommand::Sample(args) => sample(args),
        CertifyCommand::Estimate(args) => estimate(args),
    }
}

fn sample(args: &CertifySample) -> Result<ExitStatus> {
    let crosswalk = labels::read(&args.clusters)?;
    let keying = labels::keying(&[&crosswalk]);
    crosswalk.clustering(keying)?;
    let draws = usize::try_from(args.entities).unwrap_or(usize::MAX);
    let mut tasks = certify::draw(&crosswalk, draws, args.seed);
    let scored = match args.input.is_empty() {
        true => None,
        false => Some(Scored::of(&args.input, &args.mapping, &args.model)?),
    };
    let positions = match &scored {
        Some(scored) => labels::positions(&scored.compared.records, keying)?,
        None => BTreeMap::new(),
    };
    let position_of = |row: &LabelRow| positions.get(&keying.key(&row.source, &row.record_id)).copied();
    if let Some(scored) = &scored {
        let mut row_of = vec![None; scored.compared.records.len()];
        for (number, row) in crosswalk.rows.iter().enumerate() {
            if let Some(cell) = position_of(row).and_then(|position| row_of.get_mut(position)) {
                *cell = Some(number);
            }
        }
        certify::suggest(&mut tasks, &scored.compared, &row_of);
    }
    let record_of = |row: &LabelRow| {
        let records = &scored.as_ref()?.compared.records;
        Some(records.get(position_of(row)?)?.key.handle())
    };
    let shown = scored.as_ref().map(|scored| Shown { rows: &scored.input.rows, record_of: &record_of });
    certify::write_sample(&args.out, &crosswalk, &tasks, shown.as_ref())?;
    let count = |of: &dyn Fn(&certify::Task) -> usize| tasks.iter().map(of).sum::<usize>();
    let drawn = count(&|task| task.drawn.len());
    let rows = drawn + count(&|task| task.others.len() + task.suggested.len());
    print(&instructions(&args.out, drawn, tasks.len(), rows))?;
    Ok(scored.map_or(ExitStatus::Ok, |scored| scored.status))
}

fn instructions(out: &Path, drawn: usize, tasks: usize, rows: usize) -> String {
    format!(
        "{drawn} records drawn, {tasks} tasks, {rows} rows in {}\n\
         1. Fill in true_cluster in every row: within a task the same label for the same customer, another for anybody else.\n\
         2. Look for further records of the drawn customers wherever they may be. For each add a row with the task, its\n\
         \x20  record_id and source, and the label in true_cluster; the other columns may stay empty.\n\
         3. guiyi certify estimate --clusters … --labels {}\n",
        out.display(),
        out.display()
    )
}

fn estimate(args: &CertifyEstimate) -> Result<ExitStatus> {
    let crosswalk = labels::read(&args.clusters)?;
    let keying = labels::keying(&[&crosswalk]);
    let findings = certify::estimate(&crosswalk, keying, &args.labels)?;
    for warning in findings.warnings.iter().take(WARNINGS_MAX) {
        eprintln!("guiyi: {warning}");
    }
    print(&if args.json { to_json(&findings) } else { to_text(&findings) })?;
    Ok(ExitStatus::Ok)
}

fn named(findings: &Findings) -> [(&'static str, &'static str, Option<Estimate>); 6] {
    let certificate = &findings.certificate;
    [
        ("pairwise_precision", "pairwise precision", certificate.pairwise_precision),
        ("pairwise_recall", "pairwise recall", certificate.pairwise_recall),
        ("pairwise_f1", "pairwise F1", certificate.pairwise_f1),
        ("b_cubed_precision", "B-cubed precision", certificate.b_cubed_precision),
        ("b_cubed_recall", "B-cubed recall", certificate.b_cubed_recall),
        ("entities_exact", "customers exactly right", certificate.entities_exact),
    ]
}

fn to_text(findings: &Findings) -> String {
    let mut text = format!("{:<26}{:>8}  {:>17}  {}\n", "estimated", "value", "95 % interval", "standard error");
    for (_, name, estimate) in named(findings) {
        let _ = match estimate {
            Some(e) => {
                let interval = format!("{:.4} to {:.4}", e.low, e.high);
                writeln!(text, "{name:<26}{:>8.4}  {interval:>17}  {:.4}", e.value, e.standard_error)
            }
            None => writeln!(text, "{name:<26}{:>8}  the sample holds no pair to judge by; draw more", "–"),
        };
    }
    let _ = writeln!(
        text,
        "{:<26}{} of {} records drawn, {} customers among them",
        "sample", findings.draws, findings.records, findings.entities
    );
    text
}

fn to_json(findings: &Findings) -> String {
    let estimates: BTreeMap<&str, serde_json::Value> = named(findings)
        .into_iter()
        .map(|(name, _, estimate)| {
            let value = estimate.map(|e| {
                serde_json::json!({
                    "estimate": e.value, "standard_error": e.standard_error, "low": e.low, "high": e.high,
                })
            });
            (name, value.into())
        })
        .collect();
    let value = serde_json::json!({
        "records": findings.records, "draws": findings.draws, "entities": findings.entities,
        "confidence": 0.95, "estimates": estimates, "warnings": findings.warnings,
    });
    format!("{value}\n")
}
