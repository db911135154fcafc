//! 多米尼加纳税人登记号, Dominican Republic RNC (Registro Nacional del Contribuyente).
//!
//! Structure (9): 8 digits, 1 check digit.
//! Check rule: weights 7 9 8 6 5 4 3 2, (10 − Σ mod 11) mod 9 + 1. The DGII has registered some numbers whose check
//! digit does not fit, so a misfit is suspect, not proof.
//! Source: DGII (from memory, 2026-11-22).
//! Examples: 101123451, 401123452.

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::declared::Declared;
use crate::domain::formats::numeric;

/// 多米尼加纳税人登记号.
pub const FORMAT: Declared = Declared {
    code: "do.rnc",
    name_zh: "多米尼加纳税人登记号",
    name_en: "Dominican Republic RNC (Registro Nacional del Contribuyente)",
    source: "DGII",
    example: "101123451",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[9], |text| {
        let rest = numeric::weighted(&text, &[7, 9, 8, 6, 5, 4, 3, 2]) % 11;
        let holds = (10 - rest) % 9 + 1 == numeric::digit(&text, 8);
        let mut checked = Checked::valid(text);
        if !holds {
            let zh = "税务机关也登记过校验位不符的号码";
            let finding = Finding::with_detail(Defect::Checksum, zh, "though some were registered like that");
            checked.worsen(Validity::Suspect, finding);
        }
        checked
    })
}
