//! Reading tables: encoding and delimiter sniffed, rows that cannot be read kept as rejects, never lost.

pub mod csv;
pub mod encoding;
pub mod jsonl;

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Bytes of one field; a row with a longer one is rejected (usually a quote that was never closed).
pub const FIELD_BYTES_MAX: usize = 1 << 20;

/// A row that could not be used, with everything it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The file it stood in.
    pub file: PathBuf,
    /// Its first line, from 1.
    pub line: u64,
    /// What is wrong and what to do.
    pub reason: String,
    /// Its text; bytes that are not text are written as `\xNN`.
    pub row: String,
}

/// A row that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its first line, from 1.
    pub line: u64,
    /// Its fields in the order of the header.
    pub fields: Vec<String>,
}

/// A table read into memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Column names.
    pub header: Vec<String>,
    /// Rows that could be read.
    pub rows: Vec<Row>,
    /// Rows that could not.
    pub rejects: Vec<Reject>,
    /// The encoding that was found (`UTF-8`, `gb18030`, …).
    pub encoding: &'static str,
}

/// Reads a file by its extension: `.csv`, `.tsv`, `.txt`, `.jsonl`, `.ndjson`; `-` is CSV on standard input.
pub fn read(path: &Path) -> Result<Table> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
            .map_err(|error| Error::read(path, error))?;
        bytes
    } else {
        std::fs::read(path).map_err(|error| Error::read(path, error))?
    };
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("csv").to_ascii_lowercase();
    match extension.as_str() {
        "csv" | "tsv" | "txt" => csv::read(path, bytes),
        "jsonl" | "ndjson" => jsonl::read(path, bytes),
        other => Err(Error::input(path, format!("files of type .{other} cannot be read; convert to .csv or .jsonl"))),
    }
}

/// Text of arbitrary bytes in which nothing is lost: what is not UTF-8 becomes `\xNN`.
fn escape(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}
