//! What headers say, in Chinese and English: synonyms, alone or behind a word that says whose or which.

use crate::domain::record::{AttributeKind, Part};
use crate::domain::text::han::to_simplified;

/// What a header means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Identifies a row.
    RecordId,
    /// The channel or system it came from.
    Source,
    /// When it was last confirmed.
    ObservedTime,
    /// Who looks after the customer.
    Owner,
    /// An attribute; a document also says of which format, an account of which network.
    Attribute(AttributeKind, Part, &'static str),
}

use AttributeKind as K;
use Meaning::{Attribute, ObservedTime, Owner, RecordId, Source};

/// Meanings and the names they go by, in lower case without separators. The third member of an attribute is the document
/// format, or the label of an account.
const SYNONYMS: &[(Meaning, &str)] = &[
    (
        RecordId,
        "recordid rowid id customerid clientid memberid userid 编号 客户编号 客户号 客户id 会员号 会员编号 会员id 用户id \
         用户编号 记录号 序号 主键 uuid guid",
    ),
    (Source, "source datasource channel sourcesystem 系统 来源 渠道 来源系统 数据来源 来源渠道"),
    (
        ObservedTime,
        "updatedat updatetime updatedtime lastmodified modifiedat modifiedtime lastupdated lastupdate \
         observedtime 更新时间 更新日期 修改时间 最后更新 最后修改时间 更新于",
    ),
    (Owner, "owner salesperson accountmanager 客户经理 销售 销售员 负责人 业务员 归属人"),
    (
        Attribute(K::PersonName, Part::Full, ""),
        "name fullname namefull customername personname contactname 姓名 名字 客户姓名 客户名称 客户名 联系人 联系人姓名 收件人 \
         收货人 会员姓名 真实姓名 顾客姓名 中文名 英文名",
    ),
    (Attribute(K::PersonName, Part::Given, ""), "firstname givenname namefirst forename 名"),
    (Attribute(K::PersonName, Part::Middle, ""), "middlename middleinitial namemiddle"),
    (Attribute(K::PersonName, Part::Family, ""), "lastname surname familyname namelast 姓 姓氏"),
    (Attribute(K::PersonName, Part::Prefix, ""), "nameprefix title salutation 称谓"),
    (Attribute(K::PersonName, Part::Suffix, ""), "namesuffix"),
    (Attribute(K::PersonName, Part::Nickname, ""), "nickname 昵称"),
    (
        Attribute(K::OrgName, Part::Full, ""),
        "nameorg orgname organisationname organizationname companyname legalname 企业名称 机构名称 公司全称",
    ),
    (
        Attribute(K::Phone, Part::Full, ""),
        "phone phonenumber telephone tel mobile mobilenumber mobilephone cell cellphone 手机 手机号 手机号码 电话 \
         电话号码 联系电话 联系方式 移动电话 座机 固话 固定电话",
    ),
    (Attribute(K::Email, Part::Full, ""), "email emailaddress mail 邮箱 电子邮箱 电子邮件 邮件 邮箱地址"),
    (
        Attribute(K::BirthDate, Part::Full, ""),
        "birthdate dateofbirth dob birthday 出生日期 生日 出生年月 出生年月日 出生",
    ),
    (Attribute(K::Gender, Part::Full, ""), "gender sex 性别"),
    (Attribute(K::IdDocument, Part::Full, ""), "idnumber idno idcard iddocument socsecid 证件号码 证件号 证件编号"),
    (Attribute(K::IdDocument, Part::Full, "cn.resident_id"), "身份证 身份证号 身份证号码 公民身份号码"),
    (Attribute(K::IdDocument, Part::Full, "cn.uscc"), "统一社会信用代码 社会信用代码 信用代码 uscc creditcode"),
    (Attribute(K::IdDocument, Part::Full, "us.ssn"), "ssn ssnnumber socialsecuritynumber"),
    (Attribute(K::IdDocument, Part::Full, "passport"), "passport passportnumber passportno 护照 护照号 护照号码"),
    (Attribute(K::IdDocument, Part::Full, "driving_licence"), "driverslicensenumber drivinglicence 驾驶证 驾驶证号"),
    (Attribute(K::IdDocument, Part::Full, "national_id"), "nationalid nationalidnumber"),
    (Attribute(K::IdDocument, Part::Full, "tax_id"), "taxid taxidnumber 税号 纳税人识别号"),
    (Attribute(K::IdDocument, Part::Full, "lei"), "lei leinumber"),
    (
        Attribute(K::Address, Part::Full, ""),
        "address fulladdress addrfull addressfull 地址 住址 通讯地址 联系地址 家庭地址 收货地址 详细地址 居住地址 户籍地址 单位地址",
    ),
    (Attribute(K::Address, Part::Street, ""), "address1 street streetname 街道"),
    (Attribute(K::Address, Part::Line, ""), "addressline1 addrline1 address2 addressline"),
    (Attribute(K::Address, Part::StreetNumber, ""), "streetnumber housenumber"),
    (Attribute(K::Address, Part::Unit, ""), "unit unitnumber addrline2 addressline2 apartment"),
    (Attribute(K::Address, Part::PoBox, ""), "pobox"),
    (Attribute(K::Address, Part::City, ""), "city addrcity suburb town birthplace 城市 市 所在城市"),
    (Attribute(K::Address, Part::District, ""), "district county 区县 区 县"),
    (Attribute(K::Address, Part::Region, ""), "state addrstate province region 省 省份"),
    (Attribute(K::Address, Part::Country, ""), "country addrcountry 国家"),
    (Attribute(K::PostalCode, Part::Full, ""), "postcode postalcode zip zipcode addrpostalcode 邮编 邮政编码"),
    (Attribute(K::SocialId, Part::Full, "wechat"), "wechat wechatid weixin 微信 微信号"),
    (Attribute(K::SocialId, Part::Full, "wechat_unionid"), "wechatunionid unionid"),
    (Attribute(K::SocialId, Part::Full, "wechat_openid"), "wechatopenid openid"),
    (Attribute(K::SocialId, Part::Full, "qq"), "qq qq号 qq号码"),
    (Attribute(K::SocialId, Part::Full, "weibo"), "weibo 微博"),
    (Attribute(K::BankCard, Part::Full, ""), "bankcard bankcardnumber cardnumber 银行卡 银行卡号 银行账号 卡号"),
    (
        Attribute(K::Company, Part::Full, ""),
        "company employer employername workplace 公司 公司名称 单位 工作单位 单位名称 所在公司 雇主",
    ),
    (Attribute(K::Tag, Part::Full, ""), "tag tags 标签"),
    (Attribute(K::Consent, Part::Full, ""), "consent optin 是否同意 营销授权"),
    (Attribute(K::Text, Part::Full, "occupation"), "occupation 职业"),
];

/// Words before a name that say which or whose; they become the label.
const QUALIFIERS: [&str; 26] = [
    "primary",
    "secondary",
    "home",
    "work",
    "office",
    "mobile",
    "business",
    "billing",
    "shipping",
    "mailing",
    "native",
    "other",
    "alternate",
    "customer",
    "contact",
    "personal",
    "家庭",
    "单位",
    "公司",
    "办公",
    "备用",
    "客户",
    "联系人",
    "本人",
    "常用",
    "会员",
];

/// What a header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it means.
    pub meaning: Meaning,
    /// What stands before or behind the synonym (`home`, `2`); empty where the header is the synonym.
    pub qualifier: String,
}

/// Reads a header; nothing where it says nothing.
pub fn read(header: &str) -> Option<Said> {
    let key = key(header);
    let (plain, number) = match key.trim_end_matches(|c: char| c.is_ascii_digit()) {
        stem if exact(&key).is_some() => (key.as_str(), stem.len()..stem.len()),
        stem => (stem, stem.len()..key.len()),
    };
    let number = key.get(number).unwrap_or_default();
    if let Some(meaning) = exact(plain) {
        return Some(Said { meaning, qualifier: number.to_owned() });
    }
    let behind = |word: &&'static str| Some((plain.strip_prefix(*word)?, *word));
    QUALIFIERS.iter().filter_map(behind).find_map(|(rest, word)| {
        let meaning = exact(rest).filter(|meaning| matches!(meaning, Attribute(..)))?;
        // The primary one is the one that needs no label.
        let parts = [if word == "primary" { "" } else { word }, number];
        Some(Said {
            meaning,
            qualifier: parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("_"),
        })
    })
}

fn exact(key: &str) -> Option<Meaning> {
    SYNONYMS.iter().find(|(_, names)| names.split_whitespace().any(|name| name == key)).map(|(meaning, _)| *meaning)
}

/// A header in simplified Chinese and lower case, without separators and what stands in brackets: `手機號 (必填)` is `手机号`.
fn key(header: &str) -> String {
    let open = header.find(['(', '（', '[', '【']).filter(|position| *position > 0).unwrap_or(header.len());
    let plain = header.get(..open).unwrap_or(header);
    to_simplified(plain).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_in_both_languages_are_understood() {
        for (header, meaning, qualifier) in [
            ("手机号", Attribute(K::Phone, Part::Full, ""), ""),
            (" 手机号（必填）", Attribute(K::Phone, Part::Full, ""), ""),
            ("Phone 2", Attribute(K::Phone, Part::Full, ""), "2"),
            ("HOME_PHONE_NUMBER", Attribute(K::Phone, Part::Full, ""), "home"),
            ("PRIMARY_NAME_LAST", Attribute(K::PersonName, Part::Family, ""), ""),
            ("address_1", Attribute(K::Address, Part::Street, ""), ""),
            ("统一社会信用代码", Attribute(K::IdDocument, Part::Full, "cn.uscc"), ""),
            ("電話號碼", Attribute(K::Phone, Part::Full, ""), ""),
            ("备用手机", Attribute(K::Phone, Part::Full, ""), "备用"),
            ("updated_at", ObservedTime, ""),
            ("客户编号", RecordId, ""),
        ] {
            assert_eq!(read(header), Some(Said { meaning, qualifier: qualifier.to_owned() }), "{header}");
        }
        for header in ["", "备注", "x", "[1]", "year", "race_ethnicity", "home_id"] {
            assert_eq!(read(header), None, "{header}");
        }
    }

    #[test]
    fn no_synonym_stands_twice() {
        let mut names: Vec<&str> = SYNONYMS.iter().flat_map(|(_, names)| names.split_whitespace()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(names.iter().all(|name| key(name) == *name));
    }
}
