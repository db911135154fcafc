//! The Chinese numbering plan where the library's metadata is silent: service numbers, data cards, virtual operators,
//! dialling prefixes, and what counts as a filler.

use super::super::super::text::placeholder::is_repeated_or_sequential_digits;

/// What a number is for, where the library does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    /// 95588, 12306, 1069…: reached from everywhere, nobody's own.
    Service,
    /// A data card of the internet of things (13 digits, or 146, 148, 149).
    InternetOfThings,
    /// Maritime satellite telephone (1749).
    Satellite,
    /// Seven or eight digits of a fixed line without its area code.
    Local,
}

/// Classifies national digits; `None`: ask the library.
pub(super) fn special(national: &str) -> Option<Special> {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| national.starts_with(prefix));
    match national.len() {
        3 if starts(&["11", "12"]) => Some(Special::Service),
        5 if starts(&["95", "96", "100", "101", "12", "11"]) => Some(Special::Service),
        6..=8 if starts(&["95", "96", "100", "116114", "118114", "12"]) => Some(Special::Service),
        13 if starts(&["140", "141", "142", "143", "144", "146", "148", "1064", "1084"]) => {
            Some(Special::InternetOfThings)
        }
        // Ports of text messages (1069…); shorter ones begin with 10 and are above.
        9..=20 if starts(&["106"]) => Some(Special::Service),
        11 if starts(&["146", "148", "149"]) => Some(Special::InternetOfThings),
        11 if starts(&["1749"]) => Some(Special::Satellite),
        7 | 8 if starts(&["2", "3", "4", "5", "6", "7", "8"]) => Some(Special::Local),
        _ => None,
    }
}

/// The network whose numbers a virtual operator resells.
pub(super) fn virtual_operator(national: &str) -> Option<&'static str> {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| national.starts_with(prefix));
    if starts(&["1700", "1701", "1702", "162"]) {
        Some("telecom")
    } else if starts(&["1703", "1705", "1706", "165"]) {
        Some("mobile")
    } else if starts(&["1704", "1707", "1708", "1709", "171", "167"]) {
        Some("unicom")
    } else {
        None
    }
}

/// Whether the digits could be a mobile number by their length and first two digits.
pub(super) fn is_mobile_shape(national: &str) -> bool {
    let mut bytes = national.bytes();
    national.len() == 11 && bytes.next() == Some(b'1') && matches!(bytes.next(), Some(b'3'..=b'9'))
}

/// Digits without what was dialled before them: 0086 86 (even twice), 17951 and other carriers, 0 before a mobile.
pub(super) fn without_prefixes(digits: &str) -> &str {
    const CARRIERS: [&str; 12] =
        ["17951", "17950", "17911", "17910", "17909", "17908", "17969", "17968", "12593", "12520", "10193", "11808"];
    let mut rest = digits;
    // Each round removes one prefix; nobody stacks more than four.
    for _ in 0..4 {
        let carrier = CARRIERS.iter().find_map(|prefix| rest.strip_prefix(prefix)).filter(|rest| rest.len() >= 10);
        let idd = rest.strip_prefix("0086");
        let code = rest.strip_prefix("86").filter(|rest| rest.len() >= 10);
        let trunk = rest.strip_prefix('0').filter(|rest| is_mobile_shape(rest) || rest.starts_with("86"));
        match carrier.or(idd).or(code).or(trunk) {
            // +86 00371…: the trunk zero doubled by a slip, not the 00 of an international call.
            Some(shorter) if shorter.starts_with("00") && !shorter.starts_with("0086") => {
                return shorter.get(1..).unwrap_or(shorter);
            }
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    rest
}

/// Whether national digits are a known filler: the top-up number, one digit repeated, a run.
pub(super) fn is_placeholder(national: &str) -> bool {
    const FILLERS: [&str; 4] = ["13800138000", "13800138001", "13912345678", "13800000001"];
    if FILLERS.contains(&national) || national.len() >= 6 && is_repeated_or_sequential_digits(national) {
        return true;
    }
    let tail = national.len().checked_sub(8).and_then(|from| national.get(from..));
    national.len() == 11 && tail.is_some_and(is_repeated_or_sequential_digits)
}
