//! Models of Splink 4 (`linker.misc.save_model_to_json`) read as models of ours: the probabilities of every level that
//! Splink's own comparison library writes go to the nearest level of the comparator for that kind of attribute.
//!
//! What has no counterpart is told, never guessed: SQL that is no template of the library refuses the whole import.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::sources::Mapping;
use super::splink_sql::{Test, recognise};
use crate::domain::compare;
use crate::domain::id::{MatchWeight, ModelVersion};
use crate::domain::model::{Comparison, LevelProbabilities, MatchModel, Priors};
use crate::domain::record::{AttributeKind, Part};
use crate::error::{Error, Result};

/// Probabilities are kept away from 0, which EM reaches for levels that it never saw.
const PROBABILITY_MIN: f64 = 1e-9;

#[derive(Deserialize)]
struct SettingsFile {
    probability_two_random_records_match: Option<f64>,
    comparisons: Vec<ComparisonFile>,
    #[serde(default)]
    blocking_rules_to_generate_predictions: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct ComparisonFile {
    output_column_name: Option<String>,
    comparison_levels: Vec<LevelFile>,
}

#[derive(Deserialize)]
struct LevelFile {
    sql_condition: String,
    label_for_charts: Option<String>,
    #[serde(default)]
    is_null_level: bool,
    m_probability: Option<f64>,
    u_probability: Option<f64>,
    tf_adjustment_column: Option<String>,
}

/// An imported model.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The base model with Splink's probabilities.
    pub model: MatchModel,
    /// What went where, one line each, and what was left out.
    pub report: Vec<String>,
}

/// What one level of Splink says.
#[derive(Clone, Debug)]
struct Evidence {
    test: Test,
    label: String,
    m: Option<f64>,
    u: Option<f64>,
}

/// Probabilities by (comparator, level).
type Found = BTreeMap<(&'static str, &'static str), (f64, f64)>;

/// How much of a person's name the columns of a comparison hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameScope {
    Whole,
    OnePart,
}

/// Reads Splink's JSON; `origin` names it in errors, `mapping` says what its columns are.
pub fn import(origin: &str, text: &str, mapping: &Mapping, base: &MatchModel) -> Result<Imported> {
    let file: SettingsFile =
        serde_json::from_str(text).map_err(|error| Error::config(origin, format!("no model of Splink 4: {error}")))?;
    let comparisons = file.comparisons.iter().map(evidence).collect::<Vec<_>>();
    let strange: Vec<String> =
        comparisons.iter().flat_map(|(_, levels)| levels.as_ref().err().cloned()).flatten().collect();
    if !strange.is_empty() {
        return Err(Error::config(origin, format!("not of Splink's comparison library: {}", strange.join("; "))));
    }
    let mut importer = Importer { report: Vec::new(), found: Found::new(), given: None, family: None };
    for (name, levels) in comparisons {
        importer.take(origin, &name, &levels.unwrap_or_default(), mapping)?;
    }
    importer.join_name_parts();
    let mut model = base.clone();
    model.version = ModelVersion { name: "splink-import".to_owned(), version: 1 };
    model.comparisons = importer.comparisons(base);
    let mut report = importer.report;
    match file.probability_two_random_records_match {
        Some(prior) if prior > 0.0 && prior < 1.0 => {
            model.priors = priors(base, prior);
            report.push(format!("prior {prior:e}: taken over"));
        }
        Some(_) | None => report.push("prior: none, that of the base model stays".to_owned()),
    }
    let adjusted = file.comparisons.iter().flat_map(|c| &c.comparison_levels).any(|l| l.tf_adjustment_column.is_some());
    if adjusted {
        report.push("term frequencies: not in Splink's file; those of guiyi are used".to_owned());
    }
    let rules = file.blocking_rules_to_generate_predictions.len();
    report.push(format!("blocking rules ({rules}): not used, guiyi's keys find the candidates"));
    Ok(Imported { model, report })
}

fn priors(base: &MatchModel, prior: f64) -> Priors {
    let matching = MatchWeight::from_ratio(prior, 1.0 - prior);
    let shift = matching.0 - base.priors.matching.0;
    Priors { matching, related: base.priors.related.map(|related| MatchWeight(related.0 + shift)) }
}

/// The levels of a comparison without its null level, or what cannot be read.
fn evidence(comparison: &ComparisonFile) -> (String, std::result::Result<Vec<Evidence>, Vec<String>>) {
    let name = comparison.output_column_name.clone().unwrap_or_default();
    let (mut known, mut strange) = (Vec::new(), Vec::new());
    for level in comparison.comparison_levels.iter().filter(|level| !level.is_null_level) {
        let label = level.label_for_charts.clone().unwrap_or_else(|| level.sql_condition.clone());
        match recognise(&level.sql_condition) {
            Some(Test::Null) => {}
            Some(test) => known.push(Evidence { test, label, m: level.m_probability, u: level.u_probability }),
            None => strange.push(format!("comparison \"{name}\", level \"{label}\": {}", level.sql_condition)),
        }
    }
    (name, if strange.is_empty() { Ok(known) } else { Err(strange) })
}

struct Importer {
    report: Vec<String>,
    found: Found,
    given: Option<Vec<Evidence>>,
    family: Option<Vec<Evidence>>,
}

impl Importer {
    fn take(&mut self, origin: &str, name: &str, levels: &[Evidence], mapping: &Mapping) -> Result<()> {
        let columns: Vec<&String> = levels.iter().flat_map(|level| level.test.columns()).collect();
        let mapped: Vec<_> = mapping.columns.iter().filter(|c| columns.iter().any(|name| **name == c.name)).collect();
        let Some(first) = mapped.first() else {
            let message = format!("comparison \"{name}\": its columns ({columns:?}) are not in the mapping");
            return Err(Error::config(origin, message));
        };
        let Some(comparator) = comparator_of(first.kind) else {
            self.report.push(format!("{name}: left out, {} is no evidence of identity", first.kind.code()));
            return Ok(());
        };
        if mapped.iter().any(|column| column.kind != first.kind) {
            return Err(Error::config(origin, format!("comparison \"{name}\": its columns are of several kinds")));
        }
        if comparator == "person_name" {
            let part = |part: Part| mapped.iter().all(|column| column.part == part);
            if part(Part::Given) && self.given.is_none() {
                self.given = Some(levels.to_vec());
                return Ok(());
            }
            if part(Part::Family) && self.family.is_none() {
                self.family = Some(levels.to_vec());
                return Ok(());
            }
        }
        if comparator != "address" && self.found.keys().any(|(code, _)| *code == comparator) {
            self.report.push(format!("{name}: left out, an earlier comparison is that of {comparator}"));
            return Ok(());
        }
        let given: Vec<&str> =
            mapped.iter().filter(|column| column.part == Part::Given).map(|column| column.name.as_str()).collect();
        for level in levels {
            let targets = match comparator {
                "address" => address_levels(first.part, &level.test),
                "person_name" => name_levels(NameScope::Whole, &given, &level.test),
                _ => levels_of(comparator, &level.test),
            };
            self.put(name, comparator, targets, level);
        }
        Ok(())
    }

    fn put(&mut self, name: &str, comparator: &'static str, targets: &[&'static str], level: &Evidence) {
        let label = &level.label;
        if targets.is_empty() {
            self.report.push(format!("{name}, {label}: left out, {comparator} has no such level"));
            return;
        }
        let (Some(m), Some(u)) = (level.m, level.u) else {
            self.report.push(format!("{name}, {label}: not trained; {} as in the base model", targets.join(", ")));
            return;
        };
        for target in targets {
            // Two of Splink's levels in one of ours: either happened.
            let sum = self.found.entry((comparator, *target)).or_default();
            *sum = (sum.0 + m, sum.1 + u);
        }
        self.report.push(format!("{name}, {label}: {comparator} {} (m {m:.3e}, u {u:.3e})", targets.join(", ")));
    }

    /// Given and family name compared apart: Splink multiplies them, our levels are about both.
    fn join_name_parts(&mut self) {
        let (given, family) = match (self.given.take(), self.family.take()) {
            (Some(given), Some(family)) => (given, family),
            (Some(one), None) | (None, Some(one)) => {
                for level in &one {
                    let targets = name_levels(NameScope::OnePart, &[], &level.test);
                    self.put("name", "person_name", targets, level);
                }
                return;
            }
            (None, None) => return,
        };
        let both = |a: &Evidence, b: &Evidence| Evidence {
            test: a.test.clone(),
            label: format!("{} and {}", a.label, b.label),
            m: a.m.zip(b.m).map(|(a, b)| a * b),
            u: a.u.zip(b.u).map(|(a, b)| a * b),
        };
        for g in &given {
            for f in &family {
                let grade = |level: &Evidence| level.test.grade();
                let targets: &[&'static str] = match (grade(g), grade(f)) {
                    (Grade::Same, Grade::Same) => &["exact"],
                    (Grade::Close, Grade::Same) => &["given_fuzzy"],
                    (Grade::Same, Grade::Close) => &["family_fuzzy"],
                    (Grade::Close, Grade::Close) => &["fuzzy"],
                    (Grade::Other, Grade::Same) => &["same_family"],
                    (Grade::Same, Grade::Other) => &["given_only"],
                    (Grade::Close | Grade::Other, Grade::Close | Grade::Other) => &["different"],
                };
                self.put("given and family name", "person_name", targets, &both(g, f));
            }
        }
    }

    fn comparisons(&self, base: &MatchModel) -> Vec<Comparison> {
        let imported = |(comparator, comparison): (&'static dyn compare::Comparator, &Comparison)| {
            let levels = comparator.levels().iter().zip(&comparison.probabilities);
            let probabilities = levels.map(|(level, old)| {
                let Some(&(m, u)) = self.found.get(&(comparator.code(), level.code)) else { return *old };
                let (m, u) = (m.clamp(PROBABILITY_MIN, 1.0), u.clamp(PROBABILITY_MIN, 1.0));
                // A relation of which the base says nothing stays "as for strangers".
                let related = old.related.map(|related| if related == old.u { u } else { related });
                LevelProbabilities { m, u, related }
            });
            Comparison::new(probabilities.collect())
        };
        base.compared().map(imported).collect()
    }
}

/// How alike values are that pass a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grade {
    /// Equal.
    Same,
    /// Within a typing error.
    Close,
    /// Anything else.
    Other,
}

/// The comparator of a kind; none where the kind is no evidence.
fn comparator_of(kind: AttributeKind) -> Option<&'static str> {
    Some(match kind {
        AttributeKind::PersonName => "person_name",
        AttributeKind::OrgName => "org_name",
        AttributeKind::Phone => "phone",
        AttributeKind::Email => "email",
        AttributeKind::BirthDate => "birth_date",
        AttributeKind::Gender => "gender",
        AttributeKind::IdDocument => "id_document",
        AttributeKind::Address => "address",
        AttributeKind::SocialId => "social_id",
        AttributeKind::BankCard => "bank_card",
        AttributeKind::PostalCode => "postal_code",
        AttributeKind::Company => "company",
        AttributeKind::Text | AttributeKind::Date => "text",
        AttributeKind::Tag | AttributeKind::Consent | AttributeKind::Amount => return None,
    })
}

fn name_levels(scope: NameScope, given: &[&str], test: &Test) -> &'static [&'static str] {
    match (scope, test) {
        (_, Test::Swapped { .. }) => &["reordered"],
        (NameScope::OnePart, Test::Exact { .. }) => &["part_only"],
        (NameScope::OnePart, test) if test.grade() == Grade::Close => &["part_fuzzy"],
        // One of two columns agrees.
        (NameScope::Whole, Test::Exact { columns }) if !given.is_empty() && columns.len() == 1 => {
            if columns.iter().any(|column| given.contains(&column.as_str())) {
                &["given_only"]
            } else {
                &["same_family"]
            }
        }
        (_, test) => match test.grade() {
            Grade::Same => &["exact"],
            Grade::Close => &["given_fuzzy", "family_fuzzy", "fuzzy"],
            Grade::Other => &["different"],
        },
    }
}

fn address_levels(part: Part, test: &Test) -> &'static [&'static str] {
    match (part, test.grade()) {
        (Part::PostalCode, Grade::Same) => &["same_postal_code"],
        (Part::PostalCode, Grade::Close) => &["near_postal_code"],
        (Part::City, Grade::Same) => &["same_city"],
        (Part::District, Grade::Same) => &["same_district"],
        (Part::Street, Grade::Same) => &["same_street"],
        (Part::Full | Part::Line, Grade::Same) => &["same_room", "same_line"],
        (Part::Full | Part::Line, Grade::Close) => &["similar_line"],
        (Part::Full | Part::Line, Grade::Other) => &["different"],
        _ => &[],
    }
}

fn levels_of(comparator: &str, test: &Test) -> &'static [&'static str] {
    match (comparator, test) {
        ("birth_date", Test::DateWithin { days, .. }) if *days <= 32.0 => return &["same_month"],
        ("birth_date", Test::DateWithin { days, .. }) if *days <= 366.0 => return &["near"],
        ("email", Test::SameUser { .. }) => return &["same_local"],
        ("email", Test::Edit { distance, .. }) if *distance <= 1.0 => return &["one_edit"],
        _ => {}
    }
    match (comparator, test.grade()) {
        ("gender", Grade::Same) => &["same"],
        ("phone", Grade::Same) => &["exact_mobile", "mobile_years_apart", "exact_other"],
        ("id_document", Grade::Same) => &["verified_exact", "exact"],
        (_, Grade::Same) => &["exact"],
        ("phone" | "postal_code", Grade::Close) => &["one_edit"],
        ("id_document", Grade::Close) => &["one_edit_unverified", "one_edit"],
        ("birth_date", Grade::Close) => &["one_digit"],
        ("email", Grade::Close) => &["fuzzy_local"],
        ("org_name" | "company" | "text", Grade::Close) => &["fuzzy"],
        (_, Grade::Close | Grade::Other) => &["different"],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use crate::catalog::{models, sources};

    const MODEL: &str = include_str!("../../fixtures/splink/model.json");
    const MAPPING: &str = include_str!("../../fixtures/splink/mapping.toml");

    fn imported(text: &str) -> Result<Imported> {
        let mapping = sources::parse("mapping.toml", MAPPING).unwrap();
        import("model.json", text, &mapping, &models::load(models::DEFAULT).unwrap())
    }

    fn level(model: &MatchModel, comparator: &str, level: &str) -> LevelProbabilities {
        let (comparator, comparison) = model.compared().find(|(c, _)| c.code() == comparator).unwrap();
        comparison.probabilities[comparator.levels().iter().position(|l| l.code == level).unwrap()]
    }

    #[test]
    fn a_model_that_splink_saved() {
        let Imported { model, report } = imported(MODEL).unwrap();
        let exact = level(&model, "person_name", "exact");
        assert!((exact.m - 0.8).abs() < 1e-3 && (exact.u - 0.009_453_734).abs() < 1e-6, "{exact:?}");
        // Two levels of Splink (within 10 years, else) in one of ours.
        assert!((level(&model, "birth_date", "different").u - (0.325_529_5 + 0.632_508_4)).abs() < 1e-5);
        // A level that Splink saw in no pair keeps a positive probability.
        assert_eq!(level(&model, "phone", "one_edit").m, PROBABILITY_MIN);
        // One that it did not train stays as it was.
        let base = models::load(models::DEFAULT).unwrap();
        assert_eq!(level(&model, "person_name", "reordered"), level(&base, "person_name", "reordered"));
        assert!(report.iter().any(|line| line.contains("not trained; reordered")), "{report:#?}");
        assert!((model.priors.matching.bits() - (0.003_716_f64 / 0.996_284).log2()).abs() < 0.01);
        // What is written can be read again.
        let (text, _) = models::render(&model, "");
        models::parse("model.toml", &text, &|_| unreachable!()).unwrap();
    }

    #[test]
    fn sql_of_ones_own_is_refused_by_name() {
        let own =
            MODEL.replace("levenshtein(\\\"phone_l\\\", \\\"phone_r\\\") <= 1", "my_metric(phone_l, phone_r) < 3");
        assert_ne!(own, MODEL);
        let error = imported(&own).unwrap_err().to_string();
        for part in ["comparison \"phone\"", "Levenshtein distance of phone <= 1", "my_metric(phone_l, phone_r) < 3"] {
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn name_parts_compared_apart_are_multiplied() {
        let text = r#"{"comparisons": [
            {"output_column_name": "first_name", "comparison_levels": [
                {"sql_condition": "\"first_name_l\" = \"first_name_r\"", "m_probability": 0.9, "u_probability": 0.01},
                {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99}]},
            {"output_column_name": "surname", "comparison_levels": [
                {"sql_condition": "\"surname_l\" = \"surname_r\"", "m_probability": 0.8, "u_probability": 0.02},
                {"sql_condition": "ELSE", "m_probability": 0.2, "u_probability": 0.98}]}]}"#;
        let model = imported(text).unwrap().model;
        assert!((level(&model, "person_name", "exact").m - 0.72).abs() < 1e-12);
        assert!((level(&model, "person_name", "same_family").u - 0.02 * 0.99).abs() < 1e-12);
    }
}
