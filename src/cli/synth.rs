//! `guiyi synth`: customers with known truth.

use super::args::Synth;
use super::progress::Bar;
use super::{ExitStatus, print};
use crate::bulk::pipeline::Progress;
use crate::error::{Error, Result};
use crate::synth::{SynthOptions, write};

/// Runs the subcommand.
pub fn run(args: &Synth) -> Result<ExitStatus> {
    let options = SynthOptions { records: args.records, seed: args.seed, difficulty_percent: args.difficulty };
    let bar = Bar::new();
    bar.stage("synth", args.records);
    let mut shown = 0;
    let mut progress = |written: u64| {
        bar.advance(written.saturating_sub(shown));
        shown = written;
    };
    let summary = write(&options, &args.out, &mut progress).map_err(|error| Error::write(&args.out, error))?;
    bar.finish();
    print(&format!(
        "{} records of {} customers ({} true pairs) in {}\n",
        summary.records,
        summary.customers,
        summary.pairs,
        args.out.display()
    ))?;
    Ok(ExitStatus::Ok)
}
