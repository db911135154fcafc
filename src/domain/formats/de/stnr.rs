//! 德国税号, German tax number (Steuernummer).
//!
//! Structure: in a state's own form 10 or 11 digits (2–4 digits office, 3 or 4 digits district, 4 digits serial, 1
//! check digit); in the federal form 13 digits, the state's code first and the fifth digit 0.
//! Check rule: every state has its own and 10 or 11 digits do not name the state: not judged.
//! Source: Finance administrations of the states; ELSTER Grundinformationen (from memory, 2026-11-22).
//! Examples: 18123456789, 2866012345678.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 德国税号.
pub const FORMAT: Declared = Declared {
    code: "de.stnr",
    name_zh: "德国税号",
    name_en: "German tax number (Steuernummer)",
    source: "Finance administrations of the states; ELSTER Grundinformationen",
    example: "18123456789",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -./,", &[10, 11, 13], |text| {
        if text.len() != 13 {
            return Checked::valid(text);
        }
        match region(&text).filter(|_| numeric::digit(&text, 4) == 0) {
            None => shape::wrong_component(text, "不是任何联邦州的号码", "of no state"),
            Some(region) => {
                let mut checked = Checked::valid(text);
                checked.fact("region", region);
                checked
            }
        }
    })
}

fn region(text: &str) -> Option<&'static str> {
    Some(match numeric::number(text, 0..2) {
        10 => "Saarland",
        11 => "Berlin",
        21 => "Schleswig-Holstein",
        22 => "Hamburg",
        23 => "Niedersachsen",
        24 => "Bremen",
        26 => "Hessen",
        27 => "Rheinland-Pfalz",
        28 => "Baden-Württemberg",
        30 => "Brandenburg",
        31 => "Sachsen-Anhalt",
        32 => "Sachsen",
        40 => "Mecklenburg-Vorpommern",
        41 => "Thüringen",
        50..=59 => "Nordrhein-Westfalen",
        90..=99 => "Bayern",
        _ => return None,
    })
}
