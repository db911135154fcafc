//! 保加利亚增值税号, Bulgaria VAT number (ДДС номер).
//!
//! Structure (9 or 10): companies 8 digits and a check digit (BULSTAT); persons 10 digits: EGN, foreigner's number or
//! other. The country code BG is dropped.
//! Check rule: 9 digits Σ i·dᵢ mod 11, when that is 10 Σ (i + 2)·dᵢ mod 11 mod 10; 10 digits EGN, PNF or weights 4 3 2
//! 7 6 5 4 3 2 with 11 − Σ mod 11 (11 gives 0, 10 is not issued).
//! Source: National Revenue Agency; VIES (from memory, 2026-11-22).
//! Examples: 123456786, 8001012340.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 保加利亚增值税号.
pub const FORMAT: Declared = Declared {
    code: "bg.vat",
    name_zh: "保加利亚增值税号",
    name_en: "Bulgaria VAT number (ДДС номер)",
    source: "National Revenue Agency; VIES",
    example: "123456786",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "BG", " -.", &[9, 10], |text| {
        let company = text.len() == 9;
        let holds = if company {
            company_holds(&text)
        } else {
            super::egn::holds(&text) || super::pnf::holds(&text) || other_holds(&text)
        };
        let mut checked = numeric::proved(text, holds);
        checked.fact("entity_type", if company { "company" } else { "person" });
        checked
    })
}

fn company_holds(text: &str) -> bool {
    let expected = match numeric::weighted(text, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
        10 => numeric::weighted(text, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10,
        rest => rest,
    };
    numeric::digit(text, 8) == expected
}

fn other_holds(text: &str) -> bool {
    let expected = (11 - numeric::weighted(text, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    numeric::digit(text, 9) == expected
}
