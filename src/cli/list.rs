//! `guiyi sources`, `guiyi models` and `guiyi rules`: what is built in.

use super::args::Listing;
use super::{ExitStatus, print};
use crate::catalog::{BuiltIn, models, quality, rules, sources};
use crate::error::{Error, Result};

/// Lists the source mappings.
pub fn sources(args: &Listing) -> Result<ExitStatus> {
    list(args, sources::BUILT_IN.iter())
}

/// Lists the match models.
pub fn models(args: &Listing) -> Result<ExitStatus> {
    list(args, models::BUILT_IN.iter())
}

/// Lists the survivorship and the record rules.
pub fn rules(args: &Listing) -> Result<ExitStatus> {
    list(args, rules::BUILT_IN.iter().chain(quality::BUILT_IN))
}

fn list(args: &Listing, files: impl Iterator<Item = &'static BuiltIn>) -> Result<ExitStatus> {
    if let Some(name) = &args.name {
        let mut files = files;
        let file = files.find(|file| file.name == name);
        let file = file.ok_or_else(|| Error::config(name, "nothing built in is called so"))?;
        print(file.text)?;
        return Ok(ExitStatus::Ok);
    }
    let title = |file: &BuiltIn| file.text.lines().next().unwrap_or_default().trim_start_matches("# ").to_owned();
    for file in files {
        if args.json {
            print(&format!("{}\n", serde_json::json!({ "name": file.name, "title": title(file) })))?;
        } else {
            print(&format!("{:<26}{}\n", file.name, title(file)))?;
        }
    }
    Ok(ExitStatus::Ok)
}
