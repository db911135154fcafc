//! 阿塞拜疆税号, Azerbaijan VÖEN (Vergi ödəyicisinin eyniləşdirmə nömrəsi).
//!
//! Structure (10; 9 when the leading 0 was dropped): 2 digits tax office, 6 digits serial, 1 check digit, 1 digit kind
//! (1 legal entity, 2 natural person).
//! Check rule: weights 4 1 8 6 2 7 5 3, Σ mod 11 = ninth digit.
//! Source: State Tax Service of Azerbaijan (from memory, 2026-11-22).
//! Examples: 1401234581, 2312345692.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 阿塞拜疆税号.
pub const FORMAT: Declared = Declared {
    code: "az.voen",
    name_zh: "阿塞拜疆税号",
    name_en: "Azerbaijan VÖEN (Vergi ödəyicisinin eyniləşdirmə nömrəsi)",
    source: "State Tax Service of Azerbaijan",
    example: "1401234581",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "AZ", " -.", &[9, 10], |text| {
        let text = format!("{text:0>10}");
        let kind = match numeric::digit(&text, 9) {
            1 => "company",
            2 => "person",
            _ => return shape::wrong_component(text, "末位应为 1 或 2", "the last digit is neither 1 nor 2"),
        };
        let holds = numeric::weighted(&text, &[4, 1, 8, 6, 2, 7, 5, 3]) % 11 == numeric::digit(&text, 8);
        let mut checked = numeric::proved(text, holds);
        checked.fact("entity_type", kind);
        checked
    })
}
