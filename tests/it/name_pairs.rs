//! Labelled pairs of names – persons, companies, vessels in many scripts – through the name comparators alone.
//!
//! A pair counts as a match when the level that the comparator saw weighs at least four bits in the default model: sixteen
//! times likelier for one customer than for two. That is where the model itself parts evidence that may carry a merge with
//! one more agreement (initials, two typing errors) from evidence that may not (one name contained in the other, another
//! middle name). The sets are samples of general rules; nothing in the code knows their names.

use std::collections::BTreeMap;
use std::path::Path;

use guiyi::catalog::models;
use guiyi::domain::compare;
use guiyi::domain::features::Features;
use guiyi::domain::id::RecordKey;
use guiyi::domain::model::MatchModel;
use guiyi::domain::prepare::prepare;
use guiyi::domain::record::{AttributeKind, RawAttribute, RawRecord};

use crate::support::{fixture, root};

const MATCH_MILLI_BITS_MIN: i32 = 4_000;

/// Folder, least F1.
const SETS: &[(&str, f64)] = &[("nomenklatura_name_bench", 0.85), ("company_name_pairs", 0.80)];

#[derive(Default)]
struct Tally {
    found: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    fn count(&mut self, labelled: bool, said: bool) {
        match (labelled, said) {
            (true, true) => self.found += 1,
            (false, true) => self.wrong += 1,
            (true, false) => self.missed += 1,
            (false, false) => {}
        }
    }

    /// Precision, recall, F1.
    fn measures(&self) -> (f64, f64, f64) {
        let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        (
            share(self.found, self.found + self.wrong),
            share(self.found, self.found + self.missed),
            share(2 * self.found, 2 * self.found + self.wrong + self.missed),
        )
    }
}

#[test]
fn labelled_name_pairs_reach_their_floors() {
    let model = models::load(models::DEFAULT).unwrap();
    let mut missed = Vec::new();
    for (set, floor) in SETS {
        let full = root().join("../shared/data").join(set);
        let bundled = fixture("datasets").join(set);
        let Some(folder) = [full, bundled].into_iter().find(|folder| folder.join("pairs.csv").exists()) else {
            println!("{set}: skipped, neither ../shared/data nor fixtures/datasets has its pairs");
            continue;
        };
        let tallies = tallies(&folder, &model);
        for (category, tally) in &tallies {
            let (precision, recall, f1) = tally.measures();
            println!("{set} {category}: precision {precision:.3} recall {recall:.3} F1 {f1:.3}");
        }
        let (.., f1) = tallies[""].measures();
        if f1 < *floor {
            missed.push(format!("{set}: F1 {f1:.3} < {floor}"));
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}

/// Counts by schema, by category of deviation, and over all (under the empty name).
fn tallies(folder: &Path, model: &MatchModel) -> BTreeMap<String, Tally> {
    let names: BTreeMap<String, String> = rows(&folder.join("records.csv"))
        .into_iter()
        .map(|row| (row["record_id"].clone(), row["name"].clone()))
        .collect();
    let mut out: BTreeMap<String, Tally> = BTreeMap::new();
    for row in rows(&folder.join("pairs.csv")) {
        let schema = row.get("schema").map_or("Company", String::as_str);
        let category = row.get("category").map_or("", String::as_str);
        let (left, right) = (&names[&row["left_id"]], &names[&row["right_id"]]);
        let said = milli_bits(schema, left, right, model).is_some_and(|weight| weight >= MATCH_MILLI_BITS_MIN);
        let labelled = row["label"] == "1";
        for key in [String::new(), format!("schema {schema}"), format!("category {category}")] {
            out.entry(key).or_default().count(labelled, said);
        }
    }
    out
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.expect("a row of texts")).collect()
}

/// The weight of the level seen; nothing where one side has no usable name.
fn milli_bits(schema: &str, left: &str, right: &str, model: &MatchModel) -> Option<i32> {
    let kind = if schema == "Person" { AttributeKind::PersonName } else { AttributeKind::OrgName };
    let features = |id: &str, name: &str| {
        let raw = RawRecord {
            key: RecordKey::new("names", id),
            owner: None,
            observed_time: None,
            attributes: vec![RawAttribute::full(kind, name)],
        };
        Features::of(&prepare(&raw), &model.frequencies)
    };
    let (a, b) = (features("left", left), features("right", right));
    let weight = |level: &compare::Agreement<'_>| model.level(level.comparator, level.level).matching.0;
    compare::compare(&a, &b).iter().map(weight).max()
}
