//! 罗马尼亚商业登记号, Romanian trade register number (ONRC).
//!
//! Structure, old: J (company), F (trader) or C (co-operative), county 1–40, 51 or 52, serial of up to 6 digits, year
//! or full date (only the year is kept); normal form J40/1234/2010.
//! Structure, new (14): letter, 4 digits year, 6 digits serial, 2 digits county (00 since 2024), 1 check digit.
//! Check, new: (ASCII code of the letter + Σ digits) mod 10.
//! Inferred: the check digit of the new form was fitted to 8 valid numbers of the conformance data (7 with J, 1 with
//! C, none with F); confirm it against the order of 2024.
//! Source: ONRC; in the form of 14 characters since 26 July 2024 (from memory, 2026-11-22).
//! Computed examples: J40/1234/2010, J2010001234401.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};
use crate::domain::text::width;

/// 罗马尼亚商业登记号.
pub const FORMAT: Declared = Declared {
    code: "ro.onrc",
    name_zh: "罗马尼亚商业登记号",
    name_en: "Romanian trade register number (ONRC)",
    source: "ONRC; in the form of 14 characters since 26 July 2024",
    example: "J40/1234/2010",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let folded = width::fold_dashes(&width::to_halfwidth(input)).to_uppercase();
    let letters: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(kind) = letters.chars().next().filter(|c| "JFC".contains(*c)) else {
        return shape::wrong_shape(letters);
    };
    let rest = folded.trim_start().trim_start_matches(kind);
    let parts: Vec<&str> = rest.split([' ', '/', '-', '.']).filter(|part| !part.is_empty()).collect();
    if !parts.iter().all(|part| shape::is_digits(part)) {
        return shape::wrong_alphabet(letters);
    }
    match parts.as_slice() {
        [digits] => check_new(kind, digits),
        [county, serial, year] | [county, serial, _, _, year] => check_old(letters, kind, [county, serial, year]),
        _ => shape::wrong_shape(letters),
    }
}

fn check_old(written: String, kind: char, [county, serial, year]: [&str; 3]) -> Checked {
    if year.len() != 4 {
        return shape::wrong_length(written, "4 (year)");
    }
    if county.len() > 2 || !is_county(county) {
        return shape::wrong_component(written, "未知的县代码", "an unknown county");
    }
    if serial.len() > 6 {
        return shape::wrong_length(written, "1-6 (serial)");
    }
    judge(format!("{kind}{county:0>2}/{serial}/{year}"), kind, year)
}

fn check_new(kind: char, digits: &str) -> Checked {
    let number = format!("{kind}{digits}");
    if number.len() != 14 {
        return shape::wrong_length(number, "14");
    }
    let (year, county) = (numeric::part(digits, 0..4), numeric::part(digits, 10..12));
    // Since the reform of 2024 the number says no county.
    let fits = match year.parse::<u32>() {
        Ok(..2024) => is_county(county),
        Ok(2024) => is_county(county) || county == "00",
        _ => county == "00",
    };
    if !fits {
        return shape::wrong_component(number, "县代码与年份不符", "the county does not fit the year");
    }
    let sum = kind as u32 + digits.chars().take(12).filter_map(|c| c.to_digit(10)).sum::<u32>();
    if numeric::last_digit(digits) != Some(sum % 10) {
        return shape::wrong_check_digit(number);
    }
    judge(number, kind, year)
}

fn judge(number: String, kind: char, year: &str) -> Checked {
    if !(1990..=2099).contains(&year.parse().unwrap_or(0)) {
        return shape::wrong_component(number, "登记年份不可能", "an impossible year of registration");
    }
    let mut checked = Checked::valid(number);
    let kind = match kind {
        'J' => "company",
        'F' => "trader",
        _ => "cooperative",
    };
    checked.fact("entity_type", kind);
    checked.fact("registration_year", year);
    checked
}

fn is_county(county: &str) -> bool {
    matches!(county.parse::<u32>(), Ok(1..=40 | 51 | 52))
}
