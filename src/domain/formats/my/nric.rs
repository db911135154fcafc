//! 马来西亚身份证号, Malaysian identity card number (NRIC, MyKad).
//!
//! Structure (12): date YYMMDD (century open), 2 place of birth (states 01–16 and 21–59, countries 60–93, 98, 99), 4
//! serial whose last is odd for men. No check digit.
//! Check: date and place of birth.
//! Standard: Jabatan Pendaftaran Negara, National Registration Regulations 1990 (from memory, 2026-11-22).
//! Examples: 850315029399, 850315024858.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 马来西亚身份证号.
pub const FORMAT: Declared = Declared {
    code: "my.nric",
    name_zh: "马来西亚身份证号",
    name_en: "Malaysian identity card number (NRIC, MyKad)",
    source: "Jabatan Pendaftaran Negara, National Registration Regulations 1990",
    example: "850315029399",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[12]) {
        return wrong;
    }
    let day = part::number_at(&number, 0..6).unwrap_or_default();
    if !part::short_date_exists(day / 10_000, day / 100 % 100, day % 100) {
        return part::impossible_date(number);
    }
    let place = part::number_at(&number, 6..8).unwrap_or_default();
    if matches!(place, 0 | 17..=20 | 69 | 70 | 73 | 80 | 81 | 94..=97) {
        return shape::wrong_component(number, "出生地代码不存在", "no such place of birth");
    }
    let sex = part::number_at(&number, 11..12).unwrap_or_default();
    let mut checked = Checked::valid(number);
    checked.fact("gender", part::gender(sex));
    if let Some(state) = state_name(place) {
        checked.fact("region", state);
    }
    checked
}

fn state_name(place: u32) -> Option<&'static str> {
    Some(match place {
        1 | 21..=24 => "Johor",
        2 | 25..=27 => "Kedah",
        3 | 28 | 29 => "Kelantan",
        4 | 30 => "Melaka",
        5 | 31 | 59 => "Negeri Sembilan",
        6 | 32 | 33 => "Pahang",
        7 | 34 | 35 => "Pulau Pinang",
        8 | 36..=39 => "Perak",
        9 | 40 => "Perlis",
        10 | 41..=44 => "Selangor",
        11 | 45 | 46 => "Terengganu",
        12 | 47..=49 => "Sabah",
        13 | 50..=53 => "Sarawak",
        14 | 54..=57 => "Kuala Lumpur",
        15 | 58 => "Labuan",
        16 => "Putrajaya",
        _ => return None,
    })
}
