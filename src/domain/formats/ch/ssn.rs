//! 瑞士社会保险号, Switzerland social security number (AHV/AVS).
//!
//! Structure (13): 756, 9 random digits, 1 check digit.
//! Check rule: EAN-13, weights 1 3 1 3 …, to a multiple of 10.
//! Source: ZAS, AHVG Art. 50c; GS1 prefix 756 (from memory, 2026-11-22).
//! Examples: 7561234567897, 7569876543217.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 瑞士社会保险号.
pub const FORMAT: Declared = Declared {
    code: "ch.ssn",
    name_zh: "瑞士社会保险号",
    name_en: "Switzerland social security number (AHV/AVS)",
    source: "ZAS, AHVG Art. 50c; GS1 prefix 756",
    example: "7561234567897",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[13], |text| {
        if !text.starts_with("756") {
            return shape::wrong_component(text, "应以 756 开头", "does not begin with 756");
        }
        let holds = numeric::weighted_from_end(&text, &[1, 3]).is_multiple_of(10);
        numeric::proved(text, holds)
    })
}
