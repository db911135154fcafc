//! What a run depends on, so that a resumed one does not mix two: files by name, size and time, options by their values.
//!
//! The form of the results and whether the report is masked are none of it: they are made after the last checkpoint, from records that hold
//! every value as delivered. A resumed run shows values only when it is asked to itself.

use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::bulk::cleansing::state::{self, Terms};
use crate::bulk::cleansing::work::{Manifest, PREVIOUS_CROSSWALK};
use crate::bulk::{reader, spool};
use crate::catalog::sources::Mapping;
use crate::cli::args::Cleanse;
use crate::error::{Error, Result};

/// Changes whenever intermediate results or answers of the bulk path change without a new version of the program.
const LAYOUT: u32 = 6;

/// The manifest of a run.
pub fn of(args: &Cleanse) -> Result<Manifest> {
    let mut manifest = Manifest::new();
    let mut put = |name: &str, value: String| drop(manifest.insert(name.to_owned(), value));
    put("version", version());
    let inputs: Result<Vec<String>> = reader::expand(&args.input)?.iter().map(|path| file(path)).collect();
    put("input", inputs?.join(", "));
    put("source", args.mapping.source.clone().unwrap_or_default());
    for (name, path) in [
        ("mapping", args.mapping.mapping.as_deref()),
        (PREVIOUS_CROSSWALK, args.previous.as_deref()),
        ("deleted records", args.deleted.as_deref()),
        ("judgements", args.judgements.as_deref()),
        ("generic values", args.generic_values.as_deref()),
    ] {
        put(name, path.map(file).transpose()?.unwrap_or_default());
    }
    for (name, value) in [("model", &args.model), ("survivorship rules", &args.rules), ("record rules", &args.quality)]
    {
        let path = Path::new(value);
        put(name, if path.is_file() { file(path)? } else { value.clone() });
    }
    if let Some(folder) = &args.since {
        let [state, crosswalk] = [state::STATE, "crosswalk.csv"].map(|name| file(&folder.join(name)));
        put("earlier run", format!("{}, {}", state?, crosswalk?));
    }
    put("kept state", args.keep_state.to_string());
    put("as-of day", args.as_of.clone().unwrap_or_default());
    Ok(manifest)
}

/// What a run over a delta has to agree in with the run that it goes on from: what records are made with, and what becomes of them. Files
/// count by their content.
pub fn terms(args: &Cleanse, mapping: &Mapping) -> Result<Terms> {
    let mut terms = Terms::new();
    let mut put = |name: &str, value: String| drop(terms.insert(name.to_owned(), value));
    put("version", version());
    put("mapping", format!("content {:016x}", mapping.fingerprint()));
    for (name, value) in [("model", &args.model), ("survivorship rules", &args.rules), ("record rules", &args.quality)]
    {
        let path = Path::new(value);
        put(name, if path.is_file() { content(path)? } else { value.clone() });
    }
    Ok(terms)
}

fn version() -> String {
    format!("{} ({LAYOUT})", env!("CARGO_PKG_VERSION"))
}

fn content(path: &Path) -> Result<String> {
    let (bytes, checksum) = spool::checked(path)?;
    Ok(format!("file of {bytes} bytes, checksum {checksum:08x}"))
}

/// Name, bytes and time of change; standard input and sheets of workbooks go by their names.
fn file(path: &Path) -> Result<String> {
    let name = path.display();
    if !path.is_file() {
        return Ok(name.to_string());
    }
    let known = std::fs::metadata(path).map_err(|error| Error::read(path, error))?;
    let changed = known.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    Ok(format!("{name} ({} bytes, changed at {}.{:09})", known.len(), changed.as_secs(), changed.subsec_nanos()))
}
