//! Runs the cases in `fixtures/`: one file for each format, normalizer, comparator, blocking and survivorship rule.
//!
//! Cases are data; only this file touches the API. Expectations are written by hand from the specification, never
//! copied from what the code prints. A failing suite lists every failing case, with file and number (counted from 1).
//! An unknown key, a missing file and a file that belongs to nothing are errors.
//!
//! Records of comparison and blocking cases are tables of one entry an attribute kind:
//! `{ person_name = "张伟", phone = ["139…", "138…"], text_occupation = "cook", country = "AU" }`.
//! - The key is the kind's code; what follows it after `_` is the label (`text_occupation`, `social_id_qq`).
//! - The value is one text, a list of texts (an attribute each), or a table of parts (`{ given = "…", family = "…" }`).
//! - `country` is the default region of every attribute of the record.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::{Path, PathBuf};

use guiyi::domain::block::KeyKind;
use guiyi::domain::compare::Comparator;
use guiyi::domain::date::{CivilDate, DateOrder};
use guiyi::domain::features::Features;
use guiyi::domain::finding::{Checked, Finding, Validity};
use guiyi::domain::formats::IdFormat;
use guiyi::domain::id::RecordKey;
use guiyi::domain::normalize::date::parse_timestamp;
use guiyi::domain::normalize::{self, Context};
use guiyi::domain::prepare::prepare;
use guiyi::domain::record::{Attribute, AttributeKind, Part, Parts, RawAttribute, RawRecord};
use guiyi::domain::score::term_frequency::TermFrequencies;
use guiyi::domain::survive::{Candidate, SurvivorshipRule};
use guiyi::domain::{block, compare, formats, survive};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::support::root;

#[path = "properties.rs"]
mod properties;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases<T> {
    case: Vec<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormatCase {
    input: String,
    validity: String,
    normal: Option<String>,
    /// Exactly the defects found, informative ones too.
    findings: Option<BTreeSet<String>>,
    /// Some of the facts derived.
    #[serde(default)]
    facts: BTreeMap<String, String>,
    /// One of the corrections offered; empty: none is offered.
    suggestion: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NormalizeCase {
    kind: String,
    input: Option<String>,
    parts: Option<Vec<(String, String)>>,
    country: Option<String>,
    #[serde(default)]
    label: String,
    format: Option<String>,
    order: Option<String>,
    /// The day of the source's last confirmation.
    reference: Option<String>,
    /// One entry an attribute that comes out, in order.
    values: Vec<ExpectedValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedValue {
    normal: String,
    validity: String,
    evidence: bool,
    #[serde(default)]
    findings: BTreeSet<String>,
    #[serde(default)]
    facts: BTreeMap<String, String>,
    suggestion: Option<String>,
}

type RecordForm = BTreeMap<String, Texts>;

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
    Parts(BTreeMap<String, String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompareCase {
    left: RecordForm,
    right: RecordForm,
    /// Empty: the comparator says nothing.
    level: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockCases {
    rule: String,
    case: Vec<BlockCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockCase {
    left: RecordForm,
    right: RecordForm,
    shared: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SurviveCase {
    a: CandidateForm,
    b: CandidateForm,
    prefer: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CandidateForm {
    normal: String,
    validity: String,
    trust: i32,
    observed_time: Option<String>,
    record_count: usize,
}

#[test]
fn format_cases() {
    let mut folders: BTreeMap<String, Fixtures> = BTreeMap::new();
    let mut failures = Failures::default();
    for format in formats::all() {
        let (folder, stem) = format_fixture(format.code());
        let files = folders.entry(folder.clone()).or_insert_with(|| Fixtures::of(&format!("formats/{folder}")));
        let (path, Cases { case: cases }) = files.take::<Cases<FormatCase>>(&stem);
        for verdict in [true, false] {
            let reached = cases.iter().any(|case| (case.validity == "VALID") == verdict);
            failures.check(&path, 0, "a case", &format!("VALID: {verdict}"), &reached, &true);
        }
        for (index, case) in cases.iter().enumerate() {
            check_format(&mut failures, &path, index + 1, format, case);
        }
    }
    for files in folders.into_values() {
        files.assert_empty();
    }
    failures.report();
}

/// Folder and file of a format's cases: its country and name; words that Rust keeps for itself end in an underscore.
fn format_fixture(code: &str) -> (String, String) {
    let kept = |word: &str| if matches!(word, "do" | "in" | "is") { format!("{word}_") } else { word.to_owned() };
    let (country, name) = code.split_once('.').unwrap_or(("general", code));
    let folder = if country == "is" { country.to_owned() } else { kept(country) };
    (folder, kept(name))
}

fn check_format(failures: &mut Failures, path: &Path, number: usize, format: &dyn IdFormat, case: &FormatCase) {
    let Checked { validity, normal, findings, .. } = &format.check(&case.input);
    let mut check = |what: &str, seen: &dyn Debug, expected: &dyn Debug| {
        failures.check(path, number, &case.input, what, seen, expected);
    };
    check("validity", &validity.code(), &case.validity.as_str());
    if let Some(expected) = &case.normal {
        check("normal", normal, expected);
    }
    if let Some(expected) = &case.findings {
        check("findings", &codes(findings), expected);
    }
    for (name, expected) in &case.facts {
        check(name, &format.check(&case.input).fact_value(name), &Some(expected.as_str()));
    }
    if let Some(expected) = &case.suggestion {
        check("suggestion", &suggestions(findings), &offered(findings, expected));
    }
}

#[test]
fn normalize_cases() {
    let mut files = Fixtures::of("normalize");
    let mut failures = Failures::default();
    let mut kinds = BTreeSet::new();
    for normalizer in source_modules("normalize") {
        let (path, Cases { case: cases }) = files.take::<Cases<NormalizeCase>>(&normalizer);
        for (index, case) in cases.iter().enumerate() {
            check_normalizer(&mut failures, &path, index + 1, case);
            kinds.insert(kind_of(&case.kind));
        }
    }
    files.assert_empty();
    failures.report();
    assert_eq!(kinds, AttributeKind::ALL.iter().copied().collect(), "every attribute kind needs a case");
}

fn check_normalizer(failures: &mut Failures, path: &Path, number: usize, case: &NormalizeCase) {
    let raw = raw_attribute(case);
    let context = Context { reference_date: case.reference.as_deref().map(day) };
    let seen = normalize::attribute(&raw, &context);
    let shown: Vec<String> = seen.iter().map(show_value).collect();
    let expected: Vec<String> = case.values.iter().map(show_expected).collect();
    let input = raw.raw();
    failures.check(path, number, &input, "values", &shown, &expected);
    for (attribute, expected) in seen.iter().zip(&case.values) {
        failures.check(path, number, &input, "raw", &attribute.raw, &input);
        for (name, value) in &expected.facts {
            let fact = attribute.facts.iter().find(|fact| fact.name == name).map(|fact| &*fact.value);
            failures.check(path, number, &input, name, &fact, &Some(value.as_str()));
        }
        if let Some(suggestion) = &expected.suggestion {
            let (seen, wanted) = (suggestions(&attribute.findings), offered(&attribute.findings, suggestion));
            failures.check(path, number, &input, "suggestion", &seen, &wanted);
        }
    }
}

fn show_value(attribute: &Attribute) -> String {
    let Attribute { normal, validity, evidence, findings, .. } = attribute;
    format!("{normal:?} {} evidence={evidence} {:?}", validity.code(), codes(findings))
}

fn show_expected(expected: &ExpectedValue) -> String {
    let ExpectedValue { normal, validity, evidence, findings, .. } = expected;
    format!("{normal:?} {validity} evidence={evidence} {findings:?}")
}

fn raw_attribute(case: &NormalizeCase) -> RawAttribute {
    let parts = match (&case.input, &case.parts) {
        (Some(input), None) => Parts::from_iter([(Part::Full, input.into())]),
        (None, Some(parts)) => parts.iter().map(|(part, text)| (part_of(part), text.into())).collect(),
        (Some(_), Some(_)) | (None, None) => panic!("a case has either input or parts"),
    };
    RawAttribute {
        kind: kind_of(&case.kind),
        label: case.label.clone().into(),
        format: case.format.clone().map(Into::into),
        country: case.country.clone().map(Into::into),
        order: case.order.as_deref().map(|order| DateOrder::from_code(order).expect(order)),
        parts,
    }
}

#[test]
fn compare_cases() {
    let mut files = Fixtures::of("compare");
    let mut failures = Failures::default();
    let empty = features(&RecordForm::new());
    for comparator in compare::ALL {
        let (path, Cases { case: cases }) = files.take::<Cases<CompareCase>>(comparator.code());
        let mut reached = BTreeSet::new();
        for (index, case) in cases.iter().enumerate() {
            let (left, right) = (features(&case.left), features(&case.right));
            let input = format!("{:?} against {:?}", case.left, case.right);
            let mut check = |what, seen: String, expected: &str| {
                failures.check(&path, index + 1, &input, what, &seen.as_str(), &expected);
            };
            check("level", level(*comparator, &left, &right), &case.level);
            check("level with the sides swapped", level(*comparator, &right, &left), &case.level);
            check("level of left against nothing", level(*comparator, &left, &empty), "");
            check("level of nothing against right", level(*comparator, &empty, &right), "");
            reached.insert(case.level.as_str());
        }
        let levels: BTreeSet<&str> = comparator.levels().iter().map(|level| level.code).chain([""]).collect();
        failures.check(&path, 0, "all cases", "levels that have a case", &reached, &levels);
    }
    files.assert_empty();
    failures.report();
}

/// The codes of the levels seen, joined by commas: only free texts may have more than one.
fn level(comparator: &dyn Comparator, left: &Features, right: &Features) -> String {
    let mut agreements = Vec::new();
    comparator.compare(left, right, &mut agreements);
    let codes = agreements.iter().map(|agreement| comparator.levels()[usize::from(agreement.level)].code);
    codes.collect::<Vec<_>>().join(",")
}

#[test]
fn block_cases() {
    let mut files = Fixtures::of("block");
    let mut failures = Failures::default();
    let mut rules = Vec::new();
    for module in source_modules("block") {
        let (path, BlockCases { rule, case: cases }) = files.take::<BlockCases>(&module);
        let answers: BTreeSet<bool> = cases.iter().map(|case| case.shared).collect();
        failures.check(&path, 0, "all cases", "answers that have a case", &answers, &BTreeSet::from([false, true]));
        for (index, case) in cases.iter().enumerate() {
            let (left, right) = (features(&case.left), features(&case.right));
            let input = format!("{:?} against {:?}", case.left, case.right);
            let shares = |a, b| block::shared_rules(a, b).contains(&rule.as_str());
            failures.check(&path, index + 1, &input, "shared", &shares(&left, &right), &case.shared);
            failures.check(&path, index + 1, &input, "shared, sides swapped", &shares(&right, &left), &case.shared);
            let wholes = block::keys_and_wholes(&left).1;
            let kinds: Vec<KeyKind> = wholes.iter().map(|whole| KeyKind::of(whole.key)).collect();
            let identifiers = vec![KeyKind::Identifier; kinds.len()];
            failures.check(&path, index + 1, &input, "kinds of keys of whole values", &kinds, &identifiers);
        }
        rules.push(rule);
    }
    files.assert_empty();
    failures.report();
    rules.sort();
    let mut all: Vec<&str> = block::ALL.iter().map(|rule| rule.code()).collect();
    all.sort_unstable();
    assert_eq!(rules, all, "every blocking rule has its file, and every file names its rule");
}

/// Every text with one other character in it, and every text with two neighbours in each other's place.
fn slips(text: &str) -> Vec<String> {
    let mut slips = Vec::new();
    for position in 0..text.len() {
        let (before, after) = (&text[..position], &text[position + 1..]);
        slips.extend(('0'..='9').map(|digit| format!("{before}{digit}{after}")));
        if let Some(next) = after.chars().next() {
            slips.push(format!("{before}{next}{}{}", &text[position..=position], &after[1..]));
        }
    }
    slips.retain(|slip| slip != text);
    slips
}

#[test]
fn numbers_one_slip_apart_always_share_a_key() {
    let record = |kind, text: &str| {
        let attributes = vec![RawAttribute::full(kind, text)];
        RawRecord { key: RecordKey::new("test", text), owner: None, observed_time: None, attributes }
    };
    let features_of = |kind, text| Features::of(&prepare(&record(kind, text)), &TermFrequencies::default());
    let phone = features_of(AttributeKind::Phone, "13912345607");
    let (calling_code, national) = phone.phones[0].value.e164.split_at(3);
    let slipped = slips(national);
    assert_eq!(slipped.len(), 11 * 9 + 10);
    for slip in slipped {
        let mut other = phone.clone();
        other.phones[0].value.e164 = format!("{calling_code}{slip}").into();
        let shared = block::shared_rules(&phone, &other);
        assert!(shared.iter().any(|rule| ["phone_parts", "phone_tail"].contains(rule)), "{slip}: {shared:?}");
    }
    for number in ["440308199901101512", "E00160027"] {
        let document = features_of(AttributeKind::IdDocument, number);
        for slip in slips(&document.documents[0].value.match_key) {
            let mut other = document.clone();
            other.documents[0].value.match_key = slip.as_str().into();
            assert!(block::shared_rules(&document, &other).contains(&"document_parts"), "{slip}");
        }
    }
}

#[test]
fn survive_cases() {
    let mut files = Fixtures::of("survive");
    let mut failures = Failures::default();
    for rule in survive::ALL {
        let (path, Cases { case: cases }) = files.take::<Cases<SurviveCase>>(rule.code());
        for (index, case) in cases.iter().enumerate() {
            let (a, b) = (candidate(&case.a), candidate(&case.b));
            let input = format!("{:?} against {:?}", case.a, case.b);
            let expected = case.prefer.as_str();
            failures.check(&path, index + 1, &input, "prefer", &preferred(*rule, &a, &b, ["a", "b"]), &expected);
            let swapped = preferred(*rule, &b, &a, ["b", "a"]);
            failures.check(&path, index + 1, &input, "prefer, sides swapped", &swapped, &expected);
        }
        let outcomes: BTreeSet<&str> = cases.iter().map(|case| case.prefer.as_str()).collect();
        failures.check(&path, 0, "all cases", "outcomes", &outcomes, &BTreeSet::from(["a", "b", "none"]));
    }
    files.assert_empty();
    failures.report();
}

fn preferred(
    rule: &dyn SurvivorshipRule,
    first: &Candidate,
    second: &Candidate,
    names: [&'static str; 2],
) -> &'static str {
    match rule.prefer(first, second) {
        std::cmp::Ordering::Greater => names[0],
        std::cmp::Ordering::Less => names[1],
        std::cmp::Ordering::Equal => "none",
    }
}

fn candidate(form: &CandidateForm) -> Candidate {
    let validities = [Validity::Valid, Validity::Suspect, Validity::Invalid];
    Candidate {
        normal: form.normal.clone(),
        raw: form.normal.clone(),
        label: String::new(),
        validity: validities.into_iter().find(|validity| validity.code() == form.validity).expect(&form.validity),
        record: RecordKey::new("test", "1"),
        observed_time: form.observed_time.as_deref().map(|text| parse_timestamp(text).expect(text)),
        trust: form.trust,
        record_count: form.record_count,
    }
}

fn features(form: &RecordForm) -> Features {
    let (mut country, mut observed_time) = (None, None);
    let mut attributes = Vec::new();
    for (key, texts) in form {
        if key == "observed_time" {
            let Texts::One(text) = texts else { panic!("observed_time is one text") };
            observed_time = Some(parse_timestamp(text).expect(text));
            continue;
        }
        if key == "country" {
            let Texts::One(text) = texts else { panic!("country is one text") };
            country = Some(text.into());
            continue;
        }
        let (kind, label) = kind_and_label(key);
        let full = |text: &String| Parts::from_iter([(Part::Full, text.into())]);
        let values: Vec<Parts> = match texts {
            Texts::One(text) => vec![full(text)],
            Texts::Many(texts) => texts.iter().map(full).collect(),
            Texts::Parts(parts) => vec![parts.iter().map(|(part, text)| (part_of(part), text.into())).collect()],
        };
        let attribute = |parts| RawAttribute { label: label.into(), parts, ..RawAttribute::full(kind, "") };
        attributes.extend(values.into_iter().map(attribute));
    }
    for attribute in &mut attributes {
        attribute.country.clone_from(&country);
        attribute.parts.sort_by_key(|(part, _)| *part);
    }
    let key = RecordKey::new("test", format!("{form:?}"));
    let raw = RawRecord { key, owner: None, observed_time, attributes };
    Features::of(&prepare(&raw), &TermFrequencies::default())
}

/// `text_occupation` is a text labelled occupation; `id_document` an identity document without label.
fn kind_and_label(key: &str) -> (AttributeKind, &str) {
    let labelled = |kind: AttributeKind| {
        let rest = key.strip_prefix(kind.code())?;
        Some((kind, if rest.is_empty() { rest } else { rest.strip_prefix('_')? }))
    };
    AttributeKind::ALL.iter().find_map(|kind| labelled(*kind)).expect(key)
}

fn kind_of(code: &str) -> AttributeKind {
    AttributeKind::from_code(code).expect(code)
}

fn part_of(code: &str) -> Part {
    Part::from_code(code).expect(code)
}

fn day(text: &str) -> CivilDate {
    parse_timestamp(text).and_then(|time| time.date()).expect(text)
}

fn codes(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().map(|finding| finding.defect.code().to_owned()).collect()
}

fn suggestions(findings: &[Finding]) -> Vec<&str> {
    findings.iter().flat_map(|finding| &finding.suggestions).map(|s| s.value.as_str()).collect()
}

/// What [`suggestions`] should be: unchanged when the expected one is among them, or empty when none is expected.
fn offered<'a>(findings: &'a [Finding], expected: &'a str) -> Vec<&'a str> {
    let seen = suggestions(findings);
    match expected {
        "" => Vec::new(),
        expected if seen.contains(&expected) => seen,
        expected => vec![expected],
    }
}

/// The modules that stand in one folder of the core, without `mod.rs`, tests and what they share.
fn source_modules(folder: &str) -> Vec<String> {
    let folder = root().join("src/domain").join(folder);
    let mut modules: Vec<String> = stems(&folder, "rs");
    modules.retain(|module| !matches!(module.as_str(), "mod" | "tests"));
    modules
}

/// The names of a folder's files with an extension, without it, in alphabetical order.
fn stems(folder: &Path, extension: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    let fitting = paths.filter(|path| path.extension().is_some_and(|found| found == extension));
    let mut stems: Vec<String> = fitting.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    stems.sort();
    stems
}

/// The fixture files of one folder; each must be taken exactly once.
struct Fixtures {
    folder: PathBuf,
    left: BTreeSet<String>,
}

impl Fixtures {
    fn of(folder: &str) -> Self {
        let folder = root().join("fixtures").join(folder);
        let left = stems(&folder, "toml").into_iter().collect();
        Self { folder, left }
    }

    /// Reads a file; its path, shown from `fixtures/` on, goes with it.
    fn take<T: DeserializeOwned>(&mut self, stem: &str) -> (PathBuf, T) {
        let path = self.folder.join(stem).with_extension("toml");
        assert!(self.left.remove(stem), "{}: no such fixture, or taken before", path.display());
        let text = std::fs::read_to_string(&path).unwrap();
        let parsed = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path.strip_prefix(root()).unwrap().to_owned(), parsed)
    }

    fn assert_empty(&self) {
        assert!(self.left.is_empty(), "{}: belong to nothing: {:?}", self.folder.display(), self.left);
    }
}

/// Collects what is wrong, so that a run shows all of it at once.
#[derive(Default)]
struct Failures {
    lines: Vec<String>,
    checked: usize,
}

impl Failures {
    /// Case 0 stands for the whole file.
    fn check(
        &mut self,
        path: &Path,
        number: usize,
        input: &str,
        what: &str,
        seen: &(impl Debug + ?Sized),
        expected: &(impl Debug + ?Sized),
    ) {
        self.checked += 1;
        let (seen, expected) = (format!("{seen:?}"), format!("{expected:?}"));
        if seen != expected {
            let path = path.display();
            let line =
                format!("{path} case {number}: {input}\n    {what}\n    expected {expected}\n    seen     {seen}");
            self.lines.push(line);
        }
    }

    fn report(&self) {
        assert!(self.checked > 0, "no case was run");
        assert!(self.lines.is_empty(), "{} failures\n{}", self.lines.len(), self.lines.join("\n"));
    }
}
