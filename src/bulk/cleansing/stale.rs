//! What earlier runs left in a folder of results: the next run replaces all of it, so that the files of a folder are those of one run.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;

use crate::bulk::writer::CROSSWALK;

/// The name before those of the report that a run writes which `--change-max` stops: the files of the run before stay as they are.
pub const STOPPED: &str = "stopped-";

/// Whatever a run may have left, in all forms, but the report and the timings, which every run writes anew: only these are ever removed.
const RESULTS: [&str; 23] = [
    "changes.csv",
    "crosswalk.csv",
    "crosswalk.parquet",
    "crosswalk.xlsx",
    "findings.csv",
    "findings.xlsx",
    "golden.csv",
    "golden.jsonl",
    "golden.parquet",
    "golden.xlsx",
    "model.frequencies.tsv",
    "model.toml",
    "records.csv",
    "records.xlsx",
    "rejects.csv",
    "relations.csv",
    "relations.xlsx",
    "review.csv",
    "review.xlsx",
    "state.bin",
    "state.json",
    "stopped-report.html",
    "stopped-report.json",
];

/// The result files of an earlier run that are in a folder; none where no run seems to have been. Files that this run reads are `kept`.
pub fn of(out: &Path, kept: &[PathBuf]) -> Vec<String> {
    if !holds_results(out) {
        return Vec::new();
    }
    let is_stale = |name: &&str| out.join(name).is_file() && !is_one_of(out, name, kept);
    RESULTS.into_iter().filter(is_stale).map(str::to_owned).collect()
}

/// Whether a result is one of these files.
pub fn is_one_of(out: &Path, name: &str, kept: &[PathBuf]) -> bool {
    let Ok(path) = out.join(name).canonicalize() else { return false };
    kept.iter().any(|kept| kept.canonicalize().is_ok_and(|kept| kept == path))
}

/// Whether a run has written into this folder: people may have files of their own whose names are those of results.
fn holds_results(out: &Path) -> bool {
    let is_report = |path: PathBuf| {
        let keys = std::fs::read(path).ok().and_then(|text| serde_json::from_slice(&text).ok());
        keys.is_some_and(|keys: BTreeMap<String, IgnoredAny>| keys.contains_key("scorecard"))
    };
    is_crosswalk(&out.join("crosswalk.csv"))
        || is_report(out.join("report.json"))
        || is_report(out.join(format!("{STOPPED}report.json")))
}

fn is_crosswalk(path: &Path) -> bool {
    let expected = format!("{}\n", CROSSWALK.join(","));
    let mut found = vec![0; expected.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut found)).is_ok() && found == expected.as_bytes()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_results_of_a_folder_that_has_some_are_stale() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        for name in ["golden.xlsx", "records.xlsx", "findings.csv", "my.csv", "report.html"] {
            std::fs::write(out.join(name), "of a person").unwrap();
        }
        assert_eq!(of(out, &[]), Vec::<String>::new(), "no run has been here");
        let kept = [out.join("../").join(out.file_name().unwrap()).join("records.xlsx"), PathBuf::from("nowhere")];
        for (sign, text) in [
            ("crosswalk.csv", "record_id,source,profile_id\n1,crm,p1\n"),
            ("report.json", "{\"scorecard\": {}}"),
            ("stopped-report.json", "{\"scorecard\": {}}"),
        ] {
            std::fs::write(out.join(sign), text).unwrap();
            let mut expected = vec!["findings.csv", "golden.xlsx"];
            expected.extend((sign != "report.json").then_some(sign));
            expected.sort_unstable();
            assert_eq!(of(out, &kept), expected);
            std::fs::remove_file(out.join(sign)).unwrap();
        }
        std::fs::write(out.join("crosswalk.csv"), "record_id,source,profile\n").unwrap();
        std::fs::write(out.join("report.json"), "{\"of\": \"another program\"}").unwrap();
        assert_eq!(of(out, &[]), Vec::<String>::new(), "nor here");
    }
}
