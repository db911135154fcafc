//! 北马其顿税号, North Macedonian tax number (EDB).
//!
//! Structure (13, sometimes after MK in Latin or Cyrillic): 1 kind, 2 office, 9 serial, 1 check digit.
//! Check: −Σ digit · (7 6 5 4 3 2 7 6 5 4 3 2) mod 11 mod 10.
//! Standard: Public Revenue Office of North Macedonia (from memory, 2026-11-22).
//! Examples: 4030088853610, 4030079921816.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 北马其顿税号.
pub const FORMAT: Declared = Declared {
    code: "mk.edb",
    name_zh: "北马其顿税号",
    name_en: "North Macedonian tax number (EDB)",
    source: "Public Revenue Office of North Macedonia",
    example: "4030088853610",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -"), &["MK", "МК"]);
    if let Some(wrong) = part::wrong_digits(&number, &[13]) {
        return wrong;
    }
    let sum = shape::weighted_sum(&number, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]).unwrap_or_default();
    if part::ends_with_nth(&number, "0123456789", (11 - sum % 11) % 11 % 10) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
