//! 韩国居民登记号, South Korean resident registration number (주민등록번호).
//!
//! Structure (13): 6 date of birth YYMMDD, 1 sex and century (9 0: 1800s, 1 2: 1900s, 3 4: 2000s; foreigners 5 6:
//! 1900s, 7 8: 2000s; odd for men), 2 place of registration (up to 96), 2 office, 1 serial, 1 check digit. Numbers
//! issued since October 2020 have 6 random digits instead and no check digit.
//! Check: (11 − Σ digit · (2 … 9 2 … 5) mod 11) mod 10; foreigners also (13 − …) mod 10.
//! Standard: Ministry of the Interior and Safety of Korea, Resident Registration Act; alien registration alike (from
//! memory, 2026-11-22).
//! Examples: 8505051398674, 8505051097261.

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 韩国居民登记号.
pub const FORMAT: Declared = Declared {
    code: "kr.rrn",
    name_zh: "韩国居民登记号",
    name_en: "South Korean resident registration number (주민등록번호)",
    source: "Ministry of the Interior and Safety of Korea, Resident Registration Act; alien registration alike",
    example: "8505051398674",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[13]) {
        return wrong;
    }
    let sex = part::number_at(&number, 6..7).unwrap_or_default();
    let century = match sex {
        9 | 0 => 1800,
        1 | 2 | 5 | 6 => 1900,
        _ => 2000,
    };
    let day = part::number_at(&number, 0..6).unwrap_or_default();
    let Some(birth) = part::date(century + day / 10_000, day / 100 % 100, day % 100) else {
        return part::impossible_date(number);
    };
    let sum = shape::weighted_sum(&number, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]).unwrap_or_default();
    let last = part::number_at(&number, 12..13);
    let is_foreign = (5..=8).contains(&sex);
    let is_random = (birth.year(), birth.month()) >= (2020, 10);
    let holds = last == Some((11 - sum % 11) % 10) || is_foreign && last == Some((13 - sum % 11) % 10);
    let mut checked = Checked::valid(number.as_str());
    if !is_random && part::number_at(&number, 7..9) > Some(96) {
        return shape::wrong_component(number, "登记地代码最大为 96", "places of registration end at 96");
    }
    if !holds && !is_random {
        return shape::wrong_check_digit(number);
    }
    if !holds {
        let finding = Finding::with_detail(Defect::Checksum, "2020 年 10 月起不再有校验位", "none since October 2020");
        checked.worsen(Validity::Suspect, finding);
    }
    checked.fact("birth_date", birth.to_string());
    checked.fact("gender", part::gender(sex));
    checked
}
