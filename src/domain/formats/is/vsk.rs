//! 冰岛增值税号, Icelandic VAT number (VSK).
//!
//! Structure (5–6, sometimes after IS): serial digits, without a check digit.
//! Check: length and alphabet only.
//! Standard: Ríkisskattstjóri, Iceland Revenue (from memory, 2026-11-22).
//! Examples: 88267, 36570.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 冰岛增值税号.
pub const FORMAT: Declared = Declared {
    code: "is.vsk",
    name_zh: "冰岛增值税号",
    name_en: "Icelandic VAT number (VSK)",
    source: "Ríkisskattstjóri, Iceland Revenue",
    example: "88267",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -"), &["IS"]);
    part::wrong_digits(&number, &[5, 6]).unwrap_or_else(|| Checked::valid(number))
}
