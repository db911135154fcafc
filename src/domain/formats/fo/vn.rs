//! 法罗群岛税务号, Faroese tax number (V-tal).
//!
//! Structure (6, sometimes after FO): serial digits, without a published check digit.
//! Check: length and alphabet only.
//! Standard: Taks, the Faroese tax authority (from memory, 2026-11-22).
//! Examples: 848417, 988060.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 法罗群岛税务号.
pub const FORMAT: Declared = Declared {
    code: "fo.vn",
    name_zh: "法罗群岛税务号",
    name_en: "Faroese tax number (V-tal)",
    source: "Taks, the Faroese tax authority",
    example: "848417",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -."), &["FO"]);
    part::wrong_digits(&number, &[6]).unwrap_or_else(|| Checked::valid(number))
}
