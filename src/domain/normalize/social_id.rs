//! Accounts at social networks: WeChat (wxid, unionid, openid), QQ and others. Case is kept; nothing proves them wrong.

use super::{Context, prepared, truncated};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::record::{Attribute, Identifier, RawAttribute, Value};
use crate::domain::text::{self, placeholder, width};

/// Prepares a social account.
pub fn normalize(raw: &RawAttribute, _context: &Context) -> Vec<Attribute> {
    let cleaned = text::clean(&truncated(&raw.raw()));
    let label = format!("{} {}", raw.label, raw.format.as_deref().unwrap_or_default()).to_lowercase();
    let account = width::fold_digits(&cleaned.text);
    let account = account.trim_start_matches('@').trim().to_owned();
    let format = format_of(&label, &account);
    let match_key = match_key(&account, format);
    let mut checked = Checked::valid(account.as_str());
    if let Some(finding) = placeholder_or_mask(&account) {
        checked.worsen(Validity::Suspect, finding);
    }
    let other_column = is_mobile(&account) || (account.contains('@') && account.contains('.'));
    if other_column && format != "qq" {
        let (zh, en) = ("像手机号或邮箱，不是社交账号", "looks like a phone number or e-mail address");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::WrongColumn, zh, en));
    }
    if account.contains(char::is_whitespace) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Format));
    }
    if format == "qq" && !is_qq(&account) {
        let (zh, en) = ("QQ 号是 5 至 11 位数字", "a QQ number has 5 to 11 digits");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Format, zh, en));
    }
    let value = Value::Identifier(Identifier { format: format.to_owned(), match_key, verified: false });
    let mut attribute = prepared(raw, &cleaned, checked, value);
    // An openid is of one application only: two sources never share it.
    attribute.evidence &= !other_column && format != "wechat_openid";
    vec![attribute]
}

/// What kind of account it is, from the column's label first, then from its shape.
fn format_of(label: &str, account: &str) -> &'static str {
    if label.contains("openid") {
        return "wechat_openid";
    }
    if label.contains("unionid") {
        return "wechat_unionid";
    }
    if label.contains("qq") {
        return "qq";
    }
    let lower = account.to_ascii_lowercase();
    if lower.starts_with("wxid_") || label.contains("wechat") || label.contains("wxid") || label.contains("微信") {
        return "wechat";
    }
    "social"
}

/// Case is kept, but for what WeChat itself treats without case: accounts and wxid (unionid and openid are Base64).
fn match_key(account: &str, format: &str) -> String {
    match format {
        "wechat" => account.to_ascii_lowercase(),
        "qq" => account.trim_end_matches("@qq.com").trim_start_matches('0').to_owned(),
        _ => account.to_owned(),
    }
}

fn placeholder_or_mask(account: &str) -> Option<Finding> {
    if account.contains('*') {
        return Some(Finding::of(Defect::Masked));
    }
    let all_digits = account.bytes().all(|b| b.is_ascii_digit());
    let filler = all_digits && placeholder::is_repeated_or_sequential_digits(account);
    (filler || placeholder::is_placeholder_name(account) && !all_digits).then(|| Finding::of(Defect::Placeholder))
}

fn is_mobile(account: &str) -> bool {
    let digits: String = account.chars().filter(|c| !matches!(c, ' ' | '-' | '+')).collect();
    let national = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    national.len() == 11
        && national.bytes().all(|b| b.is_ascii_digit())
        && matches!(national.as_bytes(), [b'1', b'3'..=b'9', ..])
}

fn is_qq(account: &str) -> bool {
    let number = account.trim_end_matches("@qq.com");
    (5..=11).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::AttributeKind;

    fn prepare(label: &str, text: &str) -> Attribute {
        let mut raw = RawAttribute::full(AttributeKind::SocialId, text);
        raw.label = label.to_owned();
        normalize(&raw, &Context::default()).remove(0)
    }

    #[test]
    fn accounts() {
        let cases = [
            ("wechat", "WXID_ab12cd34", "wechat", "wxid_ab12cd34", true),
            ("wechat_unionid", "oABCdef_123", "wechat_unionid", "oABCdef_123", true),
            ("openid", "oABCdef_123", "wechat_openid", "oABCdef_123", false),
            ("qq", "10001", "qq", "10001", true),
            ("", "@Some_One", "social", "Some_One", true),
            ("wechat", "138 0013 8001", "wechat", "138 0013 8001", false),
            ("wechat", "test", "wechat", "test", false),
            ("qq", "12345678", "qq", "12345678", false),
            ("wechat", "ab***cd", "wechat", "ab***cd", false),
        ];
        for (label, text, format, key, evidence) in cases {
            let attribute = prepare(label, text);
            let expected = Identifier { format: format.into(), match_key: key.into(), verified: false };
            assert_eq!(
                (attribute.value, attribute.evidence),
                (Value::Identifier(expected), evidence),
                "{label} {text}"
            );
        }
    }
}
