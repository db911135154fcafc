//! 港澳居民来往内地通行证 (回乡证), mainland travel permit for residents of Hong Kong and Macau.
//!
//! Structure: H (Hong Kong) or M (Macau), 8 digits for life, and on cards before 2013 a counter of 2 digits for each
//! renewal. No check digit. Source: rule of the Ministry of Public Security of 1999. The first 9 characters identify
//! the person. Examples (invented): H12345670, M1234567501.

use super::super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::super::text::placeholder::is_repeated_or_sequential_digits;
use super::super::IdFormat;
use super::{compact, is_digits, is_masked, letters_as_digits, wrong_length};
use smol_str::SmolStr;

/// 港澳居民来往内地通行证.
pub struct HkMacauPermit;

impl IdFormat for HkMacauPermit {
    fn code(&self) -> &'static str {
        "cn.hk_macau_permit"
    }
    fn name_zh(&self) -> &'static str {
        "港澳居民来往内地通行证"
    }
    fn name_en(&self) -> &'static str {
        "mainland travel permit for Hong Kong and Macau residents"
    }
    fn source(&self) -> &'static str {
        "Ministry of Public Security, 1999"
    }
    fn example(&self) -> &'static str {
        "H12345670"
    }
    fn match_key(&self, normal: &str) -> SmolStr {
        normal.chars().take(9).collect()
    }

    fn check(&self, input: &str) -> Checked {
        let text = compact(input);
        if is_masked(&text) {
            return Checked::suspect(text, Finding::of(Defect::Masked));
        }
        let (region, digits) = match (text.strip_prefix('H'), text.strip_prefix('M')) {
            (Some(digits), _) => ("HK", digits),
            (_, Some(digits)) => ("MO", digits),
            (None, None) => {
                let finding = Finding::with_detail(Defect::Format, "应以 H 或 M 开头", "begins with H or M");
                return Checked::invalid(text, finding);
            }
        };
        let length = text.chars().count();
        if !matches!(length, 9 | 11) {
            let finding = wrong_length(length, "9 / 11");
            return Checked::invalid(text, finding);
        }
        if !is_digits(digits) {
            return wrong_alphabet(&text, digits);
        }
        let mut checked = Checked::valid(text.as_str());
        checked.fact("region", region);
        if digits.get(..8).is_some_and(is_repeated_or_sequential_digits) {
            checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
        }
        checked
    }
}

fn wrong_alphabet(text: &str, digits: &str) -> Checked {
    let finding = Finding::with_detail(Defect::Alphabet, "首字母后应全为数字", "digits after the first letter");
    let proposal = letters_as_digits(digits);
    if !is_digits(&proposal) {
        return Checked::invalid(text, finding);
    }
    let whole: String = text.chars().take(1).chain(proposal.chars()).collect();
    Checked::invalid(text, finding.suggest(whole, "字母疑为形近数字", "letters look like digits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_names_the_defect() {
        use Validity::{Invalid, Suspect, Valid};
        let cases = [
            ("H12345670", Valid, None),
            ("h1234567001", Valid, None),
            ("M 1234-5675", Valid, None),
            ("H1234567O", Invalid, Some(Defect::Alphabet)),
            ("H123456701", Invalid, Some(Defect::Length)),
            ("T12345670", Invalid, Some(Defect::Format)),
            ("H1234****", Suspect, Some(Defect::Masked)),
            ("H88888888", Suspect, Some(Defect::Placeholder)),
            ("", Invalid, Some(Defect::Format)),
        ];
        for (input, validity, defect) in cases {
            let checked = HkMacauPermit.check(input);
            assert_eq!((checked.validity, checked.findings.first().map(|f| f.defect)), (validity, defect), "{input}");
        }
        assert_eq!(HkMacauPermit.match_key("H1234567001"), "H12345670");
    }
}
