//! What came in: the files, and what became of their columns.

use super::{count, escape, field_name, table};
use crate::bulk::report::{ColumnReport, InputReport};

/// Adds both tables.
pub fn tables(page: &mut String, input: &InputReport) {
    let rows = input.files.iter().map(|file| {
        let form = [file.format.as_str(), file.compression.as_str()];
        let form: Vec<&str> = form.into_iter().filter(|part| !part.is_empty()).collect();
        let within = match file.delimiter {
            Some('\t') => "TAB".to_owned(),
            Some(delimiter) => escape(&delimiter.to_string()),
            None => escape(&file.sheet),
        };
        let name = if file.file == "-" {
            "标准输入 <i lang=\"en\">standard input</i>".to_owned()
        } else {
            escape(&file.file)
        };
        vec![name, form.join(", "), escape(&file.encoding), within, count(file.rows), count(file.rejected)]
    });
    let header = [
        "文件 file",
        "格式 format",
        "编码 encoding",
        "分隔符/工作表 delimiter or sheet",
        "记录 records",
        "退回 rejected",
    ];
    table(page, "输入 · what came in", &header, &[0, 1, 2, 3], rows);
    if input.kept > 0 {
        page.push_str(&format!(
            "<p class=\"note\">另有 {0} 条记录沿用自 --since 所指的那次运行。<br><i lang=\"en\">{0} more records were taken over from the run \
             that --since names.</i></p>",
            count(input.kept)
        ));
    }
    let rows = input.columns.iter().map(|column| vec![escape(&column.column), meaning(column)]);
    table(page, "列与含义 · columns and what they were taken for", &["列 column", "含义 meaning"], &[0, 1], rows);
}

fn meaning(column: &ColumnReport) -> String {
    match (column.role, &column.field) {
        (Some(role), _) => {
            let zh = match role {
                "record_id" => "记录编号",
                "source" => "来源",
                "observed_time" => "确认时间",
                "owner" => "负责人",
                "format" => "证件类型",
                _ => "",
            };
            format!("{zh} <i>{role}</i>")
        }
        (None, Some(field)) => {
            let part = column.part.map(|part| format!(" <i>{part}</i>")).unwrap_or_default();
            format!("{}{part}", field_name(field))
        }
        (None, None) => "原样保留 <i lang=\"en\">carried through unmapped</i>".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::input::FileRead;

    #[test]
    fn files_and_columns_are_told_and_nothing_that_a_browser_runs() {
        let file = FileRead {
            file: "<a>.csv.gz".to_owned(),
            format: "csv".to_owned(),
            compression: "gzip".to_owned(),
            encoding: "gb18030".to_owned(),
            delimiter: Some('\t'),
            rows: 1_234,
            rejected: 5,
            ..FileRead::default()
        };
        let column = |name: &str, field: Option<&str>, role| ColumnReport {
            column: name.to_owned(),
            field: field.map(str::to_owned),
            role,
            part: None,
        };
        let columns = vec![
            column("id", None, Some("record_id")),
            column("手机", Some("phone:mobile"), None),
            column("备注", None, None),
        ];
        let mut page = String::new();
        tables(&mut page, &InputReport { files: vec![file], kept: 7_000, columns });
        for told in [
            "&lt;a&gt;.csv.gz",
            "csv, gzip",
            "gb18030",
            "TAB",
            "1,234",
            "记录编号",
            "phone:mobile",
            "carried through unmapped",
            "7,000 more records",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert!(!page.contains("<a>"));
    }
}
