//! A run over a delta gives the files of a run over all rows, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::{fixture, guiyi, text};

/// A table with its keys in the first two columns: record id, source.
#[derive(Clone)]
struct Table {
    header: String,
    rows: Vec<String>,
}

/// A change of a table.
#[derive(Clone, Default)]
struct Delta {
    rows: Vec<String>,
    deleted: Vec<String>,
}

/// Record id and source of a row.
fn key(row: &str) -> String {
    row.splitn(3, ',').take(2).collect::<Vec<_>>().join(",")
}

impl Table {
    /// The rows that stay, then those of the delta.
    fn merged(&self, delta: &Delta) -> Self {
        let going: BTreeSet<String> = delta.rows.iter().chain(&delta.deleted).map(|row| key(row)).collect();
        let kept = self.rows.iter().filter(|row| !going.contains(&key(row)));
        Self { header: self.header.clone(), rows: kept.chain(&delta.rows).cloned().collect() }
    }

    fn text(&self) -> String {
        format!("{}\n{}\n", self.header, self.rows.join("\n"))
    }
}

/// A folder with runs in it, all under one mapping.
struct Runs {
    folder: tempfile::TempDir,
}

impl Runs {
    fn new(mapping: &str) -> Self {
        let this = Self { folder: tempfile::tempdir().unwrap() };
        this.write("mapping.toml", mapping);
        this
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// Cleanses; names that are files here are given with their folder. Exit code and what was said.
    fn cleanse(&self, args: &[&str], out: &str) -> (Option<i32>, String) {
        let here = |name: &&str| {
            let path = self.path(name);
            if path.exists() { path.to_str().unwrap().to_owned() } else { (*name).to_owned() }
        };
        let mut all: Vec<String> = ["cleanse", "--mapping", "mapping.toml"].iter().map(here).collect();
        all.extend(args.iter().map(here));
        all.extend(["--out".to_owned(), self.path(out).to_str().unwrap().to_owned()]);
        let output = guiyi(&all.iter().map(String::as_str).collect::<Vec<_>>(), "");
        (output.status.code(), text(&output.stderr))
    }

    fn done(&self, args: &[&str], out: &str) -> String {
        let (code, said) = self.cleanse(args, out);
        assert_eq!(code, Some(0), "{said}");
        said
    }

    /// Writes a delta as files; the arguments that name them.
    fn give<'n>(&self, delta: &Delta, header: &str, names: &'n [String; 2]) -> Vec<&'n str> {
        let mut args = Vec::new();
        if !delta.rows.is_empty() {
            self.write(&names[0], &format!("{header}\n{}\n", delta.rows.join("\n")));
            args.push(names[0].as_str());
        }
        if !delta.deleted.is_empty() {
            let rows: Vec<String> = delta.deleted.iter().map(|row| key(row)).collect();
            self.write(&names[1], &format!("record_id,source\n{}\n", rows.join("\n")));
            args.extend(["--deleted", names[1].as_str()]);
        }
        args
    }

    /// Runs over one delta after the other, each beside the run over all rows; the counts of candidate blocks that were too large.
    fn check(&self, table: &Table, deltas: &[Delta], options: &[&str]) -> Vec<u64> {
        self.write("all0.csv", &table.text());
        self.done(&[&["all0.csv", "--keep-state"], options].concat(), "run0");
        let (mut table, mut generic) = (table.clone(), vec![self.generic_blocks("run0")]);
        for (number, delta) in (1..).zip(deltas) {
            table = table.merged(delta);
            let [before, run, full, all] = [
                format!("run{}", number - 1),
                format!("run{number}"),
                format!("full{number}"),
                format!("all{number}.csv"),
            ];
            self.write(&all, &table.text());
            let crosswalk = format!("{before}/crosswalk.csv");
            self.done(&[&[&*all, "--keep-state", "--previous", &crosswalk], options].concat(), &full);
            let names = [format!("delta{number}.csv"), format!("deleted{number}.csv")];
            let args = self.give(delta, &table.header, &names);
            let said = self.done(&[&args[..], &["--since", &before, "--keep-state"], options].concat(), &run);
            assert!(said.contains("records stayed as they were"), "{said}");
            let (expected, found) = (files(&self.path(&full)), files(&self.path(&run)));
            assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
            assert!(expected.contains_key("state.bin") && expected.contains_key("report.json"));
            for (name, bytes) in &expected {
                assert!(&found[name] == bytes, "{name} of delta {number} is not that of the run over all rows");
            }
            generic.push(self.generic_blocks(&run));
        }
        generic
    }

    fn generic_blocks(&self, run: &str) -> u64 {
        let report = std::fs::read_to_string(self.path(run).join("report.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        report["blocking"]["generic_blocks"].as_u64().unwrap()
    }
}

/// All files of a run but the timings, which the page shows too, and what the report says of the files that came in.
fn files(run: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(run).unwrap() {
        let entry = entry.unwrap();
        let (name, mut bytes) = (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap());
        if name == "report.html" {
            let page = String::from_utf8(bytes).unwrap();
            let (head, rest) = page.split_once("<h2>输入").unwrap();
            let (_, rest) = rest.split_once("<h2>列与含义").unwrap();
            bytes = [head, rest.split("各阶段用时").next().unwrap()].concat().into_bytes();
        } else if name == "report.json" {
            let mut report: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            let input = report["input"].as_object_mut().unwrap();
            let rows: Option<u64> =
                input.remove("files").unwrap().as_array().unwrap().iter().map(|file| file["rows"].as_u64()).sum();
            let kept = input.remove("kept").map_or(Some(0), |kept| kept.as_u64());
            assert_eq!(report["records"].as_u64(), rows.zip(kept).map(|(rows, kept): (u64, u64)| rows + kept));
            bytes = report.to_string().into_bytes();
        }
        if name != "timings.json" {
            files.insert(name, bytes);
        }
    }
    files
}

fn sample(rows: usize) -> (Table, Vec<String>) {
    let text = std::fs::read_to_string(fixture("sample/customers.csv")).unwrap();
    let mut lines = text.lines().map(str::to_owned);
    let header = lines.next().unwrap();
    let mut rows: Vec<String> = {
        let all: Vec<String> = lines.collect();
        all.into_iter().take(rows + 100).collect()
    };
    let more = rows.split_off(rows.len() - 100);
    (Table { header, rows }, more)
}

/// A row with another value in a column.
fn changed(row: &str, column: usize, value: &str) -> String {
    let mut fields: Vec<&str> = row.split(',').collect();
    fields[column] = value;
    fields.join(",")
}

fn sample_mapping() -> String {
    std::fs::read_to_string(fixture("../sources/sample.toml")).unwrap()
}

#[test]
fn inserts_updates_and_deletes_end_where_a_run_over_all_rows_ends() {
    let (table, more) = sample(1_500);
    let plain = |row: &&String| row.matches(',').count() == 11 && !row.contains('"');
    let rows: Vec<&String> = table.rows.iter().filter(plain).collect();
    let every = |from: usize, step: usize| rows.iter().skip(from).step_by(step).map(|row| (*row).clone());
    let first = Delta {
        rows: every(3, 100)
            .map(|row| changed(&row, 6, "13912345679"))
            .chain(every(4, 150).map(|row| changed(&row, 3, "欧阳春晓")))
            .chain(more.iter().take(40).cloned())
            // The day of the newest confirmation moves.
            .chain(every(5, 2_000).map(|row| changed(&row, 2, "2027-01-02 03:04:05")))
            .collect(),
        deleted: every(6, 90).collect(),
    };
    let second = Delta {
        rows: more.iter().take(3).map(|row| changed(row, 7, "")).chain(every(6, 180)).collect(),
        // What the first delta brought is gone again, the newest confirmation with it.
        deleted: more.iter().skip(10).take(5).cloned().chain(every(5, 2_000)).collect(),
    };
    let only_deleted = Delta { rows: Vec::new(), deleted: every(8, 70).collect() };
    let runs = Runs::new(&sample_mapping());
    runs.check(&table, &[first.clone(), second, only_deleted], &[]);
    Runs::new(&sample_mapping()).check(&table, &[first], &["--model", "default-zh@1"]);
}

const DATES: &str = r#"
record_id = "id"
source = { column = "source" }
[[column]]
name = "姓名"
kind = "person_name"
[[column]]
name = "出生日期"
kind = "birth_date"
[[column]]
name = "手机号"
kind = "phone"
country = "CN"
[[column]]
name = "邮箱"
kind = "email"
"#;

fn customers(count: usize, phone: impl Fn(usize) -> String, birth: impl Fn(usize) -> String) -> Table {
    let (families, given) = ("赵钱孙李周吴郑王冯陈", "伟芳娜敏静丽强磊军洋");
    let name = |i: usize| {
        let sign = |texts: &str, at: usize| texts.chars().nth(at % 10).unwrap();
        format!("{}{}{}", sign(families, i), sign(given, i / 10), sign(given, i / 7))
    };
    let source = |i: usize| if i.is_multiple_of(3) { "web" } else { "crm" };
    let row = |i: usize| format!("{i},{},{},{},{},u{i}@sina.cn", source(i), name(i), birth(i), phone(i));
    Table { header: "id,source,姓名,出生日期,手机号,邮箱".to_owned(), rows: (0..count).map(row).collect() }
}

#[test]
fn values_become_generic_and_specific_again_as_in_a_run_over_all_rows() {
    // One number for the first 118 of 400 customers; 120 are the most that make candidates.
    let phone = |i: usize| if i < 118 { "13912345679".to_owned() } else { format!("138{:08}", i * 7_919) };
    let table = customers(400, phone, |i| format!("19{:02}-0{}-1{}", 50 + i % 50, 1 + i % 9, i % 10));
    let onto = |from: usize, count: usize| {
        table.rows.iter().skip(from).take(count).map(|row| changed(row, 4, "13912345679")).collect::<Vec<_>>()
    };
    let deltas = [
        Delta { rows: onto(200, 2), deleted: Vec::new() },
        Delta { rows: onto(300, 3), deleted: table.rows[20..21].to_vec() },
        Delta { rows: onto(320, 1), deleted: table.rows[30..40].to_vec() },
    ];
    let generic = Runs::new(DATES).check(&table, &deltas, &["--model", "default-zh@1"]);
    assert!(
        generic[2] > generic[1] && generic[3] < generic[2],
        "the number crosses the limit and comes back: {generic:?}"
    );
    Runs::new(DATES).check(&table, &deltas, &[]);
}

#[test]
fn dates_are_read_anew_where_the_delta_proves_another_order() {
    let phone = |i: usize| format!("138{:08}", i / 2 * 7_919);
    // One date of each source proves that the day comes first.
    let birth = |i: usize| {
        if i < 2 { "25/12/1985".to_owned() } else { format!("0{}/0{}/19{:02}", 1 + i % 9, 1 + i % 7, 50 + i % 50) }
    };
    let table = customers(60, phone, birth);
    let of_web = Delta { rows: vec![changed(&table.rows[0], 3, "12/25/1985")], deleted: Vec::new() };
    let nothing = Delta { rows: Vec::new(), deleted: table.rows[1..2].to_vec() };
    let new_source =
        Delta { rows: vec!["1,store,王伟,13/02/1990,13800000001,s@sina.cn".to_owned()], deleted: Vec::new() };
    let runs = Runs::new(DATES);
    runs.check(&table, &[of_web, nothing, new_source], &["--model", "default-zh@1"]);
    let dates = |run: &str, id: &str| {
        let records = std::fs::read_to_string(runs.path(run).join("records.csv")).unwrap();
        let row = records.lines().find(|row| row.starts_with(&format!("{id},"))).unwrap();
        row.split(',').nth(3).unwrap().to_owned()
    };
    assert_ne!(dates("run0", "9"), dates("run1", "9"), "web writes the month first now");
    assert_eq!(dates("run0", "10"), dates("run1", "10"), "crm does not");
    let is_ambiguous = |run: &str| {
        let findings = std::fs::read_to_string(runs.path(run).join("findings.csv")).unwrap();
        findings.lines().any(|row| row.starts_with("10,crm,birth_date,") && row.contains(",AMBIGUOUS,"))
    };
    assert!(!is_ambiguous("run1") && is_ambiguous("run2"), "nothing proves the order of crm any more");
}

#[test]
fn a_stopped_run_over_a_delta_is_resumed() {
    let (table, more) = sample(300);
    let company = "[[column]]\nname = \"company\"\nkind = \"company\"\ncountry = \"CN\"\n";
    let runs = Runs::new(&sample_mapping().replace(company, ""));
    let long = changed(&more[0], 10, &"长".repeat(32_768));
    runs.write("all0.csv", &table.text());
    runs.done(&["all0.csv", "--keep-state"], "run0");
    let delta = Delta { rows: vec![long], deleted: Vec::new() };
    runs.write("delta.csv", &format!("{}\n{}\n", table.header, delta.rows[0]));
    let args = ["delta.csv", "--since", "run0", "--keep-state"];
    // No sheet holds the value, so that the run stops after its last checkpoint.
    let (code, said) = runs.cleanse(&[&args[..], &["--format", "xlsx"]].concat(), "run1");
    assert!(code == Some(2) && said.contains("32767"), "{said}");
    runs.done(&[&args[..], &["--resume"]].concat(), "run1");
    runs.done(&args, "run2");
    assert!(files(&runs.path("run1")) == files(&runs.path("run2")));
}

#[test]
fn what_does_not_fit_is_refused_with_what_to_do() {
    let (table, more) = sample(60);
    let runs = Runs::new(&sample_mapping());
    runs.write("all.csv", &table.text());
    runs.done(&["all.csv"], "bare");
    runs.done(&["all.csv", "--keep-state"], "kept");
    runs.write("delta.csv", &format!("{}\n{}\n", table.header, more[0]));
    runs.done(&["all.csv", "--keep-state"], "replaced");
    runs.done(&["delta.csv"], "replaced");
    runs.write("other.csv", "record_id,source,name\n1,crm,张伟\n");
    runs.write("both.csv", &format!("record_id,source\n{}\n", key(&more[0])));
    runs.write("unknown.csv", "source,record_id\ncrm,nobody\n");
    runs.write("half.csv", "source,record_id\ncrm,\n");
    runs.write("own.toml", &sample_mapping().replace("label = \"mobile\"", "label = \"home\""));
    let refused = |args: &[&str], code: i32, wanted: &str| {
        let (found, said) = runs.cleanse(args, "out");
        assert!(found == Some(code) && said.contains(wanted), "{found:?} {wanted}: {said}");
    };
    refused(&["delta.csv", "--since", "bare"], 1, "the run kept no state; cleanse all rows once with --keep-state");
    refused(&["delta.csv", "--since", "replaced"], 1, "is of another run than");
    refused(&["delta.csv", "--since", "nowhere"], 1, "there is no crosswalk.csv");
    refused(&["other.csv", "--since", "kept"], 1, "the columns differ from those of the run that --since names");
    refused(&["delta.csv", "--since", "kept", "--deleted", "both.csv"], 2, "line 2: record");
    refused(&["delta.csv", "--since", "kept", "--deleted", "half.csv"], 1, "line 2: a record needs its source");
    refused(&["delta.csv", "--since", "kept", "--model", "default-zh@1"], 2, "another model: auto, not default-zh@1");
    refused(&["delta.csv", "--deleted", "both.csv"], 2, "--since");
    refused(&["delta.csv", "--since", "kept", "--previous", "kept/crosswalk.csv"], 2, "cannot be used with");
    let (code, said) = runs.cleanse(&["delta.csv", "--since", "kept"], "kept");
    assert!(code == Some(2) && said.contains("name another --out"), "{said}");
    let said = runs.done(&["--since", "kept", "--deleted", "unknown.csv"], "out");
    assert!(said.contains("60 records stayed as they were, 0 changed, 0 are new, 0 deleted"), "{said}");
    assert!(said.contains("1 of the records named by --deleted were not there"), "{said}");

    let state = runs.path("kept/state.bin");
    let bytes = std::fs::read(&state).unwrap();
    for position in (0..bytes.len()).step_by(997) {
        let mut damaged = bytes.clone();
        damaged[position] ^= 0x55;
        std::fs::write(&state, damaged).unwrap();
        refused(&["delta.csv", "--since", "kept"], 1, "the state is damaged");
    }
    std::fs::write(&state, &bytes[..bytes.len() - 1]).unwrap();
    refused(&["delta.csv", "--since", "kept"], 1, "the state is damaged");
    std::fs::write(&state, &bytes).unwrap();
    std::fs::copy(runs.path("own.toml"), runs.path("mapping.toml")).unwrap();
    refused(&["delta.csv", "--since", "kept"], 2, "another mapping");
}
