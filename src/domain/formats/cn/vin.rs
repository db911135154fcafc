//! 车辆识别代号, vehicle identification number (VIN).
//!
//! Structure (17): 3 manufacturer (first L: China), 5 vehicle, 1 check digit 0–9 or X, 1 model year, 1 plant, 6 sequence.
//! No I, O, Q. Check: letters A–H 1–8, J–N 1–5, P 7, R 9, S–Z 2–9; Σ vᵢ·wᵢ (8 7 6 5 4 3 2 10 0 9 8 7 6 5 4 3 2) mod 11,
//! 10 as X. Binding in China and North America; elsewhere the ninth character is free, and imports are met everywhere.
//! Standard: GB 16735-2019, ISO 3779. Examples: LSJA24U62JG269225, LDC613P23A1305189.

use super::{compact, is_masked};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, shape};

/// 车辆识别代号.
pub const FORMAT: Declared = Declared {
    code: "cn.vin",
    name_zh: "车辆识别代号",
    name_en: "vehicle identification number",
    source: "GB 16735-2019, ISO 3779",
    example: "LSJA24U62JG269225",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = compact(input);
    if is_masked(&text) && !holds(&text) {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    if text.chars().count() != 17 {
        return shape::wrong_length(text, "17");
    }
    if text.contains(['I', 'O', 'Q']) {
        return wrong_letter(text);
    }
    if shape::values(&text).is_none() {
        return shape::wrong_alphabet(text);
    }
    let mut checked = Checked::valid(text.as_str());
    checked.fact("wmi", text.get(..3).unwrap_or_default());
    checked.fact("model_year_code", text.get(9..10).unwrap_or_default());
    if text.starts_with('L') {
        checked.fact("country", "CN");
    }
    if !holds(&text) {
        let (zh, en) = ("进口车可以没有校验位", "imported vehicles may have none");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Checksum, zh, en));
    }
    if is_filler(&text) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    checked
}

/// One character seventeen times; 1 passes the check.
fn is_filler(text: &str) -> bool {
    let first = text.chars().next();
    text.chars().all(|c| Some(c) == first)
}

/// Whether the ninth character fits the others.
fn holds(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let values: Option<Vec<u32>> = text.chars().map(value).collect();
    let Some(values) = values.filter(|values| values.len() == WEIGHTS.len()) else { return false };
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    let expected = if sum % 11 == 10 { Some('X') } else { char::from_digit(sum % 11, 10) };
    text.chars().nth(8) == expected
}

fn value(c: char) -> Option<u32> {
    Some(match c {
        '0'..='9' => c.to_digit(10)?,
        'A'..='H' => u32::from(c) - u32::from('A') + 1,
        'J'..='N' => u32::from(c) - u32::from('J') + 1,
        'P' => 7,
        'R' => 9,
        'S'..='Z' => u32::from(c) - u32::from('S') + 2,
        _ => return None,
    })
}

fn wrong_letter(text: String) -> Checked {
    let proposal: String = text
        .chars()
        .map(|c| match c {
            'I' => '1',
            'O' | 'Q' => '0',
            other => other,
        })
        .collect();
    let finding = Finding::with_detail(Defect::Alphabet, "不使用 I、O、Q", "I, O and Q are not used");
    let (zh, en) = ("改正形近字符后校验通过", "the check fits after replacing look-alikes");
    Checked::invalid(text, if holds(&proposal) { finding.suggest(proposal, zh, en) } else { finding })
}
