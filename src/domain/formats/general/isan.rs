//! 国际标准视听作品号, International standard audiovisual number (ISAN).
//!
//! Structure: 12 hexadecimal digits work, 4 episode, optionally 1 check character, 8 version, 1 check character: 16,
//! 17, 24 or 26 characters.
//! Check: ISO 7064 MOD 37,36 over the 16, and over all 24 hexadecimal digits; without check characters nothing proves
//! the number.
//! Source: ISO 15706-1:2002, ISO 15706-2:2007 (from memory, 2026-11-22).
//! Computed examples: 0000000123450000, 000000012345000000000000.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// 国际标准视听作品号.
pub const FORMAT: Declared = Declared {
    code: "isan",
    name_zh: "国际标准视听作品号",
    name_en: "International standard audiovisual number (ISAN)",
    source: "ISO 15706-1:2002, ISO 15706-2:2007",
    example: "0000000123450000",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    let number = number.strip_prefix("ISAN").map(str::to_owned).unwrap_or(number);
    if let Some(fault) = numeric::length_fault(&number, &[16, 17, 24, 26]) {
        return fault;
    }
    let work = numeric::part(&number, 0..16).to_owned();
    let (first, version, second) = match number.len() {
        17 | 26 => (numeric::part(&number, 16..17), numeric::part(&number, 17..25), numeric::part(&number, 25..26)),
        _ => ("", numeric::part(&number, 16..24), ""),
    };
    let body = format!("{work}{version}");
    if work.len() != 16 || !body.bytes().all(|b| b.is_ascii_hexdigit()) {
        return shape::wrong_alphabet(number);
    }
    let fits = |text: &str, check: &str| {
        check.is_empty() || systems::hybrid_holds(&format!("{text}{check}"), systems::ALPHANUMERIC)
    };
    let holds = fits(&work, first) && fits(&body, second);
    numeric::proved(number, holds)
}
