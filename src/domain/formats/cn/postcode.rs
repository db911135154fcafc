//! 邮政编码, Chinese postal code.
//!
//! Structure (6): 2 digits province, 1 postal district, 1 county, 2 delivery office. No check digit. Hong Kong and
//! Macau have none; 999077 and 999078 stand for them by convention. Source: China Post. Examples: 100020, 518000.

use super::super::super::finding::{Checked, Defect, Finding, Validity};
use super::super::super::text::placeholder::is_repeated_or_sequential_digits;
use super::super::IdFormat;
use super::{compacted, is_digits, is_masked, wrong_length};

/// 邮政编码.
pub struct Postcode;

impl IdFormat for Postcode {
    fn code(&self) -> &'static str {
        "cn.postcode"
    }
    fn name_zh(&self) -> &'static str {
        "邮政编码"
    }
    fn name_en(&self) -> &'static str {
        "Chinese postal code"
    }
    fn source(&self) -> &'static str {
        "China Post"
    }
    fn example(&self) -> &'static str {
        "100020"
    }

    fn check(&self, input: &str) -> Checked {
        let text = compacted(input);
        if is_masked(&text) {
            return Checked::suspect(text, Finding::of(Defect::Masked));
        }
        if !is_digits(&text) {
            let finding = Finding::with_detail(Defect::Alphabet, "应全为数字", "digits only");
            return Checked::invalid(text, finding);
        }
        if text.len() != 6 {
            return wrong_number_of_digits(&text);
        }
        judge(&text)
    }
}

fn judge(digits: &str) -> Checked {
    let mut checked = Checked { facts: Vec::with_capacity(1), ..Checked::valid(digits) };
    if digits == "100000" || is_repeated_or_sequential_digits(digits) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    match (digits, province_of(digits)) {
        ("999077", _) => checked.word("province", "香港"),
        ("999078", _) => checked.word("province", "澳门"),
        (_, Some(province)) => checked.word("province", province),
        (_, None) => {
            let finding = Finding::with_detail(Defect::UnknownComponent, "未知的邮区", "unknown postal region");
            checked.worsen(Validity::Suspect, finding);
        }
    }
    checked
}

/// Five digits are the remains of a code whose leading zero a spreadsheet dropped, where such a province exists.
fn wrong_number_of_digits(digits: &str) -> Checked {
    let finding = wrong_length(digits.len(), "6");
    let restored = format!("0{digits}");
    if restored.len() == 6 && province_of(&restored).is_some() {
        let suggestion = finding.suggest(restored, "首位 0 可能已丢失", "the leading zero may have been dropped");
        return Checked::invalid(digits, suggestion);
    }
    Checked::invalid(digits, finding)
}

fn province_of(digits: &str) -> Option<&'static str> {
    Some(match digits.get(..2)?.parse::<u8>().ok()? {
        1 | 2 => "内蒙古",
        3 | 4 => "山西",
        5..=7 => "河北",
        10 => "北京",
        11 | 12 => "辽宁",
        13 => "吉林",
        15 | 16 => "黑龙江",
        20 => "上海",
        21 | 22 => "江苏",
        23 | 24 => "安徽",
        25..=27 => "山东",
        30 => "天津",
        31 | 32 => "浙江",
        33 | 34 => "江西",
        35 | 36 => "福建",
        40 => "重庆",
        41 | 42 => "湖南",
        43 | 44 => "湖北",
        45..=47 => "河南",
        51 | 52 => "广东",
        53 | 54 => "广西",
        55 | 56 => "贵州",
        57 => "海南",
        61..=64 => "四川",
        65..=67 => "云南",
        71 | 72 => "陕西",
        73 | 74 => "甘肃",
        75 => "宁夏",
        81 => "青海",
        83 | 84 => "新疆",
        85 | 86 => "西藏",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_names_the_defect() {
        use Validity::{Invalid, Suspect, Valid};
        let cases = [
            ("102629", Valid, None),
            ("016063", Valid, None),
            ("５１８０００", Valid, None),
            ("999077", Valid, None),
            ("822001", Suspect, Some(Defect::UnknownComponent)),
            ("000000", Suspect, Some(Defect::Placeholder)),
            ("123456", Suspect, Some(Defect::Placeholder)),
            ("100000", Suspect, Some(Defect::Placeholder)),
            ("10000", Invalid, Some(Defect::Length)),
            ("10002O", Invalid, Some(Defect::Alphabet)),
            ("", Invalid, Some(Defect::Alphabet)),
        ];
        for (input, validity, defect) in cases {
            let checked = Postcode.check(input);
            assert_eq!((checked.validity, checked.findings.first().map(|f| f.defect)), (validity, defect), "{input}");
        }
    }
}
