//! 保加利亚公民号, Bulgaria EGN (Единен граждански номер).
//!
//! Structure (10): 6 digits birth date YYMMDD (month + 20: 1800s, + 40: 2000s), 3 digits region and serial (ninth digit
//! even: men, odd: women), 1 check digit.
//! Check rule: weights 2 4 8 5 10 9 7 3 6, Σ mod 11 mod 10.
//! Source: GRAO, Civil Registration Act (from memory, 2026-11-22).
//! Examples: 8001012340, 0542281239.

use crate::domain::date::CivilDate;
use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 保加利亚公民号.
pub const FORMAT: Declared = Declared {
    code: "bg.egn",
    name_zh: "保加利亚公民号",
    name_en: "Bulgaria EGN (Единен граждански номер)",
    source: "GRAO, Civil Registration Act",
    example: "8001012340",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "BG", " -.", &[10], |text| match birth_date(&text) {
        None => numeric::wrong_date(text),
        Some(birth) => {
            let holds = check_holds(&text);
            let gender = if numeric::digit(&text, 8).is_multiple_of(2) { "M" } else { "F" };
            let mut checked = numeric::proved(text, holds);
            checked.fact("birth_date", birth.to_string());
            checked.fact("gender", gender);
            checked
        }
    })
}

/// Whether ten digits are a citizen's number with a real date.
pub fn holds(digits: &str) -> bool {
    birth_date(digits).is_some() && check_holds(digits)
}

fn check_holds(text: &str) -> bool {
    numeric::weighted(text, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == numeric::digit(text, 9)
}

fn birth_date(text: &str) -> Option<CivilDate> {
    let month = numeric::number(text, 2..4);
    let century = match month {
        1..=12 => 1900,
        21..=32 => 1800,
        41..=52 => 2000,
        _ => return None,
    };
    numeric::date(century + numeric::number(text, 0..2), month % 20, numeric::number(text, 4..6))
}
