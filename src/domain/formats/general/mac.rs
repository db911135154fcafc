//! 网卡物理地址, Media access control address (MAC, EUI-48).
//!
//! Structure (6 octets): 3 octets manufacturer, 3 octets serial; bit 0 of the first octet marks a group, bit 1 a
//! locally given address. Normal form: lower case with colons. The register of manufacturers is not held here.
//! Source: IEEE Std 802-2014 (from memory, 2026-11-22).
//! Computed examples: 00:1b:63:84:45:e6, d2:50:99:84:a2:a0.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 网卡物理地址.
pub const FORMAT: Declared = Declared {
    code: "mac",
    name_zh: "网卡物理地址",
    name_en: "Media access control address (MAC, EUI-48)",
    source: "IEEE Std 802-2014",
    example: "00:1b:63:84:45:e6",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let digits = shape::compact(input, " -:.");
    if !digits.is_empty() && !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return shape::wrong_alphabet(digits);
    }
    if let Some(fault) = numeric::length_fault(&digits, &[12]) {
        return fault;
    }
    let octets: Vec<&str> = (0..6).map(|place| numeric::part(&digits, place * 2..place * 2 + 2)).collect();
    let number = octets.join(":").to_ascii_lowercase();
    let first = octets.first().and_then(|octet| u8::from_str_radix(octet, 16).ok()).unwrap_or(0);
    if first & 1 == 1 {
        return shape::wrong_component(number, "是组播地址，不是设备的地址", "a group address, not that of a device");
    }
    let mut checked = Checked::valid(number);
    checked.fact("kind", if first & 2 == 2 { "local" } else { "universal" });
    checked
}
