//! 印度尼西亚居民身份号, Indonesian population identification number (NIK).
//!
//! Structure (16): 2 province, 2 regency, 2 district, 2 day of birth (+ 40 for women), 2 month, 2 year (century open),
//! 4 serial from 0001. No check digit.
//! Check: province, date and serial.
//! Standard: Dukcapil, law 23/2006 (from memory, 2026-11-22).
//! Examples: 3171011503856966, 3171011503851268.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 印度尼西亚居民身份号.
pub const FORMAT: Declared = Declared {
    code: "id.nik",
    name_zh: "印度尼西亚居民身份号",
    name_en: "Indonesian population identification number (NIK)",
    source: "Dukcapil, law 23/2006",
    example: "3171011503856966",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    part::wrong_digits(&number, &[16]).unwrap_or_else(|| check_parts(number))
}

/// Judges the parts of 16 digits.
pub(super) fn check_parts(number: String) -> Checked {
    let Some(province) = number.get(..2).and_then(province_name) else {
        return shape::wrong_component(number, "省代码不存在", "no such province");
    };
    let birth = part::number_at(&number, 6..12).unwrap_or_default();
    let (day, month, year) = (birth / 10_000, birth / 100 % 100, birth % 100);
    if !part::short_date_exists(year, month, if day > 40 { day - 40 } else { day }) {
        return part::impossible_date(number);
    }
    if number.ends_with("0000") {
        return shape::wrong_component(number, "序号从 0001 起", "serial numbers begin with 0001");
    }
    let mut checked = Checked::valid(number);
    checked.fact("gender", if day > 40 { "F" } else { "M" });
    checked.fact("region", province);
    checked
}

fn province_name(code: &str) -> Option<&'static str> {
    Some(match code {
        "11" => "Aceh",
        "12" => "Sumatera Utara",
        "13" => "Sumatera Barat",
        "14" => "Riau",
        "15" => "Jambi",
        "16" => "Sumatera Selatan",
        "17" => "Bengkulu",
        "18" => "Lampung",
        "19" => "Kepulauan Bangka Belitung",
        "21" => "Kepulauan Riau",
        "31" => "DKI Jakarta",
        "32" => "Jawa Barat",
        "33" => "Jawa Tengah",
        "34" => "DI Yogyakarta",
        "35" => "Jawa Timur",
        "36" => "Banten",
        "51" => "Bali",
        "52" => "Nusa Tenggara Barat",
        "53" => "Nusa Tenggara Timur",
        "54" => "Timor Timur",
        "61" => "Kalimantan Barat",
        "62" => "Kalimantan Tengah",
        "63" => "Kalimantan Selatan",
        "64" => "Kalimantan Timur",
        "65" => "Kalimantan Utara",
        "71" => "Sulawesi Utara",
        "72" => "Sulawesi Tengah",
        "73" => "Sulawesi Selatan",
        "74" => "Sulawesi Tenggara",
        "75" => "Gorontalo",
        "76" => "Sulawesi Barat",
        "81" => "Maluku",
        "82" => "Maluku Utara",
        "91" => "Papua",
        "92" => "Papua Barat",
        "93" => "Papua Selatan",
        "94" => "Papua Tengah",
        "95" => "Papua Pegunungan",
        "96" => "Papua Barat Daya",
        _ => return None,
    })
}
