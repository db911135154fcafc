//! 行政区划代码, administrative division code of China.
//!
//! Structure (6): 2 digits province, 2 prefecture, 2 county; 9 with 3 of the township (GB/T 10114), 12 with 3 more of the
//! village (statistical codes), of which the first six are judged. No check digit. Abolished codes stay valid for what
//! was registered under them. Standard: GB/T 2260; table and its date see `formats::division`.
//! Examples: 110105 北京市朝阳区, 110103 北京市崇文区 (to 2010).

use super::business_registration::judge_region;
use super::{compact, is_masked};
use crate::domain::finding::{Checked, Defect, Finding};
use crate::domain::formats::{declared::Declared, division, part};

/// 行政区划代码.
pub const FORMAT: Declared = Declared {
    code: "cn.division",
    name_zh: "行政区划代码",
    name_en: "Chinese administrative division code",
    source: "GB/T 2260, GB/T 10114",
    example: "110105",
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let text = compact(input);
    if is_masked(&text) {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    if let Some(mut fault) = part::wrong_digits(&text, &[6, 9, 12]) {
        let whole = format!("{text:0<6}");
        let known = part::number_at(&whole, 0..6).and_then(division::lookup).is_some();
        if matches!(text.len(), 2 | 4) && known {
            // 11 and 1101 are the codes of a province and a prefecture without the zeros.
            fault.findings = fault
                .findings
                .into_iter()
                .map(|finding| finding.suggest(whole.as_str(), "补足 6 位", "filled up to 6 digits"))
                .collect();
        }
        return fault;
    }
    let mut checked = Checked::valid(text.as_str());
    judge_region(&text, &mut checked);
    checked.fact("level", level(&text));
    if part::number_at(&text, 0..6).and_then(division::lookup).is_some_and(|found| found.abolished) {
        checked.fact("abolished", "true");
        checked.note(Finding::with_detail(Defect::Historic, "已撤销的代码", "an abolished code"));
    }
    checked
}

fn level(digits: &str) -> &'static str {
    match (digits.len(), digits.get(2..4), digits.get(4..6)) {
        (12, ..) => "village",
        (9, ..) => "township",
        (_, Some("00"), Some("00")) => "province",
        (_, _, Some("00")) => "prefecture",
        _ => "county",
    }
}
