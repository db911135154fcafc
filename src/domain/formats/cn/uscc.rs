//! 统一社会信用代码, unified social credit code of a Chinese organisation.
//!
//! Structure (18): 1 registration authority, 1 kind of organisation, 6 digits region (GB/T 2260; 100000: national),
//! 9 characters organisation code (GB 11714, its own check character last), 1 check character. Alphabet: digits and
//! capitals without I, O, S, V, Z. Check: (31 − Σ cᵢ·3^(i−1) mod 31) mod 31. Standard: GB 32100-2015.
//! Codes of the pilot of 2015 (organisation code M0001…) exist whose check character does not fit.
//! Examples: 91110000600037341L, 911522010783762860.

use super::super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::check_digit::MOD31_ALPHABET;
use super::super::{IdFormat, check_digit, division};
use super::wrong_length;
use super::{compact, excel_truncated, is_digits, is_masked, is_scientific, one_change_away, with_corrections};

/// 统一社会信用代码.
pub struct UnifiedSocialCreditCode;

impl IdFormat for UnifiedSocialCreditCode {
    fn code(&self) -> &'static str {
        "cn.uscc"
    }
    fn name_zh(&self) -> &'static str {
        "统一社会信用代码"
    }
    fn name_en(&self) -> &'static str {
        "Chinese unified social credit code"
    }
    fn source(&self) -> &'static str {
        "GB 32100-2015, GB 11714-1997, GB/T 17710"
    }
    fn example(&self) -> &'static str {
        "91110000600037341L"
    }
    fn has_check_digit(&self) -> bool {
        true
    }

    fn check(&self, input: &str) -> Checked {
        let text = compact(input);
        if is_scientific(&text) {
            return Checked::invalid(text, excel_truncated());
        }
        // Three X in a row are a mask, unless they are part of a code that holds.
        if is_masked(&text) && !check_holds(&text) {
            return Checked::suspect(text, Finding::of(Defect::Masked));
        }
        let length = text.chars().count();
        if length != 18 {
            return Checked::invalid(text, wrong_length(length, "18"));
        }
        if !text.bytes().all(|byte| MOD31_ALPHABET.contains(&byte)) {
            return wrong_alphabet(text);
        }
        check_alphabetic(text)
    }
}

/// Whether a compact number is a valid code; costs little where its check character does not fit.
pub fn is_proved(number: &str) -> bool {
    check_holds(number) && UnifiedSocialCreditCode.check(number).validity == Validity::Valid
}

fn check_alphabetic(text: String) -> Checked {
    let mut checked = Checked::valid(text.as_str());
    let organisation = text.get(8..17).unwrap_or_default();
    add_parts(&text, &mut checked);
    checked.fact("org_code", organisation);
    if check_holds(&text) {
        if !organisation_holds(&text) {
            let zh = "其中的组织机构代码校验位不对";
            let en = "the check character of the organisation code inside";
            checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Checksum, zh, en));
        }
    } else if organisation.starts_with("M0001") {
        let finding = Finding::with_detail(Defect::Checksum, "2015 年试点期代码", "a code of the pilot of 2015");
        checked.worsen(Validity::Suspect, finding);
    } else if is_digits(&text) && text.ends_with("000") {
        checked.worsen(Validity::Invalid, excel_truncated());
    } else {
        let finding = with_corrections(Finding::of(Defect::Checksum), corrections(&text));
        checked.worsen(Validity::Invalid, finding);
    }
    checked
}

fn check_holds(text: &str) -> bool {
    text.get(..17).and_then(check_digit::mod31_3) == text.chars().last()
}

fn organisation_holds(text: &str) -> bool {
    let stated = text.get(16..17).and_then(|last| last.chars().next());
    text.get(8..16).and_then(check_digit::gb11714) == stated
}

fn add_parts(text: &str, checked: &mut Checked) {
    match entity_type(text.get(..2).unwrap_or_default()) {
        Some(kind) => checked.word("entity_type", kind),
        None => {
            let zh = "未知的登记管理部门或机构类别";
            let finding = Finding::with_detail(Defect::UnknownComponent, zh, "unknown authority or kind");
            checked.worsen(Validity::Suspect, finding);
        }
    }
    let region = text.get(2..8).unwrap_or_default();
    checked.fact("region_code", region);
    match region_name(region) {
        Some(name) => checked.word("region", name),
        None => {
            let finding = Finding::with_detail(Defect::UnknownComponent, "未知的行政区划代码", "unknown region code");
            checked.worsen(Validity::Suspect, finding);
        }
    }
}

fn region_name(region: &str) -> Option<&'static str> {
    if region == "100000" {
        return Some("国家");
    }
    is_digits(region).then(|| region.parse().ok().and_then(division::full_name))?
}

/// The kind of organisation by authority and kind character (GB 32100 table 2 with its later amendments).
fn entity_type(prefix: &str) -> Option<&'static str> {
    Some(match prefix {
        "11" => "government_organ",
        "12" => "public_institution",
        "13" => "mass_organisation",
        "51" => "social_organisation",
        "52" => "private_non_enterprise",
        "53" => "foundation",
        "91" => "enterprise",
        "92" => "individual_business",
        "93" => "farmers_cooperative",
        "31" | "32" | "33" | "34" | "35" | "36" | "37" => "judicial_service",
        "71" | "72" => "religious_organisation",
        "81" => "labour_union",
        "A1" => "military_institution",
        "N1" | "N2" | "N3" => "rural_collective",
        "14" | "19" | "21" | "29" | "39" | "41" | "49" | "54" | "55" | "59" | "61" | "62" | "69" | "79" | "89"
        | "99" | "A9" | "N9" | "Y1" => "other",
        _ => return None,
    })
}

fn wrong_alphabet(text: String) -> Checked {
    let proposal: String = text.chars().map(look_alike).collect();
    let finding = Finding::with_detail(Defect::Alphabet, "不使用 I、O、S、V、Z", "I, O, S, V and Z are not used");
    let fits = proposal.len() == 18 && check_holds(&proposal) && organisation_holds(&proposal);
    let (zh, en) = ("改正形近字符后校验通过", "the check fits after replacing look-alikes");
    Checked::invalid(text, if fits { finding.suggest(proposal, zh, en) } else { finding })
}

/// The character of the alphabet that an excluded letter resembles; V resembles none.
fn look_alike(c: char) -> char {
    match c {
        'I' => '1',
        'O' => '0',
        'Z' => '2',
        'S' => '5',
        other => other,
    }
}

/// The codes one typing error away that satisfy both checks and have a known region and kind.
fn corrections(text: &str) -> Vec<String> {
    let known = |code: &str| {
        let region = code.get(2..8).unwrap_or_default();
        entity_type(code.get(..2).unwrap_or_default()).is_some() && region_name(region).is_some()
    };
    let fits = |code: &str| check_holds(code) && organisation_holds(code) && known(code);
    one_change_away(text, MOD31_ALPHABET, |code| fits(code).then(|| code.to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_verdict_names_the_defect() {
        use Validity::{Invalid, Suspect, Valid};
        let cases = [
            ("91110000600037341L", Valid, None),
            ("91110000-600037341-l ", Valid, None),
            ("911522010783762860", Valid, None),
            ("91350211M00013FA1N", Suspect, Some(Defect::Checksum)),
            ("91110000600037341M", Invalid, Some(Defect::Checksum)),
            ("9111000060003734IL", Invalid, Some(Defect::Alphabet)),
            ("91110000******341L", Suspect, Some(Defect::Masked)),
            ("911522010783762000", Invalid, Some(Defect::ExcelTruncated)),
            ("9.11522E+17", Invalid, Some(Defect::ExcelTruncated)),
            ("9111000060003734", Invalid, Some(Defect::Length)),
            ("", Invalid, Some(Defect::Length)),
            ("九一一一〇〇〇〇六〇〇〇三七三四一L", Invalid, Some(Defect::Alphabet)),
        ];
        for (input, validity, defect) in cases {
            let checked = UnifiedSocialCreditCode.check(input);
            assert_eq!((checked.validity, checked.findings.first().map(|f| f.defect)), (validity, defect), "{input}");
        }
    }

    #[test]
    fn facts_and_suggestions_follow() {
        let checked = UnifiedSocialCreditCode.check("91110000600037341L");
        assert_eq!(checked.fact_value("entity_type"), Some("enterprise"));
        assert_eq!(checked.fact_value("region"), Some("北京市"));
        assert_eq!(checked.fact_value("org_code"), Some("600037341"));
        for typed in ["9111OOOO600037341L", "91110000600037314L", "91110000600037441L"] {
            let checked = UnifiedSocialCreditCode.check(typed);
            let proposals: Vec<_> = checked.findings.iter().flat_map(|f| &f.suggestions).collect();
            assert!(proposals.iter().any(|s| s.value == "91110000600037341L"), "{typed} {proposals:?}");
        }
    }
}
