//! The trap table of e-mail addresses, all invented.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::domain::record::AttributeKind;

fn all(input: &str) -> Vec<Attribute> {
    normalize(&RawAttribute::full(AttributeKind::Email, input), &Context::default())
}

fn key(attribute: &Attribute) -> &str {
    match &attribute.value {
        Value::Email(email) => &email.match_key,
        _ => "",
    }
}

#[test]
fn honest_addresses_are_folded() {
    let cases = [
        ("Ｔｅｓｔer＠ＱＱ．ＣＯＭ", "tester@qq.com"),
        ("tester@qq。com", "tester@qq.com"),
        ("ZHANG@Sina.com.cn", "zhang@sina.com.cn"),
        ("a.b+tag@gmail.com", "ab@gmail.com"),
        ("A.B@googlemail.com", "ab@gmail.com"),
        ("mailto:zhang@b.cn", "zhang@b.cn"),
        ("张三 <zhang@b.cn>", "zhang@b.cn"),
        ("wang+x@例子.中国", "wang+x@例子.中国"),
        ("o'neil@x-y.com.au", "o'neil@x-y.com.au"),
    ];
    for (input, expected) in cases {
        let attributes = all(input);
        assert_eq!((attributes.len(), key(&attributes[0])), (1, expected), "{input}");
        assert_eq!((attributes[0].validity, attributes[0].evidence), (Validity::Valid, true), "{input}");
    }
    assert_eq!(all("12345@qq.com")[0].facts[0].value, "12345");
    assert_eq!(all("zhang@qq.com;li@163.com").iter().map(key).collect::<Vec<_>>(), ["zhang@qq.com", "li@163.com"]);
}

#[test]
fn typing_errors_get_a_suggestion_and_stay_evidence() {
    let cases = [
        ("zhang@gmial.com", "zhang@gmail.com"),
        ("z@163.con", "z@163.com"),
        ("z@qq.cm", "z@qq.com"),
        ("z@hotmail.co", "z@hotmail.com"),
        ("z@126.cim", "z@126.com"),
        ("z@gmai.com", "z@gmail.com"),
    ];
    for (input, expected) in cases {
        let attribute = all(input).remove(0);
        let suggestion = attribute.findings[0].suggestion.as_ref().unwrap();
        assert_eq!((suggestion.value.as_str(), attribute.evidence), (expected, true), "{input}");
    }
    for honest in ["z@yahoo.ca", "z@mail.com", "z@qq.cn", "z@wq.com", "z@163.net"] {
        assert_eq!(all(honest)[0].validity, Validity::Valid, "{honest}");
    }
}

#[test]
fn wrong_ones_are_told_apart() {
    use Validity::{Invalid, Suspect};
    let long_local = format!("{}@b.cn", "a".repeat(65));
    let long_label = format!("zh@{}.cn", "a".repeat(64));
    let cases = [
        ("test@test.com", Suspect, Defect::Placeholder),
        ("a@a.com", Suspect, Defect::Placeholder),
        ("123@qq.com", Suspect, Defect::Placeholder),
        ("xx@163.com", Suspect, Defect::Placeholder),
        ("zhang@example.com", Suspect, Defect::Placeholder),
        ("none@none", Suspect, Defect::Format),
        ("\"a b\"@x.com", Suspect, Defect::Format),
        ("zh@[127.0.0.1]", Suspect, Defect::Format),
        ("用户@qq.com", Suspect, Defect::Format),
        ("z***g@qq.com", Suspect, Defect::Masked),
        ("@qq.com", Invalid, Defect::Format),
        ("a..b@qq.com", Invalid, Defect::Format),
        (".a@qq.com", Invalid, Defect::Format),
        ("a.@qq.com", Invalid, Defect::Format),
        ("zhang@qq,com", Invalid, Defect::Format),
        ("zhang.qq.com", Invalid, Defect::Format),
        ("13912340000", Invalid, Defect::WrongColumn),
        ("zh@-b.cn", Invalid, Defect::Format),
        ("zh@1.2.3.4", Invalid, Defect::Format),
        (long_local.as_str(), Invalid, Defect::Format),
        (long_label.as_str(), Invalid, Defect::Format),
    ];
    for (input, validity, defect) in cases {
        let attribute = all(input).remove(0);
        assert_eq!((attribute.validity, attribute.findings[0].defect), (validity, defect), "{input}");
    }
    assert_eq!(all("zhang@qq,com")[0].findings[0].suggestion.as_ref().unwrap().value, "zhang@qq.com");
}

#[test]
fn repaired_and_unusual_addresses_are_suspect() {
    let cases = [
        ("zhang@b.cn。", "zhang@b.cn"),
        ("zhang@b.cn.", "zhang@b.cn"),
        ("zhang\u{200b}@b.cn", "zhang@b.cn"),
        ("ｚｈang@b.cn", "zhang@b.cn"),
        ("\"zhang.wei\"@b.cn", "zhang.wei@b.cn"),
        ("zhang@b_c.cn", "zhang@b_c.cn"),
        ("zhang@b.c", "zhang@b.c"),
    ];
    for (input, normal) in cases {
        let attribute = all(input).remove(0);
        assert_eq!((attribute.validity, attribute.normal.as_str()), (Validity::Suspect, normal), "{input}");
    }
    for input in ["zhang@xn--0.cn", "zhang@⒈b.cn", "zhang@b.cn\u{fffd}", "\"a\"b\"@b.cn", "zhang@300.0.2.7"] {
        assert_eq!(all(input)[0].validity, Validity::Invalid, "{input}");
    }
    assert_eq!(all("wang@例子.中国")[0].facts[0].value, "xn--fsqu00a.xn--fiqs8s");
}
