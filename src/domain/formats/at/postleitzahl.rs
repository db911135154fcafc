//! 奥地利邮政编码, Austria Postleitzahl.
//!
//! Structure (4): 1 digit region (1 Vienna … 9 Carinthia and East Tyrol), 1 digit area, 2 digits delivery. In use:
//! 1010–9992; no code begins with 0.
//! Check rule: none.
//! Source: Österreichische Post (from memory, 2026-11-22).
//! Examples: 1010, 5020.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 奥地利邮政编码.
pub const FORMAT: Declared = Declared {
    code: "at.postleitzahl",
    name_zh: "奥地利邮政编码",
    name_en: "Austria Postleitzahl",
    source: "Österreichische Post",
    example: "1010",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "A-", " ", &[4], |text| match numeric::number(&text, 0..4) {
        0..=999 => shape::wrong_component(text, "不以 0 开头", "no code begins with 0"),
        1010..=9992 => Checked::valid(text),
        _ => shape::unknown_component(text, "不在 1010–9992 之内", "outside 1010–9992"),
    })
}
