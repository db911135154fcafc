//! 港澳台居民居住证号, number of the residence permit for people from Hong Kong, Macau and Taiwan.
//!
//! Structure (18): 810000 (Hong Kong), 820000 (Macau) or 830000 (Taiwan), 8 digits birth date, 3 digits sequence (odd:
//! male), 1 check character. Check: ISO 7064 MOD 11-2.
//! Source: Measures for the Residence Permit of 2018; GB 11643-1999.
//! Examples: 810000199408230021, 830000199201300022.

use super::resident_id::ResidentId;
use super::{compact, is_masked, is_scientific};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{IdFormat, declared::Declared, shape};

/// 港澳台居民居住证号.
pub const FORMAT: Declared = Declared {
    code: "cn.hmt_residence_permit",
    name_zh: "港澳台居民居住证",
    name_en: "residence permit for people from Hong Kong, Macau and Taiwan",
    source: "State Council, 2018-09-01; GB 11643-1999",
    example: "810000199408230021",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = compact(input);
    if is_scientific(&text) {
        return Checked::invalid(text, super::excel_truncated());
    }
    let origin = match text.get(..6) {
        Some("810000") => Some("HK"),
        Some("820000") => Some("MO"),
        Some("830000") => Some("TW"),
        _ => None,
    };
    let length = text.chars().count();
    match origin {
        // The form of 15 digits was abolished twenty years before the first permit.
        Some(_) if length == 15 && !is_masked(&text) => shape::wrong_length(text, "18"),
        Some(origin) => {
            let mut checked = ResidentId.check(&text);
            if checked.validity != Validity::Invalid {
                checked.fact("origin", origin);
            }
            checked
        }
        None if is_masked(&text) => Checked::suspect(text, Finding::of(Defect::Masked)),
        None if length != 18 => shape::wrong_length(text, "18"),
        None => {
            shape::wrong_component(text, "应以 810000、820000 或 830000 开头", "begins with 810000, 820000 or 830000")
        }
    }
}
