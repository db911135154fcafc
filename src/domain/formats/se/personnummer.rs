//! 瑞典个人身份号, Swedish personal identity number (personnummer, samordningsnummer).
//!
//! Structure (10 or 12 digits): birth date yymmdd or yyyymmdd (day + 60 in a co-ordination number), - or + (100 years
//! old or older), 3 digits serial (last: odd male, even female), 1 check digit. Normal form with the sign; a missing
//! one is taken as -.
//! Check: Luhn over the last ten digits.
//! Source: Skatteverket; Folkbokföringslagen (1991:481) § 18 (from memory, 2026-11-22).
//! Computed examples: 850312-1231, 19850312-4565.

use crate::domain::finding::Checked;
use crate::domain::formats::{check_digit, declared::Declared, general::numeric, shape};

/// 瑞典个人身份号.
pub const FORMAT: Declared = Declared {
    code: "se.personnummer",
    name_zh: "瑞典个人身份号",
    name_en: "Swedish personal identity number (personnummer, samordningsnummer)",
    source: "Skatteverket; Folkbokföringslagen (1991:481) § 18",
    example: "850312-1231",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let written = shape::compact(input, " ");
    let sign = if written.contains('+') { '+' } else { '-' };
    let digits: String = written.chars().filter(|c| !"+-".contains(*c)).collect();
    if let Some(fault) = numeric::fault(&digits, &[10, 12]) {
        return Checked { normal: written.into(), ..fault };
    }
    let split = digits.len() - 4;
    let (date, serial) = (numeric::part(&digits, 0..split), numeric::part(&digits, split..split + 4));
    let number = format!("{date}{sign}{serial}");
    let (month, day) = (numeric::number(date, split - 4..split - 2), numeric::number(date, split - 2..split));
    let day = if day > 60 { day - 60 } else { day };
    let born = if split == 8 {
        numeric::date(numeric::number(date, 0..4), month, day).map(Some)
    } else if sign == '-' {
        numeric::short_date(numeric::number(date, 0..2), month, day)
    } else {
        // A + says that the person is at least 100: 18yy or 19yy, not known which.
        let year = numeric::number(date, 0..2);
        numeric::date(1900 + year, month, day).or(numeric::date(1800 + year, month, day)).map(|_| None)
    };
    let Some(born) = born else { return numeric::wrong_date(number) };
    let holds = check_digit::luhn_holds(numeric::part(&digits, digits.len() - 10..digits.len()));
    let mut checked = numeric::proved(number, holds);
    numeric::add_person(&mut checked, born, numeric::digit(serial, 2) % 2 == 1);
    checked
}
