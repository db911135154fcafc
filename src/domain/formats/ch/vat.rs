//! 瑞士增值税号, Switzerland VAT number (MWST/TVA/IVA).
//!
//! Structure (15–16): the UID (CHE, 8 digits, 1 check digit) and MWST, TVA, IVA or TPV.
//! Check rule: that of the UID.
//! Source: Federal Tax Administration, MWSTV (from memory, 2026-11-22).
//! Examples: CHE123456788MWST, CHE100123459TVA.

use crate::domain::finding::{Checked, Fact};
use crate::domain::formats::declared::Declared;
use crate::domain::formats::shape;

/// 瑞士增值税号.
pub const FORMAT: Declared = Declared {
    code: "ch.vat",
    name_zh: "瑞士增值税号",
    name_en: "Switzerland VAT number (MWST/TVA/IVA)",
    source: "Federal Tax Administration, MWSTV",
    example: "CHE123456788MWST",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let text = shape::compact(input, " -.");
    if !matches!(text.chars().count(), 15 | 16) {
        return shape::wrong_length(text, "15/16");
    }
    let Some(uid) = ["MWST", "TVA", "IVA", "TPV"].iter().find_map(|suffix| text.strip_suffix(suffix)) else {
        return shape::wrong_component(text, "缺少增值税后缀", "without MWST, TVA, IVA or TPV");
    };
    let mut checked = super::uid::judge(uid.to_owned());
    checked.facts.push(Fact::new("uid", uid));
    checked.normal = text.into();
    checked
}
