//! Traps that only a whole run shows: what a file does to its values, and what many records say about one value.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use crate::support::{guiyi, text};

const MAPPING: &str = r#"
record_id = "id"
source = { name = "crm" }

[[column]]
name = "姓名"
kind = "person_name"

[[column]]
name = "手机号"
kind = "phone"
country = "CN"

[[column]]
name = "证件号"
kind = "id_document"

[[column]]
name = "出生日期"
kind = "birth_date"

[[column]]
name = "区域"
kind = "text"
label = "区域"
"#;

/// People who have nothing in common.
const NAMES: [&str; 12] = [
    "欧阳建国",
    "李秀英",
    "王志强",
    "刘芳芳",
    "陈海涛",
    "赵丽华",
    "黄晓明",
    "周文斌",
    "吴桂兰",
    "徐子涵",
    "孙宏伟",
    "马春梅",
];

/// What a run wrote.
struct Run {
    output: Output,
    crosswalk: String,
    findings: String,
    rejects: String,
    records: String,
}

impl Run {
    fn profiles(&self) -> BTreeSet<&str> {
        self.crosswalk.lines().skip(1).filter_map(|line| line.rsplit(',').next()).collect()
    }

    /// The ids of the records with a finding, each once.
    fn with_finding(&self, code: &str) -> Vec<String> {
        let mut reader = csv::Reader::from_reader(self.findings.as_bytes());
        let header = reader.headers().unwrap().clone();
        let column = |name: &str| header.iter().position(|column| column == name).unwrap();
        let (id, found) = (column("record_id"), column("code"));
        let rows = reader.records().map(Result::unwrap).filter(|row| &row[found] == code);
        let ids: BTreeSet<String> = rows.map(|row| row[id].to_owned()).collect();
        ids.into_iter().collect()
    }
}

/// Cleanses a text as a file of its own, with the columns of [`MAPPING`].
fn cleanse(name: &str, content: &str, quality: Option<&str>) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let (input, mapping, out) = (file(name, content), file("mapping.toml", MAPPING), folder.path().join("out"));
    let rules = quality.map(|rules| file("rules.toml", rules));
    let mut args = vec!["cleanse", path(&input), "--mapping", path(&mapping), "--out", path(&out)];
    if let Some(rules) = &rules {
        args.extend(["--quality", path(rules)]);
    }
    let output = guiyi(&args, "");
    let read = |file: &str| std::fs::read_to_string(out.join(file)).unwrap_or_default();
    Run {
        crosswalk: read("crosswalk.csv"),
        findings: read("findings.csv"),
        rejects: read("rejects.csv"),
        records: read("records.csv"),
        output,
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_header() {
    let run = cleanse("bom.csv", "\u{feff}姓名,id,手机号,证件号,出生日期,区域\n张伟,1,13912340007,,,\n", None);
    assert_eq!(run.output.status.code(), Some(0), "{}", text(&run.output.stderr));
    let (header, row) = run.records.split_once('\n').unwrap();
    assert_eq!(header, "姓名,id,手机号,证件号,出生日期,区域,profile_id");
    assert!(row.starts_with("张伟,1,+8613912340007,"), "{row}");
}

#[test]
fn a_line_break_inside_a_field_splits_no_record() {
    let rows =
        "id,姓名,手机号,证件号,出生日期,区域\n1,\"张\r\n伟\",\"13912340007\n\",,,\"华\t东\u{2028}区\"\n2,李娜,,,,\n";
    let run = cleanse("breaks.csv", rows, None);
    assert_eq!((run.crosswalk.lines().count(), run.rejects.lines().count()), (3, 1), "{}", run.rejects);
    assert!(run.records.contains("1,张伟,+8613912340007,,,华 东 区,"), "{}", run.records);
}

#[test]
fn what_is_no_text_is_refused() {
    // A lone surrogate is no character: the line is refused, the next one answered.
    let lines = "{\"type\":\"phone\",\"input\":\"\\ud83d\"}\n{\"type\":\"phone\",\"input\":\"13912340007\"}\n";
    let output = guiyi(&["check"], lines);
    let answers: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers[0]["findings"][0]["code"], "UNREADABLE_LINE");
    assert_eq!(answers[1]["normal"], "+8613912340007");
    let run = cleanse(
        "surrogate.jsonl",
        "{\"id\":\"1\",\"姓名\":\"\\ud83d\"}\n{\"id\":\"2\",\"姓名\":\"李娜\",\"手机号\":\"\",\"证件号\":\"\",\"出生日期\":\"\",\"区域\":\"\"}\n",
        None,
    );
    assert_eq!((run.crosswalk.lines().count(), run.rejects.lines().count()), (2, 2), "{}", run.rejects);
    // A control character is dropped, and said so.
    let run = cleanse("controls.csv", "id,姓名,手机号,证件号,出生日期,区域\n1,张\u{1}伟,,,,\n2,李娜,,,,\n", None);
    assert!(run.records.contains("1,张伟,"), "{}", run.records);
    assert_eq!(run.with_finding("INVISIBLE_REMOVED"), ["1"]);
}

#[test]
fn a_number_shared_by_many_merges_nobody() {
    let row = |(index, name): (usize, &&str)| format!("{index},{name},13912340007,,,\n");
    let rows: String = NAMES.iter().enumerate().map(row).collect();
    let run = cleanse("family.csv", &format!("id,姓名,手机号,证件号,出生日期,区域\n{rows}"), None);
    assert_eq!(run.profiles().len(), NAMES.len(), "one telephone, twelve names:\n{}", run.crosswalk);
}

#[test]
fn one_number_of_two_people_merges_nobody() {
    // Numbers were given twice: names and birth dates tell the two apart.
    let rows =
        "1,欧阳建国,13912340007,110105198503120012,1985-03-12,\n2,李秀英,18612350008,110105198503120012,1991-07-30,\n";
    let run = cleanse("twice.csv", &format!("id,姓名,手机号,证件号,出生日期,区域\n{rows}"), None);
    assert_eq!(run.profiles().len(), 2, "{}", run.crosswalk);
    assert_eq!(run.with_finding("CONFLICT"), ["2"], "the birth date is not the one of the number");
}

#[test]
fn a_number_that_lost_its_digits_is_no_evidence() {
    let line = |id: usize, name: &str, number: &str| {
        format!(
            "{{\"id\":\"{id}\",\"姓名\":\"{name}\",\"手机号\":\"\",\"证件号\":{number},\"出生日期\":\"\",\"区域\":\"\"}}\n"
        )
    };
    let lines = [
        line(1, "欧阳建国", "1.1010519491231e16"),
        line(2, "欧阳建国", "1.1010519491231e16"),
        line(3, "王志强", "440106199102030013"),
    ];
    let run = cleanse("floats.jsonl", &lines.concat(), None);
    assert_eq!(run.with_finding("EXCEL_TRUNCATED"), ["1", "2"]);
    assert!(run.records.contains("440106199102030013"), "an integer keeps all digits:\n{}", run.records);
}

/// Which values are fillers is not known beforehand: their frequency tells.
const LEARNED: &str = r#"
name = "learned"
version = 1

[[rule]]
id = "birth-default"
check = "shared_at_most"
field = "birth_date"
records_max = 3

[[rule]]
id = "region-default"
check = "shared_at_most"
field = "text:区域"
records_max = 3
"#;

#[test]
fn a_filler_is_learned_from_its_frequency() {
    let row = |(index, name): (usize, &&str)| {
        let (birth, region) = if index < 5 { ("1980-01-01", "默认区") } else { ("", "华东") };
        let region = if index < 8 { region } else { "" };
        format!("{index},{name},,,{birth},{region}\n")
    };
    let rows: String = NAMES.iter().enumerate().map(row).collect();
    let run = cleanse("form.csv", &format!("id,姓名,手机号,证件号,出生日期,区域\n{rows}"), Some(LEARNED));
    assert_eq!(run.output.status.code(), Some(0), "{}", text(&run.output.stderr));
    assert_eq!(run.with_finding("SHARED"), ["0", "1", "2", "3", "4"]);
    assert_eq!(run.findings.matches(",birth-default").count(), 5, "{}", run.findings);
    assert_eq!(run.findings.matches(",region-default").count(), 5, "three records may share a region");
}
