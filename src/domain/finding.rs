//! Findings: what is wrong with a value, why, and what it should be. Dirty data is data, so these are values, not errors.

use std::borrow::Cow;

use smol_str::SmolStr;

use super::action::{Action, Actions};

/// The verdict on a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Validity {
    /// Well-formed and consistent with every rule that could be checked.
    Valid,
    /// Possibly wrong: an unknown region code, a placeholder, an ambiguous reading.
    Suspect,
    /// Proved wrong: length, alphabet, check digit or an impossible date.
    Invalid,
}

impl Validity {
    /// The name used in files and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "VALID",
            Self::Suspect => "SUSPECT",
            Self::Invalid => "INVALID",
        }
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was changed or derived; nothing is wrong.
    Info,
    /// Worth a look.
    Warning,
    /// The value cannot be used as it stands.
    Error,
}

impl Severity {
    /// The name used in files and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
        }
    }
}

/// What is wrong. Each kind has a code, a severity and a message in Chinese and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Defect {
    /// Too long or too short.
    Length,
    /// Not the shape of its format.
    Format,
    /// A character outside the format's alphabet.
    Alphabet,
    /// The check digit does not fit the rest.
    Checksum,
    /// A part (region, month, prefix) is impossible.
    Component,
    /// A part is well-formed but in no registry known here.
    UnknownComponent,
    /// A well-known filler such as 13800138000.
    Placeholder,
    /// Says that there is no value: 无, N/A, -.
    Missing,
    /// Partly hidden by asterisks.
    Masked,
    /// Contradicts another attribute of the same record.
    Conflict,
    /// Has more than one reading.
    Ambiguous,
    /// The value of another kind of attribute.
    WrongColumn,
    /// Digits lost on the way through a spreadsheet.
    ExcelTruncated,
    /// Undecodable text (U+FFFD, mojibake).
    EncodingDamaged,
    /// Invisible or bidirectional control characters were removed.
    InvisibleRemoved,
    /// Only a part (year, surname, local number) is known.
    Partial,
    /// Remarks or titles were split off.
    RemarkRemoved,
    /// Several values in one field.
    MultipleValues,
    /// Probably a typing error, see the suggestion.
    Typo,
    /// A service, toll-free or data number: not a person's.
    NotPersonal,
    /// Valid once, written in a form no longer issued.
    Historic,
    /// Longer than the limit and cut off for matching.
    TooLong,
    /// Nothing here can judge such values.
    Unsupported,
    /// A record rule requires a value that is not there.
    Required,
    /// Not among the values or patterns that a record rule allows.
    NotAllowed,
    /// Below or above the limits of a record rule.
    OutOfRange,
    /// Not confirmed for longer than a record rule allows.
    Stale,
    /// In more records than a record rule allows: a front desk, a family, a filler.
    Shared,
    /// The expression of a record rule is false.
    Rule,
}

impl Defect {
    /// Every defect, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::Length,
        Self::Format,
        Self::Alphabet,
        Self::Checksum,
        Self::Component,
        Self::UnknownComponent,
        Self::Placeholder,
        Self::Missing,
        Self::Masked,
        Self::Conflict,
        Self::Ambiguous,
        Self::WrongColumn,
        Self::ExcelTruncated,
        Self::EncodingDamaged,
        Self::InvisibleRemoved,
        Self::Partial,
        Self::RemarkRemoved,
        Self::MultipleValues,
        Self::Typo,
        Self::NotPersonal,
        Self::Historic,
        Self::TooLong,
        Self::Unsupported,
        Self::Required,
        Self::NotAllowed,
        Self::OutOfRange,
        Self::Stale,
        Self::Shared,
        Self::Rule,
    ];

    /// The stable code that clients test for.
    pub fn code(self) -> &'static str {
        self.entry().0
    }

    /// The severity that goes with the defect.
    pub fn severity(self) -> Severity {
        self.entry().1
    }

    /// A type of value and an input whose check finds this; `None` where only a record and its rules can.
    pub fn example(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Length => ("cn.resident_id", "1101051949123100"),
            Self::Format => ("cn.passport", "1234567"),
            Self::Alphabet => ("cn.bank_card", "62220202000112A"),
            Self::Checksum => ("cn.resident_id", "110105194912310021"),
            Self::Component => ("cn.resident_id", "110105194913310027"),
            Self::UnknownComponent => ("cn.resident_id", "110199194912310024"),
            Self::Placeholder => ("cn.resident_id", "111111111111111111"),
            Self::Missing => ("person_name", "无"),
            Self::Masked => ("cn.resident_id", "110105********002X"),
            Self::Ambiguous => ("date", "02/03/2023"),
            Self::WrongColumn => ("person_name", "13912345679"),
            Self::ExcelTruncated => ("cn.resident_id", "110105194912310000"),
            Self::EncodingDamaged => ("address", "北京市\u{FFFD}阳区"),
            Self::InvisibleRemoved => ("person_name", "张\u{200B}三"),
            Self::Partial => ("date", "1985年3月"),
            Self::RemarkRemoved => ("person_name", "张伟先生"),
            Self::MultipleValues => ("person_name", "张三、李四"),
            Self::Typo => ("email", "wang@gmial.com"),
            Self::NotPersonal => ("email", "info@example.cn"),
            Self::Historic => ("cn.resident_id", "110105491231002"),
            Self::TooLong
            | Self::Unsupported
            | Self::Conflict
            | Self::Required
            | Self::NotAllowed
            | Self::OutOfRange
            | Self::Stale
            | Self::Shared
            | Self::Rule => return None,
        })
    }

    /// The message in simplified Chinese, without the details of the case.
    pub fn message_zh(self) -> &'static str {
        self.entry().2
    }

    /// The message in English, without the details of the case.
    pub fn message_en(self) -> &'static str {
        self.entry().3
    }

    fn entry(self) -> (&'static str, Severity, &'static str, &'static str) {
        use Severity::{Error, Info, Warning};
        match self {
            Self::Length => ("LENGTH", Error, "长度不对", "wrong length"),
            Self::Format => ("FORMAT", Error, "格式不对", "not the shape of its format"),
            Self::Alphabet => {
                ("ALPHABET", Error, "含有不允许的字符", "contains a character that the format does not allow")
            }
            Self::Checksum => ("CHECKSUM", Error, "校验位不对", "the check digit does not fit the rest"),
            Self::Component => ("COMPONENT", Error, "某一部分不可能存在", "a part of the value is impossible"),
            Self::UnknownComponent => {
                ("UNKNOWN_COMPONENT", Warning, "某一部分不在已知名录中", "a part of the value is in no known registry")
            }
            Self::Placeholder => ("PLACEHOLDER", Warning, "是占位值，不是真实数据", "a placeholder, not a real value"),
            Self::Missing => ("MISSING", Info, "没有填写", "says that there is no value"),
            Self::Masked => ("MASKED", Warning, "部分内容被掩码隐藏", "partly hidden by a mask"),
            Self::Conflict => {
                ("CONFLICT", Warning, "与同一记录的其他字段矛盾", "contradicts another attribute of the record")
            }
            Self::Ambiguous => ("AMBIGUOUS", Warning, "有多种读法", "has more than one reading"),
            Self::WrongColumn => ("WRONG_COLUMN", Error, "填错了栏位", "the value of another kind of attribute"),
            Self::ExcelTruncated => {
                ("EXCEL_TRUNCATED", Error, "经过电子表格后丢失了位数", "digits were lost in a spreadsheet")
            }
            Self::EncodingDamaged => {
                ("ENCODING_DAMAGED", Error, "字符编码已损坏", "the text was damaged by a wrong encoding")
            }
            Self::InvisibleRemoved => {
                ("INVISIBLE_REMOVED", Info, "已删除不可见字符", "invisible characters were removed")
            }
            Self::Partial => ("PARTIAL", Warning, "内容不完整", "only a part of the value is known"),
            Self::RemarkRemoved => ("REMARK_REMOVED", Info, "已分离称谓或备注", "a title or remark was split off"),
            Self::MultipleValues => ("MULTIPLE_VALUES", Warning, "一个字段里有多个值", "several values in one field"),
            Self::Typo => ("TYPO", Warning, "可能是笔误", "probably a typing error"),
            Self::NotPersonal => ("NOT_PERSONAL", Warning, "不是个人的号码", "a service number, not a person's"),
            Self::Historic => ("HISTORIC", Info, "旧式写法，已不再发放", "an older form that is no longer issued"),
            Self::TooLong => ("TOO_LONG", Warning, "过长，匹配时已截断", "longer than the limit; cut off for matching"),
            Self::Unsupported => ("UNSUPPORTED", Warning, "尚不支持检查此类值", "nothing here can judge such a value"),
            Self::Required => ("REQUIRED", Error, "缺少必填内容", "a required value is missing"),
            Self::NotAllowed => ("NOT_ALLOWED", Error, "不在允许的取值之内", "not among the values allowed"),
            Self::OutOfRange => ("OUT_OF_RANGE", Error, "超出允许的范围", "outside the range allowed"),
            Self::Stale => ("STALE", Warning, "长期未确认，可能已过时", "not confirmed for too long"),
            Self::Shared => ("SHARED", Warning, "被过多记录共用", "shared by too many records"),
            Self::Rule => ("RULE", Warning, "不符合业务规则", "breaks a rule of the company"),
        }
    }
}

/// What the value should probably be, and why. Never applied to an identifier by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The corrected value.
    pub value: SmolStr,
    /// Why, in simplified Chinese.
    pub reason_zh: Cow<'static, str>,
    /// Why, in English.
    pub reason_en: Cow<'static, str>,
}

/// One observation about one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub defect: Defect,
    /// What exactly, in simplified Chinese; empty when the defect's own message says it all.
    pub detail_zh: Cow<'static, str>,
    /// What exactly, in English.
    pub detail_en: Cow<'static, str>,
    /// What the value should be: the likeliest first, empty where nothing can be said.
    pub suggestions: Vec<Suggestion>,
}

impl Finding {
    /// A finding without details.
    pub fn of(defect: Defect) -> Self {
        Self { defect, detail_zh: Cow::Borrowed(""), detail_en: Cow::Borrowed(""), suggestions: Vec::new() }
    }

    /// A finding that says exactly what is wrong.
    pub fn with_detail(defect: Defect, zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self { defect, detail_zh: zh.into(), detail_en: en.into(), suggestions: Vec::new() }
    }

    /// Adds what the value should be; each further call a less likely one.
    pub fn suggest(
        mut self,
        value: impl Into<SmolStr>,
        zh: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.add_suggestion(value, zh, en);
        self
    }

    /// Adds what the value should be, where the finding stands already.
    pub fn add_suggestion(
        &mut self,
        value: impl Into<SmolStr>,
        zh: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) {
        // Most findings have one.
        if self.suggestions.is_empty() {
            self.suggestions.reserve_exact(1);
        }
        self.suggestions.push(Suggestion { value: value.into(), reason_zh: zh.into(), reason_en: en.into() });
    }

    /// The likeliest correction.
    pub fn suggestion(&self) -> Option<&Suggestion> {
        self.suggestions.first()
    }

    /// The whole message in simplified Chinese.
    pub fn message_zh(&self) -> String {
        join_message(self.defect.message_zh(), &self.detail_zh, "：")
    }

    /// The whole message in English.
    pub fn message_en(&self) -> String {
        join_message(self.defect.message_en(), &self.detail_en, ": ")
    }
}

fn join_message(general: &str, detail: &str, separator: &str) -> String {
    if detail.is_empty() { general.to_owned() } else { format!("{general}{separator}{detail}") }
}

/// Something derived from a value: `birth_date` = `1949-12-31`, `carrier` = `unicom`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The fact's stable name.
    pub name: &'static str,
    /// Its value; most are words of a fixed vocabulary.
    pub value: SmolStr,
}

impl Fact {
    /// A named fact.
    pub fn new(name: &'static str, value: impl Into<SmolStr>) -> Self {
        Self { name, value: value.into() }
    }

    /// A fact whose value is a fixed word: costs no copy.
    pub fn word(name: &'static str, value: &'static str) -> Self {
        Self { name, value: SmolStr::new_static(value) }
    }
}

/// The result of checking one value against one format: verdict, normal form, findings and derived facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The verdict.
    pub validity: Validity,
    /// The normal form; the cleaned input where there is none.
    pub normal: SmolStr,
    /// What was seen.
    pub findings: Vec<Finding>,
    /// What follows from the value.
    pub facts: Vec<Fact>,
    /// What was done to reach the normal form.
    pub actions: Actions,
}

impl Checked {
    /// A value with nothing wrong so far.
    pub fn valid(normal: impl Into<SmolStr>) -> Self {
        Self {
            validity: Validity::Valid,
            normal: normal.into(),
            findings: Vec::new(),
            facts: Vec::new(),
            actions: Actions::default(),
        }
    }

    /// A value proved wrong.
    pub fn invalid(normal: impl Into<SmolStr>, finding: Finding) -> Self {
        Self {
            validity: Validity::Invalid,
            normal: normal.into(),
            findings: vec![finding],
            facts: Vec::new(),
            actions: Actions::default(),
        }
    }

    /// A value that may be wrong.
    pub fn suspect(normal: impl Into<SmolStr>, finding: Finding) -> Self {
        Self {
            validity: Validity::Suspect,
            normal: normal.into(),
            findings: vec![finding],
            facts: Vec::new(),
            actions: Actions::default(),
        }
    }

    /// Adds a finding and lowers the verdict to `validity` if that is worse.
    pub fn worsen(&mut self, validity: Validity, finding: Finding) {
        self.validity = self.validity.max(validity);
        self.findings.push(finding);
    }

    /// Adds a finding that leaves the verdict alone.
    pub fn note(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds a derived fact.
    pub fn fact(&mut self, name: &'static str, value: impl Into<SmolStr>) {
        self.facts.push(Fact::new(name, value));
    }

    /// Records what was done to the value; a second time of the same is not repeated.
    pub fn act(&mut self, action: Action) {
        self.actions.add(action);
    }

    /// Adds a derived fact whose value is a fixed word.
    pub fn word(&mut self, name: &'static str, value: &'static str) {
        self.facts.push(Fact::word(name, value));
    }

    /// The value of a derived fact.
    pub fn fact_value(&self, name: &str) -> Option<&str> {
        self.facts.iter().find(|fact| fact.name == name).map(|fact| &*fact.value)
    }

    /// Whether a defect was found.
    pub fn has(&self, defect: Defect) -> bool {
        self.findings.iter().any(|finding| finding.defect == defect)
    }
}
