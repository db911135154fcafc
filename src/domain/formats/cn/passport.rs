//! 中华人民共和国护照, passport of the People's Republic of China, with those of Hong Kong and Macau.
//!
//! Structure (9): ordinary E + 8 digits, then E + letter (not I, O) + 7 digits; before 2012 G + 8 digits, before that
//! 14 or 15 + 7 digits; diplomatic D, service S, public affairs P, each with 7 digits or E + 7 digits (P. and S. with a
//! full stop in older books); Hong Kong K or H + 8 digits or K, H + letter + 7 digits; Macau MA, MB + 7 digits.
//! No check digit outside the machine-readable zone. Source: GA notices of 2012 and 2017-04-05.
//! Examples (invented): E00160025, EA1234560.

use super::super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::super::text::placeholder::is_repeated_or_sequential_digits;
use super::super::IdFormat;
use super::{compact, is_digits, is_masked, letters_as_digits};

/// 中华人民共和国护照.
pub struct Passport;

impl IdFormat for Passport {
    fn code(&self) -> &'static str {
        "cn.passport"
    }
    fn name_zh(&self) -> &'static str {
        "中国护照"
    }
    fn name_en(&self) -> &'static str {
        "Chinese passport"
    }
    fn source(&self) -> &'static str {
        "Ministry of Public Security, 2012 and 2017-04-05"
    }
    fn example(&self) -> &'static str {
        "E00160025"
    }

    fn check(&self, input: &str) -> Checked {
        let text: String = compact(input).chars().filter(|c| *c != '.').collect();
        if is_masked(&text) {
            return Checked::suspect(text, Finding::of(Defect::Masked));
        }
        let digits_at = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
        let (series, digits) = text.split_at(digits_at);
        let Some(kind) = kind_of(series, digits).filter(|_| is_digits(digits)) else {
            return wrong_shape(&text);
        };
        let mut checked = Checked::valid(text.as_str());
        checked.fact("passport_kind", kind);
        if is_repeated_or_sequential_digits(digits) {
            checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
        }
        checked
    }
}

fn kind_of(series: &str, digits: &str) -> Option<&'static str> {
    let letters: Vec<char> = series.chars().collect();
    match (letters.as_slice(), digits.len()) {
        (['E' | 'G'], 8) => Some("ordinary"),
        ([], 9) if digits.starts_with("14") || digits.starts_with("15") => Some("ordinary"),
        (['E', 'A'..='H' | 'J'..='N' | 'P'..='Z'], 7) => Some("ordinary"),
        (['D'] | ['D', 'E'], 7) => Some("diplomatic"),
        (['S'] | ['S', 'E'], 7) => Some("service"),
        (['P'] | ['P', 'E'], 7) => Some("public_affairs"),
        (['K' | 'H'], 8) | (['K' | 'H', 'A'..='Z'], 7) => Some("hong_kong"),
        (['M', 'A' | 'B'], 7) => Some("macau"),
        _ => None,
    }
}

/// Not a shape ever issued. Look-alike letters among the digits (EI1234560) give a suggestion.
fn wrong_shape(text: &str) -> Checked {
    let finding = Finding::with_detail(Defect::Format, "不是中国护照号码的格式", "not a shape of Chinese passports");
    let proposal: String = text.chars().take(1).chain(letters_as_digits(text).chars().skip(1)).collect();
    let digits = proposal.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let series = proposal.strip_suffix(digits).unwrap_or_default();
    let fits = proposal != text && is_digits(digits) && kind_of(series, digits).is_some();
    Checked::invalid(
        text,
        if fits { finding.suggest(proposal, "字母疑为形近数字", "letters look like digits") } else { finding },
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_verdict_names_the_defect() {
        use Validity::{Invalid, Suspect, Valid};
        let cases = [
            ("E00160025", Valid, None),
            ("ea1234560", Valid, None),
            ("G2535 2380", Valid, None),
            ("141234560", Valid, None),
            ("P.1234560", Valid, None),
            ("SE1234560", Valid, None),
            ("K12345670", Valid, None),
            ("MA1234560", Valid, None),
            ("EI1234560", Invalid, Some(Defect::Format)),
            ("GA1234560", Invalid, Some(Defect::Format)),
            ("K0123456", Invalid, Some(Defect::Format)),
            ("E12345678", Suspect, Some(Defect::Placeholder)),
            ("E1234****", Suspect, Some(Defect::Masked)),
            ("", Invalid, Some(Defect::Format)),
            ("护照", Invalid, Some(Defect::Format)),
        ];
        for (input, validity, defect) in cases {
            let checked = Passport.check(input);
            assert_eq!((checked.validity, checked.findings.first().map(|f| f.defect)), (validity, defect), "{input}");
        }
        let checked = Passport.check("EI1234560");
        assert_eq!(checked.findings[0].suggestion().unwrap().value, "E11234560");
    }
}
