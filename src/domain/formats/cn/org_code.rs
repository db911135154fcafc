//! 组织机构代码, organisation code of China; characters 9 to 17 of the unified social credit code.
//!
//! Structure (9): 8 digits or capitals, 1 check character 0–9 or X, often after a hyphen. PDY00001 and up are left to
//! private use.
//! Check: 11 − Σ cᵢ·wᵢ mod 11 (w = 3 7 9 10 5 8 4 2), 10 as X and 11 as 0. Standard: GB 11714-1997.
//! Examples: D2143569-X (annex of the standard), 60003734-1.

use super::{compact, is_digits, is_masked, is_scientific};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{check_digit, declared::Declared, part, shape};
use crate::domain::text::placeholder::is_repeated_or_sequential_digits;

/// 组织机构代码.
pub const FORMAT: Declared = Declared {
    code: "cn.org_code",
    name_zh: "组织机构代码",
    name_en: "Chinese organisation code",
    source: "GB 11714-1997",
    example: "D2143569-X",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = compact(input);
    if is_scientific(&text) {
        return Checked::invalid(text, super::excel_truncated());
    }
    if is_masked(&text) && !holds(&text) {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    if text.chars().count() != 9 {
        return shape::wrong_length(text, "9");
    }
    if !part::has_shape(&text, "*********") || !text.ends_with(|c: char| c.is_ascii_digit() || c == 'X') {
        return shape::wrong_alphabet(text);
    }
    if !holds(&text) {
        return shape::wrong_check_digit(text);
    }
    let mut checked = Checked::valid(text.as_str());
    if text.starts_with("PDY") {
        let finding = Finding::with_detail(Defect::UnknownComponent, "PDY 为自定义区", "PDY is for private use");
        checked.worsen(Validity::Suspect, finding);
    }
    if is_digits(&text) && text.get(..8).is_some_and(is_repeated_or_sequential_digits) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    checked
}

/// Whether the check character of nine characters fits.
pub fn holds(code: &str) -> bool {
    let stated = code.get(8..).and_then(|last| last.chars().next());
    code.len() == 9 && stated.is_some() && code.get(..8).and_then(check_digit::gb11714) == stated
}
