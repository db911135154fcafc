//! 乌拉圭税号, Uruguayan tax number (RUT).
//!
//! Structure (12): 2 digits office (01–22), 6 digits serial (not 000000), 001, 1 check digit; UY is dropped.
//! Check: (11 − Σ dᵢ·wᵢ (4 3 2 9 8 7 6 5 4 3 2) mod 11) mod 11; numbers with 10 are not issued.
//! Source: Dirección General Impositiva (from memory, 2026-11-22).
//! Computed examples: 211234560019, 020123450017.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 乌拉圭税号.
pub const FORMAT: Declared = Declared {
    code: "uy.rut",
    name_zh: "乌拉圭税号",
    name_en: "Uruguayan tax number (RUT)",
    source: "Dirección General Impositiva",
    example: "211234560019",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = numeric::without_prefix(&shape::compact(input, " -."), "UY");
    if let Some(fault) = numeric::fault(&number, &[12]) {
        return fault;
    }
    if !(1..=22).contains(&numeric::number(&number, 0..2)) {
        return shape::wrong_component(number, "前两位应为 01–22", "the first two digits are 01–22");
    }
    if numeric::is_zero(numeric::part(&number, 2..8)) || numeric::part(&number, 8..11) != "001" {
        return shape::wrong_component(number, "序号或 001 不对", "the serial or the 001 is impossible");
    }
    let expected = (11 - numeric::dot(&number, &[4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    let holds = numeric::last_digit(&number) == Some(expected);
    numeric::proved(number, holds)
}
