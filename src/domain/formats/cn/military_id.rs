//! 军人证件号, number of the identity papers of the armed forces: officers, soldiers and civilians.
//!
//! Structure: 1 or 2 characters of service or region (军, 海, 空, 武, 士, 文 …), 字第, 4 to 8 digits and capitals, 号. The
//! numbering is not published: shape only. Source: published specimens (from memory, 2026-11-22).
//! Examples (invented): 军字第2001988号, 士字第P011816X号.

use super::{compact, is_masked};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, shape};
use crate::domain::text::placeholder::is_repeated_or_sequential_digits;

/// 军人证件号.
pub const FORMAT: Declared = Declared {
    code: "cn.military_id",
    name_zh: "军人证件号",
    name_en: "identity papers of the Chinese armed forces",
    source: "published specimens",
    example: "军字第2001988号",
    check_digit: false,
    check,
};

/// Services, former regions, departments and ranks that papers are known to begin with.
const PREFIXES: &str = "军空海北沈兰济南广成京东西中政后装参火战支联总国科武警边士兵义文职学";

fn check(input: &str) -> Checked {
    let text = compact(input).replace('號', "号").replace('軍', "军");
    if is_masked(&text) {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    let serial_at = text.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (head, tail) = text.split_at(serial_at);
    let serial = tail.strip_suffix('号').unwrap_or(tail);
    let service = head.strip_suffix("字第").or(head.strip_suffix('字')).or(head.strip_suffix('第')).unwrap_or(head);
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    if !(1..=2).contains(&service.chars().count()) || !service.chars().all(han) {
        let finding = Finding::with_detail(Defect::Format, "应为“某字第…号”", "not of the shape 某字第…号");
        return Checked::invalid(text, finding);
    }
    if !serial.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        return shape::wrong_alphabet(text);
    }
    let length = serial.len();
    if !(4..=8).contains(&length) {
        return Checked::invalid(text.as_str(), super::wrong_length(length, "4–8"));
    }
    let normal = format!("{service}字第{serial}号");
    let mut checked = Checked::valid(normal.as_str());
    if let Some(kind) = kind(service) {
        checked.fact("kind", kind);
    }
    if !head.ends_with("字第") {
        let finding = Finding::with_detail(Defect::Format, "缺少“字第”", "without 字第");
        checked.normal = text.as_str().into();
        checked.worsen(Validity::Suspect, finding.suggest(normal, "补全写法", "written in full"));
    }
    if !service.chars().all(|c| PREFIXES.contains(c)) {
        let finding = Finding::with_detail(Defect::UnknownComponent, "未知的字头", "unknown first characters");
        checked.worsen(Validity::Suspect, finding);
    }
    if is_repeated_or_sequential_digits(serial) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    checked
}

fn kind(service: &str) -> Option<&'static str> {
    match service.chars().next()? {
        '士' | '兵' | '义' => Some("soldier"),
        '文' | '职' => Some("civilian"),
        '武' | '警' | '边' => Some("armed_police"),
        '学' => Some("cadet"),
        _ => Some("officer"),
    }
}
