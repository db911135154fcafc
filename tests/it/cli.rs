//! The real program on good and bad input: what it writes, what it says, how it ends. Never a panic.

use std::path::Path;
use std::process::Output;

use crate::support::{fixture, guiyi, text};

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
"#;

/// Cleanses bytes as a file of their own; returns the output, rejects.csv and crosswalk.csv.
fn cleanse(name: &str, bytes: &[u8], mapping: &str) -> (Output, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let (input, map, out) = (folder.path().join(name), folder.path().join("mapping.toml"), folder.path().join("out"));
    std::fs::write(&input, bytes).unwrap();
    std::fs::write(&map, mapping).unwrap();
    let args = ["cleanse", path(&input), "--mapping", path(&map), "--out", path(&out)];
    let output = guiyi(&args, "");
    assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
    let read = |file: &str| std::fs::read_to_string(out.join(file)).unwrap_or_default();
    (output, read("rejects.csv"), read("crosswalk.csv"))
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_clean_file_gives_all_results_and_ends_with_0() {
    let folder = tempfile::tempdir().unwrap();
    let (customers, truth) = (fixture("sample/customers.csv"), fixture("sample/truth.csv"));
    let out = folder.path().join("out");
    let args = ["cleanse", path(&customers), "--source", "sample", "--truth", path(&truth), "--out", path(&out)];
    let output = guiyi(&args, "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for file in [
        "crosswalk.csv",
        "golden.csv",
        "records.csv",
        "review.csv",
        "findings.csv",
        "rejects.csv",
        "report.json",
        "report.html",
    ] {
        assert!(out.join(file).exists(), "{file}");
    }
    let summary = text(&output.stdout);
    for word in [
        "records",
        "golden profiles",
        "duplicates found",
        "worst fields",
        "pairs for review",
        "precision",
        "recall",
        "F1",
    ] {
        assert!(summary.contains(word), "the summary lacks {word}:\n{summary}");
    }
    // `evaluate` agrees with the summary, and a second run with the first.
    let crosswalk = out.join("crosswalk.csv");
    let figures = guiyi(&["evaluate", "--clusters", path(&crosswalk), "--truth", path(&truth), "--json"], "");
    let figures: serde_json::Value = serde_json::from_slice(&figures.stdout).unwrap();
    let f1 = format!("F1 {:.4}", figures["pairwise"]["f1"].as_f64().unwrap());
    assert!(summary.contains(&f1), "{f1} is not in\n{summary}");
    let again = folder.path().join("again");
    guiyi(
        &["cleanse", path(&customers), "--source", "sample", "--out", path(&again), "--previous", path(&crosswalk)],
        "",
    );
    for file in ["crosswalk.csv", "golden.csv", "review.csv", "findings.csv"] {
        assert_eq!(std::fs::read(out.join(file)).unwrap(), std::fs::read(again.join(file)).unwrap(), "{file}");
    }
}

#[test]
fn broken_rows_are_rejected_whole_and_the_rest_is_cleansed() {
    let mut bytes = "id,姓名,手机号\n1,张三,13912340007\n2,李四\n3,王五,1,2\n".as_bytes().to_vec();
    bytes.extend(b"4,\xff\xfe,1\n");
    bytes.extend("5,赵六,13912340008\n5,钱七,1\n,孙八,1\n".as_bytes());
    let (output, rejects, crosswalk) = cleanse("broken.csv", &bytes, MAPPING);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(crosswalk.lines().count(), 3, "{crosswalk}");
    assert_eq!(rejects.lines().count(), 6, "{rejects}");
    for words in [
        "has 2 columns, the header 3",
        "has 4 columns",
        "column 2 (姓名) is not valid UTF-8",
        "stood there before",
        "record id is empty",
        "\\xFF\\xFE",
    ] {
        assert!(rejects.contains(words), "{words} is not in\n{rejects}");
    }
}

#[test]
fn unmapped_columns_are_carried_through_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let (input, map, out) =
        (folder.path().join("in.csv"), folder.path().join("mapping.toml"), folder.path().join("out"));
    std::fs::write(&input, "id,姓名,备注,手机号\n1,張三先生, 原样 ,０１３９-1234-0007\n").unwrap();
    std::fs::write(&map, MAPPING).unwrap();
    guiyi(&["cleanse", path(&input), "--mapping", path(&map), "--out", path(&out)], "");
    let records = std::fs::read_to_string(out.join("records.csv")).unwrap();
    let (header, row) = records.split_once('\n').unwrap();
    assert_eq!(header, "id,姓名,备注,手机号,profile_id");
    assert!(row.starts_with("1,张三, 原样 ,+8613912340007,p"), "{row}");
}

#[test]
fn gb18030_bom_and_quotes_are_read() {
    let text_of_file = "\u{feff}id,姓名,手机号\r\n1,\"张\n三\",\"139 1234\t0007\"\r\n2,\"他说\"\"好\"\"\",1\r\n";
    let (output, rejects, crosswalk) = cleanse("bom.csv", text_of_file.as_bytes(), MAPPING);
    assert_eq!((output.status.code(), rejects.lines().count(), crosswalk.lines().count()), (Some(0), 1, 3));

    let gbk = encode_gb18030("id,姓名,手机号\n1,张三,13912340007\n2,张三,+86 13912340007\n");
    let (output, _, crosswalk) = cleanse("gbk.csv", &gbk, MAPPING);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("gb18030"), "{}", text(&output.stderr));
    let ids: Vec<&str> = crosswalk.lines().skip(1).filter_map(|line| line.rsplit(',').next()).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1], "the two are one customer:\n{crosswalk}");
}

/// Only the characters of the test: no encoder is among the test's dependencies.
fn encode_gb18030(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for c in text.chars() {
        match c {
            '姓' => bytes.extend([0xd0, 0xd5]),
            '名' => bytes.extend([0xc3, 0xfb]),
            '手' => bytes.extend([0xca, 0xd6]),
            '机' => bytes.extend([0xbb, 0xfa]),
            '号' => bytes.extend([0xba, 0xc5]),
            '张' => bytes.extend([0xd5, 0xc5]),
            '三' => bytes.extend([0xc8, 0xfd]),
            ascii => bytes.push(u8::try_from(ascii).expect("ASCII")),
        }
    }
    bytes
}

#[test]
fn a_field_of_ten_megabytes_is_a_reject() {
    let mut bytes = "id,姓名,手机号\n1,张三,13912340007\n2,\"".as_bytes().to_vec();
    bytes.extend(vec![b'x'; 10 << 20]);
    bytes.extend("\",1\n".as_bytes());
    let (output, rejects, crosswalk) = cleanse("long.csv", &bytes, MAPPING);
    assert_eq!((output.status.code(), crosswalk.lines().count()), (Some(3), 2));
    assert!(rejects.contains("more than 1048576") && rejects.len() > 10 << 20, "nothing is lost");
}

#[test]
fn files_that_are_no_tables_give_a_clear_message() {
    for (name, bytes, words) in [
        ("empty.csv", &b""[..], "the file is empty"),
        ("bom.csv", &b"\xef\xbb\xbf"[..], "the file is empty"),
        ("zero.csv", &b"id,\0\0"[..], "NUL bytes"),
        ("twice.csv", "id,姓名,姓名\n".as_bytes(), "two columns are called \"姓名\""),
        ("sheet.xlsx", &b"PK"[..], "cannot be read"),
    ] {
        let (output, _, _) = cleanse(name, bytes, MAPPING);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(text(&output.stderr).contains(words), "{name}: {}", text(&output.stderr));
    }
    let output = guiyi(&["cleanse", "/nowhere.csv", "--source", "sample", "--out", "/tmp/x"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("/nowhere.csv"));
}

#[test]
fn wrong_mappings_name_the_fault_and_the_nearest() {
    for (mapping, words) in [
        (MAPPING.replace("姓名", "姓明"), "no column \"姓明\""),
        (MAPPING.replace("person_name", "persn_name"), "did you mean \"person_name\"?"),
        (MAPPING.replace("record_id = \"id\"", "record_id = \"idd\""), "did you mean \"id\"?"),
        (MAPPING.replace("source =", "sorce ="), "unknown field `sorce`"),
        ("record_id = \"id\"".to_owned(), "no [[column]] is mapped"),
        ("[[column".to_owned(), "TOML parse error"),
    ] {
        let (output, _, _) = cleanse("ok.csv", "id,姓名,手机号\n1,张三,1\n".as_bytes(), &mapping);
        assert_eq!(output.status.code(), Some(2), "{mapping}");
        assert!(text(&output.stderr).contains(words), "{words}: {}", text(&output.stderr));
    }
    let output = guiyi(&["cleanse", "x.csv", "--source", "smaple", "--out", "/tmp/x"], "");
    assert!(text(&output.stderr).contains("did you mean \"sample\"?"), "{}", text(&output.stderr));
}

#[test]
fn usage_errors_end_with_2_and_help_with_0() {
    assert_eq!(guiyi(&[], "").status.code(), Some(2));
    assert_eq!(guiyi(&["clense"], "").status.code(), Some(2));
    assert_eq!(guiyi(&["cleanse", "x.csv", "--out", "y"], "").status.code(), Some(2));
    assert_eq!(guiyi(&["--help"], "").status.code(), Some(0));
    assert_eq!(guiyi(&["--version"], "").status.code(), Some(0));
}

#[test]
fn check_answers_line_by_line() {
    let output = guiyi(&["check", "--format", "cn.resident_id"], "11010519491231002X\n440308199901101513\n\n");
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["validity"], "VALID");
    assert_eq!(lines[0]["facts"]["birth_date"], "1949-12-31");
    assert_eq!(lines[1]["validity"], "INVALID");
    assert_eq!(lines[1]["findings"][0]["code"], "CHECKSUM");
    assert_eq!(lines[2]["validity"], "INVALID");

    let requests = concat!(
        "{\"type\":\"phone\",\"country\":\"CN\",\"input\":\"０１３８ 0013 8001\"}\n",
        "{\"type\":\"no.such\",\"input\":\"1\"}\n",
        "not json\n"
    );
    let output = guiyi(&["check"], requests);
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["normal"], "+8613800138001");
    assert_eq!(lines[1]["validity"], "UNSUPPORTED");
    assert_eq!(lines[2]["findings"][0]["code"], "UNREADABLE_LINE");
    assert_eq!(guiyi(&["check", "--format", "cn.residentid"], "").status.code(), Some(2));
}

#[test]
fn every_listed_example_is_valid() {
    let output = guiyi(&["formats", "--json"], "");
    for line in text(&output.stdout).lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let (code, example) = (entry["code"].as_str().unwrap(), entry["example"].as_str().unwrap());
        let answer = guiyi(&["check", "--format", code], &format!("{example}\n"));
        let answer: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
        assert_eq!(answer["validity"], "VALID", "{code} {example}: {answer}");
    }
}

#[test]
fn synth_is_deterministic_and_the_bundled_sample_is_its_output() {
    let folder = tempfile::tempdir().unwrap();
    let output = guiyi(&["synth", "--records", "5000", "--seed", "1", "--out", path(folder.path())], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for file in ["customers.csv", "truth.csv", "mapping.toml"] {
        let made = std::fs::read(folder.path().join(file)).unwrap();
        let bundled = std::fs::read(fixture("sample").join(file)).unwrap();
        assert!(made == bundled, "{file} differs from the bundled sample");
    }
}

#[test]
fn steward_judgements_bind_a_bulk_run() {
    let judgements =
        "left_source,left_record_id,right_source,right_record_id,verdict\ncrm,1,crm,2,NEGATIVE\ncrm,1,crm,3,POSITIVE\n";
    let folder = tempfile::tempdir().unwrap();
    let (input, map, said, out) = (
        folder.path().join("in.csv"),
        folder.path().join("mapping.toml"),
        folder.path().join("judgements.csv"),
        folder.path().join("out"),
    );
    std::fs::write(&input, "id,姓名,手机号\n1,张三丰,13912340007\n2,张三丰,13912340007\n3,王五,\n").unwrap();
    std::fs::write(&map, MAPPING).unwrap();
    std::fs::write(&said, judgements).unwrap();
    let args = ["cleanse", path(&input), "--mapping", path(&map), "--out", path(&out), "--judgements", path(&said)];
    assert_eq!(guiyi(&args, "").status.code(), Some(0));
    let crosswalk = std::fs::read_to_string(out.join("crosswalk.csv")).unwrap();
    let ids: Vec<&str> = crosswalk.lines().skip(1).filter_map(|line| line.rsplit(',').next()).collect();
    assert_ne!(ids[0], ids[1]);
    assert_eq!(ids[0], ids[2]);
    std::fs::write(&said, judgements.replace("POSITIVE", "YES")).unwrap();
    let output = guiyi(&args, "");
    assert!(text(&output.stderr).contains("line 3: the verdict \"YES\""), "{}", text(&output.stderr));
}

const OWN_RULES: &str = r#"
name = "shop"
version = 3

[[rule]]
id = "level"
check = "one_of"
field = "text:会员等级"
values = ["金卡", "银卡"]
dimension = "validity"
severity = "warning"
message_zh = "会员等级只有金卡和银卡"

[[rule]]
id = "vip-reachable"
check = "expression"
expression = "text:会员等级 != \"金卡\" or valid(phone)"
when = "source == \"crm\""

[[rule]]
id = "number"
check = "matches"
field = "text:会员号"
pattern = "^M[0-9]{3}$"

[[rule]]
id = "fresh"
check = "fresh"
days_max = 365
"#;

#[test]
fn own_record_rules_need_no_code() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let rows = "id,姓名,手机号,会员等级,会员号,更新时间\n1,张伟,13912340007,金卡,M001,2026-01-01\n2,李娜,1391234,金卡,M02,2024-01-01\n\
                3,王芳,13912340009,铜卡,M003,2025-12-01\n";
    let input = file("customers.csv", rows);
    let mapping = file(
        "mapping.toml",
        "record_id = \"id\"\nsource = { name = \"crm\" }\nobserved_time = \"更新时间\"\n\
         [[column]]\nname = \"姓名\"\nkind = \"person_name\"\n[[column]]\nname = \"手机号\"\nkind = \"phone\"\n\
         [[column]]\nname = \"会员等级\"\nkind = \"text\"\nlabel = \"会员等级\"\n\
         [[column]]\nname = \"会员号\"\nkind = \"text\"\nlabel = \"会员号\"\n",
    );
    let rules = file("shop.toml", OWN_RULES);
    let out = folder.path().join("out");
    let args = ["cleanse", path(&input), "--mapping", path(&mapping), "--out", path(&out), "--quality", path(&rules)];
    let output = guiyi(&args, "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("quality score"), "{}", text(&output.stdout));
    let mut findings = csv::Reader::from_path(out.join("findings.csv")).unwrap();
    let header = findings.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (id, code, rule, zh) = (column("record_id"), column("code"), column("rule"), column("message_zh"));
    let rows: Vec<csv::StringRecord> = findings.records().map(Result::unwrap).collect();
    let broken: Vec<(&str, &str, &str)> =
        rows.iter().filter(|row| !row[rule].is_empty()).map(|row| (&row[id], &row[rule], &row[code])).collect();
    let expected = [
        ("2", "number", "NOT_ALLOWED"),
        ("2", "vip-reachable", "RULE"),
        ("2", "fresh", "STALE"),
        ("3", "level", "NOT_ALLOWED"),
    ];
    assert_eq!(broken, expected, "as of 2026-01-01, the newest confirmation");
    assert!(rows.iter().any(|row| row[zh].contains("只有金卡和银卡")), "{rows:?}");
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("report.json")).unwrap()).unwrap();
    let card = &report["scorecard"];
    assert_eq!((card["rules"].as_str(), card["as_of"].as_str()), (Some("shop@3"), Some("2026-01-01")));
    assert_eq!(card["broken_rules"]["fresh"], 1);
    let validity = card["cells"]
        .as_array()
        .unwrap()
        .iter()
        .find(|cell| cell["field"] == "phone" && cell["dimension"] == "validity" && cell["source"] == "crm");
    assert_eq!(validity.map(|cell| (cell["checked"].as_u64(), cell["passed"].as_u64())), Some((Some(3), Some(2))));

    let later = [&args[..], &["--as-of", "2027-06-01"]].concat();
    guiyi(&later, "");
    let findings = std::fs::read_to_string(out.join("findings.csv")).unwrap();
    assert_eq!(findings.matches("STALE").count(), 3);
    let wrong = guiyi(&[&args[..], &["--as-of", "2027-02-30"]].concat(), "");
    assert!(text(&wrong.stderr).contains("2027-02-30"), "{}", text(&wrong.stderr));
    std::fs::write(&rules, OWN_RULES.replace("one_of", "oneof")).unwrap();
    let wrong = guiyi(&args, "");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("did you mean") && text(&wrong.stderr).contains("level"));
    let listed = guiyi(&["rules"], "");
    assert!(text(&listed.stdout).contains("quality@1") && text(&listed.stdout).contains("survivorship@1"));
}

#[test]
fn a_run_that_would_change_too_much_stops_before_it_writes() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("customers.csv");
    let rows = "record_id,source,name,phone\n1,crm,欧阳若曦,13912340007\n2,web,欧阳若曦,13912340007\n3,crm,慕容子墨,13712340019\n";
    std::fs::write(&input, rows).unwrap();
    let mapping = folder.path().join("mapping.toml");
    let column =
        |name: &str, kind: &str| format!("[[column]]\nname = \"{name}\"\nkind = \"{kind}\"\ncountry = \"CN\"\n");
    let head = "record_id = \"record_id\"\nsource = { column = \"source\" }\n";
    std::fs::write(&mapping, format!("{head}{}{}", column("name", "person_name"), column("phone", "phone"))).unwrap();
    // The run before kept the first two apart.
    let previous = folder.path().join("previous.csv");
    let profiles = "record_id,source,profile_id\n1,crm,p0000000000001\n2,web,p0000000000002\n3,crm,p0000000000003\n";
    std::fs::write(&previous, profiles).unwrap();
    let out = folder.path().join("out");
    let [input, mapping, previous, out_text] = [&input, &mapping, &previous, &out].map(|path| path.to_str().unwrap());
    let run = |share: &str| {
        let args =
            ["cleanse", input, "--mapping", mapping, "--out", out_text, "--previous", previous, "--change-max", share];
        guiyi(&args, "")
    };
    let stopped = run("0.5");
    assert_eq!(stopped.status.code(), Some(4), "{}", text(&stopped.stderr));
    assert!(
        text(&stopped.stderr).contains("2 of 3 profiles of the previous run would change"),
        "{}",
        text(&stopped.stderr)
    );
    let mut written: Vec<String> =
        std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    written.sort();
    assert_eq!(written, ["changes.csv", "stopped-report.html", "stopped-report.json"]);
    let changes = std::fs::read_to_string(out.join("changes.csv")).unwrap();
    assert!(changes.contains("p0000000000002,MERGED,1,p0000000000001"), "{changes}");
    assert_eq!(run("0.7").status.code(), Some(0));
    assert!(out.join("crosswalk.csv").exists());
    assert_eq!(run("1.5").status.code(), Some(2));
}
