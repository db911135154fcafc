//! 黑山国际银行账号, Montenegrin international bank account number (IBAN).
//!
//! Structure (22): ME, 2 check digits, 3 bank, 13 account, 2 domestic check digits.
//! Check: MOD 97-10 over the IBAN and over its 18 domestic digits, both ≡ 1.
//! Standard: ISO 13616 registry; Central Bank of Montenegro (from memory, 2026-11-22).
//! Examples: ME25505567531635610187, ME25505114995194547488.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 黑山国际银行账号.
pub const FORMAT: Declared = Declared {
    code: "me.iban",
    name_zh: "黑山国际银行账号",
    name_en: "Montenegrin international bank account number (IBAN)",
    source: "ISO 13616 registry; Central Bank of Montenegro",
    example: "ME25505567531635610187",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if !number.starts_with("ME") {
        return shape::wrong_component(number, "不是黑山的 IBAN", "not an IBAN of Montenegro");
    }
    if number.chars().count() != 22 {
        return shape::wrong_length(number, "22");
    }
    let (head, account) = (number.get(..4).unwrap_or_default(), number.get(4..).unwrap_or_default());
    if !part::has_shape(head, "@@##") || !shape::is_digits(account) {
        return shape::wrong_shape(number);
    }
    if part::mod97(&format!("{account}{head}")) != Some(1) || part::mod97(account) != Some(1) {
        return shape::wrong_check_digit(number);
    }
    let bank = account.get(..3).unwrap_or_default().to_owned();
    let mut checked = Checked::valid(number);
    checked.fact("country", "ME");
    checked.fact("issuer", bank);
    checked
}
