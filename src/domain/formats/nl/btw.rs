//! 荷兰增值税号, Dutch VAT number (btw-identificatienummer).
//!
//! Structure (12, often after NL): 9 digits (zeros in front may be missing), B, 2 digits; until 2019 the first 9 were
//! the RSIN or BSN, since 2020 persons have random ones.
//! Check: the eleven test over the 9 digits, or MOD 97-10 over NL and the whole number ≡ 1.
//! Standard: Belastingdienst; EU VIES (from memory, 2026-11-22).
//! Examples: 342287011B01, 200270874B01.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

use super::bsn;

/// 荷兰增值税号.
pub const FORMAT: Declared = Declared {
    code: "nl.btw",
    name_zh: "荷兰增值税号",
    name_en: "Dutch VAT number (btw-identificatienummer)",
    source: "Belastingdienst; EU VIES",
    example: "342287011B01",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let typed = part::without_prefix(shape::compact(input, " -."), &["NL"]);
    let number = match typed.chars().count() {
        10 | 11 => format!("{typed:0>12}"),
        _ => typed,
    };
    if number.chars().count() != 12 {
        return shape::wrong_length(number, "12");
    }
    if !part::has_shape(&number, "#########B##") {
        return shape::wrong_shape(number);
    }
    let base = number.get(..9).unwrap_or_default();
    let is_bsn = bsn::rest(base) == Some(0) && base != "000000000";
    if is_bsn || part::mod97(&format!("NL{number}")) == Some(1) {
        Checked::valid(number)
    } else {
        shape::wrong_check_digit(number)
    }
}
