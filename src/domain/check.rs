//! Checking single values by the code of their type: what `guiyi check`, `CheckFormat` and `ListFormats` offer.

use super::finding::{Fact, Finding, Validity};
use super::formats;
use super::normalize::{self, Context};
use super::record::{AttributeKind, RawAttribute};

/// One type of value that can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckType {
    /// The stable code (`cn.resident_id`, `phone`).
    pub code: &'static str,
    /// Its name in simplified Chinese.
    pub name_zh: &'static str,
    /// Its name in English.
    pub name_en: &'static str,
    /// Standard or registry.
    pub source: &'static str,
    /// A fictitious example that is valid.
    pub example: &'static str,
}

/// The verdict on one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Valid, suspect or invalid; `None` when nothing here can judge such values.
    pub validity: Option<Validity>,
    /// The normal form.
    pub normal: String,
    /// What was seen.
    pub findings: Vec<Finding>,
    /// What follows from the value.
    pub facts: Vec<Fact>,
}

/// Types that are judged by a normalizer rather than by an identifier format.
const BY_KIND: &[(AttributeKind, CheckType)] = &[
    (
        AttributeKind::Phone,
        CheckType {
            code: "phone",
            name_zh: "电话号码",
            name_en: "telephone number",
            source: "ITU-T E.164, libphonenumber",
            example: "+86 139 1001 2345",
        },
    ),
    (
        AttributeKind::Email,
        CheckType {
            code: "email",
            name_zh: "电子邮箱",
            name_en: "e-mail address",
            source: "RFC 5321",
            example: "zhang.wei@example.cn",
        },
    ),
    (
        AttributeKind::BirthDate,
        CheckType {
            code: "date",
            name_zh: "日期",
            name_en: "date",
            source: "GB/T 7408, ISO 8601",
            example: "1985年3月12日",
        },
    ),
    (
        AttributeKind::PersonName,
        CheckType {
            code: "person_name",
            name_zh: "姓名",
            name_en: "name of a person",
            source: "民委发〔2016〕33号",
            example: "欧阳小明",
        },
    ),
    (
        AttributeKind::OrgName,
        CheckType {
            code: "org_name",
            name_zh: "机构名称",
            name_en: "name of an organisation",
            source: "企业名称登记管理规定",
            example: "北京归一示例科技有限公司",
        },
    ),
    (
        AttributeKind::Address,
        CheckType {
            code: "address",
            name_zh: "地址",
            name_en: "postal address",
            source: "GB/T 2260",
            example: "北京市朝阳区建国路88号",
        },
    ),
    (
        AttributeKind::Gender,
        CheckType { code: "gender", name_zh: "性别", name_en: "gender", source: "GB/T 2261.1", example: "女" },
    ),
    (
        AttributeKind::PostalCode,
        CheckType {
            code: "postal_code",
            name_zh: "邮政编码",
            name_en: "postal code",
            source: "national posts",
            example: "100020",
        },
    ),
];

/// Every type, identifier formats first.
pub fn all() -> Vec<CheckType> {
    let formats = formats::all().map(|format| CheckType {
        code: format.code(),
        name_zh: format.name_zh(),
        name_en: format.name_en(),
        source: format.source(),
        example: format.example(),
    });
    formats.chain(BY_KIND.iter().map(|(_, entry)| *entry)).collect()
}

/// Judges a value of a type; `country` is the default region where a type needs one.
pub fn check(code: &str, country: Option<&str>, input: &str) -> Verdict {
    if let Some(format) = formats::by_code(code) {
        let checked = format.check(&normalize::truncated(input));
        return Verdict {
            validity: Some(checked.validity),
            normal: checked.normal,
            findings: checked.findings,
            facts: checked.facts,
        };
    }
    let Some((kind, _)) = BY_KIND.iter().find(|(_, entry)| entry.code == code) else {
        return Verdict { validity: None, normal: String::new(), findings: Vec::new(), facts: Vec::new() };
    };
    let raw = RawAttribute { country: country.map(str::to_owned), ..RawAttribute::full(*kind, input) };
    let attributes = normalize::attribute(&raw, &Context::default());
    let mut verdict = Verdict { validity: None, normal: String::new(), findings: Vec::new(), facts: Vec::new() };
    for (position, attribute) in attributes.into_iter().enumerate() {
        if position > 0 {
            verdict.normal.push_str("; ");
        }
        verdict.normal.push_str(&attribute.normal);
        // An empty field is nothing wrong in a record, but no valid value either when a value was asked about.
        let missing = attribute.value == super::record::Value::Missing;
        let validity = if missing { Validity::Invalid } else { attribute.validity };
        verdict.validity = Some(verdict.validity.map_or(validity, |worst| worst.max(validity)));
        verdict.findings.extend(attribute.findings);
        verdict.facts.extend(attribute.facts);
    }
    verdict
}
