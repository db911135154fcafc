//! `guiyi cleanse`: files in, golden profiles and a report out.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::args::{Cleanse, GoldenForm, MappingArgs};
use super::progress::Bar;
use super::{ExitStatus, print};
use crate::bulk::change::Change;
use crate::bulk::evaluate::labels::{self, Keying, Labels};
use crate::bulk::evaluate::{self, Evaluation};
use crate::bulk::gate::{self, Gate};
use crate::bulk::pipeline::{self, Options, Outcome};
use crate::bulk::quality::Assessment;
use crate::bulk::report::{self, Report};
use crate::bulk::{input, quality, reader, train, writer};
use crate::catalog::sources::Mapping;
use crate::catalog::{models, quality as record_rules, rules, sources};
use crate::domain::cluster::judgement::{Judgements, Verdict};
use crate::domain::date::CivilDate;
use crate::domain::id::{ProfileId, RecordHandle, RecordKey, RecordPair};
use crate::domain::model::MatchModel;
use crate::domain::record::PreparedRecord;
use crate::domain::survive::SurvivorshipPolicy;
use crate::error::{Error, Result};

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
    let mapping = mapping(&args.input.mapping)?;
    let policy = rules::load(&args.rules)?;
    let quality_rules = record_rules::load(&args.quality)?;
    let gate = args.gate.as_deref().map(Gate::parse).transpose()?;
    gate.as_ref().map_or(Ok(()), |gate| gate.check_fields(&mapping))?;
    let as_of = args.as_of.as_deref().map(day).transpose()?;
    let previous = args.previous.as_deref().map(read_crosswalk).transpose()?.unwrap_or_default();
    let judgements = args.judgements.as_deref().map(read_judgements).transpose()?.unwrap_or_default();
    let truth = args.truth.as_deref().map(labels::read).transpose()?;
    let input = input::read(&args.input.input, &mapping)?;
    for (path, encoding) in input.encodings.iter().filter(|(_, encoding)| *encoding != "UTF-8") {
        eprintln!("guiyi: {} was read as {encoding}", path.display());
    }
    std::fs::create_dir_all(&args.out).map_err(|error| Error::write(&args.out, error))?;

    let bar = Bar::new();
    let records = pipeline::prepared(&input.records, &bar);
    let model = load_model(&args.model, &records, &policy, &judgements, &bar)?;
    let options =
        Options { model: &model, policy: &policy, judgements: &judgements, previous: &previous, progress: &bar };
    let outcome = pipeline::resolve(records, &options);
    bar.finish();

    let assessment = quality::assess(&outcome.records, &quality_rules, as_of);
    let mut report = report::build(&outcome, &assessment, input.rejects.len() as u64, &model, &policy);
    let change = Change::between(&previous, &outcome);
    if let Some(share_max) = args.change_max.filter(|share_max| change.share() > *share_max) {
        return stopped(args, &change, share_max, &report);
    }
    report.gate = gate.as_ref().map(|gate| gate.evaluate(&report)).unwrap_or_default();
    if let Some(path) = &args.gate_junit {
        write_text(path, &gate::junit(&report.gate))?;
    }
    write_all(args, &input, &outcome, &assessment, &report, &model)?;
    let figures = truth.map(|truth| measured(&outcome, &truth)).transpose()?;
    print(&summary(args, &report, figures.as_ref())?)?;
    Ok(match (report.gate.iter().all(|result| result.passed), input.rejects.is_empty()) {
        (false, _) => ExitStatus::BelowGate,
        (true, false) => ExitStatus::RejectedRows,
        (true, true) => ExitStatus::Ok,
    })
}

fn day(text: &str) -> Result<CivilDate> {
    CivilDate::parse(text).ok_or_else(|| Error::config("--as-of", format!("\"{text}\" is no day such as 2026-01-31")))
}

/// Too much would change: the report is written and nothing else, so that a person can look before anybody uses the results.
fn stopped(args: &Cleanse, change: &Change, share_max: f64, report: &Report) -> Result<ExitStatus> {
    write_report(&args.out, report)?;
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

fn write_all(
    args: &Cleanse,
    input: &input::Input,
    outcome: &Outcome,
    assessment: &Assessment<'_>,
    report: &Report,
    model: &MatchModel,
) -> Result<()> {
    let out = args.out.as_path();
    let profiles = writer::profile_by_record(outcome);
    let format = match args.format {
        GoldenForm::Csv => writer::GoldenFormat::Csv,
        GoldenForm::Jsonl => writer::GoldenFormat::Jsonl,
        GoldenForm::Parquet => writer::GoldenFormat::Parquet,
    };
    writer::crosswalk(out, &input.records, &profiles, format)?;
    writer::records(out, &input.rows, outcome, &profiles)?;
    writer::golden(out, outcome, format)?;
    writer::review(out, outcome, &profiles)?;
    writer::relations(out, &outcome.relations())?;
    writer::findings(out, &input.records, outcome, assessment)?;
    writer::rejects(out, &input.rejects)?;
    train::save(model, &out.join("model.toml"))?;
    write_report(out, report)
}

fn write_report(out: &Path, report: &Report) -> Result<()> {
    let json = serde_json::to_string_pretty(report).map_err(|error| Error::config("report", error.to_string()))?;
    write_text(&out.join("report.json"), &json)?;
    write_text(&out.join("report.html"), &report::html(report))
}

fn write_text(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).map_err(|error| Error::write(path, error))
}

fn measured(outcome: &Outcome, truth: &Labels) -> Result<Evaluation> {
    let keying = labels::keying(&[truth]);
    Ok(evaluate::evaluate(&clustering(outcome, keying), &truth.clustering(keying)?))
}

fn clustering(outcome: &Outcome, keying: Keying) -> evaluate::Clustering {
    let members = outcome.profiles.iter().flat_map(|(a, golden)| golden.members.iter().map(|key| (key, a.profile)));
    members.map(|(key, profile)| (keying.key(&key.source.0, &key.record_id), profile.to_string())).collect()
}

fn summary(args: &Cleanse, report: &Report, figures: Option<&Evaluation>) -> Result<String> {
    if args.json {
        let value = serde_json::json!({ "report": report, "evaluation": figures });
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
    if let Some(figures) = figures {
        line("against the truth", evaluation_line(&figures.pairwise, "pairwise"));
        line("", evaluation_line(&figures.b_cubed, "B-cubed"));
    }
    line("results", args.out.display().to_string());
    Ok(text)
}

fn evaluation_line(score: &evaluate::Score, name: &str) -> String {
    format!("{name} precision {:.4}, recall {:.4}, F1 {:.4}", score.precision, score.recall, score.f1)
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
