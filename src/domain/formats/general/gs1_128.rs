//! GS1-128 条码内容, GS1-128 element string.
//!
//! Structure: elements of an application identifier of 2–4 digits and its data; identifiers may stand in parentheses.
//! Data of variable length end at the next parenthesis, at FNC1 (written as character 29 or |), or at their greatest
//! length. Normal form: no parentheses, counts without leading zeros.
//! Check: the check digit of the numbers of articles, shipments and places (00–03, 402, 410–417), real dates.
//! Source: GS1 General Specifications (from memory, 2026-11-22).
//! Computed examples: 0106901234567892, (01)06901234567892(10)ABC123.

use super::gs1_elements::{self, Fault};
use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};
use crate::domain::text::width;

/// GS1-128 条码内容.
pub const FORMAT: Declared = Declared {
    code: "gs1_128",
    name_zh: "GS1-128 条码内容",
    name_en: "GS1-128 element string",
    source: "GS1 General Specifications",
    example: "0106901234567892",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let written = width::to_halfwidth(input).trim().to_owned();
    match gs1_elements::read(&written) {
        Ok(normal) if normal.is_empty() => shape::wrong_length(written, "2+"),
        Ok(normal) => Checked::valid(normal),
        Err(Fault::Shape) => shape::wrong_shape(written),
        Err(Fault::CheckDigit) => shape::wrong_check_digit(written),
        Err(Fault::Date) => numeric::wrong_date(written),
        Err(Fault::Identifier) => {
            shape::wrong_component(written, "未知的应用标识符", "an unknown application identifier")
        }
    }
}
