//! `guiyi formats`: what can be checked, and every finding that a check may make.

use super::args::Listing;
use super::{ExitStatus, print};
use crate::catalog::documents;
use crate::domain::check::{self, CheckType};
use crate::domain::finding::Defect;
use crate::error::{Error, Result, did_you_mean};

/// Runs the subcommand.
pub fn run(args: &Listing) -> Result<ExitStatus> {
    let types = check::all();
    if let Some(name) = &args.name {
        let found = types.iter().find(|entry| entry.code == name);
        let entry = found.ok_or_else(|| {
            let hint = did_you_mean(name, types.iter().map(|entry| entry.code));
            Error::config("formats", format!("no format is called \"{name}\"{hint}"))
        })?;
        print(&line(entry, args.json))?;
        if !args.json {
            print(&format!("\n{}\n", documents::section(name).unwrap_or_default()))?;
        }
        return Ok(ExitStatus::Ok);
    }
    for entry in &types {
        print(&line(entry, args.json))?;
    }
    if !args.json {
        print("\nfindings\n")?;
        for defect in Defect::ALL {
            let severity = defect.severity().code();
            print(&format!("  {:<20}{severity:<9}{} · {}", defect.code(), defect.message_zh(), defect.message_en()))?;
            print(&defect.example().map_or_else(|| "\n".to_owned(), |(code, input)| format!("  [{code} {input}]\n")))?;
        }
    }
    Ok(ExitStatus::Ok)
}

fn line(entry: &CheckType, json: bool) -> String {
    if json {
        let value = serde_json::json!({
            "code": entry.code, "name_zh": entry.name_zh, "name_en": entry.name_en,
            "source": entry.source, "example": entry.example, "documentation": documents::section(entry.code),
        });
        return format!("{value}\n");
    }
    format!("{:<22}{} · {}  [{}]  {}\n", entry.code, entry.name_zh, entry.name_en, entry.source, entry.example)
}
