//! Names as people write them, and what they are taken apart into.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::domain::normalize::{self, Context};
use crate::domain::record::RawAttribute;

fn read(text: &str) -> (Attribute, OrgName) {
    let attribute =
        normalize::attribute(&RawAttribute::full(AttributeKind::Company, text), &Context::default()).remove(0);
    let name = if let Value::OrgName(name) = &attribute.value { OrgName::clone(name) } else { OrgName::default() };
    (attribute, name)
}

fn fact(text: &str, name: &str) -> String {
    let facts = read(text).0.facts;
    facts.into_iter().find(|fact| fact.name == name).map(|fact| fact.value.to_string()).unwrap_or_default()
}

/// core | place | legal form | branch
fn shape(text: &str) -> String {
    let OrgName { core, place, legal_form, branch, .. } = read(text).1;
    format!("{core}|{place}|{legal_form}|{branch}")
}

#[test]
fn chinese_names() {
    let cases = [
        ("阿里巴巴（中国）有限公司", "阿里巴巴|中国|limited|"),
        ("阿里巴巴(中国)有限公司", "阿里巴巴|中国|limited|"),
        ("阿里巴巴中国有限公司", "阿里巴巴|中国|limited|"),
        ("归一示例上海有限公司", "归一示例|上海|limited|"),
        ("北京某度科技有限公司", "某度科技|北京|limited|"),
        ("某度科技(北京)有限责任公司", "某度科技|北京|limited|"),
        ("某度(北京市)科技有限公司", "某度科技|北京|limited|"),
        ("北京某度科技(上海)有限公司", "某度科技|北京上海|limited|"),
        ("廣東省深圳市騰飛科技股份有限公司", "腾飞科技|深圳|joint_stock|"),
        ("深圳市南山区腾飞科技有限公司", "腾飞科技|深圳|limited|"),
        ("腾飞科技有限公司上海分公司", "腾飞科技||limited|上海分公司"),
        ("腾飞科技有限公公司上海分公司", "腾飞科技||limited|上海分公司"),
        ("中国工商银行股份有限公司上海浦东支行", "工商银行|中国|joint_stock|上海浦东支行"),
        ("归一便利店第一分店", "归一便利店|||第一分店"),
        ("归一示例上海第二分店", "归一示例|||上海第二分店"),
        ("归一火锅(西单店)", "归一火锅|||西单店"),
        ("归一示例集团公司", "归一示例集团||company|"),
        ("归一示例(集团)有限公司", "归一示例集团||limited|"),
        ("归一示例律师事务所(特殊普通合伙)", "归一示例律师事务所||partnership|"),
        ("归一投资中心(有限合伙)", "归一投资中心||partnership|"),
        ("归一设计工作室(个人独资)", "归一设计工作室||sole_proprietorship|"),
        ("张三便利店(个体工商户)", "张三便利店||sole_trader|"),
        ("朝阳区张三便利店", "张三便利店|朝阳区||"),
        ("桐庐县归一水稻种植农民专业合作社", "归一水稻种植|桐庐县|cooperative|"),
        ("北京大学", "北京大学||institution|"),
        ("朝阳区建外街道办事处", "建外街道办事处|朝阳区|government|"),
        ("株式会社山田", "山田||joint_stock|"),
        ("㈱山田", "山田||joint_stock|"),
        ("山田株式会社", "山田||joint_stock|"),
        ("万联新能源有限责任公司", "万联新能源||limited|"),
        ("归一有艮公司", "归一||limited|"),
        ("Acme(上海)贸易有限公司", "acme贸易|上海|limited|"),
    ];
    for (text, expected) in cases {
        assert_eq!(shape(text), expected, "{text}");
    }
}

#[test]
fn facts_of_chinese_names() {
    let cases = [
        ("北京归一示例网络科技有限公司", "core", "归一示例"),
        ("北京归一示例网络科技有限公司", "trade", "网络科技"),
        ("北京归一示例网络科技有限公司", "place", "北京"),
        ("归一科技集团有限公司", "group", "集团"),
        ("归一科技有限公司上海分公司", "parent", "归一科技有限公司"),
        ("朝阳区张三便利店", "person", "张三"),
        ("李小明水产批发部", "person", "李小明"),
        ("王老吉便利店有限公司", "person", ""),
        ("周大福珠宝店", "person", ""),
        ("工行", "alias_of", "中国工商银行"),
        ("工行上海分行", "alias_of", "中国工商银行"),
        ("中国工商银行", "alias_of", ""),
        ("中移动", "alias_of", "中国移动通信集团有限公司"),
        ("HUAWEI", "alias_of", "华为技术有限公司"),
        ("归一有限公司(曾用名:腾云有限公司)", "former_name", "腾云有限公司"),
    ];
    for (text, name, value) in cases {
        assert_eq!(fact(text, name), value, "{text} {name}");
    }
    assert_eq!(read("工行").0.normal, "工行");
    assert_eq!(read("工行").1.core, read("中国工商银行股份有限公司").1.core);
    assert_eq!(read("归一有限公司(曾用名:腾云有限公司)").0.normal, "归一有限公司");
}

#[test]
fn foreign_names() {
    let cases = [
        ("Acme Widgets Co., Ltd.", "acmewidgets||limited|"),
        ("ACME Widgets Company Limited", "acmewidgets||limited|"),
        ("Müller & Söhne GmbH", "mullersohne||limited|"),
        ("Müller und Söhne GmbH & Co. KG", "mullersohne||partnership|"),
        ("The Acme Corporation", "acme||corporation|"),
        ("Banco Ejemplo S.A.", "bancoejemplo||joint_stock|"),
        ("Ejemplo, S.A. de C.V.", "ejemplo||joint_stock|"),
        ("Przykład Sp. z o.o.", "przyklad||limited|"),
        ("Acme L.L.C.", "acme||limited|"),
        ("Oy Hello World", "helloworld||limited|"),
        ("ООО «Ромашка»", "romashka||limited|"),
        ("ОАО Ромашка", "romashka||joint_stock|"),
        ("Příklad a.s.", "priklad||limited|"),
        ("Contoh Sdn Bhd", "contoh||limited|"),
        ("PT Contoh Indonesia Tbk", "contohindonesia||joint_stock|"),
        ("Exemple S.à r.l.", "exemple||limited|"),
        ("Példa Kft.", "pelda||limited|"),
        ("Primjer d.o.o.", "primjer||limited|"),
        ("주식회사 예시", "yesi||joint_stock|"),
        ("예시(주)", "yesi||joint_stock|"),
        ("Công ty TNHH Ví Dụ", "vidu||limited|"),
        ("Acme GmbH, Shanghai Branch", "acme||limited|shanghai branch"),
        ("Ltd", "ltd|||"),
    ];
    for (text, expected) in cases {
        assert_eq!(shape(text), expected, "{text}");
    }
}

#[test]
fn placeholders_and_typos() {
    for text in ["无", "个人", "自由职业", "学生", "公司", "-", "无字号", "某某有限公司", "XXX公司", "(个人)"]
    {
        let attribute = read(text).0;
        assert!(
            !attribute.evidence
                && attribute.findings.iter().any(|f| matches!(f.defect, Defect::Placeholder | Defect::Missing)),
            "{text}"
        );
    }
    let typo = read("腾飞科技有限公公司").0;
    let suggestion = typo.findings.first().and_then(|f| f.suggestion().cloned());
    assert_eq!(suggestion.map(|s| s.value).as_deref(), Some("腾飞科技有限公司"));
    assert_eq!(read("北京XX科技有限公司").0.validity, Validity::Valid);
    for text in
        ["(", ")", "分公司", "有限公司", "&", "S.", "()()", "分店", "工行分行", "第分店", "(店)", "区", "店店", "&&"]
    {
        read(text);
        base_name(text);
    }
    for unit in ["(", "公司", "店", "区", "Ltd ", "& ", "oy a ", "S. ", "第一", "曾用名:", "주식회사"] {
        read(&unit.repeat(2_000));
        base_name(&unit.repeat(2_000));
    }
}
