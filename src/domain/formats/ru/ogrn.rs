//! 俄罗斯国家登记号, Russian state registration number (OGRN, OGRNIP).
//!
//! Structure (13 OGRN, 15 OGRNIP): 1 digit kind (1 5 company, 3 sole trader, others entries of the registers), 2
//! digits year, 2 digits region, serial, 1 check digit.
//! Check: the digits before it as a number modulo 11 (13 digits) or 13 (15 digits), mod 10.
//! Source: Federal Tax Service of Russia (from memory, 2026-11-22).
//! Computed examples: 1027701234560, 315774600123450.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 俄罗斯国家登记号.
pub const FORMAT: Declared = Declared {
    code: "ru.ogrn",
    name_zh: "俄罗斯国家登记号",
    name_en: "Russian state registration number (OGRN, OGRNIP)",
    source: "Federal Tax Service of Russia",
    example: "1027701234560",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[13, 15]) {
        return fault;
    }
    if number.starts_with('0') {
        return shape::wrong_component(number, "首位不能为 0", "the first digit cannot be 0");
    }
    let is_trader = number.len() == 15;
    let body: u64 = numeric::part(&number, 0..number.len() - 1).parse().unwrap_or(0);
    let expected = body % if is_trader { 13 } else { 11 } % 10;
    let holds = numeric::last_digit(&number).map(u64::from) == Some(expected);
    let region = numeric::part(&number, 3..5).to_owned();
    let mut checked = numeric::proved(number, holds);
    checked.fact("entity_type", if is_trader { "sole_trader" } else { "company" });
    checked.fact("region_code", region);
    checked
}
