//! Exports as systems write them, through the real program: several files of different columns in one run, quotes left open, encodings,
//! notations of times, compressions.

use std::path::Path;

use guiyi::bulk::reader;

use crate::support::{fixture, guiyi, text};

const CUSTOMERS: &str = r#"
record_id = ["客户编号", "id"]
observed_time = ["更新时间", "updated"]
source = { files = { "crm*" = "crm", "pos*" = "pos" } }
[[column]]
name = ["姓名", "customer"]
kind = "person_name"
[[column]]
name = ["手机号", "mobile", "联系电话"]
kind = "phone"
country = "CN"
[[column]]
name = "生日"
kind = "birth_date"
optional = true
"#;

struct Runs(tempfile::TempDir);

impl Runs {
    fn new(mapping: &str, files: &[(&str, &[u8])]) -> Self {
        let this = Self(tempfile::tempdir().unwrap());
        this.write("mapping.toml", mapping.as_bytes());
        files.iter().for_each(|(name, bytes)| this.write(name, bytes));
        this
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.path().join(name), bytes).unwrap();
    }

    /// Cleanses files into a folder: the exit code and what was said.
    fn cleanse(&self, inputs: &[&str], more: &[&str], out: &str) -> (Option<i32>, String) {
        let here = |name: &str| self.0.path().join(name).to_str().unwrap().to_owned();
        let mut args = vec!["cleanse".to_owned(), "--mapping".to_owned(), here("mapping.toml")];
        args.extend(["--out".to_owned(), here(out)]);
        args.extend(inputs.iter().map(|name| here(name)));
        args.extend(
            more.iter().map(|arg| if self.0.path().join(arg).exists() { here(arg) } else { (*arg).to_owned() }),
        );
        let output = guiyi(&args.iter().map(String::as_str).collect::<Vec<_>>(), "");
        (output.status.code(), text(&output.stderr))
    }

    fn done(&self, inputs: &[&str], more: &[&str], out: &str) -> String {
        let (code, said) = self.cleanse(inputs, more, out);
        assert!(matches!(code, Some(0 | 3)), "{inputs:?}: {code:?} {said}");
        said
    }

    /// A column of a result, row after row.
    fn column(&self, table: &str, name: &str) -> Vec<String> {
        column(&self.0.path().join(table), name)
    }
}

fn column(path: &Path, name: &str) -> Vec<String> {
    let table = reader::read(path).unwrap();
    let at = table.header.iter().position(|column| column == name);
    let at = at.unwrap_or_else(|| panic!("{name} is none of {:?}", table.header));
    table.rows.into_iter().map(|row| row.fields[at].clone()).collect()
}

#[test]
fn exports_of_different_columns_are_cleansed_in_one_run() {
    let runs = Runs::new(
        CUSTOMERS,
        &[
            ("crm.csv", "客户编号,姓名,手机号,等级,更新时间\n1,张伟,13912340007,金卡,2024-01-02\n".as_bytes()),
            (
                "pos-1.jsonl",
                "{\"mobile\":\"+86 13912340007\",\"id\":1,\"customer\":\"张伟\",\"updated\":\"2025-03-04\"}\n"
                    .as_bytes(),
            ),
            ("pos-2.csv", "联系电话;id;updated;生日;customer\n13700137000;2;2025-01-01;1990-02-03;王芳\n".as_bytes()),
            ("pos-3.csv", "联系电话,id,updated,店员,customer\n13700137000,2,2025-01-01,x,王芳\n".as_bytes()),
            ("web.csv", "id,customer,mobile\n1,张伟,13912340007\n".as_bytes()),
            ("crm-bad.csv", "id,手机号,更新时间,姓 名\n1,13912340007,2024-01-02,张伟\n".as_bytes()),
            ("crm-sourced.csv", "id,customer,mobile,updated,source\n1,张伟,13912340007,2024-01-02,x\n".as_bytes()),
        ],
    );
    runs.done(&["crm.csv", "pos-1.jsonl", "pos-2.csv"], &[], "out");
    assert_eq!(runs.column("out/crosswalk.csv", "source"), ["crm", "pos", "pos"]);
    let profiles = runs.column("out/crosswalk.csv", "profile_id");
    assert!(profiles[0] == profiles[1] && profiles[1] != profiles[2], "{profiles:?}");
    for (name, wanted) in [
        ("客户编号", ["1", "1", "2"]),
        ("等级", ["金卡", "", ""]),
        ("手机号", ["+8613912340007", "+8613912340007", "+8613700137000"]),
        ("生日", ["", "", "1990-02-03"]),
        ("source", ["crm", "pos", "pos"]),
    ] {
        assert_eq!(runs.column("out/records.csv", name), wanted, "{name}");
    }
    // A delta has those columns, or some of them, under any of their names.
    runs.done(&["crm.csv"], &["--keep-state"], "first");
    runs.done(&["pos-1.jsonl", "pos-2.csv"], &["--since", "first"], "second");
    assert_eq!(runs.column("second/crosswalk.csv", "source"), ["crm", "pos", "pos"]);
    let (code, said) = runs.cleanse(&["pos-3.csv"], &["--since", "first"], "third");
    assert!(code == Some(1) && said.contains("had no column \"店员\"") && said.contains("pos-3.csv"), "{said}");
    let refused = |inputs: &[&str], code: i32, wanted: &[&str]| {
        let (found, said) = runs.cleanse(inputs, &[], "refused");
        assert!(found == Some(code) && wanted.iter().all(|wanted| said.contains(wanted)), "{found:?} {said}");
    };
    refused(&["crm.csv", "web.csv"], 1, &["web.csv", "no pattern under source in"]);
    refused(
        &["crm-bad.csv"],
        2,
        &["no column \"姓名\"", "did you mean \"姓 名\"", "the columns of crm-bad.csv are: 客户编号, 手机号"],
    );
    refused(&["crm-sourced.csv"], 1, &["crm-sourced.csv", "there is a column \"source\""]);
}

#[test]
fn a_delta_may_order_its_columns_otherwise_and_leave_some_out() {
    let mapping = "record_id = \"id\"\n[[column]]\nname = \"name\"\nkind = \"person_name\"\n[[column]]\nname = \"phone\"\nkind = \"phone\"\ncountry = \"CN\"\n";
    let runs = Runs::new(
        mapping,
        &[
            ("all.csv", "id,name,phone,note\n1,张伟,13912340007,a\n2,王芳,13700137000,b\n".as_bytes()),
            ("delta.csv", "phone,id,name\n13912340007,3,张伟\n".as_bytes()),
            (
                "whole.csv",
                "id,name,phone,note\n1,张伟,13912340007,a\n2,王芳,13700137000,b\n3,张伟,13912340007,\n".as_bytes(),
            ),
        ],
    );
    runs.done(&["all.csv"], &["--keep-state"], "kept");
    runs.done(&["delta.csv"], &["--since", "kept"], "delta");
    runs.done(&["whole.csv"], &[], "whole");
    for table in ["golden.csv", "crosswalk.csv", "records.csv"] {
        let bytes = |run: &str| std::fs::read_to_string(runs.0.path().join(run).join(table)).unwrap();
        assert_eq!(bytes("delta"), bytes("whole"), "{table}");
    }
}

#[test]
fn dates_are_read_as_all_files_of_a_source_write_them() {
    let mapping = "record_id = \"id\"\n[[column]]\nname = \"name\"\nkind = \"person_name\"\n[[column]]\nname = \"born\"\nkind = \"birth_date\"\n";
    let runs = Runs::new(
        mapping,
        &[
            ("a.csv", b"id,name,born,\n1,John Smith,03/04/1990,x\n"),
            ("b.csv", b"id,,born,name,\n2,y,12/25/1980,Mary Jones,z\n"),
        ],
    );
    runs.done(&["a.csv", "b.csv"], &[], "out");
    // Columns without a name go by their number.
    let records = std::fs::read_to_string(runs.0.path().join("out/records.csv")).unwrap();
    let lines: Vec<&str> = records.lines().collect();
    assert!(
        lines[0].starts_with("id,name,born,,,") && lines[1].contains(",x,,") && lines[2].contains(",y,z,"),
        "{records}"
    );
    assert_eq!(runs.column("out/records.csv", "born"), ["1990-03-04", "1980-12-25"]);
}

#[test]
fn the_time_of_a_record_is_read_in_every_notation_or_said_to_be_none() {
    let mapping = "record_id = \"id\"\nobserved_time = \"t\"\n[[column]]\nname = \"name\"\nkind = \"person_name\"\n[[column]]\nname = \"phone\"\nkind = \"phone\"\ncountry = \"CN\"\n[[column]]\nname = \"email\"\nkind = \"email\"\n";
    for newer in [
        "2025-12-31 10:00",
        "31/12/2025 10:00",
        "31.12.2025",
        "\"Dec 31, 2025\"",
        "12/31/2025 10:00 AM",
        "2025年12月31日",
        "1767175200",
        "1767175200000",
        "46022",
        "46022.4166667",
    ] {
        let rows = format!(
            "id,t,name,phone,email\n1,2020-01-01,张伟明,13912346578,old@qq.com\n2,{newer},张伟明,13912346578,new@qq.com\n"
        );
        let runs = Runs::new(mapping, &[("in.csv", rows.as_bytes())]);
        runs.done(&["in.csv"], &["--model", "default-zh@1"], "out");
        assert_eq!(runs.column("out/golden.csv", "email"), ["new@qq.com"], "{newer}");
        assert!(runs.column("out/golden.csv", "last_observed")[0].starts_with("2025-12-31"), "{newer}");
        assert!(!runs.column("out/findings.csv", "label").contains(&"observed_time".to_owned()), "{newer}");
    }
    let rows = "id,t,name,phone,email\n1,2020-01-01,张伟明,13912346578,old@qq.com\n2,2025-13-45,张伟明,13912346578,new@qq.com\n3,whenever,李娜,13800138000,\n";
    let runs = Runs::new(mapping, &[("in.csv", rows.as_bytes())]);
    runs.done(&["in.csv"], &["--model", "default-zh@1"], "out");
    let (ids, labels) = (runs.column("out/findings.csv", "record_id"), runs.column("out/findings.csv", "label"));
    let wrong: Vec<&str> =
        ids.iter().zip(&labels).filter(|(_, label)| *label == "observed_time").map(|(id, _)| id.as_str()).collect();
    assert_eq!(wrong, ["2", "3"]);
}

#[test]
fn a_quote_left_open_costs_one_row_and_no_row_is_lost() {
    let mapping = "record_id = \"id\"\n[[column]]\nname = \"姓名\"\nkind = \"person_name\"\n";
    let rows = "id,姓名,备注\n1,张伟,ok\n2,李娜,\"没有关上\n3,王芳,x\n4,\"赵强,y\n5,孙丽,\"两\n行\"\n";
    let runs = Runs::new(mapping, &[("in.csv", rows.as_bytes())]);
    let (code, said) = runs.cleanse(&["in.csv"], &[], "out");
    assert_eq!(code, Some(3), "{said}");
    assert_eq!(runs.column("out/crosswalk.csv", "record_id"), ["1", "3", "5"]);
    assert_eq!(runs.column("out/rejects.csv", "line"), ["3", "5"]);
    assert_eq!(runs.column("out/rejects.csv", "row"), ["2,李娜,\"没有关上", "4,\"赵强,y"]);
}

#[test]
fn an_encoding_that_is_not_found_out_is_named_in_the_mapping() {
    let mapping = "record_id = \"id\"\n[[column]]\nname = \"name\"\nkind = \"person_name\"\n";
    let latin =
        encoding_rs::WINDOWS_1252.encode("id;name\n1;Jürgen Müller\n2;Björn Krüger\n3;Anna Schmidt\n").0.into_owned();
    let runs = Runs::new(mapping, &[("in.csv", &latin)]);
    let (code, _) = runs.cleanse(&["in.csv"], &[], "out");
    assert_eq!((code, runs.column("out/crosswalk.csv", "record_id")), (Some(3), vec!["3".to_owned()]));
    assert!(runs.column("out/rejects.csv", "reason")[0].contains("name its encoding in the mapping"));
    runs.write("mapping.toml", format!("encoding = \"windows-1252\"\n{mapping}").as_bytes());
    runs.done(&["in.csv"], &[], "named");
    assert_eq!(runs.column("named/records.csv", "name"), ["Jürgen Müller", "Björn Krüger", "Anna Schmidt"]);
    runs.write("mapping.toml", format!("encoding = \"latin-99\"\n{mapping}").as_bytes());
    let (code, said) = runs.cleanse(&["in.csv"], &[], "wrong");
    assert!(code == Some(2) && said.contains("no encoding is called \"latin-99\""), "{code:?} {said}");
}

#[test]
fn parquet_is_read_under_every_compression_with_lists_and_uuids() {
    let mapping = "record_id = \"id\"\n[[column]]\nname = \"姓名\"\nkind = \"person_name\"\n[[column]]\nname = \"手机号\"\nkind = \"phone\"\ncountry = \"CN\"\n";
    for codec in ["zstd", "brotli", "lz4_raw"] {
        let bytes = std::fs::read(fixture(&format!("files/customers_{codec}.parquet"))).unwrap();
        let runs = Runs::new(mapping, &[("in.parquet", &bytes)]);
        runs.done(&["in.parquet"], &[], "out");
        assert_eq!(
            runs.column("out/records.csv", "手机号"),
            ["+8613912340007; +8613800138000", "+8613912340007", ""],
            "{codec}"
        );
        assert_eq!(runs.column("out/records.csv", "token")[0], "123e4567-e89b-12d3-a456-426614174000", "{codec}");
        let profiles = runs.column("out/crosswalk.csv", "profile_id");
        assert_eq!(profiles[0], profiles[1], "{codec}");
    }
}

#[test]
fn what_a_mapping_misspells_is_refused() {
    for (column, wanted) in [
        ("kind = \"id_document\"\nformat = \"cn.residentid\"", "did you mean \"cn.resident_id\""),
        ("kind = \"phone\"\ncountry = \"UK\"", "use the two letters of ISO 3166, such as GB"),
        ("kind = \"phone\"\ncountry = \"China\"", "\"China\" is no code of a country"),
        ("kind = \"person_name\"\npart = \"city\"", "\"city\" is no part of a person_name"),
    ] {
        let runs = Runs::new(&format!("[[column]]\nname = \"x\"\n{column}\n"), &[("in.csv", b"id,x\n1,2\n")]);
        let (code, said) = runs.cleanse(&["in.csv"], &[], "out");
        assert!(code == Some(2) && said.contains("column \"x\"") && said.contains(wanted), "{code:?} {said}");
    }
    // A format of one's own is compared as it stands.
    let own = "[[column]]\nname = \"x\"\nkind = \"id_document\"\nformat = \"acme.member\"\n";
    Runs::new(own, &[("in.csv", b"id,x\n1,2\n")]).done(&["in.csv"], &[], "out");
}
