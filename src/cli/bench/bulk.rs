//! `guiyi bench bulk`: a whole cleansing of synthetic customers, as a process of its own: CPU-seconds by stage, peak memory, quality.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::cli::args::{Bench, Skew};
use crate::cli::{ExitStatus, print, progress};
use crate::error::{Error, Result};
use crate::synth::{self, SynthOptions};

/// Columns beside those of `guiyi synth` that come along untouched: most tables have some.
const CARRIED: [&str; 4] = ["member_level", "points", "store", "remark"];

/// Of a thousand rows so many share one value where skew is asked for.
const SKEWED_PER_MILLE: u64 = 300;

/// The telephone number that skewed rows share; no placeholder, so that nothing but the number of its records gives it away.
const SHARED_PHONE: &str = "13872913846";

/// Runs the part.
pub(super) fn run(args: &Bench) -> Result<ExitStatus> {
    let folder =
        args.data_dir.clone().unwrap_or_else(std::env::temp_dir).join(format!("guiyi-bulk-{}", std::process::id()));
    let measured = measure(args, &folder);
    let removed = std::fs::remove_dir_all(&folder).map_err(|error| Error::write(&folder, error));
    let figures = measured?;
    removed?;
    print(&if args.json { format!("{figures}\n") } else { text(&figures) })?;
    Ok(ExitStatus::Ok)
}

fn measure(args: &Bench, folder: &Path) -> Result<Value> {
    let rows = args.records as u64;
    let made = folder.join("made");
    let options = SynthOptions { records: rows, seed: args.seed, difficulty_percent: args.difficulty };
    synth::write(&options, &made, &mut |_| {}).map_err(|error| Error::write(&made, error))?;
    let input = folder.join("customers.csv");
    let bytes = widen(&made.join("customers.csv"), &input, args.skew)?;
    let mut command = Command::new(std::env::current_exe().map_err(|error| Error::read(Path::new("guiyi"), error))?);
    let out = folder.join("out");
    command.arg("cleanse").arg(&input).arg("--mapping").arg(made.join("mapping.toml")).arg("--out").arg(&out);
    command.args(["--json", "--model", &args.model]);
    let (_, before) = progress::process_cpu();
    let status = command.stdout(Stdio::null()).status().map_err(|error| Error::read(&input, error))?;
    let (_, after) = progress::process_cpu();
    if !status.success() {
        return Err(Error::config("bench bulk", format!("the run ended with {status}")));
    }
    let read = |name: &str| -> Result<Value> {
        let path = out.join(name);
        let text = std::fs::read_to_string(&path).map_err(|error| Error::read(&path, error))?;
        serde_json::from_str(&text).map_err(|error| Error::input(&path, error.to_string()))
    };
    let (timings, report) = (read("timings.json")?, read("report.json")?);
    // Truth is that of the clean file.
    let pairwise = match args.skew {
        None => pairwise(&out.join("crosswalk.csv"), &made.join("truth.csv"))?,
        Some(_) => Value::Null,
    };
    Ok(serde_json::json!({
        "part": "bulk",
        "rows": rows,
        "columns": synth_columns(&input)?,
        "bytes": bytes,
        "skew": args.skew.map(Skew::name),
        "model": args.model,
        "cpu_seconds": after - before,
        "microseconds_a_row": (after - before) * 1e6 / rows.max(1) as f64,
        "peak_bytes": timings["peak_bytes"],
        "stages": timings["stages"],
        "profiles": report["profiles"],
        "review_pairs": report["review_pairs"],
        "candidate_pairs": report["blocking"]["candidate_pairs"],
        "pairwise": pairwise,
    }))
}

/// How well a run's profiles agree with the truth, which another process finds out: it is no part of the run.
fn pairwise(crosswalk: &Path, truth: &Path) -> Result<Value> {
    let mut command = Command::new(std::env::current_exe().map_err(|error| Error::read(Path::new("guiyi"), error))?);
    command.arg("evaluate").arg("--clusters").arg(crosswalk).arg("--truth").arg(truth).arg("--json");
    let done = command.stderr(Stdio::inherit()).output().map_err(|error| Error::read(crosswalk, error))?;
    let evaluation: Value = serde_json::from_slice(&done.stdout).unwrap_or_default();
    Ok(evaluation["pairwise"].clone())
}

fn synth_columns(path: &Path) -> Result<usize> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| Error::read(path, error.into()))?;
    reader.headers().map(csv::StringRecord::len).map_err(|error| Error::read(path, error.into()))
}

/// Copies the file with the carried columns added, and with skewed rows where they are asked for; its bytes.
fn widen(from: &Path, to: &PathBuf, skew: Option<Skew>) -> Result<u64> {
    let failed = |error: csv::Error| Error::read(from, error.into());
    let mut reader = csv::Reader::from_path(from).map_err(failed)?;
    let header = reader.headers().map_err(failed)?.clone();
    let target = skew.and_then(|skew| header.iter().position(|name| name == skew.column()));
    let file = File::create(to).map_err(|error| Error::write(to, error))?;
    let mut writer = csv::Writer::from_writer(BufWriter::with_capacity(1 << 20, file));
    let wrote = |error: csv::Error| Error::write(to, error.into());
    writer.write_record(header.iter().chain(CARRIED)).map_err(wrote)?;
    let mut row = csv::StringRecord::new();
    let mut number = 0u64;
    while reader.read_record(&mut row).map_err(failed)? {
        // A stride that meets every residue: skewed rows are spread over the file.
        let skewed = number.wrapping_mul(7) % 1_000 < SKEWED_PER_MILLE;
        let field = |(position, field): (usize, &str)| match (skew, skewed && Some(position) == target) {
            (Some(skew), true) => skew.value().to_owned(),
            _ => field.to_owned(),
        };
        let carried = [
            ["普通", "银卡", "金卡", "钻石"][(number % 4) as usize].to_owned(),
            (number * 37 % 100_000).to_string(),
            format!("S{:04}", number % 1_200),
            if number.is_multiple_of(9) { "老客户，电话回访".to_owned() } else { String::new() },
        ];
        let fields: Vec<String> = row.iter().enumerate().map(field).chain(carried).collect();
        writer.write_record(&fields).map_err(wrote)?;
        number += 1;
    }
    let mut file = writer.into_inner().map_err(|error| Error::write(to, error.into_error()))?;
    file.flush().map_err(|error| Error::write(to, error))?;
    std::fs::metadata(to).map(|known| known.len()).map_err(|error| Error::read(to, error))
}

impl Skew {
    fn name(self) -> &'static str {
        match self {
            Self::SharedPhone => "shared-phone",
            Self::BlankNames => "blank-names",
        }
    }

    fn column(self) -> &'static str {
        match self {
            Self::SharedPhone => "phone",
            Self::BlankNames => "name",
        }
    }

    fn value(self) -> &'static str {
        match self {
            Self::SharedPhone => SHARED_PHONE,
            Self::BlankNames => "",
        }
    }
}

fn text(figures: &Value) -> String {
    let number = |value: &Value| value.as_f64().unwrap_or(0.0);
    let mut text = format!(
        "bulk: {} rows of {} columns in {:.1} CPU-seconds, {:.1} microseconds a row, {:.0} MB at most\n",
        figures["rows"],
        figures["columns"],
        number(&figures["cpu_seconds"]),
        number(&figures["microseconds_a_row"]),
        number(&figures["peak_bytes"]) / 1e6
    );
    for stage in figures["stages"].as_array().into_iter().flatten() {
        let name = stage["stage"].as_str().unwrap_or_default();
        let _ = writeln!(text, "{name:<12}{:>12} units {:>9.2} CPU s", stage["units"], number(&stage["cpu_seconds"]));
    }
    if figures["pairwise"].is_object() {
        let _ = writeln!(text, "pairwise F1 {:.4}", number(&figures["pairwise"]["f1"]));
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn skewed_rows_share_the_value_and_the_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
        let rows: String = (0..2_000).map(|id| format!("{id},甲,139{id:08}\n")).collect();
        std::fs::write(&from, format!("record_id,name,phone\n{rows}")).unwrap();
        for (skew, column) in [(Skew::SharedPhone, 2), (Skew::BlankNames, 1)] {
            widen(&from, &to, Some(skew)).unwrap();
            let mut reader = csv::Reader::from_path(&to).unwrap();
            assert_eq!(reader.headers().unwrap().len(), 3 + CARRIED.len());
            let shared = reader.records().filter(|row| &row.as_ref().unwrap()[column] == skew.value()).count();
            assert_eq!(shared, 600);
        }
    }
}
