//! 塞尔维亚税号, Serbian tax number (PIB).
//!
//! Structure (9): 8 digits serial, 1 check digit.
//! Check: ISO 7064 MOD 11,10.
//! Source: Tax Administration of Serbia (from memory, 2026-11-22).
//! Computed examples: 101234569, 119876547.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, iso7064::systems, shape};

/// 塞尔维亚税号.
pub const FORMAT: Declared = Declared {
    code: "rs.pib",
    name_zh: "塞尔维亚税号",
    name_en: "Serbian tax number (PIB)",
    source: "Tax Administration of Serbia",
    example: "101234569",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -.");
    if let Some(fault) = numeric::fault(&number, &[9]) {
        return fault;
    }
    let holds = systems::hybrid_holds(&number, systems::DIGITS);
    numeric::proved(number, holds)
}
