//! Files and people around a bulk run, through the real program: forms of files in and out.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Output;

use guiyi::bulk::reader;
use guiyi::catalog::sources::{self, Mapping};

use crate::support::{fixture, guiyi, text};

const CSV: &str = "id,姓名,手机号\n1,张伟,13912340007\n2,张伟,+86 13912340007\n3,李娜,13800138000\n";
const MAPPING: &str = r#"
record_id = "id"
[[column]]
name = "姓名"
kind = "person_name"
[[column]]
name = "手机号"
kind = "phone"
country = "CN"
"#;

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Cleanses in `folder`, where inputs are named; results go to `out`.
fn cleanse(folder: &Path, inputs: &[&str], more: &[&str], stdin: &str) -> Output {
    let (mapping, out) = (folder.join("mapping.toml"), folder.join("out"));
    // A file that is written anew is another one to a run that is resumed.
    if !mapping.exists() {
        write(folder, "mapping.toml", MAPPING);
    }
    let inputs: Vec<String> = inputs
        .iter()
        .map(|name| if *name == "-" { "-".to_owned() } else { folder.join(name).to_str().unwrap().to_owned() })
        .collect();
    let mut args = vec!["cleanse", "--mapping", mapping.to_str().unwrap(), "--out", out.to_str().unwrap()];
    args.extend(inputs.iter().map(String::as_str));
    args.extend(more);
    guiyi(&args, stdin)
}

fn crosswalk(folder: &Path) -> Vec<Vec<String>> {
    let table = reader::read(&folder.join("out/crosswalk.csv")).unwrap();
    table.rows.into_iter().map(|row| row.fields).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn one_table_in_every_form_gives_one_result() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let jsonl = "{\"id\":1,\"姓名\":\"张伟\",\"手机号\":\"13912340007\"}\n{\"id\":2,\"姓名\":\"张伟\",\"手机号\":\"+86 13912340007\"}\n\
                 {\"id\":3,\"姓名\":\"李娜\",\"手机号\":\"13800138000\"}\n";
    let utf_16: Vec<u8> = CSV.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut files = vec![
        ("plain.csv", CSV.as_bytes().to_vec()),
        ("packed.csv.gz", gzip(CSV.as_bytes())),
        (
            "packed.csv.zst",
            ruzstd::encoding::compress_to_vec(CSV.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest),
        ),
        ("tabs.tsv", CSV.replace(',', "\t").into_bytes()),
        ("lines.jsonl", jsonl.as_bytes().to_vec()),
        ("gb.csv", encoding_rs::GB18030.encode(CSV).0.into_owned()),
        ("utf16.csv", utf_16),
    ];
    assert_eq!(cleanse(folder, &["plain.csv"], &[], "").status.code(), Some(1), "the file is not there yet");
    let mut wanted: Option<Vec<Vec<String>>> = None;
    for (name, bytes) in files.drain(..) {
        write(folder, name, bytes);
        let output = cleanse(folder, &[name], &[], "");
        assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
        let found = crosswalk(folder);
        assert_eq!(found[0][2], found[1][2], "{name}");
        assert_eq!(*wanted.get_or_insert(found.clone()), found, "{name}");
    }
    for stdin in [CSV, jsonl] {
        let output = cleanse(folder, &["-"], &[], stdin);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert_eq!(wanted.as_ref(), Some(&crosswalk(folder)));
    }
    let output = cleanse(folder, &["plain.csv"], &["--format", "parquet"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let table = reader::read(&folder.join("out/crosswalk.parquet")).unwrap();
    let rows: Vec<Vec<String>> = table.rows.into_iter().map(|row| row.fields).collect();
    assert_eq!(wanted, Some(rows));
    let golden = reader::read(&folder.join("out/golden.parquet")).unwrap();
    assert_eq!((golden.rows.len(), golden.header[0].as_str()), (2, "profile_id"));
}

#[test]
fn patterns_stand_for_files_in_alphabetical_order() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "part-2.csv", "id,姓名,手机号\n9,王芳,13700137000\n");
    write(folder, "part-1.csv", CSV);
    assert_eq!(cleanse(folder, &["part-*.csv"], &[], "").status.code(), Some(0));
    let ids: Vec<String> = crosswalk(folder).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(ids, ["1", "2", "3", "9"]);
    let output = cleanse(folder, &["nothing-*.csv"], &[], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("no file matches"), "{}", text(&output.stderr));
}

#[test]
fn workbooks_are_read_by_sheet_and_rejects_name_their_rows() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mapping = write(folder, "m.toml", MAPPING.replace("\"id\"", "\"编号\""));
    let out = folder.join("out");
    let run = |input: &str| {
        let args = ["cleanse", input, "--mapping", mapping.to_str().unwrap(), "--out", out.to_str().unwrap()];
        guiyi(&args, "")
    };
    let workbook = fixture("files/customers.xlsx").to_str().unwrap().to_owned();
    let output = run(&workbook);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let rejects = std::fs::read_to_string(out.join("rejects.csv")).unwrap();
    assert!(rejects.contains("customers.xlsx,6,\"the row has 7 columns"), "{rejects}");
    let records = std::fs::read_to_string(out.join("records.csv")).unwrap();
    assert!(records.contains("+8613800138000,1990-05-17,"), "{records}");
    let output = run(&format!("{workbook}#档按"));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("has no sheet \"档按\""), "{}", text(&output.stderr));
}

#[test]
fn damaged_files_are_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let whole = gzip(CSV.as_bytes());
    write(folder, "cut.csv.gz", &whole[..whole.len() / 2]);
    write(folder, "cut.parquet", b"PAR1....");
    write(folder, "old.xls", [0xd0, 0xcf, 0x11, 0xe0, 0, 0]);
    for (name, wanted) in
        [("cut.csv.gz", "fetch the file again"), ("cut.parquet", "again"), ("old.xls", "save it without password")]
    {
        let output = cleanse(folder, &[name], &[], "");
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(stderr.contains(name) && stderr.contains(wanted), "{stderr}");
    }
}

/// Kind and part of each mapped column.
fn kinds(mapping: &Mapping) -> BTreeMap<String, (String, String)> {
    let columns = mapping.columns.iter();
    columns
        .map(|column| (column.name.clone(), (column.kind.code().to_owned(), column.part.code().to_owned())))
        .collect()
}

#[test]
fn drafted_mappings_load_and_agree_with_those_written_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    // Columns that a person maps with knowledge that neither header nor content shows.
    let by_knowledge = ["race_ethnicity", "postcode_fake", "birth_place", "address_2", "name", "unit_number"];
    for (input, source, least) in [
        ("sample/customers.csv", "sample", 9),
        ("datasets/zh_customers/records.csv", "zh_customers", 9),
        ("datasets/febrl3/records.csv", "febrl", 9),
        ("datasets/splink_fake_1000/records.csv", "splink_fake_1000", 5),
        ("datasets/splink_historical_50k/records.csv", "splink_historical_50k", 3),
        ("datasets/pseudopeople_2020_channels/records.csv", "pseudopeople", 12),
        ("datasets/senzing_truthset/records.csv", "senzing_truthset", 20),
    ] {
        let out = folder.path().join("m.toml");
        let output = guiyi(&["map", fixture(input).to_str().unwrap(), "--out", out.to_str().unwrap()], "");
        assert_eq!(output.status.code(), Some(0), "{input}: {}", text(&output.stderr));
        let text = std::fs::read_to_string(&out).unwrap();
        assert!(text.contains("record_id = \"record_id\"") && text.contains("column = \""), "{text}");
        let (drafted, by_hand) =
            (kinds(&sources::load_file(&out).unwrap()), kinds(&sources::load_built_in(source).unwrap()));
        let mut same = 0;
        for (name, kind) in &by_hand {
            if drafted.get(name) == Some(kind) {
                same += 1;
            } else {
                let known = by_knowledge.contains(&name.as_str());
                assert!(
                    known || !drafted.contains_key(name),
                    "{input}: {name}: {:?}, by hand {kind:?}",
                    drafted.get(name)
                );
                println!("{input}: {name}: {:?}, by hand {kind:?}", drafted.get(name));
            }
        }
        assert!(same >= least, "{input}: {same} of {}", by_hand.len());
    }
}

#[test]
fn a_drafted_mapping_cleanses_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "in.csv", CSV);
    let drafted = guiyi(&["map", "-"], CSV);
    let mapping = text(&drafted.stdout);
    assert!(mapping.contains("e.g. 139****0007") && !mapping.contains("13912340007"), "{mapping}");
    let mapping = write(folder, "drafted.toml", mapping);
    let (input, out) = (folder.join("in.csv"), folder.join("out"));
    let args =
        ["cleanse", input.to_str().unwrap(), "--mapping", mapping.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = guiyi(&args, "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let found = crosswalk(folder);
    assert_eq!(found[0][2], found[1][2]);
}

#[test]
fn two_runs_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "in.csv", CSV);
    assert_eq!(cleanse(folder, &["in.csv"], &[], "").status.code(), Some(0));
    std::fs::rename(folder.join("out"), folder.join("first")).unwrap();
    // The second 张伟 has another number now, 李娜 is gone, 王芳 is new.
    write(folder, "in.csv", "id,姓名,手机号\n1,张伟,13912340007\n2,李强,13600136000\n9,王芳,13700137000\n");
    let previous = folder.join("first/crosswalk.csv");
    let output = cleanse(folder, &["in.csv"], &["--previous", previous.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let runs = [folder.join("first"), folder.join("out")];
    let runs: Vec<&str> = runs.iter().map(|run| run.to_str().unwrap()).collect();
    let output = guiyi(&["diff", runs[0], runs[1], "--json"], "");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["records"], serde_json::json!({"both": 2, "added": 1, "removed": 1}));
    let profiles = &found["profiles"];
    assert_eq!((&profiles["split"], &profiles["created"], &profiles["gone"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!(found["largest_split"][0]["records"], 2);
    let same = guiyi(&["diff", runs[0], runs[0]], "");
    assert!(text(&same.stdout).contains("unchanged           2"), "{}", text(&same.stdout));
    let missing = guiyi(&["diff", runs[0], folder.to_str().unwrap()], "");
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("there is no crosswalk.csv"), "{}", text(&missing.stderr));
}

/// Header and rows of a result.
fn rows(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let table = reader::read(path).unwrap();
    assert!(table.rejects.is_empty(), "{}", path.display());
    (table.header, table.rows.into_iter().map(|row| row.fields).collect())
}

const TABLES: [&str; 6] = ["golden", "crosswalk", "records", "review", "relations", "findings"];

#[test]
fn workbooks_hold_the_tables_as_texts_and_later_runs_read_them() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let input = "id,姓名,手机号,备注\n0001,张伟,13912340007,=1+1\n0002,张伟,+86 13912340007,+8613800138000\n0003,李娜,13800138000, 007 \n";
    write(folder, "in.csv", input);
    for (form, to) in [("csv", "as_csv"), ("xlsx", "as_xlsx"), ("xlsx", "again")] {
        let output = cleanse(folder, &["in.csv"], &["--format", form], "");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        std::fs::rename(folder.join("out"), folder.join(to)).unwrap();
    }
    let (csv, xlsx) = (folder.join("as_csv"), folder.join("as_xlsx"));
    for table in TABLES {
        let (file, name) = (format!("{table}.csv"), format!("{table}.xlsx"));
        assert_eq!(rows(&csv.join(&file)), rows(&xlsx.join(&name)), "{table}");
        let bytes = |run: &str| std::fs::read(folder.join(run).join(&name)).unwrap();
        assert!(bytes("as_xlsx") == bytes("again"), "{table}");
        assert_eq!(xlsx.join(&file).is_file(), table == "crosswalk", "{table}");
    }
    let records = rows(&xlsx.join("records.xlsx")).1;
    assert_eq!((records[0][0].as_str(), records[0][3].as_str()), ("0001", "=1+1"));
    assert_eq!((records[1][2].as_str(), records[1][3].as_str()), ("+8613912340007", "+8613800138000"));
    assert_eq!(records[2][3], " 007 ");

    std::fs::remove_file(xlsx.join("crosswalk.csv")).unwrap();
    let (csv, xlsx) = (csv.to_str().unwrap(), xlsx.to_str().unwrap());
    let output = guiyi(&["diff", csv, xlsx, "--json"], "");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&found["profiles"]["unchanged"], &found["values"]["profiles"]), (&2.into(), &0.into()));
    let crosswalk = format!("{xlsx}/crosswalk.xlsx");
    let output = cleanse(folder, &["in.csv"], &["--previous", &crosswalk], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let output = guiyi(&["evaluate", "--clusters", &crosswalk, "--truth", &crosswalk], "");
    assert!(text(&output.stdout).contains("precision 1.0000  recall 1.0000"), "{}", text(&output.stderr));
}

#[test]
fn what_no_sheet_holds_is_refused_and_written_in_another_form_without_new_work() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let input = format!("id,姓名,手机号,备注\n1,张伟,13912340007,短\n2,李娜,13800138000,{}\n", "长".repeat(32_768));
    write(folder, "in.csv", &input);
    let output = cleanse(folder, &["in.csv"], &["--format", "xlsx"], "");
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    let wanted = "records.xlsx: row 3, column \"备注\" holds more than the 32767 characters of a cell";
    assert!(message.contains(wanted) && message.contains("--resume and --format csv"), "{message}");
    assert!(!folder.join("out/golden.xlsx").exists() && !folder.join("out/crosswalk.csv").exists());
    let output = cleanse(folder, &["in.csv"], &["--format", "csv", "--resume", "--progress"], "");
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{message}");
    assert!(message.contains("guiyi: survive: ") && !message.contains("guiyi: prepare: "), "{message}");
    assert_eq!(rows(&folder.join("out/records.csv")).1[1][3].chars().count(), 32_768);
}

#[test]
fn the_report_compares_before_and_after_and_estimates_its_precision() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (customers, out) = (fixture("sample/customers.csv"), folder.join("sample"));
    let args = ["cleanse", customers.to_str().unwrap(), "--source", "sample", "--out", out.to_str().unwrap()];
    let output = guiyi(&args, "");
    assert!(text(&output.stdout).contains("estimated precision "), "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("report.json")).unwrap()).unwrap();
    let sources = report["quality"]["sources"].as_array().unwrap();
    assert_eq!(sources.len(), report["sources"].as_array().unwrap().len());
    for source in sources {
        assert!(source["score_after"].as_u64() > source["score_before"].as_u64(), "{source}");
        for (name, dimension) in source["dimensions"].as_object().unwrap() {
            let (before, after) = (&dimension["before"], &dimension["after"]);
            if name == "uniqueness" {
                assert_eq!(before["passed"], after["passed"]);
                assert!(after["checked"].as_u64() < before["checked"].as_u64(), "profiles are fewer than records");
            } else {
                assert_eq!(before["checked"], after["checked"], "nothing leaves the count: {source}");
            }
            assert!(after["passed"].as_u64() <= after["checked"].as_u64());
        }
    }
    let estimate = &report["precision"]["estimate"];
    let (low, high) = (estimate["interval_95"][0].as_f64().unwrap(), estimate["interval_95"][1].as_f64().unwrap());
    let precision = estimate["precision"].as_f64().unwrap();
    assert!(0.8 < low && low <= precision && precision <= high && high <= 1.0, "{estimate}");
    assert_eq!(estimate["decoys"], 125);
    let page = std::fs::read_to_string(out.join("report.html")).unwrap();
    for said in [
        "清洗前后的数据质量",
        "before → after",
        "丢弃数据不会提高分数",
        "dropping data improves nothing",
        "125 个虚构记录",
        "of 125 decoys",
    ] {
        assert!(page.contains(said), "{said}");
    }

    write(folder, "in.csv", CSV);
    assert_eq!(cleanse(folder, &["in.csv"], &[], "").status.code(), Some(0));
    let report = std::fs::read_to_string(folder.join("out/report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert!(report["precision"]["estimate"].is_null(), "three records tell nothing");
    assert!(report["precision"]["note_en"].as_str().unwrap().contains("fewer than 1000 records"));
    assert!(report["precision"]["note_zh"].as_str().unwrap().contains("不足 1000 条"));
}

#[test]
fn a_run_below_its_gate_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "in.csv", CSV);
    let junit = folder.join("gate.xml");
    let run = |gate: &str| cleanse(folder, &["in.csv"], &["--gate", gate, "--gate-junit", junit.to_str().unwrap()], "");
    assert_eq!(run("validity(phone) >= 0.98, duplicates <= 0.5").status.code(), Some(0));
    let below = run("validity(phone) >= 98%, duplicates <= 5%");
    assert_eq!(below.status.code(), Some(4), "{}", text(&below.stderr));
    assert!(text(&below.stdout).contains("NOT MET duplicates <= 0.05: measured 0.3333"), "{}", text(&below.stdout));
    let report: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("out/report.json")).unwrap()).unwrap();
    assert_eq!((&report["gate"][0]["passed"], &report["gate"][1]["passed"]), (&true.into(), &false.into()));
    assert!(std::fs::read_to_string(&junit).unwrap().contains("failures=\"1\""));
    let misspelt = run("validity(fone) >= 0.9");
    assert_eq!(misspelt.status.code(), Some(2));
    assert!(text(&misspelt.stderr).contains("did you mean \"phone\"?"), "{}", text(&misspelt.stderr));
}

#[test]
fn the_report_tells_what_came_in_and_what_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (rows, name) = (
        "id;姓名;手机号;备注\n1;张伟;139-1234-0007;a\n2;李娜;13800138000;b\n2;李娜;13800138000;b\n3;张伟;13912340007;c\n",
        "in.csv",
    );
    write(folder, name, encoding_rs::GB18030.encode(rows).0);
    let read = || -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(folder.join("out/report.json")).unwrap()).unwrap()
    };
    let output = cleanse(folder, &["in.csv"], &[], "");
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let report = read();
    let file = &report["input"]["files"][0];
    assert_eq!(
        (&file["file"], &file["format"], &file["encoding"]),
        (&"in.csv".into(), &"csv".into(), &"gb18030".into())
    );
    assert_eq!((&file["delimiter"], &file["rows"], &file["rejected"]), (&";".into(), &3.into(), &1.into()));
    let columns = report["input"]["columns"].as_array().unwrap();
    assert_eq!((&columns[0]["role"], &columns[1]["field"]), (&"record_id".into(), &"person_name".into()));
    assert_eq!(columns[3], serde_json::json!({ "column": "备注" }));
    let phone = report["fields"].as_array().unwrap().iter().find(|field| field["field"] == "phone").unwrap().clone();
    assert_eq!((&phone["changed"], &phone["sources"].as_object().unwrap().len()), (&3.into(), &1));
    let shown = phone["changes"].to_string();
    assert!(shown.contains("1**-****-***7") && !shown.contains("139-1234"), "{shown}");
    assert_eq!(report["masked"], true);

    // What is shown is decided when the report is made: a run that stopped may go on either way.
    std::fs::remove_dir_all(folder.join("out")).unwrap();
    std::fs::create_dir_all(folder.join("out/golden.csv")).unwrap();
    assert_eq!(cleanse(folder, &["in.csv"], &[], "").status.code(), Some(1));
    std::fs::remove_dir(folder.join("out/golden.csv")).unwrap();
    let resumed = cleanse(folder, &["in.csv"], &["--resume", "--unmask"], "");
    assert_eq!(resumed.status.code(), output.status.code(), "{}", text(&resumed.stderr));
    let plain = read();
    assert_eq!((&plain["masked"], &plain["input"]), (&false.into(), &report["input"]));
    assert!(plain["fields"].to_string().contains("139-1234-0007"), "{plain}");
    assert!(plain["largest"].to_string().contains("张伟"), "{plain}");
    let page = std::fs::read_to_string(folder.join("out/report.html")).unwrap();
    assert!(page.contains("139-1234-0007") && page.contains("未掩码") && page.contains("what came in"));
    cleanse(folder, &["in.csv"], &[], "");
    let page = std::fs::read_to_string(folder.join("out/report.html")).unwrap();
    assert!(page.contains("what was changed") && !page.contains("139-1234-0007") && !page.contains("未掩码"));
}

#[test]
fn files_that_a_pattern_matches_are_profiled_as_one_table() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let first = write(folder, "u1.csv", "id,level\n1,a\n2,b\n");
    write(folder, "u2.csv", "id,level\n3,a\n");
    let found = guiyi(&["profile", folder.join("u*.csv").to_str().unwrap(), "--json"], "");
    let found: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!((&found["rows"], &found["columns"][0]["distinct"]), (&3.into(), &3.into()));
    let other = write(folder, "u3.csv", "id,grade\n3,a\n");
    let refused = guiyi(&["profile", first.to_str().unwrap(), other.to_str().unwrap()], "");
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr).contains("u3.csv") && text(&refused.stderr).contains("one by one"),
        "{}",
        text(&refused.stderr)
    );
}

#[test]
fn profiles_mask_people_and_measure_drift() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let before = guiyi(&["profile", "-", "--json"], CSV);
    assert_eq!(before.status.code(), Some(0), "{}", text(&before.stderr));
    let found: serde_json::Value = serde_json::from_slice(&before.stdout).unwrap();
    assert_eq!((&found["columns"][0]["key"], &found["columns"][1]["key"]), (&true.into(), &false.into()));
    assert_eq!(found["columns"][2]["types"]["phone"], 3);
    assert!(!text(&before.stdout).contains("13912340007") && !text(&before.stdout).contains("张伟"));
    assert!(text(&guiyi(&["profile", "-", "--unmask"], CSV).stdout).contains("张伟 ×2"));

    let previous = write(folder, "before.json", &before.stdout);
    let drift =
        |csv: &str| guiyi(&["profile", "-", "--previous", previous.to_str().unwrap(), "--drift-max", "0.2"], csv);
    let same = drift(CSV);
    assert_eq!(same.status.code(), Some(0), "{}", text(&same.stderr));
    assert!(text(&same.stdout).contains("drift: none"), "{}", text(&same.stdout));
    let shifted = drift("id,姓名,手机号\n1,张伟,a@example.com\n2,李娜,\n");
    assert_eq!(shifted.status.code(), Some(4), "{}", text(&shifted.stdout));
    assert!(text(&shifted.stdout).contains("fill_rate 手机号 100.0 % before, 50.0 % now"), "{}", text(&shifted.stdout));
    let wrong = write(folder, "wrong.json", "[]");
    let refused = guiyi(&["profile", "-", "--previous", wrong.to_str().unwrap()], CSV);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("what guiyi profile --json printed"), "{}", text(&refused.stderr));
}
