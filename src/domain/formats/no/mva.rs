//! 挪威增值税号, Norwegian VAT number (MVA).
//!
//! Structure (12, sometimes after NO): 9 digits organisation number, MVA.
//! Check: that of the organisation number.
//! Standard: Skatteetaten, Merverdiavgiftsregisteret (from memory, 2026-11-22).
//! Examples: 975422674MVA, 955566254MVA.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

use super::orgnr;

/// 挪威增值税号.
pub const FORMAT: Declared = Declared {
    code: "no.mva",
    name_zh: "挪威增值税号",
    name_en: "Norwegian VAT number (MVA)",
    source: "Skatteetaten, Merverdiavgiftsregisteret",
    example: "975422674MVA",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = part::without_prefix(shape::compact(input, " -."), &["NO"]);
    if number.chars().count() != 12 {
        return shape::wrong_length(number, "12");
    }
    if !part::has_shape(&number, "#########MVA") {
        return shape::wrong_shape(number);
    }
    if orgnr::holds(&number) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
