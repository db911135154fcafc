//! `guiyi load`: files into an embedded store, record by record, as if each had been upserted over gRPC.

use std::sync::Arc;

use super::args::Load;
use super::progress::Bar;
use super::{ExitStatus, cleanse, print};
use crate::bulk::input;
use crate::bulk::pipeline::Progress;
use crate::catalog::rules;
use crate::engine::{Engine, Intake, SystemClock, UpsertCommand};
use crate::error::Result;
use crate::store::rocks::RocksStore;

/// Records between two syncs.
const RECORDS_PER_SYNC: usize = 1_000;

/// Runs the subcommand.
pub fn run(args: &Load) -> Result<ExitStatus> {
    let model = cleanse::load_fixed_model(&args.model)?;
    let input = input::read(&args.input.input, &cleanse::mapping(&args.input.mapping)?)?;
    for reject in &input.rejects {
        eprintln!("guiyi: {} line {} was not loaded: {}", reject.file.display(), reject.line, reject.reason);
    }
    let store = Arc::new(RocksStore::open(&args.data_dir)?);
    let engine = Engine::open(store, model, rules::load(rules::DEFAULT)?, Arc::new(SystemClock))?;
    cleanse::note_model(&args.model, &engine.model());
    let intake = Intake::start(Arc::new(engine))?;
    let bar = Bar::new();
    bar.stage("load", input.records.len() as u64);
    let count = input.records.len();
    let commands: Vec<UpsertCommand> = input.records.into_iter().map(UpsertCommand::of).collect();
    for commands in commands.chunks(RECORDS_PER_SYNC) {
        let answers = intake.upsert_all("guiyi load", commands)?;
        answers.into_iter().collect::<Result<Vec<_>>>()?;
        bar.advance(commands.len() as u64);
    }
    bar.finish();
    print(&format!("{count} records loaded into {}\n", args.data_dir.display()))?;
    Ok(if input.rejects.is_empty() { ExitStatus::Ok } else { ExitStatus::RejectedRows })
}
