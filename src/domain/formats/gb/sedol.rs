//! 英国证券代码, Stock Exchange Daily Official List number (SEDOL).
//!
//! Structure (7): 6 digits or consonants (codes since 2004 begin with a letter, older ones are all digits), 1 check
//! digit.
//! Check: Σ value · (1 3 1 7 3 9 1) ≡ 0 mod 10, letters A = 10 ….
//! Standard: London Stock Exchange, SEDOL Masterfile (from memory, 2026-11-22).
//! Examples: B097766, B046285.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 英国证券代码.
pub const FORMAT: Declared = Declared {
    code: "gb.sedol",
    name_zh: "英国证券代码",
    name_en: "Stock Exchange Daily Official List number (SEDOL)",
    source: "London Stock Exchange, SEDOL Masterfile",
    example: "B097766",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if number.chars().count() != 7 {
        return shape::wrong_length(number, "7");
    }
    if !part::has_shape(&number, "******#") || number.contains(['A', 'E', 'I', 'O', 'U']) {
        return shape::wrong_alphabet(number);
    }
    if number.starts_with(|c: char| c.is_ascii_digit()) && !shape::is_digits(&number) {
        return shape::wrong_shape(number);
    }
    let sum = shape::weighted_sum(&number, &[1, 3, 1, 7, 3, 9, 1]);
    if sum.is_some_and(|sum| sum % 10 == 0) { Checked::valid(number) } else { shape::wrong_check_digit(number) }
}
