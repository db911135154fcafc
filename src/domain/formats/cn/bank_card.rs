//! 银行卡号, bank card number (PAN).
//!
//! Structure: 13–19 digits: issuer's prefix, account, check digit; UnionPay begins with 62, 60 or 81 and has 16–19.
//! Check: Luhn. Standard: ISO/IEC 7812-1. Which prefixes are assigned is not public, so an unknown one is no defect;
//! passbook and company accounts (存折, 对公账户) carry no Luhn digit, so a failing number of an unknown scheme is only
//! suspect. Examples: 6283875070985593, 6263892624162870.

use super::super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::super::text::placeholder::is_repeated_or_sequential_digits;
use super::super::{IdFormat, check_digit};
use super::{compacted, excel_truncated, is_digits, is_masked, is_scientific, letters_as_digits, wrong_length};

/// 银行卡号.
pub struct BankCard;

impl IdFormat for BankCard {
    fn code(&self) -> &'static str {
        "cn.bank_card"
    }
    fn name_zh(&self) -> &'static str {
        "银行卡号"
    }
    fn name_en(&self) -> &'static str {
        "bank card number"
    }
    fn source(&self) -> &'static str {
        "ISO/IEC 7812-1"
    }
    fn example(&self) -> &'static str {
        "6283875070985593"
    }
    fn has_check_digit(&self) -> bool {
        true
    }

    fn check(&self, input: &str) -> Checked {
        let text = compacted(input);
        if is_digits(&text) && (13..=19).contains(&text.len()) {
            return judge(&text);
        }
        let text = text.into_owned();
        if is_scientific(&text) {
            return Checked::invalid(text, excel_truncated());
        }
        if is_masked(&text) {
            return Checked::suspect(text, Finding::of(Defect::Masked));
        }
        if !is_digits(&text) {
            return wrong_alphabet(text);
        }
        let finding = wrong_length(text.len(), "13–19");
        Checked::invalid(text, finding)
    }
}

fn judge(digits: &str) -> Checked {
    let mut checked = Checked { facts: Vec::with_capacity(1), ..Checked::valid(digits) };
    let scheme = scheme_of(digits);
    if let Some(name) = scheme {
        checked.word("scheme", name);
    }
    if is_repeated_or_sequential_digits(digits) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    if scheme == Some("unionpay") && digits.len() < 16 {
        let finding = wrong_length(digits.len(), "16–19");
        checked.worsen(Validity::Suspect, finding);
    }
    if !check_digit::luhn_holds(digits) {
        let beyond_double = digits.get(15..).unwrap_or_default();
        if beyond_double.len() >= 2 && beyond_double.bytes().all(|b| b == b'0') {
            checked.worsen(Validity::Invalid, excel_truncated());
        } else if scheme.is_some() {
            checked.worsen(Validity::Invalid, Finding::of(Defect::Checksum));
        } else {
            let zh = "也可能是没有校验位的账号";
            let finding = Finding::with_detail(Defect::Checksum, zh, "or an account number, which has none");
            checked.worsen(Validity::Suspect, finding);
        }
    }
    checked
}

fn scheme_of(digits: &str) -> Option<&'static str> {
    let prefix = digits.get(..4)?.parse::<u32>().ok()?;
    match (prefix / 100, prefix) {
        (60 | 62 | 81, _) => Some("unionpay"),
        (_, 9558) => Some("unionpay"),
        (51..=55, _) | (_, 2221..=2720) => Some("mastercard"),
        (34 | 37, _) => Some("amex"),
        (35, _) => Some("jcb"),
        (40..=49, _) => Some("visa"),
        _ => None,
    }
}

fn wrong_alphabet(text: String) -> Checked {
    let finding = Finding::with_detail(Defect::Alphabet, "应全为数字", "digits only");
    let proposal = letters_as_digits(&text);
    let fits = (13..=19).contains(&proposal.len()) && check_digit::luhn_holds(&proposal);
    let (zh, en) = ("改正形近字符后校验通过", "the check fits after replacing look-alikes");
    Checked::invalid(text, if fits { finding.suggest(proposal, zh, en) } else { finding })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_names_the_defect() {
        use Validity::{Invalid, Suspect, Valid};
        let cases = [
            ("6283875070985593", Valid, None),
            ("6283 8750-7098 5593", Valid, None),
            ("6283875070985594", Invalid, Some(Defect::Checksum)),
            ("628387507098559O", Invalid, Some(Defect::Alphabet)),
            ("6222026006705350000", Invalid, Some(Defect::ExcelTruncated)),
            ("6.22203E+18", Invalid, Some(Defect::ExcelTruncated)),
            ("6283********5593", Suspect, Some(Defect::Masked)),
            ("1000000000000001", Suspect, Some(Defect::Checksum)),
            ("8888888888888888", Suspect, Some(Defect::Placeholder)),
            ("628387507098", Invalid, Some(Defect::Length)),
            ("", Invalid, Some(Defect::Alphabet)),
        ];
        for (input, validity, defect) in cases {
            let checked = BankCard.check(input);
            assert_eq!((checked.validity, checked.findings.first().map(|f| f.defect)), (validity, defect), "{input}");
        }
        assert_eq!(BankCard.check("6283875070985593").fact_value("scheme"), Some("unionpay"));
    }
}
