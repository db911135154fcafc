//! 居民身份证号码, number of the Chinese resident identity card.
//!
//! Structure (18): 6 digits region (GB/T 2260), 8 digits birth date, 3 digits sequence (odd: male), 1 check character.
//! The form before 1999 (15): region 6, birth date yymmdd of 19yy, sequence 3, no check; sequence 996–999 marked
//! people born in 18yy. Check: ISO 7064 MOD 11-2. Standard: GB 11643-1999; regions read 2026-11-22, see `division.dat`.
//!
//! The same 18 characters serve as residence permit of people from Hong Kong (810000), Macau (820000) and Taiwan
//! (830000), and since 2023 as foreigner's permanent residence card: 9, 2 digits province, 3 digits ISO 3166-1 numeric
//! nationality, birth date, sequence, check. Examples: 11010519491231002X, 15-digit 110105491231002.

use smol_str::{SmolStr, SmolStrBuilder};

use super::super::super::date::CivilDate;
use super::super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::super::record::Gender;
use super::super::super::text::placeholder::is_repeated_or_sequential_digits;
use super::super::{IdFormat, check_digit, division};
use super::{compact, excel_truncated, is_digits, is_masked, is_scientific, letters_as_digits, with_corrections};
use super::{resident_id_suggestions, wrong_length};

/// 居民身份证号码.
pub struct ResidentId;

impl IdFormat for ResidentId {
    fn code(&self) -> &'static str {
        "cn.resident_id"
    }
    fn name_zh(&self) -> &'static str {
        "居民身份证号码"
    }
    fn name_en(&self) -> &'static str {
        "Chinese resident identity number"
    }
    fn source(&self) -> &'static str {
        "GB 11643-1999, GB/T 2260, ISO 7064 MOD 11-2"
    }
    fn example(&self) -> &'static str {
        "11010519491231002X"
    }
    fn has_check_digit(&self) -> bool {
        true
    }

    fn check(&self, input: &str) -> Checked {
        let text = compact(input);
        let body_len = text.bytes().take_while(u8::is_ascii_digit).count();
        if body_len < text.len() && is_scientific(&text) {
            return Checked::invalid(text, excel_truncated());
        }
        match (body_len, text.chars().count()) {
            (15, 15) => check_15(&text),
            (18, 18) => check_18(text),
            (17, 18) if text.ends_with('X') => check_18(text),
            (17, 18) => wrong_last(text),
            _ if is_masked(&text) => masked(&text),
            (17, 17) => last_missing(text),
            (digits, all) if digits == all => Checked::invalid(text, wrong_length(all, "18")),
            _ => wrong_alphabet(text),
        }
    }
}

/// Whether 18 characters are a resident's number beyond doubt: a possible birth date and a check character that fits.
pub fn is_proved(number: &str) -> bool {
    let shaped = number.len() == 18 && number.get(..17).is_some_and(is_digits);
    shaped && Parts::of(number).is_some_and(|parts| parts.birth.is_some() && parts.check_holds())
}

/// The verdict on 18 characters that are a resident's number beyond doubt; `None` for any other text, and where more
/// than the check character has to be looked at.
pub fn check_proved(number: &str) -> Option<Checked> {
    let parts = Parts::of(number).filter(|_| number.len() == 18)?;
    if parts.birth.is_none() || !parts.check_holds() {
        return None;
    }
    let mut checked = Checked::valid(number);
    note_placeholder(number, &mut checked);
    judge_parts(&parts, &mut checked);
    (checked.validity != Validity::Invalid).then_some(checked)
}

/// The parts of 18 characters whose first 17 are digits.
pub(super) struct Parts<'a> {
    text: &'a str,
    pub(super) region: u32,
    pub(super) birth: Option<CivilDate>,
    sequence: u32,
}

impl<'a> Parts<'a> {
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let digit = |number: u32, b: &u8| b.is_ascii_digit().then(|| number * 10 + u32::from(b - b'0'));
        let number = |from: usize, to: usize| text.as_bytes().get(from..to)?.iter().try_fold(0, digit);
        let (year, month, day) = (number(6, 10)?, number(10, 12)?, number(12, 14)?);
        let date = CivilDate::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        // Cards exist since 1984: nobody born before 1850 has one, and no clock is asked for the upper end.
        let birth = date.filter(|date| (1850..=2100).contains(&date.year()));
        Some(Self { text, region: number(0, 6)?, birth, sequence: number(14, 17)? })
    }

    pub(super) fn is_foreigner(&self) -> bool {
        self.text.starts_with('9')
    }

    pub(super) fn gender(&self) -> Gender {
        if self.sequence % 2 == 1 { Gender::Male } else { Gender::Female }
    }

    fn province_possible(&self) -> bool {
        self.is_foreigner() || division::province_exists(self.region / 10_000)
    }

    pub(super) fn check_holds(&self) -> bool {
        self.text.get(..17).and_then(check_digit::mod11_2) == self.text.chars().last()
    }
}

fn check_15(text: &str) -> Checked {
    let centenarian = matches!(text.get(12..), Some("996" | "997" | "998" | "999"));
    let century = if centenarian { "18" } else { "19" };
    let body = format!("{}{century}{}", text.get(..6).unwrap_or_default(), text.get(6..).unwrap_or_default());
    let whole = check_digit::mod11_2(&body).map(|check| format!("{body}{check}")).unwrap_or_default();
    let Some(parts) = Parts::of(&whole) else { return Checked::invalid(text, Finding::of(Defect::Format)) };
    let mut checked = Checked::valid(whole.as_str());
    let zh = "15 位旧号码，已换算为 18 位";
    checked.note(Finding::with_detail(Defect::Historic, zh, "15 digits, converted to 18"));
    note_placeholder(text, &mut checked);
    judge_parts(&parts, &mut checked);
    if checked.validity == Validity::Invalid {
        // No conversion of what is wrong anyway: the digits as they were typed.
        checked.normal = text.into();
    }
    checked
}

fn check_18(text: String) -> Checked {
    let mut checked = Checked::valid("");
    note_placeholder(&text, &mut checked);
    let Some(parts) = Parts::of(&text) else { return Checked::invalid(text, Finding::of(Defect::Format)) };
    judge_parts(&parts, &mut checked);
    if !parts.check_holds() {
        if text.ends_with("000") {
            checked.worsen(Validity::Invalid, excel_truncated());
        } else {
            checked.worsen(Validity::Invalid, Finding::of(Defect::Checksum));
        }
    }
    let correctable = checked.validity == Validity::Invalid && !checked.has(Defect::ExcelTruncated);
    if let Some(main) = checked.findings.pop_if(|_| correctable) {
        checked.findings.push(with_corrections(main, resident_id_suggestions::corrections(&text)));
    }
    checked.normal = text.into();
    checked
}

/// Birth date, sex, region code and its name; the year of a young region.
const FACTS_USUAL: usize = 5;

fn judge_parts(parts: &Parts<'_>, checked: &mut Checked) {
    checked.facts = Vec::with_capacity(FACTS_USUAL);
    match parts.birth {
        Some(_) => checked.fact("birth_date", iso_date(parts.text.get(6..14).unwrap_or_default())),
        None => {
            let zh = "出生日期不存在";
            checked.worsen(Validity::Invalid, Finding::with_detail(Defect::Component, zh, "no such birth date"));
        }
    }
    checked.word("gender", parts.gender().code());
    if parts.is_foreigner() {
        checked.word("document", "foreigner_permanent_residence");
        checked.fact("nationality_numeric", parts.text.get(3..6).unwrap_or_default());
        return;
    }
    if matches!(parts.region, 810_000 | 820_000 | 830_000) {
        checked.word("document", "hmt_residence_permit");
    }
    judge_region(parts, checked);
}

fn judge_region(parts: &Parts<'_>, checked: &mut Checked) {
    checked.fact("region_code", parts.text.get(..6).unwrap_or_default());
    if let Some(found) = division::lookup(parts.region) {
        checked.word("region", division::full_name(parts.region).unwrap_or_default());
        if found.abolished {
            checked.word("region_abolished", "true");
        }
        if let (Some(from_year), Some(birth)) = (found.from_year, parts.birth) {
            judge_age_of_region(from_year, birth.year().unsigned_abs(), checked);
        }
    } else if parts.province_possible() {
        let finding = Finding::with_detail(Defect::UnknownComponent, "未知的行政区划代码", "unknown region code");
        checked.worsen(Validity::Suspect, finding);
    } else {
        let finding = Finding::with_detail(Defect::Component, "没有这个省级代码", "no such province");
        checked.worsen(Validity::Invalid, finding);
    }
}

/// A code younger than its holder: a number given anew after a move or a reform, or an invented one.
fn judge_age_of_region(from_year: u16, birth_year: u16, checked: &mut Checked) {
    /// Since this year a child gets the number when its birth is registered, before with the first card at 16.
    const AT_BIRTH_SINCE: u16 = 1999;
    const FIRST_CARD_AGE_YEARS: u16 = 16;
    /// By this year everyone of age had a card.
    const CARDS_ISSUED: u16 = 1990;
    if from_year <= birth_year {
        return;
    }
    checked.fact("region_from_year", from_year.to_string());
    let numbered = if birth_year >= AT_BIRTH_SINCE { birth_year } else { birth_year + FIRST_CARD_AGE_YEARS };
    if from_year > numbered.max(CARDS_ISSUED) {
        let zh = format!("区划代码 {from_year} 年才启用，晚于号码编定的年份");
        let en = format!("the region code came into use in {from_year}, after the number was given");
        checked.note(Finding::with_detail(Defect::Conflict, zh, en));
    }
}

/// `19491231` as `1949-12-31`.
fn iso_date(digits: &str) -> SmolStr {
    let (year, rest) = digits.split_at_checked(4).unwrap_or_default();
    let (month, day) = rest.split_at_checked(2).unwrap_or_default();
    let mut date = SmolStrBuilder::new();
    for part in [year, "-", month, "-", day] {
        date.push_str(part);
    }
    date.finish()
}

/// What 110105********002X still tells: the region, the last four characters and with them the sex.
fn masked(text: &str) -> Checked {
    let mut checked = Checked::suspect(text, Finding::of(Defect::Masked));
    if let Some(region) = text.get(..6).filter(|head| is_digits(head)) {
        checked.fact("region_code", region);
        if let Some(name) = region.parse().ok().and_then(division::full_name) {
            checked.word("region", name);
        }
    }
    let tail_at = text.char_indices().nth_back(3).map(|(at, _)| at);
    let tail = tail_at.and_then(|at| text.get(at..)).unwrap_or_default();
    let shown = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || b == b'X') && part.len() == 4;
    let sequence = tail.bytes().take(3).all(|b| b.is_ascii_digit());
    if text.chars().count() == 18 && shown(tail) && sequence {
        checked.fact("last_four", tail);
        let odd = tail.as_bytes().get(2).is_some_and(|digit| digit % 2 == 1);
        checked.fact("gender", if odd { "M" } else { "F" });
    }
    checked
}

fn note_placeholder(digits: &str, checked: &mut Checked) {
    if is_repeated_or_sequential_digits(digits) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
}

/// 17 digits and a look-alike of X (Cyrillic Х, ×, *): shown as a suggestion, never assumed.
fn wrong_last(text: String) -> Checked {
    let body: String = text.chars().take(17).collect();
    let finding = Finding::with_detail(Defect::Alphabet, "末位不是数字或 X", "the last character is no digit or X");
    let proposal = check_digit::mod11_2(&body).map(|check| format!("{body}{check}"));
    Checked::invalid(text, suggest(finding, proposal))
}

fn last_missing(text: String) -> Checked {
    let proposal = check_digit::mod11_2(&text).map(|check| format!("{text}{check}"));
    Checked::invalid(text, suggest(wrong_length(17, "18"), proposal))
}

fn wrong_alphabet(text: String) -> Checked {
    let stripped: String = text.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let proposal = letters_as_digits(&stripped);
    let finding =
        Finding::of(if stripped.len() == 18 || stripped.len() == 15 { Defect::Alphabet } else { Defect::Format });
    Checked::invalid(text, suggest(finding, Some(proposal)))
}

/// Adds `proposal` when it fits every rule.
fn suggest(finding: Finding, proposal: Option<String>) -> Finding {
    let fits = |number: &String| match number.len() {
        15 => is_digits(number) && check_15(number).validity != Validity::Invalid,
        _ => resident_id_suggestions::rank(number).is_some(),
    };
    match proposal.filter(fits) {
        Some(number) => {
            finding.suggest(number, "改正形近字符后符合全部规则", "fits every rule after replacing look-alikes")
        }
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn judged(input: &str) -> (Validity, Option<Defect>) {
        let checked = ResidentId.check(input);
        let defect = checked.findings.first().map(|finding| finding.defect);
        (checked.validity, defect)
    }

    #[test]
    fn the_verdict_names_the_defect() {
        use Validity::{Invalid, Suspect, Valid};
        let cases = [
            ("11010519491231002X", Valid, None),
            ("110105 19491231 002x", Valid, None),
            ("110105-19491231-002ｘ", Valid, None),
            ("440308199901101512", Valid, None),
            ("810000199408230021", Valid, None),
            ("830000199201300022", Valid, None),
            ("932682198501010017", Valid, None),
            ("440308199901101513", Invalid, Some(Defect::Checksum)),
            ("440308199902301512", Invalid, Some(Defect::Component)),
            ("110101199003070000", Invalid, Some(Defect::ExcelTruncated)),
            ("1.10101E+17", Invalid, Some(Defect::ExcelTruncated)),
            ("110105********002X", Suspect, Some(Defect::Masked)),
            ("111111111111111", Suspect, Some(Defect::Historic)),
            ("610104620932690", Invalid, Some(Defect::Historic)),
            ("11010519491231002Х", Invalid, Some(Defect::Alphabet)),
            ("1101051949123100", Invalid, Some(Defect::Length)),
            ("", Invalid, Some(Defect::Length)),
            ("张三", Invalid, Some(Defect::Format)),
        ];
        for (input, validity, defect) in cases {
            assert_eq!(judged(input), (validity, defect), "{input}");
        }
    }

    #[test]
    fn fifteen_digits_become_eighteen() {
        for (old, new) in [("110105491231002", "11010519491231002X"), ("330102200403064", "33010219200403064X")] {
            let checked = ResidentId.check(old);
            assert_eq!((checked.validity, checked.normal.as_str()), (Validity::Valid, new));
        }
        let centenarian = ResidentId.check("110105991231998");
        assert_eq!(centenarian.fact_value("birth_date"), Some("1899-12-31"));
        assert!(ResidentId.check("111111111111111").has(Defect::Placeholder));
    }

    #[test]
    fn facts_follow_from_the_number() {
        let checked = ResidentId.check("11010519491231002X");
        let facts = ["birth_date", "gender", "region_code", "region"].map(|name| checked.fact_value(name).unwrap());
        assert_eq!(facts, ["1949-12-31", "F", "110105", "北京市朝阳区"]);
        assert_eq!(ResidentId.check("932682198501010017").fact_value("nationality_numeric"), Some("682"));
    }

    #[test]
    fn a_region_is_judged_by_its_province() {
        let with_check = |body: &str| format!("{body}{}", check_digit::mod11_2(body).unwrap());
        let abolished = ResidentId.check(&with_check("11010319600101001"));
        assert_eq!((abolished.validity, abolished.fact_value("region_abolished")), (Validity::Valid, Some("true")));
        assert_eq!(judged(&with_check("23540719600101001")), (Validity::Suspect, Some(Defect::UnknownComponent)));
        assert_eq!(judged(&with_check("77010119600101001")), (Validity::Invalid, Some(Defect::Component)));
    }

    #[test]
    fn a_region_younger_than_the_number_is_noted() {
        let with_check = |body: &str| format!("{body}{}", check_digit::mod11_2(body).unwrap());
        let cases = [
            ("50015419930410612", Some("2016"), true),
            ("50015420050410612", Some("2016"), true),
            ("50015420170410612", None, false),
            // 1997, when the holder got the first card
            ("44030819850110151", Some("1997"), false),
            ("11010519491231002", None, false),
        ];
        for (body, from_year, noted) in cases {
            let checked = ResidentId.check(&with_check(body));
            assert_eq!(checked.fact_value("region_from_year"), from_year, "{body}");
            assert_eq!((checked.validity, checked.has(Defect::Conflict)), (Validity::Valid, noted), "{body}");
        }
    }

    #[test]
    fn a_mask_leaves_region_and_sex() {
        let checked = ResidentId.check("110105********002x");
        let facts = ["region_code", "region", "last_four", "gender"].map(|name| checked.fact_value(name).unwrap());
        assert_eq!(facts, ["110105", "北京市朝阳区", "002X", "F"]);
        assert!(ResidentId.check("****************2X").facts.is_empty());
        assert_eq!(ResidentId.check("1****************X").fact_value("gender"), None);
    }

    #[test]
    fn corrections_fit_and_are_few() {
        let swapped = ResidentId.check("11010519491213002X");
        let proposals: Vec<_> = swapped.findings.into_iter().flat_map(|f| f.suggestions).map(|s| s.value).collect();
        assert!(proposals.contains(&"11010519491231002X".into()) && proposals.len() <= 5, "{proposals:?}");
        for proposal in proposals {
            assert_eq!(ResidentId.check(&proposal).validity, Validity::Valid);
        }
        let missing = ResidentId.check("11010519491231002");
        assert_eq!(missing.findings[0].suggestion().unwrap().value, "11010519491231002X");
        let letters = ResidentId.check("11O1O519491231002X");
        assert_eq!(letters.findings[0].suggestion().unwrap().value, "11010519491231002X");
    }
}
