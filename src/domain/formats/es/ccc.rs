//! 西班牙银行账号, Spain CCC (Código Cuenta Cliente).
//!
//! Structure (20): 4 digits bank, 4 digits branch, 2 check digits, 10 digits account.
//! Check rule: weights 1 2 4 8 5 10 9 7 3 6 over 00 + bank + branch and over the account, 11 − Σ mod 11; 10 is 1, 11 is
//! 0.
//! Source: Banco de España, Consejo Superior Bancario (from memory, 2026-11-22).
//! Examples: 43214321390987654321, 00751234210600000011.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 西班牙银行账号.
pub const FORMAT: Declared = Declared {
    code: "es.ccc",
    name_zh: "西班牙银行账号",
    name_en: "Spain CCC (Código Cuenta Cliente)",
    source: "Banco de España, Consejo Superior Bancario",
    example: "43214321390987654321",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[20], |text| {
        let holds = holds(&text);
        let bank = numeric::part(&text, 0..4).to_owned();
        let mut checked = numeric::proved(text, holds);
        checked.fact("bank_code", bank);
        checked
    })
}

/// Whether both check digits of twenty digits hold.
pub fn holds(digits: &str) -> bool {
    let bank = format!("00{}", numeric::part(digits, 0..8));
    let expected = [check_digit(&bank), check_digit(numeric::part(digits, 10..20))];
    expected == [numeric::digit(digits, 8), numeric::digit(digits, 9)]
}

fn check_digit(ten: &str) -> u32 {
    match 11 - numeric::weighted(ten, &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 {
        10 => 1,
        11 => 0,
        rest => rest,
    }
}
