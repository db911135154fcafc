//! `guiyi map`: drafts a mapping file from headers and content.

use std::path::Path;

use super::args::Map;
use super::{ExitStatus, print};
use crate::bulk::{map, reader};
use crate::error::{Error, Result};

/// Runs the subcommand.
pub fn run(args: &Map) -> Result<ExitStatus> {
    let table = reader::read_all(std::slice::from_ref(&args.input))?;
    let draft = map::draft(&args.input, &table, args.country.as_deref())?;
    for warning in &draft.warnings {
        eprintln!("guiyi: {}: {warning}", args.input.display());
    }
    match args.out.as_deref().filter(|out| *out != Path::new("-")) {
        None => print(&draft.text)?,
        Some(out) => {
            std::fs::write(out, &draft.text).map_err(|error| Error::write(out, error))?;
            let mapped = draft.columns.iter().filter(|(_, guess)| guess.is_some()).count();
            eprintln!(
                "guiyi: {mapped} of {} columns mapped in {}; read it through",
                draft.columns.len(),
                out.display()
            );
        }
    }
    Ok(ExitStatus::Ok)
}
