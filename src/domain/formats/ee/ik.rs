//! 爱沙尼亚个人号, Estonia personal code (Isikukood).
//!
//! Structure (11): 1 digit century and sex (1–2 1800s, 3–4 1900s, 5–6 2000s, 7–8 2100s; odd men, even women), 6 digits
//! birth date YYMMDD, 3 digits serial, 1 check digit.
//! Check rule: weights 1–9, 1, Σ mod 11; when 10, weights 3–9, 1, 2, 3, mod 11; when 10 again, 0.
//! Source: EVS 585:2007, Population Register Act (from memory, 2026-11-22).
//! Examples: 38001011235, 60502280120.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 爱沙尼亚个人号.
pub const FORMAT: Declared = Declared {
    code: "ee.ik",
    name_zh: "爱沙尼亚个人号",
    name_en: "Estonia personal code (Isikukood)",
    source: "EVS 585:2007, Population Register Act",
    example: "38001011235",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "EE", " -.", &[11], |text| {
        let first = numeric::digit(&text, 0);
        if !(1..=8).contains(&first) {
            return shape::wrong_component(text, "首位应为 1–8", "the first digit is not 1–8");
        }
        let year = 1800 + u64::from((first - 1) / 2) * 100 + numeric::number(&text, 1..3);
        let Some(birth) = numeric::date(year, numeric::number(&text, 3..5), numeric::number(&text, 5..7)) else {
            return numeric::wrong_date(text);
        };
        let expected = super::check_digit(&text, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1], &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]);
        let holds = numeric::digit(&text, 10) == expected;
        let mut checked = numeric::proved(text, holds);
        checked.fact("birth_date", birth.to_string());
        checked.fact("gender", if first % 2 == 1 { "M" } else { "F" });
        checked
    })
}
