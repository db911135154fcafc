//! 乌克兰个人税号, Ukrainian personal tax number (РНОКПП).
//!
//! Structure (10): 5 digits days since 1899-12-31 (the birth date), 4 digits serial (last: odd male, even female), 1
//! check digit.
//! Check: Σ dᵢ·wᵢ (−1 5 7 9 4 6 10 5 7) mod 11 mod 10.
//! Source: State Tax Service of Ukraine (from memory, 2026-11-22).
//! Computed examples: 3112201230, 2954004561.

use crate::domain::date::CivilDate;
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 乌克兰个人税号.
pub const FORMAT: Declared = Declared {
    code: "ua.rntrc",
    name_zh: "乌克兰个人税号",
    name_en: "Ukrainian personal tax number (РНОКПП)",
    source: "State Tax Service of Ukraine",
    example: "3112201230",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[10]) {
        return fault;
    }
    // −1 is 10 modulo 11.
    let expected = numeric::dot(&number, &[10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10;
    let holds = numeric::last_digit(&number) == Some(expected);
    let (days, is_male) = (numeric::number(&number, 0..5), numeric::digit(&number, 8) % 2 == 1);
    let mut checked = numeric::proved(number, holds);
    // Day 25568 is 1970-01-01.
    let born = CivilDate::from_days_since_epoch(i64::from(days) - 25_568).filter(|_| days > 0);
    numeric::add_person(&mut checked, born, is_male);
    checked
}
