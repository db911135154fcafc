//! 各国邮政编码, postal codes by country.
//!
//! Structure: see the table; case does not count. Sources: the national posts and the UPU's addressing guides (from
//! memory, 2026-11-22). China's have a format of their own. Examples: SW1A 1AA (GB), 10115 (DE), 100-0001 (JP).

use std::sync::LazyLock;

use super::{Row, Table, compile, folded};
use crate::domain::finding::Checked;

static TABLE: LazyLock<Table> = LazyLock::new(|| compile(ROWS));

/// Shapes of postal codes.
pub const ROWS: &[Row] = &[
    ("AD", "(?:AD)?[1-7]#{2}"),
    ("AM", "#{4}"),
    ("AR", "[A-HJ-NP-Z]?#{4}|[A-HJ-NP-Z]#{4}@{3}"),
    ("AT", "[1-9]#{3}"),
    ("AU", "#{4}"),
    ("AZ", "(?:AZ[ -]?)?#{4}"),
    ("BA", "[78]#{4}"),
    ("BD", "[1-9]#{3}"),
    ("BE", "[1-9]#{3}"),
    ("BG", "[1-9]#{3}"),
    ("BR", "#{5}-?#{3}"),
    ("BY", "2[1-4]#{4}"),
    ("CA", "[ABCEGHJ-NPRSTVXY]#[ABCEGHJ-NPRSTV-Z][ -]?#[ABCEGHJ-NPRSTV-Z]#"),
    ("CH", "[1-9]#{3}"),
    ("CL", "#{3}-?#{4}"),
    (
        "CO",
        "(?:05|08|11|13|15|17|18|19|20|23|25|27|41|44|47|50|52|54|63|66|68|70|73|76|81|85|86|88|91|94|95|97|99)#{4}",
    ),
    ("CR", "[1-7]#{4}"),
    ("CY", "#{4}"),
    ("CZ", "[1-7]#{2} ?#{2}"),
    ("DE", "(?:0[1-9]|[1-9]#)#{3}"),
    ("DK", "#{4}"),
    ("DO", "#{5}"),
    ("DZ", "#{5}"),
    ("EE", "#{5}"),
    ("EG", "#{5}"),
    ("ES", "(?:0[1-9]|[1-4]#|5[0-2])#{3}"),
    ("FI", "#{5}"),
    ("FR", "(?:0[1-9]|[1-8]#|9[0-5])#{3}|97[1-8]#{2}|98[4-9]#{2}"),
    ("GB", "GIR ?0AA|@{1,2}#[0-9A-Z]? ?#@{2}"),
    ("GE", "#{4}"),
    ("GR", "[0-8]#{2} ?#{2}"),
    ("GT", "#{5}"),
    ("HR", "[1-5]#{4}"),
    ("HT", "(?:HT)?#{4}"),
    ("HU", "[1-9]#{3}"),
    ("ID", "[1-9]#{4}"),
    ("IE", "(?:[AC-FHKNPRTV-Y]#{2}|D6W) ?[0-9AC-FHKNPRTV-Y]{4}"),
    ("IL", "#{5}|#{7}"),
    ("IN", "(?:1[1-9]|2[0-8]|3[0-46-9]|4#|5[0-36-9]|6[0-47-9]|7#|8[0-5]|9#)(?:#{4}|# #{3})"),
    ("IR", "[13-9]{4}[1346-9]-?[013-9]#{4}"),
    ("IS", "[1-9]#{2}"),
    ("IT", "#{5}"),
    ("JO", "#{5}"),
    ("JP", "#{3}-?#{4}"),
    ("KE", "#{5}"),
    ("KR", "(?:0[1-9]|[1-5]#|6[0-3])#{3}"),
    ("KZ", "#{6}|@#{2}@#@#"),
    ("LI", "94(?:8[5-9]|9[0-8])"),
    ("LK", "#{5}"),
    ("LT", "(?:LT-?)?#{5}"),
    ("LU", "(?:L-?)?#{4}"),
    ("LV", "(?:LV-?)?#{4}"),
    ("MA", "#{5}"),
    ("MC", "980#{2}"),
    ("MD", "(?:MD-?)?#{4}"),
    ("ME", "8#{4}"),
    ("MG", "[1-6]#{2}"),
    ("MK", "[1-9]#{3}"),
    ("MN", "#{5}"),
    ("MT", "@{3} ?#{2,4}"),
    ("MX", "#{5}"),
    ("MY", "#{5}"),
    ("NL", "[1-9]#{3} ?(?:[A-RT-Z]@|S[BCE-RT-Z])"),
    ("NO", "#{4}"),
    ("NP", "(?:10|21|22|32|33|34|44|45|56|57)#{3}"),
    ("NZ", "#{4}"),
    ("PE", "#{5}"),
    ("PH", "#{4}"),
    ("PK", "[1-9]#{4}"),
    ("PL", "#{2}-#{3}"),
    ("PR", "00[679]#{2}(?:-#{4})?"),
    ("PT", "[1-9]#{3}-#{3}"),
    ("RO", "#{6}"),
    ("RS", "[1-3]#{4}"),
    ("RU", "[1-6]#{5}"),
    ("SA", "#{5}(?:-#{4})?"),
    ("SE", "[1-9]#{2} ?#{2}"),
    ("SG", "#{6}"),
    ("SI", "[1-9]#{3}"),
    ("SK", "[089]#{2} ?#{2}"),
    ("SM", "4789#"),
    ("TH", "[1-9]#{4}"),
    ("TN", "#{4}"),
    ("TR", "(?:0[1-9]|[1-7]#|8[01])#{3}"),
    ("TW", "[1-9]#{2}(?:-?#{2,3})?"),
    ("UA", "#{5}"),
    ("US", "#{5}(?:-#{4})?"),
    ("UY", "#{5}"),
    ("UZ", "#{6}"),
    ("VA", "00120"),
    ("VN", "#{5,6}"),
    ("ZA", "#{4}"),
    ("ZM", "#{5}"),
];

/// Judges a postal code of a country other than China.
pub fn check(country: &str, input: &str) -> Option<Checked> {
    TABLE.get(country).map(|shapes| shapes.judge(&folded(input).to_uppercase()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::domain::finding::Validity::{Invalid, Suspect, Valid};

    #[test]
    fn the_shape_of_the_country_decides() {
        let cases = [
            ("GB", "sw1a 1aa", Valid, "SW1A1AA"),
            ("JP", "１００－０００１", Valid, "1000001"),
            ("FR", "44 000", Suspect, "44000"),
            ("FR", "96000", Invalid, "96000"),
            ("NL", "1841 SS", Invalid, "1841SS"),
            ("IN", "351123", Invalid, "351123"),
            ("US", "20500-0003", Valid, "205000003"),
        ];
        for (country, input, validity, normal) in cases {
            let checked = check(country, input).unwrap();
            assert_eq!((checked.validity, checked.normal.as_str()), (validity, normal), "{country} {input}");
        }
        assert!(check("CN", "100020").is_none() && check("", "100020").is_none());
    }
}
