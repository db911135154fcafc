//! 美国纳税人识别号, US taxpayer identification number (TIN).
//!
//! Structure (9): any of us.ssn, us.itin, us.ein, us.ptin, us.atin; the first that fits is named.
//! Source: Internal Revenue Service (from memory, 2026-11-22).
//! Computed examples: 541-20-1234, 47-1234567.

use super::{atin, ein, itin, ptin, ssn};
use crate::domain::finding::{Checked, Validity};
use crate::domain::formats::declared::Declared;

/// 美国纳税人识别号.
pub const FORMAT: Declared = Declared {
    code: "us.tin",
    name_zh: "美国纳税人识别号",
    name_en: "US taxpayer identification number (TIN)",
    source: "Internal Revenue Service",
    example: "541-20-1234",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let kinds = [("ssn", ssn::FORMAT), ("itin", itin::FORMAT), ("ein", ein::FORMAT), ("ptin", ptin::FORMAT)];
    for (name, kind) in kinds {
        let mut checked = (kind.check)(input);
        if checked.validity == Validity::Valid {
            checked.fact("entity_type", name);
            return checked;
        }
    }
    (atin::FORMAT.check)(input)
}
