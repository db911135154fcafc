//! 各国护照号, passport numbers by country.
//!
//! Structure: see the table; no check digit is printed within the number. Blanks and case do not count.
//! Source: ICAO Doc 9303, PRADO and the issuing authorities' publications (from memory, 2026-11-22).
//! Examples: L4819230 (AU), X1234567A (SG).

use std::sync::LazyLock;

use super::{Row, Table, best_of, compile, holds, in_some_country};
use crate::domain::finding::Checked;
use crate::domain::formats::shape;

static TABLE: LazyLock<Table> = LazyLock::new(|| compile(ROWS));

/// Shapes of passport numbers.
pub const ROWS: &[Row] = &[
    ("AD", "[0-9A-Z]{2,3}#{5,6}"),
    ("AE", "[0-9A-Z]{2}#{7}|@#{8}"),
    ("AL", "@{2}#{7}"),
    ("AM", "@{2}#{7}"),
    ("AR", "@{3}#{6}"),
    ("AT", "@{1,2}#{7}"),
    ("AU", "@{1,2}#{7}"),
    ("AZ", "[A-Z]{1,3}#{7,8}"),
    ("BA", "[A-Z0-9]#{7}|[A-Z]#{8}"),
    ("BD", "@{1,2}#{7,8}"),
    ("BE", "@{2}#{6}"),
    ("BG", "#{9}"),
    ("BR", "@{2}#{6}"),
    ("BY", "@{2}#{7}"),
    ("CA", "@{2}#{6}|@#{6}@{2}"),
    ("CH", "@#{7}|X[0-9A-Z]{7}"),
    ("CL", "@?#{8,9}"),
    ("CO", "@{2}#{6}"),
    ("CY", "@(?:#{6}|#{8})"),
    ("CZ", "#{8}"),
    ("DE", "[CFGHJKLMNPRTVWXYZ0-9]{9}"),
    ("DK", "#{9}"),
    ("DZ", "#{9}"),
    ("EE", "@{1,2}#{7}"),
    ("EG", "@#{8}"),
    ("ES", "[0-9A-Z]{2,3}#{6}"),
    ("FI", "@{2}#{7}"),
    ("FR", "#{2}@{2}#{5}"),
    ("GB", "#{9}"),
    ("GE", "#{2}@{2}#{5}"),
    ("GR", "@{2}#{7}"),
    ("HK", "[HK]J?#{8}|[HK]@#{7}"),
    ("HR", "#{9}"),
    ("HU", "@{2}#{6,7}"),
    ("ID", "[A-CEX]#{7}"),
    ("IE", "[0-9A-Z]{2}#{7}"),
    ("IL", "#{7,8}"),
    ("IN", "@-?#{7}"),
    ("IR", "@#{8}"),
    ("IS", "@#{7}"),
    ("IT", "[0-9A-Z]{2}#{7}"),
    ("JM", "A#{7}"),
    ("JP", "@{2}#{7}"),
    ("KR", "[MSRODG]#{8}|[MSRODG]#{3}@#{4}"),
    ("KZ", "@#{7}|N#{8}"),
    ("LI", "@#{5}"),
    ("LK", "@#{7,8}"),
    ("LT", "[0-9A-Z]{8}"),
    ("LU", "[0-9A-Z]{8}"),
    ("LV", "[0-9A-Z]{2}#{7}"),
    ("LY", "[0-9A-Z]{8}"),
    ("MA", "@{2}#{7}"),
    ("MD", "@#{8}|@{2}#{7}"),
    ("MN", "E#{8}"),
    ("MO", "M[A-Z]?#{7,8}"),
    ("MT", "#{7}"),
    ("MX", "@#{8}|#{10,11}"),
    ("MY", "[AHK]#{8}"),
    ("MZ", "@{2}#{7}|#{2}@{2}#{5}"),
    ("NG", "@#{8}"),
    ("NL", "@{2}[0-9A-Z]{6}#"),
    ("NO", "#{8}|@{3}#{5}"),
    ("NP", "#{8}"),
    ("NZ", "(?:L[ADFH]|E[AP]|N)#{6}|R[A-Z]#{6}"),
    ("PE", "#{7,9}"),
    ("PH", "@(?:#{6}|#{7}@)|@{2}#{6,7}"),
    ("PK", "@{2}#{7}"),
    ("PL", "@{2}#{7}"),
    ("PT", "@{1,2}#{6}"),
    ("RO", "#{8,9}"),
    ("RS", "#{9}"),
    ("RU", "#{9}"),
    ("SA", "@#{6}|@#{8}"),
    ("SE", "#{8}|@{2}#{7}"),
    ("SG", "@#{7}@"),
    ("SI", "P[0-9A-Z]#{7}"),
    ("SK", "[0-9A-Z]#{7}"),
    ("SL", "@{1,2}#{6}|@{2}#{7}"),
    ("TH", "@{1,2}#{6,7}"),
    ("TN", "@#{6}"),
    ("TR", "@#{8}"),
    ("TW", "#{9}"),
    ("UA", "@{2}#{6}"),
    ("US", "#{9}|@#{8}"),
    ("UY", "@#{6}"),
    ("UZ", "@{2}#{7}"),
    ("VN", "@#{7,8}"),
    ("ZA", "[TAMD]#{8}"),
];

/// Judges a passport number. Without a country it is taken for a Chinese one when it can be, else it is suspect.
pub fn check(country: &str, input: &str) -> Option<Checked> {
    let chinese = || best_of("cn.passport", input);
    if country == "CN" {
        return chinese();
    }
    if let Some(checked) = chinese().filter(|checked| country.is_empty() && holds(checked)) {
        return Some(checked);
    }
    let text = shape::compact(input, "");
    if country.is_empty() {
        return in_some_country(&TABLE, &text);
    }
    TABLE.get(country).map(|shapes| shapes.judge(&text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::finding::Validity::{Invalid, Suspect, Valid};

    #[test]
    fn the_shape_of_the_country_decides() {
        let cases = [
            ("AU", "l 4819230", Valid),
            ("SG", "X1234567A", Valid),
            ("IN", "A-1234567", Valid),
            ("ID", "A-1000001", Suspect),
            ("NZ", "LP000001", Invalid),
            ("RU", "1000000001", Invalid),
            ("", "X1234567A", Suspect),
        ];
        for (country, input, validity) in cases {
            assert_eq!(check(country, input).unwrap().validity, validity, "{country} {input}");
        }
        assert!(check("XX", "A1234567").is_none());
    }
}
