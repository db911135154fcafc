//! Writing Parquet: columns of text, an empty text as null; compressed with Snappy, which every reader knows.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use crate::error::{Error, Result};

/// Rows of one row group.
const GROUP_ROWS: usize = 100_000;

/// A Parquet file being written.
pub struct ParquetFile {
    path: PathBuf,
    writer: SerializedFileWriter<BufWriter<File>>,
    /// The rows of the open row group, by column.
    columns: Vec<Vec<String>>,
}

impl ParquetFile {
    /// Starts a file with these columns.
    pub fn create(out: &Path, name: &str, header: &[&str]) -> Result<Self> {
        let path = out.join(name);
        let failed = |error| failed(&path, error);
        let field = |name: &&str| {
            Type::primitive_type_builder(name, PhysicalType::BYTE_ARRAY)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(Some(LogicalType::String))
                .build()
                .map(Arc::new)
        };
        let fields = header.iter().map(field).collect::<parquet::errors::Result<_>>().map_err(failed)?;
        let schema = Type::group_type_builder("schema").with_fields(fields).build().map_err(failed)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file = BufWriter::new(File::create(&path).map_err(|error| Error::write(&path, error))?);
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        Ok(Self { writer, columns: vec![Vec::new(); header.len()], path })
    }

    /// Adds a row, with a field for each column.
    pub fn row(&mut self, fields: impl IntoIterator<Item = String>) -> Result<()> {
        for (column, field) in self.columns.iter_mut().zip(fields) {
            column.push(field);
        }
        if self.columns.first().is_some_and(|column| column.len() >= GROUP_ROWS) { self.write_group() } else { Ok(()) }
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<()> {
        if self.columns.first().is_some_and(|column| !column.is_empty()) {
            self.write_group()?;
        }
        self.writer.close().map_err(|error| failed(&self.path, error))?;
        Ok(())
    }

    fn write_group(&mut self) -> Result<()> {
        let columns = self.columns.iter_mut().map(std::mem::take).collect();
        write_columns(&mut self.writer, columns).map_err(|error| failed(&self.path, error))
    }
}

fn write_columns(
    writer: &mut SerializedFileWriter<BufWriter<File>>,
    columns: Vec<Vec<String>>,
) -> parquet::errors::Result<()> {
    let mut group = writer.next_row_group()?;
    for texts in columns {
        let levels: Vec<i16> = texts.iter().map(|text| i16::from(!text.is_empty())).collect();
        let values: Vec<ByteArray> =
            texts.into_iter().filter(|text| !text.is_empty()).map(|text| ByteArray::from(text.into_bytes())).collect();
        if let Some(mut column) = group.next_column()? {
            column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
            column.close()?;
        }
    }
    group.close()?;
    Ok(())
}

fn failed(path: &Path, error: ParquetError) -> Error {
    Error::write(path, std::io::Error::other(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::reader;

    #[test]
    fn what_was_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = ParquetFile::create(folder.path(), "a.parquet", &["record_id", "person_name"]).unwrap();
        let rows = GROUP_ROWS + 1;
        for number in 0..rows {
            file.row([number.to_string(), if number % 2 == 0 { "张伟".to_owned() } else { String::new() }]).unwrap();
        }
        file.finish().unwrap();
        let table = reader::read(&folder.path().join("a.parquet")).unwrap();
        assert_eq!(
            (table.header.as_slice(), table.rows.len()),
            (["record_id", "person_name"].map(str::to_owned).as_slice(), rows)
        );
        assert_eq!(table.rows[rows - 1].fields, [(rows - 1).to_string(), "张伟".to_owned()]);
        assert_eq!((table.rows[1].line, table.rows[1].fields[1].as_str()), (2, ""));
    }
}
