//! 摩纳哥增值税号, Monegasque VAT number (numéro de TVA).
//!
//! Structure (13): FR, 2 key characters, 000, 6 digits: a French VAT number whose company number begins with 000.
//! Check: that of the French VAT number.
//! Standard: Convention fiscale franco-monégasque; EU VIES (from memory, 2026-11-22).
//! Examples: FR35000255344, FR38000888173.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::fr::tva;
use crate::domain::formats::{part, shape};

/// 摩纳哥增值税号.
pub const FORMAT: Declared = Declared {
    code: "mc.tva",
    name_zh: "摩纳哥增值税号",
    name_en: "Monegasque VAT number (numéro de TVA)",
    source: "Convention fiscale franco-monégasque; EU VIES",
    example: "FR35000255344",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let typed = shape::compact(input, " -.");
    let number = if typed.len() > 11 { part::without_prefix(typed, &["FR", "MC"]) } else { typed };
    if number.chars().count() != 11 {
        return shape::wrong_length(number, "11");
    }
    if !part::has_shape(&number, "**#########") {
        return shape::wrong_shape(number);
    }
    if number.get(2..5) != Some("000") {
        return shape::wrong_component(
            number,
            "摩纳哥号码第 3–5 位为 000",
            "Monegasque numbers have 000 after the key",
        );
    }
    if !tva::key_holds(&number) {
        return shape::wrong_check_digit(number);
    }
    let mut checked = Checked::valid(format!("FR{number}"));
    checked.fact("country", "MC");
    checked
}
