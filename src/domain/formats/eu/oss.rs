//! 欧盟一站式增值税号, One-stop-shop VAT number (OSS, IOSS).
//!
//! Structure, non-union scheme (11): EU, 3 digits ISO 3166-1 number of the member state (826 before 2021), 6 digits.
//! Import scheme (12): IM (an intermediary IN), 3 digits member state, 7 digits.
//! Check: the last digit is a check digit by a rule that is not published, so that it proves nothing here.
//! Source: Council Implementing Regulation (EU) 2020/194 (from memory, 2026-11-22).
//! Computed examples: EU372012345, IM3720001234.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::country, general::numeric, shape};

/// 欧盟一站式增值税号.
pub const FORMAT: Declared = Declared {
    code: "eu.oss",
    name_zh: "欧盟一站式增值税号",
    name_en: "One-stop-shop VAT number (OSS, IOSS)",
    source: "Council Implementing Regulation (EU) 2020/194",
    example: "EU372012345",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    let (scheme, digits) = number.split_at_checked(2).unwrap_or_default();
    let length = match scheme {
        "EU" => 9,
        "IM" | "IN" => 10,
        _ => return shape::wrong_shape(number),
    };
    if let Some(fault) = numeric::fault(digits, &[length]) {
        return Checked { normal: number.into(), ..fault };
    }
    let state = numeric::part(digits, 0..3);
    match country::eu_member_by_number(state).or((state == "826").then_some("GB")) {
        Some(place) => {
            let mut checked = Checked::valid(number);
            checked.fact("country", place);
            checked
        }
        None => shape::unknown_component(number, "未知的成员国代码", "an unknown member state"),
    }
}
