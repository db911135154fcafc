//! Country codes of ISO 3166-1 (from memory, 2026-11-22) that international identifiers carry.

/// The two-letter codes in order.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ \
    MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO \
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW \
    TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// The member states of the European Union with their ISO 3166-1 numeric codes.
const EU_MEMBERS: &[(&str, &str)] = &[
    ("AT", "040"),
    ("BE", "056"),
    ("BG", "100"),
    ("CY", "196"),
    ("CZ", "203"),
    ("DE", "276"),
    ("DK", "208"),
    ("EE", "233"),
    ("ES", "724"),
    ("FI", "246"),
    ("FR", "250"),
    ("GR", "300"),
    ("HR", "191"),
    ("HU", "348"),
    ("IE", "372"),
    ("IT", "380"),
    ("LT", "440"),
    ("LU", "442"),
    ("LV", "428"),
    ("MT", "470"),
    ("NL", "528"),
    ("PL", "616"),
    ("PT", "620"),
    ("RO", "642"),
    ("SE", "752"),
    ("SI", "705"),
    ("SK", "703"),
];

/// Whether ISO 3166-1 assigns these two capital letters, or everybody uses them as if it did (XK, Kosovo).
pub fn is_known(code: &str) -> bool {
    code.len() == 2 && (code == "XK" || CODES.split_ascii_whitespace().any(|known| known == code))
}

/// Whether the two letters are a member state of the European Union.
pub fn is_eu_member(code: &str) -> bool {
    EU_MEMBERS.iter().any(|(letters, _)| *letters == code)
}

/// The member state of an ISO 3166-1 numeric code.
pub fn eu_member_by_number(number: &str) -> Option<&'static str> {
    EU_MEMBERS.iter().find(|(_, digits)| *digits == number).map(|(letters, _)| *letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_whole_words() {
        assert!(is_known("CN") && is_known("XK") && is_known("ZW"));
        assert!(!is_known("XX") && !is_known("D ") && !is_known("") && !is_known("cn"));
        assert_eq!(eu_member_by_number("372"), Some("IE"));
        assert!(is_eu_member("SE") && !is_eu_member("GB"));
    }
}
