//! `guiyi evaluate` and `guiyi certify` on the real program: figures add up, reasons are the right ones, intervals hold the truth.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::support::{fixture, guiyi, text};

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn json(args: &[&str]) -> serde_json::Value {
    let output = guiyi(args, "");
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The crosswalk of the bundled sample, made once.
fn crosswalk() -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let customers = fixture("sample/customers.csv");
        let args = ["cleanse", path(&customers), "--source", "sample", "--out", path(folder.path())];
        assert_eq!(guiyi(&args, "").status.code(), Some(0));
        folder
    });
    folder.path().join("crosswalk.csv")
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn sum(rows: &serde_json::Value, field: &str) -> u64 {
    rows.as_array().unwrap().iter().map(|row| row[field].as_u64().unwrap()).sum()
}

#[test]
fn tables_and_errors_add_up_to_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (customers, truth) = (fixture("sample/customers.csv"), fixture("sample/truth.csv"));
    let run = |name: &str| {
        let (errors, chart) = (folder.path().join(format!("{name}.csv")), folder.path().join(format!("{name}.svg")));
        let figures = json(&[
            "evaluate",
            "--clusters",
            path(&crosswalk()),
            "--truth",
            path(&truth),
            "--input",
            path(&customers),
            "--source",
            "sample",
            "--errors",
            path(&errors),
            "--thresholds",
            "--chart",
            path(&chart),
            "--json",
        ]);
        (figures, errors, std::fs::read(chart).unwrap())
    };
    let (figures, errors, chart) = run("one");
    let again = run("two");
    assert_eq!((&figures, &chart), (&again.0, &again.2));
    assert_eq!(std::fs::read(&errors).unwrap(), std::fs::read(&again.1).unwrap());

    let count = |field: &str| figures[field].as_u64().unwrap();
    let (true_pairs, found, correct) = (count("true_pairs"), count("found_pairs"), count("correct_pairs"));
    assert_eq!(sum(&figures["by_size"], "clusters"), count("true_clusters"));
    assert_eq!(sum(&figures["by_size"], "exact_clusters"), count("exact_clusters"));
    assert_eq!(sum(&figures["by_size"], "correct_pairs"), correct);
    for (field, whole) in [("true_pairs", true_pairs), ("found_pairs", found), ("correct_pairs", correct)] {
        assert_eq!(sum(&figures["by_source_pair"], field), whole, "{field}");
    }
    assert!(figures["by_source_pair"].as_array().unwrap().len() > 3);
    let exact = count("exact_clusters") as f64;
    assert_eq!(figures["cluster_level"]["precision"].as_f64().unwrap(), exact / count("found_clusters") as f64);

    let (missed, wrong) = (&figures["errors"]["false_negatives"], &figures["errors"]["false_positives"]);
    assert_eq!(missed["pairs"].as_u64(), Some(true_pairs - correct));
    assert_eq!(wrong["pairs"].as_u64(), Some(found - correct));
    assert_eq!(sum(&missed["kinds"], "pairs"), true_pairs - correct);
    let link = figures["thresholds"]["link_bits"].as_f64().unwrap();
    let listed = rows(&errors);
    assert_eq!(listed.len() as u64, true_pairs + found - 2 * correct);
    for row in &listed {
        let (kind, weight) = (row["kind"].as_str(), row["weight_bits"].parse::<f64>().unwrap());
        assert!(kind != "blocking_no_shared_key" || row["shared_rules"].is_empty(), "{row:?}");
        assert!(kind != "below_threshold" || weight <= link, "{row:?}");
        assert!(kind != "linked_directly" || weight >= link, "{row:?}");
        assert_ne!(kind, "not_by_this_model", "{row:?}");
    }

    let thresholds = &figures["thresholds"];
    let table = thresholds["rows"].as_array().unwrap();
    assert!(table.windows(2).all(|two| two[0]["found_pairs"].as_u64() >= two[1]["found_pairs"].as_u64()));
    assert!(thresholds["candidate_true_pairs"].as_u64() <= Some(true_pairs));
    let best = table.iter().map(|row| row["f1"].as_f64().unwrap()).fold(0.0, f64::max);
    assert!(best > 0.8, "{best}");
    let chart = String::from_utf8(chart).unwrap();
    assert!(chart.starts_with("<svg") && chart.contains("recall") && !chart.contains("href"), "{chart}");
}

const MAPPING: &str = r#"
record_id = "id"
source = { column = "source" }

[[column]]
name = "name"
kind = "person_name"

[[column]]
name = "phone"
kind = "phone"
country = "CN"

[[column]]
name = "id_number"
kind = "id_document"
"#;

#[test]
fn reasons_are_the_right_ones() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let mapping = file("mapping.toml", MAPPING);
    // The id 1 stands in two sources, so records are told apart by source as well.
    let input = file(
        "input.csv",
        "source,id,name,phone,id_number\n\
         crm,1,欧阳明镜,13912340007,\nweb,1,司徒若兰,13712349921,\n\
         crm,2,张伟,13912341113,\nweb,2,张伟,13812349998,\n\
         crm,3,诸葛泽懿,13612345551,11010519491231002X\nweb,3,诸葛泽懿,13612345551,440524188001010014\n\
         crm,4,上官清扬,13512345557,\nweb,4,上官清扬,13512345557,\n",
    );
    let truth = "source,record_id,cluster_id\ncrm,1,a\nweb,1,a\ncrm,2,b\nweb,2,b\ncrm,3,c\nweb,3,c\ncrm,4,d\nweb,4,e\n";
    let truth = file("truth.csv", truth);
    let out = folder.path().join("out");
    guiyi(&["cleanse", path(&input), "--mapping", path(&mapping), "--out", path(&out)], "");
    let (clusters, errors) = (out.join("crosswalk.csv"), folder.path().join("errors.csv"));
    let output = guiyi(
        &[
            "evaluate",
            "--clusters",
            path(&clusters),
            "--truth",
            path(&truth),
            "--input",
            path(&input),
            "--mapping",
            path(&mapping),
            "--errors",
            path(&errors),
        ],
        "",
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    for words in ["cluster-level", "by size of the true cluster", "crm · web", "missed pairs    3", "wrong pairs     1"]
    {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    let kinds: BTreeMap<String, (String, String)> = rows(&errors)
        .into_iter()
        .map(|row| {
            assert_eq!(row["left_record_id"], row["right_record_id"]);
            (row["left_record_id"].clone(), (row["kind"].clone(), row["decisive_level"].clone()))
        })
        .collect();
    let kind = |id: &str| kinds[id].0.as_str();
    assert_eq!(
        [kind("1"), kind("2"), kind("3"), kind("4")],
        ["blocking_no_shared_key", "below_threshold", "constraint", "linked_directly"]
    );
    assert!(kinds["2"].1.starts_with("phone:"), "{kinds:?}");
    assert!(kinds["3"].1.starts_with("id_document:"), "{kinds:?}");
    assert!(kinds["4"].1.starts_with("phone:") || kinds["4"].1.starts_with("person_name:"), "{kinds:?}");
}

#[test]
fn decoys_give_an_estimate_and_say_what_they_cannot_see() {
    let customers = fixture("sample/customers.csv");
    let args = ["evaluate", "decoys", path(&customers), "--source", "sample", "--share", "20"];
    let report = json(&[&args[..], &["--json"]].concat());
    let count = |field: &str| report[field].as_u64().unwrap();
    assert_eq!(count("decoys"), count("records").div_ceil(5));
    assert!(count("decoys_joined") <= count("decoys_linked") && count("decoys_linked") <= count("decoys"));
    let (rate, interval) = (report["false_discovery_rate"].as_f64().unwrap(), &report["interval_95"]);
    let (low, high) = (interval[0].as_f64().unwrap(), interval[1].as_f64().unwrap());
    assert!(low <= rate && rate <= high && rate < 0.2 && high > 0.0, "{report}");
    let output = guiyi(&args, "");
    let said = text(&output.stdout);
    assert!(said.contains("an estimate, no measurement") && said.contains("relatives"), "{said}");
    assert_eq!(guiyi(&args, "").stdout, output.stdout);
}

/// Fills a sample in as people would who know the truth: labels in every row, and a row for each record elsewhere.
fn resolved(sample: &Path, truth: &BTreeMap<String, String>, source_of: &BTreeMap<String, String>) -> String {
    let mut members: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (record, cluster) in truth {
        members.entry(cluster).or_default().push(record);
    }
    let mut text = "task,role,record_id,source,true_cluster\n".to_owned();
    let mut listed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut drawn: BTreeSet<(String, String)> = BTreeSet::new();
    for row in rows(sample) {
        let cluster = &truth[&row["record_id"]];
        let _ = writeln!(text, "{},{},{},{},{cluster}", row["task"], row["role"], row["record_id"], row["source"]);
        listed.entry(row["task"].clone()).or_default().insert(row["record_id"].clone());
        if row["role"] == "drawn" {
            drawn.insert((row["task"].clone(), cluster.clone()));
        }
    }
    for (task, cluster) in drawn {
        for record in members[cluster.as_str()].iter().filter(|record| !listed[&task].contains(**record)) {
            let _ = writeln!(text, "{task},,{record},{},{cluster}", source_of[*record]);
        }
    }
    text
}

#[test]
fn certified_intervals_hold_what_evaluate_measures() {
    const SEEDS: u64 = 12;
    let folder = tempfile::tempdir().unwrap();
    let (sample, labels) = (folder.path().join("sample.csv"), folder.path().join("labels.csv"));
    let (clusters, truth_file) = (crosswalk(), fixture("sample/truth.csv"));
    let map = |path: &Path, value: &str| -> BTreeMap<String, String> {
        rows(path).into_iter().map(|row| (row["record_id"].clone(), row[value].clone())).collect()
    };
    let (truth, source_of) = (map(&truth_file, "cluster_id"), map(&clusters, "source"));
    let measured = json(&["evaluate", "--clusters", path(&clusters), "--truth", path(&truth_file), "--json"]);
    let mut covered = [0; 2];
    for seed in 1..=SEEDS {
        let seed = seed.to_string();
        let args = ["certify", "sample", "--clusters", path(&clusters), "--entities", "150", "--out", path(&sample)];
        let output = guiyi(&[&args[..], &["--seed", &seed]].concat(), "");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(text(&output.stdout).starts_with("150 records drawn"), "{}", text(&output.stdout));
        std::fs::write(&labels, resolved(&sample, &truth, &source_of)).unwrap();
        let args = ["certify", "estimate", "--clusters", path(&clusters), "--labels", path(&labels), "--json"];
        let certificate = json(&args);
        assert_eq!(certificate["draws"], 150);
        for (figure, covered) in ["precision", "recall"].iter().zip(&mut covered) {
            let estimate = &certificate["estimates"][format!("pairwise_{figure}")];
            let truth = measured["pairwise"][figure].as_f64().unwrap();
            let (low, high) = (estimate["low"].as_f64().unwrap(), estimate["high"].as_f64().unwrap());
            assert!(high - low < 0.3, "{certificate}");
            *covered += u64::from(low <= truth && truth <= high);
        }
    }
    // At 95 %, three or more misses of twelve would be a chance of 2 %.
    assert!(covered.iter().all(|covered| *covered >= SEEDS - 2), "{covered:?} of {SEEDS}");
}

#[test]
fn a_sample_shows_the_records_and_suggests_others() {
    let folder = tempfile::tempdir().unwrap();
    let (sample, customers) = (folder.path().join("sample.csv"), fixture("sample/customers.csv"));
    let (clusters, truth) = (crosswalk(), fixture("sample/truth.csv"));
    let args = ["certify", "sample", "--clusters", path(&clusters), "--entities", "40", "--out", path(&sample)];
    let output = guiyi(&[&args[..], &["--input", path(&customers), "--source", "sample"]].concat(), "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let rows = rows(&sample);
    assert!(rows.iter().any(|row| row["role"] == "suggested" && !row["weight_bits"].is_empty()));
    assert!(rows.iter().all(|row| row["true_cluster"].is_empty()));
    assert!(rows.iter().filter(|row| !row["name"].is_empty()).count() > 40);
    assert_eq!(rows.iter().filter(|row| row["role"] == "drawn").count(), 40);

    // What is not filled in, or not from this crosswalk, is refused with the place.
    let estimate =
        |labels: &Path| guiyi(&["certify", "estimate", "--clusters", path(&clusters), "--labels", path(labels)], "");
    let refused = |labels: &Path, words: &str| {
        let output = estimate(labels);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(words), "{words}: {}", text(&output.stderr));
    };
    refused(&sample, "rows have no true_cluster, the first on line 2");
    let labels = folder.path().join("labels.csv");
    std::fs::write(&labels, "task,role,record_id,true_cluster\nT1,drawn,nobody,1\n").unwrap();
    refused(&labels, "record \"nobody\" is not in the crosswalk");
    let known = &rows[0]["record_id"];
    let twice = format!("task,role,record_id,true_cluster\nT1,drawn,{known},1\nT1,,{known},2\n");
    std::fs::write(&labels, twice).unwrap();
    refused(&labels, "has two labels in its task");
    refused(&truth, "there is no column \"task\"");
    std::fs::write(&labels, format!("task,role,record_id,true_cluster\nT1,drawn,{known},1\n")).unwrap();
    let said = text(&estimate(&labels).stdout);
    assert!(said.contains("pairwise precision") && said.contains("1 of "), "{said}");
}

#[test]
fn what_does_not_go_together_is_a_usage_error() {
    let (truth, customers) = (fixture("sample/truth.csv"), fixture("sample/customers.csv"));
    let (truth, customers) = (path(&truth), path(&customers));
    for args in [
        &["evaluate", "--truth", truth][..],
        &["evaluate", "--clusters", truth],
        &["evaluate", "--clusters", truth, "--truth", truth, "--errors", "/tmp/x.csv"],
        &["evaluate", "--clusters", truth, "--truth", truth, "--thresholds"],
        &["evaluate", "--clusters", truth, "--truth", truth, "--input", customers],
        &["evaluate", "decoys", customers],
        &["certify"],
        &["certify", "sample", "--clusters", truth, "--entities", "0", "--out", "/tmp/x.csv"],
    ] {
        assert_eq!(guiyi(args, "").status.code(), Some(2), "{args:?}");
    }
    // The threshold table needs no clusters.
    let args = ["evaluate", "--truth", truth, "--input", customers, "--source", "sample", "--thresholds"];
    let said = text(&guiyi(&args, "").stdout);
    assert!(said.starts_with("thresholds of ") && said.contains("best F1"), "{said}");
}
