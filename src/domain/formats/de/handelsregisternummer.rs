//! 德国商业登记号, German company register number (Handelsregisternummer).
//!
//! Structure: register court, register (HRA partnerships, HRB companies, GnR cooperatives, GsR civil partnerships, PR
//! professional partnerships, VR associations), number of up to 6 digits and in some courts a letter code. The normal
//! form has the court's official name first.
//! Check rule: none; the court must exist.
//! Source: HGB §§ 8 ff.; list of register courts of handelsregister.de (from memory, 2026-11-22).
//! Examples: Aachen HRB 12345, Lübeck HRA 1234 HL.

use super::courts;
use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::shape;
use crate::domain::text::width;

/// 德国商业登记号.
pub const FORMAT: Declared = Declared {
    code: "de.handelsregisternummer",
    name_zh: "德国商业登记号",
    name_en: "German company register number (Handelsregisternummer)",
    source: "HGB §§ 8 ff.; list of register courts of handelsregister.de",
    example: "Aachen HRB 12345",
    check_digit: false,
    check,
};

const REGISTERS: [(&str, &str); 6] = [
    ("HRA", "partnership"),
    ("HRB", "company"),
    ("GNR", "cooperative"),
    ("GSR", "civil_partnership"),
    ("PR", "professional_partnership"),
    ("VR", "association"),
];

fn check(input: &str) -> Checked {
    let folded = width::to_halfwidth(input).replace(',', " ");
    let words: Vec<&str> = folded.split_whitespace().collect();
    let text = words.join(" ");
    let Some(parts) = Parts::find(&words) else { return shape::wrong_shape(text) };
    let Some(court) = courts::official_name(&parts.court) else {
        return shape::wrong_component(text, "没有这个登记法院", "no such register court");
    };
    let register = match parts.register.0 {
        "GNR" => "GnR",
        "GSR" => "GsR",
        capitals => capitals,
    };
    let qualifier = parts.qualifier.map(|code| format!(" {code}")).unwrap_or_default();
    let mut checked = Checked::valid(format!("{court} {register} {}{qualifier}", parts.number));
    checked.fact("issuer", court);
    checked.fact("entity_type", parts.register.1);
    checked
}

struct Parts<'a> {
    court: String,
    register: &'static (&'static str, &'static str),
    number: &'a str,
    qualifier: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// Court first (`Lübeck HRB 1234 HL`) or last (`HRB 1234 B, Charlottenburg`).
    fn find(words: &[&'a str]) -> Option<Self> {
        let (position, register) = words.iter().enumerate().find_map(|(position, word)| {
            let register = REGISTERS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?;
            Some((position, register))
        })?;
        let number = *words.get(position + 1)?;
        if !shape::is_digits(number) || number.len() > 6 {
            return None;
        }
        let before = words.get(..position)?;
        let after = words.get(position + 2..)?;
        let coded =
            after.first().copied().filter(|code| code.len() <= 3 && code.bytes().all(|b| b.is_ascii_uppercase()));
        let rest = after.get(usize::from(coded.is_some())..)?;
        let court = match (before.is_empty(), rest.is_empty()) {
            (false, true) => before.join(" "),
            (true, false) => rest.join(" "),
            (true, true) | (false, false) => return None,
        };
        Some(Self { court, register, number, qualifier: coded })
    }
}
