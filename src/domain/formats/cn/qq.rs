//! QQ 号码, account number of Tencent QQ.
//!
//! Structure (5–11): digits, the first not 0. No check digit. The mail address number@qq.com names the same account.
//! Source: Tencent (no published standard; from memory, 2026-11-22). Examples (invented): 903013007, 10023.

use super::{compact, is_digits, is_masked, is_scientific};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, part, shape};
use crate::domain::text::placeholder::is_repeated_or_sequential_digits;

/// QQ 号码.
pub const FORMAT: Declared = Declared {
    code: "cn.qq",
    name_zh: "QQ 号码",
    name_en: "Tencent QQ number",
    source: "Tencent",
    example: "903013007",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let text = compact(input);
    if is_scientific(&text) {
        return Checked::invalid(text, super::excel_truncated());
    }
    if is_masked(&text) {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    let number = text.strip_suffix("@QQ.COM").unwrap_or(&text);
    let number = part::without_prefix(number.to_owned(), &["QQ号:", "QQ:", "QQ号", "QQ"]);
    if !is_digits(&number) {
        return shape::wrong_alphabet(text);
    }
    if number.starts_with('0') {
        return shape::wrong_component(text, "不能以 0 开头", "the first digit is not 0");
    }
    if !(5..=11).contains(&number.len()) {
        return shape::wrong_length(number, "5–11");
    }
    let mut checked = Checked::valid(number.as_str());
    if number.len() == 11 && matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..]) {
        let (zh, en) = ("像手机号", "looks like a mobile number");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::WrongColumn, zh, en));
    }
    if is_repeated_or_sequential_digits(&number) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    checked
}
