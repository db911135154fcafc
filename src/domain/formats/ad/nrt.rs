//! 安道尔税号, Andorra NRT (Número de Registre Tributari).
//!
//! Structure (8): 1 letter kind of taxpayer (F resident, E non-resident person, L limited company, A share company, C D
//! G O P U others), 6 digits, 1 letter. A and L companies have 700000–799999, F persons at most 699999.
//! Check rule: the rule of the last letter is not published.
//! Source: Govern d'Andorra, Decret del registre tributari (from memory, 2026-11-22).
//! Examples: L712345A, F001234B.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 安道尔税号.
pub const FORMAT: Declared = Declared {
    code: "ad.nrt",
    name_zh: "安道尔税号",
    name_en: "Andorra NRT (Número de Registre Tributari)",
    source: "Govern d'Andorra, Decret del registre tributari",
    example: "L712345A",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -.");
    if text.chars().count() != 8 {
        return shape::wrong_length(text, "8");
    }
    if !numeric::fits(&text, "A999999A") {
        return shape::wrong_shape(text);
    }
    let number = numeric::number(&text, 1..7);
    let (kind, allowed) = match numeric::letter(&text, 0) {
        'F' => ("person", 0..=699_999),
        'E' => ("person", 0..=999_999),
        'A' | 'L' => ("company", 700_000..=799_999),
        'C' | 'D' | 'G' | 'O' | 'P' | 'U' => ("other", 0..=999_999),
        _ => return shape::wrong_component(text, "首字母不是纳税人类别", "the first letter is no kind of taxpayer"),
    };
    if !allowed.contains(&number) {
        return shape::wrong_component(text, "号码不在该类别的范围内", "outside the range of its kind");
    }
    let mut checked = Checked::valid(text);
    checked.fact("entity_type", kind);
    checked
}
