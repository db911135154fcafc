//! XLSX workbooks: one sheet, whose first row that is not empty names the columns.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Reader, Style, Xlsx, XlsxError};

use super::{FIELD_BYTES_MAX, Reject, Row, Table};
use crate::error::{Error, Result, did_you_mean};

/// The first bytes of every XLSX file, which is a ZIP archive.
pub const MAGIC: &[u8] = b"PK\x03\x04";
/// The first bytes of the older binary form (.xls) and of encrypted workbooks.
pub const OLD_MAGIC: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// Columns that a sheet can have.
const COLUMNS_MAX: u32 = 16_384;

/// Reads one sheet of a workbook: the one named, or the first. The line of a row is its number in the sheet.
pub fn read(path: &Path, bytes: Vec<u8>, sheet: Option<&str>) -> Result<Table> {
    let damaged = |error: XlsxError| {
        Error::input(path, format!("the workbook cannot be read ({error}); save it again as .xlsx or .csv"))
    };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = workbook.sheet_names();
    let name = match sheet {
        None => names.first().ok_or_else(|| Error::input(path, "the workbook has no sheet"))?,
        Some(wanted) => names.iter().find(|name| *name == wanted).ok_or_else(|| {
            let hint = did_you_mean(wanted, names.iter().map(String::as_str));
            let names = names.join("\", \"");
            Error::input(path, format!("the workbook has no sheet \"{wanted}\"{hint}; it has \"{names}\""))
        })?,
    };
    let is_1904 = workbook.has_1904_epoch();
    let mut cells = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    let mut sheet = Sheet { path, name, table: Table { encoding: "UTF-8", sheet: name.clone(), ..Table::default() } };
    let mut open: Option<(u32, BTreeMap<u32, String>)> = None;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::Float(number) if cells.styles().get(style).is_some_and(is_local_date) => {
                date_time(&ExcelDateTime::new(*number, ExcelDateTimeType::DateTime, is_1904))
            }
            value => text(value),
        };
        if text.is_empty() || column >= COLUMNS_MAX {
            continue;
        }
        match &mut open {
            Some((current, fields)) if *current == row => {
                fields.insert(column, text);
            }
            Some(_) | None => {
                if let Some((done, fields)) = open.replace((row, BTreeMap::from([(column, text)]))) {
                    sheet.row(done, fields)?;
                }
            }
        }
    }
    if let Some((done, fields)) = open {
        sheet.row(done, fields)?;
    }
    if sheet.table.header.is_empty() {
        let message = format!("sheet \"{name}\" is empty; its first row must name the columns");
        return Err(Error::input(path, message));
    }
    Ok(sheet.table)
}

struct Sheet<'a> {
    path: &'a Path,
    name: &'a str,
    table: Table,
}

impl Sheet<'_> {
    fn row(&mut self, row: u32, cells: BTreeMap<u32, String>) -> Result<()> {
        let width = cells.last_key_value().map_or(0, |(column, _)| *column as usize + 1);
        let is_header = self.table.header.is_empty();
        let mut fields = vec![String::new(); width.max(self.table.header.len())];
        for (column, text) in cells {
            if let Some(field) = fields.get_mut(column as usize) {
                *field = if is_header { text.trim().to_owned() } else { text };
            }
        }
        let line = u64::from(row) + 1;
        if is_header {
            for (position, name) in fields.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
                if fields.iter().take(position).any(|other| other == name) {
                    let message = format!("sheet \"{}\": two columns are called \"{name}\"; rename one", self.name);
                    return Err(Error::input(self.path, message));
                }
            }
            self.table.header = fields;
            return Ok(());
        }
        let long = fields.iter().position(|field| field.len() > FIELD_BYTES_MAX);
        let reason = match long {
            Some(position) => Some(format!("column {} holds more than {FIELD_BYTES_MAX} bytes", position + 1)),
            None if width > self.table.header.len() => Some(format!(
                "the row has {width} columns, the header {}; name every column in the first row",
                self.table.header.len()
            )),
            None => None,
        };
        match reason {
            None => self.table.rows.push(Row { line, fields }),
            Some(reason) => {
                let row = fields.join(",");
                self.table.rejects.push(Reject { file: self.path.to_owned(), line, reason, row });
            }
        }
        Ok(())
    }
}

/// The date formats that Chinese, Japanese and Korean Excel have built in (`1990年5月17日`) stand in the file as a number
/// without a pattern (ECMA-376 part 1, 18.8.30).
fn is_local_date(style: &Style) -> bool {
    let format = style.number_format.as_ref().filter(|format| format.format_code == "General");
    format.and_then(|format| format.format_id).is_some_and(|id| matches!(id, 27..=36 | 50..=58))
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Telephone numbers that were typed as numbers: 13800138000.0 is written without its fraction.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(time) => date_time(time),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A date cell in ISO form: a day where the time is midnight, a time where there is no day.
fn date_time(value: &ExcelDateTime) -> String {
    // Outside of the years 1900 to 9999 the cell is no date.
    if !(0.0..2_958_466.0).contains(&value.as_f64()) {
        return value.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let (date, time) = (format!("{year:04}-{month:02}-{day:02}"), format!("{hour:02}:{minute:02}:{second:02}"));
    match (value.as_f64() < 1.0 || value.is_duration(), (hour, minute, second) == (0, 0, 0)) {
        (true, _) => time,
        (false, true) => date,
        (false, false) => format!("{date}T{time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sheets: customers with a date, a number and a wide row; `档案` with one customer.
    const WORKBOOK: &[u8] = include_bytes!("../../../fixtures/files/customers.xlsx");

    #[test]
    fn dates_numbers_and_rows_are_read_as_people_see_them() {
        let table = read(Path::new("a.xlsx"), WORKBOOK.to_vec(), None).unwrap();
        assert_eq!(table.header, ["编号", "姓名", "手机号", "出生日期", "更新时间", "会员"]);
        let wanted = ["1", "张伟", "13800138000", "1990-05-17", "2026-01-02T13:45:00", "true"];
        assert_eq!((table.rows[0].line, table.rows[0].fields.as_slice()), (3, wanted.map(str::to_owned).as_slice()));
        assert_eq!((table.rows[1].line, table.rows[1].fields[1].as_str()), (5, "李娜"));
        // 33010 in the built-in format 31, yyyy"年"m"月"d"日".
        assert_eq!(table.rows[1].fields[2..4], ["", "1990-05-17"]);
        assert_eq!(table.rejects[0].line, 6);
        assert!(table.rejects[0].reason.contains("7 columns, the header 6"));

        let table = read(Path::new("a.xlsx"), WORKBOOK.to_vec(), Some("档案")).unwrap();
        assert_eq!(table.header, ["id", "name"]);
        let error = read(Path::new("a.xlsx"), WORKBOOK.to_vec(), Some("档")).unwrap_err().to_string();
        assert!(error.contains("\"客户\", \"档案\""), "{error}");
    }

    #[test]
    fn damaged_files_are_errors_and_never_panics() {
        for end in (0..WORKBOOK.len()).step_by(7) {
            assert!(super::super::parse(Path::new("a.xlsx"), WORKBOOK[..end].to_vec()).is_err());
        }
        for position in (0..WORKBOOK.len()).step_by(3) {
            let mut bytes = WORKBOOK.to_vec();
            bytes[position] ^= 0x55;
            let _ = super::super::parse(Path::new("a.xlsx"), bytes);
        }
    }
}
