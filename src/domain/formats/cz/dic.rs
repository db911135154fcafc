//! 捷克税号, Czech DIČ (Daňové identifikační číslo).
//!
//! Structure: companies 8 digits (the IČO, not beginning with 9); persons 9 or 10 digits, the birth number (`cz.rc`),
//! or 9 digits beginning with 6 for special cases; the country code CZ is dropped.
//! Check rule: 8 digits weights 8–2, (11 − Σ mod 11) mod 10; special Σ of weights 8–2 over digits 2–8, its distance
//! 1–11 to the next higher multiple of 11 taken from 9, modulo 10.
//! Source: Czech Financial Administration; VIES (from memory, 2026-11-22).
//! Examples: 12345679, 612345670.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 捷克税号.
pub const FORMAT: Declared = Declared {
    code: "cz.dic",
    name_zh: "捷克税号",
    name_en: "Czech DIČ (Daňové identifikační číslo)",
    source: "Czech Financial Administration; VIES",
    example: "12345679",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "CZ", " /.-", &[8, 9, 10], |text| {
        if text.len() == 8 && text.starts_with('9') {
            return shape::wrong_component(text, "8 位时不以 9 开头", "8 digits beginning with 9");
        }
        if text.len() == 8 {
            let holds = super::ico::holds(&text);
            return with_kind(numeric::proved(text, holds), "company");
        }
        if text.len() == 9 && special_holds(&text) {
            return with_kind(Checked::valid(text), "person");
        }
        with_kind(super::rc::judge(text), "person")
    })
}

fn with_kind(mut checked: Checked, kind: &'static str) -> Checked {
    checked.fact("entity_type", kind);
    checked
}

fn special_holds(text: &str) -> bool {
    let distance = 11 - numeric::weighted(numeric::part(text, 1..8), &[8, 7, 6, 5, 4, 3, 2]) % 11;
    text.starts_with('6') && (19 - distance) % 10 == numeric::digit(text, 8)
}
