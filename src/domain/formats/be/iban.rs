//! 比利时 IBAN, Belgium IBAN.
//!
//! Structure (16): BE, 2 check digits, 3 digits bank, 7 digits account, 2 national check digits.
//! Check rule: MOD 97-10 over the rearranged whole; the first 10 account digits mod 97, 97 for 0. The bank must be
//! allocated (`banks`).
//! Source: ISO 13616; Febelfin account number standard (from memory, 2026-11-22).
//! Examples: BE48001123456727, BE53979123456753.

use super::banks::{self, Allocation};
use super::population;
use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 比利时 IBAN.
pub const FORMAT: Declared = Declared {
    code: "be.iban",
    name_zh: "比利时 IBAN",
    name_en: "Belgium IBAN",
    source: "ISO 13616; Febelfin account number standard",
    example: "BE48001123456727",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -.");
    if !text.starts_with("BE") {
        return shape::wrong_component(text, "不是比利时账号", "not a Belgian account");
    }
    if text.chars().count() != 16 {
        return shape::wrong_length(text, "16");
    }
    if !numeric::fits(&text, "AA99999999999999") {
        return shape::wrong_alphabet(text);
    }
    let account = numeric::part(&text, 4..16);
    let rearranged = format!("{account}{}", numeric::part(&text, 0..4));
    let holds = numeric::modulo_97(&rearranged) == Some(1) && population::remainder_holds(account);
    if !holds {
        return shape::wrong_check_digit(text);
    }
    let bank = numeric::part(account, 0..3).to_owned();
    let mut checked = match banks::allocation(numeric::number(&bank, 0..3)) {
        Allocation::Allocated => Checked::valid(text),
        Allocation::Open => shape::unknown_component(text, "未知的银行代码", "an unknown bank"),
        Allocation::Free => shape::wrong_component(text, "没有这个银行代码", "no such bank"),
    };
    checked.fact("bank_code", bank);
    checked
}
