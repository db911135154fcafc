//! 罗马尼亚个人数字代码, Romanian personal numerical code (CNP).
//!
//! Structure (13): 1 digit gender and century (1 2 for 19yy, 3 4 for 18yy, 5 6 for 20yy, 7 8 resident foreigner, 9
//! foreigner; odd male), yymmdd birth date, 2 digits county, 3 digits serial, 1 check digit.
//! Check: Σ dᵢ·wᵢ (2 7 9 1 4 6 3 5 8 2 7 9) mod 11; 10 counts as 1.
//! Source: DEPABD (from memory, 2026-11-22).
//! Computed examples: 1850312123457, 6030215401117.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 罗马尼亚个人数字代码.
pub const FORMAT: Declared = Declared {
    code: "ro.cnp",
    name_zh: "罗马尼亚个人数字代码",
    name_en: "Romanian personal numerical code (CNP)",
    source: "DEPABD",
    example: "1850312123457",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    judge(shape::compact(input, " -"))
}

/// Judges a compact number.
pub fn judge(number: String) -> Checked {
    if let Some(fault) = numeric::fault(&number, &[13]) {
        return fault;
    }
    let kind = numeric::digit(&number, 0);
    let (year, month) = (numeric::number(&number, 1..3), numeric::number(&number, 3..5));
    let day = numeric::number(&number, 5..7);
    let born = match kind {
        0 => return shape::wrong_component(number, "首位不能为 0", "the first digit cannot be 0"),
        1 | 2 => numeric::date(1900 + year, month, day).map(Some),
        3 | 4 => numeric::date(1800 + year, month, day).map(Some),
        5 | 6 => numeric::date(2000 + year, month, day).map(Some),
        _ => numeric::short_date(year, month, day),
    };
    let Some(born) = born else { return numeric::wrong_date(number) };
    let rest = numeric::dot(&number, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    let expected = if rest == 10 { 1 } else { rest };
    if numeric::last_digit(&number) != Some(expected) {
        return shape::wrong_check_digit(number);
    }
    let county = numeric::number(&number, 7..9);
    let mut checked = match county {
        1..=48 | 51 | 52 | 70 | 80..=83 => Checked::valid(number),
        _ => shape::unknown_component(number, "未知的县代码", "an unknown county"),
    };
    // 9 is used for foreigners of both genders.
    if kind < 9 {
        numeric::add_person(&mut checked, born, kind % 2 == 1);
    }
    checked.fact("region_code", format!("{county:02}"));
    checked
}
