//! 挪威机构号, Norwegian organisation number (organisasjonsnummer).
//!
//! Structure (9): 8 digits serial (from 8 or 9), 1 check digit.
//! Check: Σ digit · (3 2 7 6 5 4 3 2 1) ≡ 0 mod 11.
//! Standard: Brønnøysundregistrene, Enhetsregisteret (from memory, 2026-11-22).
//! Examples: 970984895, 982308194.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 挪威机构号.
pub const FORMAT: Declared = Declared {
    code: "no.orgnr",
    name_zh: "挪威机构号",
    name_en: "Norwegian organisation number (organisasjonsnummer)",
    source: "Brønnøysundregistrene, Enhetsregisteret",
    example: "970984895",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[9]) {
        return wrong;
    }
    if holds(&number) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}

/// Whether the check digit of the first 9 digits fits.
pub(super) fn holds(number: &str) -> bool {
    shape::weighted_sum(number, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_some_and(|sum| sum % 11 == 0)
}
