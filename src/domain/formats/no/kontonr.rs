//! 挪威银行账号, Norwegian bank account number (kontonummer).
//!
//! Structure (11): 4 bank, 2 group, 4 account, 1 check digit; or 7 digits of the former postal giro, whose bank is then
//! 0000.
//! Check: Σ digit · (5 4 3 2 7 6 5 4 3 2 1) ≡ 0 mod 11, in group 00 over the last 5 alone; postal giro Luhn.
//! Standard: Bits AS; postal giro accounts have 7 digits (from memory, 2026-11-22).
//! Examples: 86014900588, 86015904412.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

/// 挪威银行账号.
pub const FORMAT: Declared = Declared {
    code: "no.kontonr",
    name_zh: "挪威银行账号",
    name_en: "Norwegian bank account number (kontonummer)",
    source: "Bits AS; postal giro accounts have 7 digits",
    example: "86014900588",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(wrong) = part::wrong_digits(&number, &[7, 11]) {
        return wrong;
    }
    let is_giro = number.len() == 7;
    let fits = if is_giro { check_digit::luhn_holds(&number) } else { holds(&number) };
    if !fits {
        return shape::wrong_check_digit(number);
    }
    let bank = number.get(..4).filter(|_| !is_giro).map(str::to_owned);
    let mut checked = Checked::valid(number);
    if let Some(bank) = bank {
        checked.fact("issuer", bank);
    }
    checked
}

/// Whether the check digit of 11 digits fits.
pub(super) fn holds(number: &str) -> bool {
    let multiple =
        |digits: &str, weights: &[u32]| shape::weighted_sum(digits, weights).is_some_and(|sum| sum % 11 == 0);
    let in_group_00 = number.get(4..6) == Some("00");
    multiple(number, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1])
        || in_group_00 && number.get(6..).is_some_and(|tail| multiple(tail, &[5, 4, 3, 2, 1]))
}
