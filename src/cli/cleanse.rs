//! `guiyi cleanse`: files in, golden profiles and a report out.

mod loading;
mod manifest;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::args::{Cleanse, GoldenForm, MappingArgs};
use super::progress::{self, Bar};
use super::{ExitStatus, print};
use crate::bulk::change::Change;
use crate::bulk::cleansing::since::Since;
use crate::bulk::cleansing::{self, Cleansed, Plan};
use crate::bulk::evaluate::labels;
use crate::bulk::evaluate::{self, Evaluation};
use crate::bulk::gate::{self, Gate};
use crate::bulk::report::{self, Report, Shown, StageTime};
use crate::bulk::spill::Limit;
use crate::bulk::{reader, train, writer};
use crate::catalog::sources::Mapping;
use crate::catalog::{models, quality as record_rules, rules, sources};
use crate::domain::cluster::judgement::{Judgements, Verdict};
use crate::domain::date::CivilDate;
use crate::domain::generic::{DeclaredValue, GenericOverride, GenericOverrides, key_of};
use crate::domain::id::{BlockKey, ProfileId, RecordHandle, RecordKey, RecordPair};
use crate::domain::model::MatchModel;
use crate::domain::record::PreparedRecord;
use crate::domain::survive::SurvivorshipPolicy;
use crate::engine::{Clock, SystemClock};
use crate::error::{Error, Result};
use crate::loading::Run;

impl From<GoldenForm> for writer::GoldenFormat {
    fn from(form: GoldenForm) -> Self {
        match form {
            GoldenForm::Csv => Self::Csv,
            GoldenForm::Jsonl => Self::Jsonl,
            GoldenForm::Parquet => Self::Parquet,
            GoldenForm::Xlsx => Self::Xlsx,
        }
    }
}

/// The model name that means: start from the default for the input's language and fit it to the input.
const AUTO: &str = "auto";

/// Loads the named model, or fits one to the records when the name is `auto`.
pub fn load_model(
    name: &str,
    records: &[PreparedRecord],
    policy: &SurvivorshipPolicy,
    judgements: &Judgements,
    bar: &Bar,
) -> Result<MatchModel> {
    if name != AUTO {
        return models::load(name);
    }
    let base = models::load(train::suitable_base(records))?;
    Ok(train::train(&base, records, policy, judgements, bar))
}

/// Loads the named model for a store, whose records come one by one: there is nothing to fit one to.
#[cfg(feature = "rocks")]
pub fn load_fixed_model(name: &str) -> Result<MatchModel> {
    if name == AUTO {
        let message =
            "auto fits a model to the records of a file; a store needs one that stays: `guiyi train` writes it";
        return Err(Error::config("--model", message));
    }
    models::load(name)
}

/// Says so where a store goes on with a model of its own.
#[cfg(feature = "rocks")]
pub fn note_model(asked: &str, active: &MatchModel) {
    let asked = models::load(asked).map(|model| model.version.to_string()).unwrap_or_default();
    let active = active.version.to_string();
    if asked != active {
        eprintln!(
            "guiyi: the store goes on with {active}, not {asked}; ActivateMatchModel puts another model in force"
        );
    }
}

/// Loads the mapping that the arguments name.
pub fn mapping(args: &MappingArgs) -> Result<Mapping> {
    match (&args.source, &args.mapping) {
        (Some(name), _) => sources::load_built_in(name),
        (None, Some(path)) => sources::load_file(path),
        (None, None) => Err(Error::config("mapping", "name one with --source or --mapping")),
    }
}

/// Runs the subcommand.
pub fn run(args: &Cleanse) -> Result<ExitStatus> {
    end_with_stdin(args.end_with_stdin);
    let mapping = mapping(&args.mapping)?;
    let policy = rules::load(&args.rules)?;
    let quality_rules = record_rules::load(&args.quality)?;
    let gate = args.gate.as_deref().map(Gate::parse).transpose()?;
    gate.as_ref().map_or(Ok(()), |gate| gate.check_fields(&mapping))?;
    let as_of = args.as_of.as_deref().map(day).transpose()?;
    let crosswalk = args.since.as_deref().map(|folder| crosswalk_of(folder, &args.out)).transpose()?;
    let previous = crosswalk.as_deref().or(args.previous.as_deref());
    let previous = previous.map(read_crosswalk).transpose()?.unwrap_or_default();
    let deleted = args.deleted.as_deref().map(read_deleted).transpose()?.unwrap_or_default();
    let terms = manifest::terms(args, &mapping)?;
    let judgements = args.judgements.as_deref().map(read_judgements).transpose()?.unwrap_or_default();
    let declared = args.generic_values.as_deref().map(read_declared).transpose()?.unwrap_or_default();
    let overrides = GenericOverrides::of(&declared);
    let truth = args.truth.as_deref().map(labels::read).transpose()?;
    let model = if args.model == AUTO { None } else { Some(models::load(&args.model)?) };
    let target = loading::open(args)?;
    std::fs::create_dir_all(&args.out).map_err(|error| Error::write(&args.out, error))?;

    let bar = Bar::with_lines(args.progress);
    let manifest = manifest::of(args)?;
    let plan = Plan {
        inputs: &args.input,
        mapping: &mapping,
        model,
        policy: &policy,
        rules: &quality_rules,
        as_of,
        judgements: &judgements,
        overrides: &overrides,
        previous: &previous,
        format: args.format.into(),
        out: &args.out,
        manifest: &manifest,
        since: args.since.as_deref().map(|folder| Since { folder, terms: &terms, deleted: &deleted }),
        keep_state: args.keep_state.then_some(&terms),
        load: args.load.as_deref(),
        no_load: args.no_load,
        limit: Limit { memory_max: args.memory_max, working: args.working_memory, loads: args.load.is_some() },
        shown: if args.unmask { Shown::Plain } else { Shown::Masked },
        resume: args.resume,
        progress: &bar,
    };
    let keying = truth.as_ref().map(|truth| labels::keying(&[truth]));
    let mut found = evaluate::Clustering::new();
    let cleansed = cleansing::run(&plan, &mut |key, profile| {
        if let Some(keying) = keying {
            found.insert(keying.key(&key.source.0, &key.record_id), profile.to_string());
        }
    })?;
    bar.finish();
    tell_of_input(&cleansed);
    let change = Change::between(&previous, &cleansed.found.assignments);
    if let Some(share_max) = args.change_max.filter(|share_max| change.share() > *share_max) {
        return stopped(args, &change, share_max, cleansed);
    }
    let figures = match (&truth, keying) {
        (Some(truth), Some(keying)) => Some(evaluate::evaluate(&found, &truth.clustering(keying)?)),
        _ => None,
    };
    let gate = gate.as_ref().map(|gate| gate.evaluate(&cleansed.report)).unwrap_or_default();
    let target = if gate.iter().all(|result| result.passed) { target } else { loading::Target::Nothing };
    let now = SystemClock.now();
    let run = Run { cleansed: &cleansed, mapping: &mapping, judgements: &judgements, declared: &declared, now };
    let loaded = loading::load(target, &run, &bar)?;
    let report = Report { gate, ..cleansed.report.clone() };
    finish(args, cleansed, &report, loaded, figures.as_ref(), &bar)
}

/// Says what is worth knowing of how the input was read.
fn tell_of_input(cleansed: &Cleansed) {
    for (path, encoding) in cleansed.prepared.columns.encodings.iter().filter(|(_, encoding)| *encoding != "UTF-8") {
        eprintln!("guiyi: {} was read as {encoding}", path.display());
    }
    cleansed.prepared.notes.iter().for_each(|note| eprintln!("guiyi: {note}"));
}

/// Ends the program with its standard input where that is asked, as a run may end at any moment: whoever started it is gone.
fn end_with_stdin(asked: bool) {
    if !asked {
        return;
    }
    std::thread::spawn(|| {
        // An input that cannot be read is as good as none.
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        std::process::exit(1);
    });
}

/// Publishes the results of the run and says how it went.
fn finish(
    args: &Cleanse,
    cleansed: Cleansed,
    report: &Report,
    loaded: bool,
    figures: Option<&Evaluation>,
    bar: &Bar,
) -> Result<ExitStatus> {
    if let Some(path) = &args.gate_junit {
        write_text(path, &gate::junit(&report.gate))?;
    }
    cleansed.publish(&args.out)?;
    let times = bar.times();
    write_report(&args.out, report, &times)?;
    let timings = serde_json::json!({ "stages": times, "peak_bytes": progress::peak_bytes() });
    write_text(&args.out.join("timings.json"), &format!("{timings}\n"))?;
    cleansed.work.end()?;
    print(&summary(args, report, loaded, figures)?)?;
    Ok(match (report.gate.iter().all(|result| result.passed), report.rejected == 0) {
        (false, _) => ExitStatus::BelowGate,
        (true, false) => ExitStatus::RejectedRows,
        (true, true) => ExitStatus::Ok,
    })
}

fn day(text: &str) -> Result<CivilDate> {
    CivilDate::parse(text).ok_or_else(|| Error::config("--as-of", format!("\"{text}\" is no day such as 2026-01-31")))
}

/// Too much would change: the report is written and nothing else, so that a person can look before anybody uses the results.
fn stopped(args: &Cleanse, change: &Change, share_max: f64, cleansed: Cleansed) -> Result<ExitStatus> {
    write_report(&args.out, &cleansed.report, &[])?;
    cleansed.work.end()?;
    writer::changes(&args.out, change)?;
    eprintln!(
        "guiyi: stopped: {} of {} profiles of the previous run would change ({:.1} %: {} split, {} merged with others), and \
         --change-max allows {:.1} %; only the report and changes.csv were written to {}; look at them, then run again with a \
         higher --change-max",
        change.profiles.len(),
        change.known,
        100.0 * change.share(),
        change.split(),
        change.merged(),
        100.0 * share_max,
        args.out.display(),
    );
    Ok(ExitStatus::TooMuchChange)
}

fn write_report(out: &Path, report: &Report, times: &[StageTime]) -> Result<()> {
    let json = serde_json::to_string_pretty(report).map_err(|error| Error::config("report", error.to_string()))?;
    write_text(&out.join("report.json"), &json)?;
    write_text(&out.join("report.html"), &report::html(report, times))
}

fn write_text(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).map_err(|error| Error::write(path, error))
}

fn summary(args: &Cleanse, report: &Report, loaded: bool, figures: Option<&Evaluation>) -> Result<String> {
    if args.json {
        let value = serde_json::json!({ "report": report, "evaluation": figures, "loaded": loaded });
        return Ok(format!("{value}\n"));
    }
    let mut text = String::new();
    let mut line = |label: &str, value: String| {
        let _ = writeln!(text, "{label:<20}{value}");
    };
    let share = |part: u64| if report.records == 0 { 0.0 } else { 100.0 * part as f64 / report.records as f64 };
    line("records", report.records.to_string());
    if report.rejected > 0 {
        line("rejected rows", format!("{} (see rejects.csv)", report.rejected));
    }
    line("golden profiles", report.profiles.to_string());
    line("duplicates found", format!("{} ({:.1} % of the records)", report.duplicates, share(report.duplicates)));
    line("pairs for review", report.review_pairs.to_string());
    for (position, field) in report.fields.iter().take(5).enumerate() {
        let label = if position == 0 { "worst fields" } else { "" };
        let bad = field.suspect + field.invalid;
        line(
            label,
            format!("{}: {} of {} doubtful or invalid, {} missing", field.field, bad, field.values, field.missing),
        );
    }
    for (position, source) in report.scorecard.sources.iter().take(8).enumerate() {
        let label = if position == 0 { "quality score" } else { "" };
        let percent = |score: u64| format!("{}.{} %", score / 10, score % 10);
        let dimensions: Vec<String> =
            source.dimensions.iter().map(|(name, score)| format!("{name} {}", percent(*score))).collect();
        let total = source.score.map(percent).unwrap_or_default();
        line(label, format!("{}: {total} ({})", source.source, dimensions.join(", ")));
    }
    for (position, result) in report.gate.iter().enumerate() {
        let label = if position == 0 { "quality gate" } else { "" };
        line(label, format!("{} {}", if result.passed { "met" } else { "NOT MET" }, result.message()));
    }
    if let Some(estimate) = &report.precision.estimate {
        let [low, high] = estimate.interval_95.map(|share| 100.0 * share);
        let (share, decoys) = (100.0 * estimate.precision, estimate.decoys);
        line("estimated precision", format!("{share:.1} % (95 %: {low:.1} to {high:.1} %; {decoys} decoys)"));
    }
    if let Some(figures) = figures {
        line("against the truth", evaluation_line(&figures.pairwise, "pairwise"));
        line("", evaluation_line(&figures.b_cubed, "B-cubed"));
    }
    line("results", args.out.display().to_string());
    if let Some(folder) = &args.load {
        let value = if loaded { folder.display().to_string() } else { "nothing: the gate is not met".to_owned() };
        line("loaded into", value);
    }
    Ok(text)
}

fn evaluation_line(score: &evaluate::Score, name: &str) -> String {
    format!("{name} precision {:.4}, recall {:.4}, F1 {:.4}", score.precision, score.recall, score.f1)
}

/// The crosswalk of the run that a delta changes.
fn crosswalk_of(folder: &Path, out: &Path) -> Result<PathBuf> {
    let same = folder.canonicalize().ok().filter(|folder| out.canonicalize().is_ok_and(|out| out == *folder));
    if same.is_some() {
        let message = "the results cannot go into the folder of the run that they go on from; name another --out";
        return Err(Error::config("--since", message));
    }
    let path = folder.join("crosswalk.csv");
    if path.is_file() {
        return Ok(path);
    }
    let message = "there is no crosswalk.csv; name the folder that guiyi cleanse --keep-state wrote with --out";
    Err(Error::input(folder, message))
}

/// Reads which records are no more.
fn read_deleted(path: &Path) -> Result<BTreeMap<RecordHandle, (u64, RecordKey)>> {
    let rows = named_columns(path, ["source", "record_id"])?;
    let parse = |(line, [source, record]): (u64, [String; 2])| {
        let (source, record) = (source.trim(), record.trim());
        if source.is_empty() || record.is_empty() {
            return Err(Error::input(path, format!("line {line}: a record needs its source and its record_id")));
        }
        let key = RecordKey::new(source, record);
        Ok((key.handle(), (line, key)))
    };
    rows.into_iter().map(parse).collect()
}

fn read_crosswalk(path: &Path) -> Result<BTreeMap<RecordHandle, ProfileId>> {
    let rows = named_columns(path, ["record_id", "source", "profile_id"])?;
    let parse = |(line, [record, source, profile]): (u64, [String; 3])| {
        let id = ProfileId::parse(&profile);
        let id = id.ok_or_else(|| Error::input(path, format!("line {line}: \"{profile}\" is no profile id")))?;
        Ok((RecordKey::new(source, record).handle(), id))
    };
    rows.into_iter().map(parse).collect()
}

/// Reads what people said about pairs of records.
pub fn read_judgements(path: &Path) -> Result<Judgements> {
    let columns = ["left_source", "left_record_id", "right_source", "right_record_id", "verdict"];
    let mut judgements = Judgements::default();
    for (line, [left_source, left, right_source, right, verdict]) in named_columns(path, columns)? {
        let (left, right) = (RecordKey::new(left_source, left).handle(), RecordKey::new(right_source, right).handle());
        let pair = RecordPair::new(left, right)
            .ok_or_else(|| Error::input(path, format!("line {line}: a judgement needs two different records")))?;
        let verdict = Verdict::from_code(&verdict).ok_or_else(|| {
            Error::input(path, format!("line {line}: the verdict \"{verdict}\" is none of POSITIVE, NEGATIVE, UNSURE"))
        })?;
        judgements.insert(pair, verdict);
    }
    Ok(judgements)
}

/// Reads what people said about values, named as ListGenericValues names them.
fn read_declared(path: &Path) -> Result<BTreeMap<BlockKey, DeclaredValue>> {
    let mut declared = BTreeMap::new();
    for (line, [rule, value, said]) in named_columns(path, ["rule", "value", "override"])? {
        let parts: Vec<String> = value.split('|').map(str::to_owned).collect();
        let key = key_of(&rule, &parts).ok_or_else(|| {
            Error::input(path, format!("line {line}: \"{rule}\" is no blocking rule, or the value is empty"))
        })?;
        let said = match said.as_str() {
            "GENERIC" => GenericOverride::Generic,
            "SPECIFIC" => GenericOverride::Specific,
            _ => {
                let message = format!("line {line}: the override \"{said}\" is none of GENERIC, SPECIFIC");
                return Err(Error::input(path, message));
            }
        };
        declared.insert(key, DeclaredValue { rule, parts, said });
    }
    Ok(declared)
}

fn named_columns<const N: usize>(path: &Path, names: [&str; N]) -> Result<Vec<(u64, [String; N])>> {
    let table = reader::read(path)?;
    if let Some(reject) = table.rejects.first() {
        return Err(Error::input(path, format!("line {}: {}", reject.line, reject.reason)));
    }
    let mut positions = [0; N];
    for (position, name) in positions.iter_mut().zip(names) {
        let found = table.header.iter().position(|column| column == name);
        *position = found.ok_or_else(|| Error::input(path, format!("there is no column \"{name}\"")))?;
    }
    let take = |fields: &[String]| positions.map(|position| fields.get(position).cloned().unwrap_or_default());
    Ok(table.rows.iter().map(|row| (row.line, take(&row.fields))).collect())
}
