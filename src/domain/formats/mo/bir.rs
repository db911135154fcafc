//! 澳门居民身份证号, Macau resident identity card number (BIR).
//!
//! Structure (8): 1 digit origin of the card (1 issued since 1992, 5 formerly Portuguese card, 7 formerly other
//! card), 6 digits serial, 1 check digit in parentheses, which are dropped.
//! Check: the algorithm is not published, so that the check digit proves nothing.
//! Source: Direcção dos Serviços de Identificação (from memory, 2026-11-22).
//! Computed examples: 1234567(8), 5123456(7).

use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 澳门居民身份证号.
pub const FORMAT: Declared = Declared {
    code: "mo.bir",
    name_zh: "澳门居民身份证号",
    name_en: "Macau resident identity card number (BIR)",
    source: "Direcção dos Serviços de Identificação",
    example: "1234567(8)",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -()/[].");
    if let Some(fault) = numeric::fault(&number, &[7, 8]) {
        return fault;
    }
    if !number.starts_with(['1', '5', '7']) {
        return shape::unknown_component(number, "首位通常为 1、5、7", "the first digit is usually 1, 5 or 7");
    }
    if number.len() == 7 {
        let (zh, en) = ("缺少括号内的校验码", "the check digit in parentheses is missing");
        return Checked::suspect(number, Finding::with_detail(Defect::Partial, zh, en));
    }
    Checked::valid(number)
}
