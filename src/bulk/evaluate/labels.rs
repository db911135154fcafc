//! Files that say which records belong together: crosswalks and truth files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::bulk::reader::{self, Table};
use crate::domain::id::RecordKey;
use crate::domain::record::PreparedRecord;
use crate::error::{Error, Result, did_you_mean};

/// Record → cluster.
pub type Clustering = BTreeMap<String, String>;

/// How records of different files find each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keying {
    /// By record id alone.
    RecordId,
    /// By source and record id, because two sources use one id.
    SourceAndRecordId,
}

impl Keying {
    /// The text that stands for a record.
    pub fn key(self, source: &str, record_id: &str) -> String {
        match self {
            Self::RecordId => record_id.to_owned(),
            Self::SourceAndRecordId => RecordKey::new(source, record_id).to_string(),
        }
    }
}

/// One row of such a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelRow {
    /// Its line in the file.
    pub line: u64,
    /// The record's id in its source.
    pub record_id: String,
    /// The source; empty where the file has no such column.
    pub source: String,
    /// The cluster.
    pub cluster: String,
}

/// Such a file.
#[derive(Clone, Debug)]
pub struct Labels {
    path: PathBuf,
    /// The rows in the order of the file.
    pub rows: Vec<LabelRow>,
    /// The file has a column `source`.
    pub has_source: bool,
}

/// Reads `record_id`, the cluster column (`cluster_id` or `profile_id`) and, where there is one, `source` or, as Senzing's truth keys
/// have it, `data_source`; in capitals or not.
pub fn read(path: &Path) -> Result<Labels> {
    let table = reader::read(path)?;
    let record = column(path, &table, &["record_id"])?;
    let cluster = column(path, &table, &["cluster_id", "profile_id"])?;
    let source = position(&table, &["source", "data_source"]);
    if let Some(reject) = table.rejects.first() {
        return Err(Error::input(path, format!("line {}: {}", reject.line, reject.reason)));
    }
    let rows = table.rows.iter().map(|row| {
        let field = |position: usize| row.fields.get(position).cloned().unwrap_or_default();
        let source = source.map(field).unwrap_or_default();
        LabelRow { line: row.line, record_id: field(record), source, cluster: field(cluster) }
    });
    Ok(Labels { path: path.to_owned(), rows: rows.collect(), has_source: source.is_some() })
}

fn column(path: &Path, table: &Table, names: &[&str]) -> Result<usize> {
    position(table, names).ok_or_else(|| {
        let hint = did_you_mean(names.first().unwrap_or(&""), table.header.iter().map(String::as_str));
        Error::input(path, format!("there is no column \"{}\"{hint}", names.join("\" or \"")))
    })
}

/// The first of these columns that is there; one written exactly so goes before one in other capitals.
fn position(table: &Table, names: &[&str]) -> Option<usize> {
    let find = |same: fn(&str, &str) -> bool| {
        names.iter().find_map(|name| table.header.iter().position(|column| same(column.trim(), name)))
    };
    find(|column, name| column == name).or_else(|| find(str::eq_ignore_ascii_case))
}

impl Labels {
    fn ids_are_unique(&self) -> bool {
        let mut seen = BTreeSet::new();
        self.rows.iter().all(|row| seen.insert(row.record_id.as_str()))
    }

    /// The clustering by record id; an id that stands there twice is an error.
    pub fn by_record_id(&self) -> Result<Clustering> {
        self.clustering(Keying::RecordId)
    }

    /// The clustering under a keying; a record that stands there twice is an error.
    pub fn clustering(&self, keying: Keying) -> Result<Clustering> {
        let mut clustering = Clustering::new();
        for row in &self.rows {
            if clustering.insert(keying.key(&row.source, &row.record_id), row.cluster.clone()).is_some() {
                let id = &row.record_id;
                return Err(Error::input(
                    &self.path,
                    format!(
                        "line {}: record \"{id}\" stands there twice; where two sources use one id, both files need a \
                         column \"source\"",
                        row.line
                    ),
                ));
            }
        }
        Ok(clustering)
    }

    /// The source of each record; nothing where the file does not say.
    pub fn sources(&self, keying: Keying) -> BTreeMap<String, String> {
        let rows = self.rows.iter().filter(|row| !row.source.is_empty());
        rows.map(|row| (keying.key(&row.source, &row.record_id), row.source.clone())).collect()
    }
}

/// By record id where that is enough; by source as well where two sources use one id and every file names them.
pub fn keying(files: &[&Labels]) -> Keying {
    let by_source = files.iter().all(|file| file.has_source) && !files.iter().all(|file| file.ids_are_unique());
    if by_source { Keying::SourceAndRecordId } else { Keying::RecordId }
}

/// Position of each record under a keying.
pub fn positions(records: &[PreparedRecord], keying: Keying) -> Result<BTreeMap<String, usize>> {
    let mut positions = BTreeMap::new();
    for (position, record) in records.iter().enumerate() {
        let key = keying.key(&record.key.source.0, &record.key.record_id);
        if positions.insert(key, position).is_some() {
            let message = "several sources have a record of this id; clusters and truth both need a column \"source\"";
            return Err(Error::config(record.key.record_id.as_str(), message));
        }
    }
    Ok(positions)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn labels(text: &str) -> Result<Labels> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("truth.csv");
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn truth_keys_of_senzing_are_read_in_their_capitals() {
        let truth = labels("DATA_SOURCE,RECORD_ID,CLUSTER_ID\nCRM,1,a\nSHOP,1,a\n").unwrap();
        assert!(truth.has_source);
        assert!(truth.by_record_id().unwrap_err().to_string().contains("stands there twice"));
        let keying = keying(&[&truth]);
        assert_eq!(keying, Keying::SourceAndRecordId);
        let clustering = truth.clustering(keying).unwrap();
        assert_eq!(clustering.get("SHOP/1").map(String::as_str), Some("a"));
    }

    #[test]
    fn the_exact_name_of_a_column_goes_first() {
        let truth = labels("RECORD_ID,record_id,Cluster_Id\nA:1,1,x\n").unwrap();
        assert_eq!((truth.rows[0].record_id.as_str(), truth.has_source), ("1", false));
        let missing = labels("id,cluster_id\n1,x\n").unwrap_err().to_string();
        assert!(missing.contains("there is no column \"record_id\""), "{missing}");
    }
}
