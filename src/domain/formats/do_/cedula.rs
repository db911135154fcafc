//! 多米尼加身份证号, Dominican Republic Cédula.
//!
//! Structure (11): 3 digits municipality, 7 digits serial, 1 check digit.
//! Check rule: Luhn. The JCE has issued numbers whose check digit does not fit, so a misfit is suspect, not proof.
//! Source: Junta Central Electoral, Ley 6125 (from memory, 2026-11-22).
//! Examples: 00112345673, 40212345678.

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, numeric};

/// 多米尼加身份证号.
pub const FORMAT: Declared = Declared {
    code: "do.cedula",
    name_zh: "多米尼加身份证号",
    name_en: "Dominican Republic Cédula",
    source: "Junta Central Electoral, Ley 6125",
    example: "00112345673",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    numeric::of_digits(input, "", " -.", &[11], |text| {
        let holds = check_digit::luhn_holds(&text);
        let mut checked = Checked::valid(text);
        if !holds {
            let zh = "发证机关也发放过校验位不符的号码";
            let finding = Finding::with_detail(Defect::Checksum, zh, "though some were issued like that");
            checked.worsen(Validity::Suspect, finding);
        }
        checked
    })
}
