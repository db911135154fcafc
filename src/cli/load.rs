//! `guiyi load`: files into an embedded store, record by record, as if each had been upserted over gRPC.

use std::sync::Arc;

use super::args::Load;
use super::progress::Bar;
use super::{ExitStatus, cleanse, print};
use crate::bulk::input;
use crate::bulk::pipeline::Progress;
use crate::catalog::rules;
use crate::engine::{Engine, SystemClock, UpsertCommand};
use crate::error::Result;
use crate::store::Durability;
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
    let bar = Bar::new();
    bar.stage("load", input.records.len() as u64);
    let count = input.records.len();
    for (position, record) in input.records.into_iter().enumerate() {
        engine.upsert(&UpsertCommand {
            request_id: String::new(),
            actor: "guiyi load".to_owned(),
            record,
            etag: String::new(),
            durability: Durability::Deferred,
        })?;
        if (position + 1) % RECORDS_PER_SYNC == 0 {
            engine.sync()?;
        }
        bar.advance(1);
    }
    engine.sync()?;
    bar.finish();
    print(&format!("{count} records loaded into {}\n", args.data_dir.display()))?;
    Ok(if input.rejects.is_empty() { ExitStatus::Ok } else { ExitStatus::RejectedRows })
}
