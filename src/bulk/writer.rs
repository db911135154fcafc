//! The files of a run: crosswalk, golden profiles, pairs for review, relations, findings, records as normalized, rejects; of a
//! run that was stopped, what would have changed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::change::Change;
use super::parquet_file::ParquetFile;
use super::pipeline::Outcome;
use super::quality::Assessment;
use super::reader::Reject;
use crate::domain::finding::{Finding, Severity};
use crate::domain::id::{ProfileId, RecordHandle};
use crate::domain::quality::dimension::Dimension;
use crate::domain::quality::evaluate::Violation;
use crate::domain::record::{Attribute, AttributeKind, PreparedRecord, RawRecord};
use crate::domain::relation::ProfileRelation;
use crate::domain::survive::{GoldenAttribute, GoldenProfile};
use crate::error::{Error, Result};

/// The form of `golden`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GoldenFormat {
    /// `golden.csv`: one row a profile, one column a slot.
    #[default]
    Csv,
    /// `golden.jsonl`: one object a profile, with the lineage of each value.
    Jsonl,
    /// `golden.parquet`: as CSV, in columns; `crosswalk.parquet` beside `crosswalk.csv`.
    Parquet,
}

/// Rows as they came in, kept so that unmapped columns can be carried through.
pub struct InputRows {
    /// Column names.
    pub header: Vec<String>,
    /// The attribute kind and label of each mapped column.
    pub mapped: BTreeMap<usize, (AttributeKind, String)>,
    /// Each record's fields, by handle.
    pub rows: Vec<(RecordHandle, Vec<String>)>,
}

/// A CSV file being written.
struct CsvFile {
    path: PathBuf,
    writer: csv::Writer<BufWriter<File>>,
}

impl CsvFile {
    fn create(out: &Path, name: &str, header: &[&str]) -> Result<Self> {
        let path = out.join(name);
        let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        let mut this = Self { writer: csv::Writer::from_writer(BufWriter::new(file)), path };
        this.row(header)?;
        Ok(this)
    }

    fn row<T: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = T>) -> Result<()> {
        self.writer.write_record(fields).map_err(|error| Error::write(&self.path, error.into()))
    }

    fn finish(mut self) -> Result<()> {
        self.writer.flush().map_err(|error| Error::write(&self.path, error))
    }
}

/// Profile of each record.
pub fn profile_by_record(outcome: &Outcome) -> BTreeMap<RecordHandle, ProfileId> {
    let pairs = outcome.profiles.iter().flat_map(|(a, _)| a.members.iter().map(|member| (*member, a.profile)));
    pairs.collect()
}

/// `crosswalk.csv`: record_id, source, profile_id, in the order of the input; `crosswalk.parquet` where that is wanted.
pub fn crosswalk(
    out: &Path,
    input: &[RawRecord],
    profiles: &BTreeMap<RecordHandle, ProfileId>,
    format: GoldenFormat,
) -> Result<()> {
    let header = ["record_id", "source", "profile_id"];
    let rows = || {
        input.iter().filter_map(|record| {
            let profile = profiles.get(&record.key.handle())?.to_string();
            Some([record.key.record_id.clone(), record.key.source.0.clone(), profile])
        })
    };
    let mut file = CsvFile::create(out, "crosswalk.csv", &header)?;
    for row in rows() {
        file.row(row)?;
    }
    file.finish()?;
    if format == GoldenFormat::Parquet {
        let mut file = ParquetFile::create(out, "crosswalk.parquet", &header)?;
        for row in rows() {
            file.row(row)?;
        }
        file.finish()?;
    }
    Ok(())
}

/// `records.csv`: every row as normalized, unmapped columns untouched, with its profile.
pub fn records(
    out: &Path,
    input: &InputRows,
    outcome: &Outcome,
    profiles: &BTreeMap<RecordHandle, ProfileId>,
) -> Result<()> {
    let mut header: Vec<&str> = input.header.iter().map(String::as_str).collect();
    header.push("profile_id");
    let mut file = CsvFile::create(out, "records.csv", &header)?;
    for (handle, fields) in &input.rows {
        let (Some(record), Some(profile)) = (outcome.record(*handle), profiles.get(handle)) else { continue };
        let mut row: Vec<String> = Vec::with_capacity(fields.len() + 1);
        for (position, raw) in fields.iter().enumerate() {
            row.push(match input.mapped.get(&position) {
                Some((kind, label)) => normalized(record, *kind, label, raw),
                None => raw.clone(),
            });
        }
        row.push(profile.to_string());
        file.row(&row)?;
    }
    file.finish()
}

/// The normal form of one cell. A cell that is only a part of a name or address stays as it came.
fn normalized(record: &PreparedRecord, kind: AttributeKind, label: &str, raw: &str) -> String {
    let same = |a: &&Attribute| a.kind == kind && a.label == label && a.raw == raw;
    let mut values = record.attributes.iter().filter(same).peekable();
    if values.peek().is_none() {
        return raw.to_owned();
    }
    let normal: Vec<&str> = values.map(|attribute| attribute.normal.as_str()).collect();
    normal.join("; ")
}

/// `golden.csv`, `golden.jsonl` or `golden.parquet`.
pub fn golden(out: &Path, outcome: &Outcome, format: GoldenFormat) -> Result<()> {
    match format {
        GoldenFormat::Csv => golden_csv(out, outcome),
        GoldenFormat::Jsonl => golden_jsonl(out, outcome),
        GoldenFormat::Parquet => golden_parquet(out, outcome),
    }
}

fn slot_name(attribute: &GoldenAttribute) -> String {
    let kind = attribute.kind.code();
    if attribute.qualifier.is_empty() { kind.to_owned() } else { format!("{kind}:{}", attribute.qualifier) }
}

fn golden_csv(out: &Path, outcome: &Outcome) -> Result<()> {
    let slots = Slots::of(outcome);
    let mut file = CsvFile::create(out, "golden.csv", &slots.header())?;
    for (assignment, golden) in &outcome.profiles {
        file.row(slots.row(assignment.profile, golden))?;
    }
    file.finish()
}

fn golden_parquet(out: &Path, outcome: &Outcome) -> Result<()> {
    let slots = Slots::of(outcome);
    let mut file = ParquetFile::create(out, "golden.parquet", &slots.header())?;
    for (assignment, golden) in &outcome.profiles {
        file.row(slots.row(assignment.profile, golden))?;
    }
    file.finish()
}

/// A slot's column, with its name, and whether there is one for its further values, where any profile has some.
struct Slots(BTreeMap<(AttributeKind, String), (String, bool)>);

impl Slots {
    fn of(outcome: &Outcome) -> Self {
        let mut slots = BTreeMap::new();
        for attribute in outcome.profiles.iter().flat_map(|(_, golden)| &golden.attributes) {
            let name = slot_name(attribute);
            let slot = slots.entry((attribute.kind, name.clone()));
            slot.or_insert_with(|| (format!("{name}_others"), false)).1 |= attribute.rank > 0;
        }
        Self(slots)
    }

    fn header(&self) -> Vec<&str> {
        let mut header = vec!["profile_id", "record_count", "sources", "last_observed"];
        for ((_, slot), (others, several)) in &self.0 {
            header.push(slot);
            header.extend(several.then_some(others.as_str()));
        }
        header
    }

    fn row(&self, profile: ProfileId, golden: &GoldenProfile) -> Vec<String> {
        let mut sources: Vec<&str> = golden.members.iter().map(|key| key.source.0.as_str()).collect();
        sources.dedup();
        let mut row = vec![
            profile.to_string(),
            golden.members.len().to_string(),
            sources.join("; "),
            golden.last_observed.map(|time| time.to_string()).unwrap_or_default(),
        ];
        for ((_, slot), (_, several)) in &self.0 {
            let values = || golden.attributes.iter().filter(|attribute| slot_name(attribute) == *slot);
            row.push(values().find(|a| a.rank == 0).map(|a| a.value.normal.clone()).unwrap_or_default());
            if *several {
                let others: Vec<&str> = values().filter(|a| a.rank > 0).map(|a| a.value.normal.as_str()).collect();
                row.push(others.join("; "));
            }
        }
        row
    }
}

fn golden_jsonl(out: &Path, outcome: &Outcome) -> Result<()> {
    let path = out.join("golden.jsonl");
    let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
    let mut writer = BufWriter::new(file);
    for (assignment, golden) in &outcome.profiles {
        let members: Vec<String> = golden.members.iter().map(|key| key.to_string()).collect();
        let attributes: Vec<serde_json::Value> = golden.attributes.iter().map(attribute_json).collect();
        let line = serde_json::json!({
            "profile_id": assignment.profile.to_string(),
            "members": members,
            "last_observed": golden.last_observed.map(|time| time.to_string()),
            "attributes": attributes,
        });
        writeln!(writer, "{line}").map_err(|error| Error::write(&path, error))?;
    }
    writer.flush().map_err(|error| Error::write(&path, error))
}

fn attribute_json(attribute: &GoldenAttribute) -> serde_json::Value {
    serde_json::json!({
        "kind": attribute.kind.code(),
        "qualifier": attribute.qualifier,
        "rank": attribute.rank,
        "value": attribute.value.normal,
        "raw": attribute.value.raw,
        "validity": attribute.value.validity.code(),
        "record": attribute.value.record.to_string(),
        "observed_time": attribute.value.observed_time.map(|time| time.to_string()),
        "record_count": attribute.value.record_count,
        "rule": attribute.rule,
    })
}

/// `review.csv`: pairs for clerical review, heaviest first.
pub fn review(out: &Path, outcome: &Outcome, profiles: &BTreeMap<RecordHandle, ProfileId>) -> Result<()> {
    let header = [
        "left_record_id",
        "left_source",
        "left_profile_id",
        "right_record_id",
        "right_source",
        "right_profile_id",
        "weight_bits",
    ];
    let mut file = CsvFile::create(out, "review.csv", &header)?;
    for edge in &outcome.review {
        let (left, right) = (edge.pair.low(), edge.pair.high());
        let (Some(a), Some(b)) = (outcome.record(left), outcome.record(right)) else { continue };
        let profile = |handle| profiles.get(&handle).map(|profile: &ProfileId| profile.to_string()).unwrap_or_default();
        file.row([
            a.key.record_id.as_str(),
            &a.key.source.0,
            &profile(left),
            &b.key.record_id,
            &b.key.source.0,
            &profile(right),
            &edge.weight.to_string(),
        ])?;
    }
    file.finish()
}

/// `findings.csv`: what is wrong with which value, why, and what it should be; findings of record rules name the rule.
pub fn findings(out: &Path, input: &[RawRecord], outcome: &Outcome, assessment: &Assessment<'_>) -> Result<()> {
    let header = [
        "record_id",
        "source",
        "kind",
        "label",
        "raw",
        "normal",
        "validity",
        "code",
        "severity",
        "message_zh",
        "message_en",
        "suggestion",
        "reason_zh",
        "reason_en",
        "other_suggestions",
        "dimension",
        "rule",
    ];
    let mut file = CsvFile::create(out, "findings.csv", &header)?;
    for position in input.iter().filter_map(|raw| outcome.position(raw.key.handle())) {
        let Some(record) = outcome.records.get(position) else { continue };
        for (index, attribute) in record.attributes.iter().enumerate() {
            for finding in &attribute.findings {
                let said =
                    Said { severity: finding.defect.severity(), dimension: Dimension::of(finding.defect), rule: "" };
                finding_row(&mut file, record, Some(attribute), finding, &said)?;
            }
            for broken in assessment.violations.get(position).into_iter().flatten() {
                if broken.attribute == Some(index) {
                    finding_row(&mut file, record, Some(attribute), &broken.finding, &Said::of(broken))?;
                }
            }
        }
        for broken in assessment.violations.get(position).into_iter().flatten() {
            if broken.attribute.is_none() {
                finding_row(&mut file, record, None, &broken.finding, &Said::of(broken))?;
            }
        }
    }
    file.finish()
}

/// How much a finding matters, to what, and which rule says so.
struct Said<'a> {
    severity: Severity,
    dimension: Dimension,
    rule: &'a str,
}

impl<'a> Said<'a> {
    fn of(broken: &'a Violation<'_>) -> Self {
        Self { severity: broken.rule.severity, dimension: broken.rule.dimension, rule: &broken.rule.id }
    }
}

fn finding_row(
    file: &mut CsvFile,
    record: &PreparedRecord,
    attribute: Option<&Attribute>,
    finding: &Finding,
    said: &Said<'_>,
) -> Result<()> {
    let suggestion = finding.suggestion();
    let others: Vec<&str> = finding.suggestions.iter().skip(1).map(|other| other.value.as_str()).collect();
    file.row([
        record.key.record_id.as_str(),
        &record.key.source.0,
        attribute.map_or("", |a| a.kind.code()),
        attribute.map_or("", |a| a.label.as_str()),
        attribute.map_or("", |a| a.raw.as_str()),
        attribute.map_or("", |a| a.normal.as_str()),
        attribute.map_or("", |a| a.validity.code()),
        finding.defect.code(),
        said.severity.code(),
        &finding.message_zh(),
        &finding.message_en(),
        suggestion.map_or("", |s| s.value.as_str()),
        suggestion.map_or("", |s| &*s.reason_zh),
        suggestion.map_or("", |s| &*s.reason_en),
        &others.join("; "),
        said.dimension.code(),
        said.rule,
    ])
}

/// `relations.csv`: profiles that belong together without being one customer, and what they share.
pub fn relations(out: &Path, relations: &[ProfileRelation]) -> Result<()> {
    let mut file = CsvFile::create(out, "relations.csv", &["profile_id_a", "profile_id_b", "relation", "because"])?;
    for relation in relations {
        let (a, b) = (relation.from.to_string(), relation.to.to_string());
        file.row([a.as_str(), &b, relation.kind.code(), &relation.because.join("; ")])?;
    }
    file.finish()
}

/// `changes.csv`: each profile of the run before that would be split or merged, with the profiles that its records would be in.
pub fn changes(out: &Path, change: &Change) -> Result<()> {
    let mut file = CsvFile::create(out, "changes.csv", &["profile_id", "change", "records", "new_profile_ids"])?;
    for profile in &change.profiles {
        let into: Vec<String> = profile.into.iter().map(ProfileId::to_string).collect();
        let records = profile.records.to_string();
        file.row([profile.before.to_string().as_str(), profile.kind.code(), &records, &into.join("; ")])?;
    }
    file.finish()
}

/// `rejects.csv`: rows that could not be used, with everything they held.
pub fn rejects(out: &Path, rejects: &[Reject]) -> Result<()> {
    let mut file = CsvFile::create(out, "rejects.csv", &["file", "line", "reason", "row"])?;
    for reject in rejects {
        let name = reject.file.display().to_string();
        file.row([name.as_str(), &reject.line.to_string(), &reject.reason, &reject.row])?;
    }
    file.finish()
}
