//! 芬兰个人税号, Finnish individual tax number (veronumero).
//!
//! Structure (12): random digits; the last is said to be a check digit, but its rule is not published.
//! Check: length and alphabet only.
//! Standard: Finnish Tax Administration, act 1231/2011 (from memory, 2026-11-22).
//! Examples: 268804497805, 251161504693.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 芬兰个人税号.
pub const FORMAT: Declared = Declared {
    code: "fi.veronumero",
    name_zh: "芬兰个人税号",
    name_en: "Finnish individual tax number (veronumero)",
    source: "Finnish Tax Administration, act 1231/2011",
    example: "268804497805",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    part::wrong_digits(&number, &[12]).unwrap_or_else(|| Checked::valid(number))
}
