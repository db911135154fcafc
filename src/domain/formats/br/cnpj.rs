//! 巴西法人登记号, Brazil CNPJ (Cadastro Nacional da Pessoa Jurídica).
//!
//! Structure (14): 8 characters root, 4 characters establishment (digits or, since July 2026, capital letters), 2 check
//! digits.
//! Check rule, twice: values (code − 48) with weights 2–9 repeated from the right, Σ mod 11; 0 and 1 give 0, others 11
//! − rest.
//! Source: Receita Federal, IN RFB 2.119/2022 and 2.229/2024 (from memory, 2026-11-22).
//! Examples: 12345678000195, 12ABC345000188.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 巴西法人登记号.
pub const FORMAT: Declared = Declared {
    code: "br.cnpj",
    name_zh: "巴西法人登记号",
    name_en: "Brazil CNPJ (Cadastro Nacional da Pessoa Jurídica)",
    source: "Receita Federal, IN RFB 2.119/2022 and 2.229/2024",
    example: "12345678000195",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -./");
    if text.chars().count() != 14 {
        return shape::wrong_length(text, "14");
    }
    if !numeric::fits(&text, "XXXXXXXXXXXX99") {
        return shape::wrong_alphabet(text);
    }
    if text.starts_with("000000000000") {
        return shape::wrong_shape(text);
    }
    let holds = super::check_digits_hold(&text, 9);
    let root = numeric::part(&text, 0..8).to_owned();
    let establishment = numeric::part(&text, 8..12).to_owned();
    let mut checked = numeric::proved(text, holds);
    checked.fact("root", root);
    checked.fact("establishment", establishment);
    checked
}
