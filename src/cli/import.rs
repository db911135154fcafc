//! `guiyi models`: the list, or a model of Splink taken over.

use super::args::{ImportModel, Models, ModelsAction};
use super::{ExitStatus, cleanse, list, print};
use crate::bulk::train;
use crate::catalog::{models, splink};
use crate::error::{Error, Result};

/// Runs the subcommand.
pub fn models(args: &Models) -> Result<ExitStatus> {
    match &args.action {
        None => list::models(&args.listing),
        Some(ModelsAction::Import(args)) => import(args),
    }
}

fn import(args: &ImportModel) -> Result<ExitStatus> {
    let text = std::fs::read_to_string(&args.file).map_err(|error| Error::read(&args.file, error))?;
    let (mapping, base) = (cleanse::mapping(&args.mapping)?, models::load(&args.base)?);
    let imported = splink::import(&args.file.display().to_string(), &text, &mapping, &base)?;
    train::save(&imported.model, &args.out)?;
    print(&format!("{}\n", imported.report.join("\n")))?;
    Ok(ExitStatus::Ok)
}
