//! 芬兰个人身份代码, Finnish personal identity code (henkilötunnus).
//!
//! Structure (11): day, month, year (2 digits each), 1 sign of the century (+ 1800; - and U–Y 1900; A–F 2000), 3 digits
//! serial (002–899, odd for men; 900–999 are temporary and in no register), 1 check character.
//! Check: the 9 digits mod 31 as index of 0123456789ABCDEFHJKLMNPRSTUVWXY.
//! Standard: Finnish Digital and Population Data Services Agency, decree 128/2010 and its reform of 2023 (from memory,
//! 2026-11-22).
//! Examples: 150385-025U, 150385-414C.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 芬兰个人身份代码.
pub const FORMAT: Declared = Declared {
    code: "fi.hetu",
    name_zh: "芬兰个人身份代码",
    name_en: "Finnish personal identity code (henkilötunnus)",
    source: "Finnish Digital and Population Data Services Agency, decree 128/2010 and its reform of 2023",
    example: "150385-025U",
    check_digit: true,
    check,
};

const CHECKS: &str = "0123456789ABCDEFHJKLMNPRSTUVWXY";

fn check(input: &str) -> Checked {
    let number = shape::compact(input, "");
    if number.chars().count() != 11 {
        return shape::wrong_length(number, "11");
    }
    let Some((day_month_year, century, serial)) = split(&number) else {
        return shape::wrong_shape(number);
    };
    let (day, month, year) = (day_month_year / 10_000, day_month_year / 100 % 100, century + day_month_year % 100);
    let Some(birth) = part::date(year, month, day) else {
        return part::impossible_date(number);
    };
    if !(2..=899).contains(&serial) {
        let en = "serial numbers are 002 to 899; others are temporary or do not exist";
        return shape::wrong_component(number, "序号须为 002–899，其余为临时号码或不存在", en);
    }
    if !part::ends_with_nth(&number, CHECKS, (day_month_year * 1000 + serial) % 31) {
        return shape::wrong_check_digit(number);
    }
    let mut checked = Checked::valid(number);
    checked.fact("birth_date", birth.to_string());
    checked.fact("gender", part::gender(serial));
    checked
}

fn split(number: &str) -> Option<(u32, u32, u32)> {
    let century = match number.get(6..7)? {
        "+" => 1800,
        "-" | "U" | "V" | "W" | "X" | "Y" => 1900,
        "A" | "B" | "C" | "D" | "E" | "F" => 2000,
        _ => return None,
    };
    Some((part::number_at(number, 0..6)?, century, part::number_at(number, 7..10)?))
}
