//! Data sets with known truth through the whole bulk path with the default model; small ones are snapshots as well.
//!
//! The floors hold what the first simple model reaches, with room for small changes; they are not what the field can do.

use std::path::{Path, PathBuf};

use crate::support::{fixture, guiyi, root, text};

/// Folder, mapping, least pairwise F1.
const WITH_TRUTH: &[(&str, &str, f64)] = &[
    ("febrl3", "febrl", 0.97),
    ("febrl4", "febrl", 0.97),
    ("splink_fake_1000", "splink_fake_1000", 0.70),
    ("splink_historical_50k", "splink_historical_50k", 0.50),
    ("senzing_truthset", "senzing_truthset", 0.60),
    ("pseudopeople_2020_channels", "pseudopeople", 0.94),
    ("zh_customers", "zh_customers", 0.88),
];

fn cleanse(folder: &Path, source: &str, out: &Path) -> serde_json::Value {
    let records = folder.join("records.csv");
    let (records, out) = (records.to_str().unwrap(), out.to_str().unwrap());
    let mut args = vec!["cleanse", records, "--source", source, "--out", out, "--json"];
    let truth = folder.join("truth.csv");
    if truth.exists() {
        args.extend(["--truth", truth.to_str().unwrap()]);
    }
    let output = guiyi(&args, "");
    assert_eq!(output.status.code(), Some(0), "{folder:?}: {}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the summary is JSON")
}

fn f1(summary: &serde_json::Value) -> f64 {
    summary["evaluation"]["pairwise"]["f1"].as_f64().expect("the summary has an F1")
}

#[test]
fn bundled_data_sets_reach_their_floors() {
    let out = tempfile::tempdir().unwrap();
    let mut missed = Vec::new();
    for (name, source, floor) in WITH_TRUTH {
        let summary = cleanse(&fixture(&format!("datasets/{name}")), source, &out.path().join(name));
        let reached = f1(&summary);
        println!("{name}: pairwise F1 {reached:.4} (at least {floor})");
        if reached < *floor {
            missed.push(format!("{name}: {reached:.4} < {floor}"));
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn the_sample_reaches_its_promise() {
    let out = tempfile::tempdir().unwrap();
    let (customers, truth) = (fixture("sample/customers.csv"), fixture("sample/truth.csv"));
    let args = [
        "cleanse",
        customers.to_str().unwrap(),
        "--source",
        "sample",
        "--truth",
        truth.to_str().unwrap(),
        "--out",
        out.path().to_str().unwrap(),
        "--json",
    ];
    let output = guiyi(&args, "");
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(f1(&summary) >= 0.90, "pairwise F1 {}", f1(&summary));
}

#[test]
fn sets_of_labelled_pairs_run_too() {
    let out = tempfile::tempdir().unwrap();
    for name in ["nomenklatura_name_bench", "company_name_pairs"] {
        let summary = cleanse(&fixture(&format!("datasets/{name}")), name, &out.path().join(name));
        assert!(summary["report"]["records"].as_u64() > Some(100));
    }
}

#[test]
fn full_data_sets_beside_the_checkout_run_where_they_are() {
    let shared = root().join("../shared/data");
    if !shared.exists() {
        println!("skipped: {} is not there", shared.display());
        return;
    }
    let out = tempfile::tempdir().unwrap();
    for (name, source, floor) in [
        ("splink_historical_50k_half", "splink_historical_50k", 0.50),
        ("pseudopeople_2020_channels_half", "pseudopeople", 0.94),
        ("zh_customers_20k", "zh_customers", 0.88),
    ] {
        let reached = f1(&cleanse(&shared.join(name), source, &out.path().join(name)));
        assert!(reached >= floor, "{name}: {reached:.4} < {floor}");
    }
}

/// Files of a run that are compared byte by byte.
const SNAPSHOT_FILES: [&str; 7] =
    ["crosswalk.csv", "golden.csv", "records.csv", "review.csv", "findings.csv", "rejects.csv", "report.json"];

#[test]
fn golden_runs_are_byte_identical() {
    let update = std::env::var_os("GUIYI_UPDATE_FIXTURES").is_some();
    for (folder, source) in [("datasets/senzing_truthset", "senzing_truthset"), ("golden/input", "sample")] {
        let input: PathBuf = fixture(folder);
        let expected = fixture("golden").join(source);
        let out = tempfile::tempdir().unwrap();
        cleanse(&input, source, out.path());
        for file in SNAPSHOT_FILES {
            let seen = std::fs::read_to_string(out.path().join(file)).unwrap();
            let path = expected.join(file);
            if update {
                std::fs::create_dir_all(&expected).unwrap();
                std::fs::write(&path, &seen).unwrap();
            }
            let wanted = std::fs::read_to_string(&path).unwrap_or_default();
            if let Some((line, (a, b))) = wanted.lines().zip(seen.lines()).enumerate().find(|(_, (a, b))| a != b) {
                panic!(
                    "{source}/{file} line {}:\n  was {a}\n  is  {b}\nrun `make fixtures` if that is right",
                    line + 1
                );
            }
            assert_eq!(wanted.lines().count(), seen.lines().count(), "{source}/{file}");
        }
    }
}
