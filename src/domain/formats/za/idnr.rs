//! 南非身份证号, South African identity number.
//!
//! Structure (13): yymmdd birth date, 4 digits serial (below 5000 female), 1 digit status (0 citizen, 1 permanent
//! resident, 2 refugee), 1 digit formerly race (8 or 9 now), 1 check digit.
//! Check: Luhn.
//! Source: Department of Home Affairs; Identification Act 1997 (from memory, 2026-11-22).
//! Computed examples: 8503125001086, 9006150123188.

use crate::domain::finding::Checked;
use crate::domain::formats::{check_digit, declared::Declared, general::numeric, shape};

/// 南非身份证号.
pub const FORMAT: Declared = Declared {
    code: "za.idnr",
    name_zh: "南非身份证号",
    name_en: "South African identity number",
    source: "Department of Home Affairs; Identification Act 1997",
    example: "8503125001086",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[13]) {
        return fault;
    }
    let (year, month) = (numeric::number(&number, 0..2), numeric::number(&number, 2..4));
    let Some(born) = numeric::short_date(year, month, numeric::number(&number, 4..6)) else {
        return numeric::wrong_date(number);
    };
    let status = match numeric::digit(&number, 10) {
        0 => "citizen",
        1 => "permanent_resident",
        2 => "refugee",
        _ => return shape::wrong_component(number, "身份位不可能", "an impossible status digit"),
    };
    let (holds, is_male) = (check_digit::luhn_holds(&number), numeric::digit(&number, 6) >= 5);
    let mut checked = numeric::proved(number, holds);
    numeric::add_person(&mut checked, born, is_male);
    checked.fact("citizenship", status);
    checked
}
