//! A run that spills gives the files of one that does not, to the byte, also when it is killed and resumed.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

use guiyi::domain::hash::mix;

use crate::support::{fixture, text, wait};

/// Working memory far below what the sample takes: many tiles, runs, parts and batches.
const TINY: &str = "256kB";

fn cleanse(input: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guiyi"));
    command.arg("cleanse").arg(input).args(["--source", "sample", "--out"]).arg(out).args(more);
    command
}

fn finish(input: &Path, out: &Path, more: &[&str]) -> Output {
    let done = cleanse(input, out, more).output().unwrap();
    assert!(done.status.success(), "{}", text(&done.stderr));
    done
}

/// Every file of a run but those that tell how long it took.
fn files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap());
    let files = entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.path()));
    let compared = files.filter(|(name, _)| !["timings.json", "report.html"].contains(&name.as_str()));
    compared.map(|(name, path)| (name, std::fs::read(path).unwrap())).collect()
}

fn same(seen: &Path, expected: &Path) {
    let (seen, expected) = (files(seen), files(expected));
    assert_eq!(seen.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, bytes) in &expected {
        assert!(seen[name] == *bytes, "{name} differs");
    }
}

#[test]
fn a_run_that_spills_gives_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    let input = fixture("sample/customers.csv");
    let judgements = folder.path().join("judgements.csv");
    let all = std::fs::read_to_string(&input).unwrap();
    let key = |line: usize| {
        let mut fields = all.lines().nth(line).unwrap().split(',');
        let id = fields.next().unwrap();
        format!("{},{id}", fields.next().unwrap())
    };
    let header = "left_source,left_record_id,right_source,right_record_id,verdict";
    let said = format!("{header}\n{},{},POSITIVE\n{},{},NEGATIVE\n", key(5), key(900), key(7), key(8));
    std::fs::write(&judgements, said).unwrap();
    let judgements = judgements.display().to_string();
    for (number, more) in [
        &["--keep-state"][..],
        &["--model", "default-zh@1", "--format", "jsonl"],
        &["--judgements", &judgements, "--format", "parquet"],
    ]
    .into_iter()
    .enumerate()
    {
        let out = |name: &str| folder.path().join(format!("{name}{number}"));
        finish(&input, &out("held"), more);
        for working in [TINY, "100MB"] {
            let spilled = out(working);
            finish(&input, &spilled, &[more, &["--working-memory", working]].concat());
            same(&spilled, &out("held"));
        }
    }
    // The state that one of them kept, changed by a delta.
    let delta = folder.path().join("delta.csv");
    let lines: Vec<&str> = all.lines().enumerate().filter(|(at, _)| *at == 0 || at % 50 == 0).map(|(_, l)| l).collect();
    std::fs::write(&delta, lines.join("\n") + "\n").unwrap();
    let since = folder.path().join("held0").display().to_string();
    let (held, spilled) = (folder.path().join("since"), folder.path().join("since-spilled"));
    finish(&delta, &held, &["--since", &since]);
    finish(&delta, &spilled, &["--since", &since, "--working-memory", TINY]);
    same(&spilled, &held);
}

#[test]
fn a_run_that_spills_is_killed_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let input = fixture("sample/customers.csv");
    let undisturbed = folder.path().join("undisturbed");
    finish(&input, &undisturbed, &[]);
    let began = Instant::now();
    let spill = ["--working-memory", TINY];
    finish(&input, &folder.path().join("spilled"), &spill);
    let whole = began.elapsed();
    let mut killed = 0;
    for kill in 0..6 {
        let out = folder.path().join(format!("killed{kill}"));
        let share = (mix(kill) % 1_000) as f64 / 1_000.0;
        let mut child = cleanse(&input, &out, &spill).stderr(std::process::Stdio::null()).spawn().unwrap();
        wait(whole.mul_f64(share));
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        // Every second time the rest fits into memory.
        let more = if kill % 2 == 0 { &spill[..] } else { &[] };
        finish(&input, &out, &[more, &["--resume"]].concat());
        same(&out, &undisturbed);
    }
    assert!(killed > 0, "every run was over before it was killed");
}

#[test]
fn a_limit_that_is_too_small_is_refused_with_the_one_that_works() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (fixture("sample/customers.csv"), folder.path().join("out"));
    let refused = cleanse(&input, &out, &["--memory-max", "1MB"]).output().unwrap();
    let message = text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{message}");
    let smallest = message.split("allow --memory-max ").nth(1).and_then(|rest| rest.split(',').next()).unwrap();
    finish(&input, &out, &["--memory-max", smallest]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (fixture("sample/customers.csv"), folder.path().join("out"));
    // What is spilled goes to a device that is always full.
    std::fs::create_dir_all(out.join(".guiyi-run")).unwrap();
    let stopped = cleanse(&input, &out, &["--working-memory", TINY, "--resume"]);
    let done = with_full_file(stopped, &out.join(".guiyi-run"));
    let message = text(&done.stderr);
    assert!(!done.status.success());
    assert!(message.contains("No space left") && message.contains("has space"), "{message}");
    assert!(!out.join("golden.csv").exists());
}

/// Runs the program where the file of edges is `/dev/full`. The run's folder is emptied when a run begins, so the run is stopped first: a resumed
/// one finds the folder as it is.
#[cfg(target_os = "linux")]
fn with_full_file(mut resumed: Command, folder: &Path) -> Output {
    let out = folder.parent().unwrap();
    let mut first = cleanse(&fixture("sample/customers.csv"), out, &[]).spawn().unwrap();
    while !folder.join("prepare.done.json").is_file() && first.try_wait().unwrap().is_none() {
        wait(std::time::Duration::from_millis(1));
    }
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(folder.join("prepare.done.json").is_file());
    std::os::unix::fs::symlink("/dev/full", folder.join("edges.runs")).unwrap();
    resumed.output().unwrap()
}
