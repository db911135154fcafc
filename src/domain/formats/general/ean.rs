//! 国际商品编码 (EAN/UPC/GTIN), International article number (EAN, UPC, GTIN).
//!
//! Structure: GTIN-8, GTIN-12 (UPC), GTIN-13 (EAN) or GTIN-14 (first digit packaging level); GS1 prefix and company,
//! item, 1 check digit.
//! Check: Σ from the right with weights 1 3 1 3 … mod 10 = 0.
//! Source: GS1 General Specifications (from memory, 2026-11-22).
//! Computed examples: 6901234567892, 96385074.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 国际商品编码 (EAN/UPC/GTIN).
pub const FORMAT: Declared = Declared {
    code: "ean",
    name_zh: "国际商品编码 (EAN/UPC/GTIN)",
    name_en: "International article number (EAN, UPC, GTIN)",
    source: "GS1 General Specifications",
    example: "6901234567892",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::fault(&number, &[8, 12, 13, 14]) {
        return fault;
    }
    let holds = holds(&number);
    numeric::proved(number, holds)
}

/// Whether the last digit fits the others by the rule of GS1, for any length up to 18.
pub fn holds(digits: &str) -> bool {
    let weights = [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3];
    digits.len() <= weights.len() && numeric::dot_from_right(digits, &weights).is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_articles_hold() {
        assert!(holds("4006381333931") && holds("73513537") && !holds("4006381333932"));
    }
}
