//! 立陶宛个人代码, Lithuanian personal code (asmens kodas).
//!
//! Structure (11): 1 sex and century (1 2: 1800s, 3 4: 1900s, 5 6: 2000s, 7 8: 2100s; odd for men; 9: no date), 6 date
//! YYMMDD, 3 serial, 1 check digit.
//! Check: Σ digit · (1 … 9 1) mod 11; when 10, Σ digit · (3 … 9 1 2 3) mod 11 mod 10.
//! Standard: Lithuanian law on the population register (from memory, 2026-11-22).
//! Examples: 38503167348, 38503155863.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 立陶宛个人代码.
pub const FORMAT: Declared = Declared {
    code: "lt.asmens",
    name_zh: "立陶宛个人代码",
    name_en: "Lithuanian personal code (asmens kodas)",
    source: "Lithuanian law on the population register",
    example: "38503167348",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[11]) {
        return wrong;
    }
    let first = part::number_at(&number, 0..1).unwrap_or_default();
    let day = part::number_at(&number, 1..7).unwrap_or_default();
    let birth = match first {
        0 => return shape::wrong_component(number, "首位须为 1–9", "the first digit is 1 to 9"),
        9 => None,
        _ => part::date(1800 + (first - 1) / 2 * 100 + day / 10_000, day / 100 % 100, day % 100),
    };
    if first != 9 && birth.is_none() {
        return part::impossible_date(number);
    }
    if !holds(&number) {
        return shape::wrong_check_digit(number);
    }
    let mut checked = Checked::valid(number);
    if let Some(birth) = birth {
        checked.fact("birth_date", birth.to_string());
        checked.fact("gender", part::gender(first));
    }
    checked
}

fn holds(number: &str) -> bool {
    let rest = |weights: &[u32]| shape::weighted_sum(number, weights).unwrap_or_default() % 11;
    let expected = match rest(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) {
        10 => rest(&[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 10,
        digit => digit,
    };
    part::ends_with_nth(number, "0123456789", expected)
}
