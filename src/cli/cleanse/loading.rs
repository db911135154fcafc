//! `guiyi cleanse --load`: the store that the run goes into, held from before the run until after it.

use std::path::{Path, PathBuf};

use crate::bulk::cleansing::work::Work;
use crate::cli::args::Cleanse;
use crate::cli::progress::Bar;
use crate::error::{Error, Result};
use crate::loading::{self, Run};
use crate::store::Loading;

/// Where the run goes besides its results.
pub enum Target {
    /// Nowhere.
    Nothing,
    /// Into a store, which it is in since before it was stopped.
    Loaded,
    /// Into this store, which is empty and locked.
    Empty(Box<dyn Loading>, PathBuf),
}

/// Opens the store to load, where there is one; refuses before the run one that could not be loaded after it.
pub fn open(args: &Cleanse) -> Result<Target> {
    let Some(folder) = &args.load else { return Ok(Target::Nothing) };
    if args.resume && Work::was_in(&args.out, folder)? {
        return Ok(Target::Loaded);
    }
    Ok(Target::Empty(target(folder)?, folder.clone()))
}

/// Loads a finished run, where there is a store for it; says whether there is.
pub fn load(target: Target, run: &Run<'_>, bar: &Bar) -> Result<bool> {
    match target {
        Target::Nothing => Ok(false),
        Target::Loaded => Ok(true),
        Target::Empty(target, folder) => {
            loading::load(run, target.as_ref(), bar)?;
            bar.finish();
            run.cleansed.work.is_in(&folder)?;
            Ok(true)
        }
    }
}

#[cfg(feature = "rocks")]
fn target(folder: &Path) -> Result<Box<dyn Loading>> {
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
fn target(_folder: &Path) -> Result<Box<dyn Loading>> {
    Err(Error::config("--load", "this program was built without the embedded store (feature `rocks`)"))
}
