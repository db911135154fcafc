//! The types beside the identifier formats, and the other names of types.

use super::CheckType;
use crate::domain::record::AttributeKind;

/// Types that are judged by a normalizer rather than by an identifier format.
pub const BY_KIND: &[(AttributeKind, CheckType)] = &[
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
pub const MOBILE: CheckType = CheckType {
    code: "mobile",
    name_zh: "手机号码",
    name_en: "mobile telephone number",
    source: "ITU-T E.164, libphonenumber",
    example: "+86 139 1001 2345",
};

/// Types whose rules depend on the country; the examples need none.
pub const BY_COUNTRY: &[CheckType] = &[
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
pub const ALIASES: &[(&str, &str)] = &[
    ("aba", "us.rtn"),
    ("btc", "bitcoin"),
    ("cn.bank_card_unionpay", "cn.bank_card"),
    ("cn.foreigner_pr_2023", "cn.foreigner_permanent_residence"),
    ("cn.phone", "phone"),
    ("cn.plate", "cn.vehicle_plate"),
    ("cn.postal", "cn.postcode"),
    ("cn.residence_permit_hmt", "cn.hmt_residence_permit"),
    ("cn.resident_id.upgrade15", "cn.resident_id"),
    ("cn.ric", "cn.resident_id"),
    ("date.birthday", "date"),
    ("format.date", "timestamp.full_date"),
    ("format.date-time", "timestamp.date_time"),
    ("format.duration", "timestamp.duration"),
    ("format.email", "email"),
    ("format.hostname", "hostname"),
    ("format.idn-email", "email"),
    ("format.idn-hostname", "idn_hostname"),
    ("format.ipv4", "internet.ipv4"),
    ("format.ipv6", "internet.ipv6"),
    ("format.iri", "iri"),
    ("format.iri-reference", "iri_reference"),
    ("format.time", "timestamp.full_time"),
    ("format.uri", "uri"),
    ("format.uri-reference", "uri_reference"),
    ("format.uuid", "internet.uuid_text"),
    ("fqdn", "internet.fqdn"),
    ("hk.hkid", "hk.id"),
    ("ip", "internet.ip"),
    ("ip_range", "internet.ip_range"),
    ("ipv4", "internet.ipv4"),
    ("ipv6", "internet.ipv6"),
    ("iso15924", "code.iso15924"),
    ("iso3166_a2", "code.iso3166_a2"),
    ("iso3166_a3", "code.iso3166_a3"),
    ("iso3166_num", "code.iso3166_num"),
    ("iso4217", "code.iso4217"),
    ("iso6391", "code.iso6391"),
    ("iso8601", "timestamp.iso8601"),
    ("latlong", "code.latlong"),
    ("locale", "code.language_tag"),
    ("rfc3339", "timestamp.rfc3339"),
    ("time", "timestamp.time"),
    ("tw.arc_new", "tw.arc"),
    ("tw.arc_old", "tw.arc"),
    ("tw.national_id", "tw.id"),
    ("uuid", "internet.uuid"),
    ("vin", "cn.vin"),
];
