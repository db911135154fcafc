//! 西班牙消费税活动编号, Spain CAE (Código de Actividad y Establecimiento).
//!
//! Structure (13): ES, 000, 2 digits managing office (01–56), 2 characters activity, 3 digits serial, 1 letter.
//! Check rule: the rule of the last letter is not published; the activity's letter must be one in use.
//! Source: Agencia Tributaria, Ley 38/1992, Orden EHA/3482/2007 (from memory, 2026-11-22).
//! Examples: ES00028H1012A, ES00008V1123B.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 西班牙消费税活动编号.
pub const FORMAT: Declared = Declared {
    code: "es.cae",
    name_zh: "西班牙消费税活动编号",
    name_en: "Spain CAE (Código de Actividad y Establecimiento)",
    source: "Agencia Tributaria, Ley 38/1992, Orden EHA/3482/2007",
    example: "ES00028H1012A",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -.");
    if text.chars().count() != 13 {
        return shape::wrong_length(text, "13");
    }
    if !text.starts_with("ES000") || !numeric::fits(&text, "AA99999AX999A") {
        return shape::wrong_shape(text);
    }
    let activity = numeric::part(&text, 7..9).to_owned();
    if !activity.starts_with(['A', 'B', 'C', 'D', 'E', 'F', 'H', 'L', 'M', 'O', 'R', 'T', 'V']) {
        return shape::wrong_component(text, "没有这种经营活动", "no such activity");
    }
    let mut checked = match numeric::number(&text, 5..7) {
        1..=56 => Checked::valid(text),
        _ => shape::unknown_component(text, "未知的管理机关", "an unknown office"),
    };
    checked.fact("activity", activity);
    checked
}
