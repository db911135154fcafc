//! 法国消费税经营者号, French excise number (numéro d'accise).
//!
//! Structure (13): FR, 3 digits, 3 digits of the customs office, 1 letter of the kind of operator (E authorised
//! warehousekeeper, N registered consignee, C, H, R, B others), 4 digits serial. No check digit.
//! Check: shape and kind of operator.
//! Standard: French customs (DGDDI); directive (EU) 2020/262 (from memory, 2026-11-22).
//! Examples: FR016783E9118, FR011304E8971.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 法国消费税经营者号.
pub const FORMAT: Declared = Declared {
    code: "fr.accise",
    name_zh: "法国消费税经营者号",
    name_en: "French excise number (numéro d'accise)",
    source: "French customs (DGDDI); directive (EU) 2020/262",
    example: "FR016783E9118",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if number.chars().count() != 13 {
        return shape::wrong_length(number, "13");
    }
    if !part::has_shape(&number, "FR######@####") {
        return shape::wrong_shape(number);
    }
    let kind = match number.get(8..9) {
        Some("E") => "authorised_warehousekeeper",
        Some("N") => "registered_consignee",
        Some("C" | "H" | "R" | "B") => "other",
        _ => return shape::wrong_component(number, "未知的经营者类别", "no such kind of operator"),
    };
    let mut checked = Checked::valid(number);
    checked.fact("entity_type", kind);
    checked
}
