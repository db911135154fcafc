//! What came in: the files, and what became of their columns.

use serde::Serialize;

use crate::bulk::input::{Columns, FileRead};
use crate::catalog::sources::{ColumnUse, Mapping};
use crate::domain::quality::fields::field_name;
use crate::domain::record::Part;
use crate::error::Result;

/// What came in.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct InputReport {
    /// The files, in the order read.
    pub files: Vec<FileRead>,
    /// Records taken over from the run that `--since` names.
    #[serde(skip_serializing_if = "is_zero")]
    pub kept: u64,
    /// The columns, in the order of the files; one that has several uses stands there several times.
    pub columns: Vec<ColumnReport>,
}

/// A column and what it was taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ColumnReport {
    /// Its name.
    pub column: String,
    /// `record_id`, `source`, `observed_time`, `owner`, `format` (of a document), where it is one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Kind of attribute, and label where there is one; nothing with neither role nor field: carried through unmapped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The part of a name or address that it holds, where it does not hold the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<&'static str>,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl InputReport {
    /// What is known of the files and columns of a run of so many records.
    pub fn of(columns: &Columns, mapping: &Mapping, records: u64) -> Result<Self> {
        let mut uses = mapping.bind(&columns.header)?.uses();
        uses.sort_by_key(|(index, _)| *index);
        let mut reported = Vec::with_capacity(columns.header.len());
        for (index, name) in columns.header.iter().enumerate() {
            let plain = ColumnReport { column: name.clone(), ..ColumnReport::default() };
            let before = reported.len();
            reported.extend(uses.iter().filter(|(used, _)| *used == index).map(|(_, used)| match used {
                ColumnUse::Role(role) => ColumnReport { role: Some(role), ..plain.clone() },
                ColumnUse::Attribute { kind, label, part } => ColumnReport {
                    field: Some(field_name(*kind, label)),
                    part: (*part != Part::Full).then(|| part.code()),
                    ..plain.clone()
                },
            }));
            if reported.len() == before {
                reported.push(plain);
            }
        }
        let rows: u64 = columns.files.iter().map(|file| file.rows).sum();
        Ok(Self { files: columns.files.clone(), kept: records.saturating_sub(rows), columns: reported })
    }
}
