//! 法国增值税号, French VAT number (numéro de TVA intracommunautaire).
//!
//! Structure (11, often after FR): 2 key characters (no I, O), 9 digits SIREN; a SIREN 000… belongs to Monaco.
//! Check: numeric key = (12 + 3 · (SIREN mod 97)) mod 97; otherwise the newer key with S from both characters: (SIREN +
//! 1 + S div 11) mod 11 = S mod 11. The SIREN holds Luhn, except in Monaco.
//! Standard: Code général des impôts; EU VIES (from memory, 2026-11-22).
//! Examples: 47561844705, 24503987463.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, part, shape};

/// 法国增值税号.
pub const FORMAT: Declared = Declared {
    code: "fr.tva",
    name_zh: "法国增值税号",
    name_en: "French VAT number (numéro de TVA intracommunautaire)",
    source: "Code général des impôts; EU VIES",
    example: "47561844705",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let typed = shape::compact(input, " -.");
    let number = if typed.len() > 11 { part::without_prefix(typed, &["FR"]) } else { typed };
    if number.chars().count() != 11 {
        return shape::wrong_length(number, "11");
    }
    let siren = number.get(2..).filter(|siren| shape::is_digits(siren)).map(str::to_owned);
    let (Some(siren), Some(true)) = (siren, number.get(..2).map(|key| key.chars().all(|c| KEYS.contains(c)))) else {
        return shape::wrong_alphabet(number);
    };
    let is_monaco = siren.starts_with("000");
    if !key_holds(&number) || !(is_monaco || check_digit::luhn_holds(&siren)) {
        return shape::wrong_check_digit(number);
    }
    let mut checked = Checked::valid(number);
    checked.fact("country", if is_monaco { "MC" } else { "FR" });
    if !is_monaco {
        checked.fact("siren", siren);
    }
    checked
}

/// The characters of a key.
const KEYS: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Whether the key of 2 characters fits the 9 digits after it.
pub(in crate::domain::formats) fn key_holds(number: &str) -> bool {
    let Some(siren) = part::number_at(number, 2..11) else {
        return false;
    };
    if let Some(key) = part::number_at(number, 0..2) {
        return (12 + 3 * (siren % 97)) % 97 == key;
    }
    let index = |place: usize| number.chars().nth(place).and_then(|c| KEYS.chars().position(|key| key == c));
    let (Some(first), Some(second)) = (index(0), index(1)) else {
        return false;
    };
    let sum = if first < 10 { (first * 24 + second).checked_sub(10) } else { (first * 34 + second).checked_sub(100) };
    sum.and_then(|sum| u32::try_from(sum).ok()).is_some_and(|sum| (siren + 1 + sum / 11) % 11 == sum % 11)
}
