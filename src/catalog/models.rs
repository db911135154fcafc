//! Match models as TOML: levels with m and u, thresholds, limits. Every comparator and level must be there, none unknown.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::{BuiltIn, find, frequencies};
use crate::domain::compare;
use crate::domain::id::{MatchWeight, ModelVersion};
use crate::domain::model::{Comparison, LevelProbabilities, Limits, MatchModel, Priors, Relation, Thresholds};
use crate::domain::score::term_frequency::TermFrequencies;
use crate::error::{Error, Result, did_you_mean};

/// The models that are built in.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn { name: "default-zh@1", text: include_str!("../../models/default-zh@1.toml") },
    BuiltIn { name: "default-en@1", text: include_str!("../../models/default-en@1.toml") },
];

/// The model used when none is named.
pub const DEFAULT: &str = "default-zh@1";

/// The same for names in Latin letters.
pub const DEFAULT_EN: &str = "default-en@1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelFile {
    name: String,
    version: u32,
    /// Probability that two arbitrary records match.
    prior: f64,
    #[serde(default)]
    relations: RelationsFile,
    thresholds_bits: ThresholdsFile,
    #[serde(default)]
    guards: GuardsFile,
    limits: LimitsFile,
    /// The statistics epoch.
    frequencies: Option<FrequenciesFile>,
    comparisons: BTreeMap<String, BTreeMap<String, LevelFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrequenciesFile {
    /// Beside the model file.
    file: String,
    hash: String,
}

/// Pairs in a relation for each matching pair.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RelationsFile {
    household: f64,
    colleague: f64,
    twins: f64,
}

impl Default for RelationsFile {
    fn default() -> Self {
        Self { household: 1.0, colleague: 1.0, twins: 0.01 }
    }
}

impl RelationsFile {
    /// In the order of [`Relation::ALL`].
    fn ratios(&self) -> [f64; Relation::COUNT] {
        [self.household, self.colleague, self.twins]
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThresholdsFile {
    link: f64,
    merge: f64,
    review: f64,
}

/// What is not done without a person.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuardsFile {
    #[serde(default)]
    sole_evidence: SoleEvidence,
}

/// What becomes of a match for which only one aspect speaks that does not identify.
#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SoleEvidence {
    #[default]
    Review,
    Merge,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitsFile {
    block_records_max: usize,
    component_records_max: usize,
    #[serde(default = "profile_records_max")]
    profile_records_max: usize,
}

/// For models written before the limit was there.
fn profile_records_max() -> usize {
    100
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelFile {
    m: f64,
    u: f64,
    /// Without an entry: as for strangers.
    household: Option<f64>,
    colleague: Option<f64>,
    twins: Option<f64>,
}

impl LevelFile {
    /// In the order of [`Relation::ALL`].
    fn related(&self) -> [f64; Relation::COUNT] {
        [self.household, self.colleague, self.twins].map(|related| related.unwrap_or(self.u))
    }
}

/// Loads a built-in model (`default-zh@1`) or, when the name is a path to a `.toml` file, that file.
pub fn load(name: &str) -> Result<MatchModel> {
    if name.ends_with(".toml") {
        let path = Path::new(name);
        let text = std::fs::read_to_string(path).map_err(|error| Error::read(path, error))?;
        return parse(name, &text, &|file| {
            let beside = path.with_file_name(file);
            std::fs::read_to_string(&beside).map_err(|error| Error::read(&beside, error))
        });
    }
    parse(name, find("model", name, BUILT_IN)?.text, &|file| {
        Err(Error::config(name, format!("there is no \"{file}\"")))
    })
}

/// The name of the frequency file that stands beside a model file.
pub fn frequencies_file(model_file: &Path) -> String {
    let stem = model_file.file_stem().unwrap_or_default().to_string_lossy();
    format!("{stem}.frequencies.tsv")
}

/// Writes a model as [`parse`] reads it; the second text is its frequency file, where it has one, to be stored under the name given.
pub fn render(model: &MatchModel, frequencies_file: &str) -> (String, Option<String>) {
    let mut text = format!("name = \"{}\"\nversion = {}\n", model.version.name, model.version.version);
    let prior = model.priors.matching.bits().exp2();
    let relation = |position: usize| (model.priors.related[position].bits() - model.priors.matching.bits()).exp2();
    let _ = writeln!(text, "prior = {:e}\n\n[relations]", prior / (1.0 + prior));
    for (position, kind) in Relation::ALL.iter().enumerate() {
        let _ = writeln!(text, "{} = {}", kind.code(), relation(position));
    }
    let Thresholds { link, merge, review, sole_evidence_merges } = model.thresholds;
    let (link, merge, review) = (link.bits(), merge.bits(), review.bits());
    let _ = writeln!(text, "\n[thresholds_bits]\nlink = {link:?}\nmerge = {merge:?}\nreview = {review:?}");
    let sole_evidence = if sole_evidence_merges { "merge" } else { "review" };
    let _ = writeln!(text, "\n[guards]\nsole_evidence = \"{sole_evidence}\"");
    let Limits { block_records_max, component_records_max, profile_records_max } = model.limits;
    let _ = writeln!(
        text,
        "\n[limits]\nblock_records_max = {block_records_max}\ncomponent_records_max = {component_records_max}\n\
         profile_records_max = {profile_records_max}"
    );
    let frequencies = (!model.frequencies.tables.is_empty()).then(|| frequencies::render(&model.frequencies));
    if let Some(frequencies) = &frequencies {
        let hash = frequencies::fingerprint(frequencies);
        let _ = writeln!(text, "\n[frequencies]\nfile = \"{frequencies_file}\"\nhash = \"{hash}\"");
    }
    for (comparator, comparison) in model.compared() {
        let _ = writeln!(text, "\n[comparisons.{}]", comparator.code());
        for (level, p) in comparator.levels().iter().zip(&comparison.probabilities) {
            let _ = write!(text, "{} = {{ m = {:e}, u = {:e}", level.code, p.m, p.u);
            for (relation, related) in Relation::ALL.into_iter().zip(p.related).filter(|(_, related)| *related != p.u) {
                let _ = write!(text, ", {} = {related:e}", relation.code());
            }
            text.push_str(" }\n");
        }
    }
    (text, frequencies)
}

/// Reads a model; `origin` names it in errors, `beside` reads the frequency file that it names.
pub fn parse(origin: &str, text: &str, beside: &dyn Fn(&str) -> Result<String>) -> Result<MatchModel> {
    let file: ModelFile = toml::from_str(text).map_err(|error| Error::config(origin, error.to_string()))?;
    let comparator_codes = || compare::ALL.iter().map(|comparator| comparator.code());
    if let Some(unknown) = file.comparisons.keys().find(|code| !comparator_codes().any(|known| known == code.as_str()))
    {
        let hint = did_you_mean(unknown, comparator_codes());
        return Err(Error::config(origin, format!("no comparator is called \"{unknown}\"{hint}")));
    }
    let comparisons =
        compare::ALL.iter().map(|comparator| comparison(origin, &file, *comparator)).collect::<Result<_>>()?;
    if !(file.prior > 0.0 && file.prior < 1.0) {
        return Err(Error::config(origin, "prior must lie between 0 and 1"));
    }
    let LimitsFile { block_records_max, component_records_max, profile_records_max } = file.limits;
    if [block_records_max, component_records_max, profile_records_max].iter().any(|limit| *limit < 2) {
        let message = "block_records_max, component_records_max and profile_records_max must be at least 2";
        return Err(Error::config(origin, message));
    }
    Ok(MatchModel {
        priors: priors(origin, &file)?,
        version: ModelVersion { name: file.name, version: file.version },
        thresholds: Thresholds {
            link: millibits(file.thresholds_bits.link),
            merge: millibits(file.thresholds_bits.merge),
            review: millibits(file.thresholds_bits.review),
            sole_evidence_merges: matches!(file.guards.sole_evidence, SoleEvidence::Merge),
        },
        limits: Limits { block_records_max, component_records_max, profile_records_max },
        comparisons,
        frequencies: match &file.frequencies {
            Some(named) => Arc::new(load_frequencies(origin, named, beside)?),
            None => Arc::default(),
        },
    })
}

fn load_frequencies(
    origin: &str,
    named: &FrequenciesFile,
    beside: &dyn Fn(&str) -> Result<String>,
) -> Result<TermFrequencies> {
    if named.file.contains(['/', '\\']) {
        return Err(Error::config(origin, "[frequencies] file must stand beside the model file"));
    }
    let text = beside(&named.file)?;
    if frequencies::fingerprint(&text) != named.hash {
        let message = format!("{} is not the file that the model was released with", named.file);
        return Err(Error::config(origin, message));
    }
    frequencies::parse(&named.file, &text)
}

fn priors(origin: &str, file: &ModelFile) -> Result<Priors> {
    let odds = file.prior / (1.0 - file.prior);
    let relations = file.relations.ratios();
    if relations.iter().any(|ratio| !(*ratio > 0.0 && *ratio <= 1_000.0)) {
        return Err(Error::config(origin, "[relations] must lie in (0, 1000]: related pairs for each matching pair"));
    }
    Ok(Priors {
        matching: MatchWeight::from_ratio(odds, 1.0),
        related: relations.map(|ratio| MatchWeight::from_ratio(odds * ratio, 1.0)),
    })
}

fn comparison(origin: &str, file: &ModelFile, comparator: &dyn compare::Comparator) -> Result<Comparison> {
    let code = comparator.code();
    let missing = |what: String| Error::config(origin, format!("[comparisons.{code}] has no {what}"));
    let table = file.comparisons.get(code).ok_or_else(|| missing("entry".to_owned()))?;
    let level_codes = || comparator.levels().iter().map(|level| level.code);
    if let Some(unknown) = table.keys().find(|key| !level_codes().any(|known| known == key.as_str())) {
        let hint = did_you_mean(unknown, level_codes());
        return Err(Error::config(origin, format!("[comparisons.{code}] has an unknown level \"{unknown}\"{hint}")));
    }
    let probabilities = |level: &compare::Level| {
        let entry = table.get(level.code).ok_or_else(|| missing(format!("level \"{}\"", level.code)))?;
        let related = entry.related();
        if [entry.m, entry.u].iter().chain(&related).any(|p| !(*p > 0.0 && *p <= 1.0)) {
            let message = format!("[comparisons.{code}] {}: every probability must lie in (0, 1]", level.code);
            return Err(Error::config(origin, message));
        }
        Ok(LevelProbabilities { m: entry.m, u: entry.u, related })
    };
    Ok(Comparison::new(comparator.levels().iter().map(probabilities).collect::<Result<_>>()?))
}

fn millibits(bits: f64) -> MatchWeight {
    MatchWeight((bits * 1000.0).round() as i32)
}
