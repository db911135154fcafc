//! 芬兰社团登记号, Finnish association identifier (rekisterinumero).
//!
//! Structure (1–6): serial digits, without a check digit.
//! Check: length and alphabet only.
//! Standard: Finnish Patent and Registration Office, register of associations (from memory, 2026-11-22).
//! Examples: 3802, 1487.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 芬兰社团登记号.
pub const FORMAT: Declared = Declared {
    code: "fi.associationid",
    name_zh: "芬兰社团登记号",
    name_en: "Finnish association identifier (rekisterinumero)",
    source: "Finnish Patent and Registration Office, register of associations",
    example: "3802",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    part::wrong_digits(&number, &[1, 2, 3, 4, 5, 6]).unwrap_or_else(|| Checked::valid(number))
}
