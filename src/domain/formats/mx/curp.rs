//! 墨西哥人口唯一登记码, Mexican population registry code (CURP).
//!
//! Structure (18): 4 letters of the names, date YYMMDD, 1 sex (H, M; X), 2 state of birth (NE: abroad), 3 consonants of
//! the names, 1 distinguishing digit (born until 1999) or letter (since 2000), 1 check digit. Offensive beginnings have
//! X as second letter.
//! Check: −Σ value · (18 … 2) mod 10, letters counted A = 10 … N = 23, Ñ = 24, O = 25 ….
//! Standard: RENAPO, instructivo normativo para la asignación de la CURP (from memory, 2026-11-22).
//! Examples: PEXJ850517HDFRXN08, PEXJ850517HDFRXN08.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

use super::offensive;

/// 墨西哥人口唯一登记码.
pub const FORMAT: Declared = Declared {
    code: "mx.curp",
    name_zh: "墨西哥人口唯一登记码",
    name_en: "Mexican population registry code (CURP)",
    source: "RENAPO, instructivo normativo para la asignación de la CURP",
    example: "PEXJ850517HDFRXN08",
    check_digit: true,
    check,
};

const STATES: [&str; 33] = [
    "AS", "BC", "BS", "CC", "CL", "CM", "CS", "CH", "DF", "DG", "GT", "GR", "HG", "JC", "MC", "MN", "MS", "NT", "NL",
    "OC", "PL", "QT", "QR", "SP", "SL", "SR", "TC", "TS", "TL", "VZ", "YN", "ZS", "NE",
];

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if number.chars().count() != 18 {
        return shape::wrong_length(number, "18");
    }
    let sex = number.get(10..11).unwrap_or_default().to_owned();
    if !part::has_shape(&number, "@@@@######@@@@@@*#") || !["H", "M", "X"].contains(&sex.as_str()) {
        return shape::wrong_shape(number);
    }
    if number.get(..4).is_some_and(|names| offensive::OFFENSIVE.contains(&names)) {
        return shape::wrong_component(number, "该字母组合不发放", "this beginning is never issued");
    }
    let day = part::number_at(&number, 4..10).unwrap_or_default();
    let is_old = number.chars().nth(16).is_some_and(|c| c.is_ascii_digit());
    let century = if is_old { 1900 } else { 2000 };
    let Some(birth) = part::date(century + day / 10_000, day / 100 % 100, day % 100) else {
        return part::impossible_date(number);
    };
    let values = number.chars().filter_map(|c| c.to_digit(36)).map(|value| value + u32::from(value > 23));
    let sum: u32 = values.zip((2..=18).rev()).map(|(value, weight)| value * weight).sum();
    if !part::ends_with_nth(&number, "0123456789", (10 - sum % 10) % 10) {
        return shape::wrong_check_digit(number);
    }
    let state = number.get(11..13).unwrap_or_default().to_owned();
    if !STATES.contains(&state.as_str()) {
        return shape::unknown_component(number, "未知的州代码", "unknown state");
    }
    let mut checked = Checked::valid(number);
    checked.fact("birth_date", birth.to_string());
    match sex.as_str() {
        "H" => checked.fact("gender", "M"),
        "M" => checked.fact("gender", "F"),
        _ => {}
    }
    checked.fact("region_code", state);
    checked
}
