//! 居民身份证号码, number of the Chinese resident identity card.
//!
//! Structure (18): 6 digits region (GB/T 2260), 8 digits birth date, 3 digits sequence (odd: male), 1 check character.
//! The form before 1999 (15): region 6, birth date yymmdd of 19yy, sequence 3, no check; sequence 996–999 marked
//! people born in 18yy. Check: ISO 7064 MOD 11-2. Standard: GB 11643-1999; regions read 2026-11-22, see `division.dat`.
//!
//! The same 18 characters serve as residence permit of people from Hong Kong (810000), Macau (820000) and Taiwan
//! (830000), and since 2023 as foreigner's permanent residence card: 9, 2 digits province, 3 digits ISO 3166-1 numeric
//! nationality, birth date, sequence, check. Examples: 11010519491231002X, 15-digit 110105491231002.

use super::super::super::date::CivilDate;
use super::super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::super::text::placeholder::is_repeated_or_sequential_digits;
use super::super::{IdFormat, check_digit, division};
use super::{compact, excel_truncated, is_digits, is_masked, is_scientific, letters_as_digits, one_change_away};
use super::{with_corrections, wrong_length};

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
        if is_scientific(&text) {
            return Checked::invalid(text, excel_truncated());
        }
        let body_len = text.bytes().take_while(u8::is_ascii_digit).count();
        match (body_len, text.chars().count()) {
            (15, 15) => check_15(&text),
            (18, 18) => check_18(text),
            (17, 18) if text.ends_with('X') => check_18(text),
            (17, 18) => wrong_last(text),
            _ if is_masked(&text) => Checked::suspect(text, Finding::of(Defect::Masked)),
            (17, 17) => last_missing(text),
            (digits, all) if digits == all => Checked::invalid(text, wrong_length(all, "18")),
            _ => wrong_alphabet(text),
        }
    }
}

/// The parts of 18 characters whose first 17 are digits.
struct Parts<'a> {
    text: &'a str,
    region: u32,
    birth: Option<CivilDate>,
    sequence: u32,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
        let (year, month, day) = (number(6, 10)?, number(10, 12)?, number(12, 14)?);
        let date = CivilDate::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        // Cards exist since 1984: nobody born before 1850 has one, and no clock is asked for the upper end.
        let birth = date.filter(|date| (1850..=2100).contains(&date.year()));
        Some(Self { text, region: number(0, 6)?, birth, sequence: number(14, 17)? })
    }

    fn is_foreigner(&self) -> bool {
        self.text.starts_with('9')
    }

    fn province_possible(&self) -> bool {
        self.is_foreigner() || division::province_exists(self.region / 10_000)
    }

    fn check_holds(&self) -> bool {
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
        checked.normal = text.to_owned();
    }
    checked
}

fn check_18(text: String) -> Checked {
    let mut checked = Checked::valid(text.as_str());
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
        checked.findings.extend(with_corrections(main, corrections(&text)));
    }
    checked
}

fn judge_parts(parts: &Parts<'_>, checked: &mut Checked) {
    match parts.birth {
        Some(birth) => checked.fact("birth_date", birth.to_string()),
        None => {
            let zh = "出生日期不存在";
            checked.worsen(Validity::Invalid, Finding::with_detail(Defect::Component, zh, "no such birth date"));
        }
    }
    checked.fact("gender", if parts.sequence % 2 == 1 { "M" } else { "F" });
    if parts.is_foreigner() {
        checked.fact("document", "foreigner_permanent_residence");
        checked.fact("nationality_numeric", parts.text.get(3..6).unwrap_or_default());
        return;
    }
    if matches!(parts.region, 810_000 | 820_000 | 830_000) {
        checked.fact("document", "hmt_residence_permit");
    }
    judge_region(parts, checked);
}

fn judge_region(parts: &Parts<'_>, checked: &mut Checked) {
    checked.fact("region_code", format!("{:06}", parts.region));
    if let Some(found) = division::lookup(parts.region) {
        checked.fact("region", division::full_name(parts.region).unwrap_or_default());
        if found.abolished {
            checked.fact("region_abolished", "true");
        }
    } else if parts.province_possible() {
        let finding = Finding::with_detail(Defect::UnknownComponent, "未知的行政区划代码", "unknown region code");
        checked.worsen(Validity::Suspect, finding);
    } else {
        let finding = Finding::with_detail(Defect::Component, "没有这个省级代码", "no such province");
        checked.worsen(Validity::Invalid, finding);
    }
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
        _ => rank(number).is_some(),
    };
    match proposal.filter(fits) {
        Some(number) => {
            finding.suggest(number, "改正形近字符后符合全部规则", "fits every rule after replacing look-alikes")
        }
        None => finding,
    }
}

/// The numbers one typing error away that fit every rule, the likeliest first.
fn corrections(text: &str) -> Vec<String> {
    let mut ranked: Vec<(u32, usize, String)> = one_change_away(text, b"0123456789X")
        .into_iter()
        .enumerate()
        .filter_map(|(order, number)| Some((rank(&number)? + unlikelihood(text, &number), order, number)))
        .collect();
    ranked.sort();
    ranked.into_iter().map(|(_, _, number)| number).collect()
}

/// 0 for a number that looks like one in daily use, more for stranger ones, `None` for an impossible one.
fn rank(number: &str) -> Option<u32> {
    let shaped = number.len() == 18 && number.get(..17).is_some_and(is_digits);
    let parts = Parts::of(number).filter(|parts| shaped && parts.check_holds())?;
    let birth = parts.birth?;
    let daily_year = u32::from(!(1920..=2025).contains(&birth.year())) * 4;
    if parts.is_foreigner() {
        return Some(daily_year + 8);
    }
    Some(daily_year + u32::from(division::lookup(parts.region)?.abolished) * 2)
}

/// 0 for a transposition (each has the odds of several substitutions) or a confusion of similar digits.
fn unlikelihood(typed: &str, meant: &str) -> u32 {
    const SIMILAR: [&str; 12] = ["08", "06", "17", "14", "38", "35", "56", "58", "68", "69", "49", "23"];
    let changed: Vec<(char, char)> = typed.chars().zip(meant.chars()).filter(|(a, b)| a != b).collect();
    match changed.as_slice() {
        [(a, b)] => u32::from(!SIMILAR.iter().any(|pair| pair.contains(*a) && pair.contains(*b))),
        _ => 0,
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
    fn corrections_fit_and_are_few() {
        let swapped = ResidentId.check("11010519491213002X");
        let proposals: Vec<String> =
            swapped.findings.into_iter().filter_map(|f| f.suggestion).map(|s| s.value).collect();
        assert!(proposals.contains(&"11010519491231002X".to_owned()) && proposals.len() <= 5, "{proposals:?}");
        for proposal in proposals {
            assert_eq!(ResidentId.check(&proposal).validity, Validity::Valid);
        }
        let missing = ResidentId.check("11010519491231002");
        assert_eq!(missing.findings[0].suggestion.as_ref().unwrap().value, "11010519491231002X");
        let letters = ResidentId.check("11O1O519491231002X");
        assert_eq!(letters.findings[0].suggestion.as_ref().unwrap().value, "11010519491231002X");
    }
}
