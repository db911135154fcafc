//! 韩国事业者登记号, South Korean business registration number (사업자등록번호).
//!
//! Structure (10): 3 tax office (from 101), 2 kind of taxpayer, 4 serial from 0001, 1 check digit.
//! Check: Σ digit · (1 3 7 1 3 7 1 3 5) + (5 · 9th digit) div 10 + check digit ≡ 0 mod 10. The rule is not official and
//! some numbers in use break it: a misfit is suspect, not invalid.
//! Standard: National Tax Service of Korea (from memory, 2026-11-22).
//! Examples: 1238104803, 1238108041.

use crate::domain::finding::{Checked, Defect, Finding, Validity};
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 韩国事业者登记号.
pub const FORMAT: Declared = Declared {
    code: "kr.brn",
    name_zh: "韩国事业者登记号",
    name_en: "South Korean business registration number (사업자등록번호)",
    source: "National Tax Service of Korea",
    example: "1238104803",
    check_digit: true,
    check,
};

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(wrong) = part::wrong_digits(&number, &[10]) {
        return wrong;
    }
    let (office, kind) = (part::number_at(&number, 0..3), part::number_at(&number, 3..5));
    if office < Some(101) || kind == Some(0) || part::number_at(&number, 5..9) == Some(0) {
        return shape::wrong_component(number, "税务署、类别或序号不存在", "no such office, kind or serial number");
    }
    let sum = shape::weighted_sum(&number, &[1, 3, 7, 1, 3, 7, 1, 3, 5, 1]).unwrap_or_default();
    let holds = (sum + part::number_at(&number, 8..9).unwrap_or_default() * 5 / 10).is_multiple_of(10);
    let mut checked = Checked::valid(number);
    if !holds {
        let (zh, en) = ("校验规则未正式公布，个别号码不符", "the rule is not official and some numbers break it");
        checked.worsen(Validity::Suspect, Finding::with_detail(Defect::Checksum, zh, en));
    }
    checked.fact("entity_type", entity_type(kind.unwrap_or_default()));
    checked
}

fn entity_type(kind: u32) -> &'static str {
    match kind {
        81 | 86..=88 => "corporation",
        82 => "non_profit",
        83 => "government",
        84 => "foreign_corporation",
        85 => "corporation_branch",
        80 | 89 => "association",
        _ => "individual_business",
    }
}
