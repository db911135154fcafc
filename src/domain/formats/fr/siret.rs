//! 法国企业机构识别号, French establishment number (SIRET).
//!
//! Structure (14): 9 digits SIREN, 4 digits establishment, 1 check digit.
//! Check: Luhn over the SIREN and over all 14; establishments of La Poste (SIREN 356000000): the plain sum of the
//! digits ≡ 0 mod 5 is enough.
//! Standard: INSEE, répertoire Sirene (from memory, 2026-11-22).
//! Examples: 89928043293865, 75453229935714.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

/// 法国企业机构识别号.
pub const FORMAT: Declared = Declared {
    code: "fr.siret",
    name_zh: "法国企业机构识别号",
    name_en: "French establishment number (SIRET)",
    source: "INSEE, répertoire Sirene",
    example: "89928043293865",
    check_digit: true,
    check,
};

const LA_POSTE: &str = "356000000";

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[14]) {
        return wrong;
    }
    let siren = number.get(..9).unwrap_or_default().to_owned();
    let holds = check_digit::luhn_holds(&number) || siren == LA_POSTE && digit_sum(&number).is_multiple_of(5);
    if !check_digit::luhn_holds(&siren) || !holds {
        return shape::wrong_check_digit(number);
    }
    let mut checked = Checked::valid(number);
    checked.fact("siren", siren);
    checked
}

fn digit_sum(number: &str) -> u32 {
    number.chars().filter_map(|c| c.to_digit(10)).sum()
}
