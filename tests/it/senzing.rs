//! Records in Senzing's form: flat and nested, with usages before the names. The people are invented.

use std::collections::BTreeMap;

use guiyi::domain::record::{AttributeKind, Part, RawRecord};

use crate::support::{fixture, guiyi, records, text};

/// (kind, label, parts) of each attribute.
fn attributes(record: &RawRecord) -> BTreeMap<(&'static str, &str), Vec<(Part, &str)>> {
    record
        .attributes
        .iter()
        .map(|a| ((a.kind.code(), a.label.as_str()), a.parts.iter().map(|(p, t)| (*p, t.as_str())).collect()))
        .collect()
}

#[test]
fn a_flat_record_with_usages() {
    let records = records(&fixture("sources/senzing/flat.jsonl"), "senzing");
    let keys: Vec<String> = records.iter().map(|record| record.key.to_string()).collect();
    assert_eq!(keys, ["CRM/1", "CRM/2", "SHOP/1"]);
    let first = attributes(&records[0]);
    assert_eq!(first[&("person_name", "primary")], [(Part::Family, "Okafor"), (Part::Given, "Amara")]);
    let address = &first[&("address", "home")];
    assert_eq!(address.len(), 5, "{address:?}");
    assert!(address.contains(&(Part::Line, "12 Juniper Street")) && address.contains(&(Part::PostalCode, "62701")));
    let kinds: Vec<AttributeKind> = records[1].attributes.iter().map(|attribute| attribute.kind).collect();
    assert_eq!(kinds, [AttributeKind::OrgName, AttributeKind::Phone]);
}

#[test]
fn nested_features_of_one_kind_stay_apart() {
    let records = records(&fixture("sources/senzing/nested.jsonl"), "senzing");
    let found = attributes(&records[0]);
    assert_eq!(found[&("person_name", "")], [(Part::Full, "Dmitri Marsh")]);
    assert_eq!(found[&("address", "")], [(Part::Full, "5 Quay Road, Portland, OR 97201")]);
    assert_eq!(found[&("address", "2")], [(Part::Line, "PO Box 77"), (Part::City, "Salem")]);
    assert_eq!(found[&("phone", "")], [(Part::Full, "202-555-0101")]);
    assert_eq!(found[&("phone", "2")], [(Part::Full, "202-555-0102")]);
}

#[test]
fn cleanse_joins_across_sources() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (fixture("sources/senzing/flat.jsonl"), folder.path().join("out"));
    let args = ["cleanse", input.to_str().unwrap(), "--source", "senzing", "--out", out.to_str().unwrap()];
    let output = guiyi(&args, "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let crosswalk = std::fs::read_to_string(out.join("crosswalk.csv")).unwrap();
    let profiles: Vec<&str> = crosswalk.lines().skip(1).filter_map(|line| line.split(',').nth(2)).collect();
    let distinct: std::collections::BTreeSet<&&str> = profiles.iter().collect();
    assert_eq!((profiles.len(), distinct.len()), (3, 2), "{crosswalk}");
}

#[test]
fn the_model_of_splink_becomes_one_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let (model, mapping) = (fixture("splink/model.json"), fixture("splink/mapping.toml"));
    let out = folder.path().join("model.toml");
    let [model, mapping, file] = [&model, &mapping, &out].map(|path| path.to_str().unwrap());
    let output = guiyi(&["models", "import", model, "--mapping", mapping, "--out", file], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("person_name exact"), "{}", text(&output.stdout));
    assert!(guiyi::catalog::models::load(file).is_ok());
    // Listing still works beside the subcommand.
    assert!(text(&guiyi(&["models"], "").stdout).contains("default-zh@1"));
}

#[test]
fn truth_keys_of_senzing_measure_a_run() {
    let folder = tempfile::tempdir().unwrap();
    let (input, truth, out) =
        (fixture("sources/senzing/flat.jsonl"), fixture("sources/senzing/truth.csv"), folder.path().join("out"));
    let [input, truth, out] = [&input, &truth, &out].map(|path| path.to_str().unwrap());
    let output = guiyi(&["cleanse", input, "--source", "senzing", "--out", out, "--truth", truth, "--json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let figures = &summary["evaluation"];
    assert_eq!((&figures["records"], &figures["correct_pairs"]), (&3.into(), &1.into()), "two sources use the id 1");
    let crosswalk = format!("{out}/crosswalk.csv");
    let output = guiyi(&["evaluate", "--clusters", &crosswalk, "--truth", truth, "--json"], "");
    let figures: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(figures["pairwise"]["f1"], 1.0);
}
