//! Source mappings as TOML: which column of a file is what. Rows become raw records here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use smallvec::smallvec;
use smol_str::SmolStr;

use super::{BuiltIn, find};
use crate::domain::date::DateOrder;
use crate::domain::formats;
use crate::domain::formats::general::country;
use crate::domain::hash::stable_hash;
use crate::domain::id::RecordKey;
use crate::domain::normalize::date::moment_observed;
use crate::domain::record::{AttributeKind, Part, RawAttribute, RawRecord};
use crate::error::{Error, Result, did_you_mean};

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        &[$(BuiltIn { name: $name, text: include_str!(concat!("../../sources/", $name, ".toml")) }),*]
    };
}

/// The mappings that are built in.
pub const BUILT_IN: &[BuiltIn] = built_in![
    "sample",
    "company_name_pairs",
    "febrl",
    "nomenklatura_name_bench",
    "pseudopeople",
    "senzing",
    "senzing_truthset",
    "splink_fake_1000",
    "splink_historical_50k",
    "zh_customers",
];

/// Columns that are taken for the record id when the mapping names none.
const DEFAULT_RECORD_ID: [&str; 2] = ["record_id", "id"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    record_id: Option<Names>,
    source: Option<SourceFile>,
    observed_time: Option<Names>,
    owner: Option<Names>,
    /// The encoding of text files that is not found out by itself.
    encoding: Option<String>,
    /// Columns are named as Senzing names attributes: usage before, number behind, each may be missing.
    #[serde(default)]
    senzing_names: bool,
    #[serde(default)]
    column: Vec<ColumnFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    column: Option<Names>,
    name: Option<String>,
    files: Option<BTreeMap<String, String>>,
}

/// What a column is called: by all files, or by some one way and by others another.
#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

impl Names {
    /// The first name, under which the column goes everywhere; the others are kept beside.
    fn first(self, origin: &str, others: &mut Vec<(String, Vec<String>)>) -> Result<String> {
        match self {
            Self::One(name) => Ok(name),
            Self::Several(names) => {
                let mut names = names.into_iter();
                let first = names.next().ok_or_else(|| Error::config(origin, "a column needs a name"))?;
                others.push((first.clone(), names.collect()));
                Ok(first)
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    name: Names,
    /// A file that has no such column has no values there.
    #[serde(default)]
    optional: bool,
    kind: String,
    #[serde(default)]
    label: String,
    country: Option<String>,
    part: Option<String>,
    format: Option<FormatFile>,
    order: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum FormatFile {
    Code(String),
    Column { column: String },
}

/// Which column of a file is what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    origin: String,
    record_id: Option<String>,
    source: SourceOf,
    observed_time: Option<String>,
    owner: Option<String>,
    senzing_names: bool,
    encoding: Option<String>,
    /// The other names of columns, by the first one.
    other_names: Vec<(String, Vec<String>)>,
    /// The mapped columns, in the order of the file.
    pub columns: Vec<ColumnMapping>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum SourceOf {
    Column(String),
    Name(String),
    /// By patterns of file names. It stands in [`SOURCE_COLUMN`] of the rows.
    Files(BTreeMap<String, String>),
}

/// The column that rows get whose source is told by the name of their file.
pub const SOURCE_COLUMN: &str = "source";

/// What one column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnMapping {
    /// Header in the file.
    pub name: String,
    /// A file that has no such column has no values there.
    pub optional: bool,
    /// Attribute kind.
    pub kind: AttributeKind,
    /// Tells several attributes of one kind apart.
    pub label: SmolStr,
    /// Default region.
    pub country: Option<SmolStr>,
    /// Part of a name or address.
    pub part: Part,
    /// Document format.
    pub format: Option<FormatOf>,
    /// Day–month order; otherwise decided from the data.
    pub order: Option<DateOrder>,
}

/// What a column is used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnUse {
    /// `record_id`, `source`, `observed_time`, `owner` or `format`.
    Role(&'static str),
    /// A value, or a part of one.
    Attribute {
        /// What it is about.
        kind: AttributeKind,
        /// Tells several of one kind apart.
        label: String,
        /// Which part.
        part: Part,
    },
}

/// Where a document's format stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatOf {
    /// The same for the whole column.
    Code(SmolStr),
    /// In another column of the row.
    Column(String),
}

/// Loads a built-in mapping by its name.
pub fn load_built_in(name: &str) -> Result<Mapping> {
    parse(name, find("source", name, BUILT_IN)?.text)
}

/// Loads a mapping file.
pub fn load_file(path: &Path) -> Result<Mapping> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::read(path, error))?;
    parse(&path.display().to_string(), &text)
}

/// Reads a mapping; `origin` names it in errors.
pub fn parse(origin: &str, text: &str) -> Result<Mapping> {
    let file: MappingFile = toml::from_str(text).map_err(|error| Error::config(origin, error.to_string()))?;
    let mut other_names = Vec::new();
    let mut first = |names: Names| names.first(origin, &mut other_names);
    let source = match file.source {
        None => SourceOf::Name("input".to_owned()),
        Some(SourceFile { column: Some(column), name: None, files: None }) => SourceOf::Column(first(column)?),
        Some(SourceFile { column: None, name: Some(name), files: None }) => SourceOf::Name(name),
        Some(SourceFile { column: None, name: None, files: Some(files) }) => SourceOf::Files(files),
        Some(_) => {
            let message =
                "source must be { column = \"…\" }, { name = \"…\" } or { files = { \"crm*\" = \"crm\", … } }";
            return Err(Error::config(origin, message));
        }
    };
    if file.column.is_empty() {
        return Err(Error::config(origin, "no [[column]] is mapped; add one table for each column to use"));
    }
    let [record_id, observed_time, owner] =
        [file.record_id, file.observed_time, file.owner].map(|names| names.map(&mut first).transpose());
    let mut columns = Vec::with_capacity(file.column.len());
    for column in file.column {
        columns.push(column_mapping(origin, column, &mut other_names)?);
    }
    Ok(Mapping {
        origin: origin.to_owned(),
        record_id: record_id?,
        source,
        observed_time: observed_time?,
        owner: owner?,
        senzing_names: file.senzing_names,
        encoding: file.encoding,
        other_names,
        columns,
    })
}

fn column_mapping(
    origin: &str,
    file: ColumnFile,
    other_names: &mut Vec<(String, Vec<String>)>,
) -> Result<ColumnMapping> {
    let name = file.name.first(origin, other_names)?;
    let wrong = |message: String| Error::config(origin, format!("column \"{name}\": {message}"));
    let unknown = |what: &str, value: &str, hint: String| wrong(format!("no {what} is called \"{value}\"{hint}"));
    let kind = AttributeKind::from_code(&file.kind).ok_or_else(|| {
        let codes = AttributeKind::ALL.iter().map(|kind| kind.code());
        unknown("kind", &file.kind, did_you_mean(&file.kind, codes))
    })?;
    let part = match &file.part {
        None => Part::Full,
        Some(code) => Part::from_code(code)
            .ok_or_else(|| unknown("part", code, did_you_mean(code, Part::ALL.iter().map(|part| part.code()))))?,
    };
    if !part.belongs_to(kind) {
        return Err(wrong(format!("\"{}\" is no part of a {}", part.code(), kind.code())));
    }
    let order = match &file.order {
        None => None,
        Some(code) => {
            let order = DateOrder::from_code(code);
            Some(order.ok_or_else(|| unknown("order", code, "; use ymd, dmy or mdy".to_owned()))?)
        }
    };
    let country = file.country.map(|code| region(&code).ok_or_else(|| wrong(not_a_region(&code)))).transpose()?;
    let format = match file.format {
        None => None,
        Some(FormatFile::Code(code)) => {
            // A format of one's own is compared as it stands; one that is nearly known is misspelt.
            let mut known = formats::all().map(|format| format.code());
            let near = known.find(|known| strsim::damerau_levenshtein(known, &code) <= FORMAT_SLIPS_MAX);
            if let Some(near) = near.filter(|_| formats::by_code(&code).is_none()) {
                return Err(unknown("format", &code, format!("; did you mean \"{near}\"?")));
            }
            Some(FormatOf::Code(code.into()))
        }
        Some(FormatFile::Column { column }) => Some(FormatOf::Column(column)),
    };
    Ok(ColumnMapping { name, optional: file.optional, kind, label: file.label.into(), country, part, format, order })
}

/// Characters by which a format's code may differ from a known one and still be taken for it, misspelt.
const FORMAT_SLIPS_MAX: usize = 2;

/// A default region under its code of two letters.
fn region(code: &str) -> Option<SmolStr> {
    let upper = code.to_ascii_uppercase();
    country::is_known(&upper).then(|| upper.into())
}

fn not_a_region(code: &str) -> String {
    let hint = if code.eq_ignore_ascii_case("uk") { "GB" } else { "CN, TW, US or GB" };
    format!("\"{code}\" is no code of a country; use the two letters of ISO 3166, such as {hint}")
}

/// A mapping bound to the header of one file.
#[derive(Clone, Debug)]
pub struct BoundMapping<'m> {
    mapping: Cow<'m, Mapping>,
    record_id: usize,
    source: Option<usize>,
    observed_time: Option<usize>,
    owner: Option<usize>,
    columns: Vec<usize>,
    formats: Vec<Option<usize>>,
}

/// Day–month orders that the data proved, by (source, position of the column in the mapping).
pub type DateOrders = BTreeMap<(String, usize), DateOrder>;

impl Mapping {
    /// The source of every record, where no column tells.
    pub fn source_name(&self) -> Option<&str> {
        match &self.source {
            SourceOf::Name(name) => Some(name),
            SourceOf::Column(_) | SourceOf::Files(_) => None,
        }
    }

    /// A number for what the mapping says, wherever it came from.
    pub fn fingerprint(&self) -> u64 {
        let anywhere = Self { origin: String::new(), ..self.clone() };
        stable_hash(&[&format!("{anywhere:?}")])
    }

    /// The encoding of text files, where the mapping names one.
    pub fn encoding(&self) -> Option<&str> {
        self.encoding.as_deref()
    }

    /// Where the mapping is from, for errors.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The source of a file where sources are told by file names; nothing where they are told otherwise.
    pub fn source_patterns(&self) -> Option<&BTreeMap<String, String>> {
        match &self.source {
            SourceOf::Files(patterns) => Some(patterns),
            SourceOf::Column(_) | SourceOf::Name(_) => None,
        }
    }

    /// A file's header under the first names of the columns.
    pub fn under_first_names(&self, header: &[String]) -> Vec<String> {
        let mut header = header.to_vec();
        for (first, others) in &self.other_names {
            if header.contains(first) {
                continue;
            }
            if let Some(name) = others.iter().find_map(|other| header.iter().position(|name| name == other)) {
                header[name].clone_from(first);
            }
        }
        header
    }

    /// The columns without which no row of a file can be used, by their first names.
    pub fn needed(&self, header: &[String]) -> Vec<&str> {
        let record_id = match &self.record_id {
            Some(name) => name.as_str(),
            None => {
                DEFAULT_RECORD_ID.into_iter().find(|name| header.iter().any(|column| column == name)).unwrap_or("id")
            }
        };
        let source = match &self.source {
            SourceOf::Column(name) => Some(name.as_str()),
            SourceOf::Name(_) | SourceOf::Files(_) => None,
        };
        source.into_iter().chain([record_id]).collect()
    }

    /// The columns of which some file may have none, by their first names, each with whether all may.
    pub fn wanted(&self) -> Vec<(&str, bool)> {
        let formats = self.columns.iter().filter_map(|column| match &column.format {
            Some(FormatOf::Column(name)) => Some((name.as_str(), column.optional)),
            Some(FormatOf::Code(_)) | None => None,
        });
        let columns = self.columns.iter().map(|column| (column.name.as_str(), column.optional));
        let columns = columns.chain(formats).filter(|_| !self.senzing_names);
        let times = [&self.observed_time, &self.owner].into_iter().flatten().map(|name| (name.as_str(), false));
        columns.chain(times).collect()
    }

    /// Finds the mapped columns in a header; a missing one is an error that suggests the nearest.
    pub fn bind<'m>(&'m self, header: &[String]) -> Result<BoundMapping<'m>> {
        let find = |name: &str| {
            header.iter().position(|column| column == name).ok_or_else(|| {
                let hint = did_you_mean(name, header.iter().map(String::as_str));
                Error::config(&self.origin, format!("the input has no column \"{name}\"{hint}"))
            })
        };
        let record_id = match &self.record_id {
            Some(name) => find(name)?,
            None => match DEFAULT_RECORD_ID.iter().find_map(|name| find(name).ok()) {
                Some(position) => position,
                None => {
                    let message = "name the column that identifies a row: record_id = \"…\"";
                    return Err(Error::config(&self.origin, message));
                }
            },
        };
        let source = match &self.source {
            SourceOf::Column(name) => Some(find(name)?),
            SourceOf::Files(_) => Some(find(SOURCE_COLUMN)?),
            SourceOf::Name(_) => None,
        };
        let mapping = if self.senzing_names { Cow::Owned(self.expanded(header)) } else { Cow::Borrowed(self) };
        if mapping.columns.is_empty() {
            return Err(Error::config(&self.origin, "the input has none of the mapped columns"));
        }
        let optional = |name: &Option<String>| name.as_deref().map(find).transpose();
        let format_column = |column: &ColumnMapping| match &column.format {
            Some(FormatOf::Column(name)) => find(name).map(Some),
            Some(FormatOf::Code(_)) | None => Ok(None),
        };
        Ok(BoundMapping {
            record_id,
            source,
            observed_time: optional(&self.observed_time)?,
            owner: optional(&self.owner)?,
            columns: mapping.columns.iter().map(|column| find(&column.name)).collect::<Result<_>>()?,
            formats: mapping.columns.iter().map(format_column).collect::<Result<_>>()?,
            mapping,
        })
    }

    /// The columns that the header has under Senzing's naming: `HOME_PHONE_NUMBER[2]` is the `PHONE_NUMBER` labelled
    /// `home_2`. The longest mapped name that a header ends with is meant.
    fn expanded(&self, header: &[String]) -> Self {
        let named = header.iter().filter_map(|name| {
            let (plain, number) = match name.strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
                Some((plain, number)) => (plain, number),
                None => (name.as_str(), ""),
            };
            let usage_of = |column: &ColumnMapping| {
                let usage = plain.strip_suffix(column.name.as_str())?;
                if usage.is_empty() { Some(usage) } else { usage.strip_suffix('_') }
            };
            let known = self.columns.iter().enumerate();
            let known = known.filter_map(|(position, column)| Some((position, column, usage_of(column)?)));
            let (position, column, usage) = known.min_by_key(|(_, _, usage)| usage.len())?;
            let labels = [column.label.to_string(), usage.to_ascii_lowercase(), number.to_owned()];
            let labels: Vec<String> = labels.into_iter().filter(|label| !label.is_empty()).collect();
            Some((position, ColumnMapping { name: name.clone(), label: labels.join("_").into(), ..column.clone() }))
        });
        // Parts of one name or address stand together, in the order of the mapping.
        let mut named: Vec<(usize, ColumnMapping)> = named.collect();
        named.sort_by(|(a, x), (b, y)| (a, &x.name).cmp(&(b, &y.name)));
        Self { columns: named.into_iter().map(|(_, column)| column).collect(), ..self.clone() }
    }
}

impl BoundMapping<'_> {
    /// The row's record id; empty when the row has none.
    pub fn record_id<'r>(&self, row: &'r [String]) -> &'r str {
        row.get(self.record_id).map_or("", |id| id.trim())
    }

    /// The row's source; empty when the row has none.
    pub fn source<'r, T: AsRef<str>>(&'r self, row: &'r [T]) -> &'r str {
        match (&self.mapping.source, self.source) {
            (SourceOf::Name(name), _) => name,
            (SourceOf::Column(_) | SourceOf::Files(_), Some(position)) => {
                row.get(position).map_or("", |source| source.as_ref().trim())
            }
            (SourceOf::Column(_) | SourceOf::Files(_), None) => "",
        }
    }

    /// The attribute kind and label of each mapped column, by its position in a row.
    pub fn mapped_columns(&self) -> BTreeMap<usize, (AttributeKind, String)> {
        let columns = self.mapping.columns.iter().zip(&self.columns);
        columns.map(|(column, &index)| (index, (column.kind, column.label.to_string()))).collect()
    }

    /// What becomes of each column that has a use, by its position in a row; one column may have several.
    pub fn uses(&self) -> Vec<(usize, ColumnUse)> {
        let roles = [
            (Some(self.record_id), "record_id"),
            (self.source, "source"),
            (self.observed_time, "observed_time"),
            (self.owner, "owner"),
        ];
        let roles = roles.into_iter().filter_map(|(index, role)| Some((index?, ColumnUse::Role(role))));
        let columns = self.mapping.columns.iter().zip(&self.columns).map(|(column, index)| {
            let (kind, label, part) = (column.kind, column.label.to_string(), column.part);
            (*index, ColumnUse::Attribute { kind, label, part })
        });
        let formats = self.formats.iter().flatten().map(|index| (*index, ColumnUse::Role("format")));
        roles.chain(columns).chain(formats).collect()
    }

    /// Columns of dates whose day–month order must be decided from the data: (position in the mapping, position in a row).
    pub fn undecided_date_columns(&self) -> Vec<(usize, usize)> {
        let columns = self.mapping.columns.iter().zip(&self.columns).enumerate();
        let dates = columns.filter(|(_, (column, _))| {
            matches!(column.kind, AttributeKind::BirthDate | AttributeKind::Date) && column.order.is_none()
        });
        let dates = dates.map(|(position, (_, &index))| (position, index));
        dates.chain(self.observed_time.map(|index| (self.observed_position(), index))).collect()
    }

    /// What stands for the time of observation among the positions in the mapping.
    fn observed_position(&self) -> usize {
        self.mapping.columns.len()
    }

    /// Makes the raw record of a row.
    pub fn record(&self, row: &[String], orders: &DateOrders) -> RawRecord {
        let source = self.source(row).to_owned();
        let text = |index: usize| row.get(index).map_or("", String::as_str);
        let mut attributes: Vec<RawAttribute> = Vec::new();
        for (position, column) in self.mapping.columns.iter().enumerate() {
            let raw = text(self.columns[position]);
            if raw.is_empty() {
                continue;
            }
            let open = attributes.iter_mut().find(|attribute| {
                let same = attribute.kind == column.kind && attribute.label == column.label;
                same && attribute.part(column.part).is_none() && takes_parts(column.kind)
            });
            if let Some(attribute) = open {
                attribute.parts.push((column.part, raw.into()));
                continue;
            }
            let decided = || orders.get(&(source.clone(), position)).copied();
            attributes.push(RawAttribute {
                kind: column.kind,
                label: column.label.clone(),
                format: match &column.format {
                    Some(FormatOf::Code(code)) => Some(code.clone()),
                    Some(FormatOf::Column(_)) => self.formats[position].map(|index| text(index).into()),
                    None => None,
                },
                country: column.country.clone(),
                order: column.order.or_else(decided),
                parts: smallvec![(column.part, raw.into())],
            });
        }
        let observed = self.observed_time.map_or("", text).trim();
        let order = orders.get(&(source.clone(), self.observed_position())).copied();
        let observed_time = if observed.is_empty() { None } else { moment_observed(observed, order) };
        if observed_time.is_none() && !observed.is_empty() {
            // Among the attributes it is judged, and its finding says what is wrong.
            let label = OBSERVED_TIME.into();
            attributes.push(RawAttribute { label, order, ..RawAttribute::full(AttributeKind::Date, observed) });
        }
        RawRecord {
            key: RecordKey::new(source, self.record_id(row)),
            owner: self.owner.map(|index| text(index).to_owned()).filter(|owner| !owner.is_empty()),
            observed_time,
            attributes,
        }
    }
}

/// The label of a time of observation that says no moment.
const OBSERVED_TIME: &str = "observed_time";

/// Only names and addresses are made of parts; elsewhere two columns of one kind are two attributes.
fn takes_parts(kind: AttributeKind) -> bool {
    matches!(kind, AttributeKind::PersonName | AttributeKind::OrgName | AttributeKind::Address)
}
