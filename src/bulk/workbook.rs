//! Writing XLSX: one sheet of texts. Every cell is an inline string in the format "text", so that no program takes a telephone number for a
//! number or a text that begins with `=` for a formula, also when the cell is edited. The same rows give the same bytes.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::{Error, Result};

/// Rows that a sheet holds, the header among them.
pub const ROWS_MAX: usize = 1_048_576;

/// Columns that a sheet holds.
const COLUMNS_MAX: usize = 16_384;

/// Characters that a cell holds, counted as spreadsheets count them: in units of UTF-16.
const CELL_CHARS_MAX: usize = 32_767;

/// Bytes of a sheet: beyond, the container would need a form that not every program reads.
const SHEET_BYTES_MAX: u64 = 4_000_000_000;

/// Bytes that are compressed at once.
const BUFFER_BYTES: usize = 1 << 16;

/// Little is gained beyond: the tags between the values compress well at any level.
const COMPRESSION_LEVEL: i64 = 1;

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>\
<Override PartName=\"/xl/worksheets/sheet1.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>";

const PACKAGE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
Target=\"xl/workbook.xml\"/></Relationships>";

const PARTS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
Target=\"worksheets/sheet1.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
</Relationships>";

/// Number format 49 is "text" (ECMA-376 part 1, 18.8.30). Style 0 is that of cells nobody wrote, 1 that of values, 2 that of the header.
const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/></cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

const SHEET_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\">\
<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>";

const SHEET_FOOT: &str = "</sheetData></worksheet>";

/// What to do with what no sheet holds. The stages of a run are checkpoints that do not depend on the form of its results.
pub const ELSEWHERE: &str =
    "run the same command with --resume and --format csv or --format parquet, which goes on from here";

/// A workbook being written.
pub struct Workbook {
    path: PathBuf,
    name: String,
    zip: ZipWriter<BufWriter<File>>,
    /// The letters of each column.
    letters: Vec<String>,
    header: Vec<String>,
    rows: usize,
    rows_max: usize,
    bytes: u64,
    pending: String,
}

impl Workbook {
    /// Starts a workbook whose only sheet has these columns.
    pub fn create<T: AsRef<str>>(out: &Path, name: &str, header: &[T]) -> Result<Self> {
        let path = out.join(name);
        let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        let zip = ZipWriter::new(BufWriter::new(file));
        if header.len() > COLUMNS_MAX {
            return Err(refused(name, &format!("there are {} columns, a sheet holds {COLUMNS_MAX}", header.len())));
        }
        let header: Vec<String> = header.iter().map(|column| column.as_ref().to_owned()).collect();
        let mut this = Self {
            path,
            name: name.to_owned(),
            zip,
            letters: (0..header.len()).map(letters).collect(),
            header: header.clone(),
            rows: 0,
            rows_max: ROWS_MAX,
            bytes: 0,
            pending: String::with_capacity(2 * BUFFER_BYTES),
        };
        let sheet = name.strip_suffix(".xlsx").unwrap_or(name);
        let workbook = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><bookViews><workbookView/></bookViews>\
             <sheets><sheet name=\"{sheet}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        );
        for (part, content) in [
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", PACKAGE),
            ("xl/workbook.xml", &workbook),
            ("xl/_rels/workbook.xml.rels", PARTS),
            ("xl/styles.xml", STYLES),
            ("xl/worksheets/sheet1.xml", SHEET_HEAD),
        ] {
            this.part(part)?;
            this.pending.push_str(content);
            this.write_pending()?;
        }
        this.row(header.iter().map(String::as_str))?;
        Ok(this)
    }

    /// Adds a row, with a field for each column.
    pub fn row<T: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = T>) -> Result<()> {
        if self.rows >= self.rows_max {
            let message =
                format!("there are more than the {} rows that a sheet holds below its header", self.rows_max - 1);
            return Err(refused(&self.name, &message));
        }
        self.rows += 1;
        let (number, style) = (self.rows.to_string(), if self.rows == 1 { '2' } else { '1' });
        self.pending.push_str("<row r=\"");
        self.pending.push_str(&number);
        self.pending.push_str("\">");
        for (letters, field) in self.letters.iter().zip(fields) {
            let text = field.as_ref();
            if text.is_empty() {
                continue;
            }
            if text.len() > CELL_CHARS_MAX && text.encode_utf16().count() > CELL_CHARS_MAX {
                let column = self.letters.iter().position(|other| other == letters).and_then(|at| self.header.get(at));
                let column = column.map_or("", String::as_str);
                let message = format!(
                    "row {number}, column \"{column}\" holds more than the {CELL_CHARS_MAX} characters of a cell"
                );
                return Err(refused(&self.name, &message));
            }
            for part in ["<c r=\"", letters, &number, "\" s=\""] {
                self.pending.push_str(part);
            }
            self.pending.push(style);
            self.pending.push_str("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
            push_escaped(text, &mut self.pending);
            self.pending.push_str("</t></is></c>");
        }
        self.pending.push_str("</row>");
        if self.pending.len() >= BUFFER_BYTES { self.write_pending() } else { Ok(()) }
    }

    /// Ends the workbook.
    pub fn finish(mut self) -> Result<()> {
        self.pending.push_str(SHEET_FOOT);
        self.write_pending()?;
        let failed = |error: std::io::Error| Error::write(&self.path, error);
        let mut file = self.zip.finish().map_err(|error| failed(error.into()))?;
        file.flush().map_err(failed)
    }

    fn part(&mut self, name: &str) -> Result<()> {
        // The time of day must not show, whatever other crates switch on in the ZIP library.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(COMPRESSION_LEVEL))
            .last_modified_time(DateTime::DEFAULT);
        self.zip.start_file(name, options).map_err(|error| Error::write(&self.path, error.into()))
    }

    fn write_pending(&mut self) -> Result<()> {
        self.bytes += self.pending.len() as u64;
        if self.bytes > SHEET_BYTES_MAX {
            return Err(refused(&self.name, "its sheet would be larger than 4 GB"));
        }
        self.zip.write_all(self.pending.as_bytes()).map_err(|error| Error::write(&self.path, error))?;
        self.pending.clear();
        Ok(())
    }
}

fn refused(name: &str, message: &str) -> Error {
    Error::config("--format xlsx", format!("{name}: {message}; {ELSEWHERE}"))
}

/// Refuses records that no sheet holds.
pub fn check_records(records: usize) -> Result<()> {
    if records < ROWS_MAX {
        return Ok(());
    }
    let message =
        format!("{records} records are more than the {} rows that a sheet holds below its header", ROWS_MAX - 1);
    Err(refused("records.xlsx", &message))
}

/// A, B, …, Z, AA, …
fn letters(column: usize) -> String {
    let (mut rest, mut letters) = (column + 1, Vec::new());
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A text as XML. Signs that XML does not know are written as `_xHHHH_`, and what looks like that is kept from being read so (ECMA-376 part 1,
/// 22.9.2.19).
fn push_escaped(text: &str, out: &mut String) {
    for (at, sign) in text.char_indices() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if looks_escaped(text.as_bytes().get(at..).unwrap_or_default()) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(sign),
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => out.push_str(&format!("_x{:04X}_", u32::from(sign))),
            _ => out.push(sign),
        }
    }
}

fn looks_escaped(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', hex @ .., ] if hex.get(..4).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) && hex.get(4) == Some(&b'_'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::bulk::reader;

    const ODD: [&str; 12] = [
        "013800138000",
        "11010519491231002X",
        "=SUM(A1:A9)",
        "+8613800138000",
        "a_x0041_b",
        "_x005F_",
        " two  spaces ",
        "line\nbreak\ttab\rreturn\u{1}",
        "<a href=\"x\">&amp;</a>",
        "张伟😀\u{fffe}",
        "1e5",
        "TRUE",
    ];

    #[test]
    fn every_text_is_read_back_as_it_was_and_the_bytes_are_the_same_again() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            let mut file = Workbook::create(folder.path(), name, &["record_id", "值", "empty"]).unwrap();
            for (number, text) in ODD.iter().enumerate() {
                file.row([format!("{number:04}").as_str(), text, ""]).unwrap();
            }
            file.finish().unwrap();
            std::fs::read(folder.path().join(name)).unwrap()
        };
        let bytes = write("a.xlsx");
        let table = reader::read(&folder.path().join("a.xlsx")).unwrap();
        assert_eq!(table.header, ["record_id", "值", "empty"]);
        let values: Vec<&str> = table.rows.iter().map(|row| row.fields[1].as_str()).collect();
        assert_eq!(values, ODD);
        assert_eq!((table.rows[9].line, table.rows[9].fields[0].as_str()), (11, "0009"));
        std::fs::rename(folder.path().join("a.xlsx"), folder.path().join("before.xlsx")).unwrap();
        assert_eq!(write("a.xlsx"), bytes);
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        for part in 0..parts.len() {
            assert_eq!(parts.by_index(part).unwrap().last_modified(), Some(DateTime::DEFAULT), "no clock shows");
        }
    }

    #[test]
    fn what_no_sheet_holds_is_refused_with_the_way_out() {
        let folder = tempfile::tempdir().unwrap();
        let create = || {
            let file = Workbook::create(folder.path(), "golden.xlsx", &["a", "b"]).unwrap();
            Workbook { rows_max: 3, ..file }
        };
        let mut file = create();
        let longest = "字".repeat(CELL_CHARS_MAX);
        file.row(["1", &longest]).unwrap();
        file.row(["2", "x"]).unwrap();
        let message = file.row(["3", "x"]).unwrap_err().to_string();
        assert!(
            message.contains("golden.xlsx: there are more than the 2 rows") && message.contains("--format csv"),
            "{message}"
        );
        file.finish().unwrap();
        assert_eq!(reader::read(&folder.path().join("golden.xlsx")).unwrap().rows[0].fields[1], longest);
        let message = create().row(["1", &"😀".repeat(CELL_CHARS_MAX / 2 + 1)]).unwrap_err().to_string();
        assert!(message.contains("row 2, column \"b\" holds more than the 32767 characters"), "{message}");
        let wide = vec!["a"; COLUMNS_MAX + 1];
        assert!(Workbook::create(folder.path(), "wide.xlsx", &wide).is_err());
        assert!(check_records(ROWS_MAX - 1).is_ok());
        let message = check_records(ROWS_MAX).unwrap_err().to_string();
        assert!(
            message.contains("1048576 records") && message.contains("--resume and --format csv or --format parquet"),
            "{message}"
        );
    }

    #[test]
    fn columns_have_letters() {
        let named: Vec<String> = [0, 25, 26, 701, 702, COLUMNS_MAX - 1].into_iter().map(letters).collect();
        assert_eq!(named, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
