//! 墨西哥联邦纳税人登记号, Mexican federal taxpayer number (RFC).
//!
//! Structure: companies 12: 3 letters (Ñ and & too), date of foundation YYMMDD, 2 characters homoclave, 1 check
//! character; persons 13: 4 letters, date of birth, the same; persons without homoclave 10.
//! Check: (11 − Σ value · (13 … 2) mod 11), 10 written A; & = 24, Ñ = 38, a blank before companies = 37. Early numbers
//! exist whose check character does not fit, so that alone makes a value suspect, not invalid.
//! Standard: SAT, Código Fiscal de la Federación 27 (from memory, 2026-11-22).
//! Examples: PEXJ850517AB1, PEXJ850517AB1.

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 墨西哥联邦纳税人登记号.
pub const FORMAT: Declared = Declared {
    code: "mx.rfc",
    name_zh: "墨西哥联邦纳税人登记号",
    name_en: "Mexican federal taxpayer number (RFC)",
    source: "SAT, Código Fiscal de la Federación 27",
    example: "PEXJ850517AB1",
    check_digit: true,
    check,
};

const ALPHABET: &str = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -_");
    let names = match number.chars().count() {
        10 | 13 => 4,
        12 => 3,
        _ => return shape::wrong_length(number, "10/12/13"),
    };
    let tail: String = number.chars().skip(names).collect();
    let are_letters = number.chars().take(names).all(|c| c.is_ascii_uppercase() || c == 'Ñ' || c == '&');
    let fits =
        part::has_shape(&tail, "######") || part::has_shape(&tail, "######**#") || part::has_shape(&tail, "######**A");
    if !are_letters || !fits {
        return shape::wrong_shape(number);
    }
    let day = part::number_at(&tail, 0..6).unwrap_or_default();
    if !part::short_date_exists(day / 10_000, day / 100 % 100, day % 100) {
        return shape::wrong_component(number, "日期不存在", "the date does not exist");
    }
    let mut checked = Checked::valid(number.as_str());
    checked.fact("entity_type", if names == 4 { "person" } else { "company" });
    if tail.len() > 6 && !holds(&number) {
        let finding = Finding::with_detail(Defect::Checksum, "早期号码可能如此", "early numbers may be so");
        checked.worsen(Validity::Suspect, finding);
    }
    checked
}

fn holds(number: &str) -> bool {
    let padded = format!("{number:>13}");
    let values = padded.chars().map(|c| ALPHABET.chars().position(|a| a == c).unwrap_or_default());
    let sum: usize = values.take(12).zip((2..=13).rev()).map(|(value, weight)| value * weight).sum();
    "0123456789A0".chars().nth(11 - sum % 11) == number.chars().last()
}
