//! CSV and TSV. The delimiter is the most frequent of comma, tab, semicolon and bar in the header line.

use std::borrow::Cow;
use std::path::Path;

use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8};

use super::{FIELD_BYTES_MAX, Reject, Row, Table, encoding, escape};
use crate::error::{Error, Result};

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// A CSV file whose form is known.
pub struct Delimited {
    bytes: Vec<u8>,
    encoding: &'static Encoding,
    delimiter: u8,
    /// Column names.
    pub header: Vec<String>,
    /// The encoding that was found.
    pub found: &'static str,
}

impl Delimited {
    /// Finds out encoding, delimiter and header.
    pub fn open(path: &Path, mut bytes: Vec<u8>) -> Result<Self> {
        let (mut encoding, mark_length) = encoding::sniff(&bytes);
        let found = encoding.name();
        bytes.drain(..mark_length);
        if encoding != UTF_8
            && let Some(text) = encoding::decode_whole(encoding, &bytes)
        {
            bytes = text.into_bytes();
            encoding = UTF_8;
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Error::input(path, "the file is empty; the first line must name the columns"));
        }
        if bytes.contains(&0) {
            return Err(Error::input(
                path,
                "the file holds NUL bytes; it is not a text table; export it as CSV or XLSX",
            ));
        }
        let delimiter = sniff_delimiter(&bytes);
        let mut this = Self { bytes, encoding, delimiter, header: Vec::new(), found };
        let mut record = ByteRecord::new();
        let has_header =
            this.reader().read_byte_record(&mut record).map_err(|error| Error::input(path, error.to_string()))?;
        if !has_header {
            return Err(Error::input(path, "the file has no header line; the first line must name the columns"));
        }
        this.header = header(path, encoding, &record)?;
        Ok(this)
    }

    fn reader(&self) -> csv::Reader<&[u8]> {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(self.delimiter).flexible(true).has_headers(false).from_reader(self.bytes.as_slice())
    }

    /// What parts the fields of a row.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// Lines of the file, which are no fewer than its rows.
    pub fn lines(&self) -> u64 {
        self.bytes.iter().filter(|byte| **byte == b'\n').count() as u64
    }

    /// Bytes of the text.
    pub fn bytes_held(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// The whole file.
    pub fn table(&self, path: &Path) -> Result<Table> {
        let mut table = Table { encoding: self.found, header: self.header.clone(), ..Table::default() };
        self.each(path, &mut |row| {
            match row {
                Ok(row) => table.rows.push(row),
                Err(reject) => table.rejects.push(reject),
            }
            Ok(())
        })?;
        Ok(table)
    }

    /// Every row from the first to the last; rows that cannot be read are rejects.
    pub fn each(
        &self,
        path: &Path,
        take: &mut dyn FnMut(std::result::Result<Row, Reject>) -> Result<()>,
    ) -> Result<()> {
        self.each_record(path, &mut |record| {
            let line = record.position().map_or(0, |position| position.line());
            let owned = |fields: Vec<Cow<'_, str>>| fields.into_iter().map(Cow::into_owned).collect();
            let read = row(self.encoding, record, &self.header).map(|fields| Row { line, fields: owned(fields) });
            take(read.map_err(|reason| {
                let row = rejected_text(record, self.delimiter);
                Reject { file: path.to_owned(), line, reason, row }
            }))
        })
    }

    /// The fields of every row that can be read.
    pub fn each_readable(&self, path: &Path, take: &mut dyn FnMut(&[Cow<'_, str>])) -> Result<()> {
        self.each_record(path, &mut |record| {
            if let Ok(fields) = row(self.encoding, record, &self.header) {
                take(&fields);
            }
            Ok(())
        })
    }

    fn each_record(&self, path: &Path, take: &mut dyn FnMut(&ByteRecord) -> Result<()>) -> Result<()> {
        let mut reader = self.reader();
        let mut record = ByteRecord::new();
        let mut below_header = false;
        while reader.read_byte_record(&mut record).map_err(|error| Error::input(path, error.to_string()))? {
            if std::mem::replace(&mut below_header, true) {
                take(&record)?;
            }
        }
        Ok(())
    }
}

/// Reads a whole CSV file.
#[cfg(test)]
pub fn read(path: &Path, bytes: Vec<u8>) -> Result<Table> {
    Delimited::open(path, bytes)?.table(path)
}

fn sniff_delimiter(bytes: &[u8]) -> u8 {
    let first_line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| {
        let mut quoted = false;
        let mut found = 0usize;
        for &byte in first_line {
            quoted ^= byte == b'"';
            found += usize::from(byte == delimiter && !quoted);
        }
        found
    };
    // The first of equals wins, so a file of one column is taken for CSV.
    let best = DELIMITERS.iter().rev().max_by_key(|&&delimiter| count(delimiter));
    best.copied().unwrap_or(b',')
}

fn header(path: &Path, encoding: &'static Encoding, record: &ByteRecord) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::with_capacity(record.len());
    for (position, field) in record.iter().enumerate() {
        let name = encoding::decode(encoding, field).ok_or_else(|| {
            Error::input(path, format!("the name of column {} is not valid {}", position + 1, encoding.name()))
        })?;
        let name = name.trim().to_owned();
        if !name.is_empty() && names.contains(&name) {
            return Err(Error::input(path, format!("two columns are called \"{name}\"; rename one")));
        }
        names.push(name);
    }
    Ok(names)
}

fn row<'r>(
    encoding: &'static Encoding,
    record: &'r ByteRecord,
    header: &[String],
) -> std::result::Result<Vec<Cow<'r, str>>, String> {
    // An oversize field usually swallowed the rest of the file: say so before complaining about the number of columns.
    for (position, field) in record.iter().enumerate() {
        if field.len() > FIELD_BYTES_MAX {
            let name = header.get(position).map_or("beyond the header", String::as_str);
            return Err(format!(
                "column {} ({name}) holds {} bytes, more than {FIELD_BYTES_MAX}; is a quote left open?",
                position + 1,
                field.len()
            ));
        }
    }
    if record.len() != header.len() {
        return Err(format!(
            "the row has {} columns, the header {}; is a delimiter or quote missing?",
            record.len(),
            header.len()
        ));
    }
    let mut fields = Vec::with_capacity(record.len());
    for (position, field) in record.iter().enumerate() {
        let text = encoding::decoded(encoding, field).ok_or_else(|| {
            let name = header.get(position).map_or("", String::as_str);
            format!("column {} ({name}) is not valid {}; save the file as UTF-8", position + 1, encoding.name())
        })?;
        fields.push(text);
    }
    Ok(fields)
}

fn rejected_text(record: &ByteRecord, delimiter: u8) -> String {
    let fields: Vec<String> = record.iter().map(escape).collect();
    fields.join(&char::from(delimiter).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(bytes: &[u8]) -> Result<Table> {
        read(Path::new("test.csv"), bytes.to_vec())
    }

    #[test]
    fn bom_delimiters_and_quotes_are_understood() {
        let table = read_text("\u{feff}姓名;phone\n\"张,三\";1\n".as_bytes()).unwrap();
        assert_eq!(table.header, ["姓名", "phone"]);
        assert_eq!(table.rows[0].fields, ["张,三", "1"]);
        assert_eq!(table.rows[0].line, 2);
    }

    #[test]
    fn gb18030_is_recognised_and_a_broken_row_is_rejected_whole() {
        let gbk = encoding_rs::GB18030.encode("id,姓名\n1,张三\n").0.into_owned();
        let table = read_text(&gbk).unwrap();
        assert_eq!((table.encoding, table.rows[0].fields[1].as_str()), ("gb18030", "张三"));

        let table = read_text(b"id,name\n1,\xe5\xbc\xa0\n2,\xff\xfe\n3,\xe5\xbc\xa0,x\n").unwrap();
        assert_eq!((table.rows.len(), table.rejects.len()), (1, 2));
        assert_eq!(table.rejects[0].row, "2,\\xFF\\xFE");
        assert_eq!(table.rejects[0].line, 3);
        assert!(table.rejects[1].reason.contains("3 columns, the header 2"));
    }

    #[test]
    fn an_oversize_field_is_a_reject_and_an_empty_file_an_error() {
        let mut bytes = b"id,name\n1,".to_vec();
        bytes.extend(vec![b'x'; 10 << 20]);
        let table = read_text(&bytes).unwrap();
        assert!(table.rejects[0].reason.contains("more than 1048576"));
        assert!(read_text(b"").is_err());
        assert!(read_text(b"\xef\xbb\xbf\n").is_err());
        assert!(read_text(b"id,id\n1,2\n").is_err());
    }
}
