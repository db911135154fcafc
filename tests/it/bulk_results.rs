//! The folder of results from one run to the next: what stops a run, what replaces what, what is compared, what is gone on with.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;

use guiyi::bulk::reader;

use crate::support::{fixture, guiyi, text};

const COLUMNS: &str = r#"
[[column]]
name = "name"
kind = "person_name"
[[column]]
name = "phone"
kind = "phone"
country = "CN"
[[column]]
name = "email"
kind = "email"
"#;

/// Customers who have nothing in common, the first of them twice.
const ROWS: [&str; 6] = [
    "1,crm,欧阳若曦,13912340007,a@sina.cn",
    "2,web,欧阳若曦,13912340007,a@sina.cn",
    "3,crm,慕容子墨,13712340019,b@sina.cn",
    "4,crm,司马青云,13612340021,c@sina.cn",
    "5,web,上官婉清,13512340033,d@sina.cn",
    "6,web,诸葛长风,13812340045,e@sina.cn",
];

/// A folder with an input, a mapping and results.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let this = Self(tempfile::tempdir().unwrap());
        this.write("by_column.toml", &format!("record_id = \"id\"\nsource = {{ column = \"source\" }}\n{COLUMNS}"));
        this.write("crm.toml", &format!("record_id = \"id\"\nsource = {{ name = \"crm\" }}\n{COLUMNS}"));
        this.write("shop.toml", &format!("record_id = \"id\"\nsource = {{ name = \"shop\" }}\n{COLUMNS}"));
        this.write("in.csv", &rows(&ROWS));
        this
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// Runs the program; whatever is there under a name of this folder is given with the folder, and so is what begins with `./`.
    fn run(&self, args: &str, stdin: &str) -> Output {
        let here = |arg: &str| match arg.strip_prefix("./") {
            Some(name) => self.path(name).to_str().unwrap().to_owned(),
            None => arg.to_owned(),
        };
        let args: Vec<String> = args.split_whitespace().map(here).collect();
        guiyi(&args.iter().map(String::as_str).collect::<Vec<_>>(), stdin)
    }

    /// Cleanses into `out`; the exit code and all that was said.
    fn cleanse(&self, args: &str) -> (Option<i32>, String) {
        self.cleanse_of(args, "")
    }

    fn cleanse_of(&self, args: &str, stdin: &str) -> (Option<i32>, String) {
        let model = if args.contains("--model") { "" } else { "--model default-zh@1" };
        let done = self.run(&format!("cleanse {model} --out ./out {args}"), stdin);
        (done.status.code(), text(&done.stderr) + &text(&done.stdout))
    }

    fn done(&self, args: &str) {
        let (code, said) = self.cleanse(args);
        assert_eq!(code, Some(0), "{args}: {said}");
    }

    /// The files of the results.
    fn results(&self) -> BTreeSet<String> {
        files(&self.path("out"))
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        text(&self.read(name))
    }
}

fn files(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn rows(rows: &[&str]) -> String {
    format!("id,source,name,phone,email\n{}\n", rows.join("\n"))
}

#[test]
fn a_delivery_without_its_customers_is_stopped() {
    let folder = Folder::new();
    folder.done("./in.csv --mapping ./by_column.toml --keep-state");
    std::fs::rename(folder.path("out"), folder.path("before")).unwrap();
    let guarded = "--mapping ./by_column.toml --previous ./before/crosswalk.csv --change-max";
    folder.done(&format!("./in.csv {guarded} 0"));
    // Cut off: two of five customers are there still. The first of them lost a record, which is no change.
    folder.write("cut.csv", &rows(&[ROWS[0], ROWS[2]]));
    let (code, said) = folder.cleanse(&format!("./cut.csv {guarded} 0.5"));
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("3 of 5 profiles of the previous run would change (60.0 %: 0 split, 0 merged"), "{said}");
    assert!(said.contains("3 gone"), "{said}");
    assert_eq!(folder.text("out/changes.csv").matches(",GONE,1,\n").count(), 3);
    folder.done(&format!("./cut.csv {guarded} 0.6"));
    // The keys of all customers are other ones.
    let renamed = "./in.csv --mapping ./shop.toml --previous ./before/crosswalk.csv --change-max";
    let (code, said) = folder.cleanse(&format!("{renamed} 0.99"));
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("5 of 5 profiles") && said.contains("5 gone"), "{said}");
    folder.done(&format!("{renamed} 1"));
}

#[test]
fn a_delta_loses_nobody_but_those_who_are_to_go() {
    let folder = Folder::new();
    folder.done("./in.csv --mapping ./by_column.toml --keep-state");
    std::fs::rename(folder.path("out"), folder.path("before")).unwrap();
    folder.write("new.csv", &rows(&["7,crm,夏侯明月,13312340057,f@sina.cn"]));
    let since = "--mapping ./by_column.toml --since ./before --change-max 0";
    folder.done(&format!("./new.csv {since}"));
    assert!(folder.text("out/crosswalk.csv").contains("\n6,web,"));
    folder.write("gone.csv", "source,record_id\nweb,5\ncrm,3\ncrm,1\n");
    folder.done(&format!("./new.csv --deleted ./gone.csv {since}"));
    assert!(!folder.text("out/crosswalk.csv").contains("\n5,web,"));
}

#[test]
fn a_misspelt_gate_is_known_before_the_run() {
    let folder = Folder::new();
    let refused = |args: &str, gate: &str| {
        let gate = ["--gate", gate];
        let out = folder.path("out");
        let mapping = folder.path(args);
        let input = folder.path("in.csv");
        let args = ["cleanse", input.to_str().unwrap(), "--mapping", mapping.to_str().unwrap(), "--out"];
        let done = guiyi(&[&args[..], &[out.to_str().unwrap()], &gate].concat(), "");
        (done.status.code(), text(&done.stderr) + &text(&done.stdout), out.join("golden.csv").exists())
    };
    let (code, said, ran) = refused("by_column.toml", "rule(name-requird) <= 0");
    assert!(code == Some(2) && !ran, "{said}");
    assert!(said.contains("quality@1 has no rule \"name-requird\"; did you mean \"name-required\"?"), "{said}");
    for gate in ["completeness(email@crmm) >= 0.1", "score(crmm) >= 0.1", "validity(@crmm) > 0"] {
        let (code, said, ran) = refused("crm.toml", gate);
        assert!(code == Some(2) && !ran, "{gate}: {said}");
        assert!(said.contains("the source \"crm\", not \"crmm\"; did you mean \"crm\"?"), "{gate}: {said}");
    }
    // Which sources a column names is known when it has been read.
    let (code, said, ran) = refused("by_column.toml", "completeness(email@crmm) >= 0.1, score(web) > 0");
    assert!(code == Some(4) && ran, "{said}");
    let wanted = "there was nothing to judge: no record is of the source \"crmm\"; did you mean \"crm\"?; the sources are crm, web";
    assert!(said.contains(wanted) && said.contains("met score(web)"), "{said}");
    assert!(folder.text("out/report.json").contains("the sources are crm, web"));
    assert_eq!(refused("crm.toml", "rule(name-required) <= 0, score(crm) > 0").0, Some(0));
}

#[test]
fn a_file_that_cannot_be_written_is_known_before_the_run() {
    let folder = Folder::new();
    for path in ["./missing/gate.xml", "./out"] {
        let gate = format!("--gate duplicates<=1 --gate-junit {path} --progress");
        let (code, said) = folder.cleanse(&format!("./in.csv --mapping ./crm.toml {gate}"));
        assert!(code == Some(1) && said.contains("check that the folder may be written"), "{path}: {said}");
        assert!(!said.contains("guiyi: prepare"), "{path}: {said}");
    }
    folder.done("./in.csv --mapping ./crm.toml --gate duplicates<=1 --gate-junit ./out/gate.xml");
    assert!(folder.text("out/gate.xml").contains("failures=\"0\""));
    let trained = folder.run("train ./nowhere.csv --mapping ./crm.toml --out ./missing/model.toml", "");
    let said = text(&trained.stderr);
    assert!(
        trained.status.code() == Some(1) && said.contains("missing/model.toml"),
        "before any input is read: {said}"
    );
}

#[test]
fn runs_are_compared_across_forms_by_the_same_columns() {
    let folder = Folder::new();
    std::fs::copy(fixture("sample/customers.csv"), folder.path("customers.csv")).unwrap();
    // Another phone of somebody.
    let changed = folder.text("customers.csv").replacen("13205010614", "13205010615", 1);
    folder.write("changed.csv", &changed);
    let forms = ["csv", "jsonl", "parquet", "xlsx"];
    for form in forms {
        folder.done(&format!("./customers.csv --source sample --format {form}"));
        std::fs::rename(folder.path("out"), folder.path(form)).unwrap();
        folder.done(&format!("./changed.csv --source sample --previous ./{form}/crosswalk.csv --format {form}"));
        std::fs::rename(folder.path("out"), folder.path(&format!("{form}-changed"))).unwrap();
    }
    let diff = |before: &str, after: &str| {
        let done = folder.run(&format!("diff ./{before} ./{after} --json"), "");
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        serde_json::from_slice::<serde_json::Value>(&done.stdout).unwrap()
    };
    let expected = diff("csv", "csv-changed");
    let columns = expected["values"]["columns"].as_object().unwrap();
    assert!(columns.keys().any(|name| name.starts_with("phone")), "{expected}");
    for before in forms {
        for after in forms {
            let same = diff(before, after);
            assert_eq!(same["values"], serde_json::json!({"profiles": 0, "columns": {}}), "{before} {after}");
            assert_eq!(same["profiles"]["unchanged"], same["profiles"]["before"], "{before} {after}");
            assert_eq!(diff(before, &format!("{after}-changed")), expected, "{before} {after}");
        }
    }
    folder.write("jsonl/golden.jsonl", "{\"profile_id\":\"p1\"}\n");
    let damaged = folder.run("diff ./csv ./jsonl", "");
    assert_eq!(damaged.status.code(), Some(1));
    let said = text(&damaged.stderr);
    assert!(said.contains("line 1 is no golden profile") && said.contains("run guiyi cleanse again"), "{said}");
}

#[test]
fn a_folder_holds_the_results_of_one_run() {
    let folder = Folder::new();
    let run = "./in.csv --mapping ./by_column.toml";
    let fresh = |form: &str| {
        let _ = std::fs::remove_dir_all(folder.path("out"));
        folder.done(&format!("{run} --format {form}"));
        folder.results()
    };
    let forms = ["csv", "jsonl", "parquet", "xlsx"].map(|form| (form, fresh(form)));
    folder.write("out/notes.txt", "of a person");
    folder.write("out/golden.xlsx.bak", "of a person");
    // Every form after every other one with a fitted model and a kept state.
    for (before, _) in &forms {
        for (form, expected) in &forms {
            folder.done(&format!("{run} --format {before} --model auto --keep-state"));
            assert!(folder.results().contains("state.bin"));
            folder.done(&format!("{run} --format {form}"));
            let mut found = folder.results();
            assert!(found.remove("notes.txt") && found.remove("golden.xlsx.bak"));
            assert_eq!(found, *expected, "{form} after {before}");
        }
    }
    let same = folder.run("diff ./out ./out", "");
    assert_eq!(same.status.code(), Some(0), "{}", text(&same.stderr));
}

#[test]
fn files_that_a_run_reads_stay_and_folders_of_people_are_left_alone() {
    let folder = Folder::new();
    // A person's own files, in a folder where no run has been.
    std::fs::create_dir(folder.path("out")).unwrap();
    folder.write("out/findings.xlsx", "of a person");
    folder.done("./in.csv --mapping ./crm.toml");
    assert_eq!(folder.text("out/findings.xlsx"), "of a person");
    // What a run reads of the one before.
    folder.done("./in.csv --mapping ./crm.toml --format xlsx");
    assert!(folder.path("out/records.xlsx").is_file() && !folder.path("out/records.csv").exists());
    folder.done("./out/records.xlsx --mapping ./crm.toml --previous ./out/crosswalk.xlsx");
    let results = folder.results();
    assert!(results.contains("records.xlsx") && results.contains("records.csv"), "{results:?}");
    assert!(!results.contains("crosswalk.xlsx") && !results.contains("golden.xlsx"), "{results:?}");
    folder.done("./in.csv --mapping ./crm.toml --previous ./out/crosswalk.csv --change-max 0");
}

#[test]
fn a_stopped_run_leaves_the_results_before_as_they_were() {
    let folder = Folder::new();
    folder.done("./in.csv --mapping ./by_column.toml");
    let before: Vec<(String, Vec<u8>)> =
        folder.results().into_iter().map(|name| (name.clone(), folder.read(&format!("out/{name}")))).collect();
    folder.write("cut.csv", &rows(&ROWS[..2]));
    let guarded = "--mapping ./by_column.toml --previous ./out/crosswalk.csv --change-max 0.5";
    let (code, said) = folder.cleanse(&format!("./cut.csv {guarded}"));
    assert_eq!(code, Some(4), "{said}");
    for (name, bytes) in &before {
        assert!(folder.read(&format!("out/{name}")) == *bytes, "{name}");
    }
    let mut found = folder.results();
    for (name, _) in &before {
        assert!(found.remove(name));
    }
    assert_eq!(found.iter().collect::<Vec<_>>(), ["changes.csv", "stopped-report.html", "stopped-report.json"]);
    assert!(folder.text("out/stopped-report.json").contains("\"records\": 2,"));
    folder.done(&format!("./in.csv {guarded}"));
    assert_eq!(folder.results(), before.into_iter().map(|(name, _)| name).collect());
}

/// Lets a run stop when its results are moved into place, by a folder in the place of a file.
fn stop_at(folder: &Folder, obstacle: &str, args: &str, stdin: &str) {
    let obstacle = folder.path("out").join(obstacle);
    std::fs::create_dir_all(&obstacle).unwrap();
    let (code, said) = folder.cleanse_of(args, stdin);
    assert_eq!(code, Some(1), "{said}");
    std::fs::remove_dir(obstacle).unwrap();
}

fn stop(folder: &Folder, args: &str, stdin: &str) {
    stop_at(folder, "report.json", args, stdin);
}

#[test]
fn standard_input_and_sheets_are_known_again() {
    let folder = Folder::new();
    let (first, other) = (rows(&ROWS), rows(&ROWS[2..]));
    let args = "- --mapping ./by_column.toml";
    stop(&folder, args, &first);
    for given in [other.as_str(), "", &first.replace("13912340007", "13912340008")] {
        let (code, said) = folder.cleanse_of(&format!("{args} --resume"), given);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("what \"-\" gives now is not what") && said.contains("without --resume"), "{said}");
    }
    let (code, said) = folder.cleanse_of(&format!("{args} --resume --progress"), &first);
    assert!(code == Some(0) && !said.contains("guiyi: prepare"), "{said}");
    assert_eq!(reader::read(&folder.path("out/crosswalk.csv")).unwrap().rows.len(), 6);

    let workbook = |name: &str, content: &str| {
        folder.write("rows.csv", content);
        folder.done("./rows.csv --mapping ./by_column.toml --format xlsx");
        std::fs::copy(folder.path("out/records.xlsx"), folder.path(name)).unwrap();
        std::fs::remove_dir_all(folder.path("out")).unwrap();
    };
    workbook("first.xlsx", &first);
    workbook("other.xlsx", &other);
    std::fs::copy(folder.path("first.xlsx"), folder.path("in.xlsx")).unwrap();
    let args = "./in.xlsx#records --mapping ./by_column.toml";
    stop(&folder, args, "");
    std::fs::copy(folder.path("other.xlsx"), folder.path("in.xlsx")).unwrap();
    let (code, said) = folder.cleanse(&format!("{args} --resume"));
    assert!(code == Some(2) && said.contains("had another input"), "{said}");
    folder.done(args);
    assert_eq!(reader::read(&folder.path("out/crosswalk.csv")).unwrap().rows.len(), 4);
}

#[test]
#[cfg(unix)]
fn options_from_pipes_are_not_resumed() {
    let folder = Folder::new();
    let said = "left_source,left_record_id,right_source,right_record_id,verdict\ncrm,3,crm,4,NEGATIVE\n";
    let args = "./in.csv --mapping ./by_column.toml --judgements /dev/stdin";
    stop(&folder, args, said);
    let (code, message) = folder.cleanse_of(&format!("{args} --resume"), &format!("{said}crm,1,web,2,NEGATIVE\n"));
    assert!(code == Some(2) && message.contains("judgements: no run is resumed with the pipe"), "{message}");
}

#[test]
fn a_run_that_stops_while_it_clears_away_goes_on_without_what_it_read() {
    // Between two files that are moved, and after the last one that is removed.
    for (obstacle, is_cleared) in [("records.csv", false), ("report.json", true)] {
        let folder = Folder::new();
        folder.done("./in.csv --mapping ./by_column.toml --format xlsx --keep-state");
        let ids = folder.text("out/crosswalk.csv");
        std::fs::remove_file(folder.path("out/report.json")).unwrap();
        let args = "./in.csv --mapping ./by_column.toml --previous ./out/crosswalk.xlsx --change-max 0";
        stop_at(&folder, obstacle, &format!("{args} --format jsonl"), "");
        assert_eq!(folder.path("out/crosswalk.xlsx").exists(), !is_cleared);
        assert_eq!(folder.path("out/golden.jsonl").exists(), is_cleared);
        // In another form than the one that was moved already.
        folder.done(&format!("{args} --resume"));
        let results = folder.results();
        assert!(results.contains("golden.csv") && results.contains("report.json"), "{results:?}");
        for gone in ["golden.jsonl", "golden.xlsx", "crosswalk.xlsx", "records.xlsx", "state.json", ".guiyi-run"] {
            assert!(!results.contains(gone), "{gone}: {results:?}");
        }
        assert_eq!(folder.text("out/crosswalk.csv"), ids);
    }
}

#[test]
fn records_can_be_cleansed_again_and_again() {
    let folder = Folder::new();
    folder.done("./in.csv --mapping ./by_column.toml");
    let header = || folder.text("out/records.csv").lines().next().unwrap().to_owned();
    assert_eq!(header(), "id,source,name,phone,email,profile_id");
    let mut wanted = "id,source,name,phone,email".to_owned();
    for before in ["profile_id_before", "profile_id_before_2", "profile_id_before_3"] {
        std::fs::rename(folder.path("out"), folder.path(before)).unwrap();
        folder.done(&format!("./{before}/records.csv --mapping ./by_column.toml"));
        wanted = format!("{wanted},{before}");
        assert_eq!(header(), format!("{wanted},profile_id"));
    }
    let table = reader::read(&folder.path("out/records.csv")).unwrap();
    assert!(table.rows.iter().all(|row| row.fields[5] == row.fields[8] && row.fields[5].starts_with('p')));
}
