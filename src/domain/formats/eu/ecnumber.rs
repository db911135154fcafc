//! 欧盟化学物质编号, EC number of a substance (EINECS, ELINCS, NLP).
//!
//! Structure (7): 3 digits, hyphen, 3 digits, hyphen, 1 check digit. Normal form with hyphens.
//! Check: Σ dᵢ·i mod 11; 10 counts as 1.
//! Inferred: that a remainder of 10 gives 1 rests on one valid number of the conformance data.
//! Source: European Chemicals Agency (from memory, 2026-11-22).
//! Computed examples: 200-123-1, 456-789-0.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 欧盟化学物质编号.
pub const FORMAT: Declared = Declared {
    code: "eu.ecnumber",
    name_zh: "欧盟化学物质编号",
    name_en: "EC number of a substance (EINECS, ELINCS, NLP)",
    source: "European Chemicals Agency",
    example: "200-123-1",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let written = shape::compact(input, " ");
    let digits: String = written.chars().filter(|c| *c != '-').collect();
    if let Some(fault) = numeric::fault(&digits, &[7]) {
        return Checked { normal: written.into(), ..fault };
    }
    let parts = [numeric::part(&digits, 0..3), numeric::part(&digits, 3..6), numeric::part(&digits, 6..7)];
    let number = parts.join("-");
    if written.contains('-') && written != number {
        return shape::wrong_shape(written);
    }
    let rest = numeric::dot(&digits, &[1, 2, 3, 4, 5, 6]) % 11;
    let expected = if rest == 10 { 1 } else { rest };
    let holds = numeric::last_digit(&digits) == Some(expected);
    numeric::proved(number, holds)
}
