//! Accounts at social networks: WeChat (account, wxid, unionid, openid), QQ and others.
//!
//! What the column's label says comes first, then the shape. A QQ mailbox in a QQ column is that QQ number. A telephone or
//! QQ number in a WeChat column is how somebody was found, not the account: kept as a weak link (a fact, no evidence). An
//! openid belongs to one application only; unionid and wxid are stable. Case is kept where it counts; nothing proves an
//! account wrong.

use std::borrow::Cow;

use smol_str::SmolStr;

use super::{Field, phone, prepared};
use crate::domain::action::Action;
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::record::{Attribute, Identifier, Value};
use crate::domain::text::{placeholder, width};

/// The length of openid and unionid.
const OPENID_CHARS: usize = 28;

/// Prepares a social account.
pub fn normalize(field: &Field<'_>) -> Attribute {
    let Field { raw, text, cleaned, .. } = *field;
    if let Some(finding) = phone::reference(text) {
        let checked = Checked { findings: vec![finding], ..Checked::valid("") };
        return prepared(raw, cleaned, checked, Value::Missing);
    }
    let label = match raw.format.as_deref() {
        None => Cow::Borrowed(raw.label.as_str()),
        Some(format) => Cow::Owned([raw.label.as_str(), format].join(" ")),
    };
    let lower = label.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    let label = if lower { label } else { Cow::Owned(label.to_lowercase()) };
    let folded = width::fold_digits(text);
    let trimmed = folded.trim_start_matches('@').trim();
    let format = format_of(&label, trimmed);
    let account = account_of(trimmed, format);
    let mut checked = Checked::valid(account);
    if account != text {
        let plain = folded == text;
        checked.act(if plain { Action::RemarkSplit } else { Action::FullwidthToHalfwidth });
    }
    if let Some(finding) = placeholder_or_mask(account) {
        checked.worsen(Validity::Suspect, finding);
    }
    let weak = judge_other_column(account, format, &mut checked);
    if account.contains(char::is_whitespace) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Format));
    }
    if format == "qq" && !is_qq(account) {
        let (zh, en) = ("QQ 号是 5 至 11 位数字", "a QQ number has 5 to 11 digits");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Format, zh, en));
    }
    let value = Identifier {
        format: SmolStr::new_static(format),
        carrier: None,
        match_key: match_key(account, format),
        verified: false,
    };
    let mut attribute = prepared(raw, cleaned, checked, Value::Identifier(value));
    // An openid is of one application only: two sources never share it.
    attribute.evidence &= !weak && format != "wechat_openid";
    attribute
}

/// Notes what belongs into another column; the number or address stays readable as a fact.
fn judge_other_column(account: &str, format: &str, checked: &mut Checked) -> bool {
    if format == "qq" {
        return false;
    }
    let (fact, zh, en) = if is_mobile(account) {
        ("phone", "像手机号，不是社交账号", "looks like a telephone number")
    } else if account.bytes().any(|b| b == b'@') && account.contains('.') {
        ("email", "像邮箱，不是社交账号", "looks like an e-mail address")
    } else if format == "wechat" && is_qq(account) {
        ("qq", "像 QQ 号，不是微信号", "looks like a QQ number")
    } else {
        return false;
    };
    checked.fact(fact, account);
    checked.worsen(Validity::Suspect, Finding::with_detail(Defect::WrongColumn, zh, en));
    true
}

/// What kind of account it is, from the column's label first, then from its shape.
fn format_of(label: &str, account: &str) -> &'static str {
    // The usual labels in a customer file.
    match label {
        "wechat_unionid" | "unionid" => return "wechat_unionid",
        "wechat_openid" | "openid" => return "wechat_openid",
        "qq" => return "qq",
        _ => {}
    }
    if label.contains("openid") {
        return "wechat_openid";
    }
    if label.contains("unionid") {
        return "wechat_unionid";
    }
    if label.contains("qq") {
        return "qq";
    }
    let is_wxid = account.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("wxid_"));
    let wechat = label.contains("wechat") || label.contains("weixin") || label.contains("微信");
    if wechat && is_openid(account) {
        // Too long for an account: which of the two it is cannot be told, so it counts as the weaker one.
        return "wechat_openid";
    }
    if is_wxid || wechat || label.contains("wxid") {
        return "wechat";
    }
    "social"
}

/// openid and unionid: 28 characters of Base64, the first an o.
fn is_openid(account: &str) -> bool {
    let letters = account.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    account.len() == OPENID_CHARS && account.starts_with('o') && letters
}

/// The account without what only surrounds it: 903013545@qq.com is the QQ number.
fn account_of<'a>(text: &'a str, format: &str) -> &'a str {
    if format != "qq" {
        return text;
    }
    let number = text
        .rsplit_once('@')
        .filter(|(_, domain)| domain.eq_ignore_ascii_case("qq.com") || domain.eq_ignore_ascii_case("vip.qq.com"));
    number.map(|(number, _)| number).filter(|number| is_qq(number)).unwrap_or(text)
}

/// Case is kept, but for what WeChat itself treats without case: accounts and wxid (unionid and openid are Base64).
fn match_key(account: &str, format: &str) -> SmolStr {
    match format {
        "wechat" => account.to_ascii_lowercase().into(),
        "qq" => SmolStr::new(account.trim_start_matches('0')),
        _ => SmolStr::new(account),
    }
}

fn placeholder_or_mask(account: &str) -> Option<Finding> {
    if account.bytes().any(|b| b == b'*') {
        return Some(Finding::of(Defect::Masked));
    }
    let all_digits = account.bytes().all(|b| b.is_ascii_digit());
    let filler = all_digits && placeholder::is_repeated_or_sequential_digits(account);
    (filler || placeholder::is_placeholder_name(account) && !all_digits).then(|| Finding::of(Defect::Placeholder))
}

fn is_mobile(account: &str) -> bool {
    if !account.starts_with(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+')) {
        return false;
    }
    let digits: String = account.chars().filter(|c| !matches!(c, ' ' | '-' | '+')).collect();
    let national = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    national.len() == 11
        && national.bytes().all(|b| b.is_ascii_digit())
        && matches!(national.as_bytes(), [b'1', b'3'..=b'9', ..])
}

fn is_qq(account: &str) -> bool {
    let digits = account.bytes().all(|b| b.is_ascii_digit());
    digits && (5..=11).contains(&account.len()) && !account.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::normalize::{Context, attribute};
    use crate::domain::record::{AttributeKind, RawAttribute};

    fn prepare(label: &str, text: &str) -> Attribute {
        let mut raw = RawAttribute::full(AttributeKind::SocialId, text);
        raw.label = label.into();
        attribute(&raw, &Context::default()).remove(0)
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
            ("qq", "903013545@qq.com", "qq", "903013545", true),
            ("qq", "zhang@qq.com", "qq", "zhang@qq.com", true),
            ("微信", "903013545", "wechat", "903013545", false),
            ("微信", "oAbCdEfGhIjKlMnOpQrStUvWxYz_", "wechat_openid", "oAbCdEfGhIjKlMnOpQrStUvWxYz_", false),
        ];
        for (label, text, format, key, evidence) in cases {
            let attribute = prepare(label, text);
            let expected = Identifier { format: format.into(), carrier: None, match_key: key.into(), verified: false };
            assert_eq!(
                (attribute.value, attribute.evidence),
                (Value::Identifier(expected), evidence),
                "{label} {text}"
            );
        }
    }
}
