//! Properties that hold for every text, not only for the cases: nothing panics, normal forms stay as they are, and a
//! check digit finds every single wrong digit. proptest prints the seed of a failure.

use guiyi::domain::finding::{Checked, Validity};
use guiyi::domain::formats::check_digit::{gb11714, luhn_holds, mod11_2, mod31_3};
use guiyi::domain::formats::cn::bank_card::BankCard;
use guiyi::domain::formats::cn::resident_id::ResidentId;
use guiyi::domain::formats::cn::uscc::UnifiedSocialCreditCode;
use guiyi::domain::formats::{self, IdFormat};
use guiyi::domain::id::RecordKey;
use guiyi::domain::normalize::{self, Context};
use guiyi::domain::prepare::{prepare, prepare_all};
use guiyi::domain::record::{Attribute, AttributeKind, Part, PreparedRecord, RawAttribute, RawRecord};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

/// What tears parsers apart: separators, brackets, masks, numerals, titles, eras, whole numbers; parted by blanks.
const SHARDS: &str = concat!(
    "0 1 8 86 + - -- / . , ; : @ # * ( ) （ ） [ 】 < > & &# &amp; &#0; =\" \" ' X x E+ e O l 年 月 日 十 〇 廿 民国 令和 ",
    "元 时 上午 T Z 张 欧阳 先生 某 · ・ 夫妇 省 市 区 路 号 弄 栋 单元 室 邮编 有限公司 分公司 ㈱ 转 分机 ext x12 H M Mr Jr ",
    "der Ltd gmail.com qq.com mailto: 13912340007 11010519491231002X 91110000600037341L ２ 𠮷 🌸 ﷺ ǅ İ ß å¼ 김 Ж ٣",
);
/// Blank, invisible, private and undecodable characters.
const UNSEEN: &str = " \t\n\0\u{301}\u{200B}\u{200D}\u{202E}\u{3000}\u{E000}\u{E863}\u{FE0F}\u{FEFF}\u{FFFD}";

/// The same inputs in every run: what fails here fails everywhere.
const SEED: RngSeed = RngSeed::Fixed(20_261_122);

fn any_text() -> impl Strategy<Value = String> {
    let shards: Vec<String> = SHARDS.split(' ').map(str::to_owned).chain(UNSEEN.chars().map(String::from)).collect();
    let shard = prop_oneof![4 => select(shards), 1 => any::<char>().prop_map(String::from)];
    prop_oneof![prop::collection::vec(shard, 0..14).prop_map(|shards| shards.concat()), any::<String>()]
}

fn any_country() -> impl Strategy<Value = Option<String>> {
    let countries = ["CN", "US", "HK", "TW", "AU", "", "??", "中国"].map(|code| Some(code.to_owned()));
    prop_oneof![Just(None), select(countries.to_vec())]
}

fn one(kind: AttributeKind, text: &str) -> Option<Attribute> {
    let mut attributes = normalize::attribute(&RawAttribute::full(kind, text), &Context::default());
    if attributes.len() == 1 { attributes.pop() } else { None }
}

/// Writes a value in its normal form again, and the two must agree.
fn assert_stable(kind: AttributeKind, text: &str) -> Result<(), TestCaseError> {
    let Some(first) = one(kind, text).filter(|first| first.validity == Validity::Valid) else { return Ok(()) };
    let again = one(kind, &first.normal);
    // A normal form may say less than the text did (1985 for 1985年), so it may be suspect; it is never another or invalid.
    let same = again.as_ref().map(|attribute| (attribute.normal.as_str(), attribute.validity != Validity::Invalid));
    prop_assert_eq!(same, Some((first.normal.as_str(), true)), "{} {:?}", kind.code(), text);
    Ok(())
}

fn stable_format(format: &dyn IdFormat, text: &str) -> Result<(), TestCaseError> {
    let first = format.check(text);
    if first.validity == Validity::Valid {
        let again = format.check(&first.normal);
        let seen = (again.validity, again.normal);
        prop_assert_eq!(seen, (Validity::Valid, first.normal), "{} {:?}", format.code(), text);
    }
    Ok(())
}

/// Regions of the number's first six digits, current, abolished, and those of residence permits.
fn resident_id() -> impl Strategy<Value = String> {
    let regions = ["110105", "440308", "310115", "110103", "510202", "810000", "830000"];
    let parts = (select(regions.to_vec()), 1900..2026u32, 1..13u32, 1..29u32, 0..1000u32);
    parts.prop_map(|(region, year, month, day, sequence)| {
        let body = format!("{region}{year}{month:02}{day:02}{sequence:03}");
        format!("{body}{}", mod11_2(&body).unwrap())
    })
}

fn bank_card() -> impl Strategy<Value = String> {
    let prefixes = ["622848", "6217", "81", "5105", "2221", "4000", "3528", "99"];
    (select(prefixes.to_vec()), 16..20usize, any::<u64>()).prop_map(|(prefix, length, account)| {
        let digits = format!("{prefix}{account:020}");
        let body = &digits[..length - 1];
        let whole = (0..10).map(|check| format!("{body}{check}")).find(|number| luhn_holds(number));
        whole.unwrap()
    })
}

fn uscc() -> impl Strategy<Value = String> {
    let prefixes = ["91110000", "92440300", "52310115", "12100000", "93330102"];
    let parts = (select(prefixes.to_vec()), "[0-9A-HJ-NPQRTUWXY]{8}");
    parts.prop_map(|(prefix, organisation)| {
        let body = format!("{prefix}{organisation}{}", gb11714(&organisation).unwrap());
        format!("{body}{}", mod31_3(&body).unwrap())
    })
}

/// Ways of writing one mobile number, one date and one address each.
fn written_phone() -> impl Strategy<Value = String> {
    let mobile = "1[3-9][0-9]{9}".prop_map(String::from);
    let written =
        (select(vec!["", "+86 ", "0086-", "86", "0", "手机："]), mobile, select(vec!["", ".0", "（家）", " "]));
    let fixed = "(010|021|0755|0571)[- ]?[2-8][0-9]{7}(转[0-9]{1,4})?";
    let foreign = "\\+(1 650253|44 20794|852 9|81 3)[0-9]{4,8}";
    prop_oneof![written.prop_map(|(head, number, tail)| format!("{head}{number}{tail}")), fixed, foreign]
}

fn written_date() -> impl Strategy<Value = String> {
    let numbers = (1900..2026u32, 1..13u32, 1..29u32, 0..6usize);
    numbers.prop_map(|(year, month, day, form)| match form {
        0 => format!("{year}-{month}-{day}"),
        1 => format!("{year}年{month}月{day}日"),
        2 => format!("{year}{month:02}{day:02}"),
        3 => format!("{day}/{month}/{year}"),
        4 => format!("{year}年{month}月"),
        _ => format!("民国{}年{month}月{day}日", year.max(1912) - 1911),
    })
}

fn written_email() -> impl Strategy<Value = String> {
    let mailbox = "[A-Za-z0-9._+-]{1,12}@[A-Za-z0-9-]{1,10}\\.(com|CN|net|co\\.uk)";
    (mailbox, 0..4u32).prop_map(|(mailbox, form)| match form {
        0 => mailbox,
        1 => format!("mailto:{mailbox}"),
        2 => format!("张三 <{mailbox}>"),
        _ => format!(" {mailbox}。"),
    })
}

/// Every number that differs from a digit string in exactly one digit.
fn single_digit_changes(number: &str) -> Vec<String> {
    let changed = |position: usize, digit: char| {
        number.chars().enumerate().map(|(i, old)| if i == position { digit } else { old }).collect::<String>()
    };
    let positions = 0..number.chars().count();
    let all = positions.flat_map(|position| ('0'..='9').map(move |digit| changed(position, digit)));
    all.filter(|other| other != number).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, rng_seed: SEED, ..ProptestConfig::default() })]

    #[test]
    fn records_prepared_together_are_as_each_alone(
        texts in vec((select(AttributeKind::ALL.to_vec()), any_text()), 0..40),
        per_record in 0usize..5,
    ) {
        let attributes: Vec<RawAttribute> =
            texts.iter().map(|(kind, text)| RawAttribute::full(*kind, text.as_str())).collect();
        let record = |(number, attributes): (usize, &[RawAttribute])| RawRecord {
            key: RecordKey::new("test", number.to_string()),
            owner: None,
            observed_time: None,
            attributes: attributes.to_vec(),
        };
        let empty: &[RawAttribute] = &[];
        let records: Vec<RawRecord> =
            std::iter::once(empty).chain(attributes.chunks(per_record + 1)).enumerate().map(record).collect();
        let alone: Vec<PreparedRecord> = records.iter().map(prepare).collect();
        prop_assert_eq!(prepare_all(&records), alone);
    }

    #[test]
    fn no_text_makes_a_normalizer_panic(
        text in any_text(),
        other in any_text(),
        part in select(Part::ALL.to_vec()),
        country in any_country(),
    ) {
        for kind in AttributeKind::ALL {
            let mut raw = RawAttribute { country: country.clone().map(Into::into), ..RawAttribute::full(*kind, text.as_str()) };
            let attributes = normalize::attribute(&raw, &Context::default());
            prop_assert!(!attributes.is_empty(), "{} lost {:?}", kind.code(), text);
            prop_assert!(attributes.iter().all(|attribute| attribute.raw == text));
            raw.parts.push((part, other.as_str().into()));
            prop_assert!(!normalize::attribute(&raw, &Context::default()).is_empty());
        }
    }

    #[test]
    fn no_text_makes_a_format_panic(text in any_text()) {
        for format in formats::all() {
            let Checked { validity, findings, .. } = format.check(&text);
            let explained = validity == Validity::Valid || !findings.is_empty();
            prop_assert!(explained, "{} says nothing about {:?}", format.code(), text);
            stable_format(format, &text)?;
        }
    }

    #[test]
    fn normal_forms_are_stable(text in any_text()) {
        for kind in [AttributeKind::Phone, AttributeKind::Email, AttributeKind::BirthDate, AttributeKind::Date] {
            assert_stable(kind, &text)?;
        }
    }

    #[test]
    fn normal_forms_of_telephone_numbers_are_stable(text in written_phone()) {
        assert_stable(AttributeKind::Phone, &text)?;
    }

    #[test]
    fn normal_forms_of_dates_are_stable(text in written_date()) {
        assert_stable(AttributeKind::BirthDate, &text)?;
        assert_stable(AttributeKind::Date, &text)?;
    }

    #[test]
    fn normal_forms_of_addresses_are_stable(text in written_email()) {
        assert_stable(AttributeKind::Email, &text)?;
    }

    #[test]
    fn every_wrong_digit_of_a_resident_id_is_found(number in resident_id()) {
        prop_assert_eq!(ResidentId.check(&number).validity, Validity::Valid, "{}", &number);
        stable_format(&ResidentId, &number)?;
        for wrong in single_digit_changes(&number) {
            prop_assert_ne!(ResidentId.check(&wrong).validity, Validity::Valid, "{} for {}", &wrong, &number);
        }
    }

    #[test]
    fn every_wrong_digit_of_a_bank_card_is_found(number in bank_card()) {
        for wrong in single_digit_changes(&number) {
            prop_assert_ne!(BankCard.check(&wrong).validity, Validity::Valid, "{} for {}", &wrong, &number);
        }
    }

    #[test]
    fn every_computed_credit_code_is_valid_and_stable(code in uscc()) {
        prop_assert_eq!(UnifiedSocialCreditCode.check(&code).validity, Validity::Valid, "{}", &code);
        stable_format(&UnifiedSocialCreditCode, &code)?;
        stable_format(&UnifiedSocialCreditCode, &code.to_lowercase())?;
    }
}

/// A megabyte of each shard through everything that a caller can reach: what took superlinear time would never end.
#[test]
fn a_megabyte_of_anything_is_answered() {
    const BYTES: usize = 1 << 20;
    for shard in SHARDS.split(' ').chain(["1", "A", "张", "&", "\u{200B}", "\u{301}", "=\"", "13912340007/"]) {
        let text = shard.repeat(BYTES / shard.len());
        for kind in AttributeKind::ALL {
            normalize::attribute(&RawAttribute::full(*kind, text.as_str()), &Context::default());
        }
        guiyi::domain::text::clean(&text);
        guiyi::domain::text::han::to_simplified(&text);
    }
    let digits = "7".repeat(BYTES);
    for format in formats::all() {
        format.check(&digits);
    }
    for entry in guiyi::domain::check::all() {
        guiyi::domain::check::check(entry.code, None, &digits);
    }
}

/// Formats whose check digits find every single wrong digit of their example, and those whose rule cannot promise it.
#[test]
fn a_single_wrong_digit_is_never_valid_where_the_check_promises_it() {
    let mut blind = Vec::new();
    let mut held = 0;
    for format in formats::all().filter(|format| format.has_check_digit()) {
        let number = format.check(format.example()).normal;
        let keeps_letters =
            |changed: &String| number.chars().zip(changed.chars()).all(|(old, new)| old == new || old.is_ascii_digit());
        let mut changes = single_digit_changes(&number).into_iter().filter(keeps_letters);
        let blind_spot = changes.any(|changed| format.check(&changed).validity == Validity::Valid);
        if blind_spot { blind.push(format.code()) } else { held += 1 }
    }
    blind.sort_unstable();
    println!("{held} formats hold, these do not: {blind:?}");
    assert_eq!(blind, BLIND, "{held} formats find every single wrong digit");
}

/// Check rules that by design miss some single errors (a remainder of 10 written as 0, digits without weight, several
/// document kinds in one format), or that leave a part of the number unchecked.
const BLIND: &[&str] = &[
    "au.acn",
    "az.voen",
    "bg.egn",
    "bg.vat",
    "br.cpf",
    "casrn",
    "do.rnc",
    "ec.ruc",
    "eu.banknote",
    "eu.ecnumber",
    "gb.utr",
    "gb.vat",
    "gs1_128",
    "id.npwp",
    "imo",
    "is.kennitala",
    "isan",
    "iso6346",
    "jp.cn",
    "meid",
    "mk.edb",
    "mx.curp",
    "nl.btw",
    "nz.bankaccount",
    "om.vat",
    "ro.onrc",
    "ru.inn",
    "ru.ogrn",
    "sn.ninea",
    "th.moa",
    "th.pin",
    "th.tin",
    "tw.arc",
    "tw.id",
    "tw.ubn",
    "ua.edrpou",
    "ua.rntrc",
];
