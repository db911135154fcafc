//! 手机号码, mobile telephone number of mainland China.
//!
//! Structure (11): 3 digits of the network, 4 of the home location, 4 of the subscriber; numbers of the internet of
//! things have 13 and begin with 140–144, 146, 148 or 1064. Written before it: +86, 0086, 86 or a trunk 0. No check digit.
//! The network is the first owner's: numbers move between networks since 2019-12.
//! Source: numbering plan of the Ministry of Industry and Information Technology (prefixes from memory and from
//! libphonenumber, 2026-11-22). Examples (invented): +8613912340007, 17012340007 (virtual operator).

use super::{compact, is_digits, is_masked, is_scientific, letters_as_digits};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{declared::Declared, part, shape};
use crate::domain::text::placeholder::is_repeated_or_sequential_digits;

/// 手机号码.
pub const FORMAT: Declared = Declared {
    code: "cn.mobile",
    name_zh: "手机号码",
    name_en: "Chinese mobile telephone number",
    source: "MIIT numbering plan",
    example: "+8613912340007",
    check_digit: false,
    check,
};

/// What the first digits say of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// The first owner of the prefix: `mobile`, `unicom`, `telecom`, `broadnet`; empty when unknown.
    pub carrier: &'static str,
    /// Resold by a virtual operator.
    pub virtual_operator: bool,
    /// Data cards and machines.
    pub iot: bool,
    /// Satellite telephones.
    pub satellite: bool,
}

fn check(input: &str) -> Checked {
    let text = compact(input);
    if is_scientific(&text) {
        return Checked::invalid(text, super::excel_truncated());
    }
    let text: String = text.chars().filter(|c| !matches!(c, '(' | ')' | '.' | ',')).collect();
    if is_masked(&text) {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    let national = national(&text);
    if !is_digits(national) {
        return wrong_alphabet(&text);
    }
    if !matches!(national.len(), 11 | 13) {
        let found = national.len();
        return Checked::invalid(text, super::wrong_length(found, "11"));
    }
    let Some(network) = network(national) else {
        let filler = is_repeated_or_sequential_digits(national);
        let mut checked = shape::wrong_component(text, "没有这个号段", "no such prefix");
        checked.findings.extend(filler.then(|| Finding::of(Defect::Placeholder)));
        return checked;
    };
    let mut checked = Checked::valid(format!("+86{national}"));
    add_facts(&network, &mut checked);
    if is_filler(national) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    checked
}

fn add_facts(network: &Network, checked: &mut Checked) {
    if !network.carrier.is_empty() {
        checked.fact("carrier", network.carrier);
    }
    if network.virtual_operator {
        checked.fact("virtual_operator", network.carrier);
    }
    if network.satellite {
        checked.fact("satellite", "true");
    }
    if network.iot {
        checked.fact("iot", "true");
        let (zh, en) = ("物联网或数据卡号码", "a data card or machine");
        checked.note(Finding::with_detail(Defect::NotPersonal, zh, en));
    }
}

/// The digits after country code and trunk zero; the country code may have been written twice.
fn national(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..2 {
        let shorter = rest.strip_prefix("+86").or_else(|| rest.strip_prefix("0086"));
        rest = shorter.or_else(|| rest.strip_prefix("86").filter(|rest| rest.len() >= 11)).unwrap_or(rest);
    }
    rest.strip_prefix('0').filter(|rest| rest.starts_with('1')).unwrap_or(rest)
}

/// The network of 11 or 13 digits; `None` for a prefix that is not assigned.
pub fn network(national: &str) -> Option<Network> {
    let five = part::number_at(national, 0..5)?;
    let (three, four) = (five / 100, five / 10);
    let own = |carrier| Network { carrier, virtual_operator: false, iot: false, satellite: false };
    if national.len() == 13 {
        let carrier = match (three, four) {
            (140 | 144 | 148, _) | (_, 1064) => "mobile",
            (141, _) => "telecom",
            (142 | 143 | 146, _) => "unicom",
            _ => return None,
        };
        return Some(Network { iot: true, ..own(carrier) });
    }
    Some(match (three, four, five) {
        (134, 1349, _) | (174, _, 17_400..=17_405) => Network { satellite: true, ..own("telecom") },
        (174, 1749, _) => Network { satellite: true, ..own("") },
        (170, 1700..=1702, _) | (162, ..) => Network { virtual_operator: true, ..own("telecom") },
        (170, 1703 | 1705 | 1706, _) | (165, ..) => Network { virtual_operator: true, ..own("mobile") },
        (170 | 171 | 167, ..) => Network { virtual_operator: true, ..own("unicom") },
        (148, ..) => Network { iot: true, ..own("mobile") },
        (146, ..) => Network { iot: true, ..own("unicom") },
        (149, ..) => Network { iot: true, ..own("telecom") },
        (134..=139 | 147 | 150..=152 | 157..=159 | 172 | 178 | 182..=184 | 187 | 188 | 195 | 197 | 198, ..) => {
            own("mobile")
        }
        (130..=132 | 145 | 155 | 156 | 166 | 175 | 176 | 185 | 186 | 196, ..) => own("unicom"),
        (133 | 153 | 173 | 177 | 180 | 181 | 189..=191 | 193 | 199, ..) => own("telecom"),
        (192, ..) => own("broadnet"),
        (161, 1610, _) => own(""),
        _ => return None,
    })
}

/// The top-up number of China Mobile, and eight digits after the prefix that are one repeated or a run.
fn is_filler(national: &str) -> bool {
    const FILLERS: [&str; 3] = ["13800138000", "13800138001", "13800000001"];
    FILLERS.contains(&national) || national.get(3..).is_some_and(is_repeated_or_sequential_digits)
}

fn wrong_alphabet(text: &str) -> Checked {
    let finding = Finding::with_detail(Defect::Alphabet, "应全为数字", "digits only");
    let proposal = letters_as_digits(text);
    let digits = national(&proposal);
    let fits = is_digits(digits) && digits.len() == 11 && network(digits).is_some();
    let (zh, en) = ("字母疑为形近数字", "letters look like digits");
    Checked::invalid(text, if fits { finding.suggest(digits, zh, en) } else { finding })
}
