//! Third-party conformance cases, where they lie beside the checkout: agreement per corpus and per type, with floors.
//!
//! The cases are not in the repository (some identity numbers may belong to real people), so a checkout that stands alone
//! reports them as skipped. VALID must stand for valid and INVALID for not valid; SUSPECT leaves the question open and
//! counts as agreeing, and is counted. Cases that need an option of the other library are left out and counted too.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use guiyi::domain::check::{self, Request, Verdict};
use guiyi::domain::finding::Validity;
use guiyi::domain::normalize::date::lunar;
use serde_json::Value;

use crate::support::root;

/// One file of cases, and how much of it must agree, in thousandths.
struct Corpus {
    file: &'static str,
    verdicts: u64,
    normals: u64,
    /// Cases that are about something that exists here.
    relevant: fn(&Value) -> bool,
}

const fn corpus(file: &'static str, verdicts: u64, normals: u64) -> Corpus {
    Corpus { file, verdicts, normals, relevant: |_| true }
}

const CORPORA: &[Corpus] = &[
    corpus("stdnum_validate.jsonl", 995, 995),
    Corpus { relevant: without_options, ..corpus("stdnum_format.jsonl", 0, 950) },
    corpus("cn_id_jxlwqq.jsonl", 900, 1000),
    corpus("cn_known_good.jsonl", 1000, 1000),
    corpus("hutool_cn.jsonl", 1000, 1000),
    corpus("email_isemail.jsonl", 990, 990),
    corpus("email_joshdata.jsonl", 950, 1000),
    corpus("phone_libphonenumber_examples.jsonl", 1000, 1000),
    corpus("phone_differential_cn.jsonl", 1000, 1000),
    corpus("phone_libphonenumber_javatests.jsonl", 1000, 1000),
    Corpus { relevant: without_options, ..corpus("validatorjs.jsonl", 950, 990) },
    corpus("jsonschema_formats.jsonl", 990, 990),
    corpus("date_dateutil.jsonl", 0, 950),
    Corpus { relevant: absolute_chinese_or_english, ..corpus("recognizers_date_field.jsonl", 950, 950) },
    corpus("lunar.jsonl", 0, 1000),
    Corpus { relevant: |case| case["type"] == "pinyin.surname", ..corpus("pinyin.jsonl", 0, 1000) },
    Corpus { relevant: to_simplified, ..corpus("opencc_testcases.jsonl", 0, 980) },
    corpus("company_cleanco.jsonl", 0, 1000),
    Corpus { relevant: parsed_rather_than_assigned, ..corpus("person_nameparser.jsonl", 0, 950) },
    corpus("address_rename_jionlp.jsonl", 0, 950),
    corpus("cpca_address.jsonl", 0, 660),
    corpus("jionlp_address.jsonl", 0, 830),
];

/// Options are keyword tables, versions and lists of countries; a bare list of locales says for which region a case holds.
fn without_options(case: &Value) -> bool {
    let types_with_versions = ["uuid", "isbn", "ip", "ip_range", "credit_card"];
    match &case["options"] {
        Value::Null => true,
        Value::Array(options) if !types_with_versions.iter().any(|code| case["type"] == *code) => {
            options.iter().all(|option| option.is_string())
        }
        _ => false,
    }
}

fn absolute_chinese_or_english(case: &Value) -> bool {
    case["absolute"] == true && (case["lang"] == "Chinese" || case["lang"] == "English")
}

fn to_simplified(case: &Value) -> bool {
    matches!(case["config"].as_str(), Some("t2s" | "tw2s" | "hk2s"))
}

/// Three tests of nameparser set the parts instead of parsing them.
fn parsed_rather_than_assigned(case: &Value) -> bool {
    !case["test"].as_str().unwrap_or_default().starts_with("test_assign")
}

#[derive(Clone, Copy, Default)]
struct Tally {
    cases: u64,
    verdicts: u64,
    normals: u64,
    suspect: u64,
}

fn folder() -> PathBuf {
    root().join("../shared/data/conformance")
}

/// The lines of a corpus, plain or compressed; Python unpacks, for no decompressor is among the dependencies.
fn cases(name: &str) -> Option<Vec<Value>> {
    let plain = folder().join(name);
    let mut text = String::new();
    if plain.exists() {
        std::fs::File::open(plain).ok()?.read_to_string(&mut text).ok()?;
    } else {
        let packed = folder().join(format!("{name}.gz"));
        let unpack = "import gzip,sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())";
        let output = std::process::Command::new("python3").args(["-c", unpack]).arg(packed).output().ok()?;
        text = String::from_utf8(output.stdout).ok()?;
    }
    Some(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().unwrap_or_default()
}

fn answer(case: &Value) -> Verdict {
    let request = Request {
        country: case["country"].as_str(),
        input: text(case, "input"),
        reference: text(case, "reference"),
        config: text(case, "config"),
        language: text(case, "lang"),
    };
    let unknown = || panic!("no type is called {}", case["type"]);
    check::resolve(text(case, "type")).unwrap_or_else(unknown).answer(&request)
}

fn judge(case: &Value, tally: &mut Tally) {
    tally.cases += 1;
    if case["type"].as_str().is_some_and(|code| code.starts_with("lunar.to_solar")) {
        tally.verdicts += 1;
        tally.normals += u64::from(lunar_day(&case["input"]).as_deref() == case["canonical"].as_str());
        return;
    }
    let verdict = answer(case);
    let agrees = match (verdict.validity, case["valid"].as_bool()) {
        (Some(Validity::Valid), Some(valid)) => valid,
        (Some(Validity::Invalid), Some(valid)) => !valid,
        (Some(Validity::Suspect), Some(_)) => true,
        (None, Some(_)) => false,
        (_, None) => true,
    };
    tally.verdicts += u64::from(agrees);
    tally.suspect += u64::from(verdict.validity == Some(Validity::Suspect));
    let same = same_normal(case, &verdict);
    tally.normals += u64::from(same);
    if !(agrees && same) {
        let expected = if case["canonical"].is_null() { &case["expected"] } else { &case["canonical"] };
        let validity = verdict.validity.map_or("UNSUPPORTED", Validity::code);
        println!(
            "      {} {}: {validity} {:?}, expected {} {expected}",
            case["type"], case["input"], verdict.normal, case["valid"]
        );
    }
}

/// Whether the normal form, the printed form or the parts are the expected ones, where there are any.
fn same_normal(case: &Value, verdict: &Verdict) -> bool {
    let fact = |name: &str| verdict.facts.iter().find(|fact| fact.name == name).map_or("", |fact| &*fact.value);
    if let Some(parts) = case["expected"].as_object() {
        let known = ["province", "city", "county", "detail", "title", "first", "middle", "last", "suffix", "nickname"];
        return known
            .iter()
            .all(|name| parts.get(*name).is_none_or(|part| part.as_str().unwrap_or_default() == fact(name)));
    }
    let Some(canonical) = case["canonical"].as_str() else { return true };
    if case["valid"].as_bool() == Some(false)
        || case["valid"].is_boolean() && verdict.validity == Some(Validity::Invalid)
    {
        return true;
    }
    let printed = case["op"] == "format" && !fact("formatted").is_empty();
    (if printed { fact("formatted") } else { &verdict.normal }) == canonical || fact("in_cycle") == canonical
}

/// The day of a lunar date given in numbers: a table, or hutool's list of year, month, day.
fn lunar_day(input: &Value) -> Option<String> {
    let number = |value: &Value| value.as_i64().and_then(|number| i32::try_from(number).ok());
    let positive = |value: &Value| number(value).and_then(|number| u32::try_from(number).ok());
    match input.as_array().map(Vec::as_slice) {
        Some([year, month, day, leap]) => {
            lunar::to_solar(number(year)?, positive(month)?, leap.as_bool(), positive(day)?)
        }
        _ => {
            let (year, month, day) = (number(&input["year"])?, positive(&input["month"])?, positive(&input["day"])?);
            lunar::to_solar(year, month, input["leap"].as_bool(), day)
        }
    }
}

#[test]
fn third_party_cases_reach_their_floors() {
    if !folder().exists() {
        println!("skipped: {} is not there", folder().display());
        return;
    }
    let mut missed = Vec::new();
    for corpus in CORPORA {
        let mut types: BTreeMap<String, Tally> = BTreeMap::new();
        let all = cases(corpus.file).expect("the corpus can be read");
        let relevant: Vec<&Value> = all.iter().filter(|case| (corpus.relevant)(case)).collect();
        println!("{}: {} cases, {} left out", corpus.file, relevant.len(), all.len() - relevant.len());
        for case in &relevant {
            judge(case, types.entry(text(case, "type").to_owned()).or_default());
        }
        let mut sum = Tally::default();
        for (name, tally) in &types {
            sum.cases += tally.cases;
            sum.verdicts += tally.verdicts;
            sum.normals += tally.normals;
            sum.suspect += tally.suspect;
            let Tally { cases, verdicts, normals, suspect } = tally;
            println!("    {name}: {verdicts} of {cases} verdicts, {suspect} suspect, {normals} normal forms");
        }
        let share = |part: u64| part * 1000 / sum.cases.max(1);
        let (verdicts, normals) = (share(sum.verdicts), share(sum.normals));
        println!("  verdicts {verdicts}‰ ({} suspect), normal forms {normals}‰", sum.suspect);
        if sum.cases == 0 || verdicts < corpus.verdicts || normals < corpus.normals {
            let floors = format!("of {}‰, normal forms {normals}‰ of {}‰", corpus.verdicts, corpus.normals);
            missed.push(format!("{}: verdicts {verdicts}‰ {floors}", corpus.file));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Lines of the Unicode corpus: NFC and NFKC of every string.
#[test]
fn unicode_normalization_is_the_standards() {
    use unicode_normalization::UnicodeNormalization;
    let Some(cases) = folder().exists().then(|| cases("unicode_normalization_15.jsonl")).flatten() else {
        println!("skipped: the corpus is not there");
        return;
    };
    assert!(!cases.is_empty());
    for case in cases {
        let text = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
        assert_eq!(text("input").nfc().collect::<String>(), text("nfc"));
        assert_eq!(text("input").nfkc().collect::<String>(), text("nfkc"));
    }
}
