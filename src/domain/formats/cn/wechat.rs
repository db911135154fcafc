//! 微信号, account name of WeChat (Weixin).
//!
//! Structure (6–20): a letter, then letters, digits, hyphens and underscores; compared without case. Accounts without a
//! chosen name have wxid_ and some 14 to 24 letters and digits. The owner may change the name once a year; openid and
//! unionid (28 characters, o…) are other numbers. Telephone and QQ numbers typed instead are weak links, no names.
//! Source: Tencent (no published standard; from memory, 2026-11-22). Examples (invented): kd_-666, wxid_ab12cd34ef56gh.

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{IdFormat, shape};
use crate::domain::text::width;
use smol_str::SmolStr;

/// 微信号.
pub struct WeChat;

impl IdFormat for WeChat {
    fn code(&self) -> &'static str {
        "cn.wechat"
    }
    fn name_zh(&self) -> &'static str {
        "微信号"
    }
    fn name_en(&self) -> &'static str {
        "WeChat account name"
    }
    fn source(&self) -> &'static str {
        "Tencent"
    }
    fn example(&self) -> &'static str {
        "kd_-666"
    }
    fn match_key(&self, normal: &str) -> SmolStr {
        normal.to_ascii_lowercase().into()
    }

    fn check(&self, input: &str) -> Checked {
        let text = width::to_halfwidth(input).trim().to_owned();
        if text.contains('*') {
            return Checked::suspect(text, Finding::of(Defect::Masked));
        }
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '+')).collect();
        if shape::is_digits(&digits) && (5..=13).contains(&digits.len()) {
            let (zh, en) = ("像手机号或 QQ 号", "looks like a telephone or QQ number");
            return Checked::suspect(text, Finding::with_detail(Defect::WrongColumn, zh, en));
        }
        if !text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
            return shape::wrong_alphabet(text);
        }
        judge(text)
    }
}

fn judge(text: String) -> Checked {
    let is_own = text.to_ascii_lowercase().starts_with("wxid_");
    let longest = if is_own { 30 } else { 20 };
    if !is_own && text.len() == 28 && text.starts_with('o') {
        let (zh, en) = ("像 openid 或 unionid", "looks like an openid or unionid");
        return Checked::suspect(text, Finding::with_detail(Defect::WrongColumn, zh, en));
    }
    if !(6..=longest).contains(&text.len()) {
        return shape::wrong_length(text, "6–20");
    }
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return shape::wrong_component(text, "应以字母开头", "begins with a letter");
    }
    let mut checked = Checked::valid(text.as_str());
    checked.fact("account_kind", if is_own { "wxid" } else { "chosen" });
    let first = text.chars().next();
    if text.chars().all(|c| Some(c) == first) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    checked
}
