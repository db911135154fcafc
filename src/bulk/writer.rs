//! Results of a run as files. CSV is UTF-8 without a byte order mark, quoted where needed.
//!
//! Rows are made in pieces, on any thread, and put together in order.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::change::Change;
use super::parquet_file::ParquetFile;
use super::spool::codec;
use super::workbook::Workbook;
use crate::domain::cluster::Edge;
use crate::domain::finding::{Finding, Severity};
use crate::domain::id::{ProfileId, RecordHandle, RecordKey};
use crate::domain::quality::dimension::Dimension;
use crate::domain::quality::evaluate::Violation;
use crate::domain::record::{Attribute, AttributeKind, PreparedRecord};
use crate::domain::relation::ProfileRelation;
use crate::domain::survive::{GoldenAttribute, GoldenProfile};
use crate::domain::text::same;
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
    /// `golden.xlsx`, and every other table of the results as a workbook; `crosswalk.xlsx` beside `crosswalk.csv`.
    Xlsx,
}

/// The tables that are written as CSV, whatever the form of golden profiles.
const TABLES: [&str; 5] = ["crosswalk", "records", "review", "relations", "findings"];

impl GoldenFormat {
    fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
        }
    }

    /// The file of golden profiles.
    pub fn golden_file(self) -> String {
        format!("golden.{}", self.extension())
    }

    /// Brings tables that were written as CSV into this form; the files that the results consist of, by name.
    pub fn tables(self, out: &Path) -> Result<Vec<String>> {
        let mut files: Vec<String> = Vec::with_capacity(TABLES.len() + 1);
        for table in TABLES {
            let csv = format!("{table}.csv");
            // The crosswalk is what later runs read; it is there as CSV always.
            let is_crosswalk = table == "crosswalk";
            let form = match self {
                Self::Xlsx => Some(format!("{table}.xlsx")),
                Self::Parquet if is_crosswalk => Some(format!("{table}.parquet")),
                Self::Csv | Self::Jsonl | Self::Parquet => None,
            };
            if let Some(name) = &form {
                if self == Self::Xlsx {
                    workbook_of(out, &csv, name)?
                } else {
                    parquet_of(out, &csv, name, &CROSSWALK)?
                }
            }
            if form.is_none() || is_crosswalk {
                files.push(csv);
            }
            files.extend(form);
        }
        Ok(files)
    }
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

/// Rows as CSV, in memory.
pub struct Rows(csv::Writer<Vec<u8>>);

impl Default for Rows {
    fn default() -> Self {
        Self(csv::Writer::from_writer(Vec::new()))
    }
}

impl Rows {
    /// Adds a row. Writing to memory does not fail.
    pub fn row<T: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = T>) {
        let _ = self.0.write_record(fields);
    }

    /// The text.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

/// A CSV file being written.
pub struct CsvFile {
    path: PathBuf,
    writer: BufWriter<File>,
    /// Rows that came one by one.
    pending: Rows,
    pending_rows: usize,
}

/// Bytes that are written at once.
const BUFFER_BYTES: usize = 1 << 18;

/// Rows that are put together before they are written.
const PENDING_ROWS_MAX: usize = 256;

impl CsvFile {
    /// Starts a file with these columns.
    pub fn create<T: AsRef<[u8]>>(out: &Path, name: &str, header: &[T]) -> Result<Self> {
        let path = out.join(name);
        let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        let writer = BufWriter::with_capacity(BUFFER_BYTES, file);
        let mut this = Self { writer, path, pending: Rows::default(), pending_rows: 0 };
        this.row(header)?;
        Ok(this)
    }

    /// Adds a row.
    pub fn row<T: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = T>) -> Result<()> {
        self.pending.row(fields);
        self.pending_rows += 1;
        if self.pending_rows >= PENDING_ROWS_MAX { self.write_pending() } else { Ok(()) }
    }

    /// Adds rows that are CSV already.
    pub fn bytes(&mut self, rows: &[u8]) -> Result<()> {
        self.write_pending()?;
        self.writer.write_all(rows).map_err(|error| Error::write(&self.path, error))
    }

    fn write_pending(&mut self) -> Result<()> {
        if self.pending_rows == 0 {
            return Ok(());
        }
        self.pending_rows = 0;
        let rows = std::mem::take(&mut self.pending).into_bytes();
        self.writer.write_all(&rows).map_err(|error| Error::write(&self.path, error))
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<()> {
        self.write_pending()?;
        self.writer.flush().map_err(|error| Error::write(&self.path, error))
    }
}

/// The column of profile ids.
const PROFILE: &str = "profile_id";

/// Columns of `crosswalk.csv`, in the order of the input.
pub const CROSSWALK: [&str; 3] = ["record_id", "source", PROFILE];

/// Copies a CSV file into a workbook of the same columns.
fn workbook_of(out: &Path, csv_name: &str, name: &str) -> Result<()> {
    let path = out.join(csv_name);
    let failed = |error: csv::Error| Error::read(&path, error.into());
    let mut reader = csv::Reader::from_path(&path).map_err(failed)?;
    let header: Vec<String> = reader.headers().map_err(failed)?.iter().map(str::to_owned).collect();
    let mut file = Workbook::create(out, name, &header)?;
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(failed)? {
        file.row(&row)?;
    }
    file.finish()
}

/// Copies a CSV file into a Parquet file of the same columns.
fn parquet_of(out: &Path, csv_name: &str, parquet_name: &str, header: &[&str]) -> Result<()> {
    let path = out.join(csv_name);
    let failed = |error: csv::Error| Error::read(&path, error.into());
    let mut reader = csv::Reader::from_path(&path).map_err(failed)?;
    let mut file = ParquetFile::create(out, parquet_name, header)?;
    for row in reader.records() {
        file.row(row.map_err(failed)?.iter().map(str::to_owned))?;
    }
    file.finish()
}

/// Columns of `records.csv`: those of the input, then the profile. A column of the input that has its name, as that of an earlier run has,
/// keeps its values under another one: no file may have two columns of one name.
pub fn records_header(input: &[String]) -> Vec<String> {
    let is_free = |name: &String| !input.contains(name);
    let numbered = (2..).map(|number| format!("{PROFILE}_before_{number}"));
    let mut names = std::iter::once(format!("{PROFILE}_before")).chain(numbered);
    let mut named = |name: &String| if name == PROFILE { names.find(is_free) } else { None };
    let mut header: Vec<String> = input.iter().map(|name| named(name).unwrap_or_else(|| name.clone())).collect();
    header.push(PROFILE.to_owned());
    header
}

/// A row of `records.csv`: as normalized, unmapped columns untouched, with its profile.
pub fn normalized_row<'a>(
    fields: &[&'a str],
    mapped: &BTreeMap<usize, (AttributeKind, String)>,
    record: &'a PreparedRecord,
    profile: &str,
    rows: &mut Rows,
) {
    let cell = |(position, raw): (usize, &&'a str)| match mapped.get(&position) {
        Some((kind, label)) => normalized(record, *kind, label, raw),
        None => Cow::Borrowed(*raw),
    };
    let cells: Vec<Cow<'_, str>> = fields.iter().enumerate().map(cell).collect();
    rows.row(cells.iter().map(|cell| cell.as_bytes()).chain(std::iter::once(profile.as_bytes())));
}

/// The normal form of one cell. A cell that is only a part of a name or address stays as it came.
fn normalized<'a>(record: &'a PreparedRecord, kind: AttributeKind, label: &str, raw: &'a str) -> Cow<'a, str> {
    let mut same = record.attributes.iter().filter(|a| a.kind == kind && same(&a.label, label) && same(&a.raw, raw));
    let Some(first) = same.next() else { return Cow::Borrowed(raw) };
    let mut normal = Cow::Borrowed(first.normal.as_str());
    for another in same {
        normal = Cow::Owned(format!("{normal}; {}", another.normal));
    }
    normal
}

fn slot_name(attribute: &GoldenAttribute) -> String {
    column_name(attribute.kind.code(), &attribute.qualifier, false)
}

/// The column of golden profiles in which a slot's first value stands, or its `others`.
pub fn column_name(kind: &str, qualifier: &str, others: bool) -> String {
    let colon = if qualifier.is_empty() { "" } else { ":" };
    format!("{kind}{colon}{qualifier}{}", if others { OTHERS } else { "" })
}

/// Ends the name of a column of further values.
const OTHERS: &str = "_others";

/// Stands between further values.
const BETWEEN: &str = "; ";

/// Adds a value to what a column of golden profiles has.
pub fn append_value(field: &mut String, value: &str) {
    if !field.is_empty() {
        field.push_str(BETWEEN);
    }
    field.push_str(value);
}

/// The columns of golden profiles: each slot with its name, and whether there is one for its further values, where any
/// profile has some.
#[derive(Clone, Debug, Default)]
pub struct Slots(BTreeMap<(AttributeKind, String), (String, bool)>);

impl Slots {
    /// Counts a profile's slots in.
    pub fn add(&mut self, golden: &GoldenProfile) {
        for attribute in &golden.attributes {
            let name = slot_name(attribute);
            let several = attribute.rank > 0;
            match self.0.get_mut(&(attribute.kind, name.clone())) {
                Some(slot) => slot.1 |= several,
                None => {
                    let others = format!("{name}{OTHERS}");
                    self.0.insert((attribute.kind, name), (others, several));
                }
            }
        }
    }

    /// Adds the slots of other profiles.
    pub fn merge(&mut self, other: Self) {
        for (slot, (others, several)) in other.0 {
            self.0.entry(slot).or_insert((others, false)).1 |= several;
        }
    }

    fn header(&self) -> Vec<&str> {
        let mut header = vec!["profile_id", "record_count", "sources", "last_observed"];
        for ((_, slot), (others, several)) in &self.0 {
            header.push(slot);
            header.extend(several.then_some(others.as_str()));
        }
        header
    }

    /// A row of the packed profile.
    fn row(&self, packed: &mut &[u8]) -> Option<Vec<String>> {
        let mut row = Vec::with_capacity(4 + self.0.len());
        for _ in 0..4 {
            row.push(codec::take_text(packed)?);
        }
        let count = codec::take_number(packed)?;
        let mut values: Vec<(&str, &str, u64, &str)> = Vec::with_capacity(count.min(64) as usize);
        for _ in 0..count {
            let (kind, name) = (codec::take_str(packed)?, codec::take_str(packed)?);
            values.push((kind, name, codec::take_number(packed)?, codec::take_str(packed)?));
        }
        for ((kind, slot), (_, several)) in &self.0 {
            let of_slot = || values.iter().filter(|(k, name, ..)| *k == kind.code() && name == slot);
            let first = of_slot().find(|(_, _, rank, _)| *rank == 0);
            row.push(first.map_or("", |(_, _, _, value)| value).to_owned());
            if *several {
                let others: Vec<&str> =
                    of_slot().filter(|(_, _, rank, _)| *rank > 0).map(|(_, _, _, value)| *value).collect();
                row.push(others.join(BETWEEN));
            }
        }
        Some(row)
    }
}

/// Packs what a row of golden profiles shows; the columns are known after the last profile only.
pub fn pack_golden(profile: ProfileId, golden: &GoldenProfile, out: &mut Vec<u8>) {
    let mut sources: Vec<&str> = golden.members.iter().map(|key| key.source.0.as_str()).collect();
    sources.dedup();
    codec::put_text(&profile.to_string(), out);
    codec::put_text(&golden.members.len().to_string(), out);
    codec::put_text(&sources.join("; "), out);
    codec::put_text(&golden.last_observed.map(|time| time.to_string()).unwrap_or_default(), out);
    codec::put_number(golden.attributes.len() as u64, out);
    for attribute in &golden.attributes {
        codec::put_text(attribute.kind.code(), out);
        codec::put_text(&slot_name(attribute), out);
        codec::put_number(attribute.rank as u64, out);
        codec::put_text(&attribute.value.normal, out);
    }
}

/// `golden.csv`, `golden.parquet` or `golden.xlsx` from packed rows.
pub fn golden_table(
    out: &Path,
    slots: &Slots,
    format: GoldenFormat,
    each: impl FnOnce(&mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()>,
) -> Result<()> {
    let header = slots.header();
    let damaged = || Error::input(out, "the intermediate golden profiles are damaged; run again");
    if format == GoldenFormat::Parquet {
        let mut file = ParquetFile::create(out, "golden.parquet", &header)?;
        each(&mut |packed| file.row(slots.row(&mut &*packed).ok_or_else(damaged)?))?;
        return file.finish();
    }
    if format == GoldenFormat::Xlsx {
        let mut file = Workbook::create(out, "golden.xlsx", &header)?;
        each(&mut |packed| file.row(slots.row(&mut &*packed).ok_or_else(damaged)?))?;
        return file.finish();
    }
    let mut file = CsvFile::create(out, "golden.csv", &header)?;
    each(&mut |packed| file.row(slots.row(&mut &*packed).ok_or_else(damaged)?))?;
    file.finish()
}

/// A line of `golden.jsonl`.
pub fn golden_line(profile: ProfileId, golden: &GoldenProfile, out: &mut Vec<u8>) {
    let members: Vec<String> = golden.members.iter().map(|key| key.to_string()).collect();
    let attributes: Vec<serde_json::Value> = golden.attributes.iter().map(attribute_json).collect();
    let line = serde_json::json!({
        "profile_id": profile.to_string(),
        "members": members,
        "last_observed": golden.last_observed.map(|time| time.to_string()),
        "attributes": attributes,
    });
    out.extend_from_slice(line.to_string().as_bytes());
    out.push(b'\n');
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

/// `review.csv`: pairs for clerical review, heaviest first; `known` gives the key and the profile of a record.
pub fn review(
    out: &Path,
    review: &[Edge],
    known: &dyn Fn(RecordHandle) -> Result<Option<(RecordKey, ProfileId)>>,
) -> Result<()> {
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
    for edge in review {
        let (Some((a, left)), Some((b, right))) = (known(edge.pair.low())?, known(edge.pair.high())?) else { continue };
        file.row([
            a.record_id.as_str(),
            &a.source.0,
            &left.to_string(),
            &b.record_id,
            &b.source.0,
            &right.to_string(),
            &edge.weight.to_string(),
        ])?;
    }
    file.finish()
}

/// Columns of `findings.csv`: what is wrong with which value, why, and what it should be; findings of record rules name the rule.
pub const FINDINGS: [&str; 17] = [
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

/// The findings of one record and the rules that it breaks.
pub fn finding_rows(record: &PreparedRecord, violations: &[Violation<'_>], rows: &mut Rows) {
    for (index, attribute) in record.attributes.iter().enumerate() {
        for finding in &attribute.findings {
            let said = Said { severity: finding.defect.severity(), dimension: Dimension::of(finding.defect), rule: "" };
            finding_row(rows, record, Some(attribute), finding, &said);
        }
        for broken in violations.iter().filter(|broken| broken.attribute == Some(index)) {
            finding_row(rows, record, Some(attribute), &broken.finding, &Said::of(broken));
        }
    }
    for broken in violations.iter().filter(|broken| broken.attribute.is_none()) {
        finding_row(rows, record, None, &broken.finding, &Said::of(broken));
    }
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
    rows: &mut Rows,
    record: &PreparedRecord,
    attribute: Option<&Attribute>,
    finding: &Finding,
    said: &Said<'_>,
) {
    let suggestion = finding.suggestion();
    let others: Vec<&str> = finding.suggestions.iter().skip(1).map(|other| other.value.as_str()).collect();
    rows.row([
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
    ]);
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

/// `changes.csv`: each profile of the run before that would be split, merged or gone, with the profiles that its records would be in.
pub fn changes(out: &Path, change: &Change) -> Result<()> {
    let mut file = CsvFile::create(out, "changes.csv", &["profile_id", "change", "records", "new_profile_ids"])?;
    for profile in &change.profiles {
        let into: Vec<String> = profile.into.iter().map(ProfileId::to_string).collect();
        let records = profile.records.to_string();
        file.row([profile.before.to_string().as_str(), profile.kind.code(), &records, &into.join("; ")])?;
    }
    file.finish()
}
