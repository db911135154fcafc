//! 印度商品服务税号, Indian goods and services tax number (GSTIN).
//!
//! Structure (15): 2 state, 10 PAN, 1 number of the registration (1–9, A–Z), 1 kind (Z; C collectors, D deductors), 1
//! check character.
//! Check: Luhn mod 36 over digits and capitals.
//! Standard: GST Network, CGST rules 2017 (from memory, 2026-11-22).
//! Examples: 27ABCCX6456Z1ZW, 27ABCCX9602Z1Z2.

use crate::domain::finding::{Checked, Validity};
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

use super::pan;

/// 印度商品服务税号.
pub const FORMAT: Declared = Declared {
    code: "in.gstin",
    name_zh: "印度商品服务税号",
    name_en: "Indian goods and services tax number (GSTIN)",
    source: "GST Network, CGST rules 2017",
    example: "27ABCCX6456Z1ZW",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if number.chars().count() != 15 {
        return shape::wrong_length(number, "15");
    }
    let is_registration = number.chars().nth(12) != Some('0');
    if !part::has_shape(&number, "##@@@@@####@***") || !is_registration {
        return shape::wrong_shape(number);
    }
    if !number.chars().nth(13).is_some_and(|c| matches!(c, 'Z' | 'C' | 'D')) {
        return shape::wrong_component(number, "第 14 位应为 Z、C 或 D", "the 14th character is Z, C or D");
    }
    let holder = pan::check_parts(number.get(2..12).unwrap_or_default().to_owned());
    if holder.validity != Validity::Valid {
        return shape::wrong_component(number, "其中的 PAN 无效", "the PAN inside is wrong");
    }
    if !luhn36_holds(&number) {
        return shape::wrong_check_digit(number);
    }
    if !matches!(part::number_at(&number, 0..2), Some(1..=38 | 96 | 97 | 99)) {
        return shape::unknown_component(number, "未知的邦代码", "unknown state code");
    }
    let mut checked = Checked::valid(number);
    checked.facts = holder.facts;
    checked.fact("pan", holder.normal);
    checked
}

/// Luhn over digits and capitals: whether the number, check character last, adds up to a multiple of 36.
fn luhn36_holds(number: &str) -> bool {
    let add = |(sum, factor): (u32, u32), value: u32| (sum + value * factor / 36 + value * factor % 36, 3 - factor);
    shape::values(number).is_some_and(|values| values.into_iter().rev().fold((0, 1), add).0 % 36 == 0)
}
