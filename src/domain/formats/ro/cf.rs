//! 罗马尼亚增值税号, Romanian VAT number (CF).
//!
//! Structure: RO (kept when written), then a company identifier of 2–10 digits (see ro.cui) or a personal code of 13
//! (see ro.cnp).
//! Check: that of the identifier inside.
//! Source: ANAF (from memory, 2026-11-22).
//! Computed examples: RO12345674, 98765438.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 罗马尼亚增值税号.
pub const FORMAT: Declared = Declared {
    code: "ro.cf",
    name_zh: "罗马尼亚增值税号",
    name_en: "Romanian VAT number (CF)",
    source: "ANAF",
    example: "RO12345674",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let written = shape::compact(input, " -.");
    let number = numeric::without_prefix(&written, "RO");
    let checked = if number.len() == 13 { super::cnp::judge(number) } else { super::cui::judge(number) };
    Checked { normal: written.into(), ..checked }
}
