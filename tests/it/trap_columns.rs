//! Traps that only a whole column or several fields of a record show: whole runs of the real program.

use guiyi::catalog::quality;
use guiyi::domain::date::CivilDate;
use guiyi::domain::id::RecordKey;
use guiyi::domain::prepare::prepare;
use guiyi::domain::quality::evaluate::{RuleContext, SharedValues, evaluate};
use guiyi::domain::record::{AttributeKind, PreparedRecord, RawAttribute, RawRecord};

use crate::support::{guiyi, text};

const MAPPING: &str = r#"
record_id = "id"
source = { name = "crm" }

[[column]]
name = "姓名"
kind = "person_name"

[[column]]
name = "登记日期"
kind = "date"
label = "registered"
"#;

/// Cleanses rows of id, name and date; returns the dates as normalized, in the order of the rows, and findings.csv.
fn cleansed(rows: &[(&str, &str)]) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let (input, map, out) =
        (folder.path().join("in.csv"), folder.path().join("mapping.toml"), folder.path().join("out"));
    let lines: Vec<String> =
        rows.iter().enumerate().map(|(id, (name, date))| format!("{id},{name},{date}\n")).collect();
    std::fs::write(&input, format!("id,姓名,登记日期\n{}", lines.concat())).unwrap();
    std::fs::write(&map, MAPPING).unwrap();
    let path = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let output = guiyi(&["cleanse", &path(&input), "--mapping", &path(&map), "--out", &path(&out)], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let records = std::fs::read_to_string(out.join("records.csv")).unwrap();
    let dates = records.lines().skip(1).filter_map(|line| line.split(',').nth(2).map(str::to_owned)).collect();
    (dates, std::fs::read_to_string(out.join("findings.csv")).unwrap())
}

#[test]
fn a_column_decides_the_order_of_day_and_month() {
    let (dates, findings) = cleansed(&[("张伟", "02/03/2023"), ("李娜", "25/03/2023")]);
    assert_eq!(dates, ["2023-03-02", "2023-03-25"]);
    assert!(!findings.contains("AMBIGUOUS"), "{findings}");
    let (dates, findings) = cleansed(&[("张伟", "02/03/2023"), ("李娜", "03/25/2023")]);
    assert_eq!(dates, ["2023-02-03", "2023-03-25"]);
    assert!(!findings.contains("AMBIGUOUS"), "{findings}");
}

#[test]
fn a_column_of_both_orders_leaves_every_row_to_itself() {
    let (dates, findings) = cleansed(&[("张伟", "13/02/2023"), ("李娜", "02/13/2023"), ("王芳", "02/03/2023")]);
    assert_eq!(dates.get(..2).unwrap(), ["2023-02-13", "2023-02-13"]);
    assert_eq!(findings.matches("AMBIGUOUS").count(), 1, "{findings}");
    assert!(findings.contains("2023-02-03") && findings.contains("2023-03-02"), "{findings}");
}

fn record(id: &str, birth_date: &str, registered: &str) -> PreparedRecord {
    let label = "registered".into();
    prepare(&RawRecord {
        key: RecordKey::new("crm", id),
        owner: None,
        observed_time: None,
        attributes: vec![
            RawAttribute::full(AttributeKind::BirthDate, birth_date),
            RawAttribute { label, ..RawAttribute::full(AttributeKind::Date, registered) },
        ],
    })
}

#[test]
fn a_birth_after_the_registration_breaks_a_record_rule() {
    let rules = r#"
name = "own"
version = 1

[[rule]]
id = "born-before-registration"
check = "expression"
expression = "birth_date <= date:registered"
message_zh = "出生日期晚于登记日期"
message_en = "born after the registration"

[[rule]]
id = "age-plausible"
check = "expression"
expression = "age(birth_date) > 0 and age(birth_date) <= 130"
message_zh = "年龄应在 1 至 130 岁之间"
message_en = "an age of 1 to 130 years"
"#;
    let rules = quality::parse("own", rules).unwrap();
    let context = RuleContext { as_of: CivilDate::new(2026, 11, 22), shared: None };
    let cases: [(&str, &str, &[&str]); 5] = [
        ("1985-03-12", "2020-01-01", &[]),
        ("2021-03-12", "2020-01-01", &["born-before-registration"]),
        ("2026-03-12", "2026-05-01", &["age-plausible"]),
        ("1890-03-12", "2020-01-01", &["age-plausible"]),
        ("1985-03-12", "无", &[]),
    ];
    for (birth_date, registered, expected) in cases {
        let record = record("1", birth_date, registered);
        let broken: Vec<&str> = evaluate(&record, &rules, &context).iter().map(|v| v.rule.id.as_str()).collect();
        assert_eq!(broken, expected, "{birth_date} {registered}");
    }
}

#[test]
fn a_date_in_too_many_records_is_found() {
    let rules = r#"
name = "own"
version = 1

[[rule]]
id = "birth-date-shared"
check = "shared_at_most"
field = "birth_date"
records_max = 3
message_zh = "过多记录的出生日期相同，可能是占位日期"
message_en = "one birth date in many records: a filler"
"#;
    let rules = quality::parse("own", rules).unwrap();
    let records: Vec<PreparedRecord> = ["1990-01-01", "1990/1/1", "19900101", "1990年1月1日", "1985-03-12"]
        .iter()
        .enumerate()
        .map(|(id, birth_date)| record(&id.to_string(), birth_date, "2020-01-01"))
        .collect();
    let mut shared = SharedValues::default();
    records.iter().for_each(|record| shared.add(record, &rules));
    let context = RuleContext { as_of: None, shared: Some(&shared) };
    let found = records.iter().map(|record| evaluate(record, &rules, &context).len());
    assert_eq!(found.collect::<Vec<_>>(), [1, 1, 1, 1, 0]);
}
