//! 巴西自然人税号, Brazil CPF (Cadastro de Pessoas Físicas).
//!
//! Structure (11): 8 digits serial, 1 digit fiscal region, 2 check digits.
//! Check rule, twice: weights 2, 3, 4 … from the right, Σ mod 11; 0 and 1 give 0, others 11 − rest. Eleven equal digits
//! fit the rule but are never issued.
//! Source: Receita Federal, IN RFB 2.172/2024 (from memory, 2026-11-22).
//! Examples: 12345678909, 00012345016.

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 巴西自然人税号.
pub const FORMAT: Declared = Declared {
    code: "br.cpf",
    name_zh: "巴西自然人税号",
    name_en: "Brazil CPF (Cadastro de Pessoas Físicas)",
    source: "Receita Federal, IN RFB 2.172/2024",
    example: "12345678909",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[11], |text| {
        if text.starts_with("000000000") {
            return shape::wrong_shape(text);
        }
        let holds = super::check_digits_hold(&text, 11);
        let equal = text.chars().all(|c| text.starts_with(c));
        let mut checked = numeric::proved(text, holds);
        if equal {
            checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
        }
        checked
    })
}
