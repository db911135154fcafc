//! 阿曼增值税号, Omani VAT number (VATIN).
//!
//! Structure (12): OM, 2 digits 11 or 12, 7 digits serial, 1 check character 0–9 or X.
//! Check: ISO 7064 MOD 11-2 over the serial and the check character. OM may be missing in the input.
//! Inferred: that the check covers the last 8 characters was fitted to 17 valid numbers of the conformance data; no
//! published rule was at hand.
//! Source: Oman Tax Authority (from memory, 2026-11-22).
//! Computed examples: OM1100432103, OM120031123X.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// 阿曼增值税号.
pub const FORMAT: Declared = Declared {
    code: "om.vat",
    name_zh: "阿曼增值税号",
    name_en: "Omani VAT number (VATIN)",
    source: "Oman Tax Authority",
    example: "OM1100432103",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let compact = shape::compact(input, " -.");
    let digits = numeric::without_prefix(&compact, "OM");
    let number = format!("OM{digits}");
    if let Some(fault) = numeric::length_fault(&digits, &[10]) {
        return Checked { normal: compact.into(), ..fault };
    }
    let body = numeric::part(&digits, 0..9);
    if !shape::is_digits(body) || !digits.ends_with(|c: char| c.is_ascii_digit() || c == 'X') {
        return shape::wrong_alphabet(number);
    }
    numeric::proved(number, systems::pure_holds(numeric::part(&digits, 2..10), systems::DIGITS_X, 2))
}
