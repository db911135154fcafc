//! 英格兰学生号, English unique pupil number (UPN).
//!
//! Structure (13): 1 check letter, 3 local authority, 4 school, 2 year of allocation, 3 serial whose last is a letter
//! in a temporary number. Letters without I, O, S.
//! Check: Σ value · (2 … 13) of the 12 characters mod 23 as index of ABCDEFGHJKLMNPQRTUVWXYZ.
//! Standard: Department for Education, UPN guide (from memory, 2026-11-22).
//! Examples: H801999926436, R801999924148.

use crate::domain::finding::Checked;
use crate::domain::formats::declared::Declared;
use crate::domain::formats::{part, shape};

/// 英格兰学生号.
pub const FORMAT: Declared = Declared {
    code: "gb.upn",
    name_zh: "英格兰学生号",
    name_en: "English unique pupil number (UPN)",
    source: "Department for Education, UPN guide",
    example: "H801999926436",
    check_digit: true,
    check,
};

const CHECKS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";

fn check(input: &str) -> Checked {
    let number = shape::compact(input, " -");
    if number.chars().count() != 13 {
        return shape::wrong_length(number, "13");
    }
    if !part::has_shape(&number, "@###########*") {
        return shape::wrong_shape(number);
    }
    let last = number.chars().last();
    let last_value = last.and_then(|c| c.to_digit(10).or_else(|| letter_value(c)));
    let (Some(last_value), Some(_)) = (last_value, number.chars().next().and_then(letter_value)) else {
        return shape::wrong_alphabet(number);
    };
    let head = number.get(1..12).and_then(|head| shape::weighted_sum(head, &[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
    let index = (head.unwrap_or_default() + 13 * last_value) % 23;
    if CHECKS.chars().nth(index as usize) != number.chars().next() {
        return shape::wrong_check_digit(number);
    }
    let authority = part::number_at(&number, 1..4).unwrap_or_default();
    if !is_known_authority(authority) {
        return shape::unknown_component(number, "未知的地方教育当局", "unknown local authority");
    }
    let mut checked = Checked::valid(number);
    checked.fact("issuer", authority.to_string());
    checked
}

fn letter_value(letter: char) -> Option<u32> {
    CHECKS.chars().position(|c| c == letter).and_then(|index| u32::try_from(index).ok())
}

fn is_known_authority(code: u32) -> bool {
    matches!(code, 201..=213 | 301..=320 | 330..=336 | 340..=344 | 350..=359 | 370..=373 | 380..=384 | 390..=394)
        || matches!(code, 420 | 660..=681 | 800..=803 | 805..=808 | 810..=813 | 815 | 816 | 820..=823 | 825 | 826)
        || matches!(code, 830 | 831 | 835..=841 | 845 | 846 | 850..=852 | 855..=857 | 860 | 861 | 865..=896)
        || matches!(code, 908 | 909 | 916 | 919 | 921 | 925 | 926 | 928 | 929 | 931 | 933 | 935..=943)
}
