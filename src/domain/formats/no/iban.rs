//! 挪威国际银行账号, Norwegian international bank account number (IBAN).
//!
//! Structure (15): NO, 2 check digits, 11 digits of the domestic account (4 bank, 6 account, 1 check digit).
//! Check: MOD 97-10 over the IBAN ≡ 1, and the check digit of the domestic account.
//! Standard: ISO 13616 registry; Bits AS (from memory, 2026-11-22).
//! Examples: NO7986018067279, NO2986016403271.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

use super::kontonr;

/// 挪威国际银行账号.
pub const FORMAT: Declared = Declared {
    code: "no.iban",
    name_zh: "挪威国际银行账号",
    name_en: "Norwegian international bank account number (IBAN)",
    source: "ISO 13616 registry; Bits AS",
    example: "NO7986018067279",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if !number.starts_with("NO") {
        return shape::wrong_component(number, "不是挪威的 IBAN", "not an IBAN of Norway");
    }
    if number.chars().count() != 15 {
        return shape::wrong_length(number, "15");
    }
    let (head, account) = (number.get(..4).unwrap_or_default(), number.get(4..).unwrap_or_default());
    if !part::has_shape(head, "@@##") || !shape::is_digits(account) {
        return shape::wrong_shape(number);
    }
    if part::mod97(&format!("{account}{head}")) != Some(1) || !kontonr::holds(account) {
        return shape::wrong_check_digit(number);
    }
    let bank = account.get(..4).unwrap_or_default().to_owned();
    let mut checked = Checked::valid(number);
    checked.fact("country", "NO");
    checked.fact("issuer", bank);
    checked
}
