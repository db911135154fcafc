//! JSON lines: one object a line. The columns are the keys of all lines, in the order in which they first appear.

use std::path::Path;

use super::{FIELD_BYTES_MAX, Reject, Row, Table, escape};
use crate::error::{Error, Result};

/// Reads a whole JSONL file.
pub fn read(path: &Path, bytes: Vec<u8>) -> Result<Table> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut table = Table { encoding: "UTF-8", ..Table::default() };
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
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(line).map_err(|error| format!("not a JSON object: {error}"))?;
    let mut fields = vec![String::new(); header.len()];
    for (key, value) in object {
        let text = match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text,
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
