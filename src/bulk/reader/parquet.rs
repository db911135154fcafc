//! Parquet files: every value becomes the text that a person would have typed into a CSV. The values of a list stand in one field.

use std::path::Path;

use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{AsBytes, DataType, Int96};
use parquet::errors::Result as ParquetResult;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use super::{FIELD_BYTES_MAX, Reject, Row, Table, escape};
use crate::domain::date::CivilDate;
use crate::error::{Error, Result};

/// The first bytes of every Parquet file.
pub const MAGIC: &[u8] = b"PAR1";

/// Rows that are decoded at once.
const BATCH_ROWS: usize = 8_192;
/// Between the values of a list, as people write several numbers into one field.
const LIST_SEPARATOR: &str = "; ";
const NANOS_PER_SECOND: i128 = 1_000_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// A value as text; where it is none, its bytes written out.
type Cell = std::result::Result<String, String>;

/// Reads a whole Parquet file. The line of a row is its number, from 1.
pub fn read(path: &Path, bytes: Vec<u8>) -> Result<Table> {
    let damaged = |error: parquet::errors::ParquetError| {
        let advice = "fetch it again, or write it with snappy, zstd, gzip, lz4, brotli or no compression";
        Error::input(path, format!("the Parquet file cannot be read ({error}); {advice}"))
    };
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).map_err(damaged)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let mut table = Table { encoding: "UTF-8", ..Table::default() };
    for column in schema.columns() {
        let name = column.path().string();
        let name = name.strip_suffix(".list.element").or(name.strip_suffix(".list.item")).unwrap_or(&name).to_owned();
        if table.header.contains(&name) {
            return Err(Error::input(path, format!("two columns are called \"{name}\"; rename one")));
        }
        table.header.push(name);
    }
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(damaged)?;
        read_group(path, group.as_ref(), &mut table).map_err(damaged)?;
    }
    Ok(table)
}

fn read_group(path: &Path, group: &dyn RowGroupReader, table: &mut Table) -> ParquetResult<()> {
    let mut columns = Vec::with_capacity(table.header.len());
    for (position, descriptor) in group.metadata().schema_descr().columns().iter().enumerate() {
        columns.push(Column { reader: group.get_column_reader(position)?, descriptor });
    }
    let mut first = (table.rows.len() + table.rejects.len()) as u64 + 1;
    loop {
        let mut cells = Vec::with_capacity(columns.len());
        for column in &mut columns {
            cells.push(column.next_cells()?.into_iter());
        }
        let rows = cells.first().map_or(0, |cells| cells.len());
        if cells.iter().any(|cells| cells.len() != rows) {
            return Err(parquet::errors::ParquetError::General("the columns differ in length".to_owned()));
        }
        if rows == 0 {
            return Ok(());
        }
        for line in first..first + rows as u64 {
            let row: Vec<Cell> = cells.iter_mut().filter_map(Iterator::next).collect();
            push(path, line, row, table);
        }
        first += rows as u64;
    }
}

fn push(path: &Path, line: u64, row: Vec<Cell>, table: &mut Table) {
    let named = |position: usize| table.header.get(position).map_or("", String::as_str);
    let reason = row.iter().enumerate().find_map(|(position, cell)| match cell {
        Err(_) => Some(format!("column {} ({}) is not valid UTF-8; write it as text", position + 1, named(position))),
        Ok(text) if text.len() > FIELD_BYTES_MAX => {
            let (name, length) = (named(position), text.len());
            Some(format!("column {} ({name}) holds {length} bytes, more than {FIELD_BYTES_MAX}", position + 1))
        }
        Ok(_) => None,
    });
    let fields: Vec<String> = row.into_iter().map(|cell| cell.unwrap_or_else(|escaped| escaped)).collect();
    match reason {
        None => table.rows.push(Row { line, fields }),
        Some(reason) => {
            table.rejects.push(Reject { file: path.to_owned(), line, reason, row: fields.join(",") });
        }
    }
}

struct Column<'a> {
    reader: ColumnReader,
    descriptor: &'a ColumnDescriptor,
}

impl Column<'_> {
    /// The next values, none at the end of the row group. A missing value is an empty text.
    fn next_cells(&mut self) -> ParquetResult<Vec<Cell>> {
        let of = self.descriptor;
        match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => cells(reader, of, |value| Ok(value.to_string())),
            ColumnReader::Int32ColumnReader(reader) => {
                cells(reader, of, |value| Ok(integer(of, i64::from(*value), i64::from(value.cast_unsigned()))))
            }
            ColumnReader::Int64ColumnReader(reader) => cells(reader, of, |value| {
                let unsigned = matches!(of.logical_type_ref(), Some(LogicalType::Integer(kind)) if !kind.is_signed)
                    || of.converted_type() == ConvertedType::UINT_64;
                Ok(if unsigned { value.cast_unsigned().to_string() } else { integer(of, *value, *value) })
            }),
            ColumnReader::Int96ColumnReader(reader) => cells(reader, of, |value| Ok(int96(value))),
            ColumnReader::FloatColumnReader(reader) => cells(reader, of, |value| Ok(value.to_string())),
            ColumnReader::DoubleColumnReader(reader) => cells(reader, of, |value| Ok(value.to_string())),
            ColumnReader::ByteArrayColumnReader(reader) => cells(reader, of, |value| text(of, value.as_bytes())),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                cells(reader, of, |value| text(of, value.as_bytes()))
            }
        }
    }
}

fn cells<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    of: &ColumnDescriptor,
    text: impl Fn(&T::T) -> Cell,
) -> ParquetResult<Vec<Cell>> {
    let (mut levels, mut repeated, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let (present, lists) = (of.max_def_level(), of.max_rep_level() > 0);
    let (rows, _, _) =
        reader.read_records(BATCH_ROWS, Some(&mut levels), lists.then_some(&mut repeated), &mut values)?;
    let mut values = values.iter();
    if present == 0 {
        return Ok(values.map(text).collect());
    }
    let mut cell = |level: &i16| match (*level == present).then(|| values.next()).flatten() {
        Some(value) => text(value),
        None => Ok(String::new()),
    };
    if !lists {
        return Ok(levels.iter().take(rows).map(cell).collect());
    }
    let mut joined: Vec<Cell> = Vec::with_capacity(rows);
    for (level, repeats) in levels.iter().zip(&repeated) {
        let value = cell(level);
        match joined.last_mut().filter(|_| *repeats > 0) {
            Some(row) => *row = with_next(row, value),
            None => joined.push(value),
        }
    }
    Ok(joined)
}

/// The field of a list with one value more; bytes that are no text make the field none.
fn with_next(row: &Cell, value: Cell) -> Cell {
    let join = |before: &str, next: &str| match (before.is_empty(), next.is_empty()) {
        (true, _) => next.to_owned(),
        (_, true) => before.to_owned(),
        (false, false) => [before, next].join(LIST_SEPARATOR),
    };
    match (row, &value) {
        (Ok(before), Ok(next)) => Ok(join(before, next)),
        (Ok(before) | Err(before), Ok(next) | Err(next)) => Err(join(before, next)),
    }
}

/// An integer under the meaning that its column declares.
fn integer(of: &ColumnDescriptor, signed: i64, unsigned: i64) -> String {
    match of.logical_type_ref() {
        Some(LogicalType::Date) => return day(signed),
        Some(LogicalType::Decimal(kind)) => return decimal(i128::from(signed), kind.scale),
        Some(LogicalType::Timestamp(kind)) => {
            return timestamp(i128::from(signed) * nanos(&kind.unit), kind.is_adjusted_to_u_t_c);
        }
        Some(LogicalType::Time(kind)) => return time_of_day(i128::from(signed) * nanos(&kind.unit)),
        Some(LogicalType::Integer(kind)) if !kind.is_signed => return unsigned.to_string(),
        Some(_) | None => {}
    }
    match of.converted_type() {
        ConvertedType::DATE => day(signed),
        ConvertedType::DECIMAL => decimal(i128::from(signed), of.type_scale()),
        ConvertedType::TIMESTAMP_MILLIS => timestamp(i128::from(signed) * nanos(&TimeUnit::MILLIS), true),
        ConvertedType::TIMESTAMP_MICROS => timestamp(i128::from(signed) * nanos(&TimeUnit::MICROS), true),
        ConvertedType::TIME_MILLIS => time_of_day(i128::from(signed) * nanos(&TimeUnit::MILLIS)),
        ConvertedType::TIME_MICROS => time_of_day(i128::from(signed) * nanos(&TimeUnit::MICROS)),
        ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 => unsigned.to_string(),
        _ => signed.to_string(),
    }
}

fn nanos(unit: &TimeUnit) -> i128 {
    match unit {
        TimeUnit::MILLIS => 1_000_000,
        TimeUnit::MICROS => 1_000,
        TimeUnit::NANOS => 1,
    }
}

fn text(of: &ColumnDescriptor, bytes: &[u8]) -> Cell {
    let scale = match of.logical_type_ref() {
        Some(LogicalType::Decimal(kind)) => Some(kind.scale),
        Some(_) | None => (of.converted_type() == ConvertedType::DECIMAL).then(|| of.type_scale()),
    };
    match (scale, bytes.first()) {
        (Some(scale), Some(first)) if bytes.len() <= 16 => {
            // Two's complement, the highest byte first.
            let start = if *first >= 0x80 { -1 } else { 0 };
            Ok(decimal(bytes.iter().fold(start, |sum: i128, byte| (sum << 8) | i128::from(*byte)), scale))
        }
        _ if matches!(of.logical_type_ref(), Some(LogicalType::Uuid)) && bytes.len() == 16 => Ok(uuid(bytes)),
        _ => std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| escape(bytes)),
    }
}

/// Five groups of hexadecimal digits (RFC 9562).
fn uuid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(36);
    for (position, byte) in bytes.iter().enumerate() {
        if [4, 6, 8, 10].contains(&position) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

fn decimal(unscaled: i128, scale: i32) -> String {
    let scale = usize::try_from(scale).unwrap_or(0).min(38);
    let sign = if unscaled < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Days since 1970 as an ISO date; what is out of the calendar stays a number.
fn day(days: i64) -> String {
    CivilDate::from_days_since_epoch(days).map_or_else(|| days.to_string(), |day| day.to_string())
}

/// An ISO time; a time at midnight is a day, which is what a birth date in such a column means.
fn timestamp(nanos: i128, utc: bool) -> String {
    let per_day = i128::from(SECONDS_PER_DAY) * NANOS_PER_SECOND;
    let (days, rest) = (nanos.div_euclid(per_day), nanos.rem_euclid(per_day));
    let day = day(i64::try_from(days).unwrap_or(i64::MAX));
    if rest == 0 {
        return day;
    }
    format!("{day}T{}{}", time_of_day(rest), if utc { "Z" } else { "" })
}

fn time_of_day(nanos: i128) -> String {
    let (seconds, part) = (nanos.div_euclid(NANOS_PER_SECOND), nanos.rem_euclid(NANOS_PER_SECOND));
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if part == 0 { clock } else { format!("{clock}.{}", format!("{part:09}").trim_end_matches('0')) }
}

/// The timestamps of old Impala and Spark: nanoseconds of the day and the Julian day.
fn int96(value: &Int96) -> String {
    let [low, high, julian_day] = [0, 1, 2].map(|word| value.data().get(word).copied().unwrap_or(0));
    let of_day = i128::from(u64::from(high) << 32 | u64::from(low));
    let days = i128::from(julian_day) - 2_440_588;
    timestamp(days * i128::from(SECONDS_PER_DAY) * NANOS_PER_SECOND + of_day, false)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::basic::Compression;
    use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::*;

    const SCHEMA: &str = "message m {
        required binary id (UTF8); optional binary name (UTF8); optional int32 born (DATE);
        optional int64 seen (TIMESTAMP(NANOS,false)); optional int64 midnight (TIMESTAMP_MICROS);
        optional int32 amount (DECIMAL(9,2)); optional binary big (DECIMAL(20,3)); optional double phone;
        optional boolean active; optional int32 small (UINT_32); }";

    fn file(compression: Compression) -> Vec<u8> {
        let properties = WriterProperties::builder().set_compression(compression).build();
        let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
        let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let levels: &[i16] = &[1, 0];
        macro_rules! column {
            ($type:ty, $values:expr, $levels:expr) => {
                let mut column = group.next_column().unwrap().unwrap();
                column.typed::<$type>().write_batch($values, $levels, None).unwrap();
                column.close().unwrap();
            };
        }
        column!(ByteArrayType, &[ByteArray::from("1"), ByteArray::from("2")], None);
        column!(ByteArrayType, &[ByteArray::from("张伟"), ByteArray::from(vec![0xff])], Some(&[1, 1]));
        column!(Int32Type, &[-1], Some(levels));
        column!(Int64Type, &[1_767_225_600_500_000_000], Some(levels));
        column!(Int64Type, &[0], Some(levels));
        column!(Int32Type, &[-1205], Some(levels));
        column!(ByteArrayType, &[ByteArray::from(vec![0xff, 0x00])], Some(levels));
        column!(DoubleType, &[13800138000.0], Some(levels));
        column!(BoolType, &[true], Some(levels));
        column!(Int32Type, &[-1], Some(levels));
        group.close().unwrap();
        writer.into_inner().unwrap()
    }

    #[test]
    fn every_type_becomes_the_text_a_person_would_write() {
        for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::GZIP(Default::default())] {
            let table = read(Path::new("a.parquet"), file(compression)).unwrap();
            let wanted =
                ["1", "张伟", "1969-12-31", "2026-01-01T00:00:00.5", "1970-01-01", "-12.05", "-0.256", "13800138000"];
            assert_eq!(table.header.len(), 10);
            assert_eq!(table.rows[0].fields[..8], wanted);
            assert_eq!(table.rows[0].fields[8..], ["true", "4294967295"]);
            assert_eq!((table.rows[0].line, table.rejects[0].line), (1, 2));
            assert_eq!(table.rejects[0].row, "2,\\xFF,,,,,,,,");
        }
    }

    #[test]
    fn damaged_files_are_errors_and_never_panics() {
        let whole = file(Compression::SNAPPY);
        for end in 0..whole.len() {
            let error = super::super::parse(Path::new("a.parquet"), whole[..end].to_vec()).unwrap_err();
            assert!(error.to_string().contains("a.parquet"), "{error}");
        }
        for position in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[position] ^= 0xff;
            let _ = super::super::parse(Path::new("a.parquet"), bytes);
        }
    }
}
