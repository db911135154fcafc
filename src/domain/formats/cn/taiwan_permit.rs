//! 台湾居民来往大陆通行证 (台胞证), mainland travel permit for residents of Taiwan.
//!
//! Structure: 8 digits for life (since 2008-09-25); before: the 8 digits, 2 digits of a counter and, often in brackets,
//! the letter of the issuing office. No check digit. Source: notice of the Ministry of Public Security of 2008. The
//! first 8 digits identify the person. Examples (invented): 05616823, 0561682301(D).

use super::super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::super::text::placeholder::is_repeated_or_sequential_digits;
use super::super::IdFormat;
use super::{compact, is_digits, is_masked, wrong_length};
use smol_str::SmolStr;

/// 台湾居民来往大陆通行证.
pub struct TaiwanPermit;

impl IdFormat for TaiwanPermit {
    fn code(&self) -> &'static str {
        "cn.taiwan_permit"
    }
    fn name_zh(&self) -> &'static str {
        "台湾居民来往大陆通行证"
    }
    fn name_en(&self) -> &'static str {
        "mainland travel permit for Taiwan residents"
    }
    fn source(&self) -> &'static str {
        "Ministry of Public Security, 2008-09-25"
    }
    fn example(&self) -> &'static str {
        "05616823"
    }
    fn match_key(&self, normal: &str) -> SmolStr {
        normal.chars().take(8).collect()
    }

    fn check(&self, input: &str) -> Checked {
        let text: String = compact(input).chars().filter(|c| !matches!(c, '(' | ')')).collect();
        if is_masked(&text) {
            return Checked::suspect(text, Finding::of(Defect::Masked));
        }
        let digits = text.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(&text);
        let lettered = digits.len() < text.len();
        if !is_digits(digits) {
            let finding = Finding::with_detail(Defect::Alphabet, "应全为数字", "digits only");
            return Checked::invalid(text, finding);
        }
        match (digits.len(), lettered) {
            (8, false) | (10, _) => {}
            (length, _) => {
                let finding = wrong_length(length, "8 / 10");
                return Checked::invalid(text, finding);
            }
        }
        let mut checked = Checked::valid(text.as_str());
        if digits.len() == 10 {
            let zh = "旧式号码，前 8 位为终身号";
            checked.note(Finding::with_detail(Defect::Historic, zh, "older form; 8 digits are for life"));
        }
        if digits.get(..8).is_some_and(is_repeated_or_sequential_digits) {
            checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
        }
        checked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_names_the_defect() {
        use Validity::{Invalid, Suspect, Valid};
        let cases = [
            ("05616823", Valid, None),
            ("0561682301（D）", Valid, Some(Defect::Historic)),
            ("0561682301b", Valid, Some(Defect::Historic)),
            ("056168230", Invalid, Some(Defect::Length)),
            ("05616823D", Invalid, Some(Defect::Length)),
            ("0561O823", Invalid, Some(Defect::Alphabet)),
            ("11111111", Suspect, Some(Defect::Placeholder)),
            ("0561****", Suspect, Some(Defect::Masked)),
            ("", Invalid, Some(Defect::Alphabet)),
        ];
        for (input, validity, defect) in cases {
            let checked = TaiwanPermit.check(input);
            assert_eq!((checked.validity, checked.findings.first().map(|f| f.defect)), (validity, defect), "{input}");
        }
        assert_eq!(TaiwanPermit.match_key("0561682301D"), "05616823");
    }
}
