//! What is built in, and how to read one's own: source mappings, match models, survivorship and record rules. All TOML, all embedded.

pub mod documents;
pub mod frequencies;
pub mod models;
pub mod quality;
pub mod rules;
pub mod sources;
pub mod splink;
mod splink_sql;

use crate::error::{Error, Result};

/// One built-in file.
pub struct BuiltIn {
    /// Its name (`crm`, `default-zh@1`).
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Finds a built-in file; the error lists what there is.
fn find(what: &str, name: &str, built_in: &'static [BuiltIn]) -> Result<&'static BuiltIn> {
    built_in.iter().find(|file| file.name == name).ok_or_else(|| {
        let names: Vec<&str> = built_in.iter().map(|file| file.name).collect();
        let hint = crate::error::did_you_mean(name, names.iter().copied());
        Error::config(what, format!("nothing is called \"{name}\"{hint} (built in: {})", names.join(", ")))
    })
}
