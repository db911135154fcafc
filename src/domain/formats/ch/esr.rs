//! 瑞士付款单参考号, Switzerland ESR/QR reference.
//!
//! Structure (up to 27, leading zeros dropped): digits, the last a check digit.
//! Check rule: MOD 10 recursive with the table 0 9 4 6 8 2 7 1 3 5; (10 − carry) mod 10.
//! Source: SIX, Swiss Payment Standards; former PostFinance ESR (from memory, 2026-11-22).
//! Examples: 210000000001234567890000424, 123456789012343.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 瑞士付款单参考号.
pub const FORMAT: Declared = Declared {
    code: "ch.esr",
    name_zh: "瑞士付款单参考号",
    name_en: "Switzerland ESR/QR reference",
    source: "SIX, Swiss Payment Standards; former PostFinance ESR",
    example: "210000000001234567890000424",
    check_digit: true,
    check,
};

const TABLE: [u32; 10] = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];

fn check(input: &str) -> Checked {
    let compacted = shape::compact(input, " -.");
    let text = compacted.trim_start_matches('0').to_owned();
    if text.is_empty() || compacted.chars().count() > 27 {
        return shape::wrong_length(compacted, "1–27");
    }
    if !shape::is_digits(&text) {
        return shape::wrong_alphabet(text);
    }
    let holds = carry(&text) == Some(0);
    numeric::proved(text, holds)
}

/// The carry over all digits: 0 when the last of them is the right check digit.
fn carry(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |carry: u32, c| TABLE.get(((carry + c.to_digit(10)?) % 10) as usize).copied())
}
