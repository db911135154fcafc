//! 古巴身份证号, Cuba NI (Número de identidad).
//!
//! Structure (11): 6 digits birth date YYMMDD, 1 digit century (9: 1800s, 0–5: 1900s, 6–8: 2000s), 2 digits serial, 1
//! digit sex (even: men, odd: women), 1 digit control.
//! Check rule: the last digit's rule is not published.
//! Source: Ministerio del Interior, Ley 1234 of 1971 (from memory, 2026-11-22).
//! Examples: 80010101233, 05123161242.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 古巴身份证号.
pub const FORMAT: Declared = Declared {
    code: "cu.ni",
    name_zh: "古巴身份证号",
    name_en: "Cuba NI (Número de identidad)",
    source: "Ministerio del Interior, Ley 1234 of 1971",
    example: "80010101233",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[11], |text| {
        let century = match numeric::digit(&text, 6) {
            9 => 1800,
            0..=5 => 1900,
            _ => 2000,
        };
        let year = century + numeric::number(&text, 0..2);
        let Some(birth) = numeric::date(year, numeric::number(&text, 2..4), numeric::number(&text, 4..6)) else {
            return numeric::wrong_date(text);
        };
        let gender = if numeric::digit(&text, 9).is_multiple_of(2) { "M" } else { "F" };
        let mut checked = Checked::valid(text);
        checked.fact("birth_date", birth.to_string());
        checked.fact("gender", gender);
        checked
    })
}
