//! The Chinese numbering plan where the library's metadata is silent: service numbers, data cards, operators, area
//! codes of today and before, dialling prefixes, and what counts as a filler.

use super::super::super::finding::{Checked, Finding, Validity};
use super::super::super::formats::cn::{area_codes, area_codes::Area, mobile};

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
    // 12345 is the hotline of every city; other runs of digits (123, 123456) are typed where nothing is known.
    if is_run(national.as_bytes()) && national != "12345" && !starts(&["2", "3", "4", "5", "6", "7", "8"]) {
        return None;
    }
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

/// Digits of a mobile number.
const MOBILE_DIGITS: usize = 11;

/// Whether the digits could be a mobile number by their length and first two digits.
pub(super) fn is_mobile_shape(national: &str) -> bool {
    national.len() == MOBILE_DIGITS && is_mobile_start(national)
}

/// Whether the digits begin as those of mobile numbers do.
pub(super) fn is_mobile_start(national: &str) -> bool {
    matches!(national.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// A masked number (`*` for every hidden digit) without its country code, so that the visible digits can be compared.
pub(super) fn masked(number: &str) -> &str {
    let coded = number.strip_prefix("+86").or_else(|| number.strip_prefix("0086"));
    let bare = || number.strip_prefix("86").filter(|rest| rest.len() == MOBILE_DIGITS);
    coded.or_else(bare).unwrap_or(number)
}

/// National digits and what was dialled before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialled<'a> {
    /// The digits that remain.
    pub national: &'a str,
    /// A carrier was selected: 17951, 12593.
    pub carrier: bool,
    /// How often the country code was written.
    pub country_codes: usize,
}

/// Takes off what was dialled before a number: 0086, 86 (even twice), 17951 and other carriers, 0 before a mobile.
pub(super) fn undialled(digits: &str) -> Dialled<'_> {
    const CARRIERS: [&str; 12] =
        ["17951", "17950", "17911", "17910", "17909", "17908", "17969", "17968", "12593", "12520", "10193", "11808"];
    let mut dialled = Dialled { national: digits, carrier: false, country_codes: 0 };
    // Each round removes one prefix; nobody stacks more than four.
    for _ in 0..4 {
        let rest = dialled.national;
        let carrier = CARRIERS.iter().find_map(|prefix| rest.strip_prefix(prefix)).filter(|rest| rest.len() >= 10);
        let idd = rest.strip_prefix("0086");
        let code = rest.strip_prefix("86").filter(|rest| rest.len() >= 10);
        let trunk = rest.strip_prefix('0').filter(|rest| is_mobile_shape(rest) || rest.starts_with("86"));
        let Some(shorter) = carrier.or(idd).or(code).or(trunk) else { break };
        dialled.carrier |= carrier.is_some();
        dialled.country_codes += usize::from(carrier.is_none() && (idd.is_some() || code.is_some()));
        dialled.national = shorter;
        // +86 00371…: the trunk zero doubled by a slip, not the 00 of an international call.
        if shorter.starts_with("00") && !shorter.starts_with("0086") {
            dialled.national = shorter.get(1..).unwrap_or(shorter);
            break;
        }
    }
    dialled
}

/// Adds who first owned the prefix of a mobile number, and who resells it. Numbers move between networks since 2019-12.
pub(super) fn add_network(national: &str, checked: &mut Checked) {
    let Some(network) = mobile::network(national) else { return };
    if !network.carrier.is_empty() {
        checked.word("carrier", network.carrier);
    }
    if network.virtual_operator {
        checked.word("virtual_operator", network.carrier);
    }
    if network.satellite {
        checked.word("satellite", "true");
    }
}

/// Area code without its zero, the area, and the subscriber's digits.
fn area(national: &str) -> Option<(u32, Option<&'static Area>, &str)> {
    let digits = if national.starts_with("10") || national.starts_with('2') { 2 } else { 3 };
    let code: u32 = national.get(..digits)?.parse().ok().filter(|_| !national.starts_with('0'))?;
    Some((code, area_codes::lookup(code), national.get(digits..)?))
}

/// Adds area code and city of a fixed line.
pub(super) fn add_area(national: &str, checked: &mut Checked) {
    if let Some((code, Some(area), _)) = area(national) {
        checked.fact("area_code", format!("0{code}"));
        checked.fact("region", area.name);
    }
}

/// A fixed line that is no valid number today: of an abolished area code, or short of the digits its city has now.
/// `national` begins with the area code, which a zero may precede.
pub(super) fn landline_of_before(national: &str) -> Option<(Validity, Finding)> {
    let (code, _, local) = area(national.strip_prefix('0').unwrap_or(national))?;
    area_codes::of_before(code, local)
}

/// The E.164 number of a local number in a city, where its length fits the city: `65529988`, `北京`.
pub(super) fn in_city(local: &str, city_short_name: &str) -> Option<String> {
    let digits: String = local.chars().filter(char::is_ascii_digit).collect();
    let area = area_codes::of_city(city_short_name.trim().trim_end_matches('市'))?;
    let fits = special(&digits) == Some(Special::Local)
        && (digits.len() == 7 && area.seven || digits.len() == 8 && area.eight);
    fits.then(|| format!("+86{}{digits}", area.code))
}

/// Whether national digits are a known filler: the top-up number, one digit repeated, a run.
pub(super) fn is_placeholder(national: &str) -> bool {
    const FILLERS: [&str; 4] = ["13800138000", "13800138001", "13912345678", "13800000001"];
    let digits = national.as_bytes();
    if is_run(digits) || digits.len() == 1 || FILLERS.contains(&national) {
        return true;
    }
    let tail = digits.len().checked_sub(8).and_then(|from| digits.get(from..));
    digits.len() == MOBILE_DIGITS && tail.is_some_and(is_run)
}

/// One ASCII digit repeated, or digits that go up or down by one (9 and 0 are neighbours).
fn is_run(digits: &[u8]) -> bool {
    let step = |from: u8, to: u8| to.wrapping_add(10).wrapping_sub(from) % 10;
    let [first, second, ..] = *digits else { return false };
    let every = step(first, second);
    matches!(every, 0 | 1 | 9) && digits.windows(2).all(|pair| matches!(pair, [a, b] if step(*a, *b) == every))
}
