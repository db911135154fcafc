//! 国际银行账号, International bank account number (IBAN).
//!
//! Structure (15–34): 2 letters country, 2 check digits, national account number (BBAN) of a length and structure
//! fixed for each country.
//! Check: the first four characters moved to the end, ISO 7064 MOD 97-10; national check digits of the BBAN in
//! Belgium, Spain, Montenegro and Norway must fit, those of some others are only doubted.
//! Source: ISO 13616-1:2020, SWIFT IBAN registry (from memory, 2026-11-22).
//! Computed examples: DE41500105170123456789, GB42ABCD12345612345678.

use super::{iban_national, iban_registry};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// 国际银行账号.
pub const FORMAT: Declared = Declared {
    code: "iban",
    name_zh: "国际银行账号",
    name_en: "International bank account number (IBAN)",
    source: "ISO 13616-1:2020, SWIFT IBAN registry",
    example: "DE41500105170123456789",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = numeric::without_prefix(&shape::compact(input, " -./:"), "IBAN");
    let (place, bban) = (numeric::part(&number, 0..2), numeric::part(&number, 4..number.len()));
    let Some(entry) = iban_registry::entry(place) else {
        return shape::wrong_component(number, "此国家没有 IBAN", "a country without IBAN");
    };
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[4 + iban_registry::length(entry.structure)]) {
        return fault;
    }
    if !shape::is_digits(numeric::part(&number, 2..4)) || !iban_registry::fits(bban, entry.structure) {
        return shape::wrong_shape(number);
    }
    if systems::remainder_97(&format!("{bban}{}", numeric::part(&number, 0..4))) != Some(1) {
        return shape::wrong_check_digit(number);
    }
    let national = iban_national::judge(place, bban);
    let place = place.to_owned();
    let mut checked = Checked::valid(number);
    checked.fact("country", place);
    if !entry.is_registered {
        let (zh, en) = ("此国家不在 IBAN 名录中", "a country that is not in the IBAN registry");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::UnknownComponent, zh, en));
    }
    if national != Validity::Valid {
        let (zh, en) = ("国内校验位不对", "the national check digits do not fit");
        checked.worsen(national, Finding::with_detail(Defect::Checksum, zh, en));
    }
    checked
}
