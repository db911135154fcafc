//! From files and a mapping to raw records; what cannot become a record becomes a reject.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::reader::{self, Reject, Row};
use super::writer::InputRows;
use crate::catalog::sources::{BoundMapping, DateOrders, Mapping};
use crate::domain::normalize::date::vote_order;
use crate::domain::record::RawRecord;
use crate::error::{Error, Result};

/// The records of a run.
pub struct Input {
    /// Records with different keys, in the order of the input.
    pub records: Vec<RawRecord>,
    /// The rows behind them.
    pub rows: InputRows,
    /// Rows that could not be used.
    pub rejects: Vec<Reject>,
    /// The encodings found, by file.
    pub encodings: Vec<(PathBuf, &'static str)>,
}

/// Reads all files under one mapping; patterns stand for the files they match. Files of one run must have the same header.
pub fn read(paths: &[PathBuf], mapping: &Mapping) -> Result<Input> {
    let mut input = Input {
        records: Vec::new(),
        rows: InputRows { header: Vec::new(), mapped: BTreeMap::new(), rows: Vec::new() },
        rejects: Vec::new(),
        encodings: Vec::new(),
    };
    let mut seen = HashSet::new();
    for path in &reader::expand(paths)? {
        let table = reader::read(path)?;
        let bound = mapping.bind(&table.header)?;
        if input.rows.header.is_empty() {
            input.rows.header = table.header.clone();
            input.rows.mapped = bound.mapped_columns();
        } else if input.rows.header != table.header {
            return Err(Error::input(
                path,
                "the columns differ from those of the first file; cleanse such files in runs of their own",
            ));
        }
        input.encodings.push((path.clone(), table.encoding));
        input.rejects.extend(table.rejects);
        let orders = date_orders(&bound, &table.rows);
        for row in table.rows {
            match refusal(&bound, &row, &mut seen) {
                Some(reason) => input.rejects.push(reject(path, row, reason)),
                None => {
                    let record = bound.record(&row.fields, &orders);
                    input.rows.rows.push((record.key.handle(), row.fields));
                    input.records.push(record);
                }
            }
        }
    }
    Ok(input)
}

fn refusal(bound: &BoundMapping<'_>, row: &Row, seen: &mut HashSet<(String, String)>) -> Option<String> {
    let (id, source) = (bound.record_id(&row.fields), bound.source(&row.fields));
    if id.is_empty() {
        return Some("the record id is empty; every row needs one".to_owned());
    }
    if source.is_empty() {
        return Some("the source is empty; every row needs one".to_owned());
    }
    let new = seen.insert((source.to_owned(), id.to_owned()));
    (!new).then(|| format!("record \"{id}\" of source \"{source}\" stood there before; keep one row a record"))
}

fn reject(path: &Path, row: Row, reason: String) -> Reject {
    Reject { file: path.to_owned(), line: row.line, reason, row: row.fields.join(",") }
}

/// Decides day–month order by source and column: every value of the column votes.
fn date_orders(bound: &BoundMapping<'_>, rows: &[Row]) -> DateOrders {
    let mut orders = DateOrders::new();
    for (position, index) in bound.undecided_date_columns() {
        let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in rows {
            let value = row.fields.get(index).map_or("", String::as_str);
            if !value.is_empty() {
                values.entry(bound.source(&row.fields)).or_default().push(value);
            }
        }
        for (source, values) in values {
            if let Some(order) = vote_order(values.into_iter()) {
                orders.insert((source.to_owned(), position), order);
            }
        }
    }
    orders
}
