//! 加纳纳税人识别号, Ghanaian taxpayer identification number (TIN).
//!
//! Structure (11): letter of the kind (P person, C company, G government, Q foreign mission, V other), 00, 7 digits
//! serial, 1 check character.
//! Check: Σ digit · (1 … 9) of the 9 digits mod 11, 10 written X.
//! Standard: Ghana Revenue Authority (from memory, 2026-11-22).
//! Examples: C0029822432, C0031117449.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 加纳纳税人识别号.
pub const FORMAT: Declared = Declared {
    code: "gh.tin",
    name_zh: "加纳纳税人识别号",
    name_en: "Ghanaian taxpayer identification number (TIN)",
    source: "Ghana Revenue Authority",
    example: "C0029822432",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if number.chars().count() != 11 {
        return shape::wrong_length(number, "11");
    }
    let is_kind = number.starts_with(['P', 'C', 'G', 'Q', 'V']);
    if !is_kind || !part::has_shape(&number, "@00********") {
        return shape::wrong_shape(number);
    }
    let sum = number.get(1..10).and_then(|base| shape::weighted_sum(base, &[1, 2, 3, 4, 5, 6, 7, 8, 9]));
    if !sum.is_some_and(|sum| part::ends_with_nth(&number, "0123456789X", sum % 11)) {
        return shape::wrong_check_digit(number);
    }
    let kind = match number.get(..1) {
        Some("P") => "person",
        Some("C") => "company",
        Some("G") => "government",
        Some("Q") => "foreign_mission",
        _ => "other",
    };
    let mut checked = Checked::valid(number);
    checked.fact("entity_type", kind);
    checked
}
