//! 法国商业登记号, French trade register number (RCS).
//!
//! Structure: RCS, town of the registry, letter (A traders, B companies, C groupings, D others), SIREN (9). Since 2007
//! the official form has no letter and the SIREN in front: 123456782 RCS Paris.
//! Check: the SIREN's Luhn check digit.
//! Standard: Code de commerce R123-237, registres du commerce et des sociétés (from memory, 2026-11-22).
//! Examples: RCS Lyon B 205720295, RCS Lyon B 112579255.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{check_digit, shape};
use crate::domain::text::width;

/// 法国商业登记号.
pub const FORMAT: Declared = Declared {
    code: "fr.rcs",
    name_zh: "法国商业登记号",
    name_en: "French trade register number (RCS)",
    source: "Code de commerce R123-237, registres du commerce et des sociétés",
    example: "RCS Lyon B 205720295",
    check_digit: true,
    check,
};

const LETTERS: [&str; 4] = ["A", "B", "C", "D"];

fn check(input: &str) -> Checked {
    let folded = width::to_halfwidth(input);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let is_rcs = |word: &&str| word.eq_ignore_ascii_case("RCS");
    let Some(place) = words.iter().position(is_rcs) else {
        return shape::wrong_shape(words.join(" "));
    };
    let (before, after) = (words.get(..place).unwrap_or_default(), words.get(place + 1..).unwrap_or_default());
    let digits_from = after.iter().position(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let (town, letter, siren) = match (before.is_empty(), digits_from) {
        (false, None) => (after, None, before.concat()),
        (true, Some(start)) => {
            let (names, digits) = after.split_at_checked(start).unwrap_or_default();
            let letter = names.last().map(|word| word.to_uppercase()).filter(|word| LETTERS.contains(&word.as_str()));
            let town = names.get(..names.len() - usize::from(letter.is_some())).unwrap_or_default();
            (town, letter, digits.concat())
        }
        _ => return shape::wrong_shape(words.join(" ")),
    };
    let is_glued = letter.is_none() && town.last().is_some_and(|word| ends_in_glued_letter(word));
    let is_name = |word: &&str| word.chars().all(|c| c.is_alphabetic() || "'’-.()".contains(c));
    if town.is_empty() || !town.iter().all(is_name) || is_glued || siren.len() != 9 || !shape::is_digits(&siren) {
        return shape::wrong_shape(words.join(" "));
    }
    let town = town.join(" ");
    let normal = match (letter, before.is_empty()) {
        (Some(letter), _) => format!("RCS {town} {letter} {siren}"),
        (None, true) => format!("RCS {town} {siren}"),
        (None, false) => format!("{siren} RCS {town}"),
    };
    if !check_digit::luhn_holds(&siren) {
        return shape::wrong_check_digit(normal);
    }
    let mut checked = Checked::valid(normal);
    checked.fact("issuer", town);
    checked.fact("siren", siren);
    checked
}

/// Whether the letter is written without a blank after the town: "NancyB".
fn ends_in_glued_letter(word: &str) -> bool {
    let mut chars = word.chars().rev();
    matches!(chars.next(), Some('A'..='D')) && chars.next().is_some_and(char::is_lowercase)
}
