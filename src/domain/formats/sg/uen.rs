//! 新加坡唯一实体编号, Singaporean unique entity number (UEN).
//!
//! Structure, business (9): 8 digits, 1 check letter. Local company (10): 4 digits year, 5 digits serial, 1 check
//! letter. Others (10): R, S or T (18yy, 19yy, 20yy), 2 digits year, 2 letters kind, 4 digits serial, 1 check letter.
//! Check, business: Σ dᵢ·wᵢ (10 4 9 3 8 2 7 1) mod 11 selects from XMKECAWLJDB. Company: weights 10 8 6 4 9 7 5 3 1,
//! ZKCMDNERGWH. Others: values in ABCDEFGHJKLMNPQRSTUVWX0123456789, weights 4 3 5 3 10 2 2 5 7, (Σ − 5) mod 11
//! selects from its beginning.
//! Source: ACRA (from memory, 2026-11-22).
//! Computed examples: 53123456L, 201012345D.

use crate::domain::finding::Checked;
use crate::domain::formats::{declared::Declared, general::numeric, shape};

/// 新加坡唯一实体编号.
pub const FORMAT: Declared = Declared {
    code: "sg.uen",
    name_zh: "新加坡唯一实体编号",
    name_en: "Singaporean unique entity number (UEN)",
    source: "ACRA",
    example: "53123456L",
    check_digit: true,
    check,
};

const OTHER_ALPHABET: &str = "ABCDEFGHJKLMNPQRSTUVWX0123456789";
const KINDS: &str = "CC CD CH CL CM CP CS CX DP FB FC FM FN GA GB GS HC HS LC LL LP MB MC MD MH MM MQ NB NR PA PB PF RF RP SM SS \
    TC TU VH XL";

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if let Some(fault) = numeric::alphanumeric_fault(&number, &[9, 10]) {
        return fault;
    }
    let (body, _) = number.split_at_checked(number.len() - 1).unwrap_or_default();
    let stated = number.chars().last();
    let (kind, expected) = if shape::is_digits(body) && body.len() == 8 {
        ("business", at("XMKECAWLJDB", numeric::dot(body, &[10, 4, 9, 3, 8, 2, 7, 1])))
    } else if shape::is_digits(body) {
        if !(1800..=2099).contains(&numeric::number(body, 0..4)) {
            return shape::wrong_component(number, "登记年份不可能", "an impossible year of registration");
        }
        ("company", at("ZKCMDNERGWH", numeric::dot(body, &[10, 8, 6, 4, 9, 7, 5, 3, 1])))
    } else {
        if !is_other_shape(body) {
            return shape::wrong_shape(number);
        }
        if !KINDS.split_ascii_whitespace().any(|kind| kind == numeric::part(body, 3..5)) {
            return shape::wrong_component(number, "未知的实体类别", "an unknown kind of entity");
        }
        let values = body.chars().map(|c| OTHER_ALPHABET.find(c).unwrap_or(0) as u32);
        let sum: u32 = values.zip([4, 3, 5, 3, 10, 2, 2, 5, 7]).map(|(value, weight)| value * weight).sum();
        ("other", at(OTHER_ALPHABET, sum + 11 - 5))
    };
    if stated.is_some_and(|c| c.is_ascii_digit() && kind != "other") {
        return shape::wrong_shape(number);
    }
    let holds = stated == expected;
    let mut checked = numeric::proved(number, holds);
    checked.fact("entity_type", kind);
    checked
}

fn is_other_shape(body: &str) -> bool {
    let digits = [numeric::part(body, 1..3), numeric::part(body, 5..9)];
    let letters = numeric::part(body, 3..5).bytes().all(|b| b.is_ascii_uppercase());
    body.len() == 9 && body.starts_with(['R', 'S', 'T']) && letters && digits.iter().all(|part| shape::is_digits(part))
}

fn at(letters: &str, sum: u32) -> Option<char> {
    letters.chars().nth((sum % 11) as usize)
}
