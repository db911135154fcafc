//! Records: as delivered (raw) and as prepared for matching (validated and normalized), attribute by attribute.

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};
use smol_str::SmolStr;

use super::action::Actions;
use super::date::{DateOrder, PartialDate, Timestamp};
use super::finding::{Fact, Finding, Validity};
use super::id::RecordKey;

/// What an attribute is about. Decides its normalizer, comparator and survivorship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributeKind {
    /// Name of a natural person.
    PersonName,
    /// Name of an organisation that is itself the customer.
    OrgName,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// Date of birth.
    BirthDate,
    /// Any other date.
    Date,
    /// Sex or gender.
    Gender,
    /// Number of an identity document or of a registration.
    IdDocument,
    /// Postal address.
    Address,
    /// Account at a social network (WeChat unionid, QQ …).
    SocialId,
    /// Bank card number.
    BankCard,
    /// Postal code in a column of its own.
    PostalCode,
    /// Employer or company of a person.
    Company,
    /// A label; carried, not compared.
    Tag,
    /// A consent; carried, not compared.
    Consent,
    /// An amount of money; carried, not compared.
    Amount,
    /// Free attribute: compared, never validated.
    Text,
}

impl AttributeKind {
    /// Every kind, in the order of the wire enum.
    pub const ALL: &'static [Self] = &[
        Self::PersonName,
        Self::OrgName,
        Self::Phone,
        Self::Email,
        Self::BirthDate,
        Self::Date,
        Self::Gender,
        Self::IdDocument,
        Self::Address,
        Self::SocialId,
        Self::BankCard,
        Self::PostalCode,
        Self::Company,
        Self::Tag,
        Self::Consent,
        Self::Amount,
        Self::Text,
    ];

    /// The name for people, in simplified Chinese.
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::PersonName => "姓名",
            Self::OrgName => "机构名称",
            Self::Phone => "电话",
            Self::Email => "电子邮箱",
            Self::BirthDate => "出生日期",
            Self::Date => "日期",
            Self::Gender => "性别",
            Self::IdDocument => "证件号码",
            Self::Address => "地址",
            Self::SocialId => "社交账号",
            Self::BankCard => "银行卡号",
            Self::PostalCode => "邮政编码",
            Self::Company => "单位",
            Self::Tag => "标签",
            Self::Consent => "授权",
            Self::Amount => "金额",
            Self::Text => "其他文本",
        }
    }

    /// The name used in mapping files, rules and reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::PersonName => "person_name",
            Self::OrgName => "org_name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::BirthDate => "birth_date",
            Self::Date => "date",
            Self::Gender => "gender",
            Self::IdDocument => "id_document",
            Self::Address => "address",
            Self::SocialId => "social_id",
            Self::BankCard => "bank_card",
            Self::PostalCode => "postal_code",
            Self::Company => "company",
            Self::Tag => "tag",
            Self::Consent => "consent",
            Self::Amount => "amount",
            Self::Text => "text",
        }
    }

    /// Reads the name back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}

/// The part of a name or address that a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The whole value.
    Full,
    /// Given name.
    Given,
    /// Middle name or initial.
    Middle,
    /// Family name.
    Family,
    /// Title before the name.
    Prefix,
    /// Suffix after the name (Jr).
    Suffix,
    /// The name in its native script.
    Native,
    /// Nickname.
    Nickname,
    /// One line of an address.
    Line,
    /// House number.
    StreetNumber,
    /// Street name.
    Street,
    /// Unit, flat or room.
    Unit,
    /// Post-office box.
    PoBox,
    /// City or suburb.
    City,
    /// District or county.
    District,
    /// State or province.
    Region,
    /// Postal code inside an address.
    PostalCode,
    /// Country.
    Country,
}

impl Part {
    /// Every part; `full` first.
    pub const ALL: &'static [Self] = &[
        Self::Full,
        Self::Given,
        Self::Middle,
        Self::Family,
        Self::Prefix,
        Self::Suffix,
        Self::Native,
        Self::Nickname,
        Self::Line,
        Self::StreetNumber,
        Self::Street,
        Self::Unit,
        Self::PoBox,
        Self::City,
        Self::District,
        Self::Region,
        Self::PostalCode,
        Self::Country,
    ];

    /// Whether values of a kind have such a part.
    pub fn belongs_to(self, kind: AttributeKind) -> bool {
        match self {
            Self::Full => true,
            Self::Given | Self::Middle | Self::Family | Self::Prefix | Self::Suffix | Self::Native | Self::Nickname => {
                matches!(kind, AttributeKind::PersonName | AttributeKind::OrgName)
            }
            Self::Line
            | Self::StreetNumber
            | Self::Street
            | Self::Unit
            | Self::PoBox
            | Self::City
            | Self::District
            | Self::Region
            | Self::PostalCode
            | Self::Country => kind == AttributeKind::Address,
        }
    }

    /// The name used in mapping files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Given => "given",
            Self::Middle => "middle",
            Self::Family => "family",
            Self::Prefix => "prefix",
            Self::Suffix => "suffix",
            Self::Native => "native",
            Self::Nickname => "nickname",
            Self::Line => "line",
            Self::StreetNumber => "street_number",
            Self::Street => "street",
            Self::Unit => "unit",
            Self::PoBox => "po_box",
            Self::City => "city",
            Self::District => "district",
            Self::Region => "region",
            Self::PostalCode => "postal_code",
            Self::Country => "country",
        }
    }

    /// Reads the name back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|part| part.code() == code)
    }
}

/// One attribute as delivered. Ground state: nothing in it is ever rewritten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawAttribute {
    /// What it is about.
    pub kind: AttributeKind,
    /// Tells several attributes of one kind apart (`mobile`, `home`); may be empty.
    pub label: SmolStr,
    /// The format's code (`cn.resident_id`), where the source knows it.
    pub format: Option<SmolStr>,
    /// Default region, ISO 3166-1 alpha-2 (`CN`).
    pub country: Option<SmolStr>,
    /// Day–month order of the column it came from.
    pub order: Option<DateOrder>,
    /// The texts, in the order delivered; one [`Part::Full`] for most kinds.
    pub parts: Parts,
}

/// The texts of an attribute: a short one costs no allocation.
pub type Parts = SmallVec<[(Part, SmolStr); 1]>;

impl RawAttribute {
    /// An attribute of one text.
    pub fn full(kind: AttributeKind, raw: impl Into<SmolStr>) -> Self {
        Self {
            kind,
            label: SmolStr::default(),
            format: None,
            country: None,
            order: None,
            parts: smallvec![(Part::Full, raw.into())],
        }
    }

    /// The text of one part.
    pub fn part(&self, part: Part) -> Option<&str> {
        self.parts.iter().find(|(p, _)| *p == part).map(|(_, text)| text.as_str())
    }

    /// All texts, joined by blanks, as people would read them.
    pub fn raw(&self) -> SmolStr {
        match self.parts.as_slice() {
            [(_, text)] => text.clone(),
            _ => SmolStr::new(self.raw_text()),
        }
    }

    /// The same without a copy where there is only one text.
    pub fn raw_text(&self) -> Cow<'_, str> {
        if let [(_, text)] = self.parts.as_slice() {
            return Cow::Borrowed(text);
        }
        let texts: Vec<&str> = self.parts.iter().map(|(_, text)| text.as_str()).filter(|t| !t.is_empty()).collect();
        Cow::Owned(texts.join(" "))
    }
}

/// A record as delivered by a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRecord {
    /// Which record of which source.
    pub key: RecordKey,
    /// Who in the company looks after this customer.
    pub owner: Option<String>,
    /// When the source last confirmed the record.
    pub observed_time: Option<Timestamp>,
    /// Its attributes, in the order delivered.
    pub attributes: Vec<RawAttribute>,
}

/// Male or female, where a value says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// 男.
    Male,
    /// 女.
    Female,
}

impl Gender {
    /// The normal form: `M` or `F`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Male => "M",
            Self::Female => "F",
        }
    }
}

/// A person's name, taken apart as far as the text allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// The Han name, simplified, without spaces, titles or remarks (`张伟`, `阿卜杜·毛力`); empty when there is none.
    pub han: SmolStr,
    /// Number of characters of `han` that are the surname; 0 when unknown.
    pub han_surname_len: usize,
    /// Given name unknown: 张先生, 张*.
    pub surname_only: bool,
    /// Toneless pinyin of `han`, a syllable per character, each with its tone digit (`zhang1`); surname readings applied.
    pub syllables: Vec<Cow<'static, str>>,
    /// Family name in Latin letters, folded to lower-case ASCII; empty when there is none or it cannot be told.
    pub family: SmolStr,
    /// Given and middle names in Latin letters, folded, in order.
    pub given: Vec<String>,
    /// Every Latin word of the name, folded to lower-case ASCII letters, in the order written, without titles and suffixes.
    pub words: Vec<String>,
    /// Generational suffix: `jr`, `sr`, `ii`, `iii`; empty when there is none.
    pub suffix: SmolStr,
}

/// An organisation's name, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrgName {
    /// The distinctive part: simplified, folded, without place, legal form, brackets and blanks.
    pub core: SmolStr,
    /// The words of a core that is not Chinese, lower-case, in the alphabet written; none of a Chinese one.
    pub words: Vec<String>,
    /// The place in the name (`上海`), when there is one.
    pub place: SmolStr,
    /// Class of the legal form (`limited`, `joint_stock`, `sole_trader`), empty when unknown.
    pub legal_form: &'static str,
    /// The branch part (`上海分公司`), empty for the organisation itself.
    pub branch: SmolStr,
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// E.164 with the plus sign; for a masked number the visible digits with `*`.
    pub e164: SmolStr,
    /// Extension digits; empty when there is none.
    pub extension: SmolStr,
    /// A mobile number (as far as the numbering plan tells).
    pub mobile: bool,
    /// Can be a person's own number: not toll-free, shared-cost, service or data.
    pub personal: bool,
}

/// An e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// The form used for comparing: lower case, provider rules applied.
    pub match_key: SmolStr,
    /// Local part of the match key.
    pub local: SmolStr,
    /// Domain in ASCII form.
    pub domain: SmolStr,
}

/// The number of an identity document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// The code of the number's format; empty when none was recognised. Numbers are compared within one format.
    pub format: SmolStr,
    /// The code of the document's own format, where it carries another document's number: a driving licence that of the
    /// resident ID, a unified credit code the organisation code.
    pub carrier: Option<&'static str>,
    /// The form used for comparing (18 digits for a resident ID, 9 characters for a permit).
    pub match_key: SmolStr,
    /// A check digit proved it.
    pub verified: bool,
}

impl Identifier {
    /// The code of the document's own format.
    pub fn document_format(&self) -> &str {
        self.carrier.unwrap_or(&self.format)
    }
}

/// A postal address in a simple tree of divisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Province or state, in short normal form (`广东`, `nsw`); empty when unknown. The same for the other parts.
    pub region: SmolStr,
    /// Prefecture-level city or town.
    pub city: SmolStr,
    /// County, district or suburb.
    pub district: SmolStr,
    /// Road or street, without its number.
    pub street: SmolStr,
    /// House number on the road.
    pub number: SmolStr,
    /// Residential community, building or estate.
    pub community: SmolStr,
    /// Building, unit, floor and room, joined by `-` (`27-3-704`).
    pub unit: SmolStr,
    /// Postal code.
    pub postal_code: SmolStr,
    /// Everything in one folded line, for fuzzy comparison.
    pub line: String,
}

/// A prepared value, typed by what its attribute is about. The large ones are boxed: attributes are moved often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// No value, or a placeholder that says so.
    Missing,
    /// A natural person's name.
    PersonName(Box<PersonName>),
    /// An organisation's or employer's name.
    OrgName(Box<OrgName>),
    /// A telephone number.
    Phone(Phone),
    /// An e-mail address.
    Email(Email),
    /// A date of whatever precision.
    Date(PartialDate),
    /// Male or female.
    Gender(Gender),
    /// An identity document, bank card or social account.
    Identifier(Identifier),
    /// A postal address.
    Address(Box<Address>),
    /// Anything else: folded text.
    Text(SmolStr),
}

/// One attribute, prepared: raw beside normal, always.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// What it is about.
    pub kind: AttributeKind,
    /// Its label, as delivered.
    pub label: SmolStr,
    /// The texts as delivered, joined.
    pub raw: SmolStr,
    /// The normal form for people and exports; empty when missing.
    pub normal: SmolStr,
    /// The verdict.
    pub validity: Validity,
    /// May be used as evidence that two records are of one customer: not a placeholder, not missing, not a service number.
    pub evidence: bool,
    /// The typed value for comparison.
    pub value: Value,
    /// What was seen.
    pub findings: Vec<Finding>,
    /// What follows from it.
    pub facts: Vec<Fact>,
    /// What was done to reach the normal form.
    pub actions: Actions,
}

/// A record, validated and normalized. A pure function of the raw record: it can always be made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedRecord {
    /// Which record.
    pub key: RecordKey,
    /// Who looks after the customer.
    pub owner: Option<String>,
    /// When the source last confirmed it.
    pub observed_time: Option<Timestamp>,
    /// Its attributes; one raw attribute may give several (two phones in one field).
    pub attributes: Vec<Attribute>,
}

impl PreparedRecord {
    /// The attributes of a kind that may serve as evidence.
    pub fn evidence(&self, kind: AttributeKind) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(move |attribute| attribute.kind == kind && attribute.evidence)
    }
}
