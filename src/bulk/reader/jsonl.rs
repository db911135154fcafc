//! JSON lines: one object a line. The columns are the keys of all lines, in the order in which they first appear.
//!
//! Senzing's nested form is flattened: the objects of the array `FEATURES`, or of lists such as `NAME_LIST`, give their keys to the row. The second
//! object of a kind (of the same first word: `PHONE_…`) has its keys numbered: `PHONE_NUMBER[2]`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use encoding_rs::UTF_8;
use serde_json::{Map, Value};

use super::{FIELD_BYTES_MAX, Reject, Row, Table, encoding, escape};
use crate::error::{Error, Result};

/// The key of Senzing's nested form.
const FEATURES: &str = "FEATURES";
/// How the keys of its lists end.
const LIST: &str = "_LIST";

/// Reads a whole JSONL file.
pub fn read(path: &Path, mut bytes: Vec<u8>) -> Result<Table> {
    let (encoding, mark_length) = encoding::sniff(&bytes);
    bytes.drain(..mark_length);
    if let Some(text) = encoding::decode_whole(encoding, &bytes).filter(|_| encoding != UTF_8) {
        bytes = text.into_bytes();
    }
    let mut table = Table { encoding: encoding.name(), open_ended: true, ..Table::default() };
    for (position, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let number = position as u64 + 1;
        match fields(line, &mut table.header) {
            Ok(fields) => table.rows.push(Row { line: number, fields }),
            Err(reason) => {
                table.rejects.push(Reject { file: path.to_owned(), line: number, reason, row: escape(line) });
            }
        }
    }
    if table.rows.is_empty() && table.rejects.is_empty() {
        return Err(Error::input(path, "the file is empty; every line must be a JSON object"));
    }
    for row in &mut table.rows {
        row.fields.resize(table.header.len(), String::new());
    }
    Ok(table)
}

fn fields(line: &[u8], header: &mut Vec<String>) -> std::result::Result<Vec<String>, String> {
    let object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| format!("not a JSON object: {error}"))?;
    let mut fields = vec![String::new(); header.len()];
    for (key, value) in flattened(object) {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        if text.len() > FIELD_BYTES_MAX {
            return Err(format!("\"{key}\" holds {} bytes, more than {FIELD_BYTES_MAX}", text.len()));
        }
        match header.iter().position(|name| *name == key) {
            Some(position) => {
                if let Some(field) = fields.get_mut(position) {
                    *field = text;
                }
            }
            None => {
                header.push(key);
                fields.push(text);
            }
        }
    }
    Ok(fields)
}

/// The keys of a line with those of the objects in its lists of features.
fn flattened(object: Map<String, Value>) -> Vec<(String, Value)> {
    let holds_features = |key: &str, value: &Value| {
        let objects = value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(Value::is_object));
        objects && (key == FEATURES || key.ends_with(LIST))
    };
    let (lists, flat): (Vec<_>, Vec<_>) = object.into_iter().partition(|(key, value)| holds_features(key, value));
    let mut flat: Vec<(String, Value)> = flat;
    let features = lists.into_iter().flat_map(|(_, value)| match value {
        Value::Array(features) => features,
        other => vec![other],
    });
    let family = |key: &str| key.split('_').next().unwrap_or_default().to_owned();
    let mut seen: BTreeMap<String, u32> = flat.iter().map(|(key, _)| (family(key), 1)).collect();
    for feature in features {
        let Value::Object(feature) = feature else { continue };
        let families: BTreeSet<String> = feature.keys().map(|key| family(key)).collect();
        for family in families {
            *seen.entry(family).or_default() += 1;
        }
        for (key, value) in feature {
            match seen.get(&family(&key)) {
                Some(&number) if number > 1 => flat.push((format!("{key}[{number}]"), value)),
                Some(_) | None => flat.push((key, value)),
            }
        }
    }
    flat
}
