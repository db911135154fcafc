//! The same records give the same model, clusters and golden profiles, whatever their order and the number of threads.

use std::path::Path;
use std::process::Command;

use guiyi::domain::hash::mix;

use crate::support::fixture;

/// Rows of the sample that a run takes.
const ROWS: usize = 1_200;

/// Model, golden profiles, the crosswalk in an order of its own, and those parts of the report that do not name the file or profiles.
fn outcome(input: &Path, out: &Path, threads: usize) -> [String; 4] {
    let status = Command::new(env!("CARGO_BIN_EXE_guiyi"))
        .env("RAYON_NUM_THREADS", threads.to_string())
        .arg("cleanse")
        .arg(input)
        .args(["--source", "sample", "--out"])
        .arg(out)
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    let crosswalk = read("crosswalk.csv");
    let mut lines: Vec<&str> = crosswalk.lines().collect();
    lines.sort_unstable();
    let report: serde_json::Value = serde_json::from_str(&read("report.json")).unwrap();
    assert!(report["precision"]["estimate"]["decoys"].as_u64() >= Some(100) && report["quality"]["sources"].is_array());
    assert!(report["fields"][0]["examples"].as_object().is_some_and(|examples| !examples.is_empty()));
    assert!(report["fields"].as_array().unwrap().iter().any(|field| field["changes"].as_object().unwrap().len() > 1));
    let parts = ["quality", "precision", "scorecard", "fields"].map(|part| report[part].to_string());
    let report = parts.join(" ");
    [read("model.toml"), read("golden.csv"), lines.join("\n"), report]
}

#[test]
fn order_and_threads_do_not_show() {
    let sample = std::fs::read_to_string(fixture("sample/customers.csv")).unwrap();
    let (header, rows) = sample.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().take(ROWS).collect();
    let folder = tempfile::tempdir().unwrap();
    let run = |name: &str, rows: &[&str], threads: usize| {
        let input = folder.path().join(format!("{name}.csv"));
        std::fs::write(&input, format!("{header}\n{}\n", rows.join("\n"))).unwrap();
        outcome(&input, &folder.path().join(name), threads)
    };
    let expected = run("first", &rows, 1);
    for threads in [2, 4] {
        assert!(run(&format!("threads{threads}"), &rows, threads) == expected, "{threads} threads");
    }
    for seed in 0..10u64 {
        let mut shuffled: Vec<(u64, &str)> =
            rows.iter().zip(0u64..).map(|(row, i)| (mix(mix(seed) ^ i), *row)).collect();
        shuffled.sort_unstable();
        let shuffled: Vec<&str> = shuffled.into_iter().map(|(_, row)| row).collect();
        assert!(run(&format!("order{seed}"), &shuffled, 2) == expected, "permutation {seed}");
    }
}
