//! `guiyi diff`: what changed from one run to the next.

use std::fmt::Write;

use super::args::Diff;
use super::{ExitStatus, print};
use crate::bulk::diff::{self, Moved};
use crate::error::{Error, Result};

/// Runs the subcommand.
pub fn run(args: &Diff) -> Result<ExitStatus> {
    let found = diff::diff(&args.before, &args.after)?;
    let text = if args.json {
        let json = serde_json::to_string(&found).map_err(|error| Error::config("diff", error.to_string()))?;
        format!("{json}\n")
    } else {
        written(&found)
    };
    print(&text)?;
    Ok(ExitStatus::Ok)
}

fn written(found: &diff::Diff) -> String {
    let mut text = String::new();
    let mut line = |label: &str, value: String| {
        let _ = writeln!(text, "{label:<20}{value}");
    };
    let (records, profiles) = (&found.records, &found.profiles);
    line("records", format!("{} in both, {} added, {} removed", records.both, records.added, records.removed));
    line("profiles", format!("{} before, {} after", profiles.before, profiles.after));
    line("unchanged", profiles.unchanged.to_string());
    line("of another size", profiles.resized.to_string());
    line("under another id", profiles.renumbered.to_string());
    line("merged", profiles.merged.to_string());
    line("split", profiles.split.to_string());
    line("created", profiles.created.to_string());
    line("gone", profiles.gone.to_string());
    line("with other values", found.values.profiles.to_string());
    for (column, count) in &found.values.columns {
        line("", format!("{column}: {count}"));
    }
    let mut list = |label: &str, verb: &str, moved: &[Moved]| {
        for (position, moved) in moved.iter().enumerate() {
            let label = if position == 0 { label } else { "" };
            line(label, format!("{} ({} records) {verb} {}", moved.profile, moved.records, moved.others.join(", ")));
        }
    };
    list("largest merged", "from", &found.largest_merged);
    list("largest split", "into", &found.largest_split);
    text
}
