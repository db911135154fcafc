//! 西班牙 IBAN, Spain IBAN.
//!
//! Structure (24): ES, 2 check digits, 20 digits account (`es.ccc`: bank, branch, 2 check digits, account).
//! Check rule: MOD 97-10 over the rearranged whole; the check digits of the account.
//! Source: ISO 13616; Banco de España (from memory, 2026-11-22).
//! Examples: ES2743214321390987654321, ES5100751234210600000011.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 西班牙 IBAN.
pub const FORMAT: Declared = Declared {
    code: "es.iban",
    name_zh: "西班牙 IBAN",
    name_en: "Spain IBAN",
    source: "ISO 13616; Banco de España",
    example: "ES2743214321390987654321",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -.");
    if !text.starts_with("ES") {
        return shape::wrong_component(text, "不是西班牙账号", "not a Spanish account");
    }
    if text.chars().count() != 24 {
        return shape::wrong_length(text, "24");
    }
    if !numeric::fits(&text, "AA9999999999999999999999") {
        return shape::wrong_alphabet(text);
    }
    let account = numeric::part(&text, 4..24);
    let rearranged = format!("{account}{}", numeric::part(&text, 0..4));
    let holds = numeric::modulo_97(&rearranged) == Some(1) && super::ccc::holds(account);
    let bank = numeric::part(account, 0..4).to_owned();
    let mut checked = numeric::proved(text, holds);
    checked.fact("bank_code", bank);
    checked
}
