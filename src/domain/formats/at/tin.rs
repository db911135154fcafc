//! 奥地利税务账号, Austria Abgabenkontonummer.
//!
//! Structure (9): 2 digits tax office, 6 digits account, 1 check digit. Written FF-NNN/NNNN.
//! Check rule: weights 1 2 1 2 1 2 1 2, cross sums of the products, to a multiple of 10 (Luhn). The tax office must be
//! one of those before the reform of 2021, whose numbers live on.
//! Source: BMF, Bundesabgabenordnung; OECD TIN notes (from memory, 2026-11-22).
//! Examples: 987654324, 460123458.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, numeric, shape};

/// 奥地利税务账号.
pub const FORMAT: Declared = Declared {
    code: "at.tin",
    name_zh: "奥地利税务账号",
    name_en: "Austria Abgabenkontonummer",
    source: "BMF, Bundesabgabenordnung; OECD TIN notes",
    example: "987654324",
    check_digit: true,
    check,
};

/// The offices' numbers, sorted.
const OFFICES: &[u64] = &[
    3, 4, 6, 7, 8, 9, 10, 12, 15, 16, 18, 22, 23, 29, 33, 38, 41, 46, 51, 52, 53, 54, 57, 59, 61, 65, 67, 68, 69, 71,
    72, 81, 82, 83, 84, 90, 91, 93, 97, 98,
];

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -./", &[9], |text| {
        if !check_digit::luhn_holds(&text) {
            return shape::wrong_check_digit(text);
        }
        if OFFICES.binary_search(&numeric::number(&text, 0..2)).is_err() {
            return shape::wrong_component(text, "没有这个税务局", "no such tax office");
        }
        let office = numeric::part(&text, 0..2).to_owned();
        let mut checked = Checked::valid(text);
        checked.fact("issuer", office);
        checked
    })
}
