//! Documents and codes of mainland China, and what their formats share: folding, masks, spreadsheet damage.

use std::borrow::Cow;

use super::super::finding::{Defect, Finding};
use super::super::text::width;
use super::IdFormat;

pub mod area_codes;
pub mod bank_card;
pub mod business_registration;
pub mod division;
pub mod driving_licence;
pub mod foreigner_permanent_residence;
pub mod hk_macau_permit;
pub mod hmt_residence_permit;
pub mod landline;
pub mod military_id;
pub mod mobile;
pub mod org_code;
pub mod passport;
pub mod postcode;
pub mod qq;
pub mod resident_id;
pub mod resident_id_suggestions;
pub mod taiwan_permit;
pub mod taxpayer_id;
pub mod uscc;
pub mod vehicle_plate;
pub mod vin;
pub mod wechat;

/// Every format of mainland China.
pub const ALL: &[&dyn IdFormat] = &[
    &resident_id::ResidentId,
    &uscc::UnifiedSocialCreditCode,
    &org_code::FORMAT,
    &business_registration::FORMAT,
    &taxpayer_id::FORMAT,
    &mobile::FORMAT,
    &landline::FORMAT,
    &bank_card::BankCard,
    &passport::Passport,
    &hk_macau_permit::HkMacauPermit,
    &taiwan_permit::TaiwanPermit,
    &foreigner_permanent_residence::FORMAT,
    &hmt_residence_permit::FORMAT,
    &military_id::FORMAT,
    &driving_licence::FORMAT,
    &vehicle_plate::FORMAT,
    &vin::FORMAT,
    &postcode::Postcode,
    &qq::FORMAT,
    &wechat::WeChat,
    &division::FORMAT,
];

/// Corrections offered for one value.
pub const SUGGESTIONS_MAX: usize = 5;

/// Half-width capitals without blanks, hyphens and the `.0` of a spreadsheet's number column.
pub fn compact(input: &str) -> String {
    compacted(input).into_owned()
}

/// The same without a copy of what is compact already.
pub fn compacted(input: &str) -> Cow<'_, str> {
    if input.bytes().fold(true, |compact, b| compact & (b.is_ascii_digit() | b.is_ascii_uppercase())) {
        return Cow::Borrowed(input);
    }
    let ascii = input.is_ascii();
    let folded = if ascii { Cow::Borrowed(input) } else { Cow::Owned(width::fold_dashes(&width::to_halfwidth(input))) };
    let trimmed = folded.trim().trim_start_matches(['\'', '=', '"']).trim_end_matches('"');
    let whole = match trimmed.rsplit_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') && is_digits(whole) => whole,
        _ => trimmed,
    };
    let kept = whole.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '~'));
    let mut compact = String::with_capacity(whole.len());
    if ascii {
        compact.extend(kept.map(|c| c.to_ascii_uppercase()));
    } else {
        compact.extend(kept.flat_map(char::to_uppercase));
    }
    Cow::Owned(compact)
}

/// Whether the text is not empty and all ASCII digits.
pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether characters are hidden: asterisks, bullets, or three X in a row.
pub fn is_masked(compacted: &str) -> bool {
    if compacted.bytes().fold(true, |bare, b| bare & b.is_ascii_alphanumeric() & (b != b'X')) {
        return false;
    }
    compacted.contains(['*', '•', '●', '█', '＊']) || compacted.contains("XXX")
}

/// `1.10101E+17`: a spreadsheet's rendering of a long number, whose last digits are gone.
pub fn is_scientific(compacted: &str) -> bool {
    let Some((mantissa, exponent)) = compacted.split_once('E') else { return false };
    let numeric = mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.') && mantissa.contains('.');
    numeric && exponent.len() <= 3 && is_digits(exponent.trim_start_matches('+'))
}

/// The finding for digits that a spreadsheet dropped.
pub fn excel_truncated() -> Finding {
    let zh = "电子表格只保留 15 位有效数字，其余已无法恢复";
    Finding::with_detail(Defect::ExcelTruncated, zh, "a spreadsheet keeps 15 digits; the others are lost")
}

/// The finding for a wrong number of characters.
pub fn wrong_length(found: usize, expected: &str) -> Finding {
    let zh = format!("应为 {expected} 位，实为 {found} 位");
    Finding::with_detail(Defect::Length, zh, format!("{found} characters instead of {expected}"))
}

/// Letters that were typed for the digits they look like, as digits.
pub fn letters_as_digits(text: &str) -> String {
    let digit = |c| match c {
        'O' | 'o' | 'Q' | 'D' => '0',
        'I' | 'i' | 'L' | 'l' | '|' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        'B' => '8',
        other => other,
    };
    text.chars().map(digit).collect()
}

/// Puts corrections on a finding, the likeliest first.
pub fn with_corrections(finding: Finding, corrections: Vec<String>) -> Finding {
    let (zh, en) = ("改动一处后符合全部规则", "one change away and fits every rule");
    corrections.into_iter().take(SUGGESTIONS_MAX).fold(finding, |finding, value| finding.suggest(value, zh, en))
}

/// What `keep` makes of every text one adjacent transposition away, then of every text one substitution from `alphabet`
/// away.
pub fn one_change_away<T>(text: &str, alphabet: &[u8], mut keep: impl FnMut(&str) -> Option<T>) -> Vec<T> {
    if !text.is_ascii() {
        return Vec::new();
    }
    let mut kept = Vec::new();
    let mut judge = |variant: &[u8]| kept.extend(str::from_utf8(variant).ok().and_then(&mut keep));
    let mut variant = text.as_bytes().to_vec();
    for position in 1..variant.len() {
        variant.swap(position - 1, position);
        if variant != text.as_bytes() {
            judge(&variant);
        }
        variant.swap(position - 1, position);
    }
    for (position, old) in text.bytes().enumerate() {
        for new in alphabet.iter().filter(|new| **new != old) {
            variant.splice(position..=position, [*new]);
            judge(&variant);
        }
        variant.splice(position..=position, [old]);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_folded_before_any_check() {
        assert_eq!(compact(" １１０１０５－1949 1231-002ｘ "), "11010519491231002X");
        assert_eq!(compact("=\"110101\""), "110101");
        assert_eq!(compact("13800138000.0"), "13800138000");
        assert_eq!(compact(""), "");
    }

    #[test]
    fn damage_is_recognised() {
        assert!(is_scientific("1.10101E+17") && !is_scientific("E12345678") && !is_scientific("1E5"));
        assert!(is_masked("110105********002X") && !is_masked("11010519491231002X"));
    }

    #[test]
    fn neighbours_are_one_change_away() {
        let all = |text: &str, alphabet| one_change_away(text, alphabet, |variant| Some(variant.to_owned()));
        assert_eq!(all("12", b"123"), ["21", "22", "32", "11", "13"]);
        assert!(all("张", b"1").is_empty());
    }
}
