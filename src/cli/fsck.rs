//! `guiyi fsck` and `guiyi rebuild`: whether an embedded store is whole, and how to make it so.

use std::sync::Arc;

use super::args::StoreFolder;
use super::{ExitStatus, print};
use crate::catalog::{models, rules};
use crate::domain::model::MatchModel;
use crate::domain::survive::SurvivorshipPolicy;
use crate::engine::{Clock, Engine, StoreCheck, SystemClock};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::store::rocks::RocksStore;

/// Runs `guiyi fsck`: exit code 1 when something is wrong.
pub fn fsck(args: &StoreFolder) -> Result<ExitStatus> {
    let check = open(args, Engine::open)?.fsck()?;
    report(args, &check, "is wrong; `guiyi rebuild` derives it anew")?;
    Ok(if check.problem_count == 0 { ExitStatus::Ok } else { ExitStatus::Failure })
}

/// Runs `guiyi rebuild`.
pub fn rebuild(args: &StoreFolder) -> Result<ExitStatus> {
    let check = open(args, Engine::open_to_rebuild)?.rebuild("guiyi rebuild")?;
    report(args, &check, "was wrong and is mended")?;
    Ok(ExitStatus::Ok)
}

/// How an engine is opened on a store.
type Open = fn(Arc<dyn Store>, MatchModel, SurvivorshipPolicy, Arc<dyn Clock>) -> Result<Engine>;

fn open(args: &StoreFolder, open: Open) -> Result<Engine> {
    if !args.data_dir.join("CURRENT").is_file() {
        let message = "holds no store; name the folder that `guiyi serve` or `guiyi load` was given";
        return Err(Error::config(args.data_dir.display().to_string(), message));
    }
    let store = Arc::new(RocksStore::open(&args.data_dir)?);
    open(store, models::load(models::DEFAULT)?, rules::load(rules::DEFAULT)?, Arc::new(SystemClock))
}

fn report(args: &StoreFolder, check: &StoreCheck, verdict: &str) -> Result<()> {
    if args.json {
        let json = serde_json::json!({
            "records": check.records,
            "profiles": check.profiles,
            "edges": check.edges,
            "block_keys": check.block_keys,
            "problem_count": check.problem_count,
            "problems": check.problems,
        });
        return print(&format!("{json}\n"));
    }
    let mut text = format!(
        "{} records, {} profiles, {} edges, {} blocking keys\n",
        check.records, check.profiles, check.edges, check.block_keys
    );
    for problem in &check.problems {
        text += &format!("{problem}\n");
    }
    text += &match check.problem_count {
        0 => "everything agrees\n".to_owned(),
        count => format!("{count} rows or relations: what they say {verdict}\n"),
    };
    print(&text)
}
