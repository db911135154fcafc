//! `guiyi evaluate`: how good a clustering is, why wrong pairs are wrong, what other thresholds or decoys say.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::{Decoys, Evaluate, EvaluateCommand, MappingArgs, OptionalMappingArgs};
use super::progress::Bar;
use super::{ExitStatus, cleanse, print};
use crate::bulk::evaluate::compared::Compared;
use crate::bulk::evaluate::decoys::{self, DecoyReport};
use crate::bulk::evaluate::errors::{self, ErrorReport, PairError, Scene, SideReport};
use crate::bulk::evaluate::labels::{self, Keying, Labels};
use crate::bulk::evaluate::tables::{SourcePairRow, by_source_pair};
use crate::bulk::evaluate::thresholds::{self, Thresholds};
use crate::bulk::evaluate::{Clustering, Evaluation, Joint, Score, chart, figures};
use crate::bulk::input::{self, Input};
use crate::bulk::pipeline::{self, Options};
use crate::catalog::rules;
use crate::domain::cluster::judgement::Judgements;
use crate::domain::model::MatchModel;
use crate::error::{Error, Result};

/// Everything that was asked for.
#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    figures: Option<Evaluation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_source_pair: Vec<SourcePairRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<ErrorReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thresholds: Option<Thresholds>,
}

/// Runs the subcommand.
pub fn run(args: &Evaluate) -> Result<ExitStatus> {
    if let Some(EvaluateCommand::Decoys(args)) = &args.command {
        return run_decoys(args);
    }
    let truth = args.truth.as_deref().ok_or_else(|| Error::config("--truth", "name the file with the truth"))?;
    let truth = labels::read(truth)?;
    let clusters = args.clusters.as_deref().map(labels::read).transpose()?;
    let files: Vec<&Labels> = [Some(&truth), clusters.as_ref()].into_iter().flatten().collect();
    let keying = labels::keying(&files);
    let mut sources: BTreeMap<String, String> = truth.sources(keying);
    sources.extend(clusters.iter().flat_map(|clusters| clusters.sources(keying)));
    let truth = truth.clustering(keying)?;
    let clusters = clusters.map(|clusters| clusters.clustering(keying)).transpose()?;
    let joint = clusters.as_ref().map(|clusters| Joint::of(clusters, &truth));
    let mut report = Report {
        figures: joint.as_ref().map(figures),
        by_source_pair: joint.as_ref().map(|joint| by_source_pair(joint, &sources)).unwrap_or_default(),
        errors: None,
        thresholds: None,
    };
    let mut status = ExitStatus::Ok;
    if !args.input.is_empty() {
        let scored = Scored::of(&args.input, &args.mapping, &args.model)?;
        status = scored.status;
        look_closer(args, &scored, keying, &truth, joint.as_ref(), &mut report)?;
    }
    if args.json {
        print_json("evaluation", &report)?;
    } else {
        print(&to_text(&report))?;
    }
    Ok(status)
}

/// What needs the records.
fn look_closer(
    args: &Evaluate,
    scored: &Scored,
    keying: Keying,
    truth: &Clustering,
    joint: Option<&Joint<'_>>,
    report: &mut Report,
) -> Result<()> {
    let (compared, model) = (&scored.compared, &scored.model);
    let position_of = labels::positions(&compared.records, keying)?;
    if let Some(joint) = joint {
        let positions = joint.records.iter().map(|record| position_of.get(*record).copied()).collect();
        let (kinds, pairs) = errors::errors(&Scene { joint, compared, positions, model });
        if let Some(path) = &args.errors {
            write_errors(path, joint, &scored.names(&position_of), &pairs)?;
        }
        report.errors = Some(kinds);
    }
    if args.thresholds || args.chart.is_some() {
        let mut true_cluster: Vec<Option<&str>> = vec![None; compared.records.len()];
        for (record, position) in &position_of {
            if let Some(cell) = true_cluster.get_mut(*position) {
                *cell = truth.get(record).map(String::as_str);
            }
        }
        let table = thresholds::table(compared, truth, &true_cluster, model);
        if let Some(path) = &args.chart {
            std::fs::write(path, chart::svg(&table)).map_err(|error| Error::write(path, error))?;
        }
        report.thresholds = Some(table);
    }
    Ok(())
}

/// Records read, prepared and compared under a model.
pub struct Scored {
    /// The input.
    pub input: Input,
    /// The records and their candidate pairs.
    pub compared: Compared,
    /// The model.
    pub model: MatchModel,
    /// Whether rows were rejected.
    pub status: ExitStatus,
}

impl Scored {
    /// Reads, prepares and compares.
    pub fn of(paths: &[PathBuf], mapping: &OptionalMappingArgs, model: &str) -> Result<Self> {
        let mapping = MappingArgs { source: mapping.source.clone(), mapping: mapping.mapping.clone() };
        let input = input::read(paths, &cleanse::mapping(&mapping)?)?;
        let (policy, judgements, bar) = (rules::load(rules::DEFAULT)?, Judgements::default(), Bar::new());
        let records = pipeline::prepared(&input.records, &bar);
        let model = cleanse::load_model(model, &records, &policy, &judgements, &bar)?;
        let options = Options::new(&model, &policy, &judgements, &bar);
        let compared = Compared::new(records, &options);
        bar.finish();
        let status = rejected(&input);
        Ok(Self { input, compared, model, status })
    }

    /// Source and id of each record by its key.
    fn names<'s>(&'s self, position_of: &'s BTreeMap<String, usize>) -> BTreeMap<&'s str, (&'s str, &'s str)> {
        let name = |(key, position): (&'s String, &usize)| {
            let record = self.compared.records.get(*position)?;
            Some((key.as_str(), (record.key.source.0.as_str(), record.key.record_id.as_str())))
        };
        position_of.iter().filter_map(name).collect()
    }
}

/// Says how many rows could not be used.
fn rejected(input: &Input) -> ExitStatus {
    if input.rejects.is_empty() {
        return ExitStatus::Ok;
    }
    eprintln!("guiyi: {} rows of the input were rejected; `guiyi cleanse` lists them", input.rejects.len());
    ExitStatus::RejectedRows
}

fn run_decoys(args: &Decoys) -> Result<ExitStatus> {
    let input = input::read(&args.input.input, &cleanse::mapping(&args.input.mapping)?)?;
    let (policy, judgements, bar) = (rules::load(rules::DEFAULT)?, Judgements::default(), Bar::new());
    let records = pipeline::prepared(&input.records, &bar);
    let model = cleanse::load_model(&args.model, &records, &policy, &judgements, &bar)?;
    let options = Options::new(&model, &policy, &judgements, &bar);
    let report = decoys::estimate(&input.records, records, &options, args.share);
    bar.finish();
    if args.json {
        print_json("decoys", &report)?;
    } else {
        print(&decoys_text(&report))?;
    }
    Ok(rejected(&input))
}

fn print_json(what: &str, value: &impl Serialize) -> Result<()> {
    let json = serde_json::to_string(value).map_err(|error| Error::config(what, error.to_string()))?;
    print(&format!("{json}\n"))
}

fn decoys_text(report: &DecoyReport) -> String {
    let mut text = String::new();
    let mut line = |label: &str, value: String| {
        let _ = writeln!(text, "{label:<22}{value}");
    };
    line("model", report.model.clone());
    line("records", format!("{}, {} pairs put together", report.records, report.found_pairs));
    line(
        "decoys",
        format!(
            "{} offered, {} reached the link threshold, {} joined a profile",
            report.decoys, report.decoys_linked, report.decoys_joined
        ),
    );
    match (report.false_discovery_rate, report.interval_95, report.false_pairs_expected) {
        (Some(rate), Some([low, high]), Some(pairs)) => {
            line(
                "false discovery rate",
                format!("{:.2} % (95 %: {:.2} to {:.2} %)", 100.0 * rate, 100.0 * low, 100.0 * high),
            );
            line("wrong pairs expected", format!("{pairs:.1}"));
        }
        _ => line("false discovery rate", "unknown: no pair was put together, or there is no decoy".to_owned()),
    }
    line("note", report.note.to_owned());
    text
}

fn write_errors(
    path: &Path,
    joint: &Joint<'_>,
    names: &BTreeMap<&str, (&str, &str)>,
    pairs: &[PairError],
) -> Result<()> {
    let failed = |error: csv::Error| Error::write(path, error.into());
    let mut writer = csv::Writer::from_path(path).map_err(failed)?;
    let header = [
        "side",
        "kind",
        "left_source",
        "left_record_id",
        "right_source",
        "right_record_id",
        "weight_bits",
        "shared_rules",
        "rules_without_agreement",
        "decisive_level",
        "decisive_bits",
    ];
    writer.write_record(header).map_err(failed)?;
    for pair in pairs {
        let [left, right] = pair.records.map(|record| {
            let key = joint.records.get(record as usize).copied().unwrap_or_default();
            names.get(key).copied().unwrap_or(("", key))
        });
        let bits = if pair.decisive.is_empty() { String::new() } else { pair.decisive_weight.to_string() };
        writer
            .write_record([
                pair.side.code(),
                pair.kind.code(),
                left.0,
                left.1,
                right.0,
                right.1,
                &pair.weight.map(|weight| weight.to_string()).unwrap_or_default(),
                &pair.shared_rules.join(" "),
                &pair.disagreeing_rules.join(" "),
                &pair.decisive,
                &bits,
            ])
            .map_err(failed)?;
    }
    writer.flush().map_err(|error| Error::write(path, error))
}

fn to_text(report: &Report) -> String {
    let mut text = String::new();
    if let Some(figures) = &report.figures {
        figures_text(&mut text, figures);
    }
    if !report.by_source_pair.is_empty() {
        let _ = writeln!(text, "\n{:<30}{:>10}{:>10}{:>10}{}", "by pair of sources", "true", "found", "correct", HEADS);
        for row in &report.by_source_pair {
            let [a, b] = &row.sources;
            let name = |source: &str| if source.is_empty() { "?".to_owned() } else { source.to_owned() };
            let names = format!("{} · {}", name(a), name(b));
            let counts = [row.true_pairs, row.found_pairs, row.correct_pairs].map(|n| format!("{n:>10}")).concat();
            let _ = writeln!(text, "{names:<30}{counts}{}", columns(&row.pairwise));
        }
    }
    if let Some(errors) = &report.errors {
        let _ = writeln!(text, "\nerrors, as {} explains them", errors.model);
        side_text(&mut text, "missed pairs", &errors.false_negatives);
        side_text(&mut text, "wrong pairs", &errors.false_positives);
    }
    if let Some(thresholds) = &report.thresholds {
        thresholds_text(&mut text, thresholds);
    }
    text.trim_start_matches('\n').to_owned()
}

const HEADS: &str = "   precision   recall       F1";

fn columns(score: &Score) -> String {
    format!("{:>12.4}{:>9.4}{:>9.4}", score.precision, score.recall, score.f1)
}

fn figures_text(text: &mut String, figures: &Evaluation) {
    let scores =
        [("pairwise", &figures.pairwise), ("B-cubed", &figures.b_cubed), ("cluster-level", &figures.cluster_level)];
    for (name, s) in scores {
        let _ = writeln!(text, "{name:<16}precision {:.4}  recall {:.4}  F1 {:.4}", s.precision, s.recall, s.f1);
    }
    let _ = writeln!(
        text,
        "{:<16}{} true, {} found, {} exactly right\n{:<16}{} true, {} found, {} correct\n{:<16}{} in the truth, {} not clustered",
        "clusters",
        figures.true_clusters,
        figures.found_clusters,
        figures.exact_clusters,
        "pairs",
        figures.true_pairs,
        figures.found_pairs,
        figures.correct_pairs,
        "records",
        figures.records,
        figures.records_missing,
    );
    let heads = ["clusters", "exact", "pairs", "wrong"].map(|head| format!("{head:>10}")).concat();
    let _ = writeln!(text, "\n{:<30}{heads}{HEADS}", "by size of the true cluster");
    for row in &figures.by_size {
        let counts = [row.clusters, row.exact_clusters, row.true_pairs].map(|n| format!("{n:>10}")).concat();
        let scores = row.pairwise.as_ref().map(columns).unwrap_or_default();
        let _ = writeln!(text, "{:<30}{counts}{:>10.1}{scores}", row.size, row.wrong_pairs);
    }
}

fn side_text(text: &mut String, name: &str, side: &SideReport) {
    let sample =
        if side.sampled < side.pairs { format!(", {} of them looked at", side.sampled) } else { String::new() };
    let _ = writeln!(text, "{name:<16}{}{sample}", side.pairs);
    for kind in &side.kinds {
        let named = |counts: &[errors::Count]| {
            counts.iter().map(|count| format!("{} {}", count.name, count.pairs)).collect::<Vec<_>>().join(", ")
        };
        let above = match kind.sampled_above_link {
            0 => String::new(),
            above => format!(" ({above} above the link threshold)"),
        };
        let _ = writeln!(text, "  {:<28}{}{above}", kind.kind, kind.pairs);
        for (what, counts) in [("levels", &kind.levels), ("rules", &kind.rules)] {
            if !counts.is_empty() {
                let _ = writeln!(text, "    {what:<8}{}", named(counts));
            }
        }
    }
}

fn thresholds_text(text: &mut String, thresholds: &Thresholds) {
    let _ = writeln!(
        text,
        "\nthresholds of {}: {} of {} true pairs are candidates; pairs before clustering",
        thresholds.model, thresholds.candidate_true_pairs, thresholds.true_pairs
    );
    let _ = writeln!(text, "{:>6}{:>12}{:>12}{}", "bits", "pairs", "correct", HEADS);
    for row in &thresholds.rows {
        let best = if thresholds.best_bits == Some(row.bits) { "  best F1" } else { "" };
        let link = if thresholds.link_bits == f64::from(row.bits) { "  link" } else { "" };
        let _ = writeln!(
            text,
            "{:>+6}{:>12}{:>12}{}{best}{link}",
            row.bits,
            row.found_pairs,
            row.correct_pairs,
            columns(&row.pairwise)
        );
    }
}
