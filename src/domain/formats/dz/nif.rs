//! 阿尔及利亚税号, Algeria NIF (Numéro d'Identification Fiscale).
//!
//! Structure (15, with establishment 20): digits.
//! Check rule: not published.
//! Source: Direction Générale des Impôts; Office National des Statistiques (from memory, 2026-11-22).
//! Examples: 000116001234567, 00011600123456712345.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 阿尔及利亚税号.
pub const FORMAT: Declared = Declared {
    code: "dz.nif",
    name_zh: "阿尔及利亚税号",
    name_en: "Algeria NIF (Numéro d'Identification Fiscale)",
    source: "Direction Générale des Impôts; Office National des Statistiques",
    example: "000116001234567",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[15, 20], Checked::valid)
}
