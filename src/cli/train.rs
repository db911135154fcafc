//! `guiyi train`: a match model fitted to files.

use super::args::Train;
use super::progress::Bar;
use super::{ExitStatus, cleanse, outputs, print};
use crate::bulk::{input, pipeline, train};
use crate::catalog::{models, rules};
use crate::error::Result;

/// Runs the subcommand.
pub fn run(args: &Train) -> Result<ExitStatus> {
    outputs::check_writable(&args.out)?;
    let mapping = cleanse::mapping(&args.input.mapping)?;
    let policy = rules::load(rules::DEFAULT)?;
    let labels = args.labels.as_deref().map(cleanse::read_judgements).transpose()?.unwrap_or_default();
    let input = input::read(&args.input.input, &mapping)?;
    let bar = Bar::new();
    let records = pipeline::prepared(&input.records, &bar);
    let base = models::load(args.base.as_deref().unwrap_or_else(|| train::suitable_base(&records)))?;
    let model = train::train(&base, &records, &policy, &labels, &bar);
    bar.finish();
    train::save(&model, &args.out)?;
    print(&format!("{} fitted to {} records: {}\n", model.version, records.len(), args.out.display()))?;
    Ok(if input.rejects.is_empty() { ExitStatus::Ok } else { ExitStatus::RejectedRows })
}
