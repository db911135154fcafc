//! 机动车驾驶证号, driving licence of China: licence number or archive number.
//!
//! Structure: the licence number is the holder's resident identity number (18, before 1999 15). The archive number
//! (档案编号, 12): 4 digits of the issuing office (GB/T 2260 province and prefecture), 8 digits sequence, no check digit.
//! The two are different numbers of one licence and never equal. Standard: GA 482-2012 (from memory).
//! Examples: 11010519491231002X, 430101758218.

use super::resident_id::ResidentId;
use super::{compact, is_digits, is_masked};
use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::{IdFormat, declared::Declared, division, part, shape};
use crate::domain::text::placeholder::is_repeated_or_sequential_digits;

/// 机动车驾驶证号.
pub const FORMAT: Declared = Declared {
    code: "cn.driving_licence",
    name_zh: "机动车驾驶证",
    name_en: "Chinese driving licence",
    source: "GA 482-2012, GB 11643-1999",
    example: "11010519491231002X",
    // An archive number has none.
    check_digit: false,
    check,
};

fn check(input: &str) -> Checked {
    let text = compact(input);
    let mut checked = match text.chars().count() {
        12 if is_digits(&text) => archive_number(text),
        12 if is_masked(&text) => Checked::suspect(text, Finding::of(Defect::Masked)),
        12 => shape::wrong_alphabet(text),
        _ => ResidentId.check(input),
    };
    let kind = if checked.normal.len() == 12 { "archive" } else { "licence" };
    if checked.validity != Validity::Invalid {
        checked.fact("number_kind", kind);
        if kind == "licence" && !checked.has(Defect::Masked) {
            let number = checked.normal.clone();
            checked.fact("resident_id", number);
        }
    }
    checked
}

fn archive_number(text: String) -> Checked {
    let prefix = part::number_at(&text, 0..4).unwrap_or_default();
    if !division::province_exists(prefix / 100) {
        return shape::wrong_component(text, "没有这个省级代码", "no such province");
    }
    let mut checked = Checked::valid(text.as_str());
    match division::full_name(prefix * 100).or_else(|| division::full_name(prefix / 100 * 10_000)) {
        Some(name) => checked.fact("region", name),
        None => {
            let finding = Finding::with_detail(Defect::UnknownComponent, "未知的发证机关", "unknown issuing office");
            checked.worsen(Validity::Suspect, finding);
        }
    }
    if is_repeated_or_sequential_digits(&text) {
        checked.worsen(Validity::Suspect, Finding::of(Defect::Placeholder));
    }
    checked
}
