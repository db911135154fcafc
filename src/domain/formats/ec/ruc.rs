//! 厄瓜多尔纳税人登记号, Ecuador RUC (Registro Único de Contribuyentes).
//!
//! Structure (13): 2 digits province, third digit kind: 0–5 persons (10 digits CI, 3 digits establishment), 6 public
//! bodies (9 digits, 4 digits establishment; also persons), 9 companies (10 digits, 3 digits establishment). The
//! establishment is not zero.
//! Check rule: persons Luhn; public weights 3 2 7 6 5 4 3 2 1, companies 4 3 2 7 6 5 4 3 2 1, Σ mod 11 = 0; some
//! companies registered lately follow the rule of public bodies.
//! Source: Servicio de Rentas Internas, Ley del RUC (from memory, 2026-11-22).
//! Examples: 1791234561001, 1712345675001.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, numeric, shape};

/// 厄瓜多尔纳税人登记号.
pub const FORMAT: Declared = Declared {
    code: "ec.ruc",
    name_zh: "厄瓜多尔纳税人登记号",
    name_en: "Ecuador RUC (Registro Único de Contribuyentes)",
    source: "Servicio de Rentas Internas, Ley del RUC",
    example: "1791234561001",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[13], |text| {
        if !super::ci::has_province(&text) {
            return shape::wrong_component(text, "没有这个省", "no such province");
        }
        let person = check_digit::luhn_holds(numeric::part(&text, 0..10));
        let public = numeric::weighted(&text, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
        let company = numeric::weighted(&text, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
        let (kind, holds, establishment) = match numeric::digit(&text, 2) {
            6 if public => ("public_body", true, 9..13),
            0..=6 => ("person", person, 10..13),
            9 => ("company", company || public, 10..13),
            _ => return shape::wrong_component(text, "第三位不能是 7 或 8", "the third digit is 7 or 8"),
        };
        if numeric::number(&text, establishment) == 0 {
            return shape::wrong_component(text, "分支号为零", "the establishment is zero");
        }
        let mut checked = numeric::proved(text, holds);
        checked.fact("entity_type", kind);
        checked
    })
}
