//! Checking single values by the code of their type: what `guiyi check`, `CheckFormat` and `ListFormats` offer.

use super::finding::{Checked, Fact, Finding, Validity};
use super::formats::{self, by_country};
use super::normalize::{self, Context, phone};
use super::record::{Attribute, AttributeKind, RawAttribute, Value};

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

/// A telephone number that must be a mobile one.
const MOBILE: CheckType = CheckType {
    code: "mobile",
    name_zh: "手机号码",
    name_en: "mobile telephone number",
    source: "ITU-T E.164, libphonenumber",
    example: "+86 139 1001 2345",
};

/// Types whose rules depend on the country; the examples need none.
const BY_COUNTRY: &[CheckType] = &[
    CheckType {
        code: "passport",
        name_zh: "护照号码（各国）",
        name_en: "passport number by country",
        source: "ICAO Doc 9303",
        example: "E12345674",
    },
    CheckType {
        code: "license_plate",
        name_zh: "机动车号牌（各国）",
        name_en: "licence plate by country",
        source: "GA 36, national regulations",
        example: "京A·12345",
    },
    CheckType {
        code: "identity_card",
        name_zh: "身份证件号（各国）",
        name_en: "identity card number by country",
        source: "national registers",
        example: "X1234567L",
    },
    CheckType {
        code: "tax_id",
        name_zh: "纳税人识别号（各国）",
        name_en: "tax number by country",
        source: "European Commission TIN portal, OECD",
        example: "DE136695976",
    },
    CheckType {
        code: "vat",
        name_zh: "增值税号（各国）",
        name_en: "VAT number by country",
        source: "VIES, national tax offices",
        example: "DE136695976",
    },
];

/// Other names of types, as forms and validation libraries call them.
const ALIASES: &[(&str, &str)] = &[("aba", "us.rtn"), ("btc", "bitcoin"), ("vin", "cn.vin")];

/// Whether a code or one of its other names can be checked.
pub fn is_known(code: &str) -> bool {
    let named = |other: &str| all().iter().any(|entry| entry.code == other);
    named(code) || formats::by_code(code).is_some() || ALIASES.iter().any(|(alias, _)| *alias == code)
}

/// Every type, identifier formats first.
pub fn all() -> Vec<CheckType> {
    let formats = formats::all().map(|format| CheckType {
        code: format.code(),
        name_zh: format.name_zh(),
        name_en: format.name_en(),
        source: format.source(),
        example: format.example(),
    });
    let by_kind = BY_KIND.iter().map(|(_, entry)| *entry).chain([MOBILE]);
    formats.chain(by_kind).chain(BY_COUNTRY.iter().copied()).collect()
}

/// Judges a value of a type; `country` is the default region where a type needs one.
pub fn check(code: &str, country: Option<&str>, input: &str) -> Verdict {
    let code = ALIASES.iter().find(|(alias, _)| *alias == code).map_or(code, |(_, named)| *named);
    if let Some(format) = formats::by_code(code) {
        return judged(format.check(&normalize::truncated(input)));
    }
    if by_country::KINDS.contains(&code) {
        let region = country.unwrap_or_default();
        if let Some(checked) = by_country::check(code, region, &normalize::truncated(input)) {
            return judged(checked);
        }
    }
    let (kind, mobile) = match BY_KIND.iter().find(|(_, entry)| entry.code == code) {
        Some((kind, _)) => (*kind, false),
        None if code == MOBILE.code => (AttributeKind::Phone, true),
        None => return Verdict { validity: None, normal: String::new(), findings: Vec::new(), facts: Vec::new() },
    };
    let raw = RawAttribute { country: country.map(str::to_owned), ..RawAttribute::full(kind, input) };
    let context = Context::default();
    let attributes = if mobile { phone::mobile(&raw, &context) } else { normalize::attribute(&raw, &context) };
    judged_attributes(attributes)
}

fn judged_attributes(attributes: Vec<Attribute>) -> Verdict {
    let mut verdict = Verdict { validity: None, normal: String::new(), findings: Vec::new(), facts: Vec::new() };
    for (position, attribute) in attributes.into_iter().enumerate() {
        if position > 0 {
            verdict.normal.push_str("; ");
        }
        verdict.facts.extend(attribute.facts);
        match &attribute.value {
            // A caller who asks about a number wants E.164; the extension is a fact beside it.
            Value::Phone(phone) if !phone.extension.is_empty() => {
                verdict.normal.push_str(&phone.e164);
                verdict.facts.push(Fact::new("extension", phone.extension.as_str()));
            }
            _ => verdict.normal.push_str(&attribute.normal),
        }
        // An empty field is nothing wrong in a record, but no valid value either when a value was asked about.
        let missing = attribute.value == Value::Missing;
        let validity = if missing { Validity::Invalid } else { attribute.validity };
        verdict.validity = Some(verdict.validity.map_or(validity, |worst| worst.max(validity)));
        verdict.findings.extend(attribute.findings);
    }
    verdict
}

fn judged(checked: Checked) -> Verdict {
    Verdict {
        validity: Some(checked.validity),
        normal: checked.normal,
        findings: checked.findings,
        facts: checked.facts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_a_country_need_it_or_their_example() {
        for entry in BY_COUNTRY {
            assert_eq!(check(entry.code, None, entry.example).validity, Some(Validity::Valid), "{}", entry.code);
        }
        let cases = [
            ("vat", Some("XX"), "12345678", None),
            ("vat", None, "12345678", None),
            ("passport", Some("DE"), "C10000XY4", Some(Validity::Valid)),
            ("postal_code", Some("FR"), "96000", Some(Validity::Invalid)),
            ("postal_code", Some("CN"), "10002", Some(Validity::Invalid)),
            ("postal_code", None, "100020", Some(Validity::Valid)),
            ("aba", None, "111000025", Some(Validity::Valid)),
            ("nothing", None, "1", None),
        ];
        for (code, country, input, validity) in cases {
            assert_eq!(check(code, country, input).validity, validity, "{code} {country:?} {input}");
        }
    }
}
