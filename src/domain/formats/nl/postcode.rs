//! 荷兰邮政编码, Dutch postal code (postcode).
//!
//! Structure (7, sometimes after NL): 4 digits (the first not 0), a blank, 2 letters without SA, SD, SS.
//! Check: shape and letters.
//! Standard: PostNL; NEN 5825 (from memory, 2026-11-22).
//! Examples: 1234 ZH, 1234 AW.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 荷兰邮政编码.
pub const FORMAT: Declared = Declared {
    code: "nl.postcode",
    name_zh: "荷兰邮政编码",
    name_en: "Dutch postal code (postcode)",
    source: "PostNL; NEN 5825",
    example: "1234 ZH",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let code = part::without_prefix(shape::compact(input, " -"), &["NL"]);
    if code.chars().count() != 6 {
        return shape::wrong_length(code, "6");
    }
    let (Some(digits), Some(letters), true) = (code.get(..4), code.get(4..), part::has_shape(&code, "####@@")) else {
        return shape::wrong_shape(code);
    };
    let normal = format!("{digits} {letters}");
    if digits.starts_with('0') {
        return shape::wrong_shape(normal);
    }
    if ["SA", "SD", "SS"].contains(&letters) {
        return shape::wrong_component(normal, "不使用 SA、SD、SS", "SA, SD and SS are not used");
    }
    Checked::valid(normal)
}
