//! Twins, parents and children, couples and namesakes through the real program: who is kept apart, and who must not fall apart over it.
//!
//! Every case of `fixtures/families/` is a file of its own, cleansed with the built-in model and with a model fitted to a bundled data set.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::support::{fixture, guiyi, text};

const COLUMNS: [&str; 7] = ["name", "gender", "birth_date", "phone", "email", "id_number", "address"];
const KINDS: [&str; 7] = ["person_name", "gender", "birth_date", "phone", "email", "id_document", "address"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Families {
    /// Country of telephone numbers, addresses and dates.
    country: Option<String>,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The records of each customer: never together with those of another.
    customers: Vec<Vec<BTreeMap<String, String>>>,
    /// All records of a customer come into one profile.
    #[serde(default = "yes")]
    whole: bool,
    /// Asked of the fitted model as well as of the built-in one.
    #[serde(default = "yes")]
    fitted: bool,
}

fn yes() -> bool {
    true
}

/// A folder with a mapping and the runs.
struct Place {
    folder: tempfile::TempDir,
    mapping: PathBuf,
    families: Families,
}

impl Place {
    fn of(file: &str) -> Self {
        let written = std::fs::read_to_string(fixture("families").join(file)).unwrap();
        let families: Families = toml::from_str(&written).unwrap();
        let country = families.country.as_ref().map_or(String::new(), |country| format!("country = \"{country}\"\n"));
        let columns = COLUMNS.iter().zip(KINDS);
        let columns =
            columns.map(|(name, kind)| format!("[[column]]\nname = \"{name}\"\nkind = \"{kind}\"\n{country}\n"));
        let folder = tempfile::tempdir().unwrap();
        let mapping = folder.path().join("mapping.toml");
        let head = "record_id = \"record_id\"\nsource = { name = \"crm\" }\n\n";
        std::fs::write(&mapping, head.to_owned() + &columns.collect::<String>()).unwrap();
        Self { folder, mapping, families }
    }

    fn run(&self, args: &[&str]) {
        let output = guiyi(args, "");
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    }

    /// What of a case comes out otherwise.
    fn fault(&self, case: &Case, model: &str) -> Option<String> {
        let (input, out) = (self.folder.path().join("customers.csv"), self.folder.path().join("out"));
        std::fs::write(&input, csv(case)).unwrap();
        let _ = std::fs::remove_dir_all(&out);
        let [input, out_dir, mapping] = [&input, &out, &self.mapping].map(|path| path.to_str().unwrap());
        self.run(&["cleanse", input, "--mapping", mapping, "--model", model, "--out", out_dir]);
        let profiles = profiles(&out);
        let of_customers: Vec<BTreeSet<&String>> = (0..case.customers.len())
            .map(|customer| {
                let of = |record: &&String| record.split('-').next() == Some(customer.to_string().as_str());
                profiles.iter().filter(|(record, _)| of(record)).map(|(_, profile)| profile).collect()
            })
            .collect();
        let together = of_customers
            .iter()
            .enumerate()
            .any(|(at, customer)| of_customers.iter().skip(at + 1).any(|other| !customer.is_disjoint(other)));
        let torn = case.whole && of_customers.iter().any(|customer| customer.len() > 1);
        let what = match (together, torn) {
            (true, _) => "two customers in one profile",
            (false, true) => "a customer in two profiles",
            (false, false) => return None,
        };
        Some(format!("{} ({model}): {what}: {profiles:?}", case.name))
    }

    fn faults(&self, models: &[&str]) -> Vec<String> {
        let cases = self.families.case.iter();
        let asked = |case: &Case, model: &str| case.fitted || model.starts_with("default-");
        cases
            .flat_map(|case| {
                models.iter().filter(|model| asked(case, model)).filter_map(|model| self.fault(case, model))
            })
            .collect()
    }

    /// What `explain` says of the records of a case.
    fn explained(&self, case: &str, args: &[&str]) -> String {
        let case = self.families.case.iter().find(|known| known.name == case).unwrap();
        let input = self.folder.path().join("customers.csv");
        std::fs::write(&input, csv(case)).unwrap();
        let [input, mapping] = [&input, &self.mapping].map(|path| path.to_str().unwrap());
        let input = ["--input", input, "--mapping", mapping, "--model", "default-zh@1", "--lang", "both"];
        let output = guiyi(&[&["explain"], args, &input].concat(), "");
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// A model fitted to a bundled data set.
    fn trained(&self, records: &Path, source: &str) -> String {
        let model = self.folder.path().join("trained.toml").to_str().unwrap().to_owned();
        self.run(&["train", records.to_str().unwrap(), "--source", source, "--out", &model]);
        model
    }
}

fn csv(case: &Case) -> String {
    let mut rows = format!("record_id,{}\n", COLUMNS.join(","));
    for (customer, records) in case.customers.iter().enumerate() {
        for (number, record) in records.iter().enumerate() {
            assert!(record.keys().all(|column| COLUMNS.contains(&column.as_str())), "{}: {record:?}", case.name);
            let values = COLUMNS.map(|column| format!("\"{}\"", record.get(column).map_or("", String::as_str)));
            rows.push_str(&format!("{customer}-{number},{}\n", values.join(",")));
        }
    }
    rows
}

/// The profile of each record.
fn profiles(out: &Path) -> BTreeMap<String, String> {
    let crosswalk = std::fs::read_to_string(out.join("crosswalk.csv")).unwrap();
    let rows = crosswalk.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.map(|row| (row[0].to_owned(), row[2].to_owned())).collect()
}

#[test]
fn chinese_families_are_kept_apart() {
    let place = Place::of("chinese.toml");
    let trained = place.trained(&fixture("sample/customers.csv"), "sample");
    let faults = place.faults(&["default-zh@1", &trained]);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn western_families_are_kept_apart() {
    let place = Place::of("western.toml");
    let trained = place.trained(&fixture("datasets/pseudopeople_2020_channels/records.csv"), "pseudopeople");
    let faults = place.faults(&["default-en@1", &trained]);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn explanations_name_twins_and_what_each_side_repeats() {
    let place = Place::of("chinese.toml");
    let twins = place.explained("twin brothers, each with a number of his own in several records", &["0-0", "1-0"]);
    assert!(twins.contains("关系：也可能是双胞胎") && twins.contains("could also be twins"), "{twins}");
    let told = "two sources write another character each time, number and birth date agree";
    let repeated = place.explained(told, &["--profile", "0-0"]);
    assert!(repeated.contains("each side repeats a value that the other never has"), "{repeated}");
    assert!(repeated.contains("两边各自重复不同的值"), "{repeated}");
}
