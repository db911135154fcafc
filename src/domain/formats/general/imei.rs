//! 移动设备国际识别码, International mobile equipment identity (IMEI, IMEISV).
//!
//! Structure: 8 digits type allocation, 6 digits serial, then nothing (14), 1 check digit (15, IMEI) or 2 digits
//! software version (16, IMEISV).
//! Check (15 only): Luhn.
//! Source: 3GPP TS 23.003 (from memory, 2026-11-22).
//! Computed examples: 356938035643809, 860123041234567.

use crate::domain::finding::Checked;
use crate::domain::formats::{check_digit, declared::Declared, general::numeric, shape};

/// 移动设备国际识别码.
pub const FORMAT: Declared = Declared {
    code: "imei",
    name_zh: "移动设备国际识别码",
    name_en: "International mobile equipment identity (IMEI, IMEISV)",
    source: "3GPP TS 23.003",
    example: "356938035643809",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -./");
    if let Some(fault) = numeric::fault(&number, &[14, 15, 16]) {
        return fault;
    }
    let (holds, kind) = match number.len() {
        15 => (check_digit::luhn_holds(&number), "IMEI"),
        16 => (true, "IMEISV"),
        _ => (true, "IMEI without check digit"),
    };
    let mut checked = numeric::proved(number, holds);
    checked.fact("kind", kind);
    checked
}
