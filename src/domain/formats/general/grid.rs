//! 全球发行标识符, Global release identifier (GRid).
//!
//! Structure (18): A1, 5 characters issuer, 10 characters release, 1 check character.
//! Check: ISO 7064 MOD 37,36.
//! Source: IFPI GRid Standard 2.1 (from memory, 2026-11-22).
//! Computed examples: A1ABCDE2026000001L, A1123452026000001W.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// 全球发行标识符.
pub const FORMAT: Declared = Declared {
    code: "grid",
    name_zh: "全球发行标识符",
    name_en: "Global release identifier (GRid)",
    source: "IFPI GRid Standard 2.1",
    example: "A1ABCDE2026000001L",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -:");
    let number = numeric::without_prefix(&number, "GRID");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[18]) {
        return fault;
    }
    if !number.starts_with("A1") {
        return shape::wrong_shape(number);
    }
    let holds = systems::hybrid_holds(&number, systems::ALPHANUMERIC);
    numeric::proved(number, holds)
}
