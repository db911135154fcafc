//! The trap table of e-mail addresses, all invented.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::domain::normalize::{self, Context};
use crate::domain::record::{AttributeKind, RawAttribute};

fn all(input: &str) -> Vec<Attribute> {
    normalize::attribute(&RawAttribute::full(AttributeKind::Email, input), &Context::default())
}

fn fact<'a>(attribute: &'a Attribute, name: &str) -> &'a str {
    attribute.facts.iter().find(|fact| fact.name == name).map_or("", |fact| &*fact.value)
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
        ("邮箱：zhang@b.cn", "zhang@b.cn"),
        ("wang+x@例子.中国", "wang+x@xn--fsqu00a.xn--fiqs8s"),
        ("wang+x@xn--fsqu00a.xn--fiqs8s", "wang+x@xn--fsqu00a.xn--fiqs8s"),
        ("903013545@vip.qq.com", "903013545@qq.com"),
        ("o'neil@x-y.com.au", "o'neil@x-y.com.au"),
    ];
    for (input, expected) in cases {
        let attributes = all(input);
        assert_eq!((attributes.len(), key(&attributes[0])), (1, expected), "{input}");
        assert_eq!((attributes[0].validity, attributes[0].evidence), (Validity::Valid, true), "{input}");
    }
    assert_eq!(fact(&all("12345@qq.com")[0], "qq"), "12345");
    assert_eq!(all("\"zhang.wei\"@b.cn")[0].normal, "zhang.wei@b.cn");
    assert_eq!(all("ZhangWei@QQ.com")[0].normal, "zhangwei@qq.com");
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
        let suggestion = attribute.findings[0].suggestion().unwrap();
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
    assert_eq!(all("zhang@qq,com")[0].findings[0].suggestion().unwrap().value, "zhang@qq.com");
}

#[test]
fn repaired_and_unusual_addresses_are_suspect() {
    let cases = [
        ("zhang@b.cn。", "zhang@b.cn"),
        ("zhang@b.cn.", "zhang@b.cn"),
        ("zhang\u{200b}@b.cn", "zhang@b.cn"),
        ("ｚｈang@b.cn", "zhang@b.cn"),
        ("zhang@b.tld", "zhang@b.tld"),
        ("zhang@com.cn", "zhang@com.cn"),
        ("zhang@mailinator.com", "zhang@mailinator.com"),
    ];
    for (input, normal) in cases {
        let attribute = all(input).remove(0);
        assert_eq!((attribute.validity, attribute.normal.as_str()), (Validity::Suspect, normal), "{input}");
    }
    for input in [
        "zhang@xn--0.cn",
        "zhang@⒈b.cn",
        "zhang@b.cn\u{fffd}",
        "\"a\"b\"@b.cn",
        "zhang@300.0.2.7",
        "zhang@b_c.cn",
        "zhang@b.c",
    ] {
        assert_eq!(all(input)[0].validity, Validity::Invalid, "{input}");
    }
    assert_eq!(fact(&all("wang@例子.中国")[0], "ascii_domain"), "xn--fsqu00a.xn--fiqs8s");
}

#[test]
fn three_levels() {
    let levels = |input| {
        let checked = check_address(input);
        ["level_rfc", "level_deliverable", "level_policy"].map(|name| checked.fact_value(name) == Some("valid"))
    };
    let cases = [
        ("zhang@b.cn", [true, true, true]),
        ("zhang@mailinator.com", [true, true, false]),
        ("test@test.com", [true, true, false]),
        ("zhang@gmial.com", [true, true, false]),
        ("\"a b\"@b.cn", [true, true, false]),
        ("张三@qq.com", [true, true, false]),
        ("zhang@example.com", [true, false, false]),
        ("zhang@[192.0.2.1]", [true, false, false]),
        ("zhang@b", [true, false, false]),
        ("zhang@b.con", [true, false, false]),
        ("zhang..wei@b.cn", [false, false, false]),
    ];
    for (input, expected) in cases {
        assert_eq!(levels(input), expected, "{input}");
    }
}

#[test]
fn the_type_check_takes_a_text_as_it_stands() {
    use Validity::{Invalid, Suspect, Valid};
    let cases = [
        ("zhang@b.cn", Valid, ""),
        ("Ｚｈａｎｇ＠Ｂ．ＣＮ", Valid, ""),
        ("mailto:zhang@b.cn?subject=x", Valid, ""),
        ("张伟 <zhang@b.cn>", Valid, ""),
        ("\"a b\"@b.cn", Valid, ""),
        ("info@b.cn", Valid, ""),
        ("zhang@b.tld", Valid, ""),
        ("zhang@io", Valid, ""),
        ("zhang@b", Suspect, ""),
        ("z***g@b.cn", Suspect, ""),
        ("zhang@163.con", Suspect, "zhang@163.com"),
        ("zhang@b.cn.", Invalid, "zhang@b.cn"),
        (" zhang@b.cn", Invalid, "zhang@b.cn"),
        ("zhang@b,cn", Invalid, "zhang@b.cn"),
        ("zhang#b.cn", Invalid, "zhang@b.cn"),
        ("zhang@@b.cn", Invalid, "zhang@b.cn"),
        ("ｚhang@b.cn", Invalid, "zhang@b.cn"),
        ("zhang@Ｂ.cn", Invalid, "zhang@B.cn"),
        ("zhang@[IPv6:2001:db8:0:0:0:0:0:1]", Valid, ""),
        ("\u{301}zhang@b.cn", Invalid, ""),
        ("zha\u{200b}ng@b.cn", Invalid, "zhang@b.cn"),
        ("zhang@localhost", Invalid, ""),
        ("zhang(work)@b.cn", Invalid, ""),
        ("zhang@b.cn, li@b.cn", Invalid, ""),
    ];
    for (input, validity, meant) in cases {
        let checked = check_address(input);
        let suggestion = checked.findings.iter().find_map(Finding::suggestion).map_or("", |meant| meant.value.as_str());
        assert_eq!((checked.validity, suggestion), (validity, meant), "{input}");
    }
}

#[test]
fn office_and_throwaway_mailboxes_are_no_evidence() {
    for (input, name) in [("info@b.cn", "role"), ("sales01@b.cn", "role"), ("zhang@mailinator.com", "disposable")] {
        let attribute = all(input).remove(0);
        assert_eq!((fact(&attribute, name), attribute.evidence), ("true", false), "{input}");
    }
}

#[test]
fn mailto_links() {
    for link in ["mailto:a@b.cn", "MAILTO:a@b.cn,c@d.cn?subject=x&cc=e@f.cn", "mailto:?body=x y"] {
        assert_eq!(check_mailto(link).validity, Validity::Valid, "{link}");
    }
    for link in ["a@b.cn", "mailto:", "mailto:a", "mailto:a@b.cn?x=1", "mailto:?cc=a", "mailto:张@b.cn"] {
        assert_eq!(check_mailto(link).validity, Validity::Invalid, "{link}");
    }
}
