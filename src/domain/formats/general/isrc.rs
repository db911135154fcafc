//! 国际标准录音制品编码, International standard recording code (ISRC).
//!
//! Structure (12): 2 letters prefix (a country or an agency's block such as QM), 3 characters registrant, 2 digits
//! year, 5 digits designation. No check digit.
//! Source: ISO 3901:2019 (from memory, 2026-11-22).
//! Computed examples: CNA232600001, USABC2612345.

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 国际标准录音制品编码.
pub const FORMAT: Declared = Declared {
    code: "isrc",
    name_zh: "国际标准录音制品编码",
    name_en: "International standard recording code (ISRC)",
    source: "ISO 3901:2019",
    example: "CNA232600001",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    let number = numeric::without_prefix(&number, "ISRC");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[12]) {
        return fault;
    }
    let letters = numeric::part(&number, 0..2).bytes().all(|b| b.is_ascii_uppercase());
    if !letters || !shape::is_digits(numeric::part(&number, 5..12)) {
        return shape::wrong_shape(number);
    }
    let mut checked = Checked::valid(number);
    let hyphenated = shape::compact(input, " ");
    let groups = hyphenated.trim_start_matches("ISRC").split('-').map(str::len);
    if hyphenated.contains('-') && !groups.eq(GROUPS) {
        let finding = Finding::with_detail(Defect::Format, "连字符位置不对", "hyphens at unusual places");
        let finding = finding.suggest(checked.normal.clone(), "去掉连字符", "without hyphens");
        checked.worsen(Validity::Suspect, finding);
    }
    checked
}

/// Lengths of the parts between hyphens.
const GROUPS: [usize; 4] = [2, 3, 2, 5];
