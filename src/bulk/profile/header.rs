//! Which columns are clearly no personal data, so that their values may be shown: by what the header says and what the values look like.
//! When in doubt a column is masked: a name that is read by whom it does not concern cannot be unread.

use crate::bulk::map::aside::Aside;
use crate::bulk::map::content::{Content, ContentType};
use crate::bulk::map::headers::{self, Meaning};
use crate::domain::record::{AttributeKind, Part};
use crate::domain::text::han::{is_han, surname_len, to_simplified};

/// What a header says of the values below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// They are about a person, or identify somebody or something.
    Personal,
    /// They name a class of things: a status, a level, a city.
    Category,
    /// They name the way by which a record came, which may be a person's name (`渠道`: who brought the customer).
    Channel,
    /// They are days of what happened, not of a birth.
    Event,
    /// Nothing that would decide.
    Nothing,
}

/// Last words of headers of categories.
const CATEGORIES: [&str; 44] = [
    "gender",
    "sex",
    "status",
    "state",
    "level",
    "grade",
    "tier",
    "rank",
    "city",
    "province",
    "region",
    "country",
    "district",
    "type",
    "category",
    "class",
    "kind",
    "segment",
    "currency",
    "language",
    "unit",
    "flag",
    "stage",
    "phase",
    "priority",
    "mode",
    "industry",
    "education",
    "性别",
    "状态",
    "等级",
    "级别",
    "城市",
    "省份",
    "地区",
    "国家",
    "类型",
    "类别",
    "分类",
    "种类",
    "币种",
    "语言",
    "阶段",
    "行业",
];

/// Last words of headers of channels.
const CHANNELS: [&str; 8] = ["source", "channel", "platform", "device", "来源", "渠道", "平台", "终端"];

/// Last words of headers of days on which something happened to a record or an order.
const EVENTS: [&str; 24] = [
    "created",
    "updated",
    "modified",
    "registered",
    "ordered",
    "paid",
    "shipped",
    "seen",
    "login",
    "signup",
    "at",
    "创建时间",
    "更新时间",
    "修改时间",
    "注册时间",
    "注册日期",
    "下单时间",
    "下单日期",
    "登录时间",
    "支付时间",
    "成交时间",
    "成交日期",
    "入会时间",
    "入会日期",
];

/// Last words of headers of numbers that identify.
const IDENTIFIERS: [&str; 19] = [
    "id", "no", "num", "number", "key", "account", "card", "phone", "tel", "mobile", "qq", "wechat", "passport",
    "uuid", "号", "号码", "账户", "证", "卡",
];

/// Words behind another that say no more than it does: `city_name`, `country_code`.
const TAILS: [&str; 6] = ["name", "code", "desc", "名称", "代码", "编码"];

/// Words that are values of flags, states and levels and nothing else.
const WORDS: [&str; 40] = [
    "yes", "no", "true", "false", "on", "off", "active", "inactive", "enabled", "disabled", "open", "closed", "new",
    "pending", "done", "normal", "vip", "none", "other", "unknown", "male", "female", "web", "app", "是", "否", "有",
    "无", "男", "女", "正常", "异常", "启用", "停用", "冻结", "注销", "有效", "无效", "普通", "其他",
];

/// Digits in a row of a category: more are a number that may identify.
const DIGITS_MAX: usize = 4;
/// Characters of the name of a category.
const CATEGORY_CHARACTERS_MAX: usize = 40;

/// Reads a header.
pub fn says(header: &str) -> Says {
    if let Some(said) = headers::read(header) {
        let says = match said.meaning {
            Meaning::Source => Some(Says::Channel),
            Meaning::ObservedTime => Some(Says::Event),
            Meaning::RecordId | Meaning::Owner | Meaning::Aside(Aside::SomebodyElse) => Some(Says::Personal),
            // Whether such a column is shown hangs on the words below, which are stricter.
            Meaning::Aside(Aside::Shop | Aside::Category | Aside::Amount | Aside::Moment | Aside::Remark) => None,
            Meaning::Attribute(AttributeKind::Gender | AttributeKind::Consent, ..)
            | Meaning::Attribute(
                AttributeKind::Address,
                Part::City | Part::District | Part::Region | Part::Country,
                _,
            )
            | Meaning::Attribute(AttributeKind::Text, _, "occupation") => Some(Says::Category),
            Meaning::Attribute(AttributeKind::Tag | AttributeKind::Amount | AttributeKind::Date, ..) => {
                Some(Says::Nothing)
            }
            Meaning::Attribute(..) => Some(Says::Personal),
        };
        if let Some(says) = says {
            return says;
        }
    }
    let mut words = words(header);
    while words.len() > 1 && words.last().is_some_and(|word| TAILS.contains(&word.as_str())) {
        words.pop();
    }
    let first = words.first().map_or("", String::as_str);
    let Some(last) = words.last() else { return Says::Nothing };
    // Chinese is written without blanks: what a header is about stands at its end.
    let last = TAILS.iter().find_map(|tail| last.strip_suffix(tail).filter(|_| !last.is_ascii())).unwrap_or(last);
    let ends = |known: &[&str]| known.iter().any(|word| last == *word || !word.is_ascii() && last.ends_with(word));
    if ends(&CATEGORIES) || first == "is" || first == "has" || first.starts_with("是否") {
        Says::Category
    } else if ends(&CHANNELS) {
        Says::Channel
    } else if ends(&EVENTS) {
        Says::Event
    } else if ends(&IDENTIFIERS) {
        Says::Personal
    } else {
        Says::Nothing
    }
}

/// The words of a header in lower case and simplified characters: `customerLevel`, `customer_level`, `CUSTOMER LEVEL`.
fn words(header: &str) -> Vec<String> {
    let open = header.find(['(', '（', '[', '【']).filter(|position| *position > 0).unwrap_or(header.len());
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in to_simplified(header.get(..open).unwrap_or(header)).chars() {
        let begins = c.is_uppercase() && before.is_lowercase() || is_han(c) != is_han(before);
        if begins || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether the values of a column may be shown, of which there are few that come again and again.
pub fn may_be_shown<'a>(says: Says, content: &Content, values: impl Iterator<Item = &'a str> + Clone) -> bool {
    let identifying = |found: &ContentType| match found {
        ContentType::Gender
        | ContentType::Place
        | ContentType::PersonName
        | ContentType::Number
        | ContentType::Text => false,
        ContentType::PostalCode
        | ContentType::Email
        | ContentType::Url
        | ContentType::ResidentId
        | ContentType::Uscc
        | ContentType::Timestamp
        | ContentType::Date
        | ContentType::BankCard
        | ContentType::Phone
        | ContentType::Address
        | ContentType::Organisation => true,
    };
    if content.types.keys().any(identifying) || !values.clone().all(is_short) {
        return false;
    }
    let count = values.clone().count();
    match says {
        Says::Category => true,
        Says::Channel => values.filter(|value| looks_like_a_name(value)).count() * 2 <= count,
        Says::Event | Says::Nothing => values.clone().all(is_plain_word),
        Says::Personal => false,
    }
}

fn is_short(value: &str) -> bool {
    let mut digits = 0;
    let numbered = value.chars().any(|c| {
        digits = if c.is_numeric() { digits + 1 } else { 0 };
        digits > DIGITS_MAX
    });
    !numbered && !value.contains('@') && value.chars().count() <= CATEGORY_CHARACTERS_MAX
}

/// Two or three Latin words that begin with capitals, or two to four Han characters that begin with a surname.
fn looks_like_a_name(value: &str) -> bool {
    let words: Vec<&str> = value.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1;
    let characters = value.chars().count();
    let is_han_name = (2..=4).contains(&characters) && value.chars().all(is_han) && surname_len(value) > 0;
    (2..=3).contains(&words.len()) && words.iter().all(capital) || is_han_name
}

/// A word that is no name and no number that identifies, whatever the column.
fn is_plain_word(value: &str) -> bool {
    let is_letter = value.len() == 1 && value.is_ascii();
    let is_small = value.len() <= 3 && value.bytes().all(|byte| byte.is_ascii_digit());
    is_letter || is_small || WORDS.contains(&value.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_whether_values_are_personal() {
        for (header, wanted) in [
            ("customer", Says::Nothing),
            ("客户姓名", Says::Personal),
            ("passport", Says::Personal),
            ("wechat", Says::Personal),
            ("order_no", Says::Personal),
            ("会员卡号", Says::Personal),
            ("gender", Says::Category),
            ("customerLevel", Says::Category),
            ("客户等级（必填）", Says::Category),
            ("會員狀態", Says::Category),
            ("city_name", Says::Category),
            ("城市名称", Says::Category),
            ("is_member", Says::Category),
            ("是否会员", Says::Category),
            ("user_name", Says::Nothing),
            ("渠道", Says::Channel),
            ("注册日期", Says::Event),
            ("created_at", Says::Event),
            ("birthday", Says::Personal),
            ("备注", Says::Nothing),
            ("", Says::Nothing),
        ] {
            assert_eq!(says(header), wanted, "{header}");
        }
    }

    #[test]
    fn values_are_shown_only_where_header_and_content_agree_that_they_are_no_personal_data() {
        for (header, values, wanted) in [
            ("customer", &["John Smith", "Mary Jones"][..], false),
            ("passport", &["E12345678"], false),
            ("wechat", &["wxid_abc1"], false),
            ("x", &["smith", "jones"], false),
            ("x", &["张伟", "李娜"], false),
            ("x", &["AB12"], false),
            ("x", &["active", "VIP", "是", "3"], true),
            ("level", &["VIP1", "VIP2", "gold"], true),
            ("等级", &["黄金", "白银", "普通"], true),
            ("city", &["New York", "Paris"], true),
            ("status", &["E12345678"], false),
            ("status", &["a@example.com"], false),
            ("channel", &["web", "Call Center", "app"], true),
            ("channel", &["John Smith", "Mary Jones", "web"], false),
            ("渠道", &["张伟", "李娜"], false),
            ("渠道", &["门店", "线上", "小程序"], true),
        ] {
            let content = Content::of(values.iter().copied(), 100);
            assert_eq!(may_be_shown(says(header), &content, values.iter().copied()), wanted, "{header}: {values:?}");
        }
    }
}
