//! Third-party conformance cases, where they lie beside the checkout: agreement per corpus and per type, with floors.
//!
//! The cases are not in the repository (some identity numbers may belong to real people), so a checkout that stands alone
//! reports them as skipped. VALID must stand for valid and INVALID for not valid; SUSPECT leaves the question open and
//! counts as agreeing, and is counted.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use guiyi::domain::check;
use guiyi::domain::finding::Validity;
use serde_json::Value;

use crate::support::root;

/// Corpus, least share of agreeing verdicts, least share of equal normal forms, both in thousandths.
const FLOORS: &[(&str, u64, u64)] = &[
    ("stdnum_validate.jsonl", 995, 995),
    ("cn_id_jxlwqq.jsonl", 900, 1000),
    ("cn_known_good.jsonl", 1000, 1000),
    ("email_isemail.jsonl", 990, 990),
    ("email_joshdata.jsonl", 980, 990),
    ("phone_libphonenumber_examples.jsonl", 1000, 1000),
    ("phone_differential_cn.jsonl", 1000, 1000),
    ("phone_libphonenumber_javatests.jsonl", 1000, 1000),
];

/// Types that a corpus calls by another name than we do.
const RENAMED: &[(&str, &str)] = &[
    ("cn.bank_card_unionpay", "cn.bank_card"),
    ("cn.foreigner_pr_2023", "cn.foreigner_permanent_residence"),
    ("cn.plate", "cn.vehicle_plate"),
    ("cn.residence_permit_hmt", "cn.hmt_residence_permit"),
    ("hk.hkid", "hk.id"),
    ("tw.arc_new", "tw.arc"),
    ("tw.arc_old", "tw.arc"),
    ("tw.national_id", "tw.id"),
];

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

fn judge(case: &Value, tally: &mut Tally) {
    let (Some(code), Some(input), Some(valid)) =
        (case["type"].as_str(), case["input"].as_str(), case["valid"].as_bool())
    else {
        return;
    };
    let code = RENAMED.iter().find(|(theirs, _)| *theirs == code).map_or(code, |(_, ours)| *ours);
    let verdict = check::check(code, case["country"].as_str(), input);
    let agrees = match verdict.validity {
        Some(Validity::Valid) => valid,
        Some(Validity::Suspect) => true,
        Some(Validity::Invalid) => !valid,
        None => false,
    };
    let canonical = case["canonical"].as_str().filter(|_| valid && verdict.validity != Some(Validity::Invalid));
    tally.cases += 1;
    tally.verdicts += u64::from(agrees);
    tally.suspect += u64::from(verdict.validity == Some(Validity::Suspect));
    tally.normals += u64::from(canonical.is_none_or(|canonical| canonical == verdict.normal));
}

#[test]
fn third_party_cases_reach_their_floors() {
    if !folder().exists() {
        println!("skipped: {} is not there", folder().display());
        return;
    }
    let mut missed = Vec::new();
    for (corpus, verdict_floor, normal_floor) in FLOORS {
        let mut types: BTreeMap<String, Tally> = BTreeMap::new();
        for case in cases(corpus).expect("the corpus can be read") {
            judge(&case, types.entry(case["type"].as_str().unwrap_or_default().to_owned()).or_default());
        }
        let mut all = Tally::default();
        for (name, tally) in &types {
            all.cases += tally.cases;
            all.verdicts += tally.verdicts;
            all.normals += tally.normals;
            all.suspect += tally.suspect;
            if tally.verdicts < tally.cases || tally.normals < tally.cases {
                println!("    {name}: {} of {} verdicts, {} normal forms", tally.verdicts, tally.cases, tally.normals);
            }
        }
        let share = |part: u64| part * 1000 / all.cases.max(1);
        let (verdicts, normals) = (share(all.verdicts), share(all.normals));
        println!(
            "{corpus}: {} cases, verdicts {verdicts}‰ ({} suspect), normal forms {normals}‰",
            all.cases, all.suspect
        );
        if all.cases == 0 || verdicts < *verdict_floor || normals < *normal_floor {
            missed.push(format!(
                "{corpus}: verdicts {verdicts}‰ of {verdict_floor}‰, normal forms {normals}‰ of {normal_floor}‰"
            ));
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

/// Traditional text to simplified, phrase by phrase.
#[test]
fn traditional_text_is_simplified_as_opencc_does() {
    use guiyi::domain::text::han::to_simplified;
    let Some(cases) = folder().exists().then(|| cases("opencc_testcases.jsonl")).flatten() else {
        println!("skipped: the corpus is not there");
        return;
    };
    let relevant = cases.iter().filter(|case| matches!(case["config"].as_str(), Some("t2s" | "tw2s" | "hk2s")));
    let (mut right, mut all) = (0, 0);
    for case in relevant {
        let text = |name: &str| case[name].as_str().unwrap_or_default();
        all += 1;
        if to_simplified(text("input")) == text("canonical") {
            right += 1;
        } else {
            println!(
                "{} {}: {} instead of {}",
                text("config"),
                text("input"),
                to_simplified(text("input")),
                text("canonical")
            );
        }
    }
    println!("to simplified: {right} of {all}");
    assert!(all > 0 && right * 100 >= all * 98, "{right} of {all}");
}
