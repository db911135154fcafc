//! 圣马力诺经济经营者代码, Code of an economic operator of San Marino (COE).
//!
//! Structure: up to 5 digits, leading zeros dropped; SM is dropped. No check digit.
//! Source: Ufficio Tributario (from memory, 2026-11-22).
//! Computed examples: 77, 40815.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 圣马力诺经济经营者代码.
pub const FORMAT: Declared = Declared {
    code: "sm.coe",
    name_zh: "圣马力诺经济经营者代码",
    name_en: "Code of an economic operator of San Marino (COE)",
    source: "Ufficio Tributario",
    example: "77",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let written = numeric::without_prefix(&shape::compact(input, " -."), "SM");
    let number = written.trim_start_matches('0').to_owned();
    match numeric::fault(&number, &[1, 2, 3, 4, 5]) {
        Some(fault) => Checked { normal: written.into(), ..fault },
        None => Checked::valid(number),
    }
}
