//! 外国人永久居留身份证号, number of the foreign permanent resident identity card of China.
//!
//! Structure (18, since 2023-12-01): 9, 2 digits province, 3 digits ISO 3166-1 numeric nationality, 8 digits birth date,
//! 3 digits sequence (odd: male), 1 check character (order of the parts inferred from published examples). The card of
//! 2017 (15): 3 letters ISO 3166-1 nationality, 12 digits whose parts are not published: shape only.
//! Check: ISO 7064 MOD 11-2. Source: National Immigration Administration, notice of 2023.
//! Examples: 932682198501010017, DEU110085010112.

use super::resident_id::ResidentId;
use super::{compact, is_digits, is_masked, is_scientific};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{IdFormat, declared::Declared, division, part, shape};

/// 外国人永久居留身份证号.
pub const FORMAT: Declared = Declared {
    code: "cn.foreigner_permanent_residence",
    name_zh: "外国人永久居留身份证",
    name_en: "Chinese foreign permanent resident identity card",
    source: "National Immigration Administration, 2023-12-01",
    example: "932682198501010017",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = compact(input);
    if is_scientific(&text) {
        return Checked::invalid(text, super::excel_truncated());
    }
    if is_masked(&text) {
        return Checked::suspect(text, Finding::of(Defect::Masked));
    }
    match text.chars().count() {
        15 => of_2017(text),
        18 if !text.starts_with('9') => {
            let finding = Finding::with_detail(Defect::Format, "应以 9 开头", "begins with 9");
            Checked::invalid(text, finding)
        }
        18 => of_2023(&text),
        _ => shape::wrong_length(text, "18/15"),
    }
}

fn of_2023(text: &str) -> Checked {
    /// A Chinese citizen needs no permit.
    const CHINA: u32 = 156;
    let mut checked = ResidentId.check(text);
    let province = part::number_at(text, 1..3);
    if let Some(name) = province.and_then(|province| division::full_name(province * 10_000)) {
        checked.fact("region", name);
    } else if checked.validity != Validity::Invalid {
        let finding = Finding::with_detail(Defect::UnknownComponent, "未知的省级代码", "unknown province");
        checked.worsen(Validity::Suspect, finding);
    }
    if checked.validity != Validity::Invalid && matches!(part::number_at(text, 3..6), Some(0 | CHINA)) {
        let finding = Finding::with_detail(Defect::UnknownComponent, "不是外国代码", "no foreign country");
        checked.worsen(Validity::Suspect, finding);
    }
    checked
}

fn of_2017(text: String) -> Checked {
    let (nation, digits) = (text.get(..3).unwrap_or_default(), text.get(3..).unwrap_or_default());
    if nation.len() != 3 || !nation.bytes().all(|b| b.is_ascii_uppercase()) || !is_digits(digits) {
        let finding = Finding::with_detail(Defect::Format, "应为 3 个字母和 12 位数字", "3 letters and 12 digits");
        return Checked::invalid(text, finding);
    }
    let mut checked = Checked::valid(text.as_str());
    checked.fact("document", "foreigner_permanent_residence");
    checked.fact("nationality", nation);
    checked.note(Finding::with_detail(Defect::Historic, "2017 年版证件", "the card of 2017"));
    if nation == "CHN" {
        let finding = Finding::with_detail(Defect::UnknownComponent, "不是外国代码", "no foreign country");
        checked.worsen(Validity::Suspect, finding);
    }
    checked
}
