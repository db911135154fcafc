//! The trap table: every row of the design's list of traps as concrete inputs, in `fixtures/traps/`.
//!
//! A row is held by cases in its file, or by tests named there (files, whole runs, models), which must exist. Where the list
//! itself lies beside the checkout, every row of it must be held.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use guiyi::domain::check;
use guiyi::domain::compare;
use guiyi::domain::date::DateOrder;
use guiyi::domain::features::Features;
use guiyi::domain::finding::{Fact, Finding, Validity};
use guiyi::domain::id::RecordKey;
use guiyi::domain::prepare::prepare;
use guiyi::domain::record::{AttributeKind, PreparedRecord, RawAttribute, RawRecord};
use guiyi::domain::score::term_frequency::TermFrequencies;
use serde::Deserialize;

use crate::support::{fixture, root};

/// Rows of the list.
const ROWS: usize = 204;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrapFile {
    trap: Vec<Trap>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trap {
    /// Number of the row in the list, from 1.
    row: usize,
    /// What the trap is.
    about: String,
    /// Tests that hold it: `file::function`, file below `src/` or `tests/it/`.
    #[serde(default)]
    held_by: Vec<String>,
    #[serde(default)]
    case: Vec<TrapCase>,
}

/// What goes in, and what must come out for every input. Keys that are left out are not looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrapCase {
    /// Type of `guiyi check`; either this, or `kind`.
    check: Option<String>,
    /// Attribute kind of a record's field.
    kind: Option<String>,
    #[serde(default)]
    label: String,
    country: Option<String>,
    format: Option<String>,
    order: Option<String>,
    inputs: Vec<String>,
    /// Further fields of the record: kind, or kind:label, and text.
    #[serde(default)]
    beside: BTreeMap<String, String>,
    /// Normal forms, joined by "; " when one field gives several values.
    normal: Option<String>,
    validity: Option<String>,
    evidence: Option<bool>,
    /// Codes that are among the findings; `!CODE`: that are not.
    #[serde(default)]
    findings: Vec<String>,
    /// Part of the details of a finding, in either language.
    detail: Option<String>,
    #[serde(default)]
    facts: BTreeMap<String, String>,
    #[serde(default)]
    actions: Vec<String>,
    /// Corrections that are offered.
    #[serde(default)]
    suggestions: Vec<String>,
    /// Another spelling or another person: compared with every input.
    against: Option<String>,
    /// Levels of the comparator of `kind` of which one must come out; "" when it says nothing.
    #[serde(default)]
    levels: Vec<String>,
}

/// What came out.
struct Seen {
    normal: String,
    validity: Option<Validity>,
    evidence: bool,
    findings: Vec<Finding>,
    facts: Vec<Fact>,
    actions: Vec<&'static str>,
}

fn kind(code: &str) -> AttributeKind {
    AttributeKind::from_code(code).unwrap_or_else(|| panic!("no attribute kind is called {code}"))
}

fn prepared(case: &TrapCase, code: &str, input: &str) -> PreparedRecord {
    let order = case.order.as_deref().map(|order| DateOrder::from_code(order).expect("an order"));
    let first = RawAttribute {
        label: case.label.clone().into(),
        format: case.format.clone().map(Into::into),
        country: case.country.clone().map(Into::into),
        order,
        ..RawAttribute::full(kind(code), input)
    };
    let beside = case.beside.iter().map(|(field, text)| {
        let (code, label) = field.split_once(':').unwrap_or((field, ""));
        RawAttribute { label: label.into(), ..RawAttribute::full(kind(code), text) }
    });
    prepare(&RawRecord {
        key: RecordKey::new("traps", input),
        owner: None,
        observed_time: None,
        attributes: std::iter::once(first).chain(beside).collect(),
    })
}

fn seen(case: &TrapCase, input: &str) -> Seen {
    if let Some(code) = &case.check {
        let verdict = check::check(code, case.country.as_deref(), input);
        return Seen {
            normal: verdict.normal.to_string(),
            validity: verdict.validity,
            evidence: false,
            findings: verdict.findings,
            facts: verdict.facts,
            actions: verdict.actions.iter().map(|action| action.code()).collect(),
        };
    }
    let code = case.kind.as_deref().expect("a case has check or kind");
    let record = prepared(case, code, input);
    let others = case.beside.len();
    let own = &record.attributes[..record.attributes.len() - others];
    Seen {
        normal: own.iter().map(|attribute| attribute.normal.as_str()).collect::<Vec<_>>().join("; "),
        validity: own.iter().map(|attribute| attribute.validity).max(),
        evidence: own.iter().any(|attribute| attribute.evidence),
        findings: own.iter().flat_map(|attribute| attribute.findings.clone()).collect(),
        facts: own.iter().flat_map(|attribute| attribute.facts.clone()).collect(),
        actions: own.iter().flat_map(|attribute| &attribute.actions).map(|action| action.code()).collect(),
    }
}

/// What differs from the expectation, in words.
fn faults(case: &TrapCase, input: &str) -> Vec<String> {
    let seen = seen(case, input);
    let mut faults = Vec::new();
    let mut fault = |what: &str, seen: &dyn std::fmt::Debug, expected: &dyn std::fmt::Debug| {
        faults.push(format!("{what}: {seen:?}, expected {expected:?}"));
    };
    if case.normal.as_ref().is_some_and(|normal| *normal != seen.normal) {
        fault("normal", &seen.normal, &case.normal);
    }
    let validity = seen.validity.map_or("UNSUPPORTED", Validity::code);
    if case.validity.as_ref().is_some_and(|expected| expected != validity) {
        fault("validity", &validity, &case.validity);
    }
    if case.evidence.is_some_and(|expected| expected != seen.evidence) {
        fault("evidence", &seen.evidence, &case.evidence);
    }
    let codes: Vec<&str> = seen.findings.iter().map(|finding| finding.defect.code()).collect();
    for expected in &case.findings {
        let met = match expected.strip_prefix('!') {
            Some(absent) => !codes.contains(&absent),
            None => codes.contains(&expected.as_str()),
        };
        if !met {
            fault("findings", &codes, expected);
        }
    }
    if let Some(detail) = &case.detail {
        let told: Vec<String> =
            seen.findings.iter().map(|f| format!("{}|{}", f.message_zh(), f.message_en())).collect();
        if !told.iter().any(|text| text.contains(detail)) {
            fault("detail", &told, detail);
        }
    }
    for (name, expected) in &case.facts {
        let values: Vec<&str> = seen.facts.iter().filter(|f| f.name == name).map(|f| &*f.value).collect();
        if !values.contains(&expected.as_str()) {
            fault(name, &values, expected);
        }
    }
    for expected in case.actions.iter().filter(|expected| !seen.actions.contains(&expected.as_str())) {
        fault("actions", &seen.actions, expected);
    }
    let offered: Vec<&str> = seen.findings.iter().flat_map(|f| &f.suggestions).map(|s| s.value.as_str()).collect();
    for expected in case.suggestions.iter().filter(|expected| !offered.contains(&expected.as_str())) {
        fault("suggestions", &offered, expected);
    }
    if let Some(other) = &case.against {
        let level = compared(case, input, other);
        if !case.levels.contains(&level) {
            fault("level", &level, &case.levels);
        }
    }
    faults
}

fn compared(case: &TrapCase, left: &str, right: &str) -> String {
    let code = case.kind.as_deref().expect("a comparison has a kind");
    let comparator =
        compare::ALL.iter().find(|comparator| comparator.code() == code).expect("a comparator of the kind");
    let features = |side| Features::of(&prepared(case, code, side), &TermFrequencies::default());
    let (left, right) = (features(left), features(right));
    let mut agreements = Vec::new();
    comparator.compare(&left, &right, &mut agreements);
    let levels = agreements.iter().map(|agreement| comparator.levels()[usize::from(agreement.level)].code);
    levels.collect::<Vec<_>>().join(",")
}

/// Whether a test `file::function` exists.
fn test_exists(name: &str) -> bool {
    let (file, function) = name.rsplit_once("::").unwrap_or((name, ""));
    let places = [root().join("tests/it"), root().join("src")];
    let text = places.iter().find_map(|place| std::fs::read_to_string(place.join(file)).ok()).unwrap_or_default();
    text.contains(&format!("fn {function}("))
}

fn files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(fixture("traps")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_trap_is_held() {
    let mut held: BTreeSet<usize> = BTreeSet::new();
    let mut failures = Vec::new();
    let mut cases = 0;
    for path in files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: TrapFile = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for trap in &file.trap {
            assert!(!trap.about.is_empty() && held.insert(trap.row), "row {} is there twice or says nothing", trap.row);
            assert!(!trap.case.is_empty() || !trap.held_by.is_empty(), "nothing holds row {}", trap.row);
            for name in trap.held_by.iter().filter(|name| !test_exists(name)) {
                failures.push(format!("row {}: there is no test {name}", trap.row));
            }
            for case in &trap.case {
                assert!(!case.inputs.is_empty(), "a case of row {} has no inputs", trap.row);
                for input in &case.inputs {
                    cases += 1;
                    let faults = faults(case, input);
                    failures.extend(
                        faults.iter().map(|fault| format!("row {} ({}) {input:?}: {fault}", trap.row, trap.about)),
                    );
                }
            }
        }
    }
    println!("{} rows, {cases} inputs", held.len());
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
    assert_eq!(held, (1..=ROWS).collect(), "every row of the list is held");
    let list = root().join("../shared/data/conformance/traps.jsonl");
    if let Ok(list) = std::fs::read_to_string(list) {
        assert_eq!(list.lines().count(), ROWS, "the list has grown: hold the new rows too");
    }
}
