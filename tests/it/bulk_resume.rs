//! A cleansing that is killed goes on from its last checkpoint and ends as if nothing had happened.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use guiyi::domain::hash::mix;

use crate::support::{fixture, wait};

/// Moments at which a run is killed.
const KILLS: u64 = 10;

fn cleanse(input: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guiyi"));
    command.arg("cleanse").arg(input).args(["--source", "sample", "--out"]).arg(out).args(more);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Every file of a run but those that tell how long it took.
fn files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(out).unwrap().map(|entry| entry.unwrap());
    let files = entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.path()));
    let compared = files.filter(|(name, _)| !["timings.json", "report.html"].contains(&name.as_str()));
    compared.map(|(name, path)| (name, std::fs::read(path).unwrap())).collect()
}

fn finish(mut command: Command) {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_killed_run_that_is_resumed_ends_as_an_undisturbed_one() {
    let folder = tempfile::tempdir().unwrap();
    let input = fixture("sample/customers.csv");
    let undisturbed = folder.path().join("undisturbed");
    let began = Instant::now();
    finish(cleanse(&input, &undisturbed, &[]));
    let whole = began.elapsed();
    let expected = files(&undisturbed);
    assert!(expected.contains_key("golden.csv") && expected.contains_key("report.json"));
    let mut killed = 0;
    for kill in 0..KILLS {
        let out = folder.path().join(format!("killed{kill}"));
        // Two kills each: the resumed run is killed too.
        for (round, more) in [&[][..], &["--resume"]].into_iter().enumerate() {
            let share = (mix(kill * 2 + round as u64) % 1_000) as f64 / 1_000.0;
            let mut child = cleanse(&input, &out, more).spawn().unwrap();
            wait(whole.mul_f64(share));
            killed += u32::from(child.try_wait().unwrap().is_none());
            child.kill().unwrap();
            child.wait().unwrap();
        }
        finish(cleanse(&input, &out, &["--resume"]));
        let seen = files(&out);
        assert_eq!(seen.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "kill {kill}");
        for (name, bytes) in &expected {
            assert!(seen[name] == *bytes, "kill {kill}: {name} differs");
        }
    }
    assert!(killed > 0, "every run was over before it was killed");
}

#[test]
fn a_run_that_stops_while_its_results_are_moved_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let input = fixture("sample/customers.csv");
    let undisturbed = folder.path().join("undisturbed");
    finish(cleanse(&input, &undisturbed, &[]));
    let expected = files(&undisturbed);
    // A folder in the place of a file stops it there: after the first of the files, and after the last.
    for obstacle in ["golden.csv", "report.json"] {
        let out = folder.path().join(format!("stopped-{obstacle}"));
        std::fs::create_dir_all(out.join(obstacle)).unwrap();
        assert_eq!(cleanse(&input, &out, &[]).output().unwrap().status.code(), Some(1), "{obstacle}");
        assert!(out.join("model.toml").is_file() && out.join(".guiyi-run").is_dir(), "{obstacle}");
        std::fs::remove_dir(out.join(obstacle)).unwrap();
        finish(cleanse(&input, &out, &["--resume"]));
        assert!(files(&out) == expected, "{obstacle}");
    }
}

#[test]
fn a_run_is_not_resumed_with_another_input_or_other_options() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("customers.csv");
    std::fs::copy(fixture("sample/customers.csv"), &input).unwrap();
    let out = folder.path().join("out");
    let mut child = cleanse(&input, &out, &[]).spawn().unwrap();
    // The manifest is there before anything else.
    let manifest = out.join(".guiyi-run/manifest.json");
    let began = Instant::now();
    while !manifest.is_file() && began.elapsed() < Duration::from_secs(60) {
        wait(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(manifest.is_file());
    let refused = |more: &[&str]| {
        let done = cleanse(&input, &out, &[&["--resume"], more].concat()).output().unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let (code, message) = refused(&["--as-of", "2026-01-31"]);
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("had another as-of day: ") && message.contains("2026-01-31"), "{message}");
    let mut text = std::fs::read_to_string(&input).unwrap();
    text.push('\n');
    std::fs::write(&input, text).unwrap();
    let (code, message) = refused(&[]);
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("had another input") && message.contains("run again without --resume"), "{message}");
    finish(cleanse(&input, &out, &[]));
    assert!(!manifest.exists() && out.join("golden.csv").is_file());
}

#[test]
fn progress_is_told_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let input = fixture("sample/customers.csv");
    let told = |more: &[&str]| {
        let done = cleanse(&input, &folder.path().join("out"), more).output().unwrap();
        assert!(done.status.success());
        String::from_utf8_lossy(&done.stderr).into_owned()
    };
    let text = told(&["--progress"]);
    for stage in ["prepare", "block", "compare", "cluster", "survive", "write"] {
        assert!(text.contains(&format!("guiyi: {stage}: ")), "{stage}: {text}");
    }
    assert!(!told(&[]).contains("prepare"));
    let timings = std::fs::read_to_string(folder.path().join("out/timings.json")).unwrap();
    let timings: serde_json::Value = serde_json::from_str(&timings).unwrap();
    assert!(timings["stages"].as_array().unwrap().len() >= 6 && timings["peak_bytes"].is_u64());
}

#[test]
fn an_input_beyond_the_memory_allowed_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (fixture("sample/customers.csv"), folder.path().join("out"));
    let run = |size: &str| cleanse(&input, &out, &["--memory-max", size]).output().unwrap();
    let refused = run("100kB");
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{message}");
    assert!(message.contains("--memory-max") && message.contains("in several runs"), "{message}");
    assert!(!out.join("golden.csv").exists());
    assert_eq!(run("much").status.code(), Some(2));
    assert!(run("1GB").status.success());
}
