//! Reading tables: compression, form, encoding and delimiter sniffed, rows that cannot be read kept as rejects, never lost.

mod compression;
pub mod csv;
pub mod encoding;
pub mod jsonl;
mod parquet;
mod spreadsheet;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

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
    /// The header has the keys that some row has: another that is asked for is empty everywhere.
    pub open_ended: bool,
    /// The sheet of a workbook; empty where there are none.
    pub sheet: String,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Delimited,
    JsonLines,
    Parquet,
    Spreadsheet,
}

impl Form {
    /// The name used in reports.
    fn code(self) -> &'static str {
        match self {
            Self::Delimited => "csv",
            Self::JsonLines => "jsonl",
            Self::Parquet => "parquet",
            Self::Spreadsheet => "xlsx",
        }
    }
}

/// Reads a file: CSV, TSV, JSONL, Parquet or XLSX, compressed with gzip or Zstandard or not; `-` is standard input, whose form
/// is sniffed. `file.xlsx#Sheet2` names the sheet of a workbook.
pub fn read(path: &Path) -> Result<Table> {
    parse(path, bytes_of(path)?)
}

/// A file whose header is known; its rows come one by one.
pub struct Opened {
    rows: Rows,
    form: Form,
    compression: &'static str,
}

/// Where the rows are.
enum Rows {
    /// In the bytes of the file, read as they are taken.
    Delimited(csv::Delimited),
    /// In memory.
    Table(Table),
}

/// The form in which a file came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described<'a> {
    /// `csv`, `jsonl`, `parquet`, `xlsx`.
    pub format: &'static str,
    /// `gzip`, `zstd`; empty where it was not compressed.
    pub compression: &'static str,
    /// The encoding that was found.
    pub encoding: &'static str,
    /// What parts the fields of a row, where something does.
    pub delimiter: Option<char>,
    /// The sheet of a workbook; empty where there are none.
    pub sheet: &'a str,
}

/// What a stream is known by: its bytes and their checksum.
pub type Content = (u64, u32);

/// Whether a path stands for standard input or a pipe, which nothing but its content tells from another one.
pub fn is_stream(path: &Path) -> bool {
    let file = file_of(path);
    file == Path::new("-") || (file.exists() && !file.is_file())
}

/// Reads a stream to its end, for what it is known by.
pub fn content(path: &Path) -> Result<Content> {
    bytes_of(path).map(|bytes| content_of(&bytes))
}

fn content_of(bytes: &[u8]) -> Content {
    (bytes.len() as u64, crc32fast::hash(bytes))
}

/// Opens a file as [`read`] does, without taking the rows of a CSV file into memory one by one; a text file in this encoding, where one is
/// given by its name on the web (`windows-1252`, `shift_jis`, `euc-kr`).
///
/// Of a stream also what it is known by.
pub fn open(path: &Path, encoding: Option<&str>) -> Result<(Opened, Option<Content>)> {
    let bytes = bytes_of(path)?;
    let content = is_stream(path).then(|| content_of(&bytes));
    let encoding = encoding.map(known).transpose()?;
    Ok((opened(path, bytes, encoding)?, content))
}

fn known(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        let message = format!(
            "no encoding is called \"{label}\"; use a name such as gb18030, big5, windows-1252, shift_jis, euc-kr"
        );
        Error::config("encoding", message)
    })
}

/// The file itself where a path names the sheet of a workbook.
pub fn file_of(path: &Path) -> &Path {
    sheet_of(path).map_or(path, |(file, _)| file)
}

impl Opened {
    /// Column names.
    pub fn header(&self) -> &[String] {
        match &self.rows {
            Rows::Delimited(file) => &file.header,
            Rows::Table(table) => &table.header,
        }
    }

    /// The encoding that was found.
    pub fn encoding(&self) -> &'static str {
        match &self.rows {
            Rows::Delimited(file) => file.found,
            Rows::Table(table) => table.encoding,
        }
    }

    /// The header has only what some row has.
    pub fn is_open_ended(&self) -> bool {
        matches!(&self.rows, Rows::Table(table) if table.open_ended)
    }

    /// The form in which it came.
    pub fn described(&self) -> Described<'_> {
        let (delimiter, sheet) = match &self.rows {
            Rows::Delimited(file) => (Some(file.delimiter()), ""),
            Rows::Table(table) => (None, table.sheet.as_str()),
        };
        let (format, compression) = (self.form.code(), self.compression);
        Described { format, compression, encoding: self.encoding(), delimiter, sheet }
    }

    /// About how many rows there are.
    pub fn rows_about(&self) -> u64 {
        match &self.rows {
            Rows::Delimited(file) => file.lines(),
            Rows::Table(table) => table.rows.len() as u64,
        }
    }

    /// Bytes that the content takes in memory.
    pub fn bytes_held(&self) -> u64 {
        match &self.rows {
            Rows::Delimited(file) => file.bytes_held(),
            Rows::Table(table) => {
                let fields = table.rows.iter().flat_map(|row| &row.fields);
                fields.map(|field| (field.len() + size_of::<String>()) as u64).sum()
            }
        }
    }

    /// Every row, then, or as they come, the rows that cannot be read.
    pub fn each(
        &self,
        path: &Path,
        take: &mut dyn FnMut(std::result::Result<Row, Reject>) -> Result<()>,
    ) -> Result<()> {
        match &self.rows {
            Rows::Delimited(file) => file.each(path, take),
            Rows::Table(table) => {
                table.rejects.iter().try_for_each(|reject| take(Err(reject.clone())))?;
                table.rows.iter().try_for_each(|row| take(Ok(row.clone())))
            }
        }
    }
}

impl Opened {
    /// The fields of every row that can be read.
    pub fn each_readable(&self, path: &Path, take: &mut dyn FnMut(&[Cow<'_, str>])) -> Result<()> {
        match &self.rows {
            Rows::Delimited(file) => file.each_readable(path, take),
            Rows::Table(table) => {
                let mut fields = Vec::new();
                for row in &table.rows {
                    fields.clear();
                    fields.extend(row.fields.iter().map(|field| Cow::Borrowed(field.as_str())));
                    take(&fields);
                }
                Ok(())
            }
        }
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    let failed = |error| Error::read(path, error);
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map_err(failed)?;
        return Ok(bytes);
    }
    std::fs::read(file_of(path)).map_err(failed)
}

/// The files that the arguments mean: a pattern (`data/*.csv`) that the shell left alone stands for the files it matches,
/// in alphabetical order.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let pattern = path.to_str().filter(|text| text.contains(['*', '?', '[']) && !path.exists());
        let Some(pattern) = pattern else {
            files.push(path.clone());
            continue;
        };
        let matches =
            glob::glob(pattern).map_err(|error| Error::input(path, format!("this is no pattern: {error}")))?;
        let before = files.len();
        for found in matches {
            let found = found.map_err(|error| {
                let folder = error.path().to_owned();
                Error::read(&folder, error.into())
            })?;
            if found.is_file() {
                files.push(found);
            }
        }
        if files.len() == before {
            return Err(Error::input(path, "no file matches this pattern; check the folder and the extension"));
        }
    }
    Ok(files)
}

/// Reads all files as one table, which wants the same columns of each; patterns stand for the files they match.
pub fn read_all(paths: &[PathBuf]) -> Result<Table> {
    let mut all: Option<Table> = None;
    for path in expand(paths)? {
        let table = read(&path)?;
        match &mut all {
            None => all = Some(table),
            Some(all) if all.header == table.header => {
                all.rows.extend(table.rows);
                all.rejects.extend(table.rejects);
            }
            Some(_) => {
                let message = "the columns differ from those of the first file; look at such files one by one";
                return Err(Error::input(&path, message));
            }
        }
    }
    Ok(all.unwrap_or_default())
}

/// The workbook and the sheet in `file.xlsx#Sheet2`.
fn sheet_of(path: &Path) -> Option<(&Path, &str)> {
    let (file, sheet) = path.to_str()?.rsplit_once('#')?;
    (!path.exists()).then_some((Path::new(file), sheet))
}

/// Reads the content of a file.
fn parse(path: &Path, bytes: Vec<u8>) -> Result<Table> {
    match opened(path, bytes, None)?.rows {
        Rows::Delimited(file) => file.table(path),
        Rows::Table(table) => Ok(table),
    }
}

fn opened(path: &Path, bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> Result<Opened> {
    let (file, sheet) = sheet_of(path).map_or((path, None), |(file, sheet)| (file, Some(sheet)));
    let compression = compression::of(&bytes);
    let bytes = compression::expanded(path, bytes)?;
    let form = form(file, &bytes)?;
    if sheet.is_some() && form != Form::Spreadsheet {
        return Err(Error::input(path, "only a workbook has sheets; leave out what follows the \"#\""));
    }
    let table = match form {
        Form::Delimited => {
            let rows = csv::Delimited::open(path, bytes, encoding).map(Rows::Delimited)?;
            return Ok(Opened { rows, form, compression });
        }
        Form::JsonLines => Ok(jsonl::read(path, bytes)),
        // Both libraries check what they read, yet hostile bytes must not end the program.
        Form::Parquet => std::panic::catch_unwind(|| parquet::read(path, bytes)),
        Form::Spreadsheet => std::panic::catch_unwind(|| spreadsheet::read(path, bytes, sheet)),
    };
    let table = table.unwrap_or_else(|_| Err(Error::input(path, "the file is damaged; write or fetch it again")));
    Ok(Opened { rows: Rows::Table(table?), form, compression })
}

/// By the first bytes where they tell, then by the extension.
fn form(path: &Path, bytes: &[u8]) -> Result<Form> {
    if bytes.starts_with(parquet::MAGIC) {
        return Ok(Form::Parquet);
    }
    if bytes.starts_with(spreadsheet::MAGIC) {
        return Ok(Form::Spreadsheet);
    }
    if bytes.starts_with(spreadsheet::OLD_MAGIC) {
        let message = "this is an old (.xls) or encrypted workbook; save it without password as .xlsx or .csv";
        return Err(Error::input(path, message));
    }
    let extension_of = |path: &Path| path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let mut extension = extension_of(path);
    if compression::EXTENSIONS.contains(&extension.as_str()) {
        extension = path.file_stem().map(|stem| extension_of(Path::new(stem))).unwrap_or_default();
    }
    match extension.as_str() {
        "csv" | "tsv" | "txt" => Ok(Form::Delimited),
        "jsonl" | "ndjson" => Ok(Form::JsonLines),
        "json" if starts_as_object(bytes) => Ok(Form::JsonLines),
        "json" => {
            let message = "this is no JSON with one object a line; write it so (jq -c '.[]' file.json > file.jsonl)";
            Err(Error::input(path, message))
        }
        "parquet" => Ok(Form::Parquet),
        "xlsx" | "xlsm" => Ok(Form::Spreadsheet),
        "" => Ok(if starts_as_object(bytes) { Form::JsonLines } else { Form::Delimited }),
        other => {
            let message = format!("files of type .{other} cannot be read; convert to .csv, .jsonl, .parquet or .xlsx");
            Err(Error::input(path, message))
        }
    }
}

fn starts_as_object(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_sniffed_where_the_name_does_not_tell() {
        let form = |name: &str, bytes: &[u8]| form(Path::new(name), bytes).unwrap();
        assert_eq!(form("-", b" {\"id\":1}\n"), Form::JsonLines);
        assert_eq!(form("-", b"id\tname\n"), Form::Delimited);
        assert_eq!(form("a.jsonl.gz", b""), Form::JsonLines);
        assert_eq!(form("a.csv", b"PAR1"), Form::Parquet);
        assert_eq!(form("export.zst", b"id\n"), Form::Delimited);
        let refused = |name: &str, bytes: &[u8]| super::form(Path::new(name), bytes).unwrap_err().to_string();
        assert!(refused("a.pdf", b"%PDF").contains("convert to .csv"));
        assert!(refused("a.xls", spreadsheet::OLD_MAGIC).contains("save it without password"));
        let error = parse(Path::new("a.csv#Sheet2"), b"id\n1\n".to_vec()).unwrap_err().to_string();
        assert!(error.contains("only a workbook has sheets"), "{error}");
    }

    #[test]
    fn no_bytes_panic_under_any_name() {
        let seeds: [&[u8]; 6] =
            [b"id,name\n\"1\",\xff\n", b"{\"a\":[1,{}]}\n", b"PAR1", b"PK\x03\x04", b"\xff\xfe\xd8", &[0x1f, 0x8b]];
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for round in 0..3_000usize {
            let mut bytes = seeds[round % seeds.len()].to_vec();
            for _ in 0..round % 40 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                bytes.push((state >> 33) as u8);
            }
            for name in ["a.csv", "a.jsonl", "a.parquet", "a.xlsx", "-"] {
                let _ = parse(Path::new(name), bytes.clone());
            }
        }
    }
}
