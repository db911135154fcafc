//! Check digits inside the national account number of an IBAN.
//!
//! Belgium: the first ten digits mod 97, 0 as 97. Spain: bank and branch, then the account, each Σ dᵢ·wᵢ mod 11.
//! Norway: Σ dᵢ·wᵢ mod 11. Montenegro and, only doubted here, Bosnia, North Macedonia, Portugal, Serbia and Slovenia:
//! the whole mod 97 is 1.

use super::numeric;
use crate::domain::finding::Validity;

/// What the national check digits say; valid where the country has none or they are not known here.
pub fn judge(country: &str, bban: &str) -> Validity {
    let (holds, otherwise) = match country {
        "BE" => (belgian_holds(bban), Validity::Invalid),
        "ES" => (spanish_holds(bban), Validity::Invalid),
        "NO" => (norwegian_holds(bban), Validity::Invalid),
        "ME" => (remainder(bban, 97) == Some(1), Validity::Invalid),
        "BA" | "MK" | "PT" | "RS" | "SI" => (remainder(bban, 97).is_none_or(|rest| rest == 1), Validity::Suspect),
        _ => return Validity::Valid,
    };
    if holds { Validity::Valid } else { otherwise }
}

fn belgian_holds(bban: &str) -> bool {
    let expected = remainder(numeric::part(bban, 0..10), 97).map(|rest| if rest == 0 { 97 } else { rest });
    expected == Some(numeric::number(bban, 10..12))
}

fn spanish_holds(bban: &str) -> bool {
    let weights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    let digit = |sum: u32| match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        rest => rest,
    };
    let bank = numeric::dot(numeric::part(bban, 0..8), weights.get(2..).unwrap_or_default());
    let account = numeric::dot(numeric::part(bban, 10..20), &weights);
    digit(bank) == numeric::digit(bban, 8) && digit(account) == numeric::digit(bban, 9)
}

fn norwegian_holds(bban: &str) -> bool {
    let sum = numeric::dot(bban, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
    numeric::last_digit(bban) == Some((11 - sum % 11) % 11)
}

/// A number of digits modulo something; `None` when there is a letter.
fn remainder(digits: &str, modulus: u32) -> Option<u32> {
    digits.chars().try_fold(0, |rest, c| Some((rest * 10 + c.to_digit(10)?) % modulus))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_registry_hold() {
        let cases = [
            ("BE", "539007547034"),
            ("ES", "21000418450200051332"),
            ("NO", "86011117947"),
            ("ME", "505000012345678951"),
            ("PT", "000201231234567890154"),
            ("SI", "263300012039086"),
            ("MK", "250120000058984"),
        ];
        for (country, bban) in cases {
            assert_eq!(judge(country, bban), Validity::Valid, "{country}");
        }
        assert_eq!(judge("ES", "21000418450200051331"), Validity::Invalid);
        assert_eq!(judge("PT", "000201231234567890155"), Validity::Suspect);
    }
}
