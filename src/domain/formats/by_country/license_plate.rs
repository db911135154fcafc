//! 各国机动车号牌, licence plates by country.
//!
//! Structure: see the table; capitals, with the separators of the plate. China's have a format of their own. District
//! codes are not looked up, but a German plate has at most eight characters before the suffix E (electric) or H.
//! Source: GA 36, FZV Anlage 1–4 and the other national regulations (from memory, 2026-11-22).
//! Examples: 京A·12345, M AB 1234, AB-123-CD.

use std::sync::LazyLock;

use super::{Row, Table, best_of, compile, folded, in_some_country};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::text::han::is_han;

static TABLE: LazyLock<Table> = LazyLock::new(|| compile(ROWS));

/// Characters of a German plate without its suffix.
const GERMAN_LENGTH_MAX: usize = 8;

/// Shapes of licence plates.
pub const ROWS: &[Row] = &[
    ("AL", "@{2}_(?:#{3}_(?:@{2}|T)|R_#{3})"),
    ("AR", "@{2} ?#{3} ?@{2}|@{3} ?#{3}"),
    ("BR", "@{3}#@#{2}|@{3}_#{4}"),
    ("CZ", "(?:[A-FH-NPR-VX-Z0-9]-?){5,8}"),
    ("DE", "[A-ZÄÖÜ]{1,3}_@{1,2}_[1-9]#{0,3}_[EH]?"),
    ("ES", "#{4}_[BCDFGHJKLMNPRSTVWXYZ]{3}"),
    ("FI", "[A-ZÅÄÖ]{2,3}_#{1,3}|@_#{3,5}|#{1,3}_@{2,3}|#{2,3}_@"),
    ("FR", "[A-HJ-NP-TV-Z]{2}_#{3}_[A-HJ-NP-TV-Z]{2}|#{1,4}_@{2,3}_(?:#{2}|2[AB])"),
    ("GB", "@{2}#{2} ?@{3}|@#{1,3} ?@{3}|@{3} ?#{1,3}@"),
    (
        "HU",
        "(?:[B-NPR-TV-Z][A-PR-Z][A-HJ-NPR-Z]|A[B-PR-Z][A-HJ-NPR-Z]|AA[B-HJ-NPR-Z]|A[ABC][IO]|A[A-W]Q|BP[IO]|U[CD]O|XAO)-\
         (?:00[1-9]|0[1-9]#|[1-9]##)|[A-HJ-NPR-Z]{2} [A-HJ-NPR-Z]{2}-#{3}|M#{6}|\
         (?:CK|DT|CD|HC|H[ABEFIKLMNPRSTVX]|MA|OT|SP|R@) ##-##|CD #{3}-#{3}|C-[CX] #{4}|X-[ABC] #{4}|[EPVZ]-#{5}|\
         S A@{2} ##",
    ),
    ("IN", "@{2}_#{1,2}_@{1,3}_#{4}|#{2}_BH_#{4}_@{1,2}"),
    ("IT", "[A-HJ-NPR-TV-Z]{2}_#{3}_[A-HJ-NPR-TV-Z]{2}"),
    ("LI", "FL_#{1,5}[UZ]?"),
    ("PT", "@{2}_#{2}_#{2}|#{2}_@{2}_#{2}|#{2}_#{2}_@{2}|@{2}_#{2}_@{2}"),
    ("SE", "[A-HJ-PR-UW-Z]{3} ?#{2}[A-HJ-PR-UW-Z0-9]|[A-ZÅÄÖ](?:[A-ZÅÄÖ ]{0,5}[A-ZÅÄÖ])"),
    ("SG", "[A-Z]{1,3}_#{1,4}_[A-Z]"),
];

/// Judges a licence plate. Without a country only a Chinese one, which names its province, can be valid.
pub fn check(country: &str, input: &str) -> Option<Checked> {
    let text = folded(input);
    let country = if country.is_empty() && text.starts_with(is_han) { "CN" } else { country };
    if country == "CN" {
        return best_of("cn.vehicle_plate", &text);
    }
    if country.is_empty() {
        return in_some_country(&TABLE, &text);
    }
    let mut checked = TABLE.get(country)?.judge(&text);
    if country == "DE" && checked.validity != Validity::Invalid {
        let before_suffix = checked.normal.trim_end_matches(['E', 'H']).chars().count();
        if before_suffix > GERMAN_LENGTH_MAX {
            checked.worsen(Validity::Invalid, Finding::of(Defect::Length));
        }
    }
    Some(checked)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::finding::Validity::{Invalid, Suspect, Valid};

    #[test]
    fn the_shape_of_the_country_decides() {
        let cases = [
            ("CN", "京A·12345", Valid),
            ("CN", "粤BD12345", Valid),
            ("", "京A·12345", Valid),
            ("", "ABC 123", Suspect),
            ("CN", "京I12345", Invalid),
            ("DE", "LDK-AB-1234-E", Invalid),
            ("DE", "FS AB 1234 E", Valid),
            ("DE", "m ab 1234", Suspect),
            ("HU", "AAA-547", Invalid),
            ("SE", "IQV 123", Invalid),
            ("SE", "", Invalid),
        ];
        for (country, input, validity) in cases {
            assert_eq!(check(country, input).unwrap().validity, validity, "{country} {input}");
        }
    }
}
