//! `guiyi explain` and `guiyi blocking` on files: the sums are right, every language and form says the same.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{fixture, guiyi, text};

const MAPPING: &str = r#"
record_id = "id"
source = { name = "crm" }

[[column]]
name = "姓名"
kind = "person_name"

[[column]]
name = "手机号"
kind = "phone"
country = "CN"

[[column]]
name = "邮箱"
kind = "email"

[[column]]
name = "证件号"
kind = "id_document"
"#;

const CUSTOMERS: &str = "\
id,姓名,手机号,邮箱,证件号
1,欧阳思远,13912340007,siyuan.ouyang@example.com,
2,欧阳思远,13912340007,,
3,欧阳思远,,siyuan.ouyang@example.com,
4,李雷,18688889999,,
5,欧阳思远,13912340007,,11010519491231002X
6,欧阳思远,13912340007,,440308199901101512
";

/// A folder with customers and their mapping.
struct Files {
    folder: tempfile::TempDir,
    input: PathBuf,
    mapping: PathBuf,
}

impl Files {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (input, mapping) = (folder.path().join("customers.csv"), folder.path().join("mapping.toml"));
        std::fs::write(&input, CUSTOMERS).unwrap();
        std::fs::write(&mapping, MAPPING).unwrap();
        Self { folder, input, mapping }
    }

    fn explain(&self, args: &[&str]) -> String {
        let files = ["--input", path(&self.input), "--mapping", path(&self.mapping)];
        let output = guiyi(&[&["explain"], args, &files].concat(), "");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.explain(&[args, &["--json"]].concat())).unwrap()
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn bits(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn sum(values: &Value, key: &str) -> f64 {
    values.as_array().unwrap().iter().map(|value| bits(&value[key])).sum()
}

#[test]
fn explain_shows_the_waterfall() {
    let customers = fixture("datasets/senzing_truthset/records.csv");
    let args =
        ["explain", "CUSTOMERS:1001", "CUSTOMERS:1003", "--input", path(&customers), "--source", "senzing_truthset"];
    let output = guiyi(&args, "");
    let shown = text(&output.stdout);
    for words in
        ["prior", "person_name", "birth_date", "MATCH", "blocking rules in common", "thresholds", "constraints"]
    {
        assert!(shown.contains(words), "{words} is not in\n{shown}");
    }
    let json = guiyi(&[&args[..], &["--json"]].concat(), "");
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    let total = bits(&json["prior_bits"]) + sum(&json["steps"], "weight_bits") + bits(&json["relation_bits"]);
    assert!((total - bits(&json["weight_bits"])).abs() < 1e-6, "the steps add up: {json}");
    for step in json["steps"].as_array().unwrap() {
        let parts = bits(&step["level_bits"]) + bits(&step["term_frequency_bits"]);
        assert!((parts - bits(&step["weight_bits"])).abs() < 1e-6, "{step}");
    }
    assert_eq!(
        guiyi(&["explain", "nobody", "x", "--input", path(&customers), "--source", "senzing_truthset"], "")
            .status
            .code(),
        Some(1)
    );
}

#[test]
fn every_language_and_the_chart_show_the_same_weights() {
    let files = Files::new();
    let (zh, en) = (files.explain(&["1", "2", "--lang", "zh-CN"]), files.explain(&["1", "2", "--lang", "en"]));
    assert!(zh.contains("先验") && zh.contains("阈值") && !zh.contains("prior") && !zh.contains("threshold"), "{zh}");
    assert!(en.contains("prior") && en.contains("thresholds") && !en.contains("先验") && !en.contains("阈值"), "{en}");
    let json = files.json(&["1", "2"]);
    let chart = files.folder.path().join("pair.svg");
    files.explain(&["1", "2", "--lang", "zh-CN", "--svg", path(&chart)]);
    let svg = std::fs::read_to_string(&chart).unwrap();
    assert!(svg.starts_with("<svg xmlns=") && svg.trim_end().ends_with("</svg>"), "{svg}");
    assert_eq!(svg.matches("<text ").count(), svg.matches("</text>").count());
    assert!(svg.contains("合并") && svg.contains("先验") && !svg.contains("prior"), "{svg}");
    for step in json["steps"].as_array().unwrap() {
        let weight = format!("{:+.2}", (bits(&step["weight_bits"]) * 100.0).trunc() / 100.0);
        for shown in [&zh, &en, &svg] {
            assert!(shown.contains(&weight), "{weight} is not in\n{shown}");
        }
    }
}

#[test]
fn why_not_names_the_change_that_would_turn_the_decision() {
    let files = Files::new();
    // A match: the change takes it below the threshold.
    let json = files.json(&["1", "2"]);
    assert_eq!(json["decision"], "MATCH", "{json}");
    let change = &json["flip"]["change"];
    assert!(change.is_null() || bits(&change["weight_bits"]) < bits(&json["match_bits"]), "{json}");
    // Two strangers: nothing is shared, so they are never compared,.
    let json = files.json(&["1", "4"]);
    assert_eq!((&json["decision"], &json["flip"]["never_compared"]), (&Value::from("NO_MATCH"), &Value::from(true)));
    assert!(bits(&json["flip"]["margin_bits"]) < 0.0, "{json}");
    let shown = files.explain(&["1", "4"]);
    assert!(shown.contains("never compared") && shown.contains("从未被比较"), "{shown}");
    // Two different valid numbers forbid the merge, whatever the weight.
    let json = files.json(&["5", "6"]);
    assert_eq!(json["decision"], "NO_MATCH");
    assert_eq!(json["flip"]["forbidden_by"], serde_json::json!(["id_document"]));
    assert!(files.explain(&["5", "6"]).contains("forbids a merge"));
}

#[test]
fn a_block_over_the_limit_brings_nobody_together() {
    let files = Files::new();
    let model = text(&guiyi(&["models", "default-zh@1"], "").stdout);
    let small: String = model
        .lines()
        .map(|line| {
            if line.starts_with("block_records_max") {
                "block_records_max = 2\n".into()
            } else {
                line.to_owned() + "\n"
            }
        })
        .collect();
    assert_ne!(small, model);
    let file = files.folder.path().join("small.toml");
    std::fs::write(&file, small).unwrap();
    let json = files.json(&["2", "5", "--model", path(&file)]);
    assert_eq!((&json["flip"]["never_compared"], &json["decision"]), (&Value::from(true), &Value::from("NO_MATCH")));
    let keys = json["shared_keys"].as_array().unwrap();
    assert!(!keys.is_empty() && keys.iter().all(|key| key["generic"] == true && key["records"].as_u64() > Some(2)));
}

#[test]
fn a_profile_is_told_merge_by_merge() {
    let files = Files::new();
    let judgements = files.folder.path().join("judgements.csv");
    let said =
        "left_source,left_record_id,right_source,right_record_id,verdict\ncrm,3,crm,4,POSITIVE\ncrm,1,crm,5,NEGATIVE\n";
    std::fs::write(&judgements, said).unwrap();
    let args = ["--profile", "crm/4", "--judgements", path(&judgements)];
    let json = files.json(&args);
    let records = json["records"].as_array().unwrap();
    let merges = json["merges"].as_array().unwrap();
    assert!(records.contains(&Value::from("crm/3")) && records.contains(&Value::from("crm/4")), "{json}");
    assert!(!records.contains(&Value::from("crm/5")) || !records.contains(&Value::from("crm/1")), "{json}");
    assert_eq!(merges.len(), records.len() - 1, "{json}");
    assert_eq!(merges[0]["judged"], serde_json::json!(["crm/3", "crm/4"]));
    for merge in merges {
        let total = bits(&json["prior_bits"]) + sum(&merge["comparisons"], "mean_bits") + bits(&merge["relation_bits"]);
        assert!((total - bits(&merge["weight_bits"])).abs() < 1e-6, "{merge}");
        assert!(!merge["judged"].is_null() || bits(&merge["weight_bits"]) >= bits(&json["merge_bits"]), "{merge}");
    }
    assert!(json["judgements"].as_array().unwrap().iter().any(|judgement| judgement["verdict"] == "POSITIVE"));
    let shown = files.explain(&args);
    assert!(shown.contains("joined by a person's word") && shown.contains("由人工判定合并"), "{shown}");
}

#[test]
fn the_profile_told_is_the_one_that_cleanse_makes() {
    let folder = tempfile::tempdir().unwrap();
    let (customers, out) = (fixture("sample/customers.csv"), folder.path().join("out"));
    guiyi(&["cleanse", path(&customers), "--source", "sample", "--out", path(&out)], "");
    let crosswalk = std::fs::read_to_string(out.join("crosswalk.csv")).unwrap();
    let mut profiles = std::collections::BTreeMap::<&str, Vec<String>>::new();
    for row in crosswalk.lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        profiles.entry(fields[2]).or_default().push(format!("{}/{}", fields[1], fields[0]));
    }
    let largest = profiles.into_values().max_by_key(Vec::len).unwrap();
    assert!(largest.len() > 2);
    let args = ["explain", "--profile", &largest[0], "--input", path(&customers), "--source", "sample", "--json"];
    let json: Value = serde_json::from_slice(&guiyi(&args, "").stdout).unwrap();
    let mut told: Vec<&str> = json["records"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let mut made: Vec<&str> = largest.iter().map(String::as_str).collect();
    told.sort_unstable();
    made.sort_unstable();
    assert_eq!(told, made);
}

#[test]
fn blocking_counts_what_cleanse_compares() {
    let folder = tempfile::tempdir().unwrap();
    let (customers, truth) = (fixture("sample/customers.csv"), fixture("sample/truth.csv"));
    let out = folder.path().join("out");
    let cleansed = guiyi(&["cleanse", path(&customers), "--source", "sample", "--out", path(&out), "--json"], "");
    let cleansed: Value = serde_json::from_slice(&cleansed.stdout).unwrap();
    let args = ["blocking", path(&customers), "--source", "sample", "--truth", path(&truth)];
    let output = guiyi(&[&args[..], &["--json"]].concat(), "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["candidate_pairs"], cleansed["report"]["blocking"]["candidate_pairs"]);
    let rules = json["rules"].as_array().unwrap();
    for rule in rules {
        let count = |key: &str| rule[key].as_u64().unwrap();
        assert!(count("pairs_alone") <= count("pairs") && count("pairs") <= json["candidate_pairs"].as_u64().unwrap());
        assert!(count("true_pairs") <= count("pairs") && count("true_pairs_alone") <= count("pairs_alone"));
        assert!(count("records") <= 5_000, "{rule}");
    }
    let completeness = bits(&json["pair_completeness"]);
    assert!(completeness > 0.8 && completeness <= 1.0, "{completeness}");
    let shown = text(&guiyi(&args, "").stdout);
    for rule in rules {
        assert!(shown.contains(rule["rule"].as_str().unwrap()), "{shown}");
    }
    assert!(
        shown.contains("pair completeness") && shown.contains("reduction ratio") && shown.contains("largest blocks")
    );
}
