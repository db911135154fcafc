//! Names as people write them, and what they are read as.

use super::*;
use crate::domain::normalize::{self, Context};
use crate::domain::record::AttributeKind;

fn all(text: &str) -> Vec<Attribute> {
    normalize::attribute(&RawAttribute::full(AttributeKind::PersonName, text), &Context::default())
}

fn one(text: &str) -> (Attribute, PersonName) {
    let attributes = all(text);
    assert_eq!(attributes.len(), 1, "{text}");
    let attribute = attributes.into_iter().next().unwrap();
    let name = match &attribute.value {
        Value::PersonName(name) => PersonName::clone(name),
        other => panic!("{text}: {other:?}"),
    };
    (attribute, name)
}

fn has(attribute: &Attribute, defect: Defect) -> bool {
    attribute.findings.iter().any(|finding| finding.defect == defect)
}

#[test]
fn han_names_and_their_dirt() {
    let cases = [
        ("张三", "张三", "张三"),
        ("　張　三　", "张三", "张三"),
        ("张三(Zhang San)", "张三", "张三 Zhang San"),
        ("张三（离职）", "张三", "张三"),
        ("陈和（先生）", "陈和", "陈和"),
        ("孙基基(经理)", "孙基基", "孙基基"),
        ("张三2", "张三", "张三"),
        ("连逍遥0", "连逍遥", "连逍遥"),
        ("张三。", "张三", "张三"),
        ("王经理(采购)", "王", "王"),
        ("阿卜杜尼亚孜•毛力尼亚孜", "阿卜杜尼亚孜·毛力尼亚孜", "阿卜杜尼亚孜·毛力尼亚孜"),
        ("买买提.吐尔逊", "买买提·吐尔逊", "买买提·吐尔逊"),
        ("🌸小张🌸", "张", "张"),
        ("张XX", "张", "张**"),
        ("韦*璞", "韦", "韦*璞"),
        ("Jason 王", "王", "王 Jason"),
        ("王伟 David", "王伟", "王伟 David"),
        ("David (王伟)", "王伟", "王伟 David"),
        ("A张三", "张三", "张三"),
        ("刘䶮", "刘䶮", "刘䶮"),
        ("𠮷野", "𠮷野", "𠮷野"),
    ];
    for (text, han, normal) in cases {
        let (attribute, name) = one(text);
        assert_eq!((name.han.as_str(), attribute.normal.as_str()), (han, normal), "{text}");
        assert!(attribute.evidence, "{text}");
        assert_eq!(attribute.raw, text);
    }
}

#[test]
fn weak_names_are_marked() {
    for text in ["张先生", "王总", "小张", "张*", "张某某", "张XX", "李"] {
        let (attribute, name) = one(text);
        assert!(name.surname_only && has(&attribute, Defect::Partial), "{text}");
        assert_eq!(attribute.validity, Validity::Suspect, "{text}");
    }
    assert!(has(&one("张*").0, Defect::Masked));
    assert!(!one("*伟").0.evidence);
    assert!(has(&one("幸福快乐每天").0, Defect::Ambiguous));
    assert_eq!(one("李女士").0.facts.first().map(|fact| fact.value.clone()).as_deref(), Some("F"));
}

#[test]
fn what_is_no_person() {
    let cases = [
        ("无名氏", Defect::Placeholder),
        ("测试张三", Defect::Placeholder),
        ("test", Defect::Placeholder),
        ("123", Defect::Placeholder),
        ("AAA建材批发", Defect::WrongColumn),
        ("上海某某科技有限公司", Defect::WrongColumn),
        ("Acme Widgets Ltd.", Defect::WrongColumn),
        ("13800138000", Defect::WrongColumn),
        ("a@b.com", Defect::WrongColumn),
        ("🌸🌸", Defect::Format),
    ];
    for (text, defect) in cases {
        let attributes = all(text);
        assert!(attributes.iter().all(|a| !a.evidence && has(a, defect)), "{text} {attributes:?}");
    }
}

#[test]
fn several_persons() {
    for (text, expected) in [
        ("张三、李四", vec!["张三", "李四"]),
        ("张三/李四", vec!["张三", "李四"]),
        ("张三 李四夫妇", vec!["张三", "李四"]),
        ("John & Mary Smith", vec!["John Smith", "Mary Smith"]),
        ("欧阳 娜娜", vec!["欧阳娜娜"]),
        ("王 伟", vec!["王伟"]),
        ("王和平", vec!["王和平"]),
    ] {
        let attributes = all(text);
        assert_eq!(attributes.iter().map(|a| a.normal.as_str()).collect::<Vec<_>>(), expected, "{text}");
        assert_eq!(attributes.iter().all(|a| has(a, Defect::MultipleValues)), expected.len() > 1);
    }
}

#[test]
fn columns_and_scripts() {
    let mut raw = RawAttribute::full(AttributeKind::PersonName, "");
    raw.parts = smallvec::smallvec![
        (Part::Given, "Maria".into()),
        (Part::Family, "O’Brien".into()),
        (Part::Native, "王玛丽".into())
    ];
    let attribute = normalize::attribute(&raw, &Context::default()).pop().unwrap();
    let Value::PersonName(name) = &attribute.value else { panic!() };
    assert_eq!(
        (name.han.as_str(), name.family.as_str(), name.given.as_slice()),
        ("王玛丽", "obrien", ["maria".to_owned()].as_slice())
    );
    raw.parts = smallvec::smallvec![(Part::Family, "張".into()), (Part::Given, "偉".into())];
    let attribute = normalize::attribute(&raw, &Context::default()).pop().unwrap();
    let Value::PersonName(name) = &attribute.value else { panic!() };
    assert_eq!((name.han.as_str(), name.syllables.join(" ").as_str()), ("张伟", "zhang1 wei3"));
    let (_, korean) = one("김철수");
    assert_eq!((korean.family.as_str(), korean.given.concat().as_str()), ("kim", "cheolsu"));
    let (_, null) = one("John Null");
    assert_eq!(null.family, "null");
}

#[test]
fn former_names_japanese_names_and_titles() {
    let former = all("张三(曾用名李四)");
    let labels: Vec<_> = former.iter().map(|a| (a.normal.as_str(), a.label.as_str())).collect();
    assert_eq!(labels, [("张三", ""), ("李四", "former_name")]);
    assert_eq!(all("曾用名").len(), 1);
    assert_eq!(one("山田太郎").1.han_surname_len, 2);
    assert_eq!(one("山田奈々").0.normal, "山田奈々");
    let (kana, name) = one("佐藤ひろし");
    assert_eq!((kana.normal.as_str(), name.han_surname_len), ("佐藤 ひろし", 2));
    let (titled, name) = one("Mr. Zhang");
    assert!(has(&titled, Defect::Partial) && name.family == "zhang");
    assert_eq!(one("Dr. 王伟").0.normal, "王伟");
    let (married, _) = one("陳李麗華");
    assert!(married.facts.iter().any(|fact| fact.value == "李丽华"));
}

#[test]
fn legal_names_in_chinese_registers() {
    for (text, validity) in [
        ("张伟", Validity::Valid),
        ("刘欣䶮", Validity::Valid),
        ("阿卜杜·毛力", Validity::Valid),
        ("阿卜杜•毛力", Validity::Valid),
        ("阿卜杜.毛力", Validity::Suspect),
        ("李", Validity::Suspect),
        ("无名氏", Validity::Suspect),
        ("张 伟", Validity::Invalid),
        ("张伟。", Validity::Invalid),
        ("张伟0", Validity::Invalid),
        ("ZHANG", Validity::Invalid),
        ("·张伟", Validity::Invalid),
        ("", Validity::Invalid),
    ] {
        assert_eq!(chinese_legal_name(text).validity, validity, "{text}");
    }
    assert_eq!(chinese_legal_name(&"张".repeat(51)).validity, Validity::Invalid);
}

#[test]
fn nothing_panics() {
    for text in [
        "(", ")(", "*", "·", "某", "/", ",", "x", "张x", "&", "a&", "，、", "\u{FFFD}", "(((((", "1st", "dr", "jr",
        "·张·",
    ] {
        all(text);
    }
    for unit in ["张", "a ", "(", "王、", "a&", "·", "*", "1st "] {
        all(&unit.repeat(3_000));
    }
}
