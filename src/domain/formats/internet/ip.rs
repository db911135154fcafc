//! IP 地址, IP addresses and ranges of them.
//!
//! Structure: IPv4, four decimal numbers 0–255 without leading zeros; IPv6, the forms of RFC 4291 §2.2, with a zone of up
//! to 15 characters after `%` where any address is asked for (RFC 4007); a range is an address, `/` and the length of
//! its prefix. No check digit. Source: RFC 791, RFC 4291, RFC 4007, RFC 4632 (from memory, 2026-11-22).
//! Examples (documentation blocks): 192.0.2.1, 2001:db8::1, 192.0.2.0/24.

use core::net::{Ipv4Addr, Ipv6Addr};

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, shape};

/// IP 地址.
pub const ANY: Declared = Declared {
    code: "internet.ip",
    name_zh: "IP 地址",
    name_en: "IP address, version 4 or 6",
    source: "RFC 791, RFC 4291, RFC 4007",
    example: "192.0.2.1",
    check_digit: false,
    check: |input| exact(input, |text| address(text, true)),
};

/// IPv4 地址.
pub const VERSION_4: Declared = Declared {
    code: "internet.ipv4",
    name_zh: "IPv4 地址",
    name_en: "IP address, version 4",
    source: "RFC 791",
    example: "192.0.2.1",
    check_digit: false,
    check: |input| exact(input, version_4),
};

/// IPv6 地址.
pub const VERSION_6: Declared = Declared {
    code: "internet.ipv6",
    name_zh: "IPv6 地址",
    name_en: "IP address, version 6",
    source: "RFC 4291",
    example: "2001:db8::1",
    check_digit: false,
    check: |input| exact(input, version_6),
};

/// IP 地址段.
pub const RANGE: Declared = Declared {
    code: "internet.ip_range",
    name_zh: "IP 地址段",
    name_en: "range of IP addresses (CIDR)",
    source: "RFC 4632, RFC 4291",
    example: "192.0.2.0/24",
    check_digit: false,
    check: |input| exact(input, range),
};

/// Characters of the longest name of a network interface.
const ZONE_LENGTH_MAX: usize = 15;

/// Judges the text without the blanks around it: with them it is no address, but plainly means one.
pub fn exact(input: &str, judge: impl FnOnce(&str) -> Checked) -> Checked {
    let text = input.trim();
    let mut checked = judge(text);
    if text.len() != input.len() && checked.validity != Validity::Invalid {
        let finding = Finding::with_detail(Defect::Format, "首尾有空白", "blanks around");
        let finding = finding.suggest(checked.normal.clone(), "去掉空白", "without the blanks");
        checked.worsen(Validity::Suspect, finding);
    }
    checked
}

fn address(text: &str, with_zone: bool) -> Checked {
    if !text.contains(':') {
        return version_4(text);
    }
    match text.split_once('%') {
        Some((address, zone)) if with_zone && is_zone(zone) => {
            let mut checked = version_6(address);
            if checked.validity != Validity::Invalid {
                checked.normal = [&*checked.normal, "%", zone].concat().into();
                checked.fact("zone", zone);
            }
            checked
        }
        Some(_) => shape::wrong_shape(text.to_owned()),
        None => version_6(text),
    }
}

fn is_zone(zone: &str) -> bool {
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    (1..=ZONE_LENGTH_MAX).contains(&zone.len()) && zone.bytes().all(is_allowed)
}

fn version_4(text: &str) -> Checked {
    let Ok(address) = text.parse::<Ipv4Addr>() else { return shape::wrong_shape(text.to_owned()) };
    let mut checked = Checked::valid(text);
    checked.fact("version", "4");
    let scope = if address.is_loopback() {
        "loopback"
    } else if address.is_private() {
        "private"
    } else if address.is_link_local() {
        "link_local"
    } else if address.is_multicast() {
        "multicast"
    } else if address.is_documentation() {
        "documentation"
    } else {
        return checked;
    };
    checked.fact("scope", scope);
    checked
}

/// The normal form is that of RFC 5952: small letters, the longest run of zeros left out.
fn version_6(text: &str) -> Checked {
    let Ok(address) = text.parse::<Ipv6Addr>() else { return shape::wrong_shape(text.to_owned()) };
    let mut checked = Checked::valid(address.to_string());
    checked.fact("version", "6");
    if address.is_loopback() {
        checked.fact("scope", "loopback");
    } else if address.is_multicast() {
        checked.fact("scope", "multicast");
    } else if address.segments().first().is_some_and(|first| first & 0xffc0 == 0xfe80) {
        checked.fact("scope", "link_local");
    }
    checked
}

fn range(text: &str) -> Checked {
    let Some((first, length)) = text.split_once('/') else { return shape::wrong_shape(text.to_owned()) };
    let mut checked = address(first, false);
    if checked.validity == Validity::Invalid {
        return shape::wrong_shape(text.to_owned());
    }
    let bits = if first.contains(':') { 128 } else { 32 };
    let is_plain = shape::is_digits(length) && (length == "0" || !length.starts_with('0'));
    match length.parse::<u8>() {
        Ok(number) if is_plain && number <= bits => {
            checked.normal = [&*checked.normal, "/", length].concat().into();
            checked
        }
        _ => shape::wrong_component(text.to_owned(), "前缀长度不对", "an impossible length of the prefix"),
    }
}
