//! `guiyi cleanse --load`: the store that the run goes into, held from before the run until after it.

use std::path::Path;

use crate::bulk::cleansing::Cleansed;
use crate::catalog::sources::Mapping;
use crate::cli::args::Cleanse;
use crate::cli::progress::Bar;
use crate::engine::{Clock, SystemClock};
use crate::error::{Error, Result};
use crate::loading::{self, Run};
use crate::store::Loading;

/// The store to load, which is empty and locked.
pub type Target = Box<dyn Loading>;

/// Opens the store to load, where there is one; refuses before the run what could not be loaded after it.
pub fn open(args: &Cleanse) -> Result<Option<Target>> {
    let Some(folder) = &args.load else { return Ok(None) };
    let refused = |message: &str| Err(Error::config("--load", message));
    if args.judgements.is_some() {
        return refused(
            "a store is loaded without --judgements: they need the name of a steward and a task; decide the review tasks in the store",
        );
    }
    if args.generic_values.is_some() {
        return refused(
            "a store is loaded without --generic-values: say it of the loaded store instead (OverrideGenericValue)",
        );
    }
    target(folder).map(Some)
}

/// Loads a finished run, where there is a store for it; says whether there was.
pub fn load(target: Option<Target>, cleansed: &Cleansed, mapping: &Mapping, bar: &Bar) -> Result<bool> {
    let Some(target) = target else { return Ok(false) };
    loading::load(&Run { cleansed, mapping, now: SystemClock.now() }, target.as_ref(), bar)?;
    bar.finish();
    Ok(true)
}

#[cfg(feature = "rocks")]
fn target(folder: &Path) -> Result<Target> {
    use crate::engine::Contents;
    use crate::store::Store;
    use crate::store::rocks::RocksStore;

    let store = RocksStore::open(folder)?;
    let contents = Contents::of(&*store.snapshot()?)?;
    let store = match contents {
        Contents::Nothing => store,
        Contents::Unfinished => {
            eprintln!("guiyi: a load into {} did not end; it starts over", folder.display());
            store.emptied(folder)?
        }
        Contents::Used => {
            let message = format!(
                "{} holds records already; name another folder, or put these records to them with `guiyi load`",
                folder.display()
            );
            return Err(Error::config("--load", message));
        }
    };
    Ok(Box::new(store.load(folder)?))
}

#[cfg(not(feature = "rocks"))]
fn target(_folder: &Path) -> Result<Target> {
    Err(Error::config("--load", "this program was built without the embedded store (feature `rocks`)"))
}
