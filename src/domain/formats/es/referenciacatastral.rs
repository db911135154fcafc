//! 西班牙地籍编号, Spain Referencia Catastral.
//!
//! Structure (20): 7 characters plot, 7 characters map sheet, 4 characters property (digits and letters, Ñ included), 2
//! check letters.
//! Check rule, for plot and property, then for sheet and property: weights 13 15 12 5 4 17 9 21 3 7 1 over the values
//! (A = 1 … Ñ = 15 … Z = 27), Σ mod 23 as a letter of MQWERTYUIOPASDFGHJKLBZX.
//! Source: Dirección General del Catastro, RDL 1/2004 (from memory, 2026-11-22).
//! Examples: 1234567VK1234S0001OA, 000100100VK12S0002HX.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{numeric, shape};

/// 西班牙地籍编号.
pub const FORMAT: Declared = Declared {
    code: "es.referenciacatastral",
    name_zh: "西班牙地籍编号",
    name_en: "Spain Referencia Catastral",
    source: "Dirección General del Catastro, RDL 1/2004",
    example: "1234567VK1234S0001OA",
    check_digit: true,
    check,
};

const WEIGHTS: [u32; 11] = [13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1];
const CHECK_LETTERS: &str = "MQWERTYUIOPASDFGHJKLBZX";

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -");
    let chars: Vec<char> = text.chars().collect();
    let (Some(plot), Some(sheet), Some(property), Some(stated), 20) =
        (chars.get(..7), chars.get(7..14), chars.get(14..18), chars.get(18..20), chars.len())
    else {
        return shape::wrong_length(text, "20");
    };
    let (Some(first), Some(second)) = (check_letter(plot, property), check_letter(sheet, property)) else {
        return shape::wrong_alphabet(text);
    };
    if !stated.iter().all(char::is_ascii_uppercase) {
        return shape::wrong_shape(text);
    }
    let holds = stated == [first, second];
    numeric::proved(text, holds)
}

fn check_letter(part: &[char], property: &[char]) -> Option<char> {
    let values: Option<Vec<u32>> = part.iter().chain(property).copied().map(value).collect();
    let sum: u32 = values?.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    CHECK_LETTERS.chars().nth((sum % 23) as usize)
}

/// The place in the Spanish alphabet, in which Ñ follows N.
fn value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        'A'..='N' => Some(c as u32 - 'A' as u32 + 1),
        'Ñ' => Some(15),
        'O'..='Z' => Some(c as u32 - 'A' as u32 + 2),
        _ => None,
    }
}
