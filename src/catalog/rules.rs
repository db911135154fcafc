//! Survivorship rule sets as TOML: rules per attribute kind, values kept, trust in sources.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{BuiltIn, find};
use crate::domain::id::ModelVersion;
use crate::domain::record::AttributeKind;
use crate::domain::survive::{self, KindPolicy, SurvivorshipPolicy};
use crate::error::{Error, Result, did_you_mean};

/// The rule sets that are built in.
pub const BUILT_IN: &[BuiltIn] =
    &[BuiltIn { name: "survivorship@1", text: include_str!("../../rules/survivorship@1.toml") }];

/// The rule set used when none is named.
pub const DEFAULT: &str = "survivorship@1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    name: String,
    version: u32,
    default: KindFile,
    #[serde(default)]
    kinds: BTreeMap<String, KindFile>,
    #[serde(default)]
    trust: BTreeMap<String, i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindFile {
    rules: Vec<String>,
    values_max: usize,
}

/// Loads a built-in rule set (`survivorship@1`) or, when the name is a path to a `.toml` file, that file.
pub fn load(name: &str) -> Result<SurvivorshipPolicy> {
    if name.ends_with(".toml") {
        let text = std::fs::read_to_string(name).map_err(|error| Error::read(Path::new(name), error))?;
        return parse(name, &text);
    }
    parse(name, find("rules", name, BUILT_IN)?.text)
}

/// Reads a rule set; `origin` names it in errors.
pub fn parse(origin: &str, text: &str) -> Result<SurvivorshipPolicy> {
    let file: PolicyFile = toml::from_str(text).map_err(|error| Error::config(origin, error.to_string()))?;
    let mut kinds = BTreeMap::new();
    for (code, entry) in &file.kinds {
        let kind = AttributeKind::from_code(code).ok_or_else(|| {
            let hint = did_you_mean(code, AttributeKind::ALL.iter().map(|kind| kind.code()));
            Error::config(origin, format!("no attribute kind is called \"{code}\"{hint}"))
        })?;
        kinds.insert(kind, kind_policy(origin, entry)?);
    }
    Ok(SurvivorshipPolicy {
        version: ModelVersion { name: file.name, version: file.version },
        default: kind_policy(origin, &file.default)?,
        kinds,
        trust: file.trust,
    })
}

fn kind_policy(origin: &str, entry: &KindFile) -> Result<KindPolicy> {
    if entry.values_max == 0 {
        return Err(Error::config(origin, "values_max must be at least 1"));
    }
    let rule = |code: &String| {
        survive::by_code(code).ok_or_else(|| {
            let hint = did_you_mean(code, survive::ALL.iter().map(|rule| rule.code()));
            Error::config(origin, format!("no survivorship rule is called \"{code}\"{hint}"))
        })
    };
    Ok(KindPolicy { rules: entry.rules.iter().map(rule).collect::<Result<_>>()?, values_max: entry.values_max })
}
