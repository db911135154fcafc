//! Source mappings as TOML: which column of a file is what. Rows become raw records here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use smallvec::smallvec;
use smol_str::SmolStr;

use super::{BuiltIn, find};
use crate::domain::date::DateOrder;
use crate::domain::hash::stable_hash;
use crate::domain::id::RecordKey;
use crate::domain::normalize::date::parse_timestamp;
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
    record_id: Option<String>,
    source: Option<SourceFile>,
    observed_time: Option<String>,
    owner: Option<String>,
    /// Columns are named as Senzing names attributes: usage before, number behind, each may be missing.
    #[serde(default)]
    senzing_names: bool,
    #[serde(default)]
    column: Vec<ColumnFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    column: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    name: String,
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
    /// The mapped columns, in the order of the file.
    pub columns: Vec<ColumnMapping>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum SourceOf {
    Column(String),
    Name(String),
}

/// What one column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnMapping {
    /// Header in the file.
    pub name: String,
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
    let source = match file.source {
        None => SourceOf::Name("input".to_owned()),
        Some(SourceFile { column: Some(column), name: None }) => SourceOf::Column(column),
        Some(SourceFile { column: None, name: Some(name) }) => SourceOf::Name(name),
        Some(_) => return Err(Error::config(origin, "source must be { column = \"…\" } or { name = \"…\" }")),
    };
    if file.column.is_empty() {
        return Err(Error::config(origin, "no [[column]] is mapped; add one table for each column to use"));
    }
    let columns = file.column.into_iter().map(|column| column_mapping(origin, column)).collect::<Result<_>>()?;
    Ok(Mapping {
        origin: origin.to_owned(),
        record_id: file.record_id,
        source,
        observed_time: file.observed_time,
        owner: file.owner,
        senzing_names: file.senzing_names,
        columns,
    })
}

fn column_mapping(origin: &str, file: ColumnFile) -> Result<ColumnMapping> {
    let unknown = |what: &str, value: &str, hint: String| {
        Error::config(origin, format!("column \"{}\": no {what} is called \"{value}\"{hint}", file.name))
    };
    let kind = AttributeKind::from_code(&file.kind).ok_or_else(|| {
        let codes = AttributeKind::ALL.iter().map(|kind| kind.code());
        unknown("kind", &file.kind, did_you_mean(&file.kind, codes))
    })?;
    let part = match &file.part {
        None => Part::Full,
        Some(code) => Part::from_code(code)
            .ok_or_else(|| unknown("part", code, did_you_mean(code, Part::ALL.iter().map(|part| part.code()))))?,
    };
    let order = match &file.order {
        None => None,
        Some(code) => {
            let order = DateOrder::from_code(code);
            Some(order.ok_or_else(|| unknown("order", code, "; use ymd, dmy or mdy".to_owned()))?)
        }
    };
    let format = file.format.map(|format| match format {
        FormatFile::Code(code) => FormatOf::Code(code.into()),
        FormatFile::Column { column } => FormatOf::Column(column),
    });
    Ok(ColumnMapping {
        name: file.name,
        kind,
        label: file.label.into(),
        country: file.country.map(SmolStr::from),
        part,
        format,
        order,
    })
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
    /// A number for what the mapping says, wherever it came from.
    pub fn fingerprint(&self) -> u64 {
        let anywhere = Self { origin: String::new(), ..self.clone() };
        stable_hash(&[&format!("{anywhere:?}")])
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
            (SourceOf::Column(_), Some(position)) => row.get(position).map_or("", |source| source.as_ref().trim()),
            (SourceOf::Column(_), None) => "",
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
        dates.map(|(position, (_, &index))| (position, index)).collect()
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
        RawRecord {
            key: RecordKey::new(source, self.record_id(row)),
            owner: self.owner.map(|index| text(index).to_owned()).filter(|owner| !owner.is_empty()),
            observed_time: self.observed_time.and_then(|index| parse_timestamp(text(index))),
            attributes,
        }
    }
}

/// Only names and addresses are made of parts; elsewhere two columns of one kind are two attributes.
fn takes_parts(kind: AttributeKind) -> bool {
    matches!(kind, AttributeKind::PersonName | AttributeKind::OrgName | AttributeKind::Address)
}
