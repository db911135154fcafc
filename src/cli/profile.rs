//! `guiyi profile`: what the columns of a file hold, and how that changed.

use std::fmt::Write;
use std::path::Path;

use super::args::Profile as Args;
use super::{ExitStatus, print};
use crate::bulk::profile::{self, ColumnProfile, Counted, Drift, Outlier, Profile, Spread};
use crate::bulk::reader;
use crate::error::{Error, Result};

/// Changes that are printed; JSON has all.
const DRIFTS_SHOWN: usize = 20;

/// Runs the subcommand.
pub fn run(args: &Args) -> Result<ExitStatus> {
    let previous = args.previous.as_deref().map(read_profile).transpose()?;
    let table = reader::read_all(&args.input)?;
    if let Some(reject) = table.rejects.first() {
        let count = table.rejects.len();
        let (path, line) = (reject.file.display(), reject.line);
        eprintln!("guiyi: {path}: {count} rows cannot be read, the first in line {line}: {}", reject.reason);
    }
    let found = profile::profile(&table, args.unmask);
    let drifts = previous.map(|previous| profile::drift(&previous, &found));
    let text = if args.json { json(&found, drifts.as_deref())? } else { written(&found, drifts.as_deref()) };
    print(&text)?;
    let beyond = |drift: &&Drift| args.drift_max.is_some_and(|max| drift.size > max);
    let beyond = drifts.iter().flatten().filter(beyond).count();
    if beyond > 0 {
        eprintln!("guiyi: {beyond} changes are larger than --drift-max {}", args.drift_max.unwrap_or_default());
        return Ok(ExitStatus::BelowGate);
    }
    Ok(ExitStatus::Ok)
}

fn read_profile(path: &Path) -> Result<Profile> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::read(path, error))?;
    serde_json::from_str(&text).map_err(|error| {
        Error::input(path, format!("this is no profile ({error}); name what guiyi profile --json printed"))
    })
}

fn json(found: &Profile, drifts: Option<&[Drift]>) -> Result<String> {
    let failed = |error: serde_json::Error| Error::config("profile", error.to_string());
    let mut value = serde_json::to_value(found).map_err(failed)?;
    if let (Some(drifts), Some(object)) = (drifts, value.as_object_mut()) {
        object.insert("drift".to_owned(), serde_json::to_value(drifts).map_err(failed)?);
    }
    Ok(format!("{value}\n"))
}

fn written(found: &Profile, drifts: Option<&[Drift]>) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{} rows, {} columns, {} rejected", found.rows, found.columns.len(), found.rejected);
    let keys: Vec<&str> = found.columns.iter().filter(|c| c.key).map(|c| c.name.as_str()).collect();
    let _ = writeln!(text, "candidate keys: {}", if keys.is_empty() { "none".to_owned() } else { keys.join(", ") });
    for column in &found.columns {
        write_column(&mut text, found.rows, column);
    }
    let Some(drifts) = drifts else { return text };
    let _ = writeln!(text, "\ndrift: {}", if drifts.is_empty() { "none" } else { "largest first" });
    for drift in drifts.iter().take(DRIFTS_SHOWN) {
        let _ = writeln!(text, "  {:.3} {} {} {}", drift.size, drift.change, drift.column, drift.detail);
    }
    text
}

fn write_column(text: &mut String, rows: u64, column: &ColumnProfile) {
    let percent = |part: u64, whole: u64| format!("{} %", (part * 100).checked_div(whole).unwrap_or(0));
    let judged = column.types.values().sum();
    let mut types: Vec<(&String, &u64)> = column.types.iter().collect();
    types.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let types: Vec<String> =
        types.iter().take(3).map(|(name, count)| format!("{name} {}", percent(**count, judged))).collect();
    let list = |counted: &[Counted]| -> String {
        let shown: Vec<String> = counted.iter().take(5).map(|c| format!("{} ×{}", c.text, c.count)).collect();
        shown.join(", ")
    };
    let (filled, distinct) = (percent(column.filled, rows), column.distinct);
    let _ = writeln!(text, "\n{}", if column.name.is_empty() { "(no name)" } else { &column.name });
    let lengths = format!("{} to {} characters", column.length_min, column.length_max);
    let _ = writeln!(text, "  filled {filled}, {distinct} different, {lengths}; {}", types.join(", "));
    if let Some(spread) = &column.spread {
        let Spread { of, min, p5, p25, p50, p75, p95, max, .. } = spread;
        let quantiles = format!("{min} | 5 % {p5} | 25 % {p25} | 50 % {p50} | 75 % {p75} | 95 % {p95} | {max}");
        let _ = writeln!(text, "  {:<13}{quantiles}", format!("{of}s"));
    }
    for (label, counted) in
        [("values", &column.top_values), ("patterns", &column.patterns), ("placeholders", &column.placeholders)]
    {
        if !counted.is_empty() {
            let _ = writeln!(text, "  {label:<13}{}", list(counted));
        }
    }
    for Outlier { rule, detail, count, examples } in &column.outliers {
        let _ = writeln!(text, "  {:<13}{rule}: {count} ({detail}), such as {}", "outliers", examples.join(", "));
    }
}
