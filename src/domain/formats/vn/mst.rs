//! 越南税号, Vietnamese tax number (mã số thuế).
//!
//! Structure (10 or 13): 2 digits province, 7 digits serial (not 0000000), 1 check digit; a branch adds 3 digits (not
//! 000). Since 2025-07-01 the personal identity number of 12 digits serves as the tax number of a person.
//! Check: 10 − Σ dᵢ·wᵢ (31 29 23 19 17 13 7 5 3) mod 11; numbers with 10 are not issued. Identity numbers have none.
//! Source: General Department of Taxation; Circular 86/2024/TT-BTC (from memory, 2026-11-22).
//! Computed examples: 0101234565, 0309876547.

use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 越南税号.
pub const FORMAT: Declared = Declared {
    code: "vn.mst",
    name_zh: "越南税号",
    name_en: "Vietnamese tax number (mã số thuế)",
    source: "General Department of Taxation; Circular 86/2024/TT-BTC",
    example: "0101234565",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(fault) = numeric::fault(&number, &[10, 12, 13]) {
        return fault;
    }
    if number.len() == 12 {
        let (zh, en) = ("可能是兼作个人税号的身份证号", "perhaps an identity number that serves as tax number");
        return Checked::suspect(number, Finding::with_detail(Defect::Ambiguous, zh, en));
    }
    let branch = numeric::part(&number, 10..13);
    if numeric::is_zero(numeric::part(&number, 2..9)) || branch == "000" {
        return shape::wrong_component(number, "序号不能全为 0", "the serial cannot be all 0");
    }
    let expected = 10 - numeric::dot(&number, &[31, 29, 23, 19, 17, 13, 7, 5, 3]) % 11;
    let (holds, kind) = (numeric::digit(&number, 9) == expected, if branch.is_empty() { "head" } else { "branch" });
    let mut checked = numeric::proved(number, holds);
    checked.fact("entity_type", kind);
    checked
}
