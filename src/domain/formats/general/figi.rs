//! 金融工具全球标识符, Financial instrument global identifier (FIGI).
//!
//! Structure (12): 2 consonants provider (not BS, BM, GG, GB, GH, KY, VG, which could be mistaken for an ISIN's
//! country), G, 8 digits or consonants, 1 check digit.
//! Check: values (A = 10 …), every second doubled, decimal digits added, (10 − Σ mod 10) mod 10.
//! Source: ANSI X9.145-2021, OMG FIGI (from memory, 2026-11-22).
//! Computed examples: BBG001234BC6, BBG00ZZZ1237.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 金融工具全球标识符.
pub const FORMAT: Declared = Declared {
    code: "figi",
    name_zh: "金融工具全球标识符",
    name_en: "Financial instrument global identifier (FIGI)",
    source: "ANSI X9.145-2021, OMG FIGI",
    example: "BBG001234BC6",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[12]) {
        return fault;
    }
    let prefix = numeric::part(&number, 0..2);
    if number.contains(['A', 'E', 'I', 'O', 'U']) {
        return shape::wrong_alphabet(number);
    }
    if shape::values(prefix).unwrap_or_default().iter().any(|value| *value < 10)
        || numeric::last_digit(&number).is_none()
    {
        return shape::wrong_shape(number);
    }
    if ["BS", "BM", "GG", "GB", "GH", "KY", "VG"].contains(&prefix) || number.chars().nth(2) != Some('G') {
        return shape::wrong_component(number, "前缀不可能", "an impossible prefix");
    }
    let values = shape::values(numeric::part(&number, 0..11)).unwrap_or_default();
    let products = values.iter().zip([1, 2].iter().cycle()).map(|(value, weight)| value * weight);
    let sum: u32 = products.map(|product| product / 10 + product % 10).sum();
    let holds = numeric::last_digit(&number) == Some((10 - sum % 10) % 10);
    numeric::proved(number, holds)
}
