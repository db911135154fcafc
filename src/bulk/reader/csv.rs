//! CSV and TSV. The delimiter is the most frequent of comma, tab, semicolon and bar in the header line.
//!
//! A quote that is left open would swallow the rows that follow it. Its line becomes a reject, and reading goes on behind it.

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
    /// Lines of the file above the header.
    lines_above: u64,
    /// Column names.
    pub header: Vec<String>,
    /// The encoding that was found.
    pub found: &'static str,
}

impl Delimited {
    /// Finds out delimiter and header, and the encoding where it is not given.
    pub fn open(path: &Path, mut bytes: Vec<u8>, given: Option<&'static Encoding>) -> Result<Self> {
        let (mut encoding, mark_length) = match given {
            Some(encoding) => (encoding, Encoding::for_bom(&bytes).map_or(0, |(_, length)| length)),
            None => encoding::sniff(&bytes),
        };
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
        // Spreadsheets write a line for themselves that names the delimiter.
        let named = declared_delimiter(&bytes);
        if let Some((_, length)) = named {
            bytes.drain(..length);
        }
        let delimiter = named.map_or_else(|| sniff_delimiter(&bytes), |(delimiter, _)| delimiter);
        let lines_above = u64::from(named.is_some());
        let mut this = Self { bytes, encoding, delimiter, lines_above, header: Vec::new(), found };
        let mut record = ByteRecord::new();
        let mut reader = this.reader(0);
        let has_header = reader.read_byte_record(&mut record).map_err(|error| Error::input(path, error.to_string()))?;
        if !has_header {
            return Err(Error::input(path, "the file has no header line; the first line must name the columns"));
        }
        let names = this.bytes.get(..reader.position().byte() as usize).unwrap_or_default();
        if run_on(names, delimiter).is_some() {
            return Err(Error::input(path, "a quote is left open in the header line; close it or leave it out"));
        }
        this.header = header(path, encoding, &record)?;
        Ok(this)
    }

    /// Reads from a byte on.
    fn reader(&self, from: usize) -> csv::Reader<&[u8]> {
        let mut builder = csv::ReaderBuilder::new();
        let bytes = self.bytes.get(from..).unwrap_or_default();
        builder.delimiter(self.delimiter).flexible(true).has_headers(false).from_reader(bytes)
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
        self.each_record(path, &mut |line, found| {
            let rejected = |reason, row| Reject { file: path.to_owned(), line, reason, row };
            let record = match found {
                Found::Record(record) => record,
                Found::RunOn(text) => {
                    let reason = "a quote is left open and would swallow the rows below; close it or leave it out";
                    return take(Err(rejected(reason.to_owned(), escape(text))));
                }
            };
            let owned = |fields: Vec<Cow<'_, str>>| fields.into_iter().map(Cow::into_owned).collect();
            let read = row(self.encoding, record, &self.header).map(|fields| Row { line, fields: owned(fields) });
            take(read.map_err(|reason| rejected(reason, rejected_text(record, self.delimiter))))
        })
    }

    /// The fields of every row that can be read.
    pub fn each_readable(&self, path: &Path, take: &mut dyn FnMut(&[Cow<'_, str>])) -> Result<()> {
        self.each_record(path, &mut |_, found| {
            if let Found::Record(record) = found
                && let Ok(fields) = row(self.encoding, record, &self.header)
            {
                take(&fields);
            }
            Ok(())
        })
    }

    /// Everything below the header, each with its first line.
    fn each_record(&self, path: &Path, take: &mut dyn FnMut(u64, Found<'_>) -> Result<()>) -> Result<()> {
        let mut record = ByteRecord::new();
        let mut below_header = false;
        // Where the reader began: behind the last quote that was left open.
        let (mut from, mut lines_before) = (0, self.lines_above);
        let mut reader = self.reader(from);
        while reader.read_byte_record(&mut record).map_err(|error| Error::input(path, error.to_string()))? {
            let (first_line, start) = record.position().map_or((0, 0), |at| (at.line(), from + at.byte() as usize));
            let (last_line, end) = (reader.position().line(), from + reader.position().byte() as usize);
            // The reader stands before the second half of a CR LF, and before empty lines.
            let skipped = self.bytes.iter().skip(start).take_while(|byte| [b'\r', b'\n'].contains(byte));
            let skipped = skipped.filter(|byte| **byte == b'\n').count() as u64;
            let line = lines_before + first_line + skipped;
            // What stands on one line has swallowed nothing, unless the file ends within a quote.
            if last_line > first_line + skipped + 1 || end == self.bytes.len() {
                let text = self.bytes.get(start..end).unwrap_or_default();
                if let Some(quote) = run_on(text, self.delimiter) {
                    let behind =
                        text.iter().skip(quote).position(|byte| *byte == b'\n').map_or(text.len(), |at| quote + at + 1);
                    let text = text.get(..behind).unwrap_or_default();
                    lines_before += first_line - 1 + text.iter().filter(|byte| **byte == b'\n').count() as u64;
                    from = start + behind;
                    reader = self.reader(from);
                    take(line, Found::RunOn(text.trim_ascii()))?;
                    continue;
                }
            }
            if std::mem::replace(&mut below_header, true) {
                take(line, Found::Record(&record))?;
            }
        }
        Ok(())
    }
}

/// What stands in a row's place.
enum Found<'f> {
    /// A row.
    Record(&'f ByteRecord),
    /// The text up to the end of the line in which a quote is left open.
    RunOn(&'f [u8]),
}

/// Where a quote opens in the text of a row that is not closed where a field ends, and so takes in lines that are not its own: the text ends
/// before it is closed, or the quote that closes it, lines later, was meant to open another.
fn run_on(text: &[u8], delimiter: u8) -> Option<usize> {
    let mut at = 0;
    let mut begins = true;
    while let Some(byte) = text.get(at) {
        at += 1;
        if !(begins && *byte == b'"') {
            begins = [delimiter, b'\r', b'\n'].contains(byte);
            continue;
        }
        let opens = at - 1;
        let mut spans = false;
        loop {
            match (text.get(at), text.get(at + 1)) {
                (None, _) => return Some(opens),
                (Some(b'"'), Some(b'"')) => at += 1,
                (Some(b'"'), next) => {
                    let ends = next.is_none_or(|byte| [delimiter, b'\r', b'\n'].contains(byte));
                    if spans && !ends {
                        return Some(opens);
                    }
                    break;
                }
                (Some(byte), _) => spans |= *byte == b'\n',
            }
            at += 1;
        }
        at += 1;
        begins = false;
    }
    None
}

/// Reads a whole CSV file.
#[cfg(test)]
pub fn read(path: &Path, bytes: Vec<u8>) -> Result<Table> {
    Delimited::open(path, bytes, None)?.table(path)
}

/// The delimiter that a first line `sep=;` names, and the length of the line.
fn declared_delimiter(bytes: &[u8]) -> Option<(u8, usize)> {
    let (delimiter, rest) = bytes.strip_prefix(b"sep=")?.split_first()?;
    let length = bytes.len() - rest.len();
    let end = [&b"\r\n"[..], b"\n", b"\r"].into_iter().find(|end| rest.starts_with(end))?;
    Some((*delimiter, length + end.len()))
}

/// The delimiter that stands in the header line most often; of two the one that the line below has as often, since a name such as
/// 地址(省,市,区) holds others. The first of equals wins, so a file of one column is taken for CSV.
fn sniff_delimiter(bytes: &[u8]) -> u8 {
    let mut lines = bytes.split(|&byte| byte == b'\n');
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let count = |line: &[u8], delimiter: u8| {
        let mut quoted = false;
        let mut found = 0usize;
        for &byte in line {
            quoted ^= byte == b'"';
            found += usize::from(byte == delimiter && !quoted);
        }
        found
    };
    let rank = |delimiter: &&u8| {
        let found = count(first, **delimiter);
        (found > 0 && count(second, **delimiter) == found, found)
    };
    DELIMITERS.iter().rev().max_by_key(rank).copied().unwrap_or(b',')
}

fn header(path: &Path, encoding: &'static Encoding, record: &ByteRecord) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::with_capacity(record.len());
    for (position, field) in record.iter().enumerate() {
        let name = encoding::decode(encoding, field).ok_or_else(|| {
            let advice = "save the file as UTF-8, or name its encoding in the mapping (encoding = \"windows-1252\")";
            Error::input(
                path,
                format!("the name of column {} is not valid {}; {advice}", position + 1, encoding.name()),
            )
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
            let advice = "save the file as UTF-8, or name its encoding in the mapping";
            format!("column {} ({name}) is not valid {}; {advice}", position + 1, encoding.name())
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
    fn the_delimiter_is_that_of_the_line_below_too_and_a_line_that_names_it_is_no_header() {
        let table = read_text("id;地址(省,市,区,路);电话\n1;浙江杭州;2\n".as_bytes()).unwrap();
        assert_eq!(table.header, ["id", "地址(省,市,区,路)", "电话"]);
        for text in ["sep=;\r\nid;a,b,c\r\n1;2,3,4\r\nx\r\n", "sep=|\nid|a,b,c\n1|2,3,4\nx\n"] {
            let table = read_text(text.as_bytes()).unwrap();
            assert_eq!((table.header[1].as_str(), table.rows[0].fields[1].as_str()), ("a,b,c", "2,3,4"));
            assert_eq!((table.rows[0].line, table.rejects[0].line), (3, 4));
        }
    }

    #[test]
    fn a_quote_left_open_costs_its_own_line_only() {
        let ids = |table: &Table| table.rows.iter().map(|row| row.fields[0].clone()).collect::<Vec<_>>().join(" ");
        let rejected = |table: &Table| table.rejects.iter().map(|reject| reject.line).collect::<Vec<_>>();
        // To the end of the file; up to a field in quotes, a later one or one that is left open as well; in the last line.
        for (text, found, lines) in [
            ("id,name,note\n1,a,x\n2,b,\"open\n3,c,x\n4,d,y\n", "1 3 4", vec![3]),
            ("id,name,note\n1,\"a,x\n2,b,x\n3,\"c\",x\n4,d,y\n", "2 3 4", vec![2]),
            ("id,name,note\n1,\"a,x\n2,\"b,x\n3,c,x\n", "3", vec![2, 3]),
            ("id,name,note\r\n1,a,\"two\r\nlines\"\r\n2,b,\"open\r\n3,c,x\r\n", "1 3", vec![4]),
            ("id,name,note\n1,a,x\n2,b,\"open", "1", vec![3]),
            // What is lenient or right stays.
            ("id,name,note\n1,\"Acme\" Ltd,x\n2,b\"c,\"a \"\"b\"\"\n\nc\"\n3,\"\",\"x\"", "1 2 3", vec![]),
        ] {
            let table = read_text(text.as_bytes()).unwrap();
            assert_eq!((ids(&table).as_str(), rejected(&table)), (found, lines), "{text}");
        }
        let table = read_text(b"id,name\n1,\"a\n2,b\n").unwrap();
        assert!(table.rejects[0].reason.contains("a quote is left open"), "{}", table.rejects[0].reason);
        assert_eq!(table.rejects[0].row, "1,\"a");
        let mut swallowing = b"id,name\n1,\"a\n".to_vec();
        (0..200_000).for_each(|id| swallowing.extend(format!("{id},somebody\n").bytes()));
        assert_eq!(read_text(&swallowing).unwrap().rows.len(), 200_000);
        assert!(read_text(b"id,\"name\n1,a\n").is_err_and(|error| error.to_string().contains("in the header line")));
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
