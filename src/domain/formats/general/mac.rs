//! 网卡物理地址, Media access control address (MAC, EUI-48, EUI-64).
//!
//! Structure (6 octets): 3 octets manufacturer, 3 octets serial; bit 0 of the first octet marks a group, bit 1 a
//! locally given address. Normal form: lower case with colons. The register of manufacturers is not held here.
//! Source: IEEE Std 802-2014 (from memory, 2026-11-22).
//! Computed examples: 00:1b:63:84:45:e6, d2:50:99:84:a2:a0.

use crate::domain::action::Action;
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, general::numeric, shape};
use crate::domain::text::width;

/// 网卡物理地址.
pub const FORMAT: Declared = Declared {
    code: "mac",
    name_zh: "网卡物理地址",
    name_en: "Media access control address (MAC, EUI-48, EUI-64)",
    source: "IEEE Std 802-2014",
    example: "00:1b:63:84:45:e6",
    check_digit: false,
    check,
};

/// Digits of EUI-48 and EUI-64.
const LENGTHS: [usize; 2] = [12, 16];

fn check(input: &str) -> Checked {
    let text = width::fold_dashes(&width::to_halfwidth(input)).trim().to_lowercase();
    let is_separator = |c: char| matches!(c, ' ' | '-' | ':' | '.');
    let digits: String = text.chars().filter(|c| !is_separator(*c)).collect();
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return shape::wrong_alphabet(digits);
    }
    if let Some(fault) = numeric::length_fault(&digits, &LENGTHS) {
        return fault;
    }
    let octets: Vec<&str> = (0..digits.len() / 2).map(|at| numeric::part(&digits, at * 2..at * 2 + 2)).collect();
    let number = octets.join(":");
    let mut separators = text.chars().filter(|c| is_separator(*c));
    let first_separator = separators.next();
    let is_uniform = separators.all(|c| Some(c) == first_separator);
    let mut groups = text.split(is_separator);
    let group_length = groups.next().unwrap_or_default().len();
    let is_grouped = [2, 4, 6].contains(&group_length) && groups.all(|group| group.len() == group_length);
    if first_separator.is_some() && !(is_uniform && is_grouped) {
        let finding = Finding::with_detail(Defect::Format, "分隔符不一致", "separators differ");
        return Checked::invalid(text, finding.suggest(number, "统一分隔符", "with the usual separators"));
    }
    let first = octets.first().and_then(|octet| u8::from_str_radix(octet, 16).ok()).unwrap_or(0);
    let mut checked = Checked::valid(number);
    if checked.normal != input {
        checked.act(Action::SeparatorsNormalized);
    }
    if first & 1 == 1 {
        let (zh, en) = ("是组播地址，不是设备的地址", "a group address, not that of a device");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Component, zh, en));
    }
    checked.fact("kind", if first & 2 == 2 { "local" } else { "universal" });
    checked
}
